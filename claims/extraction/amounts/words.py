"""The word lists of `words.toml`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("words.toml")


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def word_list(name: str) -> frozenset[str]:
    """Return the words listed under a name."""
    return _lists()[name]
