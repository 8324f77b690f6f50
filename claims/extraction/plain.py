"""Records to plain values that JSON holds, and back."""

from __future__ import annotations

import dataclasses
import types
import typing
from enum import StrEnum
from typing import Any, TypeVar

Record = TypeVar("Record")


def to_plain(record: Any) -> Any:
    """Return a record as dicts, lists and texts."""
    return dataclasses.asdict(record)


def from_plain(kind: type[Record], value: Any) -> Record:
    """Return the record that `to_plain` made a value of."""
    found: Record = _read(kind, value)
    return found


def _read(kind: Any, value: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        if value is None:
            return None
        return _read(next(a for a in typing.get_args(kind) if a is not type(None)), value)
    if origin is tuple:
        return tuple(_read(typing.get_args(kind)[0], item) for item in value)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: _read(hints[name], item) for name, item in value.items()})  # type: ignore[operator]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return value
