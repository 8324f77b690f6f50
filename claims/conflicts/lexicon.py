"""Which words say the same, exclude each other, or stand for different things. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from claims.matching.words import fold, is_common, stem

_TABLE = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text("utf-8"))


#: Small words that make a verb of a verb: "outsell" has the forms of "sell".
_PREFIXES = ("", "out", "over", "re", "un", "under")

#: The stem of a verb's irregular form to that of its plain one.
_PLAIN = {
    stem(prefix + form): stem(prefix + forms.split()[0])
    for forms in _TABLE["irregular"].split(";")
    for prefix in _PREFIXES
    for form in forms.split()[1:]
    # The stem of "ate" is that of "at".
    if not is_common(stem(form)) or is_common(stem(forms.split()[0]))
}


def root_of(word: str) -> str:
    """Return the stem of a folded word, that of the plain form where the word is irregular."""
    stemmed = stem(word)
    return _PLAIN.get(stemmed, stemmed)


def _stems(words: str) -> frozenset[str]:
    return frozenset(root_of(word) for word in words.split())


def _phrases() -> Iterator[tuple[tuple[str, ...], str]]:
    for line in _TABLE["phrases"].split(";"):
        words, _, meaning = line.partition("=")
        yield tuple(root_of(word) for word in words.split()), root_of(meaning.strip())


_PHRASES = dict(_phrases())
#: Words of the longest phrase.
LONGEST_PHRASE = max(map(len, _PHRASES))


def phrase_at(roots: Sequence[str], place: int) -> tuple[str, int]:
    """Return what stands for the words at a place, and how many they are."""
    for size in range(LONGEST_PHRASE, 1, -1):
        words = tuple(roots[place : place + size])
        if words in _PHRASES:
            return _PHRASES[words], len(words)
    return roots[place], 1


def without_phrases(roots: Sequence[str]) -> Iterator[str]:
    """Put one word for a verb with a small word that says the same: "turned down", rejected."""
    place = 0
    while place < len(roots):
        meaning, size = phrase_at(roots, place)
        yield meaning
        place += size


#: A word's stem to the stem that stands for its group; the first group that has it counts.
_GROUP: dict[str, str] = {}
for _line in _TABLE["same"]:
    for _word in _line.split():
        _GROUP.setdefault(root_of(_word), root_of(_line.split()[0]))


def group_of(stemmed: str) -> str:
    """Return what stands for a stem and all that say the same."""
    return _GROUP.get(stemmed, stemmed)


def noun_of(unit: str) -> str:
    """Return what stands for a counted noun, of which the last word tells the sort."""
    words = re.findall(r"[^\W\d_]+", fold(unit))
    return group_of(root_of(words[-1])) if words else unit


def _grouped(words: str) -> frozenset[str]:
    return frozenset(group_of(s) for s in _stems(words))


LIGHT = _stems(_TABLE["light"])
SERIES = _stems(_TABLE["series"]) | _grouped(_TABLE["series"])
TOLL = _stems(_TABLE["toll"]) | _grouped(_TABLE["toll"])
#: What is signed once: what it is for does not grow.
DEALS = _grouped("deal order")
#: Who may be counted, and words that may stand for any of them.
PEOPLE = _grouped(_TABLE["people"])
ANYBODY = _grouped(_TABLE["anybody"])
#: Who finds out what is told: another of them tells the same.
FINDERS = _grouped(_TABLE["finders"])
#: Who acts for a country: what it did, they did.
GOVERNING = _grouped(_TABLE["governing"])
#: Who says of one of the "opposite" that it did not come about: "the launch was postponed".
CANCELLED = _stems(_TABLE["cancelled"])
#: What there is one of: another winner, or another place, makes another claim of the same.
SINGLE = _stems(_TABLE["single"])
NARROWING = _stems(_TABLE["narrowing"])
#: What "denied" does to the words after it, the negations count already.
DENIALS = _stems("deny denied denies refute reject dismiss dispute")
#: Words of the opposites that the negations count, too.
NEGATIONS = DENIALS | _stems("against without lack fail neither refuse decline")
#: What begins or ends once, whatever it is a measure of.
STARTS = _grouped(_TABLE["starts"])
DIRECTED = _stems(_TABLE["directed"])
OPPOSITES = tuple((_stems(one), _stems(other)) for one, other in _TABLE["opposite"])
#: Small words that turn what follows round.
TURNS = tuple((one, other) for one, other in (line.split() for line in _TABLE["turn"]))
BLAMING = _stems(_TABLE["blaming"])
#: Verbs of which one place only is the aim.
MOVING = _stems(_TABLE["moving"])
LIVING = _stems(_TABLE["living"])
CAUSING = _stems(_TABLE["causing"])
#: Verbs that say of an event that it took place.
OCCURRING = _stems(_TABLE["occurring"])
#: Qualities of which each tells one thing from another.
ATTRIBUTES = tuple(frozenset(_stems(line)) for line in _TABLE["attribute"])
#: What gives somebody the place that there is one of.
CHOOSING = _stems(_TABLE["choosing"])
#: What happens in more than one place, or is done by more than one.
REPEATABLE = _stems(_TABLE["repeatable"])
#: What many do, yet each such thing is done by one: the speech was given by one.
DONE_ONCE = _stems(_TABLE["done_once"])
#: For each stem the lines of opposites in which it stands.
_LINES: dict[str, list[int]] = {}
for _place, _pair in enumerate(OPPOSITES):
    for _stem in _pair[0] | _pair[1]:
        _LINES.setdefault(_stem, []).append(_place)
_CONTRASTS = tuple(_grouped(line) | _stems(line) for line in _TABLE["contrast"])
#: Sorts of which a thing is one only.
KINDS = (*_CONTRASTS, *(_grouped(line) for line in _TABLE["kind"]))

#: Stems of the words for change and standing: they say how a subject fares, not which it is.
POLES = frozenset(s for pair in OPPOSITES for side in pair for s in side)


def opposed(one: Iterable[str], other: Iterable[str]) -> tuple[str, str] | None:
    """Return two stems that exclude each other, or None."""
    first, second = frozenset(one), frozenset(other)
    for place in sorted(_lines_of(first) & _lines_of(second)):
        left, right = OPPOSITES[place]
        for a, b in ((left - right, right - left), (right - left, left - right)):
            has_one = first & a and not first & b
            against = second & b
            if has_one and against and (not second & a or against & CANCELLED):
                return min(first & a), min(against)
    return None


def _lines_of(stems: frozenset[str]) -> frozenset[int]:
    """Return the lines of opposites in which any of the stems stands."""
    return frozenset(place for stemmed in stems for place in _LINES.get(stemmed, ()))


def contrasted(one: Iterable[str], other: Iterable[str]) -> tuple[str, str] | None:
    """Return two words for different things of one sort that only one side has, or None."""
    first, second = frozenset(one), frozenset(other)
    for line in _CONTRASTS:
        left, right = (first & line) - second, (second & line) - first
        if left and right:
            return min(left), min(right)
    return None
