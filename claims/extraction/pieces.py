"""
The pieces of prose that the parser is given: between what is set aside, none too long.

What no newspaper prints, endless words and stretches that are hardly letters, is set aside too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from claims.extraction.records import SetAside, Span

#: Code points that the parser is given at a time.
PIECE = 20_000

#: A longer run without a space is no word of any language that is read here.
LONGEST_WORD = 200

#: A longer stretch in which no sentence ends is parsed in parts: work on one sentence may grow
#: with the square of its length.
LONGEST_SENTENCE = 2_000

#: No prose goes on for so many characters with so few words.
_REPEATING = 1_500
_FEWEST_WORDS = 6

_SENTENCE_END = re.compile(r"[.!?][\"”’')]{0,3}(?=\s)")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A parsed stretch of prose and where it begins in the article."""

    doc: Doc
    base: int
    text: str


def with_unreadable(text: str, found: tuple[SetAside, ...]) -> tuple[SetAside, ...]:
    """Set aside what no newspaper prints: endless words, and pieces that are hardly letters."""
    taken = [(a.start, a.end) for a in found]
    more = []
    for match in _LONG_WORD.finditer(text):
        if not any(s < match.end() and e > match.start() for s, e in _near(taken, match.start())):
            more.append(SetAside(match.start(), match.end(), "unreadable"))
    merged = tuple(sorted((*found, *more), key=lambda a: a.start))
    gaps = [
        SetAside(s.start, s.end, "unreadable")
        for s in prose(text, merged)
        if not _is_prose(text[s.start : s.end])
    ]
    return tuple(sorted((*merged, *gaps), key=lambda a: a.start))


def _near(spans: list[tuple[int, int]], place: int) -> list[tuple[int, int]]:
    position = bisect_left(spans, (place, place))
    return spans[max(0, position - 1) : position + 2]


def _is_prose(piece: str) -> bool:
    if len(piece) < 400:
        return True
    words = piece.split()
    if len(piece) >= _REPEATING and len(set(words)) <= _FEWEST_WORDS:
        return False
    letters = sum(character.isalpha() for character in piece)
    return letters * 2 >= len(piece) and letters >= 2.5 * len(words)


def prose(text: str, found: Sequence[SetAside]) -> Iterator[Span]:
    """Yield the stretches between what is set aside, none longer than the parser's piece."""
    place = 0
    for start, end in [*((a.start, a.end) for a in found), (len(text), len(text))]:
        for span in _cut(text, place, start):
            yield from _with_breath(text, span)
        place = max(place, end)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > PIECE:
        limit = start + PIECE
        cut = max(text.rfind("\n\n", start, limit), text.rfind(". ", start, limit) + 1)
        if cut <= start + PIECE // 4:
            cut = max(text.rfind(" ", start, limit), start + PIECE // 2)
        yield Span(start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield Span(start, end)


def _with_breath(text: str, span: Span) -> Iterator[Span]:
    """Yield a stretch in parts where a sentence in it does not end for too long."""
    place = first = span.start
    ends = [match.end() for match in _SENTENCE_END.finditer(text, span.start, span.end)]
    for end in [*ends, span.end]:
        while end - first > LONGEST_SENTENCE:
            limit = first + LONGEST_SENTENCE
            cut = text.rfind("\n", first + 1, limit)
            if cut < 0:
                cut = text.rfind(" ", first + 1, limit)
            cut = cut if cut > first else limit
            yield Span(place, cut)
            place = first = cut + text[cut].isspace()
        first = end
    if span.end > place:
        yield Span(place, span.end)
