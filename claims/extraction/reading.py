"""
The pieces of one article read into candidate claims.

Each step is a module of its own; here their answers about one clause come together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from spacy.tokens import Doc
from spacy.tokens import Span as Words

from claims.extraction import classify
from claims.extraction.amounts import find_amounts
from claims.extraction.attribute import AttributionIndex, find_attributions
from claims.extraction.checkworthy import score
from claims.extraction.context import Surroundings, in_context
from claims.extraction.coreference import find_references
from claims.extraction.dated import DAY_NAMES
from claims.extraction.entities import find_entities, named_alike
from claims.extraction.fronting import HANGING, Host, counted_alike, is_change
from claims.extraction.pieces import Piece
from claims.extraction.predicate import predicate_of, was_said
from claims.extraction.records import (
    AttributionSpan,
    Candidate,
    Claimant,
    Clause,
    Entity,
    EntityType,
    Kind,
    Modality,
    Quantity,
    QuantityKind,
    Span,
    TimeExpression,
)
from claims.extraction.roles import HONOURS
from claims.extraction.segment import find_clauses
from claims.extraction.statements import are_statements
from claims.extraction.times import find_times
from claims.extraction.timing import time_of
from claims.extraction.topics import topics_of

#: What is printed after a name and is none of it: "Zara Hussain QC", "Veltronix on Thursday".
_AFTER_NAME = re.compile(rf" (?:(?:{HONOURS})|on {DAY_NAMES})$")

#: What somebody denied is claimed not to be so.
_DENYING = frozenset({"deny", "refute", "dispute"})


class Reader:
    """Reads the pieces of one article; later pieces know the names of earlier ones."""

    def __init__(
        self, text: str, dateline: date, pieces: Sequence[Piece], *, topics: str | None = None
    ) -> None:
        self.text = text
        self.topics = topics
        self.dateline = dateline
        self.pieces = pieces
        entities = [entity for p in pieces for entity in find_entities(p.doc, p.base)]
        self.entities = named_alike(tuple(entities), text)
        self._starts = [entity.start for entity in self.entities]
        bodies = [e for e in self.entities if e.type is EntityType.ORG]
        self._bodies = {text[e.start : e.end]: e.name for e in bodies}
        self._roles = {entity.name: entity.role for entity in self.entities if entity.role}

    def candidates(self) -> tuple[Candidate, ...]:
        """Return the candidate claims in text order."""
        return tuple(c for piece in self.pieces for c in self._of_piece(piece))

    def _of_piece(self, piece: Piece) -> Iterator[Candidate]:
        text = piece.text
        times = find_times(text, self.dateline)
        amounts = find_amounts(text, taken=[Span(t.start, t.end) for t in times])
        held = find_attributions(
            piece.doc,
            dateline=self.dateline,
            times=times,
            base=piece.base,
            entities=self.entities,
        )
        said = are_statements(piece.doc, held)
        index = AttributionIndex(said)
        references = find_references(piece.doc, piece.base, self.entities)
        around = Surroundings(
            piece.doc, piece.base, self.dateline, references, times, self.entities
        )
        host: Host | None = None
        # "Police put the dead at 23" is one clause, as if they told nothing.
        telling = [a for a in said if not a.is_all_claimed]
        for clause in find_clauses(piece.doc, telling):
            attribution = index.of(clause.start, clause.end)
            inside = [q for q in amounts if _states(clause, q)]
            dated = [t for t in times if _states(clause, t)]
            host = host if host and host.clause.sentence == clause.sentence else None
            hangs_on = host if host and host.carries(clause, attribution) else None
            if hangs_on and is_change(text, clause):
                inside = counted_alike(inside, hangs_on.quantities)
            found = self._candidate(piece, clause, attribution, inside, dated)
            words, replacements = in_context(
                around, clause, host=hangs_on, amounts=inside, attribution=attribution
            )
            if clause.form not in HANGING:
                host = Host(clause, words, tuple(inside), attribution)
            yield replace(found, normalized_text=words, replacements=replacements)

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
        predicate = predicate_of(piece.doc, clause)
        is_reported = attribution is not None and was_said(piece.doc, attribution)
        modality = classify.modality_of(words, predicate, is_reported=is_reported)
        kind = classify.kind_of(words, modality, predicate, amounts, has_time=bool(times))
        if clause.form == "participle" and predicate.tag == "VBN" and kind is Kind.QUANTITY:
            # "Built in 1937": the parser's participle has no helper that says it is past.
            kind = Kind.EVENT
        if attribution is not None and attribution.verb in _DENYING:
            modality = Modality.NEGATED
        quantities = tuple(_moved(amount, base) for amount in amounts)
        entities = self._entities(start, end, quantities)
        time = time_of(piece.doc, piece.text, clause, times, kind, dateline=self.dateline)
        time = _moved(time, base) if time else None
        if classify.is_announced(kind, predicate, time, self.dateline.isoformat()):
            kind, modality = Kind.PREDICTION, Modality.PLANNED
        return Candidate(
            start=start,
            end=end,
            kind=kind,
            modality=modality,
            is_checkable=classify.can_be_checked(words, kind),
            check_worthiness=score(_parsed(piece.doc, clause)),
            topics=topics_of(words, entities, quantities, path=self.topics),
            claimant=self._with_role(attribution.claimant) if attribution else None,
            attribution=_shifted(attribution, base) if attribution else None,
            time=time,
            quantities=quantities,
            entities=entities,
            due_on=_due(kind, modality, time, self.dateline),
        )

    def _with_role(self, claimant: Claimant | None) -> Claimant | None:
        """Return a claimant by its longest name, with the role that the article prints anywhere."""
        if claimant is None:
            return None
        name = _AFTER_NAME.sub("", claimant.name)
        name = self._bodies.get(name, name)
        role = claimant.role if claimant.role is not None else self._roles.get(name)
        return replace(claimant, name=name, role=role)

    def _entities(self, start: int, end: int, quantities: Sequence[Quantity]) -> tuple[Entity, ...]:
        """Return the names in a clause; "R21" that was read as rand is no model."""
        money = [q for q in quantities if q.kind is QuantityKind.MONEY]
        place = bisect_left(self._starts, start)
        found = []
        while place < len(self.entities) and self._starts[place] < end:
            entity = self.entities[place]
            place += 1
            is_sum = any(q.start < entity.end and entity.start < q.end for q in money)
            if entity.end <= end and not (is_sum and entity.type is EntityType.PRODUCT):
                found.append(entity)
        return tuple(found)


def _states(clause: Clause, item: Quantity | TimeExpression) -> bool:
    """Say whether an amount or a time stands in a clause, and not in a fact set off inside it."""
    if not (clause.start <= item.start and item.end <= clause.end):
        return False
    return not any(a.start <= item.start and item.end <= a.end for a in clause.asides)


def _parsed(doc: Doc, clause: Clause) -> Words | Doc:
    return doc.char_span(clause.start, clause.end, alignment_mode="expand") or doc[:0]


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


def _due(kind: Kind, modality: Modality, time: TimeExpression | None, dateline: date) -> str | None:
    """Return the day by which a prediction can be checked."""
    if kind is not Kind.PREDICTION or time is None or time.latest is None:
        return None
    return time.latest if time.latest > dateline.isoformat() else None
