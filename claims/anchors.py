"""
Where a claim stands in a text, and where it stands in the next version of that text. Pure.

Re-anchoring answers `exact` or `moved` only for the same words, since only these keep their
finding; edited words are `changed`, words that stand in several places with nothing to tell them
apart `ambiguous`, all else is `lost`. A look-alike with another number is never a match, and
neither is one that always stood beside the claim. Offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from claims.differences import Block, Shared

#: How much of the surroundings tells two places apart, in code points.
CONTEXT = 32

#: Places of one quote that are looked at; a text with more is not an article.
MOST_PLACES = 200

#: How much of an edited claim must be left before it is the same claim, changed.
ENOUGH_LEFT = 0.5

#: How much more context one place must share than the next to be the one.
CLEAR_MARGIN = 8

_WORD = re.compile(r"\d+(?:[.,]\d+)*\w*|\w+")
_SIGNS = frozenset("$€£¥%‰°-−+")

#: Words that make another statement of the words beside them.
_TURNING = re.compile(
    r"no|not|never|nobody|none|neither|nor|without|cannot|denied|denies|half|double|twice|per"
    r"|(?:dozen|hundred|thousand|million|billion|trillion)s?|bn|mn|m|k|percent|\d.*|.*n['’]t"
)


class AnchorState(StrEnum):
    """What became of a claim's words in a new version of its text."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


#: Only identical text keeps its finding.
KEEPING = frozenset({AnchorState.EXACT, AnchorState.MOVED})


@dataclass(frozen=True, slots=True)
class Anchored:
    """What became of a stretch; without a single place both offsets are None."""

    state: AnchorState
    start: int | None = None
    end: int | None = None


