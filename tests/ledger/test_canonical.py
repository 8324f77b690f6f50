"""Canonical JSON: what is written, what is refused, and what an independent writer says."""

import json
from enum import StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import (
    _KEYS,
    _MOST_KEYS,
    MAX_DEPTH,
    CanonicalError,
    canonical,
    is_key,
    parse,
    parse_canonical,
)
from shared_files import SHARED, needs_shared

VECTORS = SHARED / "vectors" / "canonical_json.json"

keys = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


class Colour(StrEnum):
    RED = "red"


def nested(depth):
    value = []
    for _ in range(depth - 1):
        value = [value]
    return value


class TestCanonical:
    @given(values)
    def test_an_independent_rfc_8785_writer_agrees(self, value):
        assert canonical(value) == rfc8785.dumps(value)

    @given(values)
    def test_the_design_s_json_dumps_agrees(self, value):
        plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

        assert canonical(value) == plain.encode()

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ({"b": 1, "a": {"z": [], "y": {}}}, b'{"a":{"y":{},"z":[]},"b":1}'),
            (2**53 - 1, b"9007199254740991"),
            (-(2**53) + 1, b"-9007199254740991"),
            ('\x00\x1f\b\t\n\f\r"\\/', b'"\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\/"'),
            ("\u2028\u2029\x7f", b'"\xe2\x80\xa8\xe2\x80\xa9\x7f"'),
            ("e\u0301", b'"e\xcc\x81"'),
            ("\U0001f309", b'"\xf0\x9f\x8c\x89"'),
            ((1, True, None), b"[1,true,null]"),
            (Colour.RED, b'"red"'),
        ],
        ids=repr,
    )
    def test_a_value_is_written_one_way(self, value, written):
        assert canonical(value) == written

    @pytest.mark.parametrize(
        "value",
        [
            *(1.5, float("nan"), 2**53, -(2**53), b"x", {1}),
            *({"é": 1}, {"": 1}, {"a b": 1}, {"a\n": 1}, {1: 2}, {None: 1}),
            *("\ud800", "a\udfff", {"\ud800": 1}),
        ],
        ids=ascii,
    )
    def test_a_value_without_one_form_is_refused(self, value):
        with pytest.raises(CanonicalError):
            canonical(value)

    @pytest.mark.parametrize(
        ("value", "path"),
        [
            ({"a": [1, {"b": 0.5}]}, "$.a[1].b"),
            ([[], 2**60], "$[1]"),
            ({"a": {"é": 1}}, "$.a"),
            ({"a": ["x", "\ud800"]}, "$.a[1]"),
        ],
        ids=ascii,
    )
    def test_the_message_names_the_place(self, value, path):
        with pytest.raises(CanonicalError) as refused:
            canonical(value)

        assert str(refused.value).startswith(f"{path}:")

    def test_what_may_be_read_may_be_written_and_no_deeper(self):
        assert parse(canonical(nested(MAX_DEPTH))) == nested(MAX_DEPTH)
        with pytest.raises(CanonicalError):
            canonical(nested(MAX_DEPTH + 1))

    def test_an_integer_of_many_digits_is_refused(self):
        with pytest.raises(CanonicalError):
            canonical(10**5000)

    def test_a_value_that_holds_itself_is_refused(self):
        value: list = []
        value.append(value)

        with pytest.raises(CanonicalError):
            canonical(value)

    @needs_shared
    def test_every_accepted_vector_gives_its_bytes(self):
        for case in json.loads(VECTORS.read_bytes())["accept"]:
            assert canonical(case["value"]).hex() == case["canonical_utf8_hex"]

    def test_the_keys_remembered_stay_few(self):
        for number in range(_MOST_KEYS + 100):
            canonical({f"key-{number}": number})
        canonical({"x" * 1_000: 1})

        assert len(_KEYS) <= _MOST_KEYS
        assert max(map(len, _KEYS)) <= 40

    def test_a_text_of_another_kind_is_no_key_even_where_its_like_is_known(self):
        canonical({"red": 1})

        with pytest.raises(CanonicalError):
            canonical({Colour.RED: 1})


