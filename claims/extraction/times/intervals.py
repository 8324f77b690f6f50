"""
What a time names: its TIMEX3 type and value, and the days it spans.

Every function answers None where the calendar ends: a year before 1 or after 9999.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claims.extraction.records import Precision, TimeQualifier


@dataclass(frozen=True, slots=True)
class Read:
    """A time read: TIMEX3 type and value, first and last day, and how fine it is."""

    type: str
    value: str
    first: date | None = None
    last: date | None = None
    precision: Precision = Precision.OPEN
    qualifier: TimeQualifier | None = None
    #: A clock time or part of a day that borrowed its day, and may get another one.
    is_adrift: bool = False


def moved(day: date, days: int) -> date | None:
    """Return the day so many days on, or None beyond the calendar."""
    place = day.toordinal() + days
    return date.fromordinal(place) if 1 <= place <= date.max.toordinal() else None


def day_of(day: date | None) -> Read | None:
    """Return one day."""
    return None if day is None else Read("DATE", day.isoformat(), day, day, Precision.DAY)


def day(year: int, month: int, number: int) -> Read | None:
    """Return one day, or None where there is none of this number."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    if not 1 <= number <= monthrange(year, month)[1]:
        return None
    return day_of(date(year, month, number))


def months(year: int, month: int, count: int, value: str, precision: Precision) -> Read | None:
    """Return so many months from the first of one."""
    end = year * 12 + month - 1 + count - 1
    last_year, last_month = end // 12, end % 12 + 1
    if not (1 <= year <= 9999 and last_year <= 9999 and 1 <= month <= 12):
        return None
    last = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return Read("DATE", value, date(year, month, 1), last, precision)


def month(year: int, number: int) -> Read | None:
    """Return a month."""
    return months(year, number, 1, f"{year:04}-{number:02}", Precision.MONTH)


def quarter(year: int, number: int) -> Read | None:
    """Return a quarter of the calendar year."""
    return months(year, 3 * number - 2, 3, f"{year:04}-Q{number}", Precision.QUARTER)


def half(year: int, number: int) -> Read | None:
    """Return a half of a year."""
    return months(year, 6 * number - 5, 6, f"{year:04}-H{number}", Precision.QUARTER)


def season(year: int, code: str) -> Read | None:
    """Return a season of the northern half of the world; winter ends in the next year."""
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    return months(year, first, 3, f"{year:04}-{code}", Precision.QUARTER)


def year(number: int) -> Read | None:
    """Return a year."""
    return months(number, 1, 12, f"{number:04}", Precision.YEAR)


def decade(start: int) -> Read | None:
    """Return the ten years from one that ends in 0."""
    return months(start, 1, 120, f"{start:04}"[:3], Precision.DECADE)


def century(start: int) -> Read | None:
    """Return the hundred years from one that ends in 00, as they are spoken of."""
    return months(max(start, 1), 1, 1200, f"{start:04}"[:2], Precision.OPEN)


def week_of(inside: date | None, *, is_weekend: bool = False) -> Read | None:
    """Return the ISO week that a day is in, or its weekend."""
    monday = inside and moved(inside, -inside.weekday())
    sunday = monday and moved(monday, 6)
    if monday is None or sunday is None:
        return None
    iso = monday.isocalendar()
    value = f"{iso.year:04}-W{iso.week:02}"
    if is_weekend:
        return Read("DATE", value + "-WE", sunday - timedelta(days=1), sunday, Precision.DAY)
    return Read("DATE", value, monday, sunday, Precision.DAY)


def fiscal_year(number: int, first_month: int) -> Read | None:
    """Return the fiscal year that ends in a year, and begins in a month of the year before."""
    value = f"FY{number:04}"
    return months(number - 1, first_month, 12, value, Precision.YEAR) if number > 1 else None


def of_unit(unit: str, around: date, step: int) -> Read | None:
    """Return the day, week, month, ... that lies so many from the one a day is in."""
    if unit in ("day", "night"):
        return day_of(moved(around, step))
    if unit in ("week", "weekend", "fortnight"):
        days = step * (14 if unit == "fortnight" else 7)
        return week_of(moved(around, days), is_weekend=unit == "weekend")
    if unit == "month":
        place = around.year * 12 + around.month - 1 + step
        return month(place // 12, place % 12 + 1)
    if unit == "quarter":
        place = around.year * 4 + (around.month - 1) // 3 + step
        return quarter(place // 4, place % 4 + 1)
    if unit == "year":
        return year(around.year + step)
    if unit == "decade":
        return decade(around.year // 10 * 10 + 10 * step)
    if unit == "century":
        return century(around.year // 100 * 100 + 100 * step)
    return day_of(around)


def away(unit: str, around: date, count: int) -> date | None:
    """Return the day that lies so many units from another, as near as the calendar has it."""
    sizes = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
    if unit in sizes:
        return moved(around, sizes[unit] * count)
    sizes = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    if unit not in sizes:
        return around
    place = around.year * 12 + around.month - 1 + sizes[unit] * count
    number = place // 12
    if not 1 <= number <= 9999:
        return None
    return date(number, place % 12 + 1, min(around.day, monthrange(number, place % 12 + 1)[1]))


def part_of(read: Read, part: int) -> Read:
    """Return the first, middle or last third (0, 1, 2) of a time, value and fineness kept."""
    if read.first is None or read.last is None or read.first == read.last:
        return read
    if read.precision is Precision.YEAR:
        starts = [away("month", read.first, step) for step in (0, 4, 8)]
        bounds = [d for d in starts if d is not None]
    elif read.precision is Precision.MONTH:
        bounds = [read.first, read.first.replace(day=11), read.first.replace(day=21)]
    else:
        length = (read.last - read.first).days + 1
        bounds = [read.first + timedelta(days=length * n // 3) for n in range(3)]
    first = bounds[part]
    last = read.last if part == 2 else bounds[part + 1] - timedelta(days=1)
    return replace(read, first=first, last=last)
