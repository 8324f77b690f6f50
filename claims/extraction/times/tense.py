"""Whether the verbs around a time tell what is over or announce what is to come."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from claims.extraction.times.words import word_list

#: How far on each side a verb is looked for.
_BEFORE, _AFTER = 140, 90

_AHEAD = word_list("ahead")
_AHEAD_TO = word_list("ahead_to")
_OVER = word_list("over")
_TOKEN = re.compile(r"[A-Za-z]+|[.!?](?=[\"'”’)\]]{0,2}\s)|\n")
_STOPS = frozenset(".!?\n")
#: The present of what is announced: "Talks begin on Friday", "the trial opens on Monday".
_OPENS = word_list("announce_one")
_OPEN = word_list("announce_many")
#: Where prices are told of, "opens" and "ends" tell of a day of trading.
_MARKET = word_list("market")
_NO_VERB_AFTER = word_list("before_nouns")
#: After these a verb has no tense of its own: "will have a check on Monday", "will stay closed".
_HELPERS = word_list("helpers")
_LASTING = word_list("lasting")
_ADVERBS = word_list("adverbs")
_IS = frozenset({"is", "are"})
_AT = frozenset({"on", "in", "at", "early", "late", "next", "this"})
_DUE = frozenset({"in", "on", "at", "by", "before", "next", "this", "back", "later"})
#: What ends an aim, how far back the aim is looked for, and what is no verb after "to".
_LIMITS = frozenset({"until", "till", "by", "before"})
_AIM = 14
_FINITE = frozenset({"is", "are", "will", "would", "could", "may", "might"})
_NO_VERB = frozenset({"the", "a", "an", "his", "her", "its", "their", "this", "that"})
_ABBREVIATED = word_list("abbreviated")

#: Words worth a look; most are none of them, and a time may stand after many.
_TAKES = {"take": "effect", "takes": "effect", "come": "into", "comes": "into"}
_CUES = _STOPS | _TAKES.keys() | _AHEAD | _AHEAD_TO | _OVER | _OPENS | _OPEN | {"ll"}


@lru_cache(maxsize=20_000)
def _is_cue(word: str) -> bool:
    return word in _CUES or word[-2:] in ("ed", "ED") or word.lower() in _CUES


class Tense(Enum):
    """What the verbs around a time say of it."""

    OVER = "over"
    AHEAD = "ahead"
    UNTOLD = "untold"


def tense_at(text: str, start: int, end: int) -> Tense:
    """Return the tense of the verb that a time goes with: the last before it, or the next."""
    before = _TOKEN.findall(text, max(0, start - _BEFORE), start)
    told = Tense.AHEAD if _ends_an_aim(before) else _last_tense(before)
    if told is not Tense.UNTOLD:
        return told
    return _next_tense(_TOKEN.findall(text, end, end + _AFTER))


def _ends_an_aim(words: list[str]) -> bool:
    """Say whether a time ends what somebody is to do: `told people to stay inside until Friday`."""
    if not words or words[-1].lower() not in _LIMITS:
        return False
    for place in range(len(words) - 2, max(-1, len(words) - _AIM), -1):
        word = words[place]
        if word in _STOPS or word in _FINITE or word in _OVER:
            return False
        if word == "to" and place + 1 < len(words) - 1:
            return words[place + 1] not in _NO_VERB
    return False


def _last_tense(words: list[str]) -> Tense:
    for place in range(len(words) - 1, -1, -1):
        if not _is_cue(words[place]):
            continue
        if words[place] in _STOPS:
            if words[place] == "." and place and words[place - 1].lower() in _ABBREVIATED:
                continue
            break
        told = _tense_of(words, place)
        if told is not Tense.UNTOLD:
            return told
    return Tense.UNTOLD


def _next_tense(words: list[str]) -> Tense:
    for place, word in enumerate(words):
        if not _is_cue(word):
            continue
        if word in _STOPS:
            break
        told = _tense_of(words, place)
        if told is not Tense.UNTOLD:
            return told
    return Tense.UNTOLD


def _tense_of(words: list[str], place: int) -> Tense:
    """Return what one word says: a participle after "be" leaves it to its helper."""
    word = words[place]
    small = word.lower()
    if small in _AHEAD or small == "ll":
        # "May" is a month here, and "Will" a name.
        return Tense.AHEAD if word.islower() or place == 0 else Tense.UNTOLD
    if small in _TAKES and [w.lower() for w in words[place + 1 : place + 2]] == [_TAKES[small]]:
        # "The rules take effect on Wednesday", "come into force".
        return Tense.AHEAD
    if small in _OPENS or small in _OPEN:
        return Tense.AHEAD if _announces(words, place) else Tense.UNTOLD
    following = words[place + 1].lower() if place + 1 < len(words) else ""
    previous = _previous(words, place)
    if small == "due" and following in _DUE:
        return Tense.OVER if previous in ("was", "were", "been") else Tense.AHEAD
    if small in _AHEAD_TO and following in ("to", "for"):
        is_be = small in ("is", "are")
        return Tense.AHEAD if following == "to" or not is_be else Tense.UNTOLD
    if small in _OVER or (small.endswith("ed") and len(small) > 4):
        if previous in _IS and all(w in _AT for w in words[place + 1 :]):
            # "He is sentenced on Friday", before the time itself.
            return Tense.AHEAD if place + 1 < len(words) else Tense.UNTOLD
        is_bare = previous in _HELPERS and (small != "have" or previous != "to")
        return Tense.UNTOLD if is_bare or previous in _LASTING else Tense.OVER
    return Tense.UNTOLD


def _previous(words: list[str], place: int) -> str:
    """Return the word before, over an adverb."""
    before = words[place - 1].lower() if place else ""
    if place > 1 and (before in _ADVERBS or before.endswith("ly")):
        return words[place - 2].lower()
    return before


def _announces(words: list[str], place: int) -> bool:
    """Say whether a present tense tells what is to come: it stands after what begins or ends."""
    word, previous = words[place], words[place - 1].lower() if place else ""
    if not word.islower() or not previous or previous in _NO_VERB_AFTER:
        return False
    following = words[place + 1] if place + 1 < len(words) else ""
    if word == "begin" and following in ("the", "their"):
        return True
    if any(w.lower() in _MARKET for w in words):
        return False
    return word in _OPENS or previous.endswith("s") or previous in ("people", "both", "they")
