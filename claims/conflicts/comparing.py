"""
How one statement stands to another, and why, in plain words. Pure.

First whether both speak of one thing; then whether their direction, amounts and times agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.conflicts import amounts, times
from claims.conflicts.amount import Amount
from claims.conflicts.amounts import adopting, amounts_of
from claims.conflicts.lexicon import (
    DENIALS,
    DIRECTED,
    LIGHT,
    NARROWING,
    POLES,
    SERIES,
    SINGLE,
    TOLL,
    contrasted,
    opposed,
)
from claims.conflicts.statements import Statement
from claims.conflicts.substitution import substituted
from claims.conflicts.times import Days, Fit, days_of
from claims.matching.words import is_common


class Outcome(StrEnum):
    """How two statements stand to each other."""

    CONTRADICTS = "contradicts"
    REFINES = "refines"
    REPEATS = "repeats"
    UPDATES = "updates"
    NOT_COMPARABLE = "not_comparable"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two statements stand to each other, why, and how much of their words they share."""

    outcome: Outcome
    explanation: str
    overlap: float = 0.0


#: Share of the shorter statement's words that both must have, to speak of one thing.
LEAST_SHARED = 0.6

#: The same, where nothing but a direction, or a time, tells them apart.
LEAST_OPPOSED, LEAST_TIMED = 0.7, 0.8

#: Words named to show that two statements say the same.
MOST_NAMED = 6

_ALL = re.compile(r"\b(?:all|every|each|none|nobody|no one|no|whole|entire)\b", re.IGNORECASE)

