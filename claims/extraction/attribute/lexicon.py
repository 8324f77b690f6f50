"""The cue words of English news: which class a word is of, and its prepositions."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.extraction.coreference.people import people

_TABLE = Path(__file__).parent.parent / "attribution_cues.toml"


@dataclass(frozen=True)
class Lexicon:
    """Classes of cue words by part of speech and lemma."""

    verbs: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]]
    prepositions: dict[str, frozenset[str]]
    #: What sort of source a noun names: `person`, `group`, `document`.
    sources: dict[str, tuple[str, ...]]
    venues: frozenset[str]
    venue_prepositions: frozenset[str]


def _by_word(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    classes: dict[str, tuple[str, ...]] = {}
    for name, words in table.items():
        for word in words.split():
            if name not in classes.get(word, ()):
                classes[word] = (*classes.get(word, ()), name)
    return classes


@cache
def lexicon() -> Lexicon:
    """Return the cue words, read once."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    prepositions: dict[str, set[str]] = {}
    for preposition, words in table["prepositions"].items():
        for word in words.split():
            prepositions.setdefault(word, set()).add(preposition)
    return Lexicon(
        verbs=_by_word(table["verbs"]),
        nouns=_by_word(table["nouns"]),
        adjectives=_by_word(table["adjectives"]),
        prepositions={word: frozenset(found) for word, found in prepositions.items()},
        sources=people().nouns,
        venues=frozenset(table["venues"]["nouns"].split()),
        venue_prepositions=frozenset(table["venues"]["prepositions"].split()),
    )
