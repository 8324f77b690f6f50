"""Times that count from the dateline, or from the day that the text spoke of last."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from claims.extraction.records import Precision
from claims.extraction.times import doubts, intervals
from claims.extraction.times.context import Context, Match, group
from claims.extraction.times.intervals import Read
from claims.extraction.times.lengths import length_value
from claims.extraction.times.printed import nearest, year_of
from claims.extraction.times.words import (
    PARTS,
    SEASONS,
    month_of,
    number,
    unit_of,
    weekday_of,
)

_BACK = (
    "last",
    "past",
    "previous",
    "the last",
    "the past",
    "the previous",
    "the preceding",
    "the prior",
    "this past",
)
_ON = ("next", "the next", "the following", "the coming", "this coming")
_ANCHORED = (
    "the previous",
    "the following",
    "the next",
    "the preceding",
    "the same",
    "that",
    "that same",
    "that very",
)


def with_part(read: Read | None, part: str | None) -> Read | None:
    """Return the part of a day: its morning, afternoon, evening or night."""
    if read is None or not part:
        return read
    return replace(read, type="TIME", value=read.value + PARTS[part])


def weekday_near(context: Context, found: Match, name: str, which: str | None) -> date | None:
    """Return the day that a weekday means: the last one in a report, the next in a plan."""
    dateline = context.dateline
    back = (dateline.weekday() - weekday_of(name)) % 7
    if which in ("the following", "the next", "the previous"):
        anchor = context.anchor
        step = (weekday_of(name) - anchor.weekday()) % 7 or 7
        return intervals.moved(
            anchor, step if which != "the previous" else step - 14 if step == 7 else step - 7
        )
    if which in ("next", "this coming"):
        return intervals.moved(dateline, (-back) % 7 or 7)
    if which in ("last", "this past"):
        return intervals.moved(dateline, -(back or 7))
    if back and (which == "this" or context.is_ahead(found)):
        return intervals.moved(dateline, 7 - back)
    return intervals.moved(dateline, -back)


def weekday(found: Match, context: Context) -> Read | None:
    """Read `Monday`, `next Friday`, `Sunday night`, `Monday last week`."""
    if not doubts.is_weekday(context, found):
        return None
    name, week = group(found, "wd") or "", group(found, "rel")
    if week:
        inside = intervals.moved(context.dateline, {"last": -7, "this": 0, "next": 7}[week])
        day = inside and intervals.moved(inside, weekday_of(name) - inside.weekday())
    else:
        day = weekday_near(context, found, name, group(found, "which"))
    return with_part(intervals.day_of(day), group(found, "part"))


def near(found: Match, context: Context) -> Read | None:
    """Read `today`, `yesterday morning`, `tonight`, `the day before yesterday`."""
    words = found[0].lower()
    step = -1 if "yesterday" in words else 1 if "tomorrow" in words else 0
    step *= 2 if group(found, "before") else 1
    part = "night" if group(found, "tonight") else group(found, "part")
    return with_part(intervals.day_of(intervals.moved(context.dateline, step)), part)


def part(found: Match, context: Context) -> Read | None:
    """Read `this morning` and `last night`."""
    which = _words(found, "which")
    around = context.anchor if which in _ANCHORED else context.dateline
    step = -1 if which in _BACK else 1 if which in _ON else 0
    return with_part(intervals.day_of(intervals.moved(around, step)), group(found, "part"))


def part_of(found: Match, context: Context) -> Read | None:
    """Read `the morning of March 5`."""
    month, day = month_of(found["m"]), int(re.sub(r"\D", "", found["d"]))
    if found["y"]:
        return with_part(intervals.day(int(found["y"]), month, day), group(found, "part"))
    return with_part(nearest(context, found, month, day), group(found, "part"))


def _words(found: Match, name: str) -> str:
    return " ".join((group(found, name) or "").split())


def season(found: Match, context: Context) -> Read | None:
    """Read a season: with a year, or this, last and next; a bare one only after `the`."""
    code, of, which = SEASONS[(group(found, "s") or "")], group(found, "of"), _words(found, "which")
    if of:
        return intervals.season(int(of[-4:]), code)
    if which in ("the", "the following") or not which:
        return _bare_season(found, context, code)
    year = context.dateline.year
    this = intervals.season(year, code)
    if this is None or this.first is None or this.last is None:
        return None
    is_winter_now = code == "WI" and context.dateline.month < 3
    if which in _BACK:
        return intervals.season(year - (this.last >= context.dateline or is_winter_now), code)
    if which in _ON:
        return intervals.season(year + (this.first <= context.dateline), code)
    return intervals.season(year - is_winter_now, code)


def _bare_season(found: Match, context: Context, code: str) -> Read | None:
    before = context.before(found)
    # "the fall" of a price is no season, and neither is a spring of water.
    if not re.search(
        r"\b(?:in|by|during|since|until|of|this|through|over|late|early|mid)[ -]$", before, re.I
    ):
        return None
    has_article = found[0].lower().startswith("the")
    is_of = bool(re.match(r" (?:of|in)\b", context.after(found)))
    if is_of or (code == "FA" and "fall" in found[0].lower() and not has_article):
        return None
    step = 0
    this = intervals.season(context.dateline.year, code)
    if this and this.first and this.last:
        if context.is_ahead(found):
            step = int(this.last < context.dateline)
        else:
            step = -int(this.first > context.dateline)
    return intervals.season(context.dateline.year + step, code)


def deictic(found: Match, context: Context) -> Read | None:
    """Read `last year`, `this week`, `the same month`, `the day`, `the quarter`."""
    which, unit = _words(found, "which"), group(found, "unit") or ""
    if found.group("unit")[0].isupper() and not found[0].isupper():
        return None
    if which in ("past", "previous", "current") and re.search(
        r"\b(?:the|a|its|their|this)\s$", context.before(found)
    ):
        return None
    if which == "the":
        return _the(found, context, unit)
    if which in ("the last", "the past", "past"):
        is_length = (
            which != "the last"
            or unit == "decade"
            or re.search(r"\b(?:over|in|for|within|throughout|of)\s$", context.before(found), re.I)
        )
        if is_length and unit not in ("weekend", "night"):
            return _rolled(context, unit, 1, length_value(unit, 1), is_back=True)
    if unit in ("day", "night") and which in ("this", "last", "next"):
        if unit == "day":
            return intervals.of_unit(
                unit, context.dateline, {"this": 0, "last": -1, "next": 1}[which]
            )
        return with_part(
            intervals.of_unit(unit, context.dateline, -1 if which == "last" else 0), "night"
        )
    is_anchored = which in _ANCHORED and (unit != "quarter" or which in ("the same", "that"))
    around = context.anchor if is_anchored else context.dateline
    around = context.day if is_anchored and unit == "day" else around
    step = -1 if which in _BACK else 1 if which in _ON else 0
    return intervals.of_unit(unit, around, step)


_THE_CUE = re.compile(
    r"\b(?:of|in|for|during|by|on|at|end|ending|ended|finish|finished|closed|close|closing|throughout|through|over|within|until|later|earlier|later in|earlier in|so far in|rest of|remainder of|start|started|began|begin|opened)\s$",
    re.I,
)


def _the(found: Match, context: Context, unit: str) -> Read | None:
    """Read `the day` and `the year` where a verb or preposition makes them the one at hand."""
    if unit == "night" or re.match(r"['’-]|\s(?:that|when|of)\b", context.after(found)):
        return None
    if unit in ("decade", "century", "fortnight") and not re.search(
        r"\bof\s$", context.before(found)
    ):
        return None
    if not _THE_CUE.search(context.before(found)) and unit != "weekend":
        return None
    if unit == "weekend":
        step = 0 if context.is_ahead(found) or context.dateline.weekday() > 4 else -1
        return intervals.of_unit(unit, context.dateline, step)
    return intervals.of_unit(unit, context.day if unit == "day" else context.dateline, 0)


def beside(found: Match, context: Context) -> Read | None:
    """Read `the day before`, `the year after`: beside the time that the text spoke of last."""
    step = -1 if group(found, "which") == "before" else 1
    unit = group(found, "unit") or ""
    read = intervals.of_unit(unit, context.day if unit == "day" else context.anchor, step)
    return with_part(read, "night") if unit == "night" else read


def again(found: Match, context: Context) -> Read | None:
    """Read `the same month a year ago`, `the same period of last year`."""
    unit = group(found, "unit") or ""
    words = found[0].lower()
    of = group(found, "of")
    is_earlier = of or re.search(r"(?:ago|earlier|before|year-ago|prior-year)\b", words)
    if unit in ("time",) and not is_earlier:
        return None
    spoken = context.spoken_of
    around = context.anchor
    year = around.year - 1
    if of and of[-4:].isdigit():
        year = int(of[-4:])
    elif of:
        year = year_of(of, context)
    if not is_earlier:
        return intervals.of_unit(unit, around, 0) if unit != "period" else None
    if unit == "period" and spoken is not None and spoken.precision is Precision.QUARTER:
        unit = "quarter"
    elif unit == "period" and spoken is not None and spoken.precision is Precision.MONTH:
        unit = "month"
    shifted = intervals.away("year", around, year - around.year)
    if shifted is None:
        return None
    return (
        intervals.year(year) if unit in ("period", "time") else intervals.of_unit(unit, shifted, 0)
    )


def rolling(found: Match, context: Context) -> Read | None:
    """Read `the past three months`, `the next four years`, `recent years`."""
    which, unit = group(found, "which") or "", unit_of(found["unit"])
    is_plural = found["unit"].lower() != unit
    given = group(found, "n")
    if given is None and not is_plural:
        return None
    count = number(given) if given else None
    value = length_value(unit, count)
    if which in ("past", "last", "previous", "preceding", "recent"):
        return _rolled(context, unit, count, value, is_back=True)
    return _rolled(context, unit, count, value, is_back=False)


def _rolled(
    context: Context, unit: str, count: float | None, value: str, *, is_back: bool
) -> Read | None:
    """Return a stretch that ends with the dateline, or begins with it."""
    dateline = context.dateline
    other = None
    if count is not None and count < 10_000:
        other = intervals.away(unit, dateline, round(-count if is_back else count))
    if other is None:
        return Read("DURATION", value)
    first, last = (other, dateline) if is_back else (dateline, other)
    return Read("DURATION", value, first, last)


def that_time(found: Match, context: Context) -> Read | None:
    """Read `by that time`: the time that the text spoke of last."""
    return context.spoken_of


def ordinal_day(found: Match, context: Context) -> Read | None:
    """Read `a third consecutive day`: the day at hand."""
    return intervals.of_unit(group(found, "unit") or "", context.dateline, 0)


def now(found: Match, context: Context) -> Read | None:
    """Read words for the present."""
    if re.match(r"-[a-z]", context.after(found)) or context.before(found, 1) == "-":
        return None
    return Read("DATE", "PRESENT_REF")


def gone(found: Match, context: Context) -> Read | None:
    """Read words for the past."""
    words = found[0].lower()
    if words == "recent" and re.search(
        r"\b(?:most|more|as|too|less)\s$", context.before(found), re.I
    ):
        return None
    if words.endswith("past") and re.match(
        r"[- ](?:[a-z]*ly\b|\d|few|several|year|the|\w+ (?:years|months|weeks|days))",
        context.after(found),
    ):
        return None
    return Read("DATE", "PAST_REF")


def to_come(found: Match, context: Context) -> Read | None:
    """Read words for the future."""
    before, after = context.before(found), context.after(found)
    if re.search(r"\b(?:as|too|how|so)\s$", before, re.I) or after.startswith(
        ("-", " after", " as ")
    ):
        return None
    if found[0].lower() == "the future" and re.match(r" (?:of|is|Combat)\b", after):
        return None
    return Read("DATE", "FUTURE_REF")
