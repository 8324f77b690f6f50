"""Readers of lengths of time, and of how often something is."""

from __future__ import annotations

import re

from claims.extraction.times import intervals
from claims.extraction.times.context import Found
from claims.extraction.times.intervals import DURATION, SET, Read
from claims.extraction.times.naming import DAY_WORD, month_in
from claims.extraction.times.words import (
    PARTS_OF_DAY,
    SEASONS,
    UNIT_CODES,
    number_of,
    unit_of,
    weekday_of,
)


def quantity(words: str) -> tuple[float | None, str | None]:
    """Return the number and the unit of a duration; the unit is None where there is none."""
    text = re.sub(
        r"^(?:(?:more|less|fewer) than|at least|at most|as (?:many|long) as|up to|well over"
        r"|just over|just under|about|around|almost|nearly|over|under|approximately|roughly) ",
        "",
        words,
    )
    text = re.sub(r"[ -](?:old|long)$", "", text)
    tail = re.search(r"\b([a-z]+)(?: and a half)?$", text.replace("-", " "))
    name = unit_of(tail[1]) if tail else ""
    if name not in UNIT_CODES or tail is None:
        return None, None
    head = text[: tail.start()].strip(" -")
    extra = 0.5 if text.endswith("and a half") else 0.0
    head = re.sub(
        r"[ -]?(?:consecutive|straight|full|whole|more|additional|long|successive|short|entire"
        r"|other|solid|calendar)$",
        "",
        head,
    )
    if not head:
        return None, name
    number = number_of({"half a dozen": "six", "a dozen": "twelve"}.get(head, head))
    return (None if number is None else number + extra), name


def iso_duration(number: float | None, unit: str) -> str:
    """Return an ISO 8601 duration; X stands for a number that nobody counted."""
    letter = UNIT_CODES[unit]
    if number is None:
        return f"P{'T' if letter[0] == 'T' else ''}X{letter.lstrip('T')}"
    if unit == "hour" and number == 0.5:
        return "PT30M"
    factor = {"decade": 10, "century": 100, "fortnight": 2, "semester": 6}.get(unit, 1)
    prefix = "PT" if letter[0] == "T" else "P"
    letter = "Y" if unit in ("decade", "century") else letter.lstrip("T")
    return f"{prefix}{number * factor:g}{letter}"


def read_duration(found: Found) -> Read | None:
    """Read a length of time: no day in the calendar."""
    words = found.words
    number, unit = quantity(words)
    if unit is None or (unit == "second" and not words.endswith("seconds")):
        return None
    if re.match(r"(?:an?|one) (?:day|night|week|month|year|hour|minute|quarter)$", words):
        return _rate(found, unit) or (
            None if _is_loose(found) else Read(DURATION, iso_duration(1, unit))
        )
    return Read(DURATION, iso_duration(number, unit))


def _rate(found: Found, unit: str) -> Read | None:
    """Read `a year` after an amount as how often."""
    if found.words.startswith("one"):
        return None
    before = found.before(40)
    amount = re.search(
        r"(?:\d[\d.,]*|\b(?:million|billion|trillion|thousand|hundred|dozen|percent|per cent|once|twice|times|dollars|euros|pounds|tonnes|tons|barrels|people|litres|hours|days|cars|units|vehicles|aircraft|passengers|jobs)\b)[^.;:]{0,18}$",
        before,
    )
    if amount and not re.search(
        r"\b(?:for|in|within|after|than|nearly|almost|about|over|of|is|was|just|to|last|lasted|take|takes|took|by|at|from|and|had|until)\s?(?:the )?$",
        before,
    ):
        return Read(SET, iso_duration(1, unit))
    return None


def _is_loose(found: Found) -> bool:
    """Say whether `a day` counts nothing: `a day of mourning`, `a week for the markets`."""
    before, after = found.before(16), found.after(16)
    if re.search(
        r"\b(?:for|in|within|after|than|nearly|almost|about|over|just|lasted|take|takes|took|until|once|of|only|barely|under|at least|up to|every)\s$",
        before,
    ):
        return bool(re.match(r" (?:of|when|that|for the)\b", after)) and not before.endswith("for ")
    return not re.match(r" (?:before|after|since|until)\b", after)


