"""
Canonical JSON: one value, one sequence of bytes, so that hashes of values can be compared.

The profile is RFC 8785 restricted to what every reader agrees about: keys of printable ASCII
without a space, integers within 2^53 - 1, no floats (decimals are strings), no lone surrogates,
no Unicode normalisation, at most 64 levels.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import orjson

#: Objects and arrays may stand in each other this deep; a scalar alone has depth 0.
MAX_DEPTH = 64
#: The largest integer that every JSON reader keeps exactly.
MAX_INTEGER = 2**53 - 1

_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
)
_SCALARS = frozenset({str, int, bool, type(None)})
#: Keys that were found allowed: the same few stand in most values.
_KEYS: set[str] = set()
_MOST_KEYS = 2_000
_LONGEST_KEY = 40

_BOM = b"\xef\xbb\xbf"
# A string without its end is matched too: scanning starts at each quote at most once.
_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{\]}]', re.DOTALL)


class CanonicalError(ValueError):
    """A value or a text is outside the profile; the message says where and why."""


def canonical(value: Any) -> bytes:
    """
    Return the one way to write a value.

    :raises CanonicalError: naming the path of what the profile does not allow
    """
    return canonical_within(value, "$", 0)


def canonical_within(value: Any, path: str, depth: int) -> bytes:
    """
    Return how a value is written that will stand at a path of another, so many levels down.

    :raises CanonicalError: naming the path of what the profile does not allow
    """
    if not _is_plain(value, depth):
        _check(value, path, depth)
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError as error:
        _check(value, path, depth)
        _find_surrogate(value, path)
        raise CanonicalError(f"{path}: {error}") from error


def parse(data: bytes) -> Any:
    """
    Read JSON that the profile allows; spaces and the order of keys are free.

    :raises CanonicalError: naming what the profile does not allow
    """
    if data.startswith(_BOM):
        raise CanonicalError("The text begins with a byte order mark.")
    _check_depth(data)
    try:
        value = _DECODER.decode(data.decode("utf-8"))
        if b"\\ud" in data or b"\\uD" in data:
            _find_surrogate(value, "$")
    except UnicodeDecodeError as error:
        raise CanonicalError(f"The text is not UTF-8 at byte {error.start}.") from error
    except json.JSONDecodeError as error:
        raise CanonicalError(f"The text is not JSON: {error}.") from error
    return value


def parse_canonical(data: bytes) -> Any:
    """
    Read what `canonical` wrote, byte for byte.

    :raises CanonicalError: if it is written in another way, or is outside the profile
    """
    try:
        value = orjson.loads(data)
        # Doubled keys, floats, spaces: whatever a lenient reader takes is not written back so.
        if canonical(value) == data:
            return value
    except ValueError:
        parse(data)
        raise
    parse(data)
    raise CanonicalError("The text is not canonical.")


def is_key(key: str) -> bool:
    """Say whether a key is printable ASCII, without a space, and not empty."""
    return key != "" and key.isascii() and key.isprintable() and " " not in key


def _is_plain(value: Any, depth: int) -> bool:
    """
    Say at once of most values that they may be written; False only says to look closer.

    Integers and lone surrogates are the writer's to refuse, and so are kinds of text as keys.
    """
    kind = type(value)
    if kind is dict:
        if depth >= MAX_DEPTH or not (value.keys() <= _KEYS or _learn(value)):
            return False
        items = value.values()
    elif kind is list or kind is tuple:
        if depth >= MAX_DEPTH:
            return False
        items = value
    else:
        return kind in _SCALARS
    for item in items:
        if type(item) not in _SCALARS and not _is_plain(item, depth + 1):
            return False
    return True


def _learn(value: dict[Any, Any]) -> bool:
    """Say whether all keys are allowed, and remember the short ones, up to a number of them."""
    for key in value:
        if type(key) is not str or not is_key(key):
            return False
        if len(_KEYS) < _MOST_KEYS and len(key) <= _LONGEST_KEY:
            _KEYS.add(key)
    return True


def _check(value: Any, path: str, depth: int) -> None:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise CanonicalError(f"{path}: an integer beyond 2^53 - 1.")
    elif kind is dict:
        _check_object(value, path, depth + 1)
    elif kind is list or kind is tuple:
        _check_array(value, path, depth + 1)
    elif not isinstance(value, str):
        raise CanonicalError(f"{path}: {kind.__name__} has no canonical form.")


def _check_object(value: dict[Any, Any], path: str, depth: int) -> None:
    _check_level(path, depth)
    for key, item in value.items():
        if type(key) is not str or not is_key(key):
            raise CanonicalError(f"{path}: the key {key!r} is not printable ASCII without space.")
        # Most values are texts: asking here saves a call and a path for each.
        if type(item) is not str:
            _check(item, f"{path}.{key}", depth)


def _check_array(value: list[Any] | tuple[Any, ...], path: str, depth: int) -> None:
    _check_level(path, depth)
    for index, item in enumerate(value):
        if type(item) is not str:
            _check(item, f"{path}[{index}]", depth)


def _check_level(path: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise CanonicalError(f"{path[:200]}: nested deeper than {MAX_DEPTH} levels.")


def _find_surrogate(value: Any, path: str) -> None:
    """Raise at the first text that holds half of a surrogate pair."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise CanonicalError(f"{path}: lone surrogate at {error.start}.") from error
    elif isinstance(value, dict):
        for key, item in value.items():
            _find_surrogate(item, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _find_surrogate(item, f"{path}[{index}]")


def _check_depth(data: bytes) -> None:
    """Refuse deep nesting before the reader goes down into it."""
    if data.count(b"[") + data.count(b"{") <= MAX_DEPTH:
        return
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(data):
        first = data[match.start()]
        if first in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise CanonicalError(f"The text nests deeper than {MAX_DEPTH} levels.")
        elif first in b"]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise CanonicalError(f"The key {twice!r} stands twice in one object.")
    for key in value:
        if not is_key(key):
            raise CanonicalError(f"The key {key!r} is not printable ASCII without space.")
    return value


def _integer(text: str) -> int:
    # The length comes first: reading a million digits would take long.
    if len(text) > 17 or not -MAX_INTEGER <= int(text) <= MAX_INTEGER:
        raise CanonicalError(f"The integer {text[:20]} is beyond 2^53 - 1.")
    if text == "-0":
        raise CanonicalError("Minus zero is not an integer.")
    return int(text)


def _no_float(text: str) -> NoReturn:
    raise CanonicalError(f"The number {text[:20]} is not an integer; decimals are strings.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_no_float,
    parse_constant=_no_float,
)
