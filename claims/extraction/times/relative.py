"""Readers of times that are counted from the dateline or from the day named last."""

from __future__ import annotations

import re
from datetime import date

from claims.extraction.times import intervals
from claims.extraction.times.context import Found, Reader
from claims.extraction.times.dates import narrowed
from claims.extraction.times.intervals import DATE, TIME, Read
from claims.extraction.times.lengths import quantity, span_of
from claims.extraction.times.naming import YEAR, month_in, nearest_year, step_of
from claims.extraction.times.words import PARTS_OF_DAY


def read_ago(found: Found) -> Read | None:
    """Read `two years ago` against the dateline, `two days later` against the day named last."""
    words = found.words
    match = re.match(
        r"(?:the same \S+ )?(.*?) (ago|earlier|later|from now|hence|previously|beforehand|afterwards?)$",
        words,
    )
    if match is None:
        return None
    side = match[2]
    number, unit = quantity(match[1])
    if unit is None:
        return Read(DATE, "PAST_REF" if side in ("ago", "earlier", "previously") else "FUTURE_REF")
    back = side in ("ago", "earlier", "previously", "beforehand")
    if number is None:
        return Read(DATE, "PAST_REF" if back else "FUTURE_REF")
    base = (
        found.dateline
        if side in ("ago", "from now", "hence") or unit in ("year", "month", "quarter")
        else found.named
    )
    if "the same" in words and unit == "year":
        return same_unit(words, found, -int(number))
    return _away(unit, number if not back else -number, base)


def same_unit(words: str, found: Found, years: int) -> Read | None:
    unit = re.match(r"the same (\S+)", words)
    name = unit[1] if unit and unit[1] in ("month", "day", "week", "quarter") else "month"
    year = found.dateline.year + years
    if not 1 <= year <= 9999:
        return None
    return intervals.unit(name, found.dateline.replace(year=year, day=min(found.dateline.day, 28)))


def _away(unit: str, number: float, base: date) -> Read | None:
    """Read what is so many units away: as fine as the unit is."""
    if unit in ("second", "minute", "hour"):
        return intervals.day(base)._replace(type=TIME, value=f"{base.isoformat()}")
    if unit == "night":
        unit = "day"
    if number != int(number):
        months = round(number * 12)
        return intervals.unit("month", base, months) if unit == "year" else None
    steps = int(number)
    if unit == "fortnight":
        unit, steps = "week", steps * 2
    return intervals.unit(unit, base, steps) if abs(steps) < 100_000 else None


def read_unit_of(found: Found) -> Read | None:
    """Read a part of a unit: `the end of this year`, `late 2006`, `earlier this month`."""
    words = found.words
    match = re.match(
        r"((?:the )?(?:very )?(?:beginning|start|end|close|middle|turn|latter half|latter part"
        r"|early part|first part|rest|remainder|course) of |(?:the )?(?:early|late|mid|middle of"
        r"|earlier|later)[ -](?:in )?)(.*)",
        words,
    )
    if match is None:
        return None
    part, rest = match[1], match[2]
    whole = _whole(rest, found)
    if whole is None:
        return None
    return _side(part, rest, whole, found)


def _whole(rest: str, found: Found) -> Read | None:
    year, month = YEAR.fullmatch(rest), month_in(rest)
    if year:
        return intervals.year(int(rest))
    if month:
        return intervals.month(nearest_year(found, month), month)
    unit = rest.split()[-1]
    if unit in ("today", "yesterday", "tomorrow") or unit in PARTS_OF_DAY:
        shift = {"yesterday": -1, "tomorrow": 1}.get(unit, 0)
        moment = intervals.shifted(found.dateline, shift)
        return intervals.day(moment) if moment else None
    is_named = re.search(r"\b(?:that|same)\b|^the day$", rest)
    base = found.named if is_named else found.dateline
    if unit == "century":
        return intervals.unit(unit, found.dateline, step_of(rest) or 0)
    return intervals.unit(unit, base, step_of(rest) or 0)


def _side(part: str, rest: str, whole: Read, found: Found) -> Read | None:
    """Cut a unit at the dateline for `earlier this year`; narrow it for `late`."""
    today = found.dateline.isoformat()
    if whole.earliest is None or whole.latest is None:
        return whole
    if part.startswith("earlier") and whole.earliest <= today <= whole.latest:
        return whole._replace(latest=today)
    if (
        re.match(r"later|(?:the )?(?:rest|remainder)", part)
        and whole.earliest <= today <= whole.latest
    ):
        return whole._replace(earliest=today)
    if "end" in part or "turn" in part or "course" in part:
        # When exactly the end of a year is, nobody said.
        return whole
    return narrowed(whole, part)


def read_relative(found: Found) -> Read | None:
    """Read `last year`, `this week`, `the following day`, `last September`."""
    words = found.words
    month = month_in(words)
    if month:
        return _relative_month(words, month, found)
    unit = words.split()[-1]
    step = step_of(re.sub(r"^the ", "", words))
    if step is None or "final" in words:
        return None
    if re.match(r"(?:the )?past |the last (?:decade|century|year|month|week)$", words):
        return span_of("past", 1, unit, found)
    if unit == "day" and re.search(r"\b(?:following|next|previous|preceding|same|that)\b", words):
        return intervals.unit("day", found.named, step)
    if re.match(r"that ", words):
        return intervals.unit(unit, found.named, step)
    if unit == "day" and "the" not in words and "last" in words:
        return None
    return intervals.unit(unit, found.dateline, step)


def _relative_month(words: str, month: int, found: Found) -> Read | None:
    year = found.dateline.year
    if words.startswith(("last", "past")) and month >= found.dateline.month:
        year -= 1
    elif words.startswith("next") and month <= found.dateline.month:
        year += 1
    day = re.search(r"\d{1,2}", words)
    return intervals.day_of(year, month, int(day[0])) if day else intervals.month(year, month)


def read_the_unit(found: Found) -> Read | None:
    """Read `the day`, `the year`: the one that is told of."""
    unit = found.words.split()[-1]
    return intervals.unit(unit, found.named if unit == "day" else found.dateline)


def read_same_of(found: Found) -> Read | None:
    """Read `the same period of last year`."""
    words = found.words
    year = YEAR.search(words)
    return same_unit(words, found, (int(year[0]) - found.dateline.year) if year else -1)


def read_then(found: Found) -> Read | None:
    """Read `at that time` as the day that the text named last."""
    return intervals.day(found.named)


def reference(value: str) -> Reader:
    """Return the reader of words that only point to the present, the past or what comes."""

    def read(found: Found) -> Read | None:
        return Read(DATE, value)

    return read
