"""
Shares in words: "a third of the voters", "half of them", "one in five", "six out of ten".

A share of things is a percent. A bare fraction ("cut by a third") names no amount by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from heapq import merge
from operator import attrgetter

from claims.extraction.amounts.measures import PERCENT, measure_after, percent_after
from claims.extraction.amounts.numerals import BLANK, SCALES, SMALL
from claims.extraction.amounts.words import word_list
from claims.extraction.records import QuantityKind

_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "hundredth": 100,
}
_PART = "|".join(_PARTS)
_COUNT = "an?|one|two|three|four|five|six|seven|eight|nine"
_SHARE = re.compile(
    rf"\b(?:(?P<count>{_COUNT})[{BLANK}-](?P<part>{_PART})s?|(?P<half>half))[{BLANK}]"
    rf"(?:of[{BLANK}](?P<whole>(?:an?|1|one)[{BLANK}](?!of\b))?|(?P<unit>an?[{BLANK}])"
    rf"|(?P<range>(?=(?:and|to|or)[{BLANK}](?:{_COUNT})[{BLANK}-](?:{_PART})s?[{BLANK}]of[{BLANK}]))"
    r"|(?P<the>(?=(?:the|its|their|our)\b(?!.(?:size|price|time|distance|age|speed|battle|rate|way)\b))))",
    re.IGNORECASE,
)
#: "the first half of the year", "in half the time" name no share of things.
_NOT_HALF = re.compile(
    rf"\b(?:first|second|other|latter|better|last|final|early|late|top|bottom|by|in|at|and|a)[{BLANK}]$",
    re.IGNORECASE,
)
#: A quarter and a second are lengths of time as well.
_TIMES = re.compile(
    rf"(?:the[{BLANK}])?(?:[12][0-9]{{3}}(?![{BLANK}][a-z])|(?:next|last|this|fiscal|financial|calendar)[{BLANK}](?!\w+['’]s)|"
    r"(?:year|month|week|day|hour|minute|second|century|decade|season|game|match|term)s?\b)"
)
_SCALE_NEXT = re.compile("|".join(word for word in SCALES if len(word) > 3))
_PLACES = Decimal("0.000001")
_FEW = "one|two|three|four|five|six|seven|eight|nine"
#: "one in five adults", "nine out of every 10": so many of a round number. "Of" alone parts what
#: is counted: "two of five hostages".
_ODDS = re.compile(
    rf"\b(?P<number>{_FEW}|[1-9][0-9]?)[{BLANK}-](?:in|out[{BLANK}-]of)[{BLANK}-](?:every[{BLANK}])?"
    rf"(?P<base>{_FEW}|ten|twenty|100,000|10,000|1,?000|100|[2-9]|10|12|15|16|20|25|30|40|50|60)"
    r"(?![\w%°€£$]|[.,:/-][0-9])(?!-(?!year-old)[a-z])",
    re.IGNORECASE,
)
#: What makes of the two numbers something else: "five in 10 minutes", "one in ten million".
_NO_ODDS = re.compile(
    rf"[{BLANK}](?:[a-z-]+[{BLANK}])?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|"
    rf"games?|matches|starts|innings|overs|attempts)\b|[{BLANK}](?:{'|'.join(SCALES)})\b|[{BLANK}][A-Z]"
)
#: What labels the number: "No. 3 in 10", "Chapter 1 in 3", "Formula One in 10 races".
_LABELLED = re.compile(
    rf"(?:\b(?P<name>[A-Z][\w.]*)|\b(?:number|aged?|every)|[$€£#-]|[.,](?=$))[{BLANK}]?$"
)
_OPENERS = word_list("openers")


@dataclass(frozen=True, slots=True)
class Share:
    """A share as printed: its words, and the percent or the measure that it names."""

    start: int
    end: int
    kind: QuantityKind
    value: Decimal
    unit: str


def find_shares(text: str) -> Iterator[Share]:
    """Yield the shares of the text in order."""
    return merge(_fractions(text), _odds(text), key=attrgetter("start"))


def _fractions(text: str) -> Iterator[Share]:
    for match in _SHARE.finditer(text):
        share = _read(text, match)
        if share is not None:
            yield share


def _odds(text: str) -> Iterator[Share]:
    """Read "one in five" as twenty percent."""
    for match in _ODDS.finditer(text):
        number, base = _number(match["number"]), _number(match["base"])
        if number >= base or _NO_ODDS.match(text, match.end()) or _is_labelled(text, match):
            continue
        percent = (Decimal(100 * number) / base).quantize(_PLACES)
        yield Share(match.start(), match.end(), QuantityKind.PERCENT, percent, PERCENT)


def _is_labelled(text: str, match: re.Match[str]) -> bool:
    """Return whether the first number stands in a name, or a sign makes it something else."""
    before = _LABELLED.search(text, max(0, match.start() - 16), match.start())
    if before is None or before["name"] is None:
        return before is not None
    is_name = before["name"].lower() not in _OPENERS
    return is_name and not match["number"].islower()


def _number(word: str) -> int:
    """Return the value of a number of few digits or one word."""
    return SMALL.get(word.lower()) or int(word.replace(",", ""))


def _read(text: str, match: re.Match[str]) -> Share | None:
    value = _value(match)
    if match["whole"] or match["unit"]:
        return _of_unit(text, match, value)
    if match["the"] is not None and not match["half"]:
        return None
    if match["half"] and _NOT_HALF.search(text, max(0, match.start() - 8), match.start()):
        return None
    if _TIMES.match(text, match.end()):
        return None
    end = match.end("part") if match["part"] else match.end("half")
    end += 1 if text[end : end + 1] == "s" else 0
    percent = (value * 100).quantize(_PLACES)
    return Share(match.start(), end, QuantityKind.PERCENT, percent, PERCENT)


def _value(match: re.Match[str]) -> Decimal:
    if match["half"]:
        return Decimal("0.5")
    count = SMALL.get(match["count"].lower(), 1)
    return Decimal(count) / Decimal(_PARTS[match["part"].lower()])


def _of_unit(text: str, match: re.Match[str], value: Decimal) -> Share | None:
    """Read "half a percent", "a quarter of a mile"; "half a million" is a numeral."""
    edge = match.end() - 1
    if _SCALE_NEXT.match(text, match.end()):
        return None
    if percent := percent_after(text, edge):
        return Share(match.start(), percent.end, QuantityKind.PERCENT, value, percent.name)
    if measure := measure_after(text, edge, is_digits=False):
        rounded = value.quantize(_PLACES)
        return Share(match.start(), measure.end, QuantityKind.MEASURE, rounded, measure.name)
    return None
