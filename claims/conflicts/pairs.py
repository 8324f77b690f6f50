"""Two statements of one thing, with what was found about both. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.conflicts import amounts, times
from claims.conflicts.amount import HUGE, Amount
from claims.conflicts.lexicon import CANCELLED, DEALS, SERIES, STARTS, TOLL
from claims.conflicts.negation import is_negated
from claims.conflicts.statements import Statement
from claims.conflicts.times import Days, Fit, days_of

#: Share of the shorter statement's words that both must have, where nothing but a direction, or a
#: time, tells them apart.
LEAST_OPPOSED, LEAST_TIMED = 0.7, 0.88

#: Telling words, besides names, that tell what happened.
_DEED = 2

_ALL = re.compile(r"\b(?:all|every|each|none|nobody|no one|no|whole|entire)\b", re.IGNORECASE)

#: Sales, prices and temperatures are told of weeks and months.
_FEW_DAYS = timedelta(days=8)

#: What lies further back is no longer today's.
RECENT = timedelta(days=45)

_ONCE_PLANNED = re.compile(
    r"\b(?:was|were|been) (?:originally |initially |once )?(?:due|scheduled|supposed|meant|planned|"
    r"expected|to have)\b|\b(?:originally|initially)\b",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"\b(?:put off|put back|pushed back|postponed|delayed|rescheduled|brought forward|moved to|"
    r"will now|now (?:be|expected|due|planned|scheduled|set))\b",
    re.IGNORECASE,
)

REVISED = re.compile(
    r"\b(?:has|have|had) (?:now )?(?:raised|increased|lifted|improved|cut|lowered|reduced|revised|"
    r"upgraded|downgraded)\b.* to\b|"
    r"\b(?:from [$€£]?[0-9][^,.;]{0,20} to|to [$€£]?[0-9][^,;]{0,20} from) [$€£]?[0-9]",
    re.IGNORECASE,
)

#: What is counted to the end.
_FINAL = re.compile(r"\b(?:a total of|in total|altogether|in all|final)\b", re.IGNORECASE)

#: What grows less: "11 are still missing".
_LEFT = re.compile(
    r"\b(?:still|remain\w*|left|missing|trapped|unaccounted|without|in hospital|stranded|active|"
    r"fell|fallen|down|dropped|shrank|decline\w*)\b",
    re.IGNORECASE,
)

_SO_FAR = re.compile(
    r"\b(?:so far|still|by now|(?:has|have|had)(?: now)? (?:risen|climbed|grown|fallen|reached)|"
    r"(?:rose|climbed|grew|jumped|fell) to|now stands at|(?:has|have) (?:now|since))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Pair:
    """Two statements with what was found about both."""

    one: Statement
    other: Statement
    amounts: Sequence[tuple[Amount, Amount]]
    days: tuple[Days, Days] | None
    opposed: str | None
    overlap: float
    #: The share of all words that both have.
    union: float
    #: Whether the statements are nearly the same: what differs in few words.
    are_close: bool

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
    def has_grown(self) -> bool:
        """Say whether the later report tells of a count that it grew."""
        has_so_far = bool(_SO_FAR.search(self.last.text))
        return bool(self.apart) and has_so_far and is_growing(self, *self.apart[0])

    @property
    def are_own_news(self) -> bool:
        """Say whether each tells of the days before it, weeks apart from the other."""
        if not self.days or not self.is_later_report:
            return False
        told = [date.fromisoformat(s.published_on or "") for s in (self.one, self.other)]
        is_new = all(
            day - _FEW_DAYS <= d.last <= day for d, day in zip(self.days, told, strict=True)
        )
        return is_new and abs(told[0] - told[1]) > _FEW_DAYS

    @property
    def are_of_one_event(self) -> bool:
        """Say whether they share so much that what is of other times is at odds."""
        deed = (self.one.content & self.other.content) - self.one.names - self.other.names
        least = LEAST_OPPOSED if len(deed) >= _DEED else LEAST_TIMED
        return self.overlap >= least and self.are_close

    @property
    def are_single_days(self) -> bool:
        """Say whether the time of each is a few days at most."""
        timed = [(self.one.time or {}).get("precision"), (self.other.time or {}).get("precision")]
        are_days = all(precision == "day" for precision in timed)
        are_short = self.days is not None and all(d.last - d.first < _FEW_DAYS for d in self.days)
        return are_days or are_short

    @property
    def is_of_series(self) -> bool:
        """Say whether they are of what is measured again and again, and not of its beginning."""
        is_measured = self.speaks_of(SERIES) and not self.speaks_of(STARTS)
        return is_measured and not self.are_single_days

    @property
    def is_plan_and_deed(self) -> bool:
        """Say whether one tells of what is to come and the other, later, of what came."""
        one, other = self.one, self.other
        if one.is_planned == other.is_planned or one.is_unsure or other.is_unsure:
            return False
        plan, deed = (one, other) if one.is_planned else (other, one)
        in_order = not (plan.published_on and deed.published_on)
        return in_order or (plan.published_on or "") < (deed.published_on or "")

    @property
    def is_new_plan(self) -> bool:
        """Say whether one tells what was planned before, and what is planned now is another."""
        one, other = self.one, self.other
        told = [bool(_ONCE_PLANNED.search(s.text)) for s in (one, other)]
        if told[0] != told[1] and (one.is_planned or other.is_planned):
            return True
        return self.is_later_report and bool(_PUT_OFF.search(self.last.text))

    @property
    def is_conditional(self) -> bool:
        """Say whether they hold on a condition, and not both on the same."""
        conditions = self.one.condition, self.other.condition
        is_same = self.one.modality == self.other.modality and self.overlap == 1
        is_same = conditions[0] == conditions[1] if any(conditions) else is_same
        return not is_same and (self.one.is_conditional or self.other.is_conditional)

    @property
    def is_called_off(self) -> bool:
        """Say whether one says that something was called off, ruled out, or not so."""
        pairs = (self.one, self.other), (self.other, self.one)
        return any(
            CANCELLED.intersection(s.stems) or s.is_denied or (s.is_planned and is_negated(s, t))
            for s, t in pairs
        )

    @property
    def is_later_report(self) -> bool:
        """Say whether they are reports of different days."""
        days = {self.one.published_on, self.other.published_on}
        return None not in days and len(days) == 2

    @property
    def is_of_old(self) -> bool:
        """Say whether both tell, long after, of what was over: a count of it grows no more."""
        ends = [days_of(s.time, s.text) for s in (self.one, self.other)]
        day = date.fromisoformat(self.first.published_on or "9999-12-31")
        years = [s.last_year for s in (self.one, self.other)]
        if years[0] == years[1] and 0 < years[0] < (day - RECENT).year:
            return True
        month = [s.last_month for s in (self.one, self.other)]
        if month[0] and month[0] == month[1]:
            return month[0] < (day - RECENT).isoformat()[:7]
        return all(end is not None and end.last < day - RECENT for end in ends)

    @property
    def first(self) -> Statement:
        """Return the one of the earlier report."""
        return min((self.one, self.other), key=lambda s: s.published_on or "")

    @property
    def last(self) -> Statement:
        """Return the one of the later report."""
        return self.one if self.first is self.other else self.other

    @property
    def is_change(self) -> bool:
        """Say whether one tells how things stood, and the other, later, what changed since."""
        if not self.is_later_report:
            return False
        first, last = self.first, self.last
        day = days_of(last.time, last.text)
        if last.names_time and day and day.last.isoformat() < (first.published_on or ""):
            return False
        is_done = first.has_not_been and not last.has_not_been
        if is_negated(first, last) and not is_negated(last, first) and last.tells_of_change:
            return True
        return is_done or (first.tells_of_standing and last.tells_of_change)

    def speaks_of(self, words: frozenset[str]) -> bool:
        """Say whether both have one of these words."""
        return all(words & (frozenset(s.stems) | s.content) for s in (self.one, self.other))


def is_growing(pair: Pair, one: Amount, other: Amount) -> bool:
    """Say whether reports of two days count something that goes on."""
    is_counted = one.kind in ("count", "measure", "money")
    first, last = (one, other) if pair.first is pair.one else (other, one)
    # "Between 2 and 3 million", then 2.35 million: the same, told exactly.
    if first.upper < HUGE and amounts.fit_of(last, first) is Fit.INSIDE:
        return False
    if any(_FINAL.search(s.text) for s in (pair.one, pair.other)):
        return False
    is_so_far = any(_SO_FAR.search(s.text) for s in (pair.one, pair.other))
    if one.kind == "money" and not is_so_far:
        return False
    # Two who count otherwise, and neither says that it goes on.
    who = pair.one.claimant, pair.other.claimant
    if all(who) and who[0] != who[1] and not is_so_far:
        return False
    has_shrunk = last.upper < first.lower and not any(
        _LEFT.search(s.text) for s in (pair.one, pair.other)
    )
    if has_shrunk or pair.is_of_old:
        return False
    have_grown = pair.one.tells_of_change and pair.other.tells_of_change
    is_toll = pair.speaks_of(TOLL) and not pair.speaks_of(DEALS)
    goes_on = have_grown or is_toll or is_so_far
    return pair.is_later_report and is_counted and goes_on
