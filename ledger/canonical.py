"""
Canonical JSON: one value, one sequence of bytes.

RFC 8785 restricted to printable-ASCII keys and integers within 2^53; no floats (decimals are
strings), no lone surrogates, no normalisation. `parse` takes nothing that `canonical` could
not have meant, although it reads white space and any order of keys.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

#: Largest integer that every JSON reader keeps exact.
MAX_INTEGER = 2**53 - 1

#: Deepest nesting that is read or written.
MAX_DEPTH = 64


class CanonicalError(ValueError):
    """A value has no canonical form, or a text is not the JSON of one."""


_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


def canonical(value: Any) -> bytes:
    """
    Return the canonical bytes of a value.

    :raises CanonicalError: naming the place of what has no canonical form
    """
    _check(value, "$", 0)
    try:
        return _encode(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise CanonicalError("A text holds a lone surrogate.") from error


def _check(value: Any, path: str, depth: int) -> None:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if depth > MAX_DEPTH:
        raise CanonicalError(f"{path[:80]} is nested deeper than {MAX_DEPTH}.")
    if kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise CanonicalError(f"{path} is an integer beyond 2^53 - 1.")
    elif kind is dict:
        for key, item in value.items():
            _check_key(key, path)
            _check(item, f"{path}.{key}", depth + 1)
    elif kind is list or kind is tuple:
        for index, item in enumerate(value):
            _check(item, f"{path}[{index}]", depth + 1)
    elif isinstance(value, str):
        return
    else:
        raise CanonicalError(f"{path} is a {kind.__name__}, which has no canonical form.")


def _check_key(key: Any, path: str) -> None:
    # A space would be printable, but no key of ours has one and other readers trip over it.
    if not isinstance(key, str) or not key.isascii() or not key.isprintable() or not key:
        raise CanonicalError(f"{path} has a key that is not printable ASCII.")
    if " " in key:
        raise CanonicalError(f"{path} has a key with a space.")


def parse(data: bytes) -> Any:
    """
    Read JSON that has a canonical form.

    :raises CanonicalError: if it is not JSON in UTF-8, or holds what no canonical form has
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise CanonicalError("The text starts with a byte order mark.")
    try:
        value = _decoder.decode(data.decode("utf-8"))
    except CanonicalError:
        raise
    except (ValueError, RecursionError) as error:
        raise CanonicalError(f"The text is not JSON: {error}") from error
    _check(value, "$", 0)
    if _has_surrogate(value):
        raise CanonicalError("A text holds a lone surrogate.")
    return value


def _has_surrogate(value: Any) -> bool:
    try:
        _encode(value).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _no_number(text: str) -> NoReturn:
    raise CanonicalError(f"{text} is not an integer; decimals are written as strings.")


def _integer(text: str) -> int:
    if text == "-0":
        raise CanonicalError("-0 is not an integer with one form.")
    if len(text) > 17:
        raise CanonicalError(f"{text[:20]} is an integer beyond 2^53 - 1.")
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CanonicalError("An object names a key twice.")
    return found


_decoder = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=_no_number,
    parse_constant=_no_number,
    parse_int=_integer,
    strict=True,
)
