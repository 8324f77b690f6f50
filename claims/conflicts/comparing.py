"""
How one statement stands to another, and why, in plain words. Pure.

First whether both speak of one thing; then whether their direction, amounts and times agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claims.conflicts import amounts, times
from claims.conflicts.adopting import adopting, with_all, with_change, with_votes
from claims.conflicts.amount import Amount
from claims.conflicts.lexicon import SERIES
from claims.conflicts.negation import is_turned
from claims.conflicts.opposing import opposition_of
from claims.conflicts.pairs import LEAST_OPPOSED, RECENT, REVISED, Pair, is_growing
from claims.conflicts.quoting import denied_speaker, denied_words, quoted_from_two
from claims.conflicts.rates import have_one_rate
from claims.conflicts.slots import other_words
from claims.conflicts.statements import Statement
from claims.conflicts.subjects import share_words, subjects_of
from claims.conflicts.times import Days, Fit, days_of


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


#: Share of all words that both must have, where they point opposite ways.
_LEAST_UNION = 0.45

#: Words named to show that two statements say the same.
MOST_NAMED = 6

_NEVER = re.compile(r"\bnever\b", re.IGNORECASE)

#: What two statements are that say the same.
_ALIKE = (Outcome.REPEATS, Outcome.REFINES)


def compare(one: Statement, other: Statement) -> Comparison:
    """Say how two statements stand to each other, and why; the same words are the same."""
    comparison = _compared(one, other)
    if denied_words(one, other):
        words = "One says that the other's words were never said."
        return Comparison(Outcome.CONTRADICTS, words, 1.0)
    if who := quoted_from_two(one, other):
        words = f"The same words are quoted from {who[0]} and from {who[1]}."
        return Comparison(Outcome.CONTRADICTS, words, 1.0)
    if comparison.outcome in _ALIKE and (who := denied_speaker(one, other)):
        words = f"They name different speakers: {who[0]} and {who[1]}."
        return Comparison(Outcome.CONTRADICTS, words, comparison.overlap)
    if comparison.outcome is not Outcome.REPEATS and one.says == other.says:
        return Comparison(Outcome.REPEATS, "They are word for word the same.", 1.0)
    return comparison


def _compared(one: Statement, other: Statement) -> Comparison:
    if not share_words(one, other):
        return Comparison(Outcome.UNRELATED, "They share no telling words.")
    opposition = opposition_of(one, other)
    subjects = subjects_of(one, other, opposition)
    if _is_within(one, other) or _is_within(other, one):
        return Comparison(Outcome.REFINES, "One says all that the other says.", subjects.overlap)
    if subjects.differ:
        return Comparison(Outcome.UNRELATED, subjects.differ, subjects.overlap)
    mine, theirs = _amounts_of_both(one, other)
    first, second = _days_of_both(one, other)
    pair = Pair(
        one,
        other,
        amounts.comparable(mine, theirs, are_same=subjects.union == 1),
        (first, second) if first and second else None,
        opposition.why if opposition else None,
        subjects.overlap,
        subjects.union,
        subjects.are_close,
    )
    outcome, why = _verdict(pair, mine, theirs)
    return Comparison(outcome, why, subjects.overlap)


def _is_within(one: Statement, other: Statement) -> bool:
    """Say whether a statement is part of another, and not denied."""
    is_part = len(one.text) < len(other.text) and one.text in other.text
    return is_part and not is_turned(one, other)


def _days_of_both(one: Statement, other: Statement) -> tuple[Days | None, Days | None]:
    """Return the times of both; what one day calls "Thursday" is the same Thursday."""
    words = [((s.time or {}).get("text") or "").casefold() for s in (one, other)]
    first, second = days_of(one.time, one.text), days_of(other.time, other.text)
    if (first is None) != (second is None) and (dated := times.days_in_words(one.text, other.text)):
        return dated
    is_same = words[0] and words[0] == words[1] and one.published_on == other.published_on
    return (first, first) if is_same and first and second else (first, second)


def _amounts_of_both(one: Statement, other: Statement) -> tuple[list[Amount], list[Amount]]:
    mine = adopting(one.amounts, other.amounts, one.content)
    theirs = adopting(other.amounts, one.amounts, other.content)
    mine, theirs = with_all(mine, theirs, one.text), with_all(theirs, mine, other.text)
    mine, theirs = with_votes(mine, theirs, one.text), with_votes(theirs, mine, other.text)
    return with_change(mine, theirs, one.text), with_change(theirs, mine, other.text)


def _verdict(pair: Pair, mine: Sequence[Amount], theirs: Sequence[Amount]) -> tuple[Outcome, str]:
    """Decide by what disagrees, the weightiest first."""
    if pair.is_conditional and (pair.opposed or pair.apart):
        return Outcome.NOT_COMPARABLE, "One holds on a condition only."
    if pair.are_days_apart and (found := _of_other_days(pair)):
        return found
    if pair.opposed and (reason := _other_counts(pair, mine, theirs)):
        return Outcome.NOT_COMPARABLE, reason
    if pair.opposed and pair.are_parts and not is_turned(pair.one, pair.other):
        return Outcome.NOT_COMPARABLE, f"Each counts its own: {pair.opposed}."
    if pair.opposed:
        return _opposed(pair)
    if pair.apart:
        return _amounts_apart(pair, mine, theirs)
    if reason := _other_units(pair, mine, theirs):
        return Outcome.NOT_COMPARABLE, reason
    if pair.are_days_apart:
        if pair.is_plan_and_deed:
            return Outcome.UPDATES, f"What was planned came at another time: {_days_words(pair)}."
        if not pair.are_of_one_event:
            return Outcome.UNRELATED, "They share too few telling words."
        return Outcome.CONTRADICTS, f"The times exclude each other: {_days_words(pair)}."
    return _agreeing(pair, mine, theirs)


def _of_other_days(pair: Pair) -> tuple[Outcome, str] | None:
    """Say why statements of other times are no conflict, None if they may be one."""
    words = _days_words(pair)
    has_come = pair.is_plan_and_deed and not pair.is_called_off
    is_revised = pair.are_own_news and bool(REVISED.search(pair.last.text))
    if is_revised or (pair.opposed and (pair.is_change or has_come)):
        return Outcome.UPDATES, f"A later report tells of a change: {words}."
    if pair.is_new_plan:
        return Outcome.UPDATES, f"What was planned was put off: {words}."
    if pair.has_grown:
        return Outcome.UPDATES, f"A later report of a count that grows: {words}."
    if pair.apart or pair.opposed or pair.is_of_series or pair.are_own_news:
        return Outcome.NOT_COMPARABLE, f"They are of other times: {words}."
    return None


def _opposed(pair: Pair) -> tuple[Outcome, str]:
    is_called_off = not pair.is_later_report and pair.is_called_off
    if pair.is_plan_and_deed and not is_called_off:
        return Outcome.UPDATES, f"What was planned turned out otherwise: {pair.opposed}."
    if pair.is_later_report and (pair.one.is_pending or pair.other.is_pending):
        return Outcome.UPDATES, "What had not happened yet is reported to have happened."
    is_ever = any(_NEVER.search(s.text) for s in (pair.one, pair.other))
    if pair.speaks_of(SERIES) and not is_ever and (when := _only_time(pair)):
        return Outcome.NOT_COMPARABLE, f"Only one names a time, and that is past: {when}."
    if pair.is_change:
        return Outcome.UPDATES, f"A later report tells of a change: {pair.opposed}."
    is_close = pair.are_close or pair.union >= _LEAST_UNION
    if pair.overlap < LEAST_OPPOSED or not is_close:
        return Outcome.UNRELATED, "They share too few telling words."
    return Outcome.CONTRADICTS, f"They exclude each other: {pair.opposed}."


def _amounts_apart(
    pair: Pair, mine: Sequence[Amount], theirs: Sequence[Amount]
) -> tuple[Outcome, str]:
    one, other = pair.apart[0]
    words = f"{one.words} against {other.words}"
    if pair.is_plan_and_deed:
        return Outcome.UPDATES, f"What was planned came out otherwise: {words}."
    if is_growing(pair, one, other):
        return Outcome.UPDATES, f"A later report of a count that grows: {words}."
    if pair.is_later_report and REVISED.search(pair.last.text):
        return Outcome.UPDATES, f"A later report of a change: {words}."
    if not have_one_rate(one, other, pair.one.text, pair.other.text):
        return Outcome.NOT_COMPARABLE, f"One is for a time or a head only: {words}."
    if one.kind == "percent" and not pair.are_close:
        return Outcome.NOT_COMPARABLE, f"They may be shares of different things: {words}."
    if when := _only_time(pair):
        return Outcome.NOT_COMPARABLE, f"Only one names a time, and that is past: {when}."
    if said := other_words(pair.one, pair.other):
        return Outcome.NOT_COMPARABLE, f"They are of different things: {said[0]} and {said[1]}."
    if counted := amounts.other_counts(mine, theirs):
        return Outcome.NOT_COMPARABLE, f"They are of {counted[0]} and of {counted[1]}."
    return Outcome.CONTRADICTS, f"The amounts exclude each other: {words}."


def _only_time(pair: Pair) -> str | None:
    """Return the time of the one that has one, where a measure of today is beside one of then."""
    for timed, other in ((pair.one, pair.other), (pair.other, pair.one)):
        days = days_of(timed.time, timed.text)
        if days is None or days_of(other.time, other.text) or not other.published_on:
            continue
        if days.words and days.words in other.text:
            continue
        is_past = days.last < date.fromisoformat(other.published_on) - RECENT
        if is_past and (other.is_of_today or pair.speaks_of(SERIES) or not pair.are_close):
            return days.words
    return None


def _other_counts(pair: Pair, mine: Sequence[Amount], theirs: Sequence[Amount]) -> str | None:
    """Say what each counts, where neither counts anything that the other does."""
    if pair.amounts or len(mine) != 1 or len(theirs) != 1 or mine[0].kind != theirs[0].kind:
        return None
    is_counted = mine[0].kind == "count" and mine[0].unit and theirs[0].unit
    return _other_units(pair, mine, theirs) if is_counted else None


def _other_units(pair: Pair, mine: Sequence[Amount], theirs: Sequence[Amount]) -> str | None:
    """Say which amounts cannot be compared, where none can."""
    sums = [[a.unit for a in each if a.kind == "money"] for each in (mine, theirs)]
    if all(sums) and not set(sums[0]) & set(sums[1]):
        return f"In another currency: {sums[0][0]} and {sums[1][0]}."
    if pair.amounts or not mine or not theirs or all(sums):
        return None
    one, other = mine[0], theirs[0]
    if one.kind == other.kind == "count":
        return f"They count different things: {one.words} and {other.words}."
    return f"In units that do not convert: {one.words} and {other.words}."


def _agreeing(pair: Pair, mine: Sequence[Amount], theirs: Sequence[Amount]) -> tuple[Outcome, str]:
    if pair.is_plan_and_deed:
        return Outcome.UPDATES, "What one says is to come, the other says has come."
    if pair.is_later_report and pair.one.is_pending != pair.other.is_pending:
        return Outcome.UPDATES, "What had not happened yet is reported to have happened."
    if pair.is_later_report and REVISED.search(pair.last.text) and pair.amounts:
        return Outcome.UPDATES, f"A later report of a change: {pair.amounts[0][0].words}."
    for one, other in pair.amounts:
        if amounts.fit_of(one, other) is not Fit.EQUAL:
            if is_growing(pair, one, other):
                words = f"{one.words} and {other.words}"
                return Outcome.UPDATES, f"A later report of a count that grows: {words}."
            return (
                Outcome.REFINES,
                f"The amounts agree, one is exacter: {one.words}, {other.words}.",
            )
    if pair.days and times.fit_of(*pair.days) is not Fit.EQUAL:
        if pair.is_new_plan:
            return Outcome.UPDATES, f"What was planned was put off: {_days_words(pair)}."
        return Outcome.REFINES, f"The times agree, one is exacter: {_days_words(pair)}."
    if pair.is_later_report and pair.first.is_open:
        return Outcome.UPDATES, "What was not known yet is reported."
    if more := _more_said(pair, mine, theirs):
        return Outcome.REFINES, f"They agree; one also names {more}."
    if named := _more_names(pair.one, pair.other):
        return Outcome.REFINES, f"They agree; one also names {named}."
    if said := other_words(pair.one, pair.other):
        return Outcome.UNRELATED, f"They say different things: {said[0]} and {said[1]}."
    if not pair.are_close:
        return Outcome.UNRELATED, "They share too few telling words."
    return Outcome.REPEATS, _sameness(pair)


def _more_said(pair: Pair, mine: Sequence[Amount], theirs: Sequence[Amount]) -> str | None:
    """Say whether one names an amount or a time that does not stand in the other's words."""
    more, text = (mine, pair.other.text) if len(mine) > len(theirs) else (theirs, pair.one.text)
    if len(mine) != len(theirs) and not all(a.words in text for a in more):
        return "an amount"
    timed, other = (pair.one, pair.other) if pair.one.names_time else (pair.other, pair.one)
    words = (timed.time or {}).get("text") or ""
    is_in_both = words and words.casefold() in other.text.casefold()
    is_more = timed.names_time and not other.names_time and not is_in_both
    return "a time" if is_more else None


def _more_names(one: Statement, other: Statement) -> str | None:
    """Return a name that one statement has more than the other, None if it says no more."""
    for more, less in ((one, other), (other, one)):
        names = more.in_order([n for n in more.names - less.content if n not in less.stems])
        initials = "".join(name[0] for name in names)
        if names and less.content < more.content and initials not in less.stems:
            return " ".join(more.printed(name) for name in names)
    return None


def _sameness(pair: Pair) -> str:
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


def _days_words(pair: Pair) -> str:
    assert pair.days is not None
    return f"{pair.days[0].words} and {pair.days[1].words}"
