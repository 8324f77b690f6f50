"""Why two statements point opposite ways. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from claims.conflicts import slots
from claims.conflicts.antonyms import antonyms
from claims.conflicts.lexicon import (
    DIRECTED,
    LIGHT,
    NEGATIONS,
    POLES,
    contrasted,
    group_of,
    opposed,
)
from claims.conflicts.names import other_names, printed
from claims.conflicts.statements import Statement
from claims.matching.words import is_common

#: Telling words that one statement may have more than the other, besides antonyms.
_MOST_MORE, _MOST_OTHER = 3, 1

#: Words before a quality of the subject: "the upper house".
_MOST_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Opposition:
    """Why two statements point opposite ways."""

    why: str
    #: What stands for the words that exclude each other: these do not tell their subjects apart.
    words: frozenset[str] = frozenset()
    #: Whether they are two values for what has one only.
    is_slot: bool = False


def opposition_of(one: Statement, other: Statement) -> Opposition | None:
    """Say why the statements point opposite ways, None if they do not."""
    words = opposed(one.stems, other.stems)
    is_turned = one.is_negated != other.is_negated
    if words and (not is_turned or NEGATIONS.intersection(words)):
        return _by_words(one, other, words)
    if small := slots.turned(one, other):
        return Opposition(f"“{small[0]}” against “{small[1]}”")
    if not words and (words := antonyms_of(one, other)):
        return None if is_turned else _by_words(one, other, words)
    if not is_turned and (found := _values(one, other)):
        return found
    if is_turned and not words:
        return Opposition("one says that it is so, the other that it is not")
    is_swapped = _are_swapped(one, other)
    return Opposition("who does it to whom is turned round") if is_swapped else None


def antonyms_of(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return two words that exclude each other in statements that are else the same."""
    words = antonyms(one.stems, other.stems)
    if words is None or is_attribute(one, other, words) or contrasted(words[:1], words[1:]):
        return None
    gone = frozenset(group_of(word) for word in words)
    more = len(one.content - other.content - gone), len(other.content - one.content - gone)
    return words if min(more) <= _MOST_OTHER and max(more) <= _MOST_MORE else None


def attributes(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return two qualities that tell the subjects apart: "the violent march", "the peaceful"."""
    words = antonyms(one.stems, other.stems)
    return words if words and is_attribute(one, other, words) else None


def is_attribute(one: Statement, other: Statement, words: tuple[str, str]) -> bool:
    """Say whether two words stand before one noun, with which the statements begin."""
    nouns = []
    for statement, word in zip((one, other), words, strict=True):
        place = statement.stems.index(word)
        after = statement.stems[place + 1 : place + 2]
        if place > _MOST_BEFORE or not after or is_common(after[0]) or after[0] in LIGHT | POLES:
            return False
        nouns.append(group_of(after[0]))
    return nouns[0] == nouns[1]


def _by_words(one: Statement, other: Statement, words: tuple[str, str]) -> Opposition:
    why = f"“{one.printed(words[0])}” against “{other.printed(words[1])}”"
    return Opposition(why, frozenset(group_of(word) for word in words))


def _values(one: Statement, other: Statement) -> Opposition | None:
    if values := slots.exclusive(one, other):
        return Opposition(
            f"{values.mine} against {values.theirs}", frozenset(values.groups), is_slot=True
        )
    names = other_names(one, other)
    if names is None:
        return None
    return Opposition(f"{printed(one, names[0])} against {printed(other, names[1])}")


def _are_swapped(one: Statement, other: Statement) -> bool:
    """Say whether what stands before a verb in one statement stands behind it in the other."""
    verbs = frozenset(one.stems) & frozenset(other.stems) & DIRECTED
    if not verbs:
        return False
    verb = min(verbs)
    (doer, done), (doing, undone) = _sides(one, verb), _sides(other, verb)
    names = one.names & other.names
    if len(names) >= _MOST_BEFORE and not (doer & doing & names):
        return bool(doer & names and doing & names)
    return bool(doer and doing) and doer <= undone and doing <= done


def _sides(statement: Statement, verb: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what stands before a verb and behind it; of "was sued by", the other way round."""
    place = statement.stems.index(verb)
    sides = [
        frozenset(group_of(s) for s in part if not is_common(s) and s not in LIGHT)
        for part in (statement.stems[:place], statement.stems[place + 1 :])
    ]
    is_passive = "by" in statement.stems[place + 1 : place + 2]
    return (sides[1], sides[0]) if is_passive else (sides[0], sides[1])