_SO_FAR = re.compile(
    r"\b(?:so far|still|by now|(?:has|have|had)(?: now)? (?:risen|climbed|grown|fallen|reached)|"
    r"(?:rose|climbed|grew|jumped|fell) to|now stands at)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Pair:
    """Two statements with what was found about both."""

    one: Statement
    other: Statement
    amounts: Sequence[tuple[Amount, Amount]]
    days: tuple[Days, Days] | None
    opposed: str | None
    overlap: float

    @property
    def are_parts(self) -> bool:
        """Say whether each counts those of one side: seven died, three survived."""
        counts = [one for one, _ in self.apart if one.kind == "count"]
        return bool(counts) and not any(_ALL.search(s.text) for s in (self.one, self.other))

    @property
    def apart(self) -> list[tuple[Amount, Amount]]:
        """Return the amounts that exclude each other."""
        return [pair for pair in self.amounts if amounts.fit_of(*pair) is Fit.APART]

    @property
    def are_days_apart(self) -> bool:
        """Say whether the times exclude each other."""
        return self.days is not None and times.fit_of(*self.days) is Fit.APART

    @property
    def is_plan_and_deed(self) -> bool:
        """Say whether one tells of what is to come and the other, not earlier, of what came."""
        one, other = self.one, self.other
        if one.is_planned == other.is_planned or one.is_unsure or other.is_unsure:
            return False
        plan, deed = (one, other) if one.is_planned else (other, one)
        in_order = not (plan.published_on and deed.published_on)
        return in_order or (plan.published_on or "") <= (deed.published_on or "")

    @property
    def is_later_report(self) -> bool:
        """Say whether they are reports of different days."""
        days = {self.one.published_on, self.other.published_on}
        return None not in days and len(days) == 2

    def speaks_of(self, words: frozenset[str]) -> bool:
        """Say whether both have one of these words."""
        return all(words & (frozenset(s.stems) | s.content) for s in (self.one, self.other))


def compare(one: Statement, other: Statement) -> Comparison:
    """Say how two statements stand to each other, and why."""
    overlap, why = subject_overlap(one, other)
    if why:
        return Comparison(Outcome.UNRELATED, why, overlap)
    mine, theirs = _amounts_of_both(one, other)
    first, second = days_of(one.time, one.text), days_of(other.time, other.text)
    pair = _Pair(
        one,
        other,
        amounts.comparable(mine, theirs),
        (first, second) if first and second else None,
        _direction(one, other),
        overlap,
    )
    outcome, why = _verdict(pair, mine, theirs)
    return Comparison(outcome, why, overlap)


def _amounts_of_both(one: Statement, other: Statement) -> tuple[list[Amount], list[Amount]]:
    mine = amounts_of(one.quantities, one.text)
    theirs = amounts_of(other.quantities, other.text)
    return adopting(mine, theirs, one.content), adopting(theirs, mine, other.content)


def subject_overlap(one: Statement, other: Statement) -> tuple[float, str | None]:
    """Return how much both speak of one thing, and why they do not, if so."""
    counts = _nouns(one), _nouns(other)
    shared = (one.content | counts[0]) & (other.content | counts[1])
    if not shared:
        return 0.0, "They share no telling words."
    mine, theirs = one.content - shared, other.content - shared
    weights = [sum(s.weight(w) for w in words) for s, words in ((one, mine), (other, theirs))]
    common = sum(max(one.weight(w), other.weight(w)) for w in shared)
    overlap = common / (common + min(weights))
    union = common / (common + sum(weights))
    if different := contrasted(one.content, other.content):
        return overlap, f"They speak of different things: {different[0]} and {different[1]}."
    if (names := _other_names(one, other)) and not _is_single(one, other, names):
        return overlap, f"They name different ones: {names[0]} and {names[1]}."
    if things := substituted(one, other):
        return overlap, f"They speak of different things: {things[0]} and {things[1]}."
    if one.claimant != other.claimant and (one.has_unnamed_subject or other.has_unnamed_subject):
        return overlap, "Whom one of them speaks of is not said."
    who, whom = one.claimant or "", other.claimant or ""
    if who and whom and who != whom and who in one.text and whom in other.text:
        return overlap, f"Each speaks of its own: {who} and {whom}."
    if narrowed := (one.content ^ other.content) & NARROWING:
        return overlap, f"One is of a part only: {min(narrowed)}."
    heads = one.head, other.head
    if all(heads) and heads[0] not in other.content and heads[1] not in one.content:
        return overlap, f"They speak of different things: {heads[0]} and {heads[1]}."
    only_poles = all(word in POLES for word in shared)
    if overlap < LEAST_SHARED or union < 0.3 or only_poles:
        return overlap, "They share too few telling words."
    return overlap, None


def _nouns(statement: Statement) -> frozenset[str]:
    """Return what a statement counts."""
    found = amounts_of(statement.quantities, statement.text)
    return frozenset(amount.unit for amount in found if amount.kind == "count")


def _other_names(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return two names of one sort of which each stands on one side only."""
    for kind in ("place", "org", "person", "product", "event", "law"):
        mine, theirs = one.names_of(kind), other.names_of(kind)
        everything = frozenset(one.stems), frozenset(other.stems)
        left = [name for name in mine if name and not name & everything[1]]
        right = [name for name in theirs if name and not name & everything[0]]
        if left and right:
            return " ".join(sorted(left[0])), " ".join(sorted(right[0]))
    only = one.peoples - other.peoples, other.peoples - one.peoples
    return (min(only[0]), min(only[1])) if all(only) else None


def _is_single(one: Statement, other: Statement, names: tuple[str, str]) -> bool:
    """Say whether two names are given for what there is one of: a winner, where it is held."""
    if one.quantities or other.quantities or one.published_on != other.published_on:
        return False
    given = frozenset(" ".join(names).split())
    rest = frozenset(one.stems) - given, frozenset(other.stems) - given
    is_same = all(word in LIGHT or is_common(word) for word in rest[0] ^ rest[1])
    return is_same and bool(rest[0] & SINGLE) and len(one.content & other.content) >= 2


def _direction(one: Statement, other: Statement) -> str | None:
    """Say why the statements point opposite ways, None if they do not."""
    words = opposed(one.stems, other.stems)
    is_turned = one.is_negated != other.is_negated
    if words and (not is_turned or DENIALS.intersection(words)):
        return f"“{one.printed(words[0])}” against “{other.printed(words[1])}”"
    names = _other_names(one, other)
    if names and not is_turned:
        return f"{_printed(one, names[0])} against {_printed(other, names[1])}"
    if is_turned and not words:
        return "one says that it is so, the other that it is not"
    return "who does it to whom is turned round" if _are_swapped(one, other) else None


def _printed(statement: Statement, name: str) -> str:
    """Return the stems of a name as the text has them."""
    return " ".join(statement.printed(stemmed) for stemmed in statement.in_order(name.split()))


def _are_swapped(one: Statement, other: Statement) -> bool:
    """Say whether the same two names stand in the other order around one verb."""
    verbs = frozenset(one.stems) & frozenset(other.stems) & DIRECTED
    names = one.names & other.names
    if not verbs or len(names) < 2 or "by" in one.stems or "by" in other.stems:
        return False
    verb = min(verbs)
    before = [frozenset(s.stems[: s.stems.index(verb)]) & names for s in (one, other)]
    return all(before) and not before[0] & before[1]


def _verdict(pair: _Pair, mine: Sequence[Amount], theirs: Sequence[Amount]) -> tuple[Outcome, str]:
    """Decide by what disagrees, the weightiest first."""
    if "conditional" in (pair.one.modality, pair.other.modality) and (pair.opposed or pair.apart):
        return Outcome.NOT_COMPARABLE, "One holds on a condition only."
    if pair.are_days_apart and (pair.apart or pair.opposed or pair.speaks_of(SERIES)):
        return Outcome.NOT_COMPARABLE, f"They are of other times: {_days_words(pair)}."
    if pair.opposed and pair.are_parts and pair.one.is_negated == pair.other.is_negated:
        return Outcome.NOT_COMPARABLE, f"Each counts its own: {pair.opposed}."
    if pair.opposed:
        return _opposed(pair)
    if pair.apart:
        return _amounts_apart(pair)
    if reason := _other_units(pair, mine, theirs):
        return Outcome.NOT_COMPARABLE, reason
    if pair.are_days_apart:
        if pair.is_plan_and_deed:
            return Outcome.UPDATES, f"What was planned came at another time: {_days_words(pair)}."
        if pair.overlap < LEAST_TIMED:
            return Outcome.UNRELATED, "They share too few telling words."
        return Outcome.CONTRADICTS, f"The times exclude each other: {_days_words(pair)}."
    return _agreeing(pair, mine, theirs)


def _opposed(pair: _Pair) -> tuple[Outcome, str]:
    if pair.is_plan_and_deed:
        return Outcome.UPDATES, f"What was planned turned out otherwise: {pair.opposed}."
    if pair.is_later_report and (pair.one.is_pending or pair.other.is_pending):
        return Outcome.UPDATES, "What had not happened yet is reported to have happened."
    if pair.overlap < LEAST_OPPOSED:
        return Outcome.UNRELATED, "They share too few telling words."
    return Outcome.CONTRADICTS, f"They exclude each other: {pair.opposed}."


def _amounts_apart(pair: _Pair) -> tuple[Outcome, str]:
    one, other = pair.apart[0]
    words = f"{one.words} against {other.words}"
    if pair.is_plan_and_deed:
        return Outcome.UPDATES, f"What was planned came out otherwise: {words}."
    if _is_growing(pair, one):
        return Outcome.UPDATES, f"A later report of a count that grows: {words}."
    return Outcome.CONTRADICTS, f"The amounts exclude each other: {words}."


def _is_growing(pair: _Pair, amount: Amount) -> bool:
    """Say whether reports of two days count something that goes on."""
    is_counted = amount.kind in ("count", "measure")
    goes_on = pair.speaks_of(TOLL) or any(_SO_FAR.search(s.text) for s in (pair.one, pair.other))
    return pair.is_later_report and is_counted and goes_on


def _other_units(pair: _Pair, mine: Sequence[Amount], theirs: Sequence[Amount]) -> str | None:
    """Say which amounts cannot be compared, where none can."""
    if pair.amounts or not mine or not theirs:
        return None
    one, other = mine[0], theirs[0]
    if one.kind == other.kind == "money":
        return f"In another currency: {one.unit} and {other.unit}."
    if one.kind == other.kind == "count":
        return f"They count different things: {one.words} and {other.words}."
    return f"In units that do not convert: {one.words} and {other.words}."


def _agreeing(pair: _Pair, mine: Sequence[Amount], theirs: Sequence[Amount]) -> tuple[Outcome, str]:
    if pair.is_plan_and_deed:
        return Outcome.UPDATES, "What one says is to come, the other says has come."
    for one, other in pair.amounts:
        if amounts.fit_of(one, other) is not Fit.EQUAL:
            if _is_growing(pair, one):
                words = f"{one.words} and {other.words}"
                return Outcome.UPDATES, f"A later report of a count that grows: {words}."
            return (
                Outcome.REFINES,
                f"The amounts agree, one is exacter: {one.words}, {other.words}.",
            )
    if pair.days and times.fit_of(*pair.days) is not Fit.EQUAL:
        return Outcome.REFINES, f"The times agree, one is exacter: {_days_words(pair)}."
    if (len(mine) != len(theirs)) or ((pair.one.time is None) != (pair.other.time is None)):
        more = "an amount" if len(mine) != len(theirs) else "a time"
        return Outcome.REFINES, f"They agree; one also names {more}."
    return Outcome.REPEATS, _sameness(pair)


def _sameness(pair: _Pair) -> str:
    parts = _shared_words(pair.one, pair.other)
    if pair.amounts:
        parts.append(f"the same amount ({pair.amounts[0][0].words})")
    if pair.days:
        parts.append(f"the same time ({pair.days[0].words})")
    who = pair.one.claimant, pair.other.claimant
    if all(who) and who[0] != who[1]:
        parts.append(f"stated by {who[0]} and by {who[1]}")
    return f"They have {', '.join(parts)}." if parts else "They say the same."


def _shared_words(one: Statement, other: Statement) -> list[str]:
    """Name some words that both have, as each of them prints it."""
    shared = sorted(one.content & other.content)[:MOST_NAMED]
    printed = [(one.printed(s), other.printed(s)) for s in shared]
    same = [m for m, theirs in printed if m.casefold() == theirs.casefold()]
    alike = [f"{m} and {theirs}" for m, theirs in printed if m.casefold() != theirs.casefold()]
    named = [("the same words", same), ("words for the same", alike)]
    return [f"{what} ({', '.join(words)})" for what, words in named if words]


def _days_words(pair: _Pair) -> str:
    assert pair.days is not None
    return f"{pair.days[0].words} and {pair.days[1].words}"
