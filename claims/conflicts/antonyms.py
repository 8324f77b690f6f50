"""
Words that exclude each other, by WordNet: what the hand-made table does not hold. Pure.

The table is read when two statements are first compared, not before.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path

from claims.conflicts.lexicon import root_of

_TABLE = Path(__file__).parent / "antonyms.txt"


def antonyms(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """Return two stems, each on one side only, that exclude each other, None if there are none."""
    only, against = [s for s in one if s not in other], frozenset(other).difference(one)
    for word in only:
        if found := against & _excluded().get(word, frozenset()):
            return word, min(found)
    return None


@functools.cache
def _excluded() -> Mapping[str, frozenset[str]]:
    """Return the stems that each stem excludes."""
    found: dict[str, set[str]] = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sides = [[root_of(word) for word in side.split()] for side in line.split("|")]
            for one, other in itertools.product(*sides):
                if one != other:
                    found.setdefault(one, set()).add(other)
                    found.setdefault(other, set()).add(one)
    return {word: frozenset(words) for word, words in found.items()}
