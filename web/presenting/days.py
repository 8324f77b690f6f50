"""Days, moments, times and amounts as people read them. No day is shown that was not given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

_SCALES = (
    (Decimal(10) ** 12, "trillion"),
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
)

#: Narrow no-break space: groups the digits of long numbers.
_THIN = "\u202f"

#: Units whose plural is no `s`.
_PLURALS = {"foot": "feet", "inch": "inches"}

#: Longest number that is grouped; what is longer is shown as it was given.
_LONGEST = 40


def day_words(day: str | None) -> str:
    """Return a day as `14 Dec 2021`; what is no day is returned as it is."""
    if not day:
        return ""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day} {found:%b} {found.year}"


def moment_words(moment: str | None) -> str:
    """Return a moment as `14 Dec 2021, 09:30 UTC`."""
    if not moment:
        return ""
    try:
        found = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    except ValueError:
        return moment
    return f"{found.day} {found:%b} {found.year}, {found:%H:%M} UTC"


def time_words(time: Mapping[str, Any] | None) -> str:
    """Return a time as fine as it was given: `14 Dec 2021`, `Dec 2021`, `2017`, `until 2025`."""
    if not time:
        return ""
    earliest, latest = time.get("earliest"), time.get("latest")
    if earliest is None and latest is None:
        return f"“{time['text']}”" if time.get("text") else ""
    first, last = (_coarse(day, time.get("precision")) for day in (earliest, latest))
    if earliest is None:
        # The interval's end counts, whatever words it came from: "before 2026" ends with 2025.
        return f"until {last}" if last == day_words(latest) else f"until the end of {last}"
    if latest is None:
        return f"from {first}"
    about = "about " if time.get("qualifier") == "about" else ""
    return about + (first if first == last else f"{first} – {last}")


def _coarse(day: str | None, precision: str | None) -> str:
    """Return a day no finer than the words that it came from."""
    try:
        found = date.fromisoformat(day or "")
    except ValueError:
        return day or ""
    words = {
        "month": f"{found:%b} {found.year}",
        "quarter": f"Q{(found.month + 2) // 3} {found.year}",
        "year": f"{found.year}",
        "decade": f"{found.year // 10 * 10}s",
    }
    return words.get(precision or "", day_words(day))


def number_words(value: str) -> str:
    """Return a decimal as `5.5 billion` where that loses nothing, else with grouped digits."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or len(value) > _LONGEST:
        return value
    for scale, name in _SCALES:
        short = number / scale
        if abs(number) >= scale and short == round(short, 3):
            return f"{_trimmed(short)} {name}"
    whole, point, rest = _trimmed(number).partition(".")
    return (_grouped(whole) if abs(number) >= 10_000 else whole) + point + rest


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", _THIN)


def _trimmed(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount_words(quantity: Mapping[str, Any]) -> str:
    """Return an amount with its unit: `5.5 billion USD`, `at least 30 metres`, `12 %`."""
    value, lower, upper = (quantity.get(name) for name in ("value", "lower", "upper"))
    unit = str(quantity.get("unit") or "")
    if lower and upper and lower != upper:
        number = f"{number_words(lower)} to {number_words(upper)}"
    elif lower and not upper:
        number = f"at least {number_words(lower)}"
    elif upper and not lower:
        number = f"at most {number_words(upper)}"
    elif value is not None:
        number = number_words(value)
    else:
        return str(quantity.get("text") or unit)
    if quantity.get("kind") == "percent" and unit in ("", "percent"):
        unit = "%"
    elif quantity.get("kind") in ("percent", "measure") and number not in ("1", "-1"):
        unit = _plural(unit)
    return f"{number} {unit}".strip()


def _plural(unit: str) -> str:
    """Return the name of a unit as it follows a number: `kilometres per hour`, `square feet`."""
    head, per, rest = unit.partition(" per ")
    first, blank, last = head.rpartition(" ")
    if first == "degree":
        return f"degrees {last}"
    if last.endswith(("hertz", "horsepower", "s")) or not last:
        return unit
    return f"{first}{blank}{_PLURALS.get(last, last + 's')}{per}{rest}"
