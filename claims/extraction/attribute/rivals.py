"""
Of two cues that claim much the same words, only the better one is kept.

"Made a promise to pay" has two cues, and "wants to pay" in what somebody said has its words
twice: once as said, once as wanted. What one reports that another said keeps both.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.extraction.tree import Range

from .frames import Candidate
from .lexicon import lexicon

Scored = tuple[float, Candidate]

#: Contents that share this much of the longer one say much the same.
_SAME = 0.3
#: A cue is compared with this many before it and after it: farther ones do not share its words.
_NEIGHBOURS = 6
#: Of a quote that goes on for long the first stretches tell enough.
_SHOWN = 12
_SAYING = frozenset({"say", "claim", "admit", "deny"})
_TOLD = ("clause", "quote", "mixed", "parenthetical", "colon", "according")


def unrivalled(found: Sequence[Scored]) -> list[Candidate]:
    """Return the candidates, given by their cues, that no better one shares its words with."""
    order = sorted(range(len(found)), key=lambda n: (-found[n][0], n))
    kept: set[int] = set()
    for n in order:
        near = range(n - _NEIGHBOURS, n + _NEIGHBOURS + 1)
        if not any(k in kept and _are_rivals(found[n][1], found[k][1]) for k in near):
            kept.add(n)
    return [found[n][1] for n in sorted(kept)]


def _are_rivals(one: Candidate, other: Candidate) -> bool:
    longer = max(_size(one.content), _size(other.content))
    if _shared(one.content, other.content) < _SAME * longer:
        return False
    if _joins(one, other) or _joins(other, one):
        return False
    nested = _holds(one.content, other.cue) or _holds(other.content, one.cue)
    return not (nested and _tells(one) and _tells(other))


def _joins(told: Candidate, other: Candidate) -> bool:
    """Return whether a whole statement was told, of which another candidate is a part."""
    return told.is_joined and _tells(told) and _holds(told.content, other.cue)


def _size(content: tuple[Range, ...]) -> int:
    return sum(last - first for first, last in content)


def _shared(one: tuple[Range, ...], other: tuple[Range, ...]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one[:_SHOWN] for c, d in other[:_SHOWN])


def _holds(content: tuple[Range, ...], cue: int) -> bool:
    return any(first <= cue < last for first, last in content[:_SHOWN])


def _tells(candidate: Candidate) -> bool:
    """Return whether a candidate is a statement of somebody's, by its words and its shape."""
    if candidate.source is None or candidate.frame.split("_")[0] not in _TOLD:
        return False
    classes = lexicon().verbs.get(candidate.lemma, ())
    return candidate.part == "according" or not _SAYING.isdisjoint(classes)
