"""The Merkle tree: known roots and proofs, and agreement with the definition in RFC 6962."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import merkle
from shared_files import SHARED, needs_shared

VECTORS = SHARED / "vectors" / "merkle.json"

LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(130)]
sizes = st.integers(1, len(LEAVES))


def defined_root(leaves):
    """Compute the tree head word for word as RFC 6962 2.1 defines it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = defined_root(leaves[:split]), defined_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


class CountingReader:
    def __init__(self, leaves):
        self.get = merkle.reader_of(leaves)
        self.count = 0

    def __call__(self, level, index):
        self.count += 1
        return self.get(level, index)


@pytest.fixture(scope="module")
def vectors():
    return json.loads(VECTORS.read_bytes())


@needs_shared
class TestVectors:
    def test_every_root_is_the_known_one(self, vectors):
        hashes = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in vectors["leaves_hex"]]

        roots = [
            merkle.root(merkle.reader_of(hashes), size).hex() for size in range(len(hashes) + 1)
        ]

        assert [value.hex() for value in hashes] == vectors["leaf_hashes"]
        assert roots == vectors["roots"]

    def test_every_inclusion_proof_is_the_known_one(self, vectors):
        get = merkle.reader_of([bytes.fromhex(leaf) for leaf in vectors["leaf_hashes"]])

        for case in vectors["inclusion"]:
            proof = merkle.inclusion_proof(get, case["index"], case["size"])

            assert [step.hex() for step in proof] == case["proof"]

    def test_every_consistency_proof_is_the_known_one(self, vectors):
        get = merkle.reader_of([bytes.fromhex(leaf) for leaf in vectors["leaf_hashes"]])

        for case in vectors["consistency"]:
            proof = merkle.consistency_proof(get, case["from"], case["to"])

            assert [step.hex() for step in proof] == case["proof"]


class TestRoot:
    def test_the_known_root_of_three_leaves(self):
        leaves = [merkle.leaf_hash(data) for data in (b"", b"\x00", b"\x10")]

        assert merkle.root_of(leaves).hex() == (
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
        )

    @given(st.integers(0, len(LEAVES)))
    def test_it_is_what_the_definition_says(self, size):
        expected = defined_root(LEAVES[:size])

        assert merkle.root(merkle.reader_of(LEAVES), size) == expected
        assert merkle.root_of(LEAVES[:size]) == expected

    def test_a_negative_size_is_refused(self):
        with pytest.raises(ValueError):
            merkle.root(merkle.reader_of(LEAVES), -1)


class TestNewNodes:
    def test_each_leaf_completes_the_subtrees_that_end_at_it(self):
        stored: dict[tuple[int, int], bytes] = {}
        for size, leaf in enumerate(LEAVES):
            for level, index, value in merkle.new_nodes(
                size, leaf, lambda level, index: stored[level, index]
            ):
                assert value == defined_root(LEAVES[index << level : (index + 1) << level])
                stored[level, index] = value

        assert len(stored) == sum(len(LEAVES) >> level for level in range(8))


class TestFrontier:
    @given(sizes, st.data())
    def test_it_goes_on_from_a_stored_tree(self, size, data):
        before = data.draw(st.integers(0, size))
        frontier = merkle.Frontier.of(merkle.reader_of(LEAVES), before)

        nodes = frontier.extend(LEAVES[before:size])

        assert frontier.root() == defined_root(LEAVES[:size])
        get = merkle.reader_of(LEAVES)
        assert all(get(level, index) == value for level, index, value in nodes)
        assert frontier.size == size

    def test_peaks_that_do_not_fit_the_size_are_refused(self):
        with pytest.raises(ValueError):
            merkle.Frontier([b"\0" * 32], 3)


