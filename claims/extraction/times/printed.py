"""Times whose printed words fix them: days, months, quarters, halves, years, decades."""

from __future__ import annotations

import re
from calendar import monthcalendar
from dataclasses import replace
from datetime import date

from claims.extraction.records import Precision
from claims.extraction.times import doubts, intervals
from claims.extraction.times.context import Context, Match, group
from claims.extraction.times.intervals import Read
from claims.extraction.times.tense import Tense
from claims.extraction.times.words import (
    CENTURIES,
    DECADES,
    EASTER,
    HOLIDAYS,
    ORDINALS,
    month_of,
    weekday_of,
)


def _int(found: Match, name: str) -> int:
    """Return a group's digits as a number, endings like `th` left off."""
    given = group(found, name) or ""
    return int(given.rstrip("stndrh") or 0)


def iso(found: Match, context: Context) -> Read | None:
    """Read `2021-12-14` and `2021-12-14T10:30Z`."""
    read = intervals.day(_int(found, "y"), _int(found, "m"), _int(found, "d"))
    clock = group(found, "t")
    if read is None or clock is None or int(clock[:2]) > 23:
        return read
    is_utc = (group(found, "z") or "") in ("z", "+00:00", "+0000")
    value = f"{read.value}T{clock}{'Z' if is_utc else ''}"
    return replace(read, type="TIME", value=value)


def iso_week(found: Match, context: Context) -> Read | None:
    """Read `2007-W12`."""
    try:
        return intervals.week_of(date.fromisocalendar(_int(found, "y"), _int(found, "w"), 1))
    except ValueError:
        return None


def numeric(found: Match, context: Context) -> Read | None:
    """Read `14/12/2021`: where both orders are days, the text's own, or the whole they leave."""
    if doubts.is_version(context, found):
        return None
    first, second, year = _int(found, "a"), _int(found, "b"), _int(found, "y")
    if year < 100:
        year += 2000 if year < 70 else 1900
    by_day = intervals.day(year, second, first)
    by_month = intervals.day(year, first, second)
    if by_day is None or by_month is None or by_day == by_month:
        return by_day or by_month
    if context.is_day_first is not None:
        return by_day if context.is_day_first else by_month
    for reach in (8, 32):
        near = [r for r in (by_day, by_month) if _is_near(r, context.dateline, reach)]
        if len(near) == 1:
            return near[0]
    # Both orders make sense: what is sure lies between the two.
    first_day, last_day = sorted(d for d in (by_day.first, by_month.first) if d)
    return Read("DATE", f"{year:04}", first_day, last_day, Precision.YEAR)


def _is_near(read: Read, dateline: date, reach: int) -> bool:
    return read.first is not None and abs((read.first - dateline).days) < reach


def attacks(found: Match, context: Context) -> Read | None:
    """Read `9/11`, which names one day in news of any year after it."""
    return intervals.day(2001, 9, 11) if context.dateline >= date(2001, 9, 11) else None


_WILL = re.compile(r"\b(?:will|shall|would|due|planned|scheduled|expected)\b|['’]ll\b")

#: Days; whoever announces what is farther off names the year.
_ALMOST_A_YEAR = 300


def nearest(context: Context, found: Match, month: int, day: int) -> Read | None:
    """Return the day of a month that a story without a year means."""
    year, dateline = context.dateline.year, context.dateline
    reads = [intervals.day(y, month, day) for y in (year - 1, year, year + 1)]
    days = [r for r in reads if r is not None and r.first is not None]
    if not days:
        return None
    over = [r for r in days if r.first and r.first <= dateline]
    ahead = [r for r in days if r.first and r.first >= dateline]
    tense = context.tense(found)
    wait = (ahead[0].first - dateline).days if ahead and ahead[0].first else 9999
    # "Agreed to sell it on 10 January", printed in February: the day that they agreed.
    is_agreed = wait > _ALMOST_A_YEAR and not _WILL.search(context.before(found, 80))
    if tense is Tense.AHEAD and ahead and not is_agreed:
        return ahead[0]
    # Told as over, or not told, yet only weeks ahead: a plan told in the past tense.
    if over and wait > (14 if tense is Tense.OVER else 90):
        return over[-1]
    return (ahead or over)[0] if not over or wait else over[-1]


