"""
Whether two amounts agree: in one unit, within how exactly they are printed. Pure.

"$5.4 billion" is what rounds to it, so $5.43 billion refines it and $5.5 billion does not agree
with $5.43 billion. Counts below a thousand are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from claims.conflicts.amount import HUGE, Amount
from claims.conflicts.lexicon import ANYBODY, PEOPLE, noun_of
from claims.conflicts.times import Fit
from claims.conflicts.wordings import amounts_in_words

#: Units that convert exactly, or as exactly as news needs: to which unit, and by how much.
_UNITS: dict[str, tuple[str, str]] = {
    "kilometre": ("metre", "1000"), "mile": ("metre", "1609.344"), "metre": ("metre", "1"),
    "centimetre": ("metre", "0.01"), "foot": ("metre", "0.3048"), "yard": ("metre", "0.9144"),
    "inch": ("metre", "0.0254"), "nautical mile": ("metre", "1852"),
    "kilogram": ("kilogram", "1"), "tonne": ("kilogram", "1000"), "ton": ("kilogram", "1000"),
    "gram": ("kilogram", "0.001"), "pound": ("kilogram", "0.45359237"),
    "ounce": ("kilogram", "0.028349523125"), "hectare": ("square metre", "10000"),
    "acre": ("square metre", "4046.8564224"), "square kilometre": ("square metre", "1000000"),
    "square mile": ("square metre", "2589988.110336"), "square metre": ("square metre", "1"),
    "square foot": ("square metre", "0.09290304"), "litre": ("litre", "1"),
    "gallon": ("litre", "3.785411784"), "barrel": ("litre", "158.987294928"),
    "cubic metre": ("litre", "1000"), "megawatt": ("watt", "1000000"),
    "gigawatt": ("watt", "1000000000"), "kilowatt": ("watt", "1000"), "watt": ("watt", "1"),
    "kilometre per hour": ("kilometre per hour", "1"),
    "mile per hour": ("kilometre per hour", "1.609344"),
}  # fmt: skip

_DIGITS = re.compile(r"[0-9][0-9,.\u00a0 ]*")
_RATE = (
    r",? (?:an?|per|each|every) (?P<each>second|minute|hour|day|week|month|year|quarter|night|"
    r"person|head|household|share|litre|tonne|barrel|kilo|kilogram|ticket|passenger|pupil|patient)\b"
)
_WENT_UP = r"\b(?:went|goes|gone|going|shot|moved|crept) up to (?:[^\W\d]+ )?"
_FRACTION_WORD = re.compile(r"half|third|quarter|fifth|tenth|in four|in three", re.IGNORECASE)


def amounts_of(quantities: Sequence[Mapping[str, Any]], text: str) -> list[Amount]:
    """Return the amounts of a claim, those in words like "dozens of people" included."""
    found = [a for a in (_amount(q, text) for q in quantities) if a is not None]
    taken = [q.get("text") or "" for q in quantities]
    return found + [
        a for a in amounts_in_words(text) if not any(a.words in words for words in taken)
    ]


def _amount(quantity: Mapping[str, Any], text: str) -> Amount | None:
    if quantity.get("value") is None:
        return None
    value, words = Decimal(quantity["value"]), quantity.get("text") or quantity["value"]
    kind, unit, factor = quantity["kind"], quantity["unit"], Decimal(1)
    if kind == "measure" and unit in _UNITS:
        unit, by = _UNITS[unit]
        factor = Decimal(by)
    if unit == "basis point":
        unit, factor = "percentage point", Decimal("0.01")
    if kind == "count":
        unit = noun_of(unit)
    is_bounded = quantity.get("lower") is not None or quantity.get("upper") is not None
    # What "went up to 19 percent" is 19 percent.
    is_bounded = is_bounded and not re.search(_WENT_UP + re.escape(words), text)
    if is_bounded:
        lower = Decimal(quantity["lower"]) if quantity.get("lower") is not None else -HUGE
        upper = Decimal(quantity["upper"]) if quantity.get("upper") is not None else HUGE
    else:
        room = _room(value, words, kind)
        lower, upper = value - room, value + room
    return Amount(
        kind, unit, lower * factor, upper * factor, words, not is_bounded, quantity["unit"]
    )


def rate_after(words: str, text: str) -> str | None:
    """Return for what an amount is, where it is for each day or person: "a year", None if not."""
    found = re.search(re.escape(words) + _RATE, text, re.IGNORECASE)
    if found:
        return found["each"].casefold()
    return "each" if re.search(re.escape(words) + r" (?:each|apiece)\b", text) else None


def _room(value: Decimal, words: str, kind: str) -> Decimal:
    """Return how much the printed number may have been rounded."""
    if kind == "percent" and _FRACTION_WORD.search(words):
        return Decimal(2)
    digits = _DIGITS.search(words)
    if digits is None:
        return Decimal(0)
    printed = digits[0].strip(" ,.\u00a0").replace(",", "").replace("\u00a0", "")
    number = Decimal(printed) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", printed) else None
    if not number:
        return Decimal(0)
    places = len(printed.partition(".")[2])
    scale = abs(value / number)
    if places or scale != 1 or kind in ("percent", "measure"):
        return scale * Decimal(10) ** -places / 2
    return _whole_room(printed)


def _whole_room(printed: str) -> Decimal:
    """Return the room of a whole number: its noughts, but never its first two digits."""
    noughts = len(printed) - len(printed.rstrip("0"))
    noughts = min(noughts, len(printed) - 2)
    return Decimal(10) ** noughts / 2 if len(printed) >= 4 and noughts > 0 else Decimal(0)


def fit_of(one: Amount, other: Amount) -> Fit:
    """Return how the first amount stands to the second."""
    if one.upper < other.lower or other.upper < one.lower or _only_touch(one, other):
        return Fit.APART
    if (one.lower, one.upper) == (other.lower, other.upper):
        return Fit.EQUAL
    if _are_one(one, other):
        return Fit.EQUAL
    if other.lower <= one.lower and one.upper <= other.upper:
        return Fit.INSIDE
    if one.lower <= other.lower and other.upper <= one.upper:
        return Fit.AROUND
    # One lies where the other's rounding ends: the exacter one is inside.
    if one.room == other.room:
        return Fit.OVERLAPS
    return Fit.INSIDE if one.room < other.room else Fit.AROUND


def _are_one(one: Amount, other: Amount) -> bool:
    """Say whether both print one number: "some 50,000" is 50,000, and 25 percent a quarter."""
    between = abs(one.middle - other.middle)
    is_share = one.kind == "percent" and max(abs(one.middle), abs(other.middle)) <= 1_000
    if is_share or (one.is_exact and other.is_exact):
        return between <= _slack(one, other)
    is_about = one.room <= abs(one.middle) / 4 and other.room <= abs(other.middle) / 4
    return between == 0 and is_about and _digits(one) == _digits(other) is not None


def _digits(amount: Amount) -> str | None:
    """Return the one number that is printed in an amount, None if there is none, or a range."""
    found = _DIGITS.findall(amount.words)
    return found[0].strip(" ,.\u00a0") if len(found) == 1 else None


def _only_touch(one: Amount, other: Amount) -> bool:
    """Say whether two rounded amounts have no more in common than where their room ends."""
    are_rounded = one.is_exact and other.is_exact and one.lower < one.upper
    touch = one.upper == other.lower or other.upper == one.lower
    return are_rounded and other.lower < other.upper and touch


def _slack(one: Amount, other: Amount) -> Decimal:
    """Return how far two printed amounts may lie apart and still be the same."""
    if one.printed != other.printed and one.kind == "measure":
        # Whoever converts a measure rounds it.
        return abs(other.lower + other.upper) / 100
    if one.kind == "percent" and any(_FRACTION_WORD.search(a.words) for a in (one, other)):
        return Decimal("0.5")
    return Decimal(0)


def comparable(
    one: Iterable[Amount], other: Iterable[Amount], *, are_same: bool = False
) -> list[tuple[Amount, Amount]]:
    """
    Pair the amounts of one unit: those that agree first, then the rest if it is one and one.

    :param are_same: whether the statements are else the same: then one may differ beside one
        that agrees
    """
    first, second = list(one), list(other)
    pairs: list[tuple[Amount, Amount]] = []
    for a in list(first):
        for b in list(second):
            if _same_unit(a, b) and fit_of(a, b) is not Fit.APART:
                pairs.append((a, b))
                first.remove(a)
                second.remove(b)
                break
    agreed = {(a.kind, a.unit) for a, _ in pairs}
    for a in first:
        like_it = [x for x in first if _same_unit(x, a)]
        matching = [b for b in second if _same_unit(a, b)]
        if (
            len(matching) == 1
            and len(like_it) == 1
            and (are_same or (a.kind, a.unit) not in agreed)
        ):
            pairs.append((a, matching[0]))
    return pairs


def _same_unit(one: Amount, other: Amount) -> bool:
    return one.kind == other.kind and one.unit == other.unit


def adopting(
    mine: Sequence[Amount], theirs: Sequence[Amount], roots: frozenset[str]
) -> list[Amount]:
    """
    Let a bare number, or one of people, count what the other statement's number counts.

    :param roots: what the statement with the bare number speaks of: "the number of marchers"
    """
    others = [a.unit for a in theirs if a.kind == "count"]
    if len(others) != 1:
        return list(mine)
    return [_adopted(a, others[0], roots) for a in mine]


def _adopted(amount: Amount, unit: str, roots: frozenset[str]) -> Amount:
    if amount.kind != "count" or amount.unit == unit:
        return amount
    is_bare = not amount.unit and unit in roots | ANYBODY
    is_anybody = amount.unit in ANYBODY and (unit in roots or unit in ANYBODY)
    # A bare number is of people where the words around it name people.
    is_of_people = not amount.unit and unit in ANYBODY | PEOPLE and bool(roots & PEOPLE)
    return replace(amount, unit=unit) if is_bare or is_anybody or is_of_people else amount
