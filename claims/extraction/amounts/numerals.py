"""
Numerals as newspapers print them: digits, grouped digits, fractions, number words, scales.

What a numeral counts or measures is none of this module's business. Values are `Decimal`s
and exact; a run of digits longer than any amount in print is not a numeral here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal

#: Wide enough that no product of two accepted numerals is ever rounded.
EXACT = Context(prec=80)
MAX_DIGITS = 30

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

#: Number words below a hundred.
SMALL: dict[str, int] = {word: value for value, word in enumerate(_ONES)}
SMALL |= {word: 10 * tens for tens, word in enumerate(_TENS, start=2)}

#: Words that multiply what stands before them.
SCALES: dict[str, Decimal] = {
    word: Decimal(value)
    for word, value in (
        ("dozen", 12),
        ("score", 20),
        ("hundred", 100),
        ("thousand", 10**3),
        ("lakh", 10**5),
        ("lakhs", 10**5),
        ("lac", 10**5),
        ("million", 10**6),
        ("mln", 10**6),
        ("mn", 10**6),
        ("crore", 10**7),
        ("crores", 10**7),
        ("billion", 10**9),
        ("milliard", 10**9),
        ("bln", 10**9),
        ("bn", 10**9),
        ("trillion", 10**12),
        ("trn", 10**12),
        ("tn", 10**12),
        ("quadrillion", 10**15),
    )
}

#: Letters that scale digits; which of them may, depends on what the numeral measures.
LETTER_SCALES: dict[str, Decimal] = {
    "k": SCALES["thousand"],
    "m": SCALES["million"],
    "b": SCALES["billion"],
    "t": SCALES["trillion"],
    "cr": SCALES["crore"],
}

VULGAR: dict[str, Decimal] = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal("0.333333"),
    "⅔": Decimal("0.666667"),
    "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"),
    "⅞": Decimal("0.875"),
}

#: The blanks that may stand inside an amount; a line break may not.
BLANK = " \u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True)
class Numeral:
    """
    One numeral: `mantissa` is what is printed before the scale, `value` the product of both.

    `is_word` is true of numerals spelled out, `is_plain` of bare digits with no point, group
    or scale: those that may just as well be a year, a section or the number of a model.
    """

    start: int
    end: int
    mantissa: Decimal
    scale: Decimal
    is_word: bool = False
    is_plain: bool = False
    has_point: bool = False

    @property
    def value(self) -> Decimal:
        """Return mantissa times scale, exactly."""
        return EXACT.multiply(self.mantissa, self.scale)


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for the words in any case, longest first, that decides on one letter."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(
        f"[{letter.upper()}{letter}](?i:{'|'.join(rests)})"
        for letter, rests in sorted(by_letter.items())
    )


_SPELLED_SCALES = [
    "dozen",
    "hundred",
    "thousand",
    "million",
    "billion",
    "milliard",
    "trillion",
    "quadrillion",
    "lakhs",
    "lakh",
    "crores",
    "crore",
]
_WORD = alternatives([*SMALL, *_SPELLED_SCALES])
_SCALE = alternatives(_SPELLED_SCALES)
_SMALL = alternatives(SMALL)
#: A blank or hyphen; "and a" before "half"; "and" after hundreds, where a small number ends it:
#: in "between two hundred and three hundred" it stands between two numbers.
_LINK = (
    rf"(?:[{BLANK}-](?:(?i:and)[{BLANK}-](?:a[{BLANK}-])?(?=half\b))?"
    rf"|(?i:(?<=hundred)|(?<=thousand))[{BLANK}]and[{BLANK}]"
    rf"(?=(?:{_SMALL})(?:[{BLANK}-](?:{_SMALL}))?\b(?![{BLANK}-](?:{_SCALE})\b)))"
)
#: "half a dozen", "a half million", "a quarter of a million".
_ARTICLE = (
    rf"(?:[Hh]alf[{BLANK}](?:an?[{BLANK}])?|[Aa][{BLANK}]half[{BLANK}-]"
    rf"|[Aa][{BLANK}]quarter[{BLANK}]of[{BLANK}]an?[{BLANK}]"
    rf"|[Tt]hree[{BLANK}-]quarters[{BLANK}]of[{BLANK}]an?[{BLANK}])"
)
_NUMERAL = re.compile(
    r"(?P<digits>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<point>(?<![0-9.,])\.[0-9]+)"
    r"|(?P<vulgar>[½¼¾⅓⅔⅛⅜⅝⅞])"
    rf"|\b(?P<article>{_ARTICLE})(?P<multiple>(?:{_SCALE})\b)"
    rf"|\b(?P<score>[Aa][{BLANK}]score[{BLANK}]of)(?=[{BLANK}])"
    rf"|\b(?P<words>(?:[Aa][{BLANK}](?=(?:{_SCALE})\b))?(?:{_WORD})(?:{_LINK}(?:(?:{_WORD})\b|half\b)){{0,11}})\b"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")
_NEXT_GROUP = re.compile(rf"[{BLANK}][0-9]{{3}}(?![0-9.,]*[0-9])")
_FRACTION = re.compile(rf"[{BLANK}]?([½¼¾⅓⅔⅛⅜⅝⅞])|[{BLANK}-]([1-7])/([248])(?![0-9/])")
_SCALE_AFTER = re.compile(rf"[{BLANK}]?-?({alternatives([*SCALES])})\b(?!['’])")

_ARTICLE_VALUES = {
    "half": Decimal("0.5"),
    "a half": Decimal("0.5"),
    "a quarter": Decimal("0.25"),
    "three quarters": Decimal("0.75"),
}


def scan(text: str) -> Iterator[Numeral]:
    """Yield the numerals of the text in order, with every scale word that belongs to them."""
    end = 0
    for match in _NUMERAL.finditer(text):
        if match.start() < end:
            continue
        numeral = _read(text, match)
        if numeral is not None:
            end = numeral.end
            yield numeral


def _read(text: str, match: re.Match[str]) -> Numeral | None:
    if match["digits"] or match["point"]:
        return _read_digits(text, match)
    if match["vulgar"]:
        value = VULGAR[match["vulgar"]]
        return _scaled(text, match.start(), match.end(), value, has_point=True)
    if match["score"]:
        return Numeral(match.start(), match.end(), Decimal(1), SCALES["score"], is_word=True)
    if match["article"]:
        return _read_article(text, match)
    return _read_words(text, match)


def _read_digits(text: str, match: re.Match[str]) -> Numeral | None:
    digits, end = match[0], match.end()
    value = parse_digits(digits)
    if value is None:
        return None
    is_plain = digits.isdigit()
    if is_plain and len(digits) <= 3:
        end, value, is_plain = _spaced_groups(text, match.start(), end, value)
    fraction = _FRACTION.match(text, end) if is_plain else None
    if fraction is not None and _is_mixed(fraction):
        value, end, is_plain = value + _fraction(fraction), fraction.end(), False
    has_point = digits.count(".") == 1 or _DECIMAL_COMMA.fullmatch(digits) is not None
    return _scaled(text, match.start(), end, value, is_plain=is_plain, has_point=has_point)


def parse_digits(digits: str) -> Decimal | None:
    """Return the value of digits with points and commas, None where they are no numeral."""
    if len(digits) > MAX_DIGITS:
        return None
    if _PLAIN.fullmatch(digits) or digits[0] == ".":
        return Decimal(digits)
    if _GROUPED.fullmatch(digits) or _INDIAN.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _DOTTED.fullmatch(digits):
        return Decimal(digits.replace(".", ""))
    if _DECIMAL_COMMA.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    return None


def _spaced_groups(text: str, start: int, end: int, value: Decimal) -> tuple[int, Decimal, bool]:
    """Take in groups of three set off by blanks: by plain ones only where there are two."""
    groups = 0
    position = end
    while groups < 5 and (group := _NEXT_GROUP.match(text, position)):
        groups, position = groups + 1, group.end()
    blanks = {text[end + 4 * index] for index in range(groups)}
    if not groups or len(blanks) > 1 or (blanks == {" "} and groups < 2):
        return end, value, True
    digits = "".join(character for character in text[start:position] if character.isdigit())
    return position, Decimal(digits), False


def _is_mixed(fraction: re.Match[str]) -> bool:
    return fraction[1] is not None or int(fraction[2]) < int(fraction[3])


def _fraction(fraction: re.Match[str]) -> Decimal:
    if fraction[1] is not None:
        return VULGAR[fraction[1]]
    return Decimal(fraction[2]) / Decimal(fraction[3])


def _read_article(text: str, match: re.Match[str]) -> Numeral:
    words = " ".join(re.split(f"[{BLANK}-]", match["article"].lower().strip()))
    mantissa = next(value for start, value in _ARTICLE_VALUES.items() if words.startswith(start))
    scale = SCALES[match["multiple"].lower()]
    scaled = _scaled(text, match.start(), match.end(), mantissa, is_word=True)
    scale = EXACT.multiply(scale, scaled.scale)
    return Numeral(match.start(), scaled.end, mantissa, scale, is_word=True)


def _read_words(text: str, match: re.Match[str]) -> Numeral | None:
    words = re.split(f"[{BLANK}-]", match["words"].lower())
    if words[0] in SCALES:  # "several million", "multi-billion": no number is named
        return None
    parsed = _parse_words(words)
    if parsed is None:
        return None
    mantissa, scale = parsed
    scaled = _scaled(text, match.start(), match.end(), mantissa, is_word=True)
    total = EXACT.multiply(scale, scaled.scale)
    return Numeral(match.start(), scaled.end, mantissa, total, is_word=True)


def _parse_words(words: list[str]) -> tuple[Decimal, Decimal] | None:
    """
    Return mantissa and scale of spelled-out words, None where they are not one number.

    The mantissa is what stands before the last scale ("five" of "five million"), so that a
    range can share the scale; a number that goes on after its scale is all mantissa.
    """
    total, group, last = Decimal(0), Decimal(0), Decimal(0)
    previous = ""
    for word in words:
        if word in ("and", "a"):
            continue
        if word == "half":
            group += Decimal("0.5")
        elif word in SMALL:
            if not _may_follow(previous, word):
                return None
            group += SMALL[word]
        elif word in ("hundred", "dozen"):
            group = max(group, Decimal(1)) * SCALES[word]
        else:
            last = EXACT.multiply(group or total or Decimal(1), SCALES[word])
            total = last if not group else total + last
            group = Decimal(0)
        previous = word
    if previous in SCALES and previous not in ("hundred", "dozen") and total == last:
        scale = SCALES[previous]
        return total / scale, scale
    return total + group, Decimal(1)


def _may_follow(previous: str, word: str) -> bool:
    """Return whether a word below a hundred may come next: "twenty five", not "five six"."""
    if previous not in SMALL:
        return previous != "half"
    return SMALL[previous] >= 20 and 0 < SMALL[word] < 10


def _scaled(
    text: str,
    start: int,
    end: int,
    mantissa: Decimal,
    *,
    is_word: bool = False,
    is_plain: bool = False,
    has_point: bool = False,
) -> Numeral:
    """Take in the scale words that follow ("lakh crore", "thousand million"), at most two."""
    scale = Decimal(1)
    for _ in range(2):
        found = _SCALE_AFTER.match(text, end)
        if found is None or (
            found[1].lower() == "score" and text[found.end() : found.end() + 3] != " of"
        ):
            break
        scale, end = EXACT.multiply(scale, SCALES[found[1].lower()]), found.end()
    plain = is_plain and scale == 1
    return Numeral(start, end, mantissa, scale, is_word, plain, has_point and scale == 1)
