"""Commitments: the shared vectors, and that a salt hides what it seals."""

import json
from pathlib import Path

import pytest

from ledger.commitments import commitment, new_salt

VECTORS = Path(__file__).resolve().parents[2].parent / "shared" / "vectors"


class TestCommitment:
    @pytest.mark.skipif(not VECTORS.is_dir(), reason="../shared/vectors is not here")
    def test_the_vectors_give_their_commitments(self):
        cases = json.loads((VECTORS / "commitments.json").read_text())

        found = [commitment(case["salt"], case["name"], case["value"]) for case in cases]

        assert found == [case["commitment"] for case in cases]

    def test_another_salt_gives_another_commitment(self):
        assert commitment(new_salt(), "note", "x") != commitment(new_salt(), "note", "x")
