"""Countries under their several names: as an adjective, and as their capital. Pure."""

from __future__ import annotations

import re
from pathlib import Path

from claims.conflicts.lexicon import root_of
from claims.matching.words import fold

_TABLE = Path(__file__).parent / "nations.txt"


def _nations() -> tuple[dict[str, str], dict[str, str]]:
    """Return the country's stem for each adjective's, and for each capital's."""
    called: dict[str, str] = {}
    seated: dict[str, str] = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, adjectives, capitals = [
                [root_of(fold(word)) for word in part.split()] for part in line.split("|")
            ]
            called |= dict.fromkeys(adjectives, country[0])
            seated |= dict.fromkeys(capitals, country[0])
    return called, seated


#: The stem of "Russian", and of "Moscow", to that of "Russia".
_CALLED, _SEATED = _nations()


COUNTRIES = frozenset(_CALLED.values())


def of_nation(words: str | None) -> frozenset[str]:
    """Return the stems of the countries that words name, as "Latvian finance minister" does."""
    stems = [root_of(word) for word in re.findall(r"[^\W\d_]+", fold(words or ""))]
    return frozenset(country_of(s) for s in stems) & COUNTRIES


def country_of(stemmed: str) -> str:
    """Return the stem of the country that a word is the adjective of, else the word's own."""
    return _CALLED.get(stemmed, stemmed)


def are_one_country(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether a capital, or an adjective, of one name stands for the other name's country."""
    mine = {_SEATED.get(s) for s in one} | {country_of(s) for s in one}
    theirs = {_SEATED.get(s) for s in other} | {country_of(s) for s in other}
    return bool(mine & theirs - {None})
