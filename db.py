"""
The database: engine, the one transaction of a piece of work, and pages by key.

SQLite is set up so that a writer takes its lock when it begins (`BEGIN IMMEDIATE`), nothing is
acknowledged before it is on disk (`synchronous=FULL`) and readers never wait (WAL). This is the
only module below the routes that knows Flask: a request's transaction lives as long as the
request and is committed once, by whoever started the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from typing import Any

import orjson
from flask import Flask, current_app, g, has_app_context
from sqlalchemy import Column, Connection, Dialect, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from config import Settings

#: Milliseconds that a writer waits for another writer's lock.
BUSY_TIMEOUT = 30_000


def _dumps(value: Any) -> str:
    # Sorted: what a replay of the log writes is what was written live, byte for byte.
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


class Database:
    """An engine and the two kinds of session made from it: reading and writing."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._writer = self.engine.execution_options(dateline_write=True)

    @property
    def is_sqlite(self) -> bool:
        """Say whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    def read_session(self) -> Session:
        """Open a session that only reads; it never waits for a writer."""
        return Session(self.engine, expire_on_commit=False)

    def write_session(self) -> Session:
        """Open a session that takes the writer's lock when it begins."""
        return Session(self._writer, expire_on_commit=False)

    def snapshot_session(self) -> Session:
        """Open a session whose every statement reads the same state."""
        if self.is_sqlite:
            return self.read_session()
        fixed = self.engine.execution_options(isolation_level="REPEATABLE READ")
        return Session(fixed, expire_on_commit=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Run one piece of work and commit it, or undo all of it."""
        with self.write_session() as session, session.begin():
            take_lock(session)
            yield session

    def compact(self) -> bool:
        """
        Write the database anew without what was deleted from it.

        Says whether that is done: others who read it now can keep the old pages in the
        write-ahead log until they end.
        """
        if not self.is_sqlite:
            with self.engine.execution_options(
                isolation_level="AUTOCOMMIT"
            ).connect() as connection:
                connection.exec_driver_sql("VACUUM FULL")
            return True
        raw = self.engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM")
            (busy, _, _) = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
        finally:
            raw.close()

    def check(self) -> None:
        """Refuse to start on a database that could lose what it acknowledged."""
        if not self.is_sqlite:
            return
        with self.engine.connect() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
        if found != {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}:
            raise SystemExit(f"SQLite did not take its settings (WAL, FULL, foreign keys): {found}")


def make_engine(url: str) -> Engine:
    """Make the engine for a database's address, SQLite's settings included."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(
        url,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
        # What is written never shows in an error, and so in no log: it may have to be erased.
        hide_parameters=True,
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    # None hands BEGIN to us: the driver's own would take the write lock too late.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        # Kibibytes of pages: of a large log, an insert touches more than the default holds.
        "cache_size=-8000",
        # Deleted content is overwritten: an erasure leaves nothing behind in free pages.
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    wanted = connection.get_execution_options().get("dateline_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if wanted else "BEGIN")


def insert_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """
    Insert rows that name all of a table's columns, without what a statement costs for each row.

    Nothing is filled in: no default of a column's.
    """
    if not rows:
        return
    names, processors = _columns(session.connection().dialect, table)
    values: Sequence[tuple[Any, ...]] = list(map(itemgetter(*names), rows))
    if processors:
        columns: list[Iterable[Any]] = list(zip(*values, strict=True))
        for place, process in processors:
            columns[place] = map(process, columns[place])
        values = list(zip(*columns, strict=True))
    insert_values(session, table, values)


def insert_values(session: Session, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, each with all values in the order of the table's columns, for the driver."""
    if not rows:
        return
    session.flush()
    connection = session.connection()
    connection.exec_driver_sql(_insertion(connection.dialect, table), rows)  # type: ignore[arg-type]


@cache
def _insertion(dialect: Dialect, table: Table) -> str:
    """Return a table's insert as the driver takes it."""
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.c)
    marks = ", ".join([mark] * len(table.c))
    return f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})"  # noqa: S608


@cache
def _columns(
    dialect: Dialect, table: Table
) -> tuple[list[str], list[tuple[int, Callable[[Any], Any]]]]:
    """Return a table's columns, and what makes values ready for the driver, by their places."""
    made = [_processor(dialect, column) for column in table.c]
    ready = [(place, process) for place, process in enumerate(made) if process is not None]
    return [column.name for column in table.c], ready


def _processor(dialect: Dialect, column: Column[Any]) -> Callable[[Any], Any] | None:
    kind = column.type.dialect_impl(dialect)
    if isinstance(kind, sqlite.JSON) and not kind.none_as_null:
        # What the dialect would do with each, without asking each what it is.
        return _dumps
    return kind.bind_processor(dialect)


class Work:
    """The database side of one request: at most one write session, committed at the end."""

    def __init__(self) -> None:
        self.writer: Session | None = None
        self.reader: Session | None = None
        #: Opens the session that reads; another one where the work is about the past.
        self.open_reader: Callable[[], Session] = lambda: database().read_session()
        #: Called once the writer's lock is held, before anything is read or written.
        self.on_write: Callable[[Session], None] | None = None

    def commit(self) -> None:
        """Make the work last, if any was done."""
        if self.writer is not None:
            self.writer.commit()

    def close(self) -> None:
        """Undo what was not committed and give the connections back."""
        for session in (self.writer, self.reader):
            if session is not None:
                session.close()
        self.writer = self.reader = None


def init_app(app: Flask, settings: Settings) -> Database:
    """Give the application its database."""
    if settings.database.startswith("sqlite:///"):
        settings.instance.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    app.extensions["dateline.db"] = database
    return database


def database() -> Database:
    """Return the running application's database."""
    found: Database = current_app.extensions["dateline.db"]
    return found


@contextmanager
def unit_of_work() -> Iterator[Work]:
    """Hold the work of one request: whoever opens this commits, once, before it ends."""
    work = Work()
    g.work = work
    try:
        yield work
    finally:
        work.close()
        g.pop("work", None)


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the write transaction of this piece of work, or join the one that is open."""
    work: Work | None = g.get("work") if has_app_context() else None
    if work is None:
        with database().writing() as session:
            yield session
        return
    if work.writer is None:
        work.writer = database().write_session()
        work.writer.begin()
        take_lock(work.writer)
        if work.on_write is not None:
            work.on_write(work.writer)
    try:
        yield work.writer
        work.writer.flush()
    except BaseException:
        # Whoever catches this must not commit half of the work.
        work.close()
        raise


def reading() -> Session:
    """Return the request's session: the one that writes, if it does, else one that only reads."""
    work: Work = g.work
    if work.writer is not None:
        return work.writer
    if work.reader is None:
        work.reader = work.open_reader()
    return work.reader


@contextmanager
def reading_from(open_reader: Callable[[], Session]) -> Iterator[None]:
    """Have this piece of work read from sessions that are opened like this."""
    work: Work = g.work
    before = work.reader, work.open_reader
    work.reader, work.open_reader = None, open_reader
    try:
        yield
    finally:
        if work.reader is not None:
            work.reader.close()
        work.reader, work.open_reader = before


def take_lock(session: Session) -> None:
    """
    Take the one writer's lock now: what a service reads first must still hold when it writes.

    SQLite's writer has it once it begins; on PostgreSQL it is a lock of the transaction, since
    its default level would let two writers start from the same version of a record.
    """
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(7218903541)"))
