"""A candidate claim as an event: what is public and what is sealed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims.extraction.records import Candidate, TimeExpression

#: Code points kept on either side of a claim, to find it again in another text.
CONTEXT = 32


def words_of(text: str, start: int, end: int) -> dict[str, str]:
    """Return a stretch of a text with what stands before and after it."""
    return {
        "exact": text[start:end],
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
    }


def time_value(time: TimeExpression | None) -> dict[str, Any] | None:
    """Return a time in the contract's shape."""
    if time is None:
        return None
    return {
        "earliest": time.earliest,
        "latest": time.latest,
        "precision": time.precision.value,
        "qualifier": time.qualifier.value if time.qualifier else None,
        "text": time.text,
    }


def statement_of(candidate: Candidate, text: str) -> dict[str, Any]:
    """Return what the pipeline read about a candidate, in the shape that a person would send."""
    return {
        "start": candidate.start,
        "end": candidate.end,
        "kind": candidate.kind.value,
        "modality": candidate.modality.value,
        "topics": list(candidate.topics),
        "checkable": candidate.is_checkable,
        "due_on": candidate.due_on,
        "claimant": _claimant(candidate),
        "attribution": _attribution(candidate, text),
        "time": time_value(candidate.time),
        "quantities": [_quantity(quantity) for quantity in candidate.quantities],
        "entities": [
            {"name": e.name, "type": e.type.value, "start": e.start, "end": e.end, "role": e.role}
            for e in candidate.entities
        ],
    }


def _claimant(candidate: Candidate) -> dict[str, Any] | None:
    who = candidate.claimant
    return None if who is None else {"name": who.name, "role": who.role}


def _attribution(candidate: Candidate, text: str) -> dict[str, Any] | None:
    attribution = candidate.attribution
    if attribution is None or candidate.claimant is None:
        return None
    cue = None
    if attribution.cue:
        first, last = attribution.cue[0], attribution.cue[-1]
        cue = {"start": first.start, "end": last.end}
    return {
        "verb": attribution.verb,
        "said_on": time_value(attribution.said_on),
        "venue": attribution.venue,
        "cue": cue,
        "direct_quote": attribution.is_direct_quote,
        "source": [text[span.start : span.end] for span in attribution.source],
        "chain": [{"name": who.name, "role": who.role} for who in attribution.chain],
    }


def _quantity(quantity: Any) -> dict[str, Any]:
    return {
        "kind": quantity.kind.value,
        "value": quantity.value,
        "unit": quantity.unit,
        "lower": quantity.lower,
        "upper": quantity.upper,
        "text": quantity.text,
        "start": quantity.start,
        "end": quantity.end,
    }


#: The parts of a statement that are sealed, each under its own commitment.
SEALED = ("claimant", "attribution", "time", "quantities", "entities")


def sealed_parts(statement: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of a statement that only a commitment of enters the log."""
    return {name: statement[name] for name in SEALED if name in statement}


def reading_of(candidate: Candidate) -> dict[str, Any]:
    """Return a statement readable alone, and what was replaced for that."""
    return {
        "normalized_text": candidate.normalized_text,
        "replacements": [
            {"start": r.start, "end": r.end, "text": r.text, "replacement": r.replacement}
            for r in candidate.replacements
        ],
    }
