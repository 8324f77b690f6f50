"""
The map of heads: one hash that commits to the last event of every subject's chain.

It stands in the last event before each checkpoint, so whoever holds the events of one subject can
be shown that they are all. The tree is a binary trie: a subject's place is fixed by the bits of
SHA-256(subject), read from the first byte's highest bit, so there is one place and no more for
each subject, and a proof cannot show an earlier head beside the last one.

    line       canonical [subject, subject_seq, "sha256:" + leaf hash of its last event]
    no line    SHA-256 of nothing
    one line   SHA-256(0x00 || line), wherever it becomes alone in its branch
    more       SHA-256(0x01 || branch of bit 0 || branch of bit 1)
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ledger.canonical import canonical
from ledger.merkle import EMPTY_ROOT, leaf_hash, node_hash

#: Subject, number of its last event, and that event's leaf hash.
Head = tuple[str, int, bytes]

_BITS = 256


def head_line(subject: str, subject_seq: int, leaf: bytes) -> bytes:
    """Return the line that stands for one subject in the map."""
    return canonical([subject, subject_seq, f"sha256:{leaf.hex()}"])


def heads_root(heads: Iterable[Head]) -> bytes:
    """Return the hash over the heads of all subjects, given in any order."""
    return HeadsMap(heads).root()


def heads_proof(heads: Iterable[Head], subject: str) -> list[bytes]:
    """
    Return the hashes that lead from a subject's line up to the map's hash.

    :raises ValueError: if the subject has no head
    """
    return HeadsMap(heads).proof(subject)


class HeadsMap:
    """The map over the heads of all subjects, given in any order."""

    def __init__(self, heads: Iterable[Head]) -> None:
        self._places, self._leaves = _sorted(heads)

    def root(self) -> bytes:
        """Return the hash over all of them."""
        return branch_hash(self._places, self._leaves)

    def proof(self, subject: str) -> list[bytes]:
        """
        Return the hashes that lead from a subject's line up to the root.

        :raises ValueError: if the subject has no head
        """
        return branch_proof(self._places, self._leaves, place_of(subject))


def branch_hash(places: Sequence[int], leaves: Sequence[bytes], depth: int = 0) -> bytes:
    """Return the hash of the branch that begins so many bits down, of all lines in it by place."""
    return _branch(places, leaves, 0, len(places), depth)


def branch_proof(
    places: Sequence[int], leaves: Sequence[bytes], place: int, depth: int = 0
) -> list[bytes]:
    """
    Return the hashes that lead from a line up to the hash of its branch.

    :raises ValueError: if there is no line at the place
    """
    first, last, proof = 0, len(places), []
    while last - first > 1:
        middle = _middle(places, first, last, depth)
        if _bit(place, depth):
            proof.append(_branch(places, leaves, first, middle, depth + 1))
            first = middle
        else:
            proof.append(_branch(places, leaves, middle, last, depth + 1))
            last = middle
        depth += 1
    if first == last or places[first] != place:
        raise ValueError("The subject has no head.")
    return proof[::-1]


def verify_head(
    subject: str, subject_seq: int, leaf: bytes, proof: Sequence[bytes], expected_root: bytes
) -> bool:
    """Say whether the map with this hash gives this event as the subject's last one."""
    if len(proof) > _BITS:
        return False
    place = place_of(subject)
    value = leaf_hash(head_line(subject, subject_seq, leaf))
    for depth, sibling in zip(range(len(proof) - 1, -1, -1), proof, strict=True):
        value = node_hash(sibling, value) if _bit(place, depth) else node_hash(value, sibling)
    return value == expected_root


def place_of(subject: str) -> int:
    """Return where a subject stands: 256 bits, the first of which parts the whole map in two."""
    return int.from_bytes(hashlib.sha256(subject.encode()).digest())


def _bit(place: int, depth: int) -> int:
    return place >> (_BITS - 1 - depth) & 1


def _sorted(heads: Iterable[Head]) -> tuple[list[int], list[bytes]]:
    rows = sorted((place_of(head[0]), leaf_hash(head_line(*head))) for head in heads)
    places = [place for place, _ in rows]
    for one, other in pairwise(places):
        if one == other:
            raise ValueError("A subject has two heads.")
    return places, [leaf for _, leaf in rows]


def _middle(places: Sequence[int], first: int, last: int, depth: int) -> int:
    """Return where, among lines that share `depth` bits, those with the next bit set begin."""
    shift = _BITS - 1 - depth
    return bisect_left(places, (places[first] >> shift | 1) << shift, first, last)


def _branch(
    places: Sequence[int], leaves: Sequence[bytes], first: int, last: int, depth: int
) -> bytes:
    if first == last:
        return EMPTY_ROOT
    if last - first == 1:
        return leaves[first]
    middle = _middle(places, first, last, depth)
    return node_hash(
        _branch(places, leaves, first, middle, depth + 1),
        _branch(places, leaves, middle, last, depth + 1),
    )
