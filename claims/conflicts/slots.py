"""
Another value for what can have but one: who won, what caused it, where it was signed. Pure.

Two statements that are the same but for one stretch of words are about different things, mostly
("fined the bank", "fined the airline"); they exclude each other where what stands round the stretch
leaves room for one only.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.conflicts.lexicon import (
    BLAMING,
    CAUSING,
    CHOOSING,
    KINDS,
    LIVING,
    MOVING,
    OCCURRING,
    POLES,
    REPEATABLE,
    SERIES,
    SINGLE,
    TURNS,
    root_of,
)
from claims.conflicts.statements import PEOPLES, Statement, Word

_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her"})
_DETERMINERS = _ARTICLES - {"a", "an"}
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_SINGLE_BE = frozenset({"is", "was", "be", "been"})
_WHERE = frozenset({"in", "at", "near", "off", "from", "to", "for", "on", "by", "outside"})
_CAUSES = re.compile(
    r"\b(?:because of|due to|owing to|blamed on|as a result of|attributed to|put down to|"
    r"following|thanks to|over|died (?:of|from))(?: \w+){0,2}$"
)

_FACETS = re.compile(
    r"\b(?:made (?:of|from)|diagnosed with|charged with|convicted of|named after|known as|"
    r"married to|born in|buried in|educated at|bound for|head(?:ed|ing) (?:for|to)|en route to|"
    r"disguised as|employed by|work(?:s|ed|ing) as|trained as|written in|painted in|"
    r"capital is|caused by)(?: an?| the)?$"
)
#: What words for what somebody is by trade end with.
_TRADE = re.compile(r"(?:ist|er|or|ian|man|woman|eer|ant)$")
_GIVEN = re.compile(r"\b(?:went|awarded|given|presented|handed|sold) to$")

_THAN = re.compile(r"\bthan [0-9]")
_NUMBERED = re.compile(r"\d|-(?:year|month|week|day|hour|minute)")
_NUMBER = re.compile(r"[0-9]+(?:st|nd|rd|th)?")

_WHITHER = _WHERE | {"through", "into", "via", "as", "under", "with"}

#: Words that may stand in the stretch.
_MOST_FILLERS = 7

#: Words between the verb and the stretch: "in the ship's".
_MOST_BEFORE = 4

#: Telling words that both must share besides it.
_LEAST_SHARED = 2


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The words that only one of two statements has, and those on either side of them."""

    before: Sequence[Word]
    filler: Sequence[Word]
    after: Sequence[Word]

    @property
    def words(self) -> str:
        """Return the stretch as printed."""
        return " ".join(word.printed for word in self.filler)

    @property
    def lead(self) -> list[str]:
        """Return the words before it, its article left out."""
        words = [word.folded for word in self.before]
        return words[:-1] if words and words[-1] in _ARTICLES else words

    @property
    def is_named(self) -> bool:
        """Say whether it is a name."""
        return all(word.is_name for word in self.filler if word.tells)

    @property
    def is_noun(self) -> bool:
        """Say whether it stands where a noun does."""
        before = self.before[-1].folded if self.before else ""
        is_modifier = len(self.filler) == 1 and bool(self.after) and self.after[0].tells
        # "March against the reform": the march is what it names.
        named = [word.folded for word in self.filler if word.folded != "against"]
        poles = POLES.intersection(map(root_of, named))
        # "On used cars": a word that tells nothing may stand between.
        if self.before and not self.before[-1].tells and before not in _ARTICLES | _WHERE:
            before = self.before[-2].folded if len(self.before) > 1 else ""
        is_noun = is_modifier or before in _ARTICLES | _WHERE | {"of", "with", "as"}
        return is_noun and not poles

    @property
    def is_nation(self) -> bool:
        """Say whether it names a nationality."""
        is_place = self.is_named and len(self.filler) > 1
        return bool(PEOPLES.search(self.words)) and not is_place


@dataclass(frozen=True, slots=True)
class Values:
    """Two values for what has one only, as printed, and what stands for their words."""

    mine: str
    theirs: str
    groups: frozenset[str]


def exclusive(one: Statement, other: Statement) -> Values | None:
    """Return the two values that are given for what has one only, None if there are none."""
    found = _stretches(one.words, other.words)
    # Of two amounts, each may be of its own: aid and loans, wheat and barley.
    amounts = [{q.get("text") for q in s.quantities} for s in (one, other)]
    if found is None:
        return None
    if found[0].is_nation != found[1].is_nation and not _are_manners(*found):
        return None
    if amounts[0] != amounts[1] and not _are_causes(*found):
        return None
    mine, theirs = found
    is_one = (
        _are_causes(mine, theirs)
        or _are_agents(mine, theirs)
        or _are_kinds(mine, theirs)
        or _are_places(mine, theirs)
        or _are_holders(mine, theirs)
        or _are_recipients(mine, theirs)
        or _are_numbers(mine, theirs)
        or _are_complements(mine, theirs)
        or _are_manners(mine, theirs)
    )
    groups = frozenset(word.group for s in found for word in s.filler)
    return Values(mine.words, theirs.words, groups) if is_one else None