class TestParseCanonical:
    @given(values)
    def test_what_is_written_reads_back(self, value):
        assert parse_canonical(canonical(value)) == value

    @pytest.mark.parametrize(
        "data",
        [
            *(b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a": 1}', b"[1.0]", b"[1e3]", b"[NaN]"),
            *(b'"\\u0061"', b'"\\ud800"', b"[9007199254740992]", b"[-0]", b"\xef\xbb\xbf[]", b"[1"),
            *('{"é":1}'.encode(), b'"\xff"', b"[" * 65 + b"]" * 65, b""),
        ],
        ids=ascii,
    )
    def test_what_is_written_in_another_way_is_refused(self, data):
        with pytest.raises(CanonicalError):
            parse_canonical(data)


class TestParse:
    @given(values)
    def test_what_is_written_reads_back(self, value):
        assert parse(canonical(value)) == value

    @pytest.mark.parametrize(
        "data",
        [
            b'{"a":1.5}',
            b'{"a":1.0}',
            b'{"a":1e3}',
            b'{"a":NaN}',
            b"[Infinity]",
            b"[-Infinity]",
            b"[9007199254740992]",
            b"[-9007199254740992]",
            b"[" + b"9" * 5000 + b"]",
            b'{"a":1,"a":2}',
            b'{"a":1,"\\u0061":2}',
            '{"é":1}'.encode(),
            b'{"\\u00e9":1}',
            b'{"":1}',
            b'{"a b":1}',
            b'"\\ud800"',
            b'["\\uDC00\\uD800"]',
            b'{"\\ud800":1}',
            b'"\xed\xa0\x80"',
            b'"\xff"',
            b"[-0.0]",
            b"[-0]",
            b"[01]",
            b"{} {}",
            b"\xef\xbb\xbf{}",
            b'{\x00"a":1}',
            b'"a\nb"',
            b"\xff\xfe{\x00}\x00",
            b"",
            b"[1,]",
            b"\xc2\xa0[]",
            b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
            b"[" * 100_000,
            b'{"a":' * 100_000,
            b'"[\\"' * 50_000,
        ],
        ids=lambda data: repr(data)[:24],
    )
    def test_what_two_readers_could_read_in_two_ways_is_refused(self, data):
        with pytest.raises(CanonicalError):
            parse(data)

    @pytest.mark.parametrize(
        ("data", "value"),
        [
            (b'{"b": 1,\n "a": 2}', {"a": 2, "b": 1}),
            (b'"\\u00e9"', "é"),
            (b'"\\ud83c\\udf09"', "\U0001f309"),
            (b'"\\\\ud800"', "\\ud800"),
            (b'"' + b"[{" * 1000 + b'"', "[{" * 1000),
            (b"[" + b"[]," * 1000 + b"[]]", [[]] * 1001),
            (b"0", 0),
        ],
        ids=lambda data: repr(data)[:24],
    )
    def test_spaces_escapes_and_brackets_in_texts_are_free(self, data, value):
        assert parse(data) == value

    @needs_shared
    def test_every_rejected_vector_is_refused(self):
        for case in json.loads(VECTORS.read_bytes())["reject"]:
            with pytest.raises(CanonicalError):
                parse(case["json"].encode("utf-8", "surrogatepass"))

    @needs_shared
    def test_pairs_are_equal_where_the_vectors_say_so(self):
        for pair in json.loads(VECTORS.read_bytes())["pairs"]:
            one, other = (canonical(parse(pair[side].encode())) for side in "ab")

            assert (one == other) is pair["equal"], pair["name"]


class TestIsKey:
    @given(st.text(max_size=5))
    def test_a_key_is_printable_ascii_without_space(self, key):
        assert is_key(key) == (bool(key) and all(33 <= ord(letter) <= 126 for letter in key))
