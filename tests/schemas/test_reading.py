"""The strict reader: its quick way gives what its close one gives, or leaves it to that."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import DatelineError
from schemas import reading
from schemas.reading import MAX_DEPTH, read_json

TEXTS = st.text(st.sampled_from('a:"\\{}[],/e0- \n\x7fé😀'), max_size=8)
KEYS = st.text(st.sampled_from("ab:"), max_size=2)
NUMBERS = st.sampled_from(
    [
        "0",
        "-0",
        "-0.0",
        "1e2",
        "1E400",
        "0.1",
        "123456789012345678901",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "1234567890123456.7",
        "01",
        "+1",
        "1.",
        ".5",
        "NaN",
        "Infinity",
    ]
)


def escaped(text):
    return "".join(f"\\u{ord(letter):04x}" for letter in text if ord(letter) < 0x10000)


STRINGS = (
    TEXTS.map(json.dumps)
    | TEXTS.map(lambda text: json.dumps(text, ensure_ascii=False))
    | TEXTS.map(lambda text: f'"{escaped(text)}"')
    | st.sampled_from(['"\\ud83d"', '"\\u0000"', '"\\x"', '"\t"', '"'])
)


def objects(inner):
    keys = KEYS.map(json.dumps) | KEYS.map(lambda key: f'"{escaped(key)}"')
    pairs = st.lists(st.tuples(keys, inner), max_size=3)
    return pairs.map(lambda found: f"{{{','.join(map(':'.join, found))}}}")


BODIES = st.recursive(
    NUMBERS | STRINGS | st.sampled_from(["true", "false", "null", "nul", ""]),
    lambda inner: objects(inner) | st.lists(inner, max_size=3).map(lambda a: f"[{','.join(a)}]"),
    max_leaves=8,
)


def outcome(read, body):
    try:
        return repr(read(body))
    except DatelineError as error:
        return type(error), str(error)


class TestReadJson:
    @given(BODIES | BODIES.map(lambda body: body + body))
    def test_both_ways_give_the_same(self, body):
        found = outcome(read_json, body.encode())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "_read_plain", lambda *_: reading._UNUSUAL)

            assert found == outcome(read_json, body.encode())

    def test_a_plain_body_is_not_read_twice(self, monkeypatch):
        monkeypatch.setattr(reading, "_read_closely", None)

        assert read_json(b'{"a": [1, 2.5, "x:y"], "b": null}') == {"a": [1, 2.5, "x:y"], "b": None}

    @pytest.mark.parametrize(
        ("body", "is_fit"),
        [
            (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, True),
            (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), False),
            (b'["' + b"[" * 100 + b'"]', True),
            (b'["\\"' + b"[" * 100 + b'"]', True),
            (b'["\\\\",' + b"[" * 100 + b"]" * 101, False),
            (b"[" * 1_000_000, False),
        ],
        ids=["deepest", "deeper", "in a text", "after a quote", "after a backslash", "open"],
    )
    def test_brackets_count_outside_texts_only(self, body, is_fit):
        error = outcome(read_json, body)

        assert (error[0] is not reading.JsonTooDeepError) is is_fit
