"""
Records to plain values that JSON holds, and back.

How a kind of record is read follows from its fields' types, which are looked at once.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

Record = TypeVar("Record")

Reader = Callable[[Any], Any]


def to_plain(record: Any) -> Any:
    """Return a record as dicts, lists and texts."""
    if dataclasses.is_dataclass(record):
        kind: Any = type(record)
        return {name: to_plain(getattr(record, name)) for name in _names(kind)}
    if isinstance(record, tuple | list):
        return [to_plain(item) for item in record]
    return record


def from_plain(kind: type[Record], value: Any) -> Record:
    """Return the record that `to_plain` made a value of."""
    found: Record = _record_reader(kind)(value)  # type: ignore[arg-type]
    return found


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _reader(kind: Any) -> Reader | None:
    """Return what reads values of a kind; None where a value is what was written."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _optional(_reader(next(a for a in typing.get_args(kind) if a is not types.NoneType)))
    if origin is tuple:
        return _several(_reader(typing.get_args(kind)[0]))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    is_record: bool = dataclasses.is_dataclass(kind)
    return _record_reader(kind) if is_record else None


def _optional(read: Reader | None) -> Reader | None:
    return read and (lambda value: None if value is None else read(value))


def _several(read: Reader | None) -> Reader:
    return tuple if read is None else lambda value: tuple(map(read, value))


@cache
def _record_reader(kind: Any) -> Reader:
    found = {name: _reader(hint) for name, hint in typing.get_type_hints(kind).items()}
    readers = {name: reader for name, reader in found.items() if reader is not None}

    def read(value: Any) -> Any:
        fields = dict(value)
        for name in fields.keys() & readers.keys():
            fields[name] = readers[name](fields[name])
        return kind(**fields)

    return read