class TestInclusionProof:
    @given(sizes, st.data())
    def test_it_holds_for_its_leaf_place_and_root_alone(self, size, data):
        index = data.draw(st.integers(0, size - 1))
        proof = merkle.inclusion_proof(merkle.reader_of(LEAVES), index, size)
        root = defined_root(LEAVES[:size])

        assert merkle.verify_inclusion(LEAVES[index], index, size, proof, root)
        assert not merkle.verify_inclusion(b"\0" * 32, index, size, proof, root)
        assert not merkle.verify_inclusion(LEAVES[index], index, size, proof, b"\0" * 32)
        for other in range(size):
            assert (other == index) == merkle.verify_inclusion(
                LEAVES[index], other, size, proof, root
            )

    @given(st.integers(2, 130), st.data())
    def test_it_holds_no_longer_when_a_step_is_changed_added_or_dropped(self, size, data):
        index = data.draw(st.integers(0, size - 1))
        proof = merkle.inclusion_proof(merkle.reader_of(LEAVES), index, size)
        place = data.draw(st.integers(0, len(proof) - 1))
        root = defined_root(LEAVES[:size])
        altered = [
            [*proof[:place], b"\0" * 32, *proof[place + 1 :]],
            [*proof[:place], *proof[place + 1 :]],
            [*proof, b"\0" * 32],
            [],
        ]

        assert not any(
            merkle.verify_inclusion(LEAVES[index], index, size, steps, root) for steps in altered
        )

    @pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
    def test_a_leaf_outside_the_tree_has_none(self, index, size):
        with pytest.raises(ValueError):
            merkle.inclusion_proof(merkle.reader_of(LEAVES), index, size)
        assert not merkle.verify_inclusion(LEAVES[0], index, size, [], LEAVES[0])

    def test_it_reads_few_hashes(self):
        get = CountingReader(LEAVES[:127])

        merkle.inclusion_proof(get, 3, 127)

        assert get.count <= 2 * 7


class TestConsistencyProof:
    @given(sizes, st.data())
    def test_it_holds_for_its_two_trees_alone(self, new, data):
        old = data.draw(st.integers(1, new))
        proof = merkle.consistency_proof(merkle.reader_of(LEAVES), old, new)
        before, after = defined_root(LEAVES[:old]), defined_root(LEAVES[:new])

        assert merkle.verify_consistency(old, new, before, after, proof)
        assert not merkle.verify_consistency(old, new, b"\0" * 32, after, proof)
        assert not merkle.verify_consistency(old, new, before, b"\0" * 32, proof)
        assert not merkle.verify_consistency(old, new, before, after, [*proof, b"\0" * 32])

    @given(st.integers(2, 130), st.data())
    def test_a_rewritten_leaf_is_exposed(self, new, data):
        old = data.draw(st.integers(1, new - 1))
        place = data.draw(st.integers(0, old - 1))
        forged = [*LEAVES[:place], b"\1" * 32, *LEAVES[place + 1 :]]
        proof = merkle.consistency_proof(merkle.reader_of(forged), old, new)

        assert not merkle.verify_consistency(
            old, new, defined_root(LEAVES[:old]), defined_root(forged[:new]), proof
        )

    def test_the_empty_tree_begins_every_other(self):
        assert merkle.consistency_proof(merkle.reader_of(LEAVES), 0, 7) == []
        assert merkle.verify_consistency(0, 7, merkle.EMPTY_ROOT, defined_root(LEAVES[:7]), [])
        assert not merkle.verify_consistency(0, 7, b"\0" * 32, defined_root(LEAVES[:7]), [])

    def test_a_tree_does_not_begin_a_smaller_one(self):
        with pytest.raises(ValueError):
            merkle.consistency_proof(merkle.reader_of(LEAVES), 8, 7)
        assert not merkle.verify_consistency(8, 7, LEAVES[0], LEAVES[0], [LEAVES[0]])

    def test_a_missing_proof_shows_nothing(self):
        assert not merkle.verify_consistency(3, 7, LEAVES[0], LEAVES[0], [])
