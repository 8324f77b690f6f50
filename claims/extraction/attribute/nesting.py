"""
Attributions inside each other, and which of them a stretch of the text belongs to.

Places are looked up in blocks of the text, so that thousands of attributions in one article
cost no more than their number.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims.extraction.records import AttributionSpan, Claimant, Span

_BLOCK = 256
#: A block keeps no more attributions than this, the innermost: no article holds so many there.
_CROWDED = 48
#: Nobody quotes anybody through more mouths than this.
_DEEPEST = 6
#: More stretches than this are searched by halves.
_FEW = 8
#: A claim belongs to an attribution whose content covers this much of it.
_MOST = 0.6


def _size(spans: Iterable[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _overlap(start: int, end: int, spans: Sequence[Span]) -> int:
    if len(spans) > _FEW:
        first = max(0, bisect_left(spans, start, key=lambda span: span.start) - 1)
        spans = spans[first : bisect_left(spans, end, key=lambda span: span.start)]
    return sum(max(0, min(end, span.end) - max(start, span.start)) for span in spans)


class AttributionIndex:
    """The attributions of an article, found by place."""

    def __init__(self, attributions: Sequence[AttributionSpan]) -> None:
        self._attributions = attributions
        self._sizes = [_size(attribution.content) for attribution in attributions]
        self._blocks: dict[int, list[int]] = {}
        for number in sorted(range(len(attributions)), key=lambda n: (self._sizes[n], n)):
            attribution = attributions[number]
            blocks = {
                block
                for span in attribution.content
                for block in range(span.start // _BLOCK, span.end // _BLOCK + 1)
            }
            for block in blocks:
                held = self._blocks.setdefault(block, [])
                if len(held) < _CROWDED:
                    held.append(number)

    def at(self, start: int, end: int, *, least: float) -> list[int]:
        """Return the numbers of attributions whose content covers a stretch, innermost first."""
        middle = (start + end) // 2
        near = {
            number
            for place in (start, middle, end)
            for number in self._blocks.get(place // _BLOCK, ())
        }
        needed = least * max(end - start, 1)
        covering = [
            n for n in near if _overlap(start, end, self._attributions[n].content) >= needed
        ]
        return sorted(covering, key=lambda n: (self._sizes[n], n))

    def content_of(self, number: int) -> tuple[Span, ...]:
        """Return the content of an attribution by its number."""
        return self._attributions[number].content

    def of(self, start: int, end: int) -> AttributionSpan | None:
        """
        Return the innermost attribution whose content covers most of a stretch.

        One whose own cue stands in the stretch beside its content is not taken: the stretch
        then says that it was said, and says so itself.
        """
        for number in self.at(start, end, least=_MOST):
            attribution = self._attributions[number]
            if not _tells(attribution, start, end):
                return attribution
        return None


def _tells(attribution: AttributionSpan, start: int, end: int) -> bool:
    """Return whether a stretch holds the cue, and the cue is not put into the content."""
    cue = attribution.cue[0]
    if not (start <= cue.start and cue.end <= end):
        return False
    if attribution.is_all_claimed:
        return False
    before = any(start <= span.start < cue.start for span in attribution.content)
    after = any(cue.end <= span.start < end for span in attribution.content)
    return not (before and after)


def attribution_of(
    start: int, end: int, attributions: Sequence[AttributionSpan]
) -> AttributionSpan | None:
    """Return the innermost attribution of a stretch; for many stretches, keep the index."""
    return AttributionIndex(attributions).of(start, end)


def with_chains(attributions: Sequence[AttributionSpan]) -> tuple[AttributionSpan, ...]:
    """Return the attributions, each with the claimants that it is nested in."""
    index = AttributionIndex(attributions)
    parents = [
        _parent(index, number, attribution) for number, attribution in enumerate(attributions)
    ]
    return tuple(
        replace(attribution, chain=_chain(number, parents, attributions))
        for number, attribution in enumerate(attributions)
    )


def _parent(index: AttributionIndex, number: int, attribution: AttributionSpan) -> int | None:
    """Return the smallest attribution whose content holds this one's cue and content."""
    cue, size = attribution.cue[0], _size(attribution.content)
    for other in index.at(cue.start, cue.end, least=1.0)[:_DEEPEST]:
        outer = index.content_of(other)
        if other == number or _size(outer) <= size:
            continue
        # Of a quote that goes on for long the first stretches tell enough.
        if all(
            _overlap(s.start, s.end, outer) == s.end - s.start for s in attribution.content[:_FEW]
        ):
            return other
    return None


def _chain(
    number: int, parents: list[int | None], attributions: Sequence[AttributionSpan]
) -> tuple[Claimant, ...]:
    chain: list[Claimant] = []
    parent = parents[number]
    while parent is not None and len(chain) < _DEEPEST:
        claimant = attributions[parent].claimant
        if claimant is not None:
            chain.append(claimant)
        parent = parents[parent]
    return tuple(chain)
