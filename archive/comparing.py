"""
A table compared with the one that a replay of the log gave, row by row and in the order of keys.

Both are walked at once, so memory does not grow with them. Rows of SQLite are compared as they
lie there: no value is read as what its column should hold, so none is there that cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from sqlalchemy import JSON, Column, Table, select
from sqlalchemy.orm import Session

from ledger import log

Key = tuple[Any, ...]
Row = dict[str, Any]
_Values = tuple[Any, ...]

#: How SQLite orders values of different kinds; texts of UTF-8 are in the order of their characters.
_RANKS: dict[type, int] = {type(None): 0, int: 1, float: 1, str: 2, bytes: 3}


def differences(
    session: Session, copy: Session, table: Table, keys: Sequence[str]
) -> Iterator[tuple[Key, Row | None, Row | None]]:
    """Yield the key of each row that differs, with the row in the replay and the one held."""
    is_raw = session.get_bind().dialect.name == "sqlite"
    # How rows of the past are counted is the database's own business.
    columns = [column for column in table.c if column.name != "entry"]
    names = [column.name for column in columns]
    places = [names.index(key) for key in keys]
    walk = _raw_rows if is_raw else _sorted_rows
    expected, held = walk(copy, columns, keys), walk(session, columns, keys)
    left, right = next(expected, None), next(held, None)
    while left is not None or right is not None:
        if left == right:
            left, right = next(expected, None), next(held, None)
            continue
        mine, theirs = _key(left, places), _key(right, places)
        if right is None or (left is not None and _order(mine) < _order(theirs)):
            yield mine, _row(names, left), None
            left = next(expected, None)
        elif left is None or _order(theirs) < _order(mine):
            yield theirs, None, _row(names, right)
            right = next(held, None)
        else:
            if not (is_raw and _says_the_same(columns, left, right)):
                yield mine, _row(names, left), _row(names, right)
            left, right = next(expected, None), next(held, None)


def _key(values: _Values | None, places: Sequence[int]) -> Key:
    return () if values is None else tuple(values[place] for place in places)


def _row(names: Sequence[str], values: _Values | None) -> Row:
    return {} if values is None else dict(zip(names, values, strict=True))


def _order(key: Key) -> Key:
    """Return what keys are compared by, whatever somebody put in a column."""
    return tuple((_RANKS.get(type(part), 2), part) for part in key)


def _says_the_same(columns: Sequence[Column[Any]], left: _Values, right: _Values) -> bool:
    """Say whether rows differ in nothing but the order of keys in JSON, which means nothing."""
    return all(
        mine == theirs or (isinstance(column.type, JSON) and _document(mine) == _document(theirs))
        for column, mine, theirs in zip(columns, left, right, strict=True)
    )


def _document(text: Any) -> Any:
    """Read JSON; what is none stays as it is."""
    try:
        return orjson.loads(text) if isinstance(text, str) else text
    except orjson.JSONDecodeError:
        return text


def _raw_rows(
    session: Session, columns: Sequence[Column[Any]], keys: Sequence[str]
) -> Iterator[_Values]:
    """Walk a table of SQLite by its key, its values as they lie there."""
    named, ordered = (
        ", ".join(f'"{name}"' for name in n) for n in ([c.name for c in columns], keys)
    )
    statement = f"SELECT {named} FROM main.{columns[0].table.name} ORDER BY {ordered}"  # noqa: S608
    # The driver's own cursor: it keeps no rows, and makes nothing of them but tuples.
    cursor = session.connection().connection.cursor()
    cursor.execute(statement)
    yield from cursor


def _sorted_rows(
    session: Session, columns: Sequence[Column[Any]], keys: Sequence[str]
) -> Iterator[_Values]:
    """Walk a table by its key, in an order that does not depend on the database."""
    names = [column.name for column in columns]
    places, first = [names.index(key) for key in keys], names.index(keys[0])
    statement = select(*columns).order_by(columns[first]).execution_options(yield_per=log.BATCH)
    group: list[_Values] = []
    for row in session.execute(statement):
        values = tuple(row)
        # Databases sort text differently: what has no number to go by is sorted here.
        if group and group[0][first] != values[first] and isinstance(values[first], int):
            yield from sorted(group, key=lambda each: _order(_key(each, places)))
            group = []
        group.append(values)
    yield from sorted(group, key=lambda each: _order(_key(each, places)))
