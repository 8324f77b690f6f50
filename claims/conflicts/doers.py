"""
Who did it, where one deed is told of two people: "A gave the speech", "given by B". Pure.

One deed has one doer where what was done is one thing and the verb is not of those that many do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.conflicts.cues import negations_in
from claims.conflicts.lexicon import DONE_ONCE, LIGHT, REPEATABLE, group_of, root_of
from claims.conflicts.nations import are_one_country, country_of
from claims.conflicts.slots import Values
from claims.conflicts.statements import Statement
from claims.matching.words import fold, is_common

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
#: Who is called by office only: "Qatar's prime minister".
_OFFICE = re.compile(
    r"\b(?:minister|president|premier|chancellor|governor|mayor|chief|ambassador|envoy|chairman|"
    r"chairwoman|councillor|senator|commissioner|lawmaker|director|secretary|king|queen|prince|captain|coach|manager|leader|general|master|"
    r"doctor|lawyer|spokesman|spokeswoman|officer|commander|treasurer|bishop|judge|prosecutor|"
    r"headteacher|professor|engineer|inspector)\b",
    re.IGNORECASE,
)
#: A name at the end of whom it is told of: "opposition councillor Dev Rao".
_FULL_NAME = re.compile(r"(?<=[a-z] )[A-Z][\w'’-]+ [A-Z][\w'’-]+$")
_OPENING = re.compile(r"^(?:At|In|On|During|After|Before) [^,]{1,80}, ")
_BUT_NOT = re.compile(r",? not (?:by )?(?:the |his |her |its )?[^,.;]*?(?:,|(?=[.;]|$))")
_BE = frozenset({"is", "are", "was", "were", "been", "be"})
_ENDS = frozenset(
    {"on", "in", "at", "after", "before", "during", "for", "to", "from", "as", "and", "with"}
)
#: What came from somebody was made or given by them.
_CAME = group_of(root_of("came"))
_MAKING = frozenset(group_of(root_of(word)) for word in ("make", "give", "issue", "deliver", "put"))
#: Of whom there is one.
_ONLY = frozenset({"first", "last", "only", "youngest", "oldest"})
_OWN = frozenset({"a", "an", "his", "her", "its", "their", "my", "our"})
#: What may stand between a name and what it did.
_HELPERS = frozenset({"has", "had", "have", "also", "then", "himself", "herself"})

#: Share of the words beside the doer that both must have, and how many at least.
_LEAST_SHARED, _FEWEST = 0.7, 3

#: Words from "was" to "by", and of a doer with a title, at most.
_FARTHEST, _LONGEST = 24, 8


@dataclass(frozen=True, slots=True)
class _Deed:
    """A deed with whoever did it: stems of the name, the words for it, the verb, and the rest."""

    doer: frozenset[str]
    words: str
    verb: str
    rest: frozenset[str]


def other_doers(one: Statement, other: Statement) -> Values | None:
    """Return the two people of whom one deed is told, None if there are none."""
    if one.is_denied or other.is_denied or any(negations_in(_plain(s)) for s in (one, other)):
        return None
    for mine in _deeds(one):
        for theirs in _deeds(other):
            verbs = {mine.verb, theirs.verb}
            is_same = len(verbs) == 1 or (_CAME in verbs and verbs & _MAKING)
            if is_same and _are_other_doers(mine, theirs):
                return Values(mine.words, theirs.words, mine.doer | theirs.doer)
    return None


def _plain(statement: Statement) -> str:
    """Return the words without who it was not: "the cook, not the captain, said"."""
    return _BUT_NOT.sub(" ", statement.bare)


def _are_other_doers(mine: _Deed, theirs: _Deed) -> bool:
    shared = mine.rest & theirs.rest
    fewest = min(len(mine.rest), len(theirs.rest))
    is_one_deed = len(shared) >= _FEWEST and len(shared) >= _LEAST_SHARED * fewest
    are_apart = not mine.doer & (theirs.doer | theirs.rest) and not theirs.doer & mine.rest
    return is_one_deed and are_apart and not are_one_country(mine.doer, theirs.doer)


def _deeds(statement: Statement) -> Iterator[_Deed]:
    """Yield what a statement says that somebody did, if that is a person."""
    people = statement.names_of("person")
    # "At Monday's meeting, A put forward the plan".
    words = [match[0] for match in _WORD.finditer(_OPENING.sub("", _plain(statement)))]
    small = [fold(word) for word in words]
    for deed in (*_done(words, small), *_doing(words, small), *_being(words, small)):
        named = frozenset().union(*(name for name in people if name <= deed.doer))
        if not named and _OFFICE.search(deed.words) and (name := _FULL_NAME.search(deed.words)):
            named = frozenset(root_of(fold(word)) for word in name[0].split())
        if named or _OFFICE.search(deed.words):
            yield replace(deed, doer=named or deed.doer)


def _done(words: Sequence[str], small: Sequence[str]) -> Iterator[_Deed]:
    """Yield what "was delivered by" somebody."""
    for source in [i for i in range(1, len(small)) if small[i - 1 : i + 1] == ["came", "from"]]:
        yield from _deed(words, (source + 1, min(len(small), source + 1 + _LONGEST)), source - 1)
    for by in [i for i, word in enumerate(small) if word == "by"]:
        first = max((i for i in range(max(0, by - _FARTHEST), by) if small[i] in _BE), default=None)
        verb = _verb_after(small, first, by) if first is not None else None
        end = next((i for i in range(by + 1, len(small)) if small[i] in _ENDS), len(small))
        if verb is not None and words[0].casefold() not in ("a", "an"):
            doer, is_only = (by + 1, min(end, by + 1 + _LONGEST)), small[verb - 1] == "first"
            yield from _deed(words, doer, verb, is_only=is_only)


def _verb_after(small: Sequence[str], be: int, by: int) -> int | None:
    return next((i for i in range(be + 1, by) if not _is_adverb(small[i])), None)


def _is_passed(word: str) -> bool:
    return word in _HELPERS or _is_adverb(word)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in ("also", "being", "first", "later")


def _doing(words: Sequence[str], small: Sequence[str]) -> Iterator[_Deed]:
    """Yield what somebody whom a statement begins with did, whichever of its verbs it is."""
    last = max((i for i, word in enumerate(words[:_LONGEST]) if word[:1].isupper()), default=None)
    name = next((i for i, word in enumerate(words) if not word[:1].isupper() and i), len(words))
    office = max(
        (i for i, word in enumerate(small[:_LONGEST]) if _OFFICE.fullmatch(word)), default=0
    )
    for end in {last + 1 if last is not None else 0, name, office + 1 if office else 0}:
        verb = next((i for i in range(end, len(words)) if not _is_passed(small[i])), None)
        # "Police arrested former minister Elena Radu": a name follows, and no verb.
        verb = None if verb is not None and words[verb][:1].isupper() else verb
        # "His resignation", "a medal": each has one of their own.
        is_own = verb is not None and small[verb + 1 : verb + 2] and small[verb + 1] in _OWN
        if end and verb is not None and not is_own:
            yield from _deed(words, (0, end), verb)


def _being(words: Sequence[str], small: Sequence[str]) -> Iterator[_Deed]:
    """Yield what somebody was the first to do: "B was the first to say so", "The first was B"."""
    be = next((i for i, word in enumerate(small) if word in ("is", "was", "became")), None)
    if be is None or not be:
        return
    if small[be + 1 : be + 2] == ["the"] and small[be + 2 : be + 3] and small[be + 2] in _ONLY:
        yield from _deed(words, (0, be), _aim(small, be + 2), is_only=True)
    elif small[0] == "the" and small[1] in _ONLY:
        yield from _deed(words, (be + 1, len(words)), _aim(small, 1), is_only=True)


def _aim(small: Sequence[str], first: int) -> int:
    """Return the place of what somebody was the first to do, else that of "first"."""
    to = next((i for i in range(first, min(first + 3, len(small) - 1)) if small[i] == "to"), None)
    return first if to is None else to + 1


def _deed(
    words: Sequence[str], doer: tuple[int, int], verb: int, *, is_only: bool = False
) -> Iterator[_Deed]:
    named = words[doer[0] : doer[1]]
    names = [w for w in named if w[:1].isupper() and w.casefold() not in ("the", "a", "an")]
    stems = frozenset(root_of(fold(word)) for word in names)
    done = root_of(fold(words[verb]))
    if not stems or (done in REPEATABLE - DONE_ONCE and not is_only):
        return
    rest = [w for i, w in enumerate(words) if not doer[0] <= i < doer[1] and i != verb]
    telling = [group_of(country_of(root_of(fold(word)))) for word in rest]
    kept = frozenset(s for s in telling if not is_common(s) and s not in LIGHT and s != "by")
    yield _Deed(stems, " ".join(named), group_of(done), kept)
