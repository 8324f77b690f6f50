"""
Whether one of two statements says that something is not so, which the other says is. Pure.

What is negated must stand in the other statement: "left 15,000 homes without power" does not
negate that villages were flooded.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.conflicts.antonyms import antonyms
from claims.conflicts.lexicon import group_of, opposed, root_of
from claims.conflicts.statements import Statement

#: Who "did nothing" denies no deed in particular.
_OF_ALL = frozenset({"nothing", "nowhere"})

_OUTAGE = root_of("outage")

#: What negates and tells nothing else.
_PLAIN = frozenset({"not", "never", "no", "none", "n't", "n’t", "cannot", "nobody", "without"})

#: Who has none of a thing says nothing of what excludes it.
_OF_NOUNS = frozenset({"no", "without", "lack", "lacks", "lacked", "free of", "free from"})


def is_turned(one: Statement, other: Statement) -> bool:
    """Say whether one says that it is so, and the other that it is not."""
    return is_negated(one, other) != is_negated(other, one)


def is_negated(statement: Statement, other: Statement) -> bool:
    """Say whether a statement negates what another speaks of; what is denied is negated."""
    count = sum(_reaches(cue, telling, other) for cue, telling in statement.negations)
    return (count + statement.is_denied) % 2 == 1


def is_plainly_negated(statement: Statement, word: str) -> bool:
    """Say whether a statement says of one word that it is not so: "have not accepted"."""
    return any(cue in _PLAIN and word in telling for cue, telling in statement.negations)


def _reaches(cue: str, telling: Sequence[str], other: Statement) -> bool:
    """Say whether what a word negates is such as the other statement has."""
    if not telling:
        return cue not in _OF_ALL
    # Who has a power cut is without power.
    if cue in _OF_NOUNS and _OUTAGE in other.stems:
        return False
    known = other.content.union(other.stems, other.roots)
    if any(s in known or group_of(s) in known for s in telling):
        return True
    if cue in _OF_NOUNS:
        return False
    return bool(opposed(telling, other.stems) or antonyms(telling, other.stems))
