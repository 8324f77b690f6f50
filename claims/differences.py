"""
What two versions of a text share, word by word. Pure, and linear in their length.

Words that stand once in each version hold the two together (patience); between them the same is
done again, and only short rests are compared word against word. A text built to have no such
words costs no more: what cannot be told apart is given as removed and added.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

#: Words, numbers whole, spaces, and every other character by itself.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*\w*|\w+|\s+|[^\w\s]")

#: How often what lies between two shared words is looked at again.
MOST_ROUNDS = 8

#: Rests of up to this many pairs of words are compared word against word.
MOST_PAIRS = 2_500


class Change(StrEnum):
    """What became of a stretch of the older version, or how one came into the newer."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that both versions have: where it starts in each, in code points."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the difference; `start` and `end` count in the version that has it."""

    change: Change
    start: int
    end: int
    text: str


def difference(old: str, new: str) -> list[Segment]:
    """Return what was kept, removed and added, in order, so that each version can be read off."""
    found: list[Segment] = []
    before, after = 0, 0
    for block in [*shared_blocks(old, new), Block(len(old), len(new), 0)]:
        parts = (
            (Change.REMOVED, before, block.old, old),
            (Change.ADDED, after, block.new, new),
            (Change.KEPT, block.new, block.new + block.length, new),
        )
        found += [
            Segment(change, start, end, text[start:end])
            for change, start, end, text in parts
            if start < end
        ]
        before, after = block.old + block.length, block.new + block.length
    return found


def shared_blocks(old: str, new: str) -> list[Block]:
    """Return the stretches that both versions have, in order, none overlapping."""
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = [0, *accumulate(map(len, one))]
    others = [0, *accumulate(map(len, other))]
    blocks: list[Block] = []
    for a, b in sorted(_pairs(one, other)):
        block = Block(starts[a], others[b], len(one[a]))
        last = blocks[-1] if blocks else None
        if last and (last.old + last.length, last.new + last.length) == (block.old, block.new):
            blocks[-1] = Block(last.old, last.new, last.length + block.length)
        else:
            blocks.append(block)
    return blocks


def _pairs(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the positions of shared words, in no particular order."""
    todo = [(0, len(one), 0, len(other), 0)]
    while todo:
        a, a_end, b, b_end, rounds = todo.pop()
        while a < a_end and b < b_end and one[a] == other[b]:
            yield a, b
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and one[a_end - 1] == other[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            yield a_end, b_end
        if (a_end - a) * (b_end - b) <= MOST_PAIRS:
            rest = _longest_common(one[a:a_end], other[b:b_end])
            yield from ((a + i, b + j) for i, j in rest)
        elif rounds < MOST_ROUNDS:
            for i, j in [*_unique_pairs(one, other, a, a_end, b, b_end), (a_end, b_end)]:
                todo.append((a, i, b, j, rounds + 1))
                if i < a_end:
                    yield i, j
                a, b = i + 1, j + 1


def _unique_pairs(
    one: Sequence[str], other: Sequence[str], a: int, a_end: int, b: int, b_end: int
) -> list[tuple[int, int]]:
    """Return the words that stand once in each stretch and in the same order in both."""
    once = _once(one, a, a_end)
    again = _once(other, b, b_end)
    return _rising([(place, again[word]) for word, place in once.items() if word in again])


def _once(words: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Return the words that stand once in a stretch with their places, in text order."""
    counts = Counter(words[start:end])
    return {
        word: place
        for place, word in enumerate(words[start:end], start)
        if counts[word] == 1 and not word.isspace()
    }


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs, sorted by their first, whose second rises too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [second]
        ends[place : place + 1] = [number]
    found = []
    number = ends[-1] if ends else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _longest_common(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest common subsequence as pairs of positions; both lists are short."""
    rows = [[0] * (len(other) + 1)]
    for word in reversed(one):
        below, row = rows[-1], [0] * (len(other) + 1)
        for column in range(len(other) - 1, -1, -1):
            same = below[column + 1] + 1 if word == other[column] else 0
            row[column] = max(same, below[column], row[column + 1])
        rows.append(row)
    rows.reverse()
    pairs, a, b = [], 0, 0
    while a < len(one) and b < len(other):
        if one[a] == other[b] and rows[a][b] == rows[a + 1][b + 1] + 1:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif rows[a + 1][b] >= rows[a][b + 1]:
            a += 1
        else:
            b += 1
    return pairs


class Shared:
    """The shared blocks of two versions, asked where places of one lie in the other."""

    def __init__(self, old: str, new: str) -> None:
        self.blocks = shared_blocks(old, new)
        self._olds = [block.old for block in self.blocks]
        self._news = [block.new for block in self.blocks]

    def within(self, start: int, end: int) -> list[Block]:
        """Return what of a stretch of the older version the newer has."""
        first = max(0, bisect_right(self._olds, start) - 1)
        found = []
        for block in self.blocks[first : bisect_left(self._olds, end)]:
            low = max(start, block.old)
            high = min(end, block.old + block.length)
            if low < high:
                found.append(Block(low, block.new + low - block.old, high - low))
        return found

    def old_place(self, start: int, end: int) -> int | None:
        """Return where a stretch of the newer version stood, None where it was not whole."""
        position = bisect_right(self._news, start) - 1
        if position < 0:
            return None
        block = self.blocks[position]
        return block.old + start - block.new if end <= block.new + block.length else None
