"""The words by which people, bodies and things are spoken of, from `people.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("people.toml")


@dataclass(frozen=True)
class People:
    """Common nouns for those who act, and what they agree with."""

    #: What sort of source a noun names: `person`, `group`, `document`.
    nouns: dict[str, tuple[str, ...]]
    #: The pronoun that a title, a role or a given name asks for.
    genders: dict[str, str]
    #: Given names that tell that an unknown name is a person's.
    given: frozenset[str]
    #: The row of words, by each of them, that name the same sort of thing.
    things: dict[str, str]
    any_body: frozenset[str]
    place: frozenset[str]
    #: Words for a country, and places that are none.
    country: frozenset[str]
    no_country: frozenset[str]
    #: Words in the names of bodies that nobody calls a company.
    public: frozenset[str]
    speaking: frozenset[str]


@cache
def people() -> People:
    """Return the table, read once."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    nouns: dict[str, tuple[str, ...]] = {}
    for sort, words in table["nouns"].items():
        for word in dict.fromkeys(words.split()):
            nouns[word] = (*nouns.get(word, ()), sort)
    men, women = (frozenset(table["gender"][pronoun].split()) for pronoun in ("he", "she"))
    return People(
        nouns=nouns,
        # A given name of both asks for neither.
        genders=dict.fromkeys(men - women, "he") | dict.fromkeys(women - men, "she"),
        given=(men | women) - frozenset(table["ambiguous"]["names"].split()),
        things={w: row for row, words in table["things"].items() for w in words.split()},
        any_body=frozenset(table["bodies"]["any"].split()),
        place=frozenset(table["bodies"]["place"].split()),
        country=frozenset(table["bodies"]["country"].split()),
        no_country=frozenset(table["bodies"]["no_country"].split()),
        public=frozenset(table["bodies"]["public"].split()),
        speaking=frozenset(table["speaking"]["verbs"].split()),
    )
