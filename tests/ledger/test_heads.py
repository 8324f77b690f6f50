"""The map of heads: one root for any order, and proofs that admit one head for each subject."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import heads, merkle

ALL = [
    (f"00000000-0000-4000-8000-{number:012}", number % 5, hashlib.sha256(b"%d" % number).digest())
    for number in range(60)
]


def defined_root(rows, depth=0):
    """Compute the map's hash as the module's description says it, by slow means."""
    if not rows:
        return hashlib.sha256(b"").digest()
    if len(rows) == 1:
        subject, number, leaf = rows[0]
        line = f'["{subject}",{number},"sha256:{leaf.hex()}"]'
        return hashlib.sha256(b"\x00" + line.encode()).digest()
    sides = [[], []]
    for row in rows:
        digest = hashlib.sha256(row[0].encode()).digest()
        bits = "".join(f"{byte:08b}" for byte in digest)
        sides[int(bits[depth])].append(row)
    left, right = (defined_root(side, depth + 1) for side in sides)
    return hashlib.sha256(b"\x01" + left + right).digest()


class TestHeadsRoot:
    @given(st.integers(0, len(ALL)), st.randoms())
    def test_it_is_as_described_in_whatever_order_heads_come(self, count, random):
        rows = ALL[:count]
        mixed = random.sample(rows, count)

        assert heads.heads_root(mixed) == defined_root(rows)

    def test_two_heads_of_one_subject_are_refused(self):
        with pytest.raises(ValueError, match="two heads"):
            heads.heads_root([ALL[0], (ALL[0][0], 9, b"\0" * 32)])


class TestHeadsProof:
    @given(st.integers(1, len(ALL)), st.data())
    def test_it_shows_the_last_event_and_no_other(self, count, data):
        rows = ALL[:count]
        subject, number, leaf = data.draw(st.sampled_from(rows))
        proof, root = heads.heads_proof(rows, subject), heads.heads_root(rows)

        assert heads.verify_head(subject, number, leaf, proof, root)
        assert not heads.verify_head(subject, number + 1, leaf, proof, root)
        assert not heads.verify_head(subject, number, b"\0" * 32, proof, root)
        assert not heads.verify_head(ALL[0][0][:-1] + "x", number, leaf, proof, root)
        assert not heads.verify_head(subject, number, leaf, proof, b"\0" * 32)

    def test_a_subject_without_events_has_none(self):
        with pytest.raises(ValueError, match="no head"):
            heads.heads_proof(ALL[1:], ALL[0][0])

    def test_a_proof_longer_than_a_place_has_bits_is_refused(self):
        proof = [merkle.EMPTY_ROOT] * 257

        assert not heads.verify_head(*ALL[0], proof, heads.heads_root(ALL))
