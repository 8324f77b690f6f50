"""Whether two statements speak of one thing. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.conflicts import slots
from claims.conflicts.lexicon import FINDERS, GOVERNING, NARROWING, POLES, contrasted
from claims.conflicts.names import is_single, other_names
from claims.conflicts.nations import COUNTRIES, of_nation
from claims.conflicts.opposing import Opposition, attributes, words_apart
from claims.conflicts.statements import Statement
from claims.conflicts.substitution import substituted

#: Share of the shorter statement's words that both must have, to speak of one thing.
LEAST_SHARED, LEAST_OF_BOTH = 0.6, 0.3

#: What somebody was, or is second to: the person is the same.
_OF_PEOPLE = frozenset({"former", "deputi"})

#: The same, where a direction or a share tells them apart.
_CLOSE_UNION, _CLOSE_OVERLAP = 0.5, 0.95

#: What somebody who speaks for it calls by its sort.
_OWN_PLACE = re.compile(
    r"^\W*the (?:state|province|county|district|region|city|town|village|island|club|party|"
    r"union|hospital|school|university)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z]\w+")

_ANOTHER = re.compile(
    r"^\W*(?:another|(?:the|a) (?:other|second|third|fourth)(?! (?:of|time)\b))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Subjects:
    """How much two statements speak of one thing, and why they do not, if so."""

    #: The share of the shorter one's words, and of all words, that both have.
    overlap: float
    union: float
    differ: str | None

    @property
    def are_close(self) -> bool:
        """Say whether half of all words are in both, or all of the shorter one's."""
        return self.union >= _CLOSE_UNION or self.overlap >= _CLOSE_OVERLAP


def share_words(one: Statement, other: Statement) -> bool:
    """Say whether both have any telling word."""
    return bool((one.content | _nouns(one)) & (other.content | _nouns(other)))


def subjects_of(one: Statement, other: Statement, opposition: Opposition | None) -> Subjects:
    """
    Return how much both speak of one thing, and why they do not, if so.

    Both must have some telling word.
    """
    apart = words_apart(one, other, opposition)
    counts = _nouns(one), _nouns(other)
    shared = (one.content | counts[0]) & (other.content | counts[1])
    mine, theirs = one.content - shared - apart, other.content - shared - apart
    weights = [sum(s.weight(w) for w in words) for s, words in ((one, mine), (other, theirs))]
    common = sum(max(one.weight(w), other.weight(w)) for w in shared)
    overlap = common / (common + min(weights))
    union = common / (common + sum(weights))
    why = None if opposition and opposition.is_slot else _other_things(one, other, apart)
    why = why or _other_persons(one, other)
    only_poles = union < 1 and all(word in POLES for word in shared)
    if overlap < LEAST_SHARED or union < LEAST_OF_BOTH or only_poles:
        why = why or "They share too few telling words."
    return Subjects(overlap, union, why)


def _other_things(one: Statement, other: Statement, apart: frozenset[str]) -> str | None:
    """Say which words name two different things, None if there are none."""
    if different := contrasted(one.content - apart, other.content - apart):
        return f"They speak of different things: {different[0]} and {different[1]}."
    if different := attributes(one, other):
        return f"They speak of different things: {different[0]} and {different[1]}."
    if _another(one, other) or _another(other, one):
        return "One of them speaks of another than the other does."
    names = other_names(one, other)
    is_one = names is not None and is_single(one, other, names)
    if names and not is_one:
        return f"They name different ones: {names[0]} and {names[1]}."
    if not is_one and (called := slots.other_names(one, other)):
        return f"They name different ones: {called[0]} and {called[1]}."
    if things := substituted(one, other):
        return f"They speak of different things: {things[0]} and {things[1]}."
    narrowed = (one.content ^ other.content) & NARROWING
    # "The former goalkeeper Lucía Ferrán" is Lucía Ferrán.
    if narrowed - (_OF_PEOPLE if _share_person(one, other) else frozenset()):
        return f"One is of a part only: {one.printed(min(narrowed))}."
    if one.is_of_turnout and other.is_of_turnout:
        return None
    heads = one.head, other.head
    if is_one or not all(heads) or heads[0] == heads[1] or FINDERS.issuperset(heads):
        return None
    if apart.intersection(heads) or _are_government(heads, one, other):
        return None
    is_part = _is_part_of(heads[0], one, other) or _is_part_of(heads[1], other, one)
    if is_part or (heads[0] not in other.content and heads[1] not in one.content):
        return f"They speak of different things: {heads[0]} and {heads[1]}."
    return None


