"""Readers of feasts whose day is fixed or follows from a rule."""

from __future__ import annotations

from datetime import date

from claims.extraction.times import intervals
from claims.extraction.times.context import Found
from claims.extraction.times.intervals import Read
from claims.extraction.times.naming import nearest_year, year_in


def read_holiday(found: Found) -> Read | None:
    """Read a feast that is on the same day everywhere, or whose day a rule gives."""
    words = found.words
    year = year_in(words, found)
    for name, (month, day) in _FEASTS.items():
        if name in words:
            if year is None:
                year = nearest_year(found, month, day)
            if words.startswith("last") and (month, day) >= (
                found.dateline.month,
                found.dateline.day,
            ):
                year = found.dateline.year - 1
            return intervals.day_of(year, month, day)
    year = year or found.dateline.year
    if "easter" in words or "good friday" in words:
        sunday = easter(year)
        shift = -2 if "good" in words else 1 if "monday" in words else 0
        moment = intervals.shifted(sunday, shift)
        return intervals.day(moment) if moment else None
    if "thanksgiving" in words:
        return intervals.day_of(year, 11, _nth(year, 11, 3, 4))
    if "labo" in words:
        return intervals.day_of(year, 9, _nth(year, 9, 0, 1))
    if "memorial" in words:
        return intervals.day_of(year, 5, 31 - date(year, 5, 31).weekday())
    return None


_FEASTS = {
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "eve": (12, 31),
    "new year": (1, 1),
    "halloween": (10, 31),
    "valentine": (2, 14),
    "veterans": (11, 11),
    "independence": (7, 4),
    "bastille": (7, 14),
    "may day": (5, 1),
}


def _nth(year: int, month: int, weekday: int, which: int) -> int:
    """Return the day of the n-th weekday of a month."""
    return 1 + (weekday - date(year, month, 1).weekday()) % 7 + 7 * (which - 1)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
