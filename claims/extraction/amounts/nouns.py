"""
What a bare number counts: the noun phrase after it, found without a parser.

English puts the head of a counted phrase in the plural, so the phrase ends at the first
plural before a word that cannot stand inside it. What counts time ("three straight days")
or multiplies ("four times") is told apart: no count is read there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.extraction.amounts.numerals import BLANK
from claims.extraction.amounts.words import word_list

#: How many words a counted phrase may have.
LONGEST = 7

#: Words that end a phrase: they cannot stand between a number and what it counts.
STOPS = word_list("stops")

#: Verbs that follow a number standing for those counted: "1,200 were killed", "12 died".
VERBS = word_list("verbs")

#: Plurals without an s at the end, and nouns that newspapers count as they are.
PLURALS = word_list("plurals")

#: Words in -s that are no plurals.
_SINGULARS = word_list("singulars")

#: What time is counted in: such a number is the business of the reader of times.
TIMES = word_list("times")
#: Words after which a number is no count of things: "four times", "2-fold", "3-D".
_MULTIPLIERS = frozenset({"time", "times", "fold", "d", "g", "x"})
#: "A six-figure sum", "six figures": how long a number is.
_DIGITS = frozenset({"figures", "digits"})

#: What may be counted in a compound adjective: "a 12-member panel", "a 290-seat jet".
_COMPOUNDS = word_list("compounds")

_WORD = re.compile(
    rf"[{BLANK}]((?:[^\W_]|[&'’][^\W_])(?:[^\W_]|[&'’./-](?=[^\W_]))*(?:\.(?=[A-Z]))?['’]?)"
)
_COMPOUND = re.compile(r"-([a-z]+)\b")
_CONDITIONS = frozenset({"new", "used", "modern", "advanced", "upgraded", "second-hand"})
_STREETS = frozenset({"street", "avenue", "road", "boulevard", "lane", "drive", "square", "st"})
_MODIFIERS = frozenset({"more", "other", "additional", "further", "extra"})


@dataclass(frozen=True, slots=True)
class Noun:
    """Where the counted words start and end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Counted:
    """
    What follows a number that may be a count.

    `noun` is the counted phrase, `is_name` says that it is only a name, `is_time` that the number
    counts time, multiplies or is part of a compound, `is_subject` that a verb follows at once.
    """

    noun: Noun | None = None
    is_name: bool = False
    is_time: bool = False
    is_subject: bool = False


def counted_after(text: str, end: int) -> Counted:
    """Return what the number that ends at `end` counts."""
    compound = _COMPOUND.match(text, end)
    if compound is not None:
        return _compound(compound)
    words = _words(text, end)
    if not words:
        return Counted()
    first = words[0].lower
    if first in _MULTIPLIERS or first in _DIGITS or _counts_time(words):
        return Counted(is_time=True)
    if noun := _phrase(words):
        return Counted(noun)
    name = _name(words)
    return Counted(name, is_name=name is not None, is_subject=first in VERBS)


def _compound(match: re.Match[str]) -> Counted:
    word = match[1]
    if word in TIMES or word in _MULTIPLIERS:
        return Counted(is_time=True)
    if word in _COMPOUNDS:
        return Counted(Noun(match.start(1), match.end()))
    # A "100-strong crew" counts its people; "two-way", "three-star", "four-wheel" count nothing.
    return Counted(is_time=word != "strong", is_subject=word == "strong")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    lower: str


def _words(text: str, end: int) -> list[_Word]:
    """Return the words after `end` up to one that cannot belong to the phrase."""
    words: list[_Word] = []
    while len(words) < LONGEST and (match := _WORD.match(text, end)):
        if not words and match[1].isdigit():
            break
        word = _Word(match.start(1), match.end(1), match[1], match[1].lower())
        end = match.end()
        words.append(word)
        if word.lower in STOPS and not _is_modifier(words):
            break
        if word.text[-1] in "'’":
            break
    return words


def _is_modifier(words: list[_Word]) -> bool:
    return len(words) == 1 and words[0].lower == "more"


def _counts_time(words: list[_Word]) -> bool:
    """Return whether the head of the words is a length of time: "six straight days"."""
    for word in words:
        if word.lower.rstrip("'’") in TIMES:
            return not (word.text[0].isupper() and word is not words[0])
        if word.lower in STOPS or is_plural(word.text):
            return False
    return False


def is_barred(phrase: str) -> bool:
    """Return whether a phrase holds a word that no counted phrase may, or one of time."""
    return not STOPS.isdisjoint(phrase.split()) or not TIMES.isdisjoint(phrase.split())


def is_plural(word: str) -> bool:
    """Return whether the word looks like a plural noun."""
    lower = word.lower()
    if lower in PLURALS or lower.rsplit("-", 1)[-1] in PLURALS:
        return True
    if len(word) < 3 or word[-1] != "s" or lower in STOPS or lower in _SINGULARS:
        return False
    return lower[-2] not in "su'’" or lower.endswith("menus") or lower[-2:] == "’s"


def _phrase(words: list[_Word]) -> Noun | None:
    """Return the phrase up to its head: the first plural, and plurals right after it."""
    start = 1 if words[0].lower in _MODIFIERS and len(words) > 1 else 0
    body = words[start:]
    for index, word in enumerate(body):
        if word.lower in STOPS:
            break
        if word.lower in VERBS and index == 0:
            break
        if is_plural(word.text):
            return Noun(body[0].start, _head_end(body, index))
    return None


def _is_attribute(word: _Word) -> bool:
    """Return whether a plural may only describe the head: "James Bond films", "plain-clothes"."""
    return word.text[0].isupper() or "-" in word.text


def _head_end(words: list[_Word], index: int) -> int:
    """Go on over plurals: "sales managers"; a describing one may have its head further on."""
    head = index
    for position in range(index + 1, len(words)):
        word = words[position]
        if word.lower in STOPS or word.lower in VERBS:
            break
        if is_plural(word.text) and (position == head + 1 or _is_attribute(words[head])):
            head = position
        elif not _is_attribute(words[head]):
            break
    return words[head].end


_MODEL = re.compile(r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9.-]{2,12}")


def _name(words: list[_Word]) -> Noun | None:
    """Return a run of names that ends the phrase without a plural: "36 Rafale", "six new A350"."""
    end = None
    for word in words:
        if word.lower in STOPS or word.lower in TIMES or word.lower in _STREETS:
            return None if word.lower in _STREETS else _up_to(words, end)
        if word.text[0].isupper() or _MODEL.fullmatch(word.text):
            end = word.end
        elif word is not words[0] or word.lower not in _CONDITIONS:
            break
    return _up_to(words, end)


def _up_to(words: list[_Word], end: int | None) -> Noun | None:
    return Noun(words[0].start, end) if end is not None else None
