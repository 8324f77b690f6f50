"""
The Merkle tree of RFC 6962 over the log's lines, as arithmetic on stored hashes.

A tree is kept as the hashes of its complete subtrees: `(level, index)` is the subtree over the
`2**level` leaves from leaf `index * 2**level` on; level 0 is a leaf. Functions that need hashes
take a reader `get(level, index)`; roots and proofs ask it for O(log n) of them. Where the hashes
are kept is the caller's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import count, repeat

#: Answers with the hash of the complete subtree `(level, index)`.
Reader = Callable[[int, int], bytes]
#: One complete subtree: level, index, hash.
Node = tuple[int, int, bytes]

#: Root of the tree without leaves.
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(line: bytes) -> bytes:
    """Return the hash of one leaf."""
    return sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


def new_nodes(size: int, leaf: bytes, get: Reader) -> list[Node]:
    """List the subtrees that a leaf hash completes in a tree of `size` leaves, itself first."""
    nodes: list[Node] = [(0, size, leaf)]
    level, index, value = nodes[0]
    while index & 1:
        value = node_hash(get(level, index - 1), value)
        level, index = level + 1, index >> 1
        nodes.append((level, index, value))
    return nodes


class Frontier:
    """
    The right edge of a growing tree: all that is needed to append and to know the root.

    It holds one hash for each bit that is set in the size, the largest subtree first.
    """

    def __init__(self, peaks: Iterable[bytes] = (), size: int = 0) -> None:
        self._peaks = list(peaks)
        self.size = size
        if len(self._peaks) != size.bit_count():
            raise ValueError(f"A tree of {size} leaves has {size.bit_count()} peaks.")

    @classmethod
    def of(cls, get: Reader, size: int) -> Frontier:
        """Read the right edge of a stored tree."""
        return cls((get(level, index) for level, index in _cover(0, size)), size)

    def append(self, leaf: bytes) -> list[Node]:
        """Add a leaf hash and list the subtrees that it completes, itself first."""
        nodes: list[Node] = [(0, self.size, leaf)]
        level, index, value = nodes[0]
        while index & 1:
            value = node_hash(self._peaks.pop(), value)
            level, index = level + 1, index >> 1
            nodes.append((level, index, value))
        self._peaks.append(value)
        self.size += 1
        return nodes

    def extend(self, leaves: Iterable[bytes]) -> list[Node]:
        """Add leaf hashes in order and list all subtrees that they complete, the lowest first."""
        hashes, first, size = list(leaves), self.size, self.size
        self.size += len(hashes)
        peaks, level = [], 0
        added: list[Node] = []
        while hashes or size:
            added += zip(repeat(level), count(first), hashes)
            if size & 1:
                # The last subtree of this level that had no right neighbour gets it now.
                hashes.insert(0, self._peaks.pop())
                first -= 1
            if (first + len(hashes)) & 1:
                peaks.append(hashes.pop())
            pairs = zip(hashes[::2], hashes[1::2], strict=True)
            hashes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
            first, size, level = first >> 1, size >> 1, level + 1
        self._peaks = peaks[::-1]
        return added

    def root(self) -> bytes:
        """Return the root as it stands."""
        return _fold(self._peaks)


def reader_of(leaves: Iterable[bytes]) -> Reader:
    """Return a reader of a tree over leaf hashes, kept in memory."""
    nodes = {(level, index): value for level, index, value in Frontier().extend(leaves)}
    return lambda level, index: nodes[level, index]


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def root(get: Reader, size: int) -> bytes:
    """Return the root of the tree over the first `size` leaves."""
    _check_size(size)
    return _subtree(get, 0, size)


def inclusion_proof(get: Reader, index: int, size: int) -> list[bytes]:
    """Return the hashes that lead from leaf `index` to the root of the first `size` leaves."""
    if not 0 <= index < size:
        raise ValueError(f"Leaf {index} is not in a tree of {size} leaves.")
    proof = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_subtree(get, middle, end))
            end = middle
        else:
            proof.append(_subtree(get, start, middle))
            start = middle
    return proof[::-1]


def consistency_proof(get: Reader, old: int, new: int) -> list[bytes]:
    """Return the hashes that show that the first `old` of `new` leaves are what they were."""
    if not 0 <= old <= new:
        raise ValueError(f"A tree of {new} leaves does not extend one of {old}.")
    if old in (0, new):
        return []
    proof = []
    start, end = 0, new
    while old < end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_subtree(get, middle, end))
            end = middle
        else:
            proof.append(_subtree(get, start, middle))
            start = middle
    # The verifier knows the old root, so it is left out where the walk ends at it.
    if start > 0:
        proof.append(_subtree(get, start, end))
    return proof[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes
) -> bool:
    """Say whether a leaf hash stands at `index` in the tree of `size` leaves with this root."""
    if not 0 <= index < size:
        return False
    position, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(sibling, value)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and value == expected_root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Say whether the tree with the new root only added leaves to that with the old root."""
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if old == new:
        return not proof and old_root == new_root
    hashes = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    if not hashes:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    before = after = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(size: int) -> int:
    """Return how many leaves stand on the left: the largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


def _cover(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the complete subtrees over leaves `start` to `end`, the largest first."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def _subtree(get: Reader, start: int, end: int) -> bytes:
    return _fold([get(level, index) for level, index in _cover(start, end)])


def _fold(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    value = peaks[-1]
    for peak in reversed(peaks[:-1]):
        value = node_hash(peak, value)
    return value


def _check_size(size: int) -> None:
    if size < 0:
        raise ValueError(f"A tree cannot have {size} leaves.")
