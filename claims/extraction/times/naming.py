"""The year, month and direction that an expression names, printed or relative to the dateline."""

from __future__ import annotations

import re

from claims.extraction.times.context import Found
from claims.extraction.times.words import MONTHS

YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d{2}(?!\d)")


_MONTH_WORD = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)


DAY_WORD = re.compile(
    r"\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b\.?", re.IGNORECASE
)


_BACK = frozenset({"last", "past", "previous", "preceding", "prior"})


_ON = frozenset({"next", "following", "coming", "upcoming"})


def step_of(words: str) -> int | None:
    """Return how many units away a word like `last` points, or None where there is none."""
    held = words.split()
    if any(word in _BACK for word in held):
        return -1
    if any(word in _ON for word in held):
        return 1
    here = ("this", "same", "that", "current", "present", "the")
    return 0 if any(word in here for word in held) else None


def year_in(words: str, found: Found) -> int | None:
    """Return the year that an expression names, printed or relative to the dateline."""
    printed = YEAR.search(words)
    if printed:
        return int(printed[0])
    relative = re.search(
        r"(this|last|next|previous|following|current|coming|same|that|the) "
        r"(?:financial |fiscal |calendar )?year",
        words,
    )
    if relative:
        return found.dateline.year + (step_of(relative[1]) or 0)
    return found.dateline.year - 1 if "a year" in words else None


def month_in(words: str) -> int | None:
    """Return the month that an expression names."""
    match = _MONTH_WORD.search(words)
    return MONTHS[match[1].lower()[:3]] if match else None


def nearest_year(found: Found, month: int, day: int | None = None) -> int:
    """Return the year of a month and day without one: the nearest on the side the verb is on."""
    dateline = found.dateline
    if day is None:
        ahead = month >= dateline.month
        if found.is_ahead():
            return dateline.year if ahead else dateline.year + 1
        return dateline.year - 1 if month > dateline.month else dateline.year
    days = [
        (month - dateline.month) * 31 + day - dateline.day + 372 * shift for shift in (-1, 0, 1)
    ]
    if found.is_ahead():
        return dateline.year + (0 if days[1] >= 0 else 1)
    # A report may name a day a few weeks ahead without a verb that says so.
    return dateline.year - 1 if days[1] > 62 else dateline.year


def full_year(digits: str) -> int:
    number = int(digits)
    if len(digits) == 4:
        return number
    return number + (2000 if number < 70 else 1900)