def read_span(found: Found) -> Read | None:
    """Read `the past three months`: a length that ends or begins at the dateline."""
    words = re.sub(r"^(?:the|these|those|his|her|its|their|our) ", "", found.words)
    which, _, rest = words.partition(" ")
    number, unit = quantity(rest)
    if unit is None:
        return None
    return span_of(which, number, unit, found)


def span_of(which: str, number: float | None, unit: str, found: Found) -> Read:
    """Return a length of time with its days where it ends or begins at the dateline."""
    value = iso_duration(number, unit)
    if which in ("first", "final", "following", "preceding", "prior", "previous"):
        return Read(DURATION, value)
    days = {
        "day": 1,
        "night": 1,
        "weekend": 7,
        "week": 7,
        "fortnight": 14,
        "month": 30.44,
        "quarter": 91.3,
        "semester": 183,
        "year": 365.25,
        "decade": 3652.5,
        "century": 36525,
    }.get(unit)
    if number is None or days is None:
        return Read(DURATION, value)
    size = round(number * days)
    other = intervals.shifted(found.dateline, size if which in ("next", "coming") else -size)
    if other is None:
        return Read(DURATION, value)
    first, last = sorted((other, found.dateline))
    return Read(DURATION, value, first.isoformat(), last.isoformat())


def read_plural(found: Found) -> Read | None:
    """Read units without a number."""
    words = found.words.replace("over ", "").replace("the ", "")
    if (
        re.match(r" of (?:age|the|a|his|her|their)\b", found.after(12))
        and found.before(4) == "for "
    ):
        return None
    return Read(DURATION, iso_duration(None, unit_of(words)))


def read_ordinal_span(found: Found) -> Read | None:
    """Read `a second consecutive day` as the one that is told of."""
    unit = found.words.split()[-1]
    return intervals.unit(unit, found.named if unit == "day" else found.dateline)


def read_each(found: Found) -> Read | None:
    """Read how often something is."""
    words = found.words
    adverbs = {
        "daily": "P1D",
        "nightly": "P1D",
        "weekly": "P1W",
        "monthly": "P1M",
        "quarterly": "P1Q",
        "annually": "P1Y",
        "annual": "P1Y",
        "yearly": "P1Y",
        "hourly": "PT1H",
        "biweekly": "P2W",
        "bi-weekly": "P2W",
        "bimonthly": "P2M",
        "bi-monthly": "P2M",
        "biannual": "P6M",
        "semiannual": "P6M",
    }
    if words in adverbs:
        return (
            None
            if found.printed()[0].isupper() and found.before(2).strip() not in (".", "")
            else Read(SET, adverbs[words])
        )
    if words.endswith("annum"):
        return Read(SET, "P1Y")
    if DAY_WORD.search(words):
        number = weekday_of(DAY_WORD.search(words)[1])  # type: ignore[index]
        return Read(SET, f"XXXX-WXX-{number + 1}")
    month = month_in(words)
    if month:
        return Read(SET, f"XXXX-{month:02}")
    for name, (code, _) in SEASONS.items():
        if words.endswith(name):
            return Read(SET, f"XXXX-{code}")
    unit = unit_of(words.split()[-1])
    if unit in PARTS_OF_DAY and unit != "night":
        return Read(SET, f"XXXX-XX-XXT{PARTS_OF_DAY[unit]}")
    if unit not in UNIT_CODES:
        return None
    middle = re.sub(
        r"^(?:every|each|once|twice|\S+ times) (?:single |an? |per |every |each )?", "", words
    )
    count: float = 2 if middle.startswith("other ") else (quantity(middle)[0] or 1)
    return Read(SET, iso_duration(count, unit))