def other_words(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return the one stretch of each in which statements that are else the same differ."""
    found = _stretches(one.words, other.words)
    if found is None or not all(s.is_named or s.is_noun for s in found):
        return None
    if any(_NUMBERED.search(s.words) for s in found):
        return None
    return found[0].words, found[1].words


def other_names(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return the one name of each in which statements that are else the same differ."""
    found = _stretches(one.words, other.words)
    if found is None or not all(s.is_named and (s.before or len(s.filler) > 1) for s in found):
        return None
    return found[0].words, found[1].words


def turned(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return two small words that turn the same words round: before and after, more and fewer."""
    mine, theirs = one.words, other.words
    first, second = [[w.folded for w in words] for words in (mine, theirs)]
    for pair in TURNS:
        for here, there in (pair, pair[::-1]):
            if here in first and there in second and here not in second and there not in first:
                i, k = first.index(here), second.index(there)
                following = _next(mine[i + 1 :])
                # "More than 500" is an amount.
                is_counted = any(s.quantities or _THAN.search(s.text) for s in (one, other))
                is_amount = following == "than" and is_counted
                if following and not is_amount and following == _next(theirs[k + 1 :]):
                    return mine[i].printed, theirs[k].printed
    return None


def _next(words: Sequence[Word]) -> str | None:
    return next((word.group for word in words if word.folded not in _ARTICLES), None)


def _stretches(one: Sequence[Word], other: Sequence[Word]) -> tuple[_Stretch, _Stretch] | None:
    """Return the one stretch of each in which they differ, None if they differ in more."""
    groups = {w.group for w in one}, {w.group for w in other}
    if len({w.group for w in one if w.tells} & groups[1]) < _LEAST_SHARED:
        return None
    mine, theirs = _stretch(one, groups[1]), _stretch(other, groups[0])
    return (mine, theirs) if mine and theirs else None


def _stretch(words: Sequence[Word], others: set[str]) -> _Stretch | None:
    places = [i for i, word in enumerate(words) if word.tells and word.group not in others]
    if not places or places[-1] - places[0] >= _MOST_FILLERS:
        return None
    start, end = places[0], places[-1] + 1
    # "New" of New York tells nothing by itself.
    while start > 1 and words[start - 1].is_name and words[start - 1].group not in others:
        start -= 1
    if any((w.tells and w.group in others) or w.folded in _BE for w in words[start:end]):
        return None
    return _Stretch(words[:start], words[start:end], words[end:])


def _are_causes(*both: _Stretch) -> bool:
    return all(
        _CAUSES.search(" ".join(word.folded for word in s.before))
        or _FACETS.search(" ".join(word.folded for word in s.before))
        or bool(_roots(s.lead[-1:]) & BLAMING)
        or (not s.before and bool(_roots(w.folded for w in s.after[:2]) & CAUSING))
        or (s.lead[-1:] == ["by"] and bool(_roots(s.lead[-3:-1]) & CAUSING))
        for s in both
    )


def _are_agents(*both: _Stretch) -> bool:
    """Say whether both name who did what is done once: "was shot down by"."""
    if all(s.lead[-1:] == ["by"] and _is_done_once(s) for s in both):
        return True
    mine, theirs = both
    return _do_one_thing(mine, theirs) or _do_one_thing(theirs, mine)


def _do_one_thing(doer: _Stretch, agent: _Stretch) -> bool:
    """Say whether one of them does what is done by the other: "A gave the speech", "by B"."""
    verb, done = (
        doer.after[:1],
        agent.before[-2:-1] if agent.lead == agent.before else agent.before[-3:-2],
    )
    is_by = agent.lead[-1:] == ["by"] and _is_done_once(agent)
    is_same = bool(verb and done) and verb[0].group == done[0].group
    is_first = not doer.before or all(w.folded in _ARTICLES for w in doer.before)
    return is_by and is_same and is_first and doer.is_named and agent.is_named


def _is_done_once(stretch: _Stretch) -> bool:
    is_single = bool(_roots(w.folded for w in (*stretch.before, *stretch.after)) & SINGLE)
    if _BE & set(stretch.lead) and is_single:
        return True
    done = stretch.lead[-2:-1]
    is_participle = bool(done) and done[0].endswith(("ed", "en", "wn"))
    return is_participle and stretch.is_named and not _roots(done) & REPEATABLE


def _are_numbers(*both: _Stretch) -> bool:
    """Say whether both are numbers, in statements that are else the same."""
    if not all(len(s.filler) == 1 and _NUMBER.fullmatch(s.filler[0].folded) for s in both):
        return False
    words = [[w.group for w in (*s.before, *s.after)] for s in both]
    return words[0] == words[1] and not SERIES.intersection(words[0])


def _are_complements(*both: _Stretch) -> bool:
    """Say whether both name where to, whence or by what one thing was done with one thing."""
    return len({tuple(s.lead[-1:]) for s in both}) == 1 and all(
        bool(s.before)
        and s.lead[-1:] != []
        and s.lead[-1] in _WHITHER
        and _is_definite(s)
        and not _roots(w.folded for w in s.before) & REPEATABLE
        for s in both
    )


def _is_definite(stretch: _Stretch) -> bool:
    """Say whether what is spoken of is one: "the navy bought the ships", "the plane took off"."""
    words = [word.folded for word in stretch.before]
    # The article of the stretch itself does not count.
    rest = words[:-1] if words[-1] in _ARTICLES else words
    if {"a", "an"} & set(rest) or not (rest[0] in _DETERMINERS or stretch.before[0].is_name):
        return False
    has_object = bool(_DETERMINERS & set(rest[2:]))
    is_moving = rest[-1] == "to" and bool(_roots(rest) & MOVING)
    is_living = rest[-1] == "in" and bool(_roots(rest) & LIVING)
    if has_object or is_moving or is_living or rest[-1] in ("from", "through", "near", "off"):
        return True
    return bool(_SINGLE_BE & set(rest))


def _are_manners(*both: _Stretch) -> bool:
    """Say whether both tell how or which way, by two words of one sort: "came first", "third"."""
    mine, theirs = [{w.group for w in s.filler} for s in both]
    return any(mine & kind and theirs & kind for kind in KINDS) and all(
        bool(s.before)
        and s.before[-1].folded not in _ARTICLES
        and not (s.after and s.after[0].tells)
        for s in both
    )


def _are_kinds(*both: _Stretch) -> bool:
    """Say whether both tell what one thing is, by two values of one sort."""
    if not all(s.lead and s.lead[-1] in _BE | {"by"} for s in both):
        return False
    are_trades = all(_TRADE.search(s.filler[-1].folded) for s in both)
    if are_trades or all(s.is_nation for s in both):
        return True
    mine, theirs = [{w.group for w in s.filler} for s in both]
    return any(mine & kind and theirs & kind for kind in KINDS)


def _are_places(*both: _Stretch) -> bool:
    """Say whether both name where one thing was done: "the treaty was signed in"."""
    if all(_is_of_event(s.lead[-_MOST_BEFORE:]) for s in both):
        return True
    if not all(s.lead[-1:] and s.lead[-1] in _WHERE and s.is_named for s in both):
        return False
    for s in both:
        words = [word.folded for word in s.before]
        known = _BE if words[0] in _DETERMINERS else _SINGLE_BE
        places = [i for i, word in enumerate(words) if word in known]
        if not places or words[0] in ("a", "an") or places[0] + 1 >= len(words):
            return False
        if root_of(words[places[0] + 1]) in REPEATABLE:
            return False
    return True


def _is_of_event(words: Sequence[str]) -> bool:
    """Say whether words are such as "happened in the ship's"."""
    pairs = itertools.pairwise(words)
    return any(root_of(verb) in OCCURRING and where in _WHERE for verb, where in pairs)


def _are_holders(*both: _Stretch) -> bool:
    """Say whether both name who did, or is, what one only can."""
    return all(
        s.is_named and all(word.folded in _ARTICLES for word in s.before) and _is_single(s.after)
        for s in both
    )


def _are_recipients(*both: _Stretch) -> bool:
    """Say whether both name who was given what there is one of: "the prize went to"."""
    return all(
        (s.is_named or s.is_nation)
        and bool(s.before)
        and s.before[0].folded not in ("a", "an")
        and (bool(_GIVEN.search(" ".join(s.lead))) or bool(_roots(s.lead[-1:]) & CHOOSING))
        for s in both
    )


def _is_single(after: Sequence[Word]) -> bool:
    words = [word.folded for word in after]
    if words[:1] and words[0] in _BE and words[1:2] == ["the"]:
        return True
    return bool(_roots(words[:3]) & SINGLE)


def _roots(words: Iterable[str]) -> frozenset[str]:
    return frozenset(root_of(word) for word in words)