def calendar(found: Match, context: Context) -> Read | None:
    """Read a day and a month in either order, the year taken from the dateline if need be."""
    month, number = month_of(group(found, "m") or ""), _int(found, "d")
    if not doubts.is_named_month(context, found, "m"):
        return None
    if found["y"]:
        return intervals.day(_int(found, "y"), month, number)
    if (month, number) == (9, 11) and re.match(
        r"\s(?:terror\w* )?attacks?\b", context.after(found)
    ):
        return attacks(found, context)
    return nearest(context, found, month, number)


def span_of_days(found: Match, context: Context) -> Read | None:
    """Read `3 to 5 May` and `May 3-5, 2021`."""
    month = month_of(group(found, "m") or "")
    numbers = _int(found, "d"), _int(found, "d2")
    if numbers[1] <= numbers[0] or not doubts.is_named_month(context, found, "m"):
        return None
    if found["y"]:
        ends = [intervals.day(_int(found, "y"), month, n) for n in numbers]
    else:
        first = nearest(context, found, month, numbers[0])
        year = first.first.year if first and first.first else 0
        ends = [first, intervals.day(year, month, numbers[1])]
    return _between(ends[0], ends[1], Precision.DAY)


def span_of_months(found: Match, context: Context) -> Read | None:
    """Read `March-May 2021`."""
    first, last = month_of(group(found, "m") or ""), month_of(group(found, "m2") or "")
    if first >= last or not doubts.is_named_month(context, found, "m"):
        return None
    year = _int(found, "y") or month_without_year(context, found, last)
    return _between(intervals.month(year, first), intervals.month(year, last), Precision.MONTH)


def span_of_years(found: Match, context: Context) -> Read | None:
    """Read `2014-2018` and `2014-18`."""
    first, last = _int(found, "y"), _int(found, "y2")
    if last < 100:
        last += first // 100 * 100
    if not first < last < first + 120:
        return None
    if not _are_years(found, context, last) and not doubts.is_year(context, found):
        return None
    return _between(intervals.year(first), intervals.year(last), Precision.YEAR)


def _are_years(found: Match, context: Context, last: int) -> bool:
    """Say whether two whole years in a row need no cue: "the study (1990-2010)"."""
    is_whole = len(found["y2"]) == 4 and _int(found, "y") >= 1800 and last < 2100
    return is_whole and re.search(r"(?:^|[^\W\d]\s|[(\[\n])$", context.before(found)) is not None


def _between(first: Read | None, last: Read | None, precision: Precision) -> Read | None:
    if first is None or last is None:
        return None
    value = f"{first.value}/{last.value}"
    return Read("DATE", value, first.first, last.last, precision)


def month_without_year(context: Context, found: Match, month: int) -> int:
    """Return the year that a month without one is in."""
    dateline = context.dateline
    tense = context.tense(found)
    if tense is Tense.AHEAD:
        return dateline.year + (month < dateline.month)
    if tense is Tense.UNTOLD and month - dateline.month in (1, 2):
        return dateline.year
    return dateline.year - (month > dateline.month)


def year_of(words: str, context: Context) -> int:
    """Return the year that `this year`, `the previous year` or `fiscal 2009` stands for."""
    if words[-4:].isdigit():
        return int(words[-4:])
    words = " ".join(words.split())
    if words.startswith(("last", "the last", "the past", "the prior")):
        return context.dateline.year - 1
    if words.startswith(("next", "the next")):
        return context.dateline.year + 1
    step = {"the previous year": -1, "the following year": 1}.get(words, 0)
    anchored = words in ("that year", "the same year") or step
    return (context.anchor if anchored else context.dateline).year + step


def month(found: Match, context: Context) -> Read | None:
    """Read a month, with or without its year."""
    number = month_of(group(found, "m") or "")
    which, of = group(found, "which"), group(found, "of")
    if not which and not doubts.is_month(context, found):
        return None
    if of:
        return intervals.month(year_of(of, context), number)
    year = context.dateline.year
    if which in ("last", "this past"):
        return intervals.month(year - (number >= context.dateline.month), number)
    if which in ("next", "this coming"):
        return intervals.month(year + (number <= context.dateline.month), number)
    if which == "this":
        return intervals.month(year, number)
    return intervals.month(month_without_year(context, found, number), number)


def nth_weekday(found: Match, context: Context) -> Read | None:
    """Read `the first Saturday of February next year`."""
    number = month_of(group(found, "m") or "")
    of = group(found, "of")
    year = year_of(of, context) if of else month_without_year(context, found, number)
    place = weekday_of(group(found, "wd") or "")
    days = [week[place] for week in monthcalendar(year, number) if week[place]]
    nth = group(found, "nth") or ""
    return intervals.day(year, number, days[-1] if nth == "last" else days[ORDINALS[nth] - 1])


