"""Why two statements point opposite ways. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.conflicts import slots
from claims.conflicts.antonyms import antonyms
from claims.conflicts.doers import other_doers
from claims.conflicts.lexicon import (
    ATTRIBUTES,
    DIRECTED,
    LIGHT,
    NEGATIONS,
    POLES,
    contrasted,
    group_of,
    opposed,
    root_of,
)
from claims.conflicts.names import other_names, printed
from claims.conflicts.negation import is_plainly_negated, is_turned
from claims.conflicts.statements import Statement
from claims.matching.words import is_common

#: Telling words that one statement may have more than the other, besides antonyms.
_MOST_MORE, _MOST_OTHER = 3, 1

#: Names of which the order tells who does it to whom.
_TWO = 2

_ARTICLES = frozenset({"the", "a", "an"})

#: The stem of "was", and of the verbs by which two tell of one trade.
_BE = root_of("be")
_CONVERSE = ((root_of("sell"), root_of("buy")), (root_of("lend"), root_of("borrow")))


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
    if attributes(one, other):
        return None
    if doers := other_doers(one, other):
        why = f"{doers.mine} against {doers.theirs}"
        return Opposition(why, frozenset(doers.groups), is_slot=True)
    words = opposed(one.stems, other.stems)
    if words and _are_converse(one, other, words):
        return None
    turned_round = is_turned(one, other)
    if words and is_plainly_negated(one, words[0]) != is_plainly_negated(other, words[1]):
        # Rejected, and not accepted.
        return None if NEGATIONS.intersection(words) else _values(one, other)
    if words and (not turned_round or NEGATIONS.intersection(words)):
        return _by_words(one, other, words)
    if small := slots.turned(one, other):
        return Opposition(f"“{small[0]}” against “{small[1]}”")
    if not words and (words := antonyms_of(one, other)):
        if turned_round and not NEGATIONS.intersection(words):
            return None
        return _by_words(one, other, words)
    if not turned_round and (found := _values(one, other)):
        return found
    if turned_round and not words:
        return Opposition("one says that it is so, the other that it is not")
    is_swapped = _are_swapped(one, other)
    return Opposition("who does it to whom is turned round") if is_swapped else None


def _are_converse(one: Statement, other: Statement, words: tuple[str, str]) -> bool:
    """Say whether one sells to whoever buys: "was sold to Maritima", "Maritima bought"."""
    for giver, taker, gave, took in ((one, other, *words), (other, one, *words[::-1])):
        if (gave, took) in _CONVERSE and gave in giver.stems and took in taker.stems:
            place = giver.stems.index(gave)
            whoever = frozenset(taker.stems[: taker.stems.index(took)]) & taker.content
            before, after = giver.stems[:place], frozenset(giver.stems[place:])
            return bool(whoever & after) and not whoever.intersection(before)
    return False


def antonyms_of(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return two words that exclude each other in statements that are else the same."""
    words = antonyms(one.stems, other.stems)
    if words is None or contrasted(words[:1], words[1:]):
        return None
    gone = frozenset(group_of(word) for word in words)
    more = len(one.content - other.content - gone), len(other.content - one.content - gone)
    return words if min(more) <= _MOST_OTHER and max(more) <= _MOST_MORE else None


def words_apart(one: Statement, other: Statement, opposition: Opposition | None) -> frozenset[str]:
    """Return what stands for words that do not tell the subjects apart, though they differ."""
    if opposition:
        return opposition.words
    # Not insured, and uninsured.
    words = antonyms_of(one, other) if is_turned(one, other) else None
    return frozenset(group_of(word) for word in words or ())


def attributes(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return two qualities that tell the subjects apart: "the violent march", "the peaceful"."""
    (mine, noun), (theirs, another) = _attribute(one), _attribute(other)
    if not noun or noun != another or mine == theirs:
        return None
    pair = [mine], [theirs]
    return (mine, theirs) if opposed(*pair) or antonyms(*pair) or _parting(*pair) else None


def _attribute(statement: Statement) -> tuple[str, str]:
    """Return the word before the noun with which a statement begins, and what that stands for."""
    start = 1 if statement.stems[:1] and statement.stems[0] in _ARTICLES else 0
    quality, noun = (*statement.stems[start : start + 2], "", "")[:2]
    tells = noun and not (is_common(noun) or noun in LIGHT or noun in POLES)
    return (quality, group_of(noun)) if tells else ("", "")


def _parting(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    mine, theirs = frozenset(one), frozenset(other)
    for pair in ATTRIBUTES:
        left, right = pair & (mine - theirs), pair & (theirs - mine)
        if left and right:
            return min(left), min(right)
    return None


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
    if not (doer and doing):
        return False
    names = one.names & other.names
    are_named = len(names) >= _TWO and not (doer & doing & names)
    if are_named and doer & names and doing & names:
        return True
    return bool(doer and doing) and doer <= undone and doing <= done


def _sides(statement: Statement, verb: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what stands before a verb and behind it; of "was sued by", the other way round."""
    place = statement.stems.index(verb)
    sides = [
        frozenset(group_of(s) for s in part if not is_common(s) and s not in LIGHT)
        for part in (statement.stems[:place], statement.stems[place + 1 :])
    ]
    if "by" in statement.stems[place + 1 : place + 2]:
        return sides[1], sides[0]
    if _BE in statement.stems[max(0, place - 2) : place]:
        return _agent(statement.stems[place + 1 :]), sides[0]
    return sides[0], sides[1]


def _agent(stems: Sequence[str]) -> frozenset[str]:
    """Return who stands behind "by": "was sold to Porto by Rovers"."""
    place = stems.index("by") if "by" in stems else len(stems)
    return frozenset(group_of(s) for s in stems[place:] if not is_common(s) and s not in LIGHT)
