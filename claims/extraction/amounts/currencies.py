"""
Currencies as newspapers print them: signs, codes and names, before or after the number.

Units are ISO 4217 codes, withdrawn ones included. A name that several countries share
("pesos", "kroner") takes the country last named before it; without one, the currency that
is traded most, just as a bare `$` is read as the dollar of the United States.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.extraction.amounts.numerals import BLANK, alternatives

_TABLE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("currencies.toml").read_text(encoding="utf-8")
)


def _by_spelling(section: str) -> dict[str, str]:
    """Return spelling to code out of a section that lists the spellings of each code."""
    return {spelling: code for code, row in _TABLE[section].items() for spelling in row}


SIGNS = _by_spelling("signs")
NAMES = _by_spelling("names")
MINOR = _by_spelling("minor")
DEMONYMS = _by_spelling("demonyms")
CODES = frozenset(_TABLE["codes"].split())
ALIASES: dict[str, str] = _TABLE["aliases"]
LETTERS = frozenset(_TABLE["letters"])
DOUBTFUL = frozenset(_TABLE["doubtful"])
WORDLIKE = frozenset(_TABLE["wordlike"])
_SHARED = frozenset(_TABLE["shared"])
_BY_COUNTRY: dict[str, dict[str, str]] = {
    name: family["countries"] for name, family in _TABLE["families"].items()
}
_FAMILIES: dict[str, str] = {
    spelling: name
    for name, family in _TABLE["families"].items()
    for spelling in family["spellings"]
}
#: The code of a name that is no money until a country is named.
_NO_CODE = "none"
#: What such a name means with a number too large for old coins: that of the most traders.
_MOST_TRADED = {"shilling": "KES", "shillings": "KES"}
#: Names that mean one country's money first, and another's where only that one is spoken of.
_NARROWED = frozenset({"rupee", "franc", "pound"})
_SIGN_FAMILIES = {"$": "dollar", "£": "pound", "Rs": "rupee", "Rs.": "rupee"}
#: Signs that several countries print, read as that of the country named last.
_SHARED_SIGNS = {"Sh": "shilling", "Shs": "shilling", "Sh.": "shilling"}
#: "N197 to N617 per litre": a price, where a letter before a small number is else a model.
_PRICED = re.compile(
    rf"[\d.,]*\d(?:[{BLANK}](?:to|and|or)[{BLANK}][A-Z][\d.,]*\d)?[{BLANK}]?(?:(?:per|an?|each)[{BLANK}]|/)"
    r"(?:lit(?:re|er)|kg|kilo(?:gram)?|gram|bag|box|ton|tonne|barrel|unit|month|day|week|year|night|person|head|"
    r"ticket|gallon|share|tray|sack|crate|trip|copy|bottle|loaf|dozen|kilowatt-hour|kWh)s?\b"
)
#: How far before a name its country is looked for.
_REACH = 300

_DEMONYM = alternatives(DEMONYMS)
_SIGN = "|".join(
    re.escape(sign) for sign in sorted({*SIGNS, *CODES, *ALIASES}, key=len, reverse=True)
)
_PREFIX = re.compile(rf"(?:(?<=[^\w$€£])|^)({_SIGN})[{BLANK}]?$")
_COUNTRY_BEFORE = re.compile(rf"\b({_DEMONYM})[{BLANK}]$")
_PAYING = re.compile(
    r"\b(?:cost|costs|pay|pays|paid|give|gives|gave|lend|lends|lent|owe|owes|owed|fined|charge|"
    r"charged|earn|earned|save|saved|sell|sold|bring|brought|offer|offered|grant|granted|loaned|sent)"
    rf"[{BLANK}]$",
    re.IGNORECASE,
)
_COUNTRY = re.compile(rf"\b(?:{_DEMONYM})\b")
_MANGLED_POUND = re.compile(rf"(?:\bGB[{BLANK}]?)?#[{BLANK}]?$")
_ADJECTIVE = rf"(?:(?P<country>{_DEMONYM})[{BLANK}-])?"
_NAME = alternatives({*NAMES, *MINOR} - {"p", "¢"})
_SUFFIX = re.compile(
    rf"[{BLANK}]?-?(?:{_ADJECTIVE}(?P<name>{_NAME})\b(?:[{BLANK}]sterling\b)?"
    rf"|(?P<code>{'|'.join(sorted({*CODES, *ALIASES}))})\b"
    rf"|(?P<sign>[€£₹₽₴₺₪₩₸¢]|zł\b|Kč|kr\b|Kr\b)|(?P<pence>(?:(?<=[^0-9][0-9])|(?<=[^0-9][0-9]{{2}}))p)\b)"
)
_DOLLAR_WORDS = re.compile(
    rf"[{BLANK}-]{_ADJECTIVE}(?P<name>{_NAME})\b"
    rf"|[{BLANK}]\(?(?P<code>US|AUS?|CAN?|USD|AUD|CAD|NZD|SGD|HKD|EUR|GBP|INR)\b\)?(?=[^\w]|$)"
)
_SIGN_ENDS = frozenset(sign[-1] for sign in SIGNS)
_TRAILING = {"US": "USD", "AU": "AUD", "AUS": "AUD", "CA": "CAD", "CAN": "CAD"}


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency found beside a number: where its words begin or end, its code, its divisor."""

    edge: int
    code: str
    divisor: Decimal = Decimal(1)


