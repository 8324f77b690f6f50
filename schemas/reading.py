"""
The one strict reader of JSON bodies.

Flask's own takes NaN, doubled keys, UTF-16 and lone surrogates, and falls over deep nesting.
This one takes what every other JSON reader reads the same way, or says what is wrong.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from itertools import accumulate
from typing import Any, NoReturn

import orjson

from errors import (
    DuplicateKeyError,
    InvalidInputError,
    JsonTooDeepError,
    MalformedJsonError,
    TextNotAllowedError,
)

MAX_DEPTH = 64

#: Largest integer that both databases keep.
MAX_INTEGER = 2**63 - 1

#: Stands for a body that wants to be read closely.
_UNUSUAL = object()

_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_BRACKETS = bytes(set(range(256)) - _STEPS.keys())
_ESCAPED = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
#: Numbers whose value hangs on the reader: large ones, powers of ten, minus zero.
_ODD_NUMBER = re.compile(rb"[0-9]{16}|[0-9][eE]|-0")
_ESCAPED_COLON = re.compile(rb"\\u003[aA]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(body: bytes) -> Any:
    """
    Read a JSON body.

    :raises MalformedJsonError: if it is not JSON in UTF-8
    :raises JsonTooDeepError: if it nests deeper than 64
    :raises DuplicateKeyError: if an object names a key twice
    :raises TextNotAllowedError: if a text holds NUL or a lone surrogate
    """
    if body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise MalformedJsonError("The body starts with a byte order mark; send plain UTF-8.")
    outside = _outside(body)
    _check_depth(outside)
    value = _read_plain(body, outside)
    if value is _UNUSUAL:
        value = _read_closely(body)
    # JSON takes neither NUL nor half of a pair as it is: both can only have been escaped.
    if _ESCAPED.search(body):
        check_texts(value)
    return value


def _read_plain(body: bytes, outside: bytes) -> Any:
    """
    Read what a quick reader reads as this one would; says so where it cannot know.

    :param outside: the body without its texts
    """
    if _ODD_NUMBER.search(outside) or _ESCAPED_COLON.search(body):
        return _UNUSUAL
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _UNUSUAL
    # Of a key that stands twice the quick reader drops one, and its colon is missing here.
    return value if orjson.dumps(value).count(b":") == body.count(b":") else _UNUSUAL


def _read_closely(body: bytes) -> Any:
    try:
        return _DECODER.decode(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise MalformedJsonError(f"The body is not UTF-8 at byte {error.start}.") from error
    except json.JSONDecodeError as error:
        raise MalformedJsonError(
            f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from error


def _outside(body: bytes) -> bytes:
    """Return what stands outside the texts of a body, as far as it is JSON."""
    plain = body.replace(rb"\\", b"").replace(rb"\"", b"") if b"\\" in body else body
    return b"".join(plain.split(b'"')[::2])


def _check_depth(outside: bytes) -> None:
    """Count brackets, before a parser goes down into them."""
    steps = map(_STEPS.__getitem__, outside.translate(None, _NO_BRACKETS))
    if max(accumulate(steps), default=0) > MAX_DEPTH:
        raise JsonTooDeepError(f"The body is nested deeper than {MAX_DEPTH}.")


def check_texts(value: Any, path: str = "") -> None:
    """
    Refuse texts that no database keeps: with NUL, or with half of a surrogate pair.

    :raises TextNotAllowedError: naming the field
    """
    if isinstance(value, str):
        if "\0" in value:
            raise TextNotAllowedError(
                "A text holds the character NUL.", {path or "body": "Remove U+0000."}
            )
        if _SURROGATE.search(value):
            raise TextNotAllowedError(
                "A text holds half of a surrogate pair.",
                {path or "body": "Send whole characters."},
            )
    elif isinstance(value, dict):
        for key, item in value.items():
            check_texts(key, path)
            check_texts(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            check_texts(item, f"{path}[{index}]")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise DuplicateKeyError(f"The body names the key {twice[:80]!r} twice in one object.")
    return found


def _constant(text: str) -> NoReturn:
    raise MalformedJsonError(f"{text} is not a JSON number.")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise MalformedJsonError(f"{text[:40]} is not a finite number.")
    return value


def _int(text: str) -> int:
    if len(text) > 20 or abs(int(text)) > MAX_INTEGER:
        raise InvalidInputError(
            "A number is out of range.", {"body": f"{text[:24]} is beyond 64 bits."}
        )
    return int(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=_float, parse_int=_int, parse_constant=_constant
)
