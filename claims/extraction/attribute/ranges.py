"""Ranges of tokens: cut, trimmed, joined."""

from __future__ import annotations

from collections.abc import Iterable

from claims.extraction.tree import Range, Tree

_EDGE = frozenset({",", ".", ";", ":", "-", "--", "–", "—", "―", "...", "…", ")", "("})
_OPEN_EDGE = _EDGE | {"?", "!"}
#: No content is longer: a list of a thousand words is no statement.
LONGEST = 1000


def within(tokens: Range, bounds: Range) -> Range:
    """Return what of a range lies inside another; empty where they do not meet."""
    first = max(tokens[0], bounds[0])
    return first, max(first, min(tokens[1], bounds[1]))


def trimmed(tree: Tree, tokens: Range) -> Range | None:
    """Return a range without space and loose punctuation at its ends, None if nothing is left."""
    first, last = tokens[0], min(tokens[1], tokens[0] + LONGEST)
    while first < last and (tree.is_space[first] or tree.words[first] in _OPEN_EDGE):
        first += 1
    while last > first and (tree.is_space[last - 1] or tree.words[last - 1] in _EDGE):
        last -= 1
    # "215 km/h." is one word to the eye and three to the tokenizer.
    if first < last < tree.size and tree.words[last - 1] == "/":
        last += tree.starts[last] == tree.ends[last - 1]
    return (first, last) if first < last else None


def joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return ranges in order, those that touch made one."""
    merged: list[Range] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def without(tokens: Range, hole: Range) -> list[Range]:
    """Return what is left of a range when another is cut out of it."""
    parts = [(tokens[0], min(tokens[1], hole[0])), (max(tokens[0], hole[1]), tokens[1])]
    return [part for part in parts if part[0] < part[1]]
