"""
The map of heads in pages, so that changing a few heads costs what those few cost.

The tree of `ledger/heads.py` is cut every four bits. A page is named by the hexadecimal digits
that the places in it begin with. With up to 32 lines it holds them; with more it holds, of each of
the sixteen pages below, how many lines stand there and their hash. So the heads alone decide which
pages there are and what they hold, byte for byte, whatever order the heads came in.

Where pages are kept is the caller's business: `ledger/kept_heads.py` keeps them in a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from ledger.heads import Head, branch_hash, branch_proof, head_line, place_of
from ledger.merkle import EMPTY_ROOT, leaf_hash, node_hash

#: Lines that one page holds.
MOST_LINES = 32

#: Lines that are changed at a time.
_AT_ONCE = 2_000

_LINES, _PAGES = b"\x00", b"\x01"
#: Bits that a digit stands for, and how many pages can stand below one.
_STEP, _BELOW = 4, 16
_HASH, _COUNT = 32, 8

#: Hashes of lines by their places.
Lines = dict[int, bytes]


class Branch(NamedTuple):
    """How many lines stand in a part of the tree, and their hash."""

    count: int
    hash: bytes


EMPTY = Branch(0, EMPTY_ROOT)


class PagesBrokenError(Exception):
    """A page is not the one that the page above it speaks of."""


class Pages(Protocol):
    """Where pages are kept, by their names."""

    def read(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """Return those of the pages that there are."""

    def write(self, pages: Mapping[str, bytes]) -> None:
        """Keep pages, in the place of earlier ones of the same names."""

    def all(self) -> Iterator[tuple[str, Any]]:
        """Yield the pages in the order of their names."""


class PagesInMemory(dict[str, bytes]):
    """Pages that last as long as the program."""

    def read(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """Return those of the pages that there are."""
        return {name: self[name] for name in names if name in self}

    def write(self, pages: Mapping[str, bytes]) -> None:
        """Keep pages."""
        self.update(pages)

    def all(self) -> Iterator[tuple[str, Any]]:
        """Yield the pages in the order of their names."""
        yield from sorted(self.items())


class HeadPages:
    """
    The map of heads in pages: changed, and proved from.

    :param is_own: whether nobody else can have written them, so that they need no check
    """

    def __init__(self, pages: Pages, *, is_own: bool = False) -> None:
        self._pages = pages
        self._is_own = is_own

    def root(self) -> Branch:
        """Return how many subjects there are, and the hash over their heads."""
        return self._page("").branch()

    def change(self, heads: Iterable[Head]) -> None:
        """
        Put heads in the place of earlier ones of the same subjects.

        :raises PagesBrokenError: if a page that has to change is not as it was written
        """
        # In the order of places, so that few pages are held at a time and none is read twice.
        hashes = {place_of(head[0]): leaf_hash(head_line(*head)) for head in heads}
        lines = sorted(hashes.items())
        for start in range(0, len(lines), _AT_ONCE):
            self._change(dict(lines[start : start + _AT_ONCE]))

    def _change(self, lines: Lines) -> None:
        below = {"": lines}
        expected: dict[str, Branch | None] = {"": None}
        levels: list[dict[str, _Page]] = []
        while below:
            level = self._read({name: expected[name] for name in below})
            levels.append(level)
            below = {
                name: lines
                for page in level.values()
                for name, lines in page.take(below[page.name]).items()
            }
            expected = {name: level[name[:-1]].below[int(name[-1], _BELOW)] for name in below}
        self._write(levels)

    def proof(self, subject: str) -> list[bytes]:
        """
        Return the hashes that lead from a subject's line up to the map's hash.

        :raises ValueError: if the subject has no head
        :raises PagesBrokenError: if a page on the way is not as it was written
        """
        place, page = place_of(subject), self._page("")
        path: list[bytes] = []
        while page.is_parted:
            digit = _digit(place, len(page.name))
            path += _siblings(page.below, digit)
            page = self._page(page.name + f"{digit:x}", page.below[digit])
        return page.proof(place) + path[::-1]

    def _page(self, name: str, expected: Branch | None = None) -> _Page:
        return self._read({name: expected})[name]

    def _read(self, expected: Mapping[str, Branch | None]) -> dict[str, _Page]:
        """Read pages that are known to hold so much, where it is known."""
        held = self._pages.read([name for name, branch in expected.items() if branch != EMPTY])
        pages = {name: _Page.parse(name, held.get(name, _LINES)) for name in expected}
        for name, branch in expected.items() if not self._is_own else ():
            if branch is not None and branch.count and pages[name].branch() != branch:
                raise PagesBrokenError(f"The page {name!r} is not the one above it speaks of.")
        return pages

    def _write(self, levels: Sequence[Mapping[str, _Page]]) -> None:
        """Tell each page what stands below it now, from the lowest up, and keep them."""
        for level, above in zip(levels[:0:-1], levels[-2::-1], strict=True):
            for name, page in level.items():
                above[name[:-1]].below[int(name[-1], _BELOW)] = page.branch()
        for level in levels:
            self._pages.write({name: page.content() for name, page in level.items()})


class _Page:
    """One page as read: the lines in it, or what each of the pages below gives."""

    def __init__(self, name: str, lines: Lines, below: list[Branch]) -> None:
        self.name = name
        self.lines = lines
        self.below = below

    @classmethod
    def parse(cls, name: str, content: bytes) -> _Page:
        """
        Read a page.

        :raises PagesBrokenError: if it is none
        """
        kind, size = content[:1], _COUNT + _HASH if content[:1] == _PAGES else 2 * _HASH
        parts = [content[start : start + size] for start in range(1, len(content), size)]
        if kind not in (_LINES, _PAGES) or len(content) != 1 + size * len(parts):
            raise PagesBrokenError(f"The page {name!r} cannot be read.")
        if kind == _LINES:
            return cls(name, {int.from_bytes(p[:_HASH]): p[_HASH:] for p in parts}, [])
        return cls(name, {}, [Branch(int.from_bytes(p[:_COUNT]), p[_COUNT:]) for p in parts])

    @property
    def is_parted(self) -> bool:
        """Say whether there are pages below this one."""
        return bool(self.below)

    def content(self) -> bytes:
        """Return the page as it is kept."""
        if self.is_parted:
            return _PAGES + b"".join(part.count.to_bytes(_COUNT) + part.hash for part in self.below)
        return _LINES + b"".join(p.to_bytes(_HASH) + line for p, line in sorted(self.lines.items()))

    def branch(self) -> Branch:
        """Return what stands in this page and below it."""
        if self.is_parted:
            return _joined(self.below)
        return Branch(len(self.lines), branch_hash(*self._sorted(), self._depth))

    def proof(self, place: int) -> list[bytes]:
        """
        Return the hashes that lead from a line up to the hash of the page.

        :raises ValueError: if there is no line at the place
        """
        return branch_proof(*self._sorted(), place, self._depth)

    def take(self, lines: Lines) -> dict[str, Lines]:
        """Put lines into the page; returns those that belong into pages below, by their names."""
        if not self.is_parted:
            self.lines |= lines
            if len(self.lines) <= MOST_LINES:
                return {}
            lines, self.lines, self.below = self.lines, {}, [EMPTY] * _BELOW
        deeper: dict[str, Lines] = {}
        depth = len(self.name)
        for place, line in lines.items():
            deeper.setdefault(f"{self.name}{_digit(place, depth):x}", {})[place] = line
        return deeper

    @property
    def _depth(self) -> int:
        return _STEP * len(self.name)

    def _sorted(self) -> tuple[list[int], list[bytes]]:
        places = sorted(self.lines)
        return places, [self.lines[place] for place in places]


def _digit(place: int, number: int) -> int:
    return place >> (8 * _HASH - _STEP * (number + 1)) & (_BELOW - 1)


def _joined(parts: Sequence[Branch]) -> Branch:
    """Return what neighbouring branches are together; a line that is alone stays as it is."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    left, right = _joined(parts[:middle]), _joined(parts[middle:])
    total = left.count + right.count
    if total <= 1:
        return left if left.count else right
    return Branch(total, node_hash(left.hash, right.hash))


def _siblings(parts: Sequence[Branch], digit: int) -> list[bytes]:
    """Return the hashes beside the way down to one of sixteen branches, the uppermost first."""
    found = []
    first, last = 0, len(parts)
    while last - first > 1 and sum(part.count for part in parts[first:last]) > 1:
        middle = (first + last) // 2
        if digit >= middle:
            found.append(_joined(parts[first:middle]).hash)
            first = middle
        else:
            found.append(_joined(parts[middle:last]).hash)
            last = middle
    return found
