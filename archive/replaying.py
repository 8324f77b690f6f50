"""
The log replayed into a database of its own, to be compared with the tables or read instead.

It lies in a file that nobody else sees and that is gone afterwards, so memory stays flat.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, MetaData, Table, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

import archive.projectors
import claims.projectors
import ledger.signers
import sources.projectors
from claims import models as claim_models
from db import Database
from errors import HistoryBrokenError
from ledger import history, log
from ledger import models as ledger_models
from ledger.events import Event, project_all
from sources import models as source_models

#: Importing a room's projectors is what registers them.
PROJECTORS = (archive.projectors, claims.projectors, ledger.signers, sources.projectors)

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
def scratch(
    models: Iterable[type[SQLModel]] = PROJECTED, *, is_read: bool = True
) -> Iterator[Session]:
    """
    Open an empty database with these tables, gone afterwards.

    :param is_read: whether it is read by other than keys, and so needs its indexes
    """
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        fresh = Database(f"sqlite:///{folder}/replay.db")
        event.listen(fresh.engine, "connect", _relax if is_read else _relax_fully)
        found = [model.__table__ for model in models]  # type: ignore[attr-defined]
        SQLModel.metadata.create_all(fresh.engine, tables=found)
        try:
            with fresh.write_session() as session:
                history.follow(session.connection(), tables())
                if not is_read:
                    _drop_indexes(session.connection(), found)
                yield session
                session.rollback()
        finally:
            fresh.engine.dispose()


@contextmanager
def replayed(session: Session) -> Iterator[Session]:
    """Open a database with what the log gives, to be compared."""
    with scratch(is_read=False) as copy:
        apply(copy, log.events(session))
        yield copy


def _drop_indexes(connection: Connection, found: Iterable[Table]) -> None:
    """Leave nothing to look rows up by but what projectors do: keys, ids and references."""
    for table in found:
        for index in table.indexes:
            is_reference = len(index.columns) == 1 and bool(index.columns[0].foreign_keys)
            if not (index.unique or is_reference):
                index.drop(connection)


def _relax(connection: Any, _record: Any) -> None:
    """Spare a database that nobody needs afterwards all that makes it last."""
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "secure_delete=OFF", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")


def _relax_fully(connection: Any, record: Any) -> None:
    """Spare one whose rows are compared all the checks that those compared with passed, too."""
    _relax(connection, record)
    connection.execute("PRAGMA foreign_keys=OFF")
