"""The Merkle tree: the shared vectors, and agreement of proofs with what they prove."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import merkle

VECTORS = Path(__file__).resolve().parents[2].parent / "shared" / "vectors"
needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason="../shared/vectors is not here")


def leaves(count):
    return [merkle.leaf_hash(str(number).encode()) for number in range(count)]


@pytest.fixture(scope="module")
def vectors():
    return json.loads((VECTORS / "merkle.json").read_text())


@needs_vectors
class TestVectors:
    def test_every_root_is_the_known_one(self, vectors):
        hashes = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in vectors["leaves_hex"]]
        node = merkle.reader_of(hashes)

        roots = [merkle.root(node, size).hex() for size in range(len(hashes) + 1)]

        assert roots == vectors["roots"]

    def test_every_inclusion_proof_is_the_known_one(self, vectors):
        node = merkle.reader_of([bytes.fromhex(leaf) for leaf in vectors["leaf_hashes"]])

        for case in vectors["inclusion"]:
            proof = merkle.inclusion_proof(node, case["index"], case["size"])

            assert [step.hex() for step in proof] == case["proof"]

    def test_every_consistency_proof_is_the_known_one(self, vectors):
        node = merkle.reader_of([bytes.fromhex(leaf) for leaf in vectors["leaf_hashes"]])

        for case in vectors.get("consistency", []):
            old, new = list(case.values())[:2]
            proof = merkle.consistency_proof(node, old, new)

            assert [step.hex() for step in proof] == case["proof"]


class TestProofs:
    @given(st.integers(1, 70), st.data())
    def test_an_inclusion_proof_holds_for_its_leaf_alone(self, size, data):
        hashes = leaves(size)
        index = data.draw(st.integers(0, size - 1))
        node = merkle.reader_of(hashes)
        proof, root = merkle.inclusion_proof(node, index, size), merkle.root(node, size)

        assert merkle.verify_inclusion(hashes[index], index, size, proof, root)
        assert not merkle.verify_inclusion(b"\0" * 32, index, size, proof, root)

    @given(st.integers(1, 70), st.data())
    def test_a_consistency_proof_holds_for_its_trees_alone(self, new, data):
        old = data.draw(st.integers(1, new))
        node = merkle.reader_of(leaves(new))
        proof = merkle.consistency_proof(node, old, new)
        roots = merkle.root(node, old), merkle.root(node, new)

        assert merkle.verify_consistency(old, new, *roots, proof)
        assert not merkle.verify_consistency(old, new, b"\0" * 32, roots[1], proof)
