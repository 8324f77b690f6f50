"""Names that only one of two statements has. Pure."""

from __future__ import annotations

from claims.conflicts.lexicon import LIGHT, SINGLE
from claims.conflicts.statements import Statement
from claims.matching.words import is_common


def other_names(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return two names of one sort of which each stands on one side only."""
    for kind in ("place", "org", "person", "product", "event", "law"):
        mine, theirs = one.names_of(kind), other.names_of(kind)
        everything = frozenset(one.stems), frozenset(other.stems)
        left = [name for name in mine if name and not name & everything[1]]
        right = [name for name in theirs if name and not name & everything[0]]
        if left and right and not left[0] & right[0]:
            return " ".join(sorted(left[0])), " ".join(sorted(right[0]))
    only = one.peoples - other.peoples, other.peoples - one.peoples
    return (min(only[0]), min(only[1])) if all(only) else None


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