def quarter(found: Match, context: Context) -> Read | None:
    """Read a quarter; one without a year is the last that was, or the next in a plan."""
    given = group(found, "q") or ""
    number = ORDINALS.get(given) or int(given)
    of = group(found, "of") or group(found, "of2")
    if of:
        return intervals.quarter(year_of(of, context), number)
    if given.isdigit() and not doubts.is_quarter(context, found):
        return None
    now = (context.dateline.month + 2) // 3
    year = context.dateline.year
    # In spring "the fourth quarter" is the last one; in summer nobody means last year's.
    if number - now == 1 or (context.is_ahead(found) and "-" not in found[0]):
        return intervals.quarter(year + (number < now), number)
    return intervals.quarter(year - (number > now), number)


def half(found: Match, context: Context) -> Read | None:
    """Read half of a year."""
    given = group(found, "h") or ""
    number = ORDINALS.get(given) or int(given)
    of = group(found, "of")
    year = year_of(of, context) if of else context.dateline.year
    return intervals.half(year, number)


def year(found: Match, context: Context) -> Read | None:
    """Read a year, where the words around say that it is one."""
    return intervals.year(_int(found, "y")) if doubts.is_year(context, found) else None


def decade(found: Match, context: Context) -> Read | None:
    """Read `the 1990s`, `the '80s` and `the eighties`, the latter two of the last century."""
    word, short = group(found, "word"), group(found, "yy")
    if word:
        return intervals.decade(1900 + DECADES[word])
    if short:
        is_decade = doubts.is_short_decade(context, found)
        return intervals.decade(1900 + int(short)) if is_decade else None
    return intervals.decade(_int(found, "y"))


def century(found: Match, context: Context) -> Read | None:
    """Read `the 19th century` and `the nineteenth century`."""
    word = group(found, "word")
    number = CENTURIES.index(word) + 5 if word else _int(found, "n")
    # "His fifth century" is one of a batsman.
    if word and number < 10 and "the" not in (context.before(found, 4) + found[0]).lower().split():
        return None
    return intervals.century(number * 100 - 100) if 1 < number < 100 else None


def fiscal(found: Match, context: Context) -> Read | None:
    """
    Read a fiscal year: two years are one that begins in April, as in India; `fiscal 2021` is
    that of the United States, from October. `FY22` may be either: it spans both.
    """
    if "y" not in found.groupdict():
        step = -1 if "last" in found["which"].lower() or "prev" in found["which"].lower() else 0
        step += "next" in found["which"].lower() or "coming" in found["which"].lower()
        number = context.dateline.year + step
        return Read("DATE", f"FY{number:04}", precision=Precision.YEAR)
    first = _int(found, "y")
    first += 2000 if first < 100 else 0
    if found["y2"]:
        last = _int(found, "y2")
        last += first // 100 * 100 if last < 100 else 0
        return intervals.fiscal_year(last, 4) if last == first + 1 else None
    from_october = intervals.fiscal_year(first, 10)
    if found[0][:2].lower() != "fy":
        return from_october
    from_april = intervals.fiscal_year(first, 4)
    if from_april is None or from_october is None:
        return None
    return replace(from_april, last=from_october.last)


def _easter(year: int) -> date:
    """Return Easter Sunday of the western churches (the computus of Meeus)."""
    golden, (hundreds, rest) = year % 19, divmod(year, 100)
    skipped, leap = divmod(hundreds, 4)
    moon = (19 * golden + hundreds - skipped - (hundreds - (hundreds + 8) // 25 + 1) // 3 + 15) % 30
    step = (32 + 2 * leap + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * step) // 451
    month, day = divmod(moon + step - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday(found: Match, context: Context) -> Read | None:
    """Read a holiday whose day is the same everywhere."""
    name = " ".join((group(found, "name") or "").replace("’", "").replace("'", "").split())
    if not found[0][0].isupper():
        return None
    if name in HOLIDAYS:
        month, day = HOLIDAYS[name]
        if found["y"]:
            return intervals.day(_int(found, "y"), month, day)
        return nearest(context, found, month, day)
    years = [_int(found, "y")] if found["y"] else [context.dateline.year + n for n in (-1, 0, 1)]
    days = [_easter(y).toordinal() + EASTER[name] for y in years if 1 <= y <= 9999]
    return intervals.day_of(
        date.fromordinal(min(days, key=lambda d: abs(d - context.dateline.toordinal())))
    )
