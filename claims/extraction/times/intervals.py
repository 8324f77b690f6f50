"""
Calendar units as TIMEX3 values with the interval of days that each names.

A value is what TimeML's TIMEX3 has (ISO 8601 with its additions: `2009-Q3`, `2009-SU`, `199`,
`2009-W12`, `FY2009`); days outside the years 1 to 9999 are no days here.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from claims.extraction.records import Precision

DATE, TIME, DURATION, SET = "DATE", "TIME", "DURATION", "SET"


class Read(NamedTuple):
    """What an expression was read as: TIMEX3 type and value, and the days it names."""

    type: str
    value: str
    earliest: str | None = None
    latest: str | None = None
    precision: Precision = Precision.OPEN


def day(found: date) -> Read:
    """Return one day."""
    return Read(DATE, found.isoformat(), found.isoformat(), found.isoformat(), Precision.DAY)


def day_of(year: int, month: int, number: int) -> Read | None:
    """Return one day by its numbers, or None where there is no such day."""
    try:
        return day(date(year, month, number))
    except ValueError:
        return None


def months(year: int, month: int, count: int, value: str, precision: Precision) -> Read | None:
    """Return the interval of some months from the first day of one on."""
    last = year * 12 + month - 1 + count - 1
    if not 1 <= year <= 9999 or not 1 <= last // 12 <= 9999:
        return None
    end_year, end_month = last // 12, last % 12 + 1
    end = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return Read(DATE, value, date(year, month, 1).isoformat(), end.isoformat(), precision)


def month(year: int, number: int) -> Read | None:
    """Return one month."""
    return months(year, number, 1, f"{year:04}-{number:02}", Precision.MONTH)


def quarter(year: int, number: int) -> Read | None:
    """Return one quarter of a year."""
    return months(year, 3 * number - 2, 3, f"{year:04}-Q{number}", Precision.QUARTER)


def half(year: int, number: int) -> Read | None:
    """Return one half of a year."""
    return months(year, 6 * number - 5, 6, f"{year:04}-H{number}", Precision.QUARTER)


def season(year: int, code: str, first: int) -> Read | None:
    """Return a season by its code and first month; a winter runs into the next year."""
    return months(year, first, 3, f"{year:04}-{code}", Precision.QUARTER)


def year(number: int) -> Read | None:
    """Return one year."""
    return months(number, 1, 12, f"{number:04}", Precision.YEAR)


def decade(first: int) -> Read | None:
    """Return the ten years from one on."""
    return months(first, 1, 120, f"{first // 10:03}", Precision.DECADE)


def century(number: int) -> Read | None:
    """Return a century by its ordinal, as `19` for 1801 to 1900; the value is the years' start."""
    return months((number - 1) * 100 + 1, 1, 1200, f"{number - 1:02}", Precision.OPEN)


def week(inside: date) -> Read | None:
    """Return the ISO week that holds a day."""
    shift = inside.weekday()
    if inside.toordinal() - shift < 1 or inside.toordinal() - shift + 6 > date.max.toordinal():
        return None
    monday = inside - timedelta(days=shift)
    iso = monday.isocalendar()
    sunday = monday + timedelta(days=6)
    value = f"{iso.year:04}-W{iso.week:02}"
    return Read(DATE, value, monday.isoformat(), sunday.isoformat(), Precision.DAY)


def fiscal_year(number: int) -> Read | None:
    """
    Return a fiscal year by its number: whose it is nobody says, so the widest that it may be.

    India's and Japan's begin in April, the United States' in the October before.
    """
    found = months(number - 1, 7, 33, f"FY{number:04}", Precision.YEAR)
    return found._replace(latest=f"{number + 1:04}-03-31") if found else None


def shifted(moment: date, days: int) -> date | None:
    """Return a day some days away, or None where the calendar ends before."""
    ordinal = moment.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def unit(name: str, moment: date, steps: int = 0) -> Read | None:
    """Return the day, week, month, quarter, year ... that is some steps from the one of a day."""
    if name in ("day", "week", "weekend", "fortnight"):
        size = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}[name]
        found = shifted(moment, size * steps) if abs(steps) < 4_000_000 else None
        return _of_days(name, found)
    if name == "month":
        number = moment.year * 12 + moment.month - 1 + steps
        return month(number // 12, number % 12 + 1)
    if name == "quarter":
        number = moment.year * 4 + (moment.month - 1) // 3 + steps
        return quarter(number // 4, number % 4 + 1)
    if name == "decade":
        return decade((moment.year // 10 + steps) * 10)
    if name == "century":
        return century((moment.year - 1) // 100 + 1 + steps)
    return year(moment.year + steps)


def _of_days(name: str, found: date | None) -> Read | None:
    if found is None:
        return None
    if name == "day":
        return day(found)
    held = week(found)
    if held is None or name != "weekend" or held.latest is None:
        return held
    sunday = date.fromisoformat(held.latest)
    saturday = (sunday - timedelta(days=1)).isoformat()
    return held._replace(value=f"{held.value}-WE", earliest=saturday)
