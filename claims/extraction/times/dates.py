"""Readers of days, months and seasons as a calendar has them."""

from __future__ import annotations

import re
from datetime import date

from claims.extraction.times import intervals
from claims.extraction.times.context import Found
from claims.extraction.times.intervals import TIME, Read
from claims.extraction.times.naming import month_in, nearest_year, step_of, year_in
from claims.extraction.times.words import ORDINALS, SEASONS, unit_of


def read_iso(found: Found) -> Read | None:
    """Read `2021-12-14`, with or without a time."""
    words = found.printed()
    try:
        day = intervals.day(date.fromisoformat(words[:10]))
    except ValueError:
        return None
    return day._replace(type=TIME, value=words) if "T" in words else day


def read_nine_eleven(found: Found) -> Read | None:
    """Read the day that is known by its numbers."""
    return intervals.day(date(2001, 9, 11))


def read_numeric(found: Found) -> Read | None:
    """Read `7/8/07` month first, as it mostly is in English; day first where only that can be."""
    first, second, last = (int(n) for n in re.split(r"[/.-]", found.printed()))
    if len(re.split(r"[/.-]", found.printed())[2]) == 2:
        last += 2000 if last < 70 else 1900
    mark = re.search(r"[/.-]", found.printed())
    if first > 12 or (mark is not None and mark[0] == "." and second <= 12):
        first, second = second, first
    if not 1500 <= last <= 2200:
        return None
    return intervals.day_of(last, first, second)


def read_date(found: Found) -> Read | None:
    """Read a day of a month, its year taken from the dateline where none is printed."""
    words = found.words
    month = month_in(words)
    number = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    if month is None or number is None:
        return None
    day = int(number[0])
    year = year_in(words, found)
    if year is None and re.match(r"attack|terror", found.after(12).strip()) and month == 9:
        return read_nine_eleven(found)
    return intervals.day_of(year or nearest_year(found, month, day), month, day)


def read_of_month(found: Found) -> Read | None:
    """Read a month of a year."""
    words = found.words
    month, year = month_in(words), year_in(words, found)
    if month is None or year is None:
        return None
    return narrowed(intervals.month(year, month), words)


def read_month(found: Found) -> Read | None:
    """Read a month alone."""
    words = found.words
    month = month_in(words)
    if month is None or _is_a_name(found):
        return None
    return narrowed(intervals.month(nearest_year(found, month), month), words)


def _is_a_name(found: Found) -> bool:
    """Say whether a month is somebody's name, or a word that begins a sentence."""
    printed = found.printed()
    if printed in ("March", "August", "April", "June"):
        after = found.text[found.end : found.end + 20]
        if re.match(r"\s[A-Z][a-z]+", after) and not re.match(r"\s(?:The|In|On|A)\b", after):
            return printed in ("April", "June")
    return printed == "March" and bool(re.search(r"(?:^|[.!?]\s)$", found.text[: found.start][-2:]))


def narrowed(read: Read | None, words: str) -> Read | None:
    """Narrow a month, quarter or year to the part of it that the words name."""
    if read is None or read.earliest is None or read.latest is None:
        return read
    first, last = date.fromisoformat(read.earliest), date.fromisoformat(read.latest)
    size = (last - first).days + 1
    third = max(size // 3, 1)
    if re.search(r"\b(?:early|beginning|start|early part|first part)\b", words):
        last = date.fromordinal(first.toordinal() + third)
    elif re.search(r"\b(?:late|latter|close)\b", words):
        first = date.fromordinal(last.toordinal() - third)
    elif re.search(r"\b(?:mid|middle)\b", words):
        first, last = (
            date.fromordinal(first.toordinal() + third - 1),
            date.fromordinal(last.toordinal() - third + 1),
        )
    return read._replace(earliest=first.isoformat(), latest=last.isoformat())


def read_season(found: Found) -> Read | None:
    """Read a season, of a year, relative or nearest to the dateline."""
    words = found.words
    name = next(name for name in SEASONS if re.search(rf"\b{name}\b", words))
    code, first = SEASONS[name]
    year = year_in(words, found)
    if year is None:
        year = found.dateline.year
        step = step_of(words.replace("the ", ""))
        if step == -1 and first + 2 >= found.dateline.month:
            year -= 1
        elif (step == 1 and first <= found.dateline.month) or (
            step is None and found.is_ahead() and first < found.dateline.month
        ):
            year += 1
    return intervals.season(year, code, first)


def read_ordinal_unit(found: Found) -> Read | None:
    """Read `the first week of May`: the whole of what it is in, narrowed to its place there."""
    words = found.words
    match = re.match(r"the (\S+) (\S+) of (.*)", words)
    if match is None:
        return None
    month, year = month_in(match[3]), year_in(match[3], found)
    if month:
        whole = intervals.month(year or nearest_year(found, month), month)
    elif year:
        whole = intervals.year(year)
    else:
        unit = match[3].split()[-1]
        whole = intervals.unit(unit, found.dateline, step_of(match[3]) or 0)
    if whole is None or whole.earliest is None or whole.latest is None:
        return None
    number, unit = ORDINALS[match[1]], unit_of(match[2])
    edge = whole.latest if number < 0 else whole.earliest
    size = {"week": 7, "day": 1, "weekend": 7}.get(unit)
    shift = (number - 1) if number > 0 else 0
    if size is None:
        return intervals.unit(unit, date.fromisoformat(edge), shift)
    moment = intervals.shifted(date.fromisoformat(edge), shift * size)
    return intervals.unit(unit, moment) if moment else None
