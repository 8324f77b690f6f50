"""
Ready claims: an article with its claims as the API gives them, as statements to be kept. Pure.

What a desk made of a claim (status, findings, evidence) is not taken from outside: a decision is
made here, by two people. Where a claim stands is checked against the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.bulk.items import Item
from errors import InvalidInputError

_DEFAULTS: Mapping[str, Any] = {
    "kind": "description",
    "modality": "asserted",
    "topics": [],
    "checkable": True,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim to be kept: its facts in the API's names, with `start` and `end`."""

    facts: Mapping[str, Any]
    basis: str = "extracted"
    score: str = "0"
    reasons: Sequence[str] = ()
    reading: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article with its statements, ready to be kept."""

    item: Item
    text: str
    published_on: str
    language: str
    statements: Sequence[Statement]
    segments: Sequence[Sequence[Any]]
    credits: Sequence[str] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def statements_of(text: str, claims: Sequence[Mapping[str, Any]]) -> list[Statement]:
    """
    Return the statements of ready claims, in text order.

    :raises InvalidInputError: naming the claim that does not stand in the text as it says
    """
    found = [_statement(text, claim, f"claims.{i}") for i, claim in enumerate(claims)]
    return sorted(found, key=lambda s: (s.facts["start"], s.facts["end"]))


def _statement(text: str, claim: Mapping[str, Any], path: str) -> Statement:
    start, end = _place(text, claim, path)
    worth = claim.get("check_worthiness") or {}
    alone, replaced = claim.get("normalized_text"), claim.get("replacements")
    return Statement(
        facts={**_DEFAULTS, **claim, "start": start, "end": end},
        basis=claim.get("basis") or "extracted",
        score=f"{worth.get('score', 0):.4f}",
        reasons=worth.get("reasons", ()),
        reading={"normalized_text": alone, "replacements": replaced or []} if alone else None,
    )


def _place(text: str, claim: Mapping[str, Any], path: str) -> tuple[int, int]:
    """Return where a claim stands: by its selector, or by its words where they occur once."""
    selector = claim.get("selector")
    words = claim.get("text") or (selector or {}).get("exact")
    if selector is not None:
        start, end = selector["start"], selector["end"]
        if not start < end <= len(text):
            raise _misplaced(path, "selector.end", f"does not lie in the {len(text)} characters")
        if words is not None and text[start:end] != words:
            raise _misplaced(path, "text", "does not stand at its selector")
        return start, end
    if not words:
        raise _misplaced(path, "selector", "has neither a selector nor words")
    start = text.find(words)
    if start < 0 or text.find(words, start + 1) >= 0:
        times = "not stand" if start < 0 else "stand more than once"
        raise _misplaced(path, "text", f"does {times} in the article's text")
    return start, start + len(words)


def _misplaced(path: str, name: str, reason: str) -> InvalidInputError:
    return InvalidInputError(
        f"The claim at {path} {reason}.", {f"{path}.{name}": "Send where the claim stands."}
    )


def segments_of(text: str, statements: Sequence[Statement]) -> list[list[Any]]:
    """Return a gapless coverage map: claims, and what nobody has looked at."""
    return list(_segments(len(text), statements))


def _segments(length: int, statements: Sequence[Statement]) -> Iterator[list[Any]]:
    place = 0
    for statement in statements:
        facts = statement.facts
        start, end = max(place, facts["start"]), facts["end"]
        if start > place:
            yield [place, start, "unchecked", None]
        if end > start:
            yield [start, end, "claim" if facts["checkable"] else "not_checkable", None]
            place = end
    if place < length:
        yield [place, length, "unchecked", None]
