"""
An article's coverage map: gapless segments, each a claim, set aside, or left for people.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.pieces import Piece
from claims.extraction.records import Candidate, Segment, SetAside
from sources.marks import MARKS, has_words


def unread(text: str, found: Sequence[SetAside]) -> tuple[Segment, ...]:
    return tuple(_fill(text, [Segment(a.start, a.end, "not_a_claim", a.reason) for a in found]))


def segments_of(
    text: str,
    pieces: Sequence[Piece],
    found: Sequence[SetAside],
    candidates: Sequence[Candidate],
) -> tuple[Segment, ...]:
    """Cut the text gaplessly into claims, what was set aside, and what is left for people."""
    known = [Segment(a.start, a.end, "not_a_claim", a.reason) for a in found]
    known += [
        Segment(c.start, c.end, "claim" if c.is_checkable else "not_checkable") for c in candidates
    ]
    claimed = sorted((c.start, c.end) for c in candidates)
    for piece in pieces:
        for sentence in piece.doc.sents:
            start, end = piece.base + sentence.start_char, piece.base + sentence.end_char
            position = bisect_left(claimed, (start, 0))
            inside = claimed[position] if position < len(claimed) else None
            if inside is not None and inside[0] < end:
                known.extend(_around(text, start, end, claimed, position))
            elif text[start:end].strip():
                known.append(Segment(start, end, *_left_over(text[start:end])))
    return tuple(_fill(text, known))


def _around(
    text: str, start: int, end: int, claimed: Sequence[tuple[int, int]], position: int
) -> Iterator[Segment]:
    """Yield what of a sentence stands around its claims, from a position on: the words that tie them."""
    place = start
    while position < len(claimed) and claimed[position][0] < end:
        first, last = claimed[position]
        position += 1
        if has_words(text[place:first]):
            yield Segment(place, first, "not_a_claim", "words around a claim")
        place = max(place, last)
    if has_words(text[place:end]):
        yield Segment(place, end, "not_a_claim", "words around a claim")


def _left_over(sentence: str) -> tuple[str, str | None]:
    if not has_words(sentence):
        return MARKS
    if sentence.rstrip().endswith("?"):
        return "not_checkable", "question"
    return "unchecked", None


def _fill(text: str, known: Sequence[Segment]) -> Iterator[Segment]:
    """Yield segments in order with what lies between them, so that nothing is left out."""
    place = 0
    for segment in sorted(known, key=lambda s: (s.start, -s.end)):
        start = max(segment.start, place)
        if start >= segment.end:
            continue
        if start > place:
            yield Segment(place, start, *_gap(text[place:start]))
        yield replace(segment, start=start)
        place = segment.end
    if place < len(text):
        yield Segment(place, len(text), *_gap(text[place:]))


def _gap(words: str) -> tuple[str, str | None]:
    return ("unchecked", None) if has_words(words) else MARKS
