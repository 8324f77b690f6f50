"""Commitments: the known ones, and that a salt hides what it seals."""

import hashlib
import json

import pytest

from ledger.canonical import MAX_DEPTH, CanonicalError, canonical
from ledger.commitments import Salts, commitment, commitment_to, disclosure_line, written
from shared_files import SHARED, needs_shared

VECTORS = SHARED / "vectors" / "commitments.json"
SALT = "5f" * 16


class TestCommitment:
    def test_it_is_the_digest_of_salt_name_and_value(self):
        digest = hashlib.sha256(f'["{SALT}","note",{{"text":"José"}}]'.encode()).hexdigest()

        assert commitment(SALT, "note", {"text": "José"}) == f"sha256:{digest}"

    @needs_shared
    def test_the_vectors_give_their_commitments(self):
        cases = json.loads(VECTORS.read_bytes())

        found = [commitment(case["salt"], case["name"], case["value"]) for case in cases]

        assert found == [case["commitment"] for case in cases]

    @pytest.mark.parametrize(
        ("salt", "name", "value"),
        [("5e" * 16, "note", "x"), (SALT, "nota", "x"), (SALT, "note", "y"), (SALT, "note", None)],
    )
    def test_another_salt_name_or_value_gives_another_one(self, salt, name, value):
        assert commitment(salt, name, value) != commitment(SALT, "note", "x")


class TestCommitmentTo:
    @pytest.mark.parametrize("name", ["note", 'a"b', "a\\b"])
    def test_it_is_the_digest_of_the_array_written_whole(self, name):
        value = {"b": ["\u2028", None], "a": '"'}
        whole = hashlib.sha256(canonical([SALT, name, value])).hexdigest()

        assert commitment_to(SALT, name, written(value)) == f"sha256:{whole}"

    def test_a_value_that_its_array_makes_too_deep_is_refused(self):
        value: list = []
        for _ in range(MAX_DEPTH - 1):
            value = [value]

        canonical(value)
        with pytest.raises(CanonicalError, match=r"^\$\[2\]"):
            written(value)


class TestSalts:
    def test_each_is_32_hexadecimal_digits_and_fresh(self):
        drawn, other = Salts(), Salts()
        salts = [source.take() for _ in range(200) for source in (drawn, other)]

        assert len(set(salts)) == 400
        assert all(len(bytes.fromhex(salt)) == 16 and len(salt) == 32 for salt in salts)


class TestDisclosureLine:
    def test_it_is_canonical_and_has_no_line_end(self):
        assert disclosure_line(7, SALT, "note", "a\nb") == f'[7,"{SALT}","note","a\\nb"]'.encode()