class Reanchoring:
    """Two versions of a text, asked where stretches of the older stand in the newer."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._shared = Shared(old, new)

    def of(self, start: int, end: int) -> Anchored:
        """Return what became of a stretch of the older version."""
        shared = self._shared.within(start, end)
        if len(shared) == 1 and shared[0].length == end - start:
            place = shared[0].new
            most = len(_before(self._old, start)) + len(_after(self._old, end))
            if self._context(start, end, place) >= min(CLEAR_MARGIN, most):
                return self._kept(start, end, place)
        places = list(islice(self._free_places(start, end), MOST_PLACES))
        if places:
            return self._choose(start, end, places)
        return self._changed(start, end, shared)

    def place_of(self, start: int, end: int) -> int | None:
        """Return where a stretch went whole between its neighbours, None where it did not."""
        shared = self._shared.within(start, end)
        return shared[0].new if len(shared) == 1 and shared[0].length == end - start else None

    def _free_places(self, start: int, end: int) -> Iterator[int]:
        """Yield where the same words stand that did not always stand there beside the claim."""
        exact = self._old[start:end]
        place = self._new.find(exact)
        while place >= 0:
            was = self._shared.old_place(place, place + len(exact))
            if was in (None, start) and not self._runs_on(start, end, place):
                yield place
            place = self._new.find(exact, place + 1)

    def _runs_on(self, start: int, end: int, place: int) -> bool:
        """Return whether a word or number goes on over the edge of a quote, unlike before."""
        stop = place + end - start
        old_left, old_right = self._old[max(0, start - 2) : start], self._old[end : end + 2]
        left, right = self._new[max(0, place - 2) : place], self._new[stop : stop + 2]
        edge, last = self._old[start], self._old[end - 1]
        return (_joins(left, edge) and not _joins(old_left, edge)) or (
            _joins(right[::-1], last) and not _joins(old_right[::-1], last)
        )

    def _choose(self, start: int, end: int, places: Sequence[int]) -> Anchored:
        """Return the one place among several, or that there is none."""
        scores = sorted((self._context(start, end, place), place) for place in places)
        best, place = scores[-1]
        if len(scores) > 1:
            is_clear = best - scores[-2][0] >= CLEAR_MARGIN
        else:
            # The surroundings were edited but the words occur once: still certain.
            is_clear = best >= CLEAR_MARGIN or self._occurs_once(start, end)
        return self._kept(start, end, place) if is_clear else Anchored(AnchorState.AMBIGUOUS)

    def _occurs_once(self, start: int, end: int) -> bool:
        exact = self._old[start:end]
        return self._old.find(exact) == start and self._old.find(exact, start + 1) < 0

    def _context(self, start: int, end: int, place: int) -> int:
        """Return how many code points of the surroundings are the same at a place."""
        stop = place + end - start
        before = _common(_before(self._old, start)[::-1], _before(self._new, place)[::-1])
        return before + _common(_after(self._old, end), _after(self._new, stop))

    def _kept(self, start: int, end: int, place: int) -> Anchored:
        """Return the answer for the same words at a place, unless their neighbours turn them."""
        stop = place + end - start
        if self._is_turned(start, end, place):
            return Anchored(AnchorState.CHANGED, place, stop)
        state = AnchorState.EXACT if place == start else AnchorState.MOVED
        return Anchored(state, place, stop)

    def _is_turned(self, start: int, end: int, place: int) -> bool:
        """Return whether a word or sign beside the quote, new or gone, makes another statement."""
        stop = place + end - start
        befores = [_before(self._old, start), _before(self._new, place)]
        afters = [_after(self._old, end), _after(self._new, stop)]
        if self._old[start].isdigit() and _differ(_sign(text[-1:]) for text in befores):
            return True
        if self._old[end - 1].isdigit() and _differ(_sign(text[:1]) for text in afters):
            return True
        beside = ([_word_before(text) for text in befores], [_word_after(text) for text in afters])
        return any(a != b and (_turns(a) or _turns(b)) for a, b in beside)

    def _changed(self, start: int, end: int, shared: Sequence[Block]) -> Anchored:
        """Return where the edited words stand, or that they are lost."""
        kept = [self._old[block.old : block.old + block.length] for block in shared]
        words, left = _words(self._old[start:end]), [w for text in kept for w in _words(text)]
        if not left:
            return Anchored(AnchorState.LOST)
        first, last = self._hull(start, end, shared)
        now = _words(self._new[first:last])
        # A number that became another is the same claim, changed: it counts for half.
        figures = sum(w[0].isdigit() for w in words) - sum(w[0].isdigit() for w in left)
        share = 2 * (len(left) + max(0, figures) / 2) / (len(words) + len(now))
        if share < ENOUGH_LEFT:
            return Anchored(AnchorState.LOST)
        return Anchored(AnchorState.CHANGED, first, last)

    def _hull(self, start: int, end: int, shared: Sequence[Block]) -> tuple[int, int]:
        """Return from where to where the edited words go: to the neighbours that stayed."""
        first, last = shared[0].new, shared[-1].new + shared[-1].length
        before = self._shared.within(max(0, start - CONTEXT), start)
        after = self._shared.within(end, end + CONTEXT)
        missing = shared[0].old - start
        if missing and before and before[-1].old + before[-1].length == start:
            begin = before[-1].new + before[-1].length
            first = max(begin, first - 2 * missing - CONTEXT)
        missing = end - shared[-1].old - shared[-1].length
        if missing and after and after[0].old == end:
            last = min(after[0].new, last + 2 * missing + CONTEXT)
        text = self._new[first:last]
        return first + len(text) - len(text.lstrip()), last - len(text) + len(text.rstrip())


def _before(text: str, place: int) -> str:
    return text[max(0, place - CONTEXT) : place]


def _after(text: str, place: int) -> str:
    return text[place : place + CONTEXT]


def _joins(beside: str, edge: str) -> bool:
    """Return whether a character goes on in what stands beside it, read towards it."""
    if not beside:
        return False
    if beside[-1].isalnum() and edge.isalnum():
        return True
    points = beside[-1] in ".," and len(beside) > 1 and beside[-2].isdigit()
    return points and edge.isdigit()


def _common(one: str, other: str) -> int:
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))


def _differ(values: Iterator[str]) -> bool:
    return len(set(values)) > 1


def _words(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(text)]


def _sign(character: str) -> str:
    return character if character in _SIGNS else ""


def _turns(word: str) -> bool:
    return _TURNING.fullmatch(word) is not None


def _word_before(context: str) -> str:
    """Return the word that a quote follows in its sentence, or nothing."""
    stripped = context.rstrip(" \u00a0")
    return stripped.rpartition(" ")[2].lower() if stripped[-1:].isalnum() else ""


def _word_after(context: str) -> str:
    """Return the word that follows a quote in its sentence, or nothing."""
    words = context.split(maxsplit=1) if context[:1] in (" ", "\u00a0") else []
    return words[0].rstrip(".,;:!?").lower() if words and words[0][0].isalnum() else ""
