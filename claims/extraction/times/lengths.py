"""Durations and repeated times: how long, how often; and lengths that count from a day."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.extraction.records import Precision
from claims.extraction.times import intervals
from claims.extraction.times.context import Context, Match, group
from claims.extraction.times.intervals import Read
from claims.extraction.times.words import PARTS, UNITS, WEEKDAYS, number, unit_of

_BIG = {"decade": 10, "century": 100, "fortnight": 2}


def length_value(unit: str, count: float | None) -> str:
    """Return the TIMEX3 value of so many units; X for a number that the words leave open."""
    code = UNITS[unit]
    if count is None:
        # Decades left open are years left open, as two decades are twenty years.
        amount = "X"
    else:
        count *= _BIG.get(unit, 1)
        if count < 1 and code in _SMALLER:
            factor, code = _SMALLER[code]
            count *= factor
        amount = f"{count:g}" if count < 1e6 else f"{count:.0f}"
    return f"PT{amount}{code[1:]}" if code[0] == "T" else f"P{amount}{code}"


#: Half of a unit is given in the next smaller one, where that is sure.
_SMALLER = {"TH": (60, "TM"), "TM": (60, "TS"), "Y": (12, "M"), "D": (24, "TH")}


def age(found: Match, context: Context) -> Read | None:
    """Read `59-year-old` and `59 years old`."""
    return Read("DURATION", length_value("year", number(found["n"])))


def first_of(found: Match, context: Context) -> Read | None:
    """Read `the first three months`."""
    unit = unit_of(found["unit"])
    is_plural = found["unit"].lower() != unit
    return Read("DURATION", length_value(unit, number(found["n"]))) if is_plural else None


def quarter_century(found: Match, context: Context) -> Read | None:
    """Read `a quarter-century`, `a quarter of a century`."""
    return Read("DURATION", length_value("year", 25))


#: What a second, a minute or a day is part of without being a length of time.
_NOT_LONG = re.compile(r"-(?:on-|over-|to-(?:year|date))|['’]s (?:Day|Eve)")
_RATE = re.compile(
    r"(?:[0-9%]|illion|thousand|hundred|percent|cent|times|crore|lakh|[a-z]{3,}s|tons?|barrel|gallon|people|rate)\s$"
)
_NO_RATE = re.compile(
    r"\b(?:is|was|has|as|its|this|less|plus|lasts|takes|lasted|days|weeks|months|years|hours|minutes|spends|serves|across)\s$"
)


def length(found: Match, context: Context) -> Read | None:
    """Read `three weeks`, `a year ago`, `two days later`, `12-year`, and `15 a year`."""
    unit, given = unit_of(found["unit"]), (group(found, "n") or "")
    if _is_no_length(found, context, unit, given):
        return None
    count = number(given)
    after = group(found, "after") if "after" in found.groupdict() else None
    if after:
        return _counted(context, unit, count, after)
    if given in ("a", "an") and found["dash"].isspace() and _is_rate(found, context):
        return Read("SET", length_value(unit, 1))
    value = length_value(unit, count)
    if re.search(r"\sand a half$", found[0], re.I):
        return Read("DURATION", length_value(unit, (count or 1) + 0.5))
    if "n2" in found.groupdict() and found["n2"]:
        return _compound(found, value, count)
    return _from_now(found, context, unit, count) or Read("DURATION", value)


def _is_no_length(found: Match, context: Context, unit: str, given: str) -> bool:
    """Say whether a number and a unit are something else: `a second`, `$3 day`, `20 quarters`."""
    is_plural = found["unit"].lower() != unit
    before = context.before(found, 4)
    if unit == "second" and not is_plural and given in ("a", "an", "half", "few"):
        return True
    if (unit == "quarter" and given in ("a", "an", "half")) or (
        found["unit"][0].isupper() and not found[0].isupper()
    ):
        return not found[0].istitle()
    dash = found.groupdict().get("dash") or "-"
    if not is_plural and dash.isspace() and number(given) not in (None, 1.0, 0.5):
        return True
    if is_plural and given in ("a", "an", "one", "single"):
        return True
    if (
        not is_plural
        and dash.isspace()
        and given in ("several", "many", "few", "a few", "some", "numerous")
    ):
        return given != "some" or unit not in ("day",)
    if before[-1:] in ("$", "€", "£", ".", "-", "/", ":", "₹") and given[:1].isdigit():
        return True
    return bool(_NOT_LONG.match(context.after(found)))


def _is_rate(found: Match, context: Context) -> bool:
    before = context.before(found)
    if re.match(r"\s(?:after|before|since|from)\b", context.after(found)):
        return False
    return bool(_RATE.search(before)) and not _NO_RATE.search(before)


def _compound(found: Match, value: str, count: float | None) -> Read:
    """Read `one year and two months`; two lengths joined by `or` stay open."""
    unit, other = unit_of(found["unit"]), unit_of(found["unit2"])
    second = number(found["n2"])
    if re.search(r"\bor\b", found[0], re.I) or count is None or second is None:
        return Read("DURATION", length_value(unit, None))
    tail = length_value(other, second)[1:]
    if "T" in value and tail.startswith("T"):
        tail = tail[1:]
    return Read("DURATION", value + tail)


def _counted(context: Context, unit: str, count: float | None, after: str) -> Read | None:
    """Read a length before `ago`, `earlier`, `later` or `from now`."""
    is_back = after in ("ago", "earlier", "previously")
    if count is None or (count != int(count) and unit not in ("year", "hour")):
        return Read("DATE", "PAST_REF" if is_back else "FUTURE_REF")
    around = (
        context.dateline if after in ("ago", "from now", "from today", "hence") else context.anchor
    )
    step = -count if is_back else count
    if unit in ("hour", "minute", "second"):
        day = intervals.day_of(around)
        return day and replace(day, type="TIME")
    if count > 10_000:
        return None
    if step != int(step):
        place = intervals.away("month", around, round(step * 12))
        return intervals.of_unit("month", place, 0) if place else None
    if unit in ("decade", "century"):
        years = int(step) * (10 if unit == "decade" else 100)
        return intervals.of_unit("year", around, years)
    return intervals.of_unit(unit, around, int(step))


def _from_now(found: Match, context: Context, unit: str, count: float | None) -> Read | None:
    """Read `in three weeks` in a plan, and `within six months`: they count from the dateline."""
    before = context.before(found, 8).lower()
    if count is None or count > 10_000 or unit in ("second", "minute", "hour"):
        return None
    dateline = context.dateline
    last = intervals.away(unit, dateline, round(count))
    if before.endswith("within ") and context.is_ahead(found) and last:
        return Read("DURATION", length_value(unit, count), dateline, last)
    if re.search(r"(?:^|\s)in\s$", before) and found["dash"].isspace() and context.is_ahead(found):
        return intervals.of_unit(unit, dateline, round(count)) if count == int(count) else None
    return None


def lengths(found: Match, context: Context) -> Read | None:
    """Read `two to three years`: a length left open."""
    unit = unit_of(found["unit"])
    if unit == found["unit"].lower() or context.before(found, 1) in ("$", "-", ".", "£", "€"):
        return None
    after = group(found, "after")
    if after:
        return Read("DATE", "FUTURE_REF" if after == "later" else "PAST_REF")
    return Read("DURATION", length_value(unit, None))


def long(found: Match, context: Context) -> Read | None:
    """Read `week-long`, `decades-long`, `two-year-long` and `centuries-old`."""
    unit, given = unit_of(found["unit"] or found["old"]), found["n"]
    is_plural = re.search(r"s-(?:long|old)", found[0], re.I)
    count = number(given) if given else None if is_plural else 1
    return Read("DURATION", length_value(unit, count))


_BARE_CUE = re.compile(
    r"\b(?:for|in|over|within|after|of|just|takes?|took|lasted|last|only|before|until|mere|few|through|than|spent|spend|since|these|those|between)\s$",
    re.I,
)


def bare(found: Match, context: Context) -> Read | None:
    """Read `years` and `for decades`, whose number is left open."""
    if "after" in found.groupdict() and found["after"]:
        return Read("DATE", "FUTURE_REF" if found["after"].lower() == "later" else "PAST_REF")
    is_cued = _BARE_CUE.search(context.before(found))
    if not is_cued and not re.match(r"\s(?:of|before|after|in the making)\b", context.after(found)):
        return None
    return Read("DURATION", length_value(unit_of(found["unit"]), None))


#: Any day of any month of any year, and any week of any year: TIMEX3 writes X for a digit that is
#: left open (ISO-TimeML, ISO 24617-1).
_ANY_DAY, _ANY_WEEK = "XXXX-XX-XX", "XXXX-WXX"


def every(found: Match, context: Context) -> Read | None:
    """Read `every day`, `each year`, `every two weeks`."""
    word = found["unit"].lower()
    if word in PARTS and word != "night":
        return Read("SET", _ANY_DAY + PARTS[word])
    given = (group(found, "n") or "").strip()
    count = 2.0 if given in ("other", "second") else number(given) if given else 1.0
    return Read("SET", length_value(unit_of(word), count))


def times_a(found: Match, context: Context) -> Read | None:
    """Read `twice a week`."""
    return Read("SET", length_value(unit_of(found["unit"]), 1.0))


_OWNED = re.compile(r"(?:['’]s|\b(?:his|her|its|their|our|my|the))\s$")
_EVENT = re.compile(
    r"\s(?:[A-Z]|(?:general )?(?:meeting|conference|festival|summit|event|convention|gathering|ceremony|competition|awards?|pilgrimage|parade|dinner|fair|celebration)s?\b)"
)


def adverb(found: Match, context: Context) -> Read | None:
    """Read `annually` and `daily`; `annual` only where a yearly amount is meant."""
    word = found["word"].lower()
    if found["word"][0].isupper() and not re.search(r"(?:^|[.!?\n]\s*)$", context.before(found)):
        return None
    if context.before(found, 1) == "-" or context.after(found, 1) == "-":
        return None
    if word == "annual" and (
        _EVENT.match(context.after(found)) or _OWNED.search(context.before(found))
    ):
        return None
    value = {"h": "PT1H", "d": "P1D", "n": "P1D", "w": "P1W", "f": "P2W", "m": "P1M", "q": "P1Q"}
    return Read("SET", value.get(word[0], "P1Y"))


def weekdays(found: Match, context: Context) -> Read | None:
    """Read `every Monday` and `Mondays`: that day of any week."""
    name = (found["wd"] or found["wds"]).lower()
    if not context.text[found.start("wd" if found["wd"] else "wds")].isupper():
        return None
    return Read("SET", f"{_ANY_WEEK}-{WEEKDAYS[name] + 1}", precision=Precision.DAY)
