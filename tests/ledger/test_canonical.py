"""Canonical JSON: the shared vectors, and what any JSON value goes through."""

import json
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import CanonicalError, canonical, parse

VECTORS = Path(__file__).resolve().parents[2].parent / "shared" / "vectors"
needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason="../shared/vectors is not here")

keys = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


class TestCanonical:
    @given(values)
    def test_an_independent_rfc_8785_writer_agrees(self, value):
        assert canonical(value) == rfc8785.dumps(value)

    @given(values)
    def test_what_is_written_reads_back(self, value):
        assert parse(canonical(value)) == value

    @pytest.mark.parametrize(
        "value",
        [1.5, 2**53, {"é": 1}, {"": 1}, {"a b": 1}, "\ud800", {1: 2}, b"x", float("nan")],
        ids=repr,
    )
    def test_a_value_without_one_form_is_refused(self, value):
        with pytest.raises(CanonicalError):
            canonical(value)

    @needs_vectors
    def test_the_accepted_vectors_give_their_bytes(self):
        cases = json.loads((VECTORS / "canonical_json.json").read_text())["accept"]

        written = [canonical(case["value"]).hex() for case in cases]

        assert written == [case["canonical_utf8_hex"] for case in cases]


class TestParse:
    @pytest.mark.parametrize(
        "text",
        ['{"a":1.0}', "[NaN]", '{"a":1,"a":2}', "{} {}", "\ufeff{}", '"\\ud800"', "[-0]", ""],
    )
    def test_what_has_no_canonical_form_is_refused(self, text):
        with pytest.raises(CanonicalError):
            parse(text.encode())

    def test_deep_nesting_is_refused(self):
        with pytest.raises(CanonicalError):
            parse(b"[" * 100_000 + b"]" * 100_000)

    @needs_vectors
    def test_every_rejected_vector_is_refused(self):
        for case in json.loads((VECTORS / "canonical_json.json").read_text())["reject"]:
            with pytest.raises(CanonicalError):
                parse(case["json"].encode("utf-8", "surrogatepass"))

    @needs_vectors
    def test_pairs_are_equal_where_the_vectors_say_so(self):
        for pair in json.loads((VECTORS / "canonical_json.json").read_text())["pairs"]:
            one, other = (canonical(parse(pair[side].encode())) for side in "ab")

            assert (one == other) is pair["equal"], pair["name"]
