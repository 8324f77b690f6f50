"""Whether two times agree. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

_FIRST, _LAST = date.min, date.max
#: Days that "about" allows on either side.
_ABOUT = {"day": 3, "month": 31, "quarter": 92, "year": 366, "decade": 3_660}
_MONTH_NAMES = (
    "January February March April May June July August September October November December"
)
MONTHS = _MONTH_NAMES.split()
#: The two words before a day that is named in full, and the day.
_IN_FULL = re.compile(rf"\b(\w+ on) ([0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}})\b")
#: By when something has to be done: another day is another deadline.
_DEADLINE = re.compile(
    r"\b(?:must|ha(?:s|ve|d) until|deadline|due|required|needs? to|no later than|at the latest)\b",
    re.IGNORECASE,
)


class Fit(StrEnum):
    """How one value stands to another."""

    EQUAL = "equal"
    INSIDE = "inside"
    AROUND = "around"
    OVERLAPS = "overlaps"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Days:
    """An interval of days, and the words for it."""

    first: date
    last: date
    words: str


def days_of(time: Mapping[str, Any] | None, text: str) -> Days | None:
    """Return the interval of a claim's time, None where it has none."""
    if not time or time.get("precision") == "open":
        return None
    first, last = _day(time.get("earliest")), _day(time.get("latest"))
    if first is None and last is None:
        return None
    words = time.get("text") or ""
    # Who has to "wait until 28 June" is let in that day.
    if last is not None and re.search(
        rf"\bwait (?:until|till) {re.escape(words)}", text, re.IGNORECASE
    ):
        first = last
    if last is not None and first is None and _DEADLINE.search(text):
        first = last
    # "Since 2019" names when it began, which another year would contradict; not so "not since".
    is_never = re.search(r"(?:\b(?:not|never|no)\b|n['’]t\b).*\bsince\b", text, re.IGNORECASE)
    if (
        first is not None
        and not is_never
        and (
            words.casefold().startswith("since ") or f"since {words}".casefold() in text.casefold()
        )
    ):
        last = _end_of(first, time.get("precision"))
    found = Days(first or _FIRST, last or _LAST, words)
    return _widened(found, time) if time.get("qualifier") == "about" else _narrowed(found)


def days_in_words(one: str, other: str) -> tuple[Days, Days] | None:
    """Return the one day that each names in full, where the same words stand before it."""
    found = [_IN_FULL.findall(text) for text in (one, other)]
    if not all(len(each) == 1 for each in found):
        return None
    (mine,), (theirs,) = found
    if mine[0].casefold() != theirs[0].casefold():
        return None
    days = [date(int(year), MONTHS.index(month) + 1, 1) for _, _, month, year in (mine, theirs)]
    numbers = int(mine[1]), int(theirs[1])
    first, second = (d + timedelta(days=n - 1) for d, n in zip(days, numbers, strict=True))
    words = [" ".join(each[1:]) for each in (mine, theirs)]
    return Days(first, first, words[0]), Days(second, second, words[1])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _end_of(first: date, precision: str | None) -> date:
    days = {"year": 365, "month": 27, "quarter": 89, "decade": 3_650}.get(precision or "", 0)
    return first + min(timedelta(days=days), _LAST - first)


def _widened(days: Days, time: Mapping[str, Any]) -> Days:
    room = timedelta(days=_ABOUT.get(time.get("precision") or "day", 3))
    first = days.first - room if days.first - _FIRST > room else _FIRST
    last = days.last + room if _LAST - days.last > room else _LAST
    return Days(first, last, days.words)


def _narrowed(days: Days) -> Days:
    """Read "the end of 2025" as its last quarter, and "the start of" as its first."""
    length = (days.last - days.first).days
    words = days.words.casefold()
    if not 27 <= length <= 366:
        return days
    if words.startswith(("the end of", "end of", "late ", "end-")):
        return Days(days.last - timedelta(days=length // 4), days.last, days.words)
    if words.startswith(("the beginning of", "the start of", "early ", "beginning of")):
        return Days(days.first, days.first + timedelta(days=length // 3), days.words)
    return days


def fit_of(one: Days, other: Days) -> Fit:
    """Return how the first interval stands to the second."""
    if one.last < other.first or other.last < one.first:
        return Fit.APART
    if (one.first, one.last) == (other.first, other.last):
        return Fit.EQUAL
    if other.first <= one.first and one.last <= other.last:
        return Fit.INSIDE
    if one.first <= other.first and other.last <= one.last:
        return Fit.AROUND
    return Fit.OVERLAPS
