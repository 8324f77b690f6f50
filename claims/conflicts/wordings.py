"""
Amounts that a statement has in words only: dozens, shares, spans of time, hours, scores. Pure.

The extraction reads what is printed as a quantity; what is here tells two statements apart and
is not shown as an amount of the claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from claims.conflicts.amount import CHANGE, HUGE, Amount
from claims.conflicts.lexicon import noun_of

_VAGUE = re.compile(
    r"\b(?P<word>dozens|scores|hundreds|thousands|tens of thousands|hundreds of thousands|millions)"
    r" of (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)",
    re.IGNORECASE,
)
_RANGES = {
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "millions": (2_000_000, 99_999_999),
}
_SHARE = re.compile(
    r"\b(?:(?P<part>one|two|three|four|nine) (?:in|out of) "
    r"(?P<whole>two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,4})|"
    r"by (?P<fraction>half|an? third|an? quarter|two[- ]thirds|three[- ]quarters|an? fifth)"
    r"(?! (?:an?|of an?) | (?:percentage )?point)|"
    r"(?:to|at|than) (?P<level>half|an? third|an? quarter|two[- ]thirds|three[- ]quarters|"
    r"an? fifth)"
    r"(?=[.,;]|$| (?:in|among|from|by|after|for)\b))",
    re.IGNORECASE,
)
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_SMALL = {word: place for place, word in enumerate(_NUMBERS.split())} | {
    "a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_FRACTIONS = {
    "half": "50",
    "third": "33.333333",
    "quarter": "25",
    "thirds": "66.666667",
    "quarters": "75",
    "fifth": "20",
}
_SPAN = re.compile(
    r"(?<!past )(?<!last )(?<!next )(?<!every )(?<!within )(?<!in )(?<!first )(?<!-)(?<![.,\d])"
    r"\b(?P<least>(?:at least|more than|over|almost|nearly|about|around|some|up to|"
    r"less than|under|fewer than) )?"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9])?|"
    + "|".join(_SMALL)
    + r")(?P<half> and a half)?"
    r"[ -](?P<unit>second|minute|hour|day|week|month|year)s?"
    r"(?P<and_half> and a half)?"
    r"(?:,? and (?P<more>[0-9]{1,2}) (?P<part>second|minute|hour|day|week|month)s?)?\b"
    r"(?! (?:ago|later|earlier|before|old|from)\b)(?!-)",
    re.IGNORECASE,
)
_AFTER = re.compile(r" after\b", re.IGNORECASE)
_FOR = re.compile(r"\bfor(?: \w+)? $", re.IGNORECASE)
_LASTS = re.compile(
    r"\b(?:for|last(?:ed|s|ing)?|takes?|took|than|about|nearly|almost|after|within|in|over|"
    r"spent|spend|needs?|by|to|of) $",
    re.IGNORECASE,
)
_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_629_800,
    "year": 31_557_600,
}
_HOUR = re.compile(
    r"\b(?:(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))? ?"
    r"(?:(?P<half>[ap])\.?m\b|in the (?P<part>morning|afternoon|evening))|"
    r"(?P<h24>[01]?[0-9]|2[0-3]):(?P<m24>[0-5][0-9])(?![:\d])|(?P<word>noon|midnight))",
    re.IGNORECASE,
)
_SCORE = re.compile(r"(?<![\d-])(?P<high>[0-9]{1,3})[-–](?P<low>[0-9]{1,3})(?![\d-])")
_MAGNITUDE = re.compile(
    r"\b(?:magnitude(?: of)? (?P<after>[0-9](?:\.[0-9])?)|(?P<before>[0-9]\.[0-9])[- ]magnitude)",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?<=[a-z]), (?P<bare>[1-9][0-9])(?=,)|(?<![\d,.])(?P<old>[0-9]{1,3})[- ]years?[- ]old\b|"
    r"\baged (?P<aged>[0-9]{1,3})\b(?! (?:and|to|or)\b)",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?P<word>doubled|tripled|trebled|quadrupled|halved)\b(?! by)|\b(?P<times>two|three|four|"
    r"five|ten)(?:fold| times as (?:many|much|high))",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?P<part>[0-9]{1,4}|" + "|".join(w for w in _SMALL if len(w) > 2) + r") of "
    r"(?:(?:the|its|their|his|her|[^\W\d_]+['’]s|the [^\W\d_]+['’]s) )?"
    r"(?:[0-9]{1,6}|" + "|".join(w for w in _SMALL if len(w) > 2) + r") (?P<noun>[^\W\d_]+)",
    re.IGNORECASE,
)
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = _ORDINAL_WORDS.split()
CENTURY = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<number>[0-9]{{1,2}})(?:st|nd|rd|th))[ -]century\b"
    r"(?: (?P<era>BCE?|B\.C\.|AD|CE|A\.D\.))?",
    re.IGNORECASE,
)
_EXCHANGE = re.compile(
    r"\b(?P<number>[0-9]{1,6}(?:\.[0-9]{1,4})?) (?:against|to) (?:the |one )"
    r"(?:U\.?S\.? |American )?"
    r"(?P<currency>dollar|euro|pound|yen|yuan|rouble|ruble|rupee)\b",
    re.IGNORECASE,
)
_TALLY = re.compile(
    r"\b(?:toll|number|total|tally|count)\b[^.;]*? (?:at|to|reached|was|is) "
    r"(?P<number>[0-9][0-9,]*|" + "|".join(w for w in _SMALL if len(w) > 2) + r")"
    r"(?=[.;]?$|,? (?:on|in|by|after|from|since)\b)",
    re.IGNORECASE,
)
#: Who cuts the staff by a quarter cuts a quarter of the staff.
_LOSING = re.compile(
    r"\b(?:cut(?:s|ting)?|reduc(?:ed?|es|ing)|los(?:es?|ing)|lost|shed(?:s|ding)?|ax(?:ed?|es|ing))\b",
    re.IGNORECASE,
)
_CHANGES = {"doubled": 100, "tripled": 200, "trebled": 200, "quadrupled": 300, "halved": 50}


def is_losing(text: str) -> bool:
    """Say whether somebody loses, or cuts, a part of something."""
    return bool(_LOSING.search(text))


def amounts_in_words(text: str) -> Iterator[Amount]:
    """Yield the amounts that stand in words."""
    for match in _VAGUE.finditer(text):
        low, high = _RANGES[match["word"].casefold()]
        noun = noun_of(match["noun"].split()[0])
        yield Amount("count", noun, Decimal(low), Decimal(high), match[0], is_exact=False)
    for match in _SHARE.finditer(text):
        unit = CHANGE if match["fraction"] and not is_losing(text) else "percent"
        yield _around("percent", _share(match), match[0], Decimal(2), is_exact=True, unit=unit)
    for match in _MULTIPLE.finditer(text):
        room = Decimal(10)
        yield _around("percent", _change(match), match[0], room, is_exact=False, unit=CHANGE)
    for match in _SPAN.finditer(text):
        # "24 million passengers a day" is a rate.
        is_rate = match["number"].casefold() in ("a", "an") and not match["least"]
        # "Two weeks after the vote" is a day; "out for two weeks after surgery" is a length.
        if _AFTER.match(text, match.end()) and not _FOR.search(text[: match.start()]):
            continue
        if not is_rate or match["and_half"] or _LASTS.search(text[: match.start()]):
            yield _span(match)
    yield from _hours(text)
    for match in _MAGNITUDE.finditer(text):
        value = Decimal(match["after"] or match["before"])
        yield _around("magnitude", value, match[0], Decimal(0), is_exact=True)
    for match in _PART.finditer(text):
        part = match["part"].casefold()
        yield _around(
            "part", Decimal(_SMALL.get(part) or part), match[0], Decimal(0), is_exact=True
        )
    for match in _TALLY.finditer(text):
        word = match["number"].casefold()
        number = Decimal(_SMALL.get(word) or word.replace(",", ""))
        yield Amount("count", "", number, number, match["number"])
    for match in _EXCHANGE.finditer(text):
        currency = noun_of(match["currency"])
        room = Decimal("0.5").scaleb(-len(match["number"].partition(".")[2]))
        yield _around(
            "rate", Decimal(match["number"]), match[0], room, is_exact=True, unit=currency
        )
    for match in CENTURY.finditer(text):
        place = Decimal(match["number"] or _ORDINALS.index(match["word"].casefold()) + 1)
        is_before = (match["era"] or "").upper().startswith("B")
        value = -place if is_before else place
        yield _around("century", value, match[0], Decimal(0), is_exact=True)
    for match in _AGE.finditer(text):
        yield _around(
            "age",
            Decimal(match["old"] or match["aged"] or match["bare"]),
            match[0],
            Decimal(0),
            is_exact=True,
        )
    for match in _SCORE.finditer(text):
        high, low = sorted((int(match["high"]), int(match["low"])), reverse=True)
        yield _around("score", Decimal(high * 1_000 + low), match[0], Decimal(0), is_exact=True)


def _around(
    kind: str, value: Decimal, words: str, room: Decimal, *, is_exact: bool, unit: str = ""
) -> Amount:
    return Amount(kind, unit or kind, value - room, value + room, words, is_exact, kind)


def _share(match: re.Match[str]) -> Decimal:
    if words := match["fraction"] or match["level"]:
        return Decimal(_FRACTIONS[re.split(r"[ -]", words.casefold())[-1]])
    whole = match["whole"].casefold()
    return Decimal(_SMALL[match["part"].casefold()]) * 100 / (_SMALL.get(whole) or int(whole) or 1)


def _change(match: re.Match[str]) -> Decimal:
    if match["word"]:
        return Decimal(_CHANGES[match["word"].casefold()])
    return Decimal((_SMALL[match["times"].casefold()] - 1) * 100)


def _span(match: re.Match[str]) -> Amount:
    """Return how long something lasts, as exact as the unit that is named."""
    word, unit = match["number"].casefold(), match["unit"].casefold()
    number = Decimal(_SMALL[word]) if word in _SMALL else Decimal(word.replace(",", ""))
    each = Decimal(_SECONDS[unit])
    value = (number + (Decimal("0.5") if match["half"] or match["and_half"] else 0)) * each
    if match["more"]:
        each = Decimal(_SECONDS[match["part"].casefold()])
        value += Decimal(match["more"]) * each
    lower, upper = value - each * 2 / 5, value + each * 2 / 5
    least = (match["least"] or "").casefold().strip()
    if least in ("at least", "more than", "over"):
        lower, upper = value, HUGE
    elif least in ("up to", "less than", "under", "fewer than"):
        lower, upper = Decimal(0), value
    elif least:
        lower, upper = value * 4 / 5 - each / 2, value * 6 / 5 + each / 2
    words = match[0]
    return Amount("span", "second", lower, upper, words, not least, unit)


def _hours(text: str) -> Iterator[Amount]:
    """Yield the hours of the day, in minutes."""
    for match in _HOUR.finditer(text):
        if match["word"]:
            minutes = 720 if match["word"].casefold() == "noon" else 0
        elif match["h24"]:
            minutes = int(match["h24"]) * 60 + int(match["m24"])
        else:
            is_late = (match["half"] or match["part"]).casefold() in ("p", "afternoon", "evening")
            hour = int(match["hour"]) % 12 + (12 if is_late else 0)
            minutes = hour * 60 + int(match["minute"] or 0)
        yield _around("hour", Decimal(minutes), match[0], Decimal(0), is_exact=True)
