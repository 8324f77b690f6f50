"""
Words for a time that reads the same on any day: `this year` becomes `in 2021`.

Pure. What would only be a guess (`a decade ago`, `the week before`) stays as it is printed.
"""

from __future__ import annotations

import re
from datetime import date

from claims.extraction.records import TimeExpression

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_QUARTERS = ("first", "second", "third", "fourth")
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\\.?"
DAY_NAMES = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNIT = re.compile(r"(?:this|last|next|the current) (?:year|month|quarter|week|spring|summer|autumn|fall|winter)", re.I)  # fmt: skip
_EARLY = re.compile(rf"(early|late) ({_UNIT.pattern})", re.I)
_SIDE = re.compile(r"(earlier|later) (this (?:year|month|quarter|week))", re.I)
_AGO = re.compile(r"(?:\d+|[a-z]+(?:-[a-z]+)?) (?:year|month|day)s? ago", re.I)
_NAMED_DAY = re.compile(rf"(?:(?:last|next|this) )?{DAY_NAMES}|(?:earlier |later )?today|yesterday|tomorrow", re.I)  # fmt: skip
_PART = re.compile(
    rf"(?P<day>{_NAMED_DAY.pattern}) (?P<part>morning|afternoon|evening|night)", re.I
)
_CALENDAR_DAY = re.compile(rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}", re.I)  # fmt: skip
_CALENDAR_MONTH = re.compile(_MONTH, re.I)
_QUARTER = re.compile(r"(?:the )?(?:first|second|third|fourth) quarter", re.I)
_EDGE = re.compile(
    r"((?:the )?(?:beginning|start|middle|end) of )"
    r"((?:(?:this|last|next|the current|the) )(?:year|month|quarter|decade))",
    re.I,
)


def bare_words(time: TimeExpression, dateline: date) -> str | None:
    """Return what can stand for a time after a preposition, None to leave it as printed."""
    words = time.text
    part = _PART.fullmatch(words)
    if part:
        day = _day(time.value[:10])
        return part_of_day(day, part["part"].lower()) if day else None
    if re.search(r"\d{4}", words) or time.type != "DATE":
        return None
    edge = _EDGE.fullmatch(words)
    if edge:
        unit = _unit(time.value)
        return f"{edge[1]}{unit}" if unit else None
    early = _EARLY.fullmatch(words)
    if early:
        unit = _unit(time.value)
        return f"{early[1].lower()} {unit}" if unit and "week" not in unit else None
    if _NAMED_DAY.fullmatch(words) or _CALENDAR_DAY.fullmatch(words):
        return _day(time.value)
    if _AGO.fullmatch(words) and time.qualifier is None:
        return _day(time.value) or _unit(time.value)
    patterns = (_UNIT, _CALENDAR_MONTH, _QUARTER)
    return _unit(time.value) if any(p.fullmatch(words) for p in patterns) else None


def adverb_words(time: TimeExpression, dateline: date) -> str | None:
    """Return what can stand for a time that has no preposition before it."""
    side = _SIDE.fullmatch(time.text)
    if side:
        unit = _unit(time.value)
        edge = "before" if side[1].lower() == "earlier" else "after"
        return f"in {unit}, {edge} {dateline.day} {_MONTHS[dateline.month - 1]}" if unit else None
    bare = bare_words(time, dateline)
    if bare is None:
        return None
    if _EDGE.fullmatch(time.text):
        return f"at {bare}"
    return f"on {bare}" if _day(time.value[:10]) else f"in {bare}"


def part_of_day(bare: str, part: str) -> str:
    """Return a part of a day: `the morning of 13 December 2021`."""
    return f"the {part} of {bare}"


def _day(value: str) -> str | None:
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)
    return f"{int(match[3])} {_MONTHS[int(match[2]) - 1]} {match[1]}" if match else None


def _unit(value: str) -> str | None:
    """Return the name of a calendar unit."""
    if re.fullmatch(r"\d{4}", value):
        return value
    if re.fullmatch(r"\d{3}", value):
        return f"the {value}0s"
    month = re.fullmatch(r"(\d{4})-(\d{2})", value)
    if month:
        return f"{_MONTHS[int(month[2]) - 1]} {month[1]}"
    quarter = re.fullmatch(r"(\d{4})-Q([1-4])", value)
    if quarter:
        return f"the {_QUARTERS[int(quarter[2]) - 1]} quarter of {quarter[1]}"
    season = re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value)
    if season:
        return f"the {_SEASONS[season[2]]} of {season[1]}"
    week = re.fullmatch(r"(\d{4})-W(\d{2})", value)
    if week:
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return f"the week of {_day(monday.isoformat())}"
    return None
