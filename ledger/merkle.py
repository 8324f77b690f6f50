"""
The Merkle tree of RFC 6962 over stored complete subtrees.

Pure: a tree is anything that answers `node(level, index)` with the hash of a complete subtree,
level 0 being the leaves. Roots and proofs read O(log n) nodes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

NodeReader = Callable[[int, int], bytes]

#: The root of a tree without leaves.
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return SHA-256(0x00 || data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def reader_of(leaves: Sequence[bytes]) -> NodeReader:
    """Return a reader over leaf hashes in memory."""

    def node(level: int, index: int) -> bytes:
        return range_root(leaves.__getitem__, index << level, (index + 1) << level)

    return node


def range_root(leaf: Callable[[int], bytes], first: int, last: int) -> bytes:
    """Return the root over the leaf hashes `first` up to, but not including, `last`."""
    if last == first:
        return EMPTY_ROOT
    if last - first == 1:
        return leaf(first)
    middle = first + _split(last - first)
    return node_hash(range_root(leaf, first, middle), range_root(leaf, middle, last))


def _split(size: int) -> int:
    """Return the largest power of two below a size of two or more."""
    return 1 << ((size - 1).bit_length() - 1)


def root(node: NodeReader, size: int) -> bytes:
    """Return the root of the first `size` leaves."""
    return _subtree(node, 0, size) if size else EMPTY_ROOT


def _subtree(node: NodeReader, first: int, last: int) -> bytes:
    """Return the root of a range that starts at a multiple of the power of two it needs."""
    size = last - first
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, first >> level)
    middle = first + _split(size)
    return node_hash(_subtree(node, first, middle), _subtree(node, middle, last))


def inclusion_proof(node: NodeReader, index: int, size: int) -> list[bytes]:
    """
    Return the audit path of a leaf in the tree of the first `size` leaves.

    :raises ValueError: if the leaf is not in that tree
    """
    if not 0 <= index < size:
        raise ValueError(f"Leaf {index} is not in a tree of {size}.")
    return _path(node, index, 0, size)


def _path(node: NodeReader, index: int, first: int, last: int) -> list[bytes]:
    if last - first == 1:
        return []
    middle = first + _split(last - first)
    if index < middle:
        return [*_path(node, index, first, middle), _subtree(node, middle, last)]
    return [*_path(node, index, middle, last), _subtree(node, first, middle)]


def consistency_proof(node: NodeReader, old: int, new: int) -> list[bytes]:
    """
    Return the proof that the tree of `old` leaves is the beginning of the tree of `new`.

    :raises ValueError: if the sizes are not 0 < old <= new
    """
    if not 0 < old <= new:
        raise ValueError(f"A tree of {old} cannot be shown to begin one of {new}.")
    return _subproof(node, old, 0, new, is_whole=True)


def _subproof(node: NodeReader, old: int, first: int, last: int, *, is_whole: bool) -> list[bytes]:
    if old == last - first:
        return [] if is_whole else [_subtree(node, first, last)]
    split = _split(last - first)
    middle = first + split
    if old <= split:
        left = _subproof(node, old, first, middle, is_whole=is_whole)
        return [*left, _subtree(node, middle, last)]
    right = _subproof(node, old - split, middle, last, is_whole=False)
    return [*right, _subtree(node, first, middle)]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes
) -> bool:
    """Say whether a leaf hash is at an index of the tree with that size and root."""
    if not 0 <= index < size:
        return False
    place, last, value = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            value = node_hash(step, value)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            value = node_hash(value, step)
        place, last = place >> 1, last >> 1
    return last == 0 and value == expected


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Say whether a tree with the old size and root begins the one with the new size and root."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not proof:
        return False
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
