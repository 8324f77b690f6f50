"""Which words say the same, exclude each other, or stand for different things. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from claims.matching.words import stem

_TABLE = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text("utf-8"))


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


#: A word's stem to the stem that stands for its group; the first group that has it counts.
_GROUP: dict[str, str] = {}
for _line in _TABLE["same"]:
    for _word in _line.split():
        _GROUP.setdefault(stem(_word), stem(_line.split()[0]))


def group_of(stemmed: str) -> str:
    """Return what stands for a stem and all that say the same."""
    return _GROUP.get(stemmed, stemmed)


def _grouped(words: str) -> frozenset[str]:
    return frozenset(group_of(s) for s in _stems(words))


LIGHT = _stems(_TABLE["light"])
SERIES = _stems(_TABLE["series"]) | _grouped(_TABLE["series"])
TOLL = _stems(_TABLE["toll"]) | _grouped(_TABLE["toll"])
NARROWING = _stems(_TABLE["narrowing"])
#: What "denied" does to the words after it, the negations count already.
DENIALS = _stems("deny denied denies refute reject dismiss dispute")
DIRECTED = _stems(_TABLE["directed"])
OPPOSITES = tuple((_stems(one), _stems(other)) for one, other in _TABLE["opposite"])
_CONTRASTS = tuple(_grouped(line) | _stems(line) for line in _TABLE["contrast"])

#: Stems of the words for change and standing: they say how a subject fares, not which it is.
POLES = frozenset(s for pair in OPPOSITES for side in pair for s in side)


def opposed(one: Iterable[str], other: Iterable[str]) -> tuple[str, str] | None:
    """Return two stems that exclude each other, or None."""
    first, second = frozenset(one), frozenset(other)
    for left, right in OPPOSITES:
        for a, b in ((left - right, right - left), (right - left, left - right)):
            has_one = first & a and not first & b
            if has_one and second & b and not second & a:
                return min(first & a), min(second & b)
    return None


def contrasted(one: Iterable[str], other: Iterable[str]) -> tuple[str, str] | None:
    """Return two words for different things of one sort that only one side has, or None."""
    first, second = frozenset(one), frozenset(other)
    for line in _CONTRASTS:
        left, right = (first & line) - second, (second & line) - first
        if left and right:
            return min(left), min(right)
    return None
