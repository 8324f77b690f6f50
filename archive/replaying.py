"""
The log replayed into a database of its own, to be compared with the tables or read instead.

It lies in a file that nobody else sees and that is gone afterwards, so memory stays flat.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from sqlalchemy import JSON, MetaData, Table, event, select, type_coerce
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.types import UserDefinedType
from sqlmodel import SQLModel

import claims.projectors
import sources.projectors
from claims import models as claim_models
from db import Database
from errors import HistoryBrokenError
from ledger import history, log
from ledger import models as ledger_models
from ledger.events import Event, project_all
from sources import models as source_models

#: Importing a room's projectors is what registers them.
PROJECTORS = (claims.projectors, sources.projectors)

#: The tables that are projections of the log, parents before children.
PROJECTED: tuple[type[SQLModel], ...] = (
    ledger_models.LogKey,
    source_models.Article,
    source_models.ArticleText,
    source_models.Source,
    source_models.Snapshot,
    source_models.Derivation,
    source_models.Fingerprint,
    claim_models.Claim,
    claim_models.ClaimTopic,
    claim_models.ClaimEntity,
    claim_models.ClaimQuantity,
    claim_models.Finding,
    claim_models.Evidence,
    claim_models.ClaimRelation,
    claim_models.SegmentMark,
)

#: Events after which a session forgets what it holds.
_BATCH = 500

Key = tuple[Any, ...]
Row = dict[str, Any]


class AsIs(UserDefinedType[Any]):
    """A value as it lies in SQLite, neither read nor written as anything else."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Name the type, as every type must; no table has a column of it."""
        return "BLOB"


def tables() -> list[Table]:
    """List the projected tables, parents before children."""
    return [model.__table__ for model in PROJECTED]  # type: ignore[attr-defined]


def compared() -> Iterator[tuple[Table, list[str]]]:
    """Yield the projected tables and those of their past, each with what names a row in it."""
    past = MetaData()
    for table in tables():
        keys = [column.name for column in table.primary_key]
        yield table, keys
        if history.has_history(table):
            yield history.history_of(table, past), [*keys, "until"]


def apply(session: Session, events: Iterable[Event]) -> int:
    """
    Change the tables by events that stand in a log already; returns how many.

    :raises HistoryBrokenError: naming the event that cannot be applied
    """
    count = done = 0
    last: Event | None = None

    def counted() -> Iterator[Event]:
        nonlocal count, last
        for last in events:
            count += 1
            yield last

    try:
        for _ in project_all(session, counted()):
            if count - done >= _BATCH:
                done = count
                session.flush()
                session.expunge_all()
    except (LookupError, TypeError, ValueError, AttributeError, SQLAlchemyError) as error:
        # What only another hand could have written: no event of ours is refused here.
        place = f"Event {last.seq}, {last.type}, or one before it" if last else "An event"
        raise HistoryBrokenError(f"{place} cannot be applied: {type(error).__name__}.") from error
    session.flush()
    session.expunge_all()
    return count


@contextmanager
def scratch(models: Iterable[type[SQLModel]] = PROJECTED) -> Iterator[Session]:
    """Open an empty database with these tables, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        fresh = Database(f"sqlite:///{folder}/replay.db")
        event.listen(fresh.engine, "connect", _relax)
        SQLModel.metadata.create_all(fresh.engine, tables=[m.__table__ for m in models])  # type: ignore[attr-defined]
        try:
            with fresh.write_session() as session:
                history.follow(session.connection(), tables())
                yield session
                session.rollback()
        finally:
            fresh.engine.dispose()


@contextmanager
def replayed(session: Session, size: int | None = None) -> Iterator[Session]:
    """Open a database with what the log gives, or gave when it had that size."""
    with scratch() as copy:
        apply(copy, log.events(session, 0, size))
        yield copy


def _relax(connection: Any, _record: Any) -> None:
    """Spare a database that nobody needs afterwards all that makes it last."""
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "secure_delete=OFF", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")


def differences(
    session: Session, copy: Session, table: Table, keys: list[str]
) -> Iterator[tuple[Key, Row | None, Row | None]]:
    """Yield the key of each row that differs, with the row in the replay and the one held."""
    is_raw = session.get_bind().dialect.name == "sqlite"
    expected, held = _rows(copy, table, keys, is_raw), _rows(session, table, keys, is_raw)
    left, right = next(expected, None), next(held, None)
    while left or right:
        if right is None or (left is not None and _order(left[0]) < _order(right[0])):
            assert left is not None
            yield left[0], left[1], None
            left = next(expected, None)
        elif left is None or _order(right[0]) < _order(left[0]):
            yield right[0], None, right[1]
            right = next(held, None)
        else:
            if left[1] != right[1]:
                yield left[0], left[1], right[1]
            left, right = next(expected, None), next(held, None)


def _order(key: Key) -> Key:
    """Return what keys are compared by, whatever somebody put in a column."""
    return tuple((not isinstance(p, int), p if isinstance(p, int) else str(p)) for p in key)


def _document(text: Any) -> Any:
    """Read JSON, of which the order of keys means nothing; what is none stays as it is."""
    try:
        return orjson.loads(text) if isinstance(text, str) else text
    except orjson.JSONDecodeError:
        return text


def _rows(
    session: Session, table: Table, keys: list[str], is_raw: bool
) -> Iterator[tuple[Key, Row]]:
    """
    Walk a table by its key, in Python's order.

    :param is_raw: whether values are read as they lie there, so that none cannot be read
    """
    first = table.c[keys[0]]
    # How rows of the past are counted is the database's own business.
    named = [column for column in table.c if column.name != "entry"]
    columns = [type_coerce(c, AsIs()).label(c.name) if is_raw else c for c in named]
    statement = select(*columns).order_by(first).execution_options(yield_per=log.BATCH)
    documents = [c.name for c in named if is_raw and isinstance(c.type, JSON)]
    group: list[tuple[Key, Row]] = []
    for row in session.execute(statement).mappings():
        found = tuple(row[name] for name in keys), dict(row)
        found[1].update({name: _document(row[name]) for name in documents})
        # Databases sort text differently: what has no number to go by is sorted here.
        if group and group[0][0][0] != found[0][0] and isinstance(found[0][0], int):
            yield from sorted(group, key=lambda item: _order(item[0]))
            group = []
        group.append(found)
    yield from sorted(group, key=lambda item: _order(item[0]))