def _another(one: Statement, other: Statement) -> bool:
    """Say whether one begins with "another" or "the second", which the other does not have."""
    found = _ANOTHER.search(one.text)
    return found is not None and found[0].split()[-1].casefold() not in other.text.casefold()


def _share_person(one: Statement, other: Statement) -> bool:
    return any(name and name <= frozenset(other.stems) for name in one.names_of("person"))


def _are_government(heads: Sequence[str | None], one: Statement, other: Statement) -> bool:
    """Say whether one speaks of a country, and the other of its parliament or ministry."""
    for head, body, statement in ((*heads, other), (*heads[::-1], one)):
        if head in COUNTRIES and body in GOVERNING and head in statement.content:
            return True
    return False


def _is_part_of(head: str, one: Statement, other: Statement) -> bool:
    """Say whether another speaks of what is the first one's: "revenue", "the revenue's growth"."""
    owner = re.escape(one.printed(head))
    is_all = re.match(rf"\W*(?:the )?{owner}\b(?!['’])", one.text, re.IGNORECASE)
    is_owner = re.search(rf"\b{owner}['’]s? ", other.text, re.IGNORECASE)
    return bool(is_all and is_owner) and other.head not in one.content


def _other_persons(one: Statement, other: Statement) -> str | None:
    """Say whose words or whose thing each is of, where that differs."""
    is_told = one.speaks_of_speaker(other) or other.speaks_of_speaker(one)
    is_unnamed = one.has_unnamed_subject or other.has_unnamed_subject
    if one.claimant != other.claimant and is_unnamed and not is_told:
        return "Whom one of them speaks of is not said."
    who, whom = one.claimant or "", other.claimant or ""
    are_apart = not set(who.split()) & set(whom.split())
    if who and whom and are_apart and who in one.text and whom in other.text:
        return f"Each speaks of its own: {who} and {whom}."
    if _have_own_place(one, other):
        return f"Each speaks of its own: {who} and {whom}."
    nations = [of_nation(f"{s.role or ''} {s.claimant or ''}") for s in (one, other)]
    are_named = nations[0] & one.content or nations[1] & other.content
    # "Latvia's finance minister said the deficit": that of Latvia.
    if all(nations) and not nations[0] & nations[1] and not are_named and who != whom:
        return f"Each may speak of its own country: {who} and {whom}."
    return None


def _have_own_place(one: Statement, other: Statement) -> bool:
    """Say whether one speaks of "the state", and each speaker is of another one."""
    is_own = _OWN_PLACE.search(one.text) or _OWN_PLACE.search(other.text)
    if not is_own and (one.names or other.names or _body(one) != _body(other) or not _body(one)):
        return False
    names = [set(_NAME.findall(s.source)) - _person(s.claimant or "") for s in (one, other)]
    return bool(names[0] - names[1]) and bool(names[1] - names[0])


def _person(name: str) -> set[str]:
    """Return the words of a name; who is described has none: "the head teacher of Ashby school"."""
    return set(name.split()) if name[:1].isupper() else set()


def _body(statement: Statement) -> frozenset[str]:
    """Return what sort of body somebody speaks for: "general hospital"."""
    words = frozenset(re.findall(r"\b[a-z]{3,}\b", statement.source))
    return words - {
        "the",
        "for",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "official",
        "officials",
    }


def _nouns(statement: Statement) -> frozenset[str]:
    """Return what a statement counts."""
    return frozenset(amount.unit for amount in statement.amounts if amount.kind == "count")
