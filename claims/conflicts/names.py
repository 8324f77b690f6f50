"""Names that only one of two statements has. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from claims.conflicts.lexicon import LIGHT, SINGLE, root_of
from claims.conflicts.nations import are_one_country, country_of
from claims.conflicts.statements import Statement
from claims.matching.words import fold, is_common

#: Kinds of which one name parts from another by a word; a person has several names.
_KINDS = ("place", "org", "product", "event", "law")


def other_names(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return two names of one sort of which each stands on one side only."""
    for kind in ("place", "org", "person", "product", "event", "law"):
        mine, theirs = one.names_of(kind), other.names_of(kind)
        everything = _with_countries(one), _with_countries(other)
        left = [name for name in mine if name and not name & everything[1]]
        right = [name for name in theirs if name and not name & everything[0]]
        if left and right and not left[0] & right[0] and not are_one_country(left[0], right[0]):
            return " ".join(sorted(left[0])), " ".join(sorted(right[0]))
        if kind == "person" and (parts := _other_people(one, other)):
            return parts
        if kind in _KINDS and (parts := _parted(mine, theirs, everything)):
            return parts
    peoples = [frozenset(map(country_of, s.peoples)) for s in (one, other)]
    only = (
        peoples[0] - peoples[1] - _with_countries(other),
        peoples[1] - peoples[0] - _with_countries(one),
    )
    return (min(only[0]), min(only[1])) if all(only) else None


def _with_countries(statement: Statement) -> frozenset[str]:
    """Return the stems of a statement, with that of the country for "German"."""
    return frozenset((*statement.stems, *map(country_of, statement.stems)))


def _other_people(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return two full names whose last words part them: Andrei Popa and Andrei Lupu."""
    called = [
        [
            [root_of(w) for w in re.findall(r"[^\W_]+", fold(e["name"]))]
            for e in s.entities
            if e["type"] == "person" and e["name"].casefold() in s.text.casefold()
        ]
        for s in (one, other)
    ]
    for mine, theirs in itertools.product(*called):
        is_full = len(mine) > 1 and len(theirs) > 1
        if is_full and mine[-1] not in other.stems and theirs[-1] not in one.stems:
            return " ".join(mine), " ".join(theirs)
    return None


def _parted(
    mine: Sequence[frozenset[str]],
    theirs: Sequence[frozenset[str]],
    everything: tuple[frozenset[str], frozenset[str]],
) -> tuple[str, str] | None:
    """Return two names of one kind that part in a word: Garissa and Wajir Girls' School."""
    for name, another in itertools.product(mine, theirs):
        only = name - everything[1], another - everything[0]
        if name & another and all(only) and not are_one_country(*only):
            return " ".join(sorted(name)), " ".join(sorted(another))
    return None


def is_single(one: Statement, other: Statement, names: tuple[str, str]) -> bool:
    """Say whether two names are given for what there is one of: a winner, where it is held."""
    if one.quantities or other.quantities or one.published_on != other.published_on:
        return False
    given = frozenset(" ".join(names).split())
    rest = frozenset(one.stems) - given, frozenset(other.stems) - given
    is_same = all(word in LIGHT or is_common(word) for word in rest[0] ^ rest[1])
    return is_same and bool(rest[0] & SINGLE) and len(one.content & other.content) >= 2


def printed(statement: Statement, name: str) -> str:
    """Return the stems of a name as the text has them."""
    return " ".join(statement.printed(stemmed) for stemmed in statement.in_order(name.split()))
