"""The words of `words.toml`, read once, and the worth of numbers in words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_TABLE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)

MONTHS: dict[str, int] = _TABLE["months"]
WEEKDAYS: dict[str, int] = {name: n for n, name in enumerate(_TABLE["weekdays"].split())}
NUMBERS: dict[str, int] = _TABLE["numbers"]
ORDINALS: dict[str, int] = _TABLE["ordinals"]
UNITS: dict[str, str] = _TABLE["units"]
SEASONS: dict[str, str] = _TABLE["seasons"]
PARTS: dict[str, str] = _TABLE["parts"]
DECADES: dict[str, int] = _TABLE["decades"]
#: The fifth and those after it; the first four are mostly something else.
CENTURIES: tuple[str, ...] = tuple(_TABLE["centuries"].split())
HOLIDAYS: dict[str, list[int]] = _TABLE["holidays"]
EASTER: dict[str, int] = _TABLE["easter"]


def word_list(name: str) -> frozenset[str]:
    """Return the words listed under a name."""
    return frozenset(_TABLE[name].split())


def number(words: str) -> float | None:
    """Return the number that a word, two words or digits stand for; None for a vague one."""
    words = words.lower().strip()
    if words[:1].isdigit():
        return float(words.replace(",", ""))
    total, half = 0, 0.0
    if words.startswith("half"):
        return 0.5
    if words.endswith(" and a half"):
        words, half = words[:-11], 0.5
    for word in words.replace("-", " ").split():
        if word == "and":
            continue
        if word not in NUMBERS:
            return None
        value = NUMBERS[word]
        total = max(total, 1) * value if word in ("hundred", "dozen") else total + value
    return total + half


def unit_of(word: str) -> str:
    """Return the singular of a unit."""
    word = word.lower()
    if word in UNITS:
        return word
    return "century" if word == "centuries" else word[:-1]


def month_of(word: str) -> int:
    """Return the number of a month, however its name is cut short."""
    return MONTHS[word.lower().rstrip(".")]


def weekday_of(word: str) -> int:
    """Return the number of a weekday, Monday being 0, however its name is cut short."""
    start = word.lower()[:3]
    return next(n for name, n in WEEKDAYS.items() if name.startswith(start))