def before(text: str, start: int, floor: int, *, is_large: bool) -> Currency | None:
    """Return the currency printed right before the number at `start`, none before `floor`."""
    window = text[max(floor, start - 14) : start]
    if not window or (window[-1].islower() and window[-1] not in "shkprł"):
        return None
    match = _PREFIX.search(window)
    if match is None:
        return _mangled(window, start, is_large)
    sign, edge = match[1], start - len(window) + match.start()
    touches = match.end(1) == len(window)
    if not is_large and (sign in LETTERS or sign in DOUBTFUL) and not _PRICED.match(text, start):
        return None
    if sign in LETTERS and not touches:
        return None
    code = SIGNS.get(sign) or ALIASES.get(sign, sign)
    if sign in _SHARED_SIGNS:
        return Currency(edge, _nearest_country(text, edge, _SHARED_SIGNS[sign], code))
    return _with_country(text, edge, floor, sign, code)


def _mangled(window: str, start: int, is_large: bool) -> Currency | None:
    """Read `#` before a scaled number as the pound sign it was before a bad conversion."""
    match = _MANGLED_POUND.search(window) if is_large else None
    return Currency(start - len(window) + match.start(), "GBP") if match else None


def _with_country(text: str, edge: int, floor: int, sign: str, code: str) -> Currency:
    """Let a country before a shared sign decide: "a Canadian $5 million fund"."""
    family = _SIGN_FAMILIES.get(sign)
    country = _COUNTRY_BEFORE.search(text, max(floor, edge - 16), edge) if family else None
    if country is not None and _PAYING.search(text, max(0, country.start() - 12), country.start()):
        # "It cost Taiwan $2 billion": whoever pays it, in dollars.
        country = None
    if family is None or country is None or not country[1][0].isupper():
        # The sign of the rupee is one of several countries', as its name is.
        return Currency(edge, _only_country(text, family, code) if family == "rupee" else code)
    return Currency(country.start(), _BY_COUNTRY[family].get(DEMONYMS[country[1].lower()], code))


def after(text: str, end: int, *, is_large: bool) -> Currency | None:
    """Return the currency printed right after the number that ends at `end`."""
    match = _SUFFIX.match(text, end)
    if match is None:
        return None
    if match["pence"]:
        return Currency(match.end(), "GBP", Decimal(100))
    if match["code"]:
        if match["code"] in DOUBTFUL and not is_large:
            return None
        return Currency(match.end(), ALIASES.get(match["code"], match["code"]))
    if match["sign"]:
        sign = match["sign"]
        divisor = Decimal(100) if sign == "¢" else Decimal(1)
        return Currency(match.end(), MINOR.get(sign) or SIGNS[sign], divisor)
    return _named(text, match, is_large)


def _named(text: str, match: re.Match[str], is_large: bool) -> Currency | None:
    name, country = match["name"].lower(), match["country"]
    if name in WORDLIKE and not (is_large or country):
        return None
    is_weight = name in ("pound", "pounds") and not (is_large or country)
    if is_weight and _weighs(text, match.start("name"), match.end()):
        return None
    if name == "pounds" and not country and _is_load(text, match.start("name"), match.end()):
        return None
    divisor = Decimal(100) if name in MINOR else Decimal(1)
    first = MINOR.get(name) or NAMES[name]
    family = _FAMILIES.get(name)
    if first == _NO_CODE and is_large:
        first = _MOST_TRADED.get(name, first)
    code = first
    if family is not None and country:
        code = _BY_COUNTRY[family].get(DEMONYMS[country.lower()], first)
    elif family is not None and family in _SHARED:
        code = _nearest_country(text, match.start(), family, first)
    elif family in _NARROWED:
        code = _only_country(text, family, first)
    return None if code == _NO_CODE else Currency(match.end(), code, divisor)


