"""Readers of years, of their halves and quarters, of decades and centuries."""

from __future__ import annotations

import re

from claims.extraction.records import Precision
from claims.extraction.times import intervals
from claims.extraction.times.context import Found
from claims.extraction.times.dates import narrowed
from claims.extraction.times.intervals import DURATION, Read
from claims.extraction.times.naming import full_year, step_of, year_in
from claims.extraction.times.words import ORDINALS


def read_fiscal(found: Found) -> Read | None:
    """Read a fiscal year; one told by two numbers is India's or Britain's, April to March."""
    words = found.words
    pair = re.search(r"(\d{4}|\d{2})[/–-](\d{2,4})", words)
    if pair:
        first = full_year(pair[1])
        return intervals.months(first, 4, 12, f"FY{first}", Precision.YEAR)
    number = re.search(r"\d{4}|\d{2}", words)
    if number:
        return intervals.fiscal_year(full_year(number[0]))
    return intervals.fiscal_year(found.dateline.year + (step_of(words) or 0))


def read_quarter(found: Found) -> Read | None:
    """Read a quarter; without a year the one nearest to the dateline."""
    words = found.words
    number = re.search(r"q([1-4])|\b([1-4])q", words)
    if number:
        which = int(number[1] or number[2])
    else:
        order = re.search(r"first|second|third|fourth|last|final", words)
        assert order is not None
        if order[0] == "last" and year_in(words, found) is None:
            return intervals.unit("quarter", found.dateline, -1)
        which = ORDINALS[order[0]] if ORDINALS[order[0]] > 0 else 4
    year = year_in(words, found) or _short_year(words)
    if year is None:
        now = (found.dateline.month - 1) // 3 + 1
        # Papers tell of the quarter that is nearest, mostly the one just over.
        is_gone = which - now >= 2 and not found.is_ahead()
        year = found.dateline.year - (1 if is_gone else 0)
        if which < now and now - which >= 2 and found.is_ahead():
            year += 1
    return intervals.quarter(year, which)


def _short_year(words: str) -> int | None:
    short = re.search(r"q\s?(\d{2})$", words)
    return full_year(short[1]) if short else None


def read_half(found: Found) -> Read | None:
    """Read half of a year, or of a longer unit."""
    words = found.words
    number = 1 if re.search(r"first|h1", words) else 2
    year = year_in(words, found)
    for unit in ("month", "decade", "century"):
        if words.endswith(unit):
            return intervals.unit(unit, found.dateline)
    return intervals.half(year or found.dateline.year, number)


def read_century(found: Found) -> Read | None:
    """Read a century."""
    words = found.words
    if "turn" in words:
        return intervals.century((found.dateline.year - 1) // 100 + 1)
    number = re.search(r"\d{1,2}", words)
    name = re.search(r"twenty[ -]first|\b[a-z]+(?:th|st)\b", words.replace("the ", ""))
    which = int(number[0]) if number else ORDINALS.get(name[0].replace(" ", "-") if name else "", 0)
    return intervals.century(which) if 1 <= which <= 99 else None


def read_decade(found: Found) -> Read | None:
    """Read a decade by its digits or its name."""
    words = found.words
    whole = re.search(r"(\d{3})0'?s", words)
    if whole:
        return narrowed(intervals.decade(int(whole[1]) * 10), words)
    short = re.search(r"([2-9])0'?s", words)
    names = [
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
    ]
    name = next((n for n in names if n in words), None)
    tens = int(short[1]) if short else names.index(name) + 2 if name else 0
    before = found.before(16)
    if re.search(
        r"\b(?:in (?:his|her|their|its)|age|aged|temperatures?|into the|in the (?:low|mid|high)|mid|low|high|upper)[ -]$",
        before,
    ) and not re.search(r"[’'`]|late|early", words):
        return None
    if not short and "the" not in words.split() and not before.endswith("the "):
        return None
    return narrowed(intervals.decade(1900 + tens * 10), words)


def read_years(found: Found) -> Read | None:
    """Read `2014-2018` and `2021-22` as the time from the first to the last of them."""
    first, last = re.findall(r"\d+", found.printed())
    if len(last) == 2:
        last = first[:2] + last
    if not 0 < int(last) - int(first) < 200:
        return None
    start, end = intervals.year(int(first)), intervals.year(int(last))
    if start is None or end is None:
        return None
    value = f"P{int(last) - int(first)}Y"
    return Read(DURATION, value, start.earliest, end.latest, Precision.YEAR)


def read_year(found: Found) -> Read | None:
    """Read a year alone where the words around it leave no other reading."""
    return intervals.year(int(found.printed())) if _is_a_year(found) else None


_COUNTED = re.compile(
    r"^ ?(?:%|percent|per cent|(?:[a-z]+ )?(?:people|troops|soldiers|jobs|workers|employees|homes"
    r"|points|votes|seats|shares|units|copies|cases|deaths|dollars|euros|pounds|rupees|yen|km|mi\b"
    r"|miles|m\b|kg|metres|meters|feet|ft|tons?|tonnes|barrels|mph|kmh|hp|mb|gb|rpm|students"
    r"|members|aircraft|vehicles|cars|gmt|utc|hours)\b|-[a-z])"
)


#: What stands before the number of a thing.
_NUMBERED = re.compile(
    r"(?:\b(?:no|nr|number|section|page|chapter|article|flight|room|boeing|airbus|route|highway"
    r"|windows|model|resolution|nearly|almost|least|some|another|only|total of|up to)\.? |[$€£#])$"
)
#: What stands before a year and before a count alike.
_LOOSE = re.compile(r"\b(?:about|over|than) $")
_CUE = re.compile(
    r"(?:\b(?:in|since|by|of|until|till|from|before|after|during|early|late|mid|around|and|to"
    r"|through|the|for|between|circa|year|years|fiscal|passed|ended|ending|as of|winter|summer"
    r"|spring|fall|autumn|his|her|its|their|our|back in|than|was|onwards?|through|ca\.|c\.|dated"
    r"|a|mid)[ -]|^|[(,;:\n/“\"'‘’–—-] ?)$"
)


def _is_a_year(found: Found) -> bool:
    number = int(found.printed())
    if _COUNTED.match(found.after(24)):
        return False
    before = found.before(16)
    if _NUMBERED.search(before):
        return False
    if _LOOSE.search(before):
        return number >= 1500 and not re.match(r" [a-z]+s\b", found.after(20))
    if _CUE.search(before):
        return number >= 1400
    if re.search(r"[A-Z][a-z]+\s$", found.text[max(0, found.start - 20) : found.start]):
        # Windows 2000, the Russell 2000: more often a name than a year.
        return False
    follows = re.match(r"\s+([A-Za-z][\w’']*)", found.after(24))
    return 1900 <= number <= 2100 and bool(follows or re.match(r"\s*[.,;)]", found.after(4)))
