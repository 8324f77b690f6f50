"""Times of day: clock times, noon and midnight, on the day that the words give or the text spoke of."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.extraction.times import intervals
from claims.extraction.times.context import Context, Match, group
from claims.extraction.times.intervals import Read
from claims.extraction.times.relative import weekday_near

_PIECES = re.compile(
    r"([0-9]{1,2})(?:[:.]?([0-9]{2})(?::([0-9]{2}))?)? ?(am|pm|a\.m|p\.m|hours|hrs|o['’]clock)?",
    re.I,
)


def clock(found: Match, context: Context) -> Read | None:
    """Read `6:40 p.m. (GMT +8)`, `12:00 UTC Monday`, `noon`."""
    words = found["clock"]
    # "Lake at Noon" is a painting.
    if words[:1].isupper() and not _OPENING.search(context.before(found)):
        return None
    value = _value(words)
    if value is None or not _is_clock(found, context, words):
        return None
    day, is_adrift = _day(found, context)
    if day is None:
        return None
    is_utc = re.search(r"\b(?:UTC|GMT)\b(?! ?[+-])", words)
    return replace(
        day, type="TIME", value=f"{day.value}T{value}{'Z' if is_utc else ''}", is_adrift=is_adrift
    )


#: What a sentence begins after.
_OPENING = re.compile(r"(?:^|[.!?:;\n\"“”'‘’(—–-])\s*$")
_LIGHT_CUE = re.compile(
    r"\b(?:at|before|by|until|till|since|after|around|from|to|near|of)\s$", re.I
)
_LIGHT = {"dawn": "TMO", "daybreak": "TMO", "sunrise": "TMO"}


def light(found: Match, context: Context) -> Read | None:
    """Read `at dawn`, `before dusk Tuesday`: the morning or the evening of a day."""
    if not found["light"].islower() or not _LIGHT_CUE.search(context.before(found)):
        return None
    day, is_adrift = _day(found, context)
    value = _LIGHT.get(found["light"], "TEV")
    return day and replace(day, type="TIME", value=day.value + value, is_adrift=is_adrift)


_NO_NOUN_NEXT = re.compile(
    r"[.,;:)?!]|\Z|\s(?:in|on|at|by|from|into|to|for|with|after|as|and|but|that|when|while|near|across)\b"
)
_NOUN_BEFORE = re.compile(r"(?:\b(?:an|the|its|their|his|her|this|by)|['’]s)\s$", re.I)


def overnight(found: Match, context: Context) -> Read | None:
    """Read `overnight` as the night before the dateline, or the one after it in a plan."""
    if not _NO_NOUN_NEXT.match(context.after(found)) or _NOUN_BEFORE.search(context.before(found)):
        return None
    night = intervals.day_of(intervals.moved(context.dateline, -1 + context.is_ahead(found)))
    return night and replace(night, type="TIME", value=f"{night.value}TNI")


def _value(words: str) -> str | None:
    if words[:4].lower() == "noon":
        return "12:00"
    if words[:8].lower() == "midnight":
        return "24:00"
    found = _PIECES.match(words)
    if found is None:
        return None
    hour, side = int(found[1]), (found[4] or "").lower()
    if side.startswith(("a", "p")):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if side[0] == "p" else 0)
    seconds = f":{found[3]}" if found[3] else ""
    return f"{hour:02}:{found[2] or '00'}{seconds}" if hour < 25 else None


def _is_clock(found: Match, context: Context, words: str) -> bool:
    """Say whether digits with a colon are a time of day and not a score, a verse or a ratio."""
    if not words[0].isdigit() or re.search(r"[a-z]", words, re.I):
        return context.before(found, 1) not in ("-", ".", "$", ":", "/")
    if "." in words or context.before(found, 1) in (":", ".", "-", "$", "/"):
        return False
    if re.match(r"[-–:.]?[0-9]|%", context.after(found)):
        return False
    return bool(
        re.search(
            r"\b(?:at|by|around|about|until|before|after|from|since|to|of|between|and|local time)\s\(?$",
            context.before(found),
            re.I,
        )
    )


def _day(found: Match, context: Context) -> tuple[Read | None, bool]:
    """Return the day of a time of day, and whether it was borrowed."""
    name, near = group(found, "wd"), group(found, "near")
    if name:
        return intervals.day_of(weekday_near(context, found, name, None)), False
    if near:
        step = {"yesterday": -1, "tomorrow": 1}.get(near, 0)
        return intervals.day_of(intervals.moved(context.dateline, step)), False
    spoken = context.spoken_of
    is_close = found.start() - context.spoken_at < 80
    if spoken is not None and is_close and spoken.first and spoken.first == spoken.last:
        return intervals.day_of(spoken.first), True
    return intervals.day_of(context.dateline), True
