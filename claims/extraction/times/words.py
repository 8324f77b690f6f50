"""The words that times are made of, and the numbers that stand among them."""

from __future__ import annotations

import re
import unicodedata

MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
MONTHS |= {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SHORT_WEEKDAYS = {name[:3]: number for number, name in enumerate(WEEKDAYS)} | {
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}

#: Each season with its TIMEX3 code and its months on the northern half of the earth.
SEASONS = {
    "spring": ("SP", 3),
    "summer": ("SU", 6),
    "autumn": ("FA", 9),
    "fall": ("FA", 9),
    "winter": ("WI", 12),
}

PARTS_OF_DAY = {
    "morning": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
}

#: Units with their ISO 8601 letters; those of the clock stand after a `T`.
UNIT_CODES = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "WE",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "season": "S",
    "semester": "M",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
}

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
CARDINALS = {word: number for number, word in enumerate(_ONES)}
CARDINALS |= {word: 10 * number for number, word in enumerate(_TENS, 2)}

_ORDINAL_WORDS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, 1)} | {
    "twenty-first": 21,
    "twenty-second": 22,
    "last": -1,
    "final": -1,
}

#: Numbers that nobody counted: TIMEX3 writes X for them.
VAGUE = (
    "a few",
    "few",
    "a couple of",
    "a couple",
    "couple of",
    "several",
    "many",
    "some",
    "a number of",
    "dozens of",
    "scores of",
    "hundreds of",
    "thousands of",
    "numerous",
    "various",
    "multiple",
)


def number_of(words: str) -> float | None:
    """Return the number that words or digits name; None for `several` and its like."""
    text = re.sub(r"\s+", " ", words.lower()).strip()
    if text in VAGUE:
        return 2 if "couple" in text else None
    if text in ("a", "an", "one", "single"):
        return 1
    if text.startswith("half"):
        return 0.5
    extra = 0.0
    if text.endswith("and a half"):
        text, extra = text.removesuffix("and a half").strip(), 0.5
    whole = _digits(text) if text[:1].isdigit() else _spelled(text)
    return None if whole is None else whole + extra


def _digits(text: str) -> float | None:
    plain = "".join(
        str(unicodedata.digit(character)) if character.isdigit() else character
        for character in text.replace(",", "")
    )
    return float(plain) if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", plain) else None


def _spelled(text: str) -> float | None:
    total = current = 0
    for word in re.split(r"[ -]", text):
        if word in CARDINALS:
            current += CARDINALS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word == "thousand":
            total, current = total + max(current, 1) * 1_000, 0
        elif word not in ("and", "a"):
            return None
    return total + current


def unit_of(word: str) -> str:
    """Return a unit in the singular."""
    lower = word.lower()
    return "century" if lower == "centuries" else lower.removesuffix("s")


def month_of(word: str) -> int:
    """Return a month's number by its name or its short form."""
    lower = word.lower().rstrip(".")
    return MONTHS[lower]


def weekday_of(word: str) -> int:
    """Return a weekday's number, Monday 0, by its name or its short form."""
    lower = word.lower().rstrip(".").removesuffix("'s")
    if lower in SHORT_WEEKDAYS:
        return SHORT_WEEKDAYS[lower]
    return WEEKDAYS.index(lower.removesuffix("s") if lower not in WEEKDAYS else lower)
