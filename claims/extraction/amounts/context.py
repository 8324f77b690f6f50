"""
What stands around a number: words that bound it, and signs that it is no amount at all.

A year, a day of the month, a section, the number of a model, a score or a telephone number
looks like an amount; it is what stands beside it that tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from claims.extraction.amounts.numerals import BLANK, EXACT, Numeral
from claims.extraction.amounts.words import word_list
from claims.extraction.records import Span


class Bound(StrEnum):
    """What the words around a number do to it."""

    LEAST = "least"
    MOST = "most"
    NEARLY = "nearly"
    ABOUT = "about"


_BEFORE: dict[Bound, str] = {
    Bound.LEAST: (
        "more than|no less than|no fewer than|not less than|at least|well over|just over|over|"
        "slightly over|slightly more than|a little over|a little more than|just above|above|"
        "exceeding|exceeded|exceeds|exceed|in excess of|upwards of|upward of|north of|greater than|"
        "higher than|larger than|a minimum of|minimum of|surpassing|surpassed|topping|topped|"
        "as few as|as little as|starting at|from at least|>|>=|≥"
    ),
    Bound.MOST: (
        "up to|no more than|not more than|at most|less than|fewer than|lower than|smaller than|"
        "well under|well below|under|below|as much as|as many as|as high as|a maximum of|"
        "maximum of|to a maximum of|not exceeding|not exceed|never exceeded|never exceed|south of|<|<=|≤"
    ),
    Bound.NEARLY: (
        "nearly|almost|nearing|just under|just below|just short of|close to|close on|approaching|"
        "slightly less than|slightly under|a little under|a little less than|not quite"
    ),
    Bound.ABOUT: (
        "about|around|some|approximately|approx|approx.|roughly|circa|ca.|an estimated|"
        "estimated|in the region of|in the order of|on the order of|something like|"
        "~|≈|more or less|an approximate|a rough"
    ),
}
_BOUND_OF = {
    words: bound for bound, phrases in _BEFORE.items() for words in phrases.split("|") if words
}
_LAST_WORDS = frozenset(words.split()[-1] for words in _BOUND_OF)
_MAX_BOUND_WORDS = max(len(words.split()) for words in _BOUND_OF)
_TRAILING_WORDS = re.compile(rf"(?:[A-Za-z.]+[{BLANK}]){{1,6}}$|(?:>=|<=|[~≈<>≥≤])[{BLANK}]?$")
#: "Handed over 39 carvings": the verb's own word.
_HANDED = frozenset(
    {
        "hand", "hands", "handed", "handing", "turn", "turns", "turned", "turning", "give", "gives",
        "gave", "given", "giving", "sign", "signed", "pass", "passed", "take", "took", "taken",
        "taking", "run", "ran",
    }
)  # fmt: skip
#: What may stand between the bounding words and the number.
_FILLERS = frozenset({"a", "an", "the", "another", "additional", "further", "extra", "net"})

_AFTER: tuple[tuple[str, Bound], ...] = (
    ("or more", Bound.LEAST),
    ("and more", Bound.LEAST),
    ("or above", Bound.LEAST),
    ("or higher", Bound.LEAST),
    ("or over", Bound.LEAST),
    ("at least", Bound.LEAST),
    ("or less", Bound.MOST),
    ("or fewer", Bound.MOST),
    ("or below", Bound.MOST),
    ("or under", Bound.MOST),
    ("at most", Bound.MOST),
    ("or so", Bound.ABOUT),
    ("or thereabouts", Bound.ABOUT),
)
_BOUND_AFTER = re.compile(
    rf"[{BLANK}](?P<words>{'|'.join(words for words, _ in _AFTER)})\b"
    rf"|(?P<plus>-plus\b|[{BLANK}]?\+(?![0-9]))"
)
_AFTER_BOUNDS = dict(_AFTER)
_TENTH = Decimal("0.1")
_PLACES = Decimal("0.000001")


def bound_before(text: str, start: int, floor: int) -> Bound | None:
    """Return the bound that the words right before `start` set."""
    match = _TRAILING_WORDS.search(text, max(floor, start - 36), start)
    if match is None:
        return None
    words = match[0].lower().split()
    while words and words[-1] in _FILLERS:
        words.pop()
    if not words or words[-1] not in _LAST_WORDS:
        return None
    if words[-1] == "over" and len(words) > 1 and words[-2] in _HANDED:
        return None
    for count in range(min(len(words), _MAX_BOUND_WORDS), 0, -1):
        if bound := _BOUND_OF.get(" ".join(words[-count:])):
            return bound
    return None


def bound_after(text: str, end: int) -> Bound | None:
    """Return the bound that the words right after `end` set: "290+", "five or more"."""
    match = _BOUND_AFTER.match(text, end)
    if match is None:
        return None
    return Bound.LEAST if match["plus"] else _AFTER_BOUNDS[match["words"]]


def limits(
    value: Decimal, bound: Bound | None, *, is_whole: bool
) -> tuple[Decimal | None, Decimal | None]:
    """
    Return the lower and the upper limit that a bound makes of a value.

    "About" and "nearly" name no limit; a tenth of the value is what they are taken to allow,
    and what comes whole stays whole.
    """
    slack = abs(value) * _TENTH
    if is_whole:
        slack = slack.to_integral_value(ROUND_CEILING)
    slack = slack.quantize(_PLACES, context=EXACT)
    if bound is Bound.LEAST:
        return value, None
    if bound is Bound.MOST:
        return None, value
    if bound is Bound.NEARLY:
        return value - slack, value
    if bound is Bound.ABOUT:
        return value - slack, value + slack
    return None, None


#: Words after which a plain number is a name or a place in a row, not an amount.
REFERENCES = word_list("references")

_MONTHS = word_list("months")
#: Words that begin a sentence or a title with a capital and may stand before an amount.
_OPENERS = word_list("openers")
#: Verbs of headlines in title case, where a capital says nothing: "GM Cuts 30 Jobs".
_HEADLINE_VERBS = word_list("headline_verbs")
_PREVIOUS = re.compile(rf"([^\W\d_][\w'’&.-]*)[{BLANK}]$")
_DATE_NEXT = re.compile(
    rf"(?:st|nd|rd|th)?[{BLANK}-](?:of[{BLANK}])?(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|"
    r"Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?)\b"
)
_CLOCK_NEXT = re.compile(
    rf"[{BLANK}]?(?:[ap]\.?m\b|o['’]clock\b|GMT\b|UTC\b|hours?[{BLANK}](?:GMT|UTC)|hrs\b)",
    re.IGNORECASE,
)
_YEAR_WORDS = word_list("year_words")
_HARD_BEFORE = frozenset("/#@_&=\\^*|")
_LIST_MARK = re.compile(r"[.)](?:[ \t]|$)")


def is_part_of_name(text: str, number: Numeral) -> bool:
    """Return whether letters or signs grown onto digits make them something else: `S-400`."""
    start, end = number.start, number.end
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isalnum() or before in _HARD_BEFORE:
        return True
    if before in "-–—.,:'’" and start > 1 and _grows_on(text, start, before):
        return True
    return after in "_@" and not number.is_word


def _grows_on(text: str, start: int, before: str) -> bool:
    """Return whether a hyphen, point or colon ties the number to a letter or digit before it."""
    previous = text[start - 2]
    if before in "'’":
        return True
    if before in ".,:":
        return previous.isdigit() or (before == ":" and previous.isalpha())
    return previous.isalpha() and before == "-"


#: Digits that are links of a date, a telephone number, a time, a ratio or an address.
_CHAIN = re.compile(
    r"(?<![0-9])[0-9]{1,5}(?:([-/–])[0-9]{1,5}(?:\1[0-9]{1,5})+|[:/][0-9]{1,6})"
    r"|(?<![0-9])[+0][0-9]{1,4}(?:[ -][0-9]{2,5}){1,5}"
    r"|\([0-9]{2,5}\) ?[0-9]{3,4}[- ][0-9]{3,4}"
    r"|(?:https?://|www\.)[^\s]+"
)


def chains(text: str) -> Iterator[Span]:
    """Yield the stretches whose digits name something: dates, times, telephones, addresses."""
    for match in _CHAIN.finditer(text):
        yield Span(match.start(), match.end())


def is_clock(text: str, number: Numeral) -> bool:
    """Return whether the number is an hour of the day."""
    return _CLOCK_NEXT.match(text, number.end) is not None


def is_day_of_month(text: str, number: Numeral) -> bool:
    """Return whether the number stands beside the name of a month."""
    if number.value <= 31 and _DATE_NEXT.match(text, number.end):
        return True
    previous = previous_word(text, number.start)
    return previous is not None and previous.lower() in _MONTHS and previous[0].isupper()


_NUMBERED = frozenset({"section", "article", "chapter", "page", "flight", "version", "aged", "age"})


def is_one_of_a_kind(text: str, number: Numeral) -> bool:
    """Return whether a label stands before a number that a unit seems to follow."""
    previous = previous_word(text, number.start)
    return previous is not None and previous.lower() in _NUMBERED


def is_anaphor(text: str, number: Numeral) -> bool:
    """Return whether "the two", "these two" points back to what was named instead of counting."""
    if not number.is_word or number.value != 2:
        return False
    previous = previous_word(text, number.start)
    return previous is not None and previous.lower() in ("the", "these", "those")


_MONTH_NEXT = re.compile(rf"[{BLANK}][a-z]+[{BLANK}](?:the[{BLANK}])?([A-Z][a-z]+)")


def is_before_month(text: str, end: int) -> bool:
    """Return whether a preposition and a month follow: "in May"."""
    match = _MONTH_NEXT.match(text, end)
    return match is not None and match[1].lower() in _MONTHS


_FEW = "one|two|three|four|five|six|seven|eight|nine|ten"
_ODDS = rf"[{BLANK}](?:in|of|out[{BLANK}]of)[{BLANK}](?:every[{BLANK}])?"
_ODDS_BEFORE = re.compile(
    rf"(?:\b(?:{_FEW}|[1-9][0-9]?){_ODDS}|[{BLANK}]every[{BLANK}])$", re.IGNORECASE
)
_ODDS_AFTER = re.compile(rf"{_ODDS}(?:{_FEW}|[1-9]|10{{1,6}})(?![\w,.%-])", re.IGNORECASE)


def is_odds(text: str, number: Numeral) -> bool:
    """Return whether the number is half of a proportion: "one in five", "nine of ten"."""
    if number.value <= 100 and _ODDS_AFTER.match(text, number.end):
        return True
    if number.value > 10 and number.value not in _ROUND:
        return False
    return _ODDS_BEFORE.search(text, max(0, number.start - 24), number.start) is not None


_ROUND = frozenset(10**digits for digits in range(2, 10))
_TAKERS = word_list("takers")


def takes_names(text: str, number: Numeral) -> bool:
    """Return whether the word before lets a bare name be counted: "ordered 36 Rafale"."""
    previous = previous_word(text, number.start)
    return previous is not None and previous.lower() in _TAKERS


def previous_word(text: str, start: int) -> str | None:
    """Return the word right before `start`, None where something else stands between."""
    match = _PREVIOUS.search(text, max(0, start - 30), start)
    return match[1] if match else None


def is_reference(text: str, number: Numeral) -> bool:
    """Return whether the word before names what the number only labels: "section 231"."""
    previous = previous_word(text, number.start)
    if previous is None:
        return _is_listed(text, number)
    lower = previous.lower()
    if lower in REFERENCES:
        return True
    if previous.islower() or lower in _OPENERS or lower in _HEADLINE_VERBS:
        return False
    if previous[-1] == ".":
        return False
    if number.is_word:
        return text[number.start].isupper()
    return number.is_plain or number.has_point


def _is_listed(text: str, number: Numeral) -> bool:
    """Return whether the number opens a line as in a list, or stands alone in brackets."""
    if not number.is_plain:
        return False
    before = text[number.start - 1] if number.start else "\n"
    after = text[number.end : number.end + 1]
    if before in "([" and after and after in ")]":
        return True
    return before == "\n" and _LIST_MARK.match(text, number.end) is not None


def is_year(text: str, number: Numeral) -> bool:
    """Return whether four bare digits read as a year where they stand."""
    if not number.is_plain or number.end - number.start != 4:
        return False
    if not 1100 <= number.value <= 2199:
        return False
    previous = previous_word(text, number.start)
    return previous is None or previous.lower() in _YEAR_WORDS or 1700 <= number.value <= 2099
