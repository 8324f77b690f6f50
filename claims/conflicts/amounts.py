"""
Whether two amounts agree: in one unit, within how exactly they are printed. Pure.

"$5.4 billion" is what rounds to it, so $5.43 billion refines it and $5.5 billion does not agree
with $5.43 billion. Counts below a thousand are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from claims.conflicts.amount import CHANGE, HUGE, Amount
from claims.conflicts.lexicon import noun_of
from claims.conflicts.times import Fit
from claims.conflicts.wordings import amounts_in_words, is_losing

#: Units that convert exactly, or as exactly as news needs: to which unit, and by how much.
_UNITS: dict[str, tuple[str, str]] = {
    "kilometre": ("metre", "1000"), "mile": ("metre", "1609.344"), "metre": ("metre", "1"),
    "centimetre": ("metre", "0.01"), "foot": ("metre", "0.3048"), "yard": ("metre", "0.9144"),
    "inch": ("metre", "0.0254"), "nautical mile": ("metre", "1852"),
    "kilogram": ("kilogram", "1"), "tonne": ("kilogram", "1000"), "ton": ("kilogram", "1000"),
    "gram": ("kilogram", "0.001"), "pound": ("kilogram", "0.45359237"),
    "carat": ("kilogram", "0.0002"), "ounce": ("kilogram", "0.028349523125"),
    "troy ounce": ("kilogram", "0.0311034768"), "hectare": ("square metre", "10000"),
    "acre": ("square metre", "4046.8564224"), "square kilometre": ("square metre", "1000000"),
    "square mile": ("square metre", "2589988.110336"), "square metre": ("square metre", "1"),
    "square foot": ("square metre", "0.09290304"), "litre": ("litre", "1"),
    "gallon": ("litre", "3.785411784"), "barrel": ("litre", "158.987294928"),
    "cubic metre": ("litre", "1000"), "cubic foot": ("litre", "28.316846592"),
    "millilitre": ("litre", "0.001"), "megalitre": ("litre", "1000000"),
    "pint": ("litre", "0.56826125"),
    "millimetre": ("metre", "0.001"), "milligram": ("kilogram", "0.000001"),
    "kilotonne": ("kilogram", "1000000"), "terawatt": ("watt", "1000000000000"),
    "degree Celsius": ("degree Celsius", "1"), "megawatt": ("watt", "1000000"),
    "gigawatt": ("watt", "1000000000"), "kilowatt": ("watt", "1000"), "watt": ("watt", "1"),
    "kilometre per hour": ("kilometre per hour", "1"),
    "mile per hour": ("kilometre per hour", "1.609344"), "knot": ("kilometre per hour", "1.852"),
    "metre per second": ("kilometre per hour", "3.6"),
}  # fmt: skip

#: A degree Fahrenheit in degrees Celsius.
_FAHRENHEIT = Decimal(5) / 9

#: How far a measure may lie from what it was made of, as a share: 5,000 acres are 2,000 hectares.
_CONVERTED = Decimal("0.025")

#: What "about" allows on either side, as a share.
_ABOUT = Decimal("0.105")

#: Those of a name are none: "five S-400 regiments".
_DIGITS = re.compile(r"(?<![A-Za-z]-)(?<![A-Za-z0-9])[0-9][0-9,.\u00a0 ]*")
_WENT_UP = r"\b(?:went|goes|gone|going|shot|moved|crept) up to (?:[^\W\d]+ )?"
#: What is weighed in troy ounces.
_METAL = re.compile(r"\b(?:gold|silver|platinum|palladium|bullion)\b", re.IGNORECASE)
_RATED = re.compile(
    r"\b(?:interest|key|cash|benchmark|policy|base|lending|repo|tax|VAT) rates?\b", re.IGNORECASE
)
_MOVED = (
    "rose|risen|rises?|rising|fell|fallen|falls?|falling|grew|grown|grows?|growing|dropp?(?:ed|s)?|"
    "climb(?:ed|s)?|jump(?:ed|s)?|declin(?:ed|es?)|increas(?:ed|es?)|decreas(?:ed|es?)|shrank|shrunk|"
    "gain(?:ed|s)?|surg(?:ed|es?)|plung(?:ed|es?)|slid|slipped|soar(?:ed|s)?|up|down"
)
_CHANGING = (
    rf"\b(?:{_MOVED}|by)(?: by)?(?: an?)?(?: (?:about|nearly|almost|more than|over|around|some|"
    r"roughly|less than|at least|only|between))* {0}(?! of\b)|"
    r"{0}[ -](?:pay |price )?(?:rise|fall|drop|increase|decrease|jump|decline|cut|growth|gain|"
    r"surge|hike|reduction|slump)\b|"
    r"\b(?:rise|increase|fall|drop|decrease|decline|reduction|growth|hike|cut) of {0}(?! of\b)|"
    r"{0} (?:more|less|fewer|higher|lower)\b"
)
#: What something grew warmer by.
_CHANGED_BY = (
    r"\b(?:by|rise of|increase of|drop of|fall of) {0}|"
    r"{0} (?:warmer|cooler|hotter|colder|higher|lower|above|below)\b"
)
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
    if unit == "ounce" and _METAL.search(text):
        unit = "troy ounce"
    if kind == "measure" and unit in _UNITS:
        unit, by = _UNITS[unit]
        factor = Decimal(by)
    if kind == "percent" and unit == "percent" and _is_change(words, text):
        unit = CHANGE
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
        # An interest rate is never rounded.
        room = (
            Decimal(0) if kind == "percent" and _RATED.search(text) else _room(value, words, kind)
        )
        lower, upper = value - room, value + room
    if kind == "measure" and unit == "degree Fahrenheit":
        # What a temperature changed by has no zero of its own.
        is_change = re.search(_CHANGED_BY.format(re.escape(words)), text, re.IGNORECASE)
        zero = Decimal(0 if is_change else 32)
        unit, factor, lower, upper = "degree Celsius", _FAHRENHEIT, lower - zero, upper - zero
    return Amount(
        kind, unit, lower * factor, upper * factor, words, not is_bounded, quantity["unit"]
    )


def _is_change(words: str, text: str) -> bool:
    """Say whether a percent is how much something rose or fell by, and no share of it."""
    is_moved = re.search(_CHANGING.format(re.escape(words)), text, re.IGNORECASE)
    return is_moved is not None and not is_losing(text)


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
    if _is_converted(one, other) and abs(one.middle - other.middle) <= _slack(one, other):
        return Fit.EQUAL
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
    is_share = is_share and not (_is_range(one) or _is_range(other))
    if is_share or (one.is_exact and other.is_exact):
        return between <= _slack(one, other)
    is_about = one.room <= abs(one.middle) / 4 and other.room <= abs(other.middle) / 4
    return between == 0 and is_about and _digits(one) == _digits(other) is not None


def _is_converted(one: Amount, other: Amount) -> bool:
    """Say whether two measures are printed in two units, and neither is a range."""
    is_in_two = one.kind == "measure" and one.printed != other.printed
    return is_in_two and not (_is_range(one) or _is_range(other))


def _is_range(amount: Amount) -> bool:
    """Say whether an amount has two ends that are farther apart than "about" leaves room for."""
    is_wide = amount.room > abs(amount.middle) * _ABOUT
    return not amount.is_exact and (is_wide or len(_DIGITS.findall(amount.words)) > 1)


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
        return abs(other.lower + other.upper) * _CONVERTED / 2
    if one.kind == "percent" and any(_FRACTION_WORD.search(a.words) for a in (one, other)):
        return Decimal("0.5")
    return Decimal(0)


def comparable(
    one: Iterable[Amount], other: Iterable[Amount], *, are_same: bool = False
) -> list[tuple[Amount, Amount]]:
    """
    Pair the amounts of one unit: those that agree first, then the rest if it is one and one, or
    in their order if both have as many.

    :param are_same: whether the statements are else the same: then one may differ beside one
        that agrees
    """
    one, other = list(one), list(other)
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
        if are_rows(a, one, other) and len(like_it) == len(matching):
            pairs.append((a, matching[like_it.index(a)]))
            continue
        if (
            len(matching) == 1
            and len(like_it) == 1
            and (are_same or (a.kind, a.unit) not in agreed)
        ):
            pairs.append((a, matching[0]))
    return pairs


def are_rows(like: Amount, one: Sequence[Amount], other: Sequence[Amount]) -> bool:
    """Say whether both have two or more of an amount's unit, and as many: "63 votes to 41"."""
    many, others = [sum(_same_unit(a, like) for a in amounts) for amounts in (one, other)]
    return many == others and many > 1


def _same_unit(one: Amount, other: Amount) -> bool:
    if one.kind == other.kind == "count" and one.unit and other.unit:
        # "Used Rafale fighter jets" are "Rafale fighters".
        nouns = [re.findall(r"[^\W\d_]+", a.printed) for a in (one, other)]
        stems = [[noun_of(word) for word in words] for words in nouns]
        if any(mine and mine[-1] in theirs for mine, theirs in (stems, stems[::-1])):
            return True
    return one.kind == other.kind and one.unit == other.unit


def other_counts(mine: Sequence[Amount], theirs: Sequence[Amount]) -> tuple[str, str] | None:
    """Return what each counts beside what it costs: "20 trains for $90 million", "35 buses"."""
    counts = [[a for a in amounts if a.kind == "count" and a.unit] for amounts in (mine, theirs)]
    has_more = all(any(a.kind in ("money", "measure") for a in each) for each in (mine, theirs))
    if not has_more or not all(len(each) == 1 for each in counts):
        return None
    one, other = counts[0][0], counts[1][0]
    # Five regiments and five systems may be one order.
    is_same = _same_unit(one, other) or one.middle == other.middle
    return None if is_same else (one.words, other.words)
