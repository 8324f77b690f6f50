"""
Shares in words: "a third of the voters", "half of them", "a tenth of a percentage point".

A share of things is a percent. A bare fraction ("cut by a third") names no amount by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims.extraction.amounts.measures import PERCENT, measure_after, percent_after
from claims.extraction.amounts.numerals import BLANK, SCALES, SMALL
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
    rf"(?:the[{BLANK}])?(?:[12][0-9]{{3}}|(?:next|last|this|fiscal|financial|calendar)[{BLANK}]|"
    r"(?:year|month|week|day|hour|minute|second|century|decade|season|game|match|term)s?\b)"
)
_SCALE_NEXT = re.compile("|".join(word for word in SCALES if len(word) > 3))
_PLACES = Decimal("0.000001")


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
    for match in _SHARE.finditer(text):
        share = _read(text, match)
        if share is not None:
            yield share


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