def _nearest_country(text: str, start: int, family: str, first: str) -> str:
    """Return the currency of the last country named before the amount that has one so named."""
    codes = _BY_COUNTRY[family]
    named = [
        DEMONYMS[found.lower()] for found in _COUNTRY.findall(text, max(0, start - _REACH), start)
    ]
    near = next((codes[country] for country in reversed(named) if country in codes), None)
    return near or _only_country(text, family, first)


def _only_country(text: str, family: str, first: str) -> str:
    """Return the currency of the one country in the text that has one so named."""
    codes = _BY_COUNTRY[family]
    named = {codes[country] for country in _countries(text) if country in codes}
    return named.pop() if len(named) == 1 else first


@lru_cache(maxsize=8)
def _countries(text: str) -> frozenset[str]:
    return frozenset(DEMONYMS[found.lower()] for found in _COUNTRY.findall(text))


def trailing(text: str, end: int, currency: Currency) -> Currency:
    """Take in what repeats or narrows a sign after the number: "$249 USD", "$5 billion US"."""
    match = _DOLLAR_WORDS.match(text, end)
    if match is None:
        return currency
    if match["code"]:
        code = _TRAILING.get(match["code"], match["code"])
        ours = code == currency.code or (currency.code == "USD" and code.endswith("D"))
        return Currency(match.end(), code) if ours and _closes(text, match) else currency
    found = after(text, end, is_large=True)
    if found is None or found.divisor != 1 or _FAMILIES.get(match["name"].lower()) is None:
        return currency
    return found if match["country"] else Currency(found.edge, currency.code)


_CLOSING = re.compile(r"[.,;:)]|[ \n](?![A-Z])|$")


def _closes(text: str, match: re.Match[str]) -> bool:
    """Return whether letters after the amount belong to it, not to what comes next."""
    return len(match["code"]) == 3 or _CLOSING.match(text, match.end()) is not None


_WEIGHING = re.compile(
    r"\b(?:weigh\w*|los[te]\w*|gain\w*|heav\w*|lift\w*|drop\w*|shed|warhead\w*|bomb\w*|thrust|"
    r"press\w*|payload)\b",
    re.IGNORECASE,
)
_WEIGHED = re.compile(
    rf"[{BLANK}](?:of[{BLANK}](?!(?:debt|aid|funding|taxpayer|public|the|its|their)\b)[a-z]|heavier|"
    r"lighter|overweight|per[ ]square|each[ ]weigh)"
)


#: What is weighed in the thousands: "12,000 pounds of steel", and not "of damage".
_LOAD = re.compile(
    rf"[{BLANK}]of[{BLANK}](?:[a-z]+[{BLANK}])?(?:steel|coal|iron|copper|lead|aluminium|aluminum|scrap|"
    r"concrete|cement|gravel|sand|soil|rock|rubble|ice|ore|lithium|cobalt|uranium|explosives?|TNT|"
    r"ammonium|fertili[sz]er|cocaine|heroin|meth\w*|cannabis|marijuana|fentanyl|opium|khat|tobacco|"
    r"grain|rice|wheat|maize|corn|flour|sugar|salt|meat|beef|pork|chicken|fish|salmon|tuna|shrimp|"
    r"crab|lobster|cheese|butter|potatoes|onions|tomatoes|apples|fruit|vegetables|coffee|cocoa|tea|"
    r"cotton|wool|timber|ivory|waste|rubbish|trash|litter|plastic|thrust)\b"
)
_WEIGHS = re.compile(r"\bweigh(?:s|ed|ing)?\b(?:[^.;,]|[.,](?=[0-9])){0,24}$", re.IGNORECASE)


def _is_load(text: str, start: int, end: int) -> bool:
    """Return whether pounds are a weight however many they are."""
    if _LOAD.match(text, end):
        return True
    return _WEIGHS.search(text, max(0, start - 48), start) is not None


def _weighs(text: str, start: int, end: int) -> bool:
    """Return whether pounds are a weight, by what stands around them."""
    if _WEIGHED.match(text, end):
        return True
    return _WEIGHING.search(text, max(0, start - 40), start) is not None
