"""Whether two statements speak of one thing. Pure."""

from __future__ import annotations

import re

from claims.conflicts.amounts import amounts_of
from claims.conflicts.lexicon import FINDERS, NARROWING, POLES, contrasted
from claims.conflicts.names import is_single, other_names
from claims.conflicts.opposing import Opposition, attributes
from claims.conflicts.statements import Statement
from claims.conflicts.substitution import substituted

#: Share of the shorter statement's words that both must have, to speak of one thing.
LEAST_SHARED, LEAST_OF_BOTH = 0.6, 0.3

_ANOTHER = re.compile(
    r"^\W*(?:another|(?:the|a) (?:other|second|third|fourth)(?! (?:of|time)\b))\b", re.IGNORECASE
)


def subject_overlap(
    one: Statement, other: Statement, opposition: Opposition | None
) -> tuple[float, str | None]:
    """Return how much both speak of one thing, and why they do not, if so."""
    apart = opposition.words if opposition else frozenset[str]()
    counts = _nouns(one), _nouns(other)
    shared = (one.content | counts[0]) & (other.content | counts[1])
    if not shared:
        return 0.0, "They share no telling words."
    mine, theirs = one.content - shared - apart, other.content - shared - apart
    weights = [sum(s.weight(w) for w in words) for s, words in ((one, mine), (other, theirs))]
    common = sum(max(one.weight(w), other.weight(w)) for w in shared)
    overlap = common / (common + min(weights))
    union = common / (common + sum(weights))
    if not (opposition and opposition.is_slot) and (why := _other_things(one, other, apart)):
        return overlap, why
    if why := _other_persons(one, other):
        return overlap, why
    only_poles = union < 1 and all(word in POLES for word in shared)
    if overlap < LEAST_SHARED or union < LEAST_OF_BOTH or only_poles:
        return overlap, "They share too few telling words."
    return overlap, None


def _other_things(one: Statement, other: Statement, apart: frozenset[str]) -> str | None:
    """Say which words name two different things, None if there are none."""
    if different := contrasted(one.content - apart, other.content - apart):
        return f"They speak of different things: {different[0]} and {different[1]}."
    if different := attributes(one, other):
        return f"They speak of different things: {different[0]} and {different[1]}."
    if bool(_ANOTHER.search(one.text)) != bool(_ANOTHER.search(other.text)):
        return "One of them speaks of another than the other does."
    names = other_names(one, other)
    is_one = names is not None and is_single(one, other, names)
    if names and not is_one:
        return f"They name different ones: {names[0]} and {names[1]}."
    if things := substituted(one, other):
        return f"They speak of different things: {things[0]} and {things[1]}."
    if narrowed := (one.content ^ other.content) & NARROWING:
        return f"One is of a part only: {min(narrowed)}."
    heads = one.head, other.head
    if is_one or not all(heads) or apart.intersection(heads) or FINDERS.issuperset(heads):
        return None
    if heads[0] not in other.content and heads[1] not in one.content:
        return f"They speak of different things: {heads[0]} and {heads[1]}."
    return None


def _other_persons(one: Statement, other: Statement) -> str | None:
    """Say whose words or whose thing each is of, where that differs."""
    if one.claimant != other.claimant and (one.has_unnamed_subject or other.has_unnamed_subject):
        return "Whom one of them speaks of is not said."
    who, whom = one.claimant or "", other.claimant or ""
    if who and whom and who != whom and who in one.text and whom in other.text:
        return f"Each speaks of its own: {who} and {whom}."
    return None


def _nouns(statement: Statement) -> frozenset[str]:
    """Return what a statement counts."""
    found = amounts_of(statement.quantities, statement.text)
    return frozenset(amount.unit for amount in found if amount.kind == "count")
