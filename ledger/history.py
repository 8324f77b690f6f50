"""
The past of projected tables: what a row held before, and views that show a table as it was.

A projected table has a column `since`, the sequence number of the event that gave a row its
present values. When an event changes a row, a trigger keeps the old one in a table of the same
columns beside it, `<table>_history`, with `until`, the event that ended it. A row that is deleted
is ended first. So a table as of event S is its rows since S or before, and the ended ones that
were there at S; a view of the table's own name makes every query run on that unchanged. Where rows
are never deleted, each leads to its own past, which is quicker to join.

The history tables follow their tables: they are made, and given new columns, after every
migration, so that a migration of a projected table need not think of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    delete,
    event,
    inspect,
    text,
    update,
)
from sqlalchemy.orm import ORMExecuteState, Session

from ledger.events import projected_seq, projecting

SUFFIX = "_history"

#: PostgreSQL's schema of views that show the past; SQLite makes them for a connection.
PAST = "past"

#: SQLite's name for the database that is not temporary.
SQLITE = "main"

#: The log's own tables, of which the past saw the beginning: columns and rows as of an event.
LOG_VIEWS = {
    "log_event": ("*", "seq <= {seq}"),
    "log_disclosure": ("*", "seq <= {seq}"),
    "log_checkpoint": ("*", "size - 1 <= {seq}"),
    "log_key": (
        "vkey, added_seq, added_at, "
        "CASE WHEN revoked_seq <= {seq} THEN revoked_seq END AS revoked_seq, "
        "CASE WHEN revoked_seq <= {seq} THEN revoked_at END AS revoked_at",
        "added_seq <= {seq}",
    ),
}


#: Columns that no event changes; they can be read, and ordered by, without looking back.
_FIXED = ("uuid", "created_at")


def since(*, is_lasting: bool = False) -> Any:
    """
    Return the column that says which event gave a row its values.

    :param is_lasting: whether rows of the table are never deleted, so that each leads to its past
    """
    return Column(
        "since",
        Integer,
        nullable=False,
        default=projected_seq,
        onupdate=projected_seq,
        info={"is_lasting": is_lasting},
    )


def has_history(table: Table) -> bool:
    """Say whether a table's past is kept."""
    return "since" in table.c


def history_of(table: Table, metadata: MetaData) -> Table:
    """Return the table of a table's past rows."""
    keys = [column.name for column in table.primary_key]
    name = table.name + SUFFIX
    return Table(
        name,
        metadata,
        Column("entry", Integer, primary_key=True),
        *(Column(column.name, column.type) for column in table.columns),
        Column("until", Integer),
        Index(f"ix_{name}_key", *keys, "until"),
        Index(f"ix_{name}_until", "until", "since"),
    )


def follow(connection: Connection, tables: Iterable[Table]) -> None:
    """Give each table that has a past its history, its trigger and its view, as it is now."""
    release(connection, tables)
    present = set(inspect(connection).get_table_names())
    for table in tables:
        if table.name not in present or not has_history(table):
            continue
        held = {column["name"] for column in inspect(connection).get_columns(table.name)}
        if "since" not in held:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table.name}{SUFFIX}")
            continue
        columns = [column for column in table.columns if column.name in held]
        _follow_columns(connection, table, columns)
        _make_trigger(connection, table.name, [column.name for column in columns])
        if connection.dialect.name == "postgresql":
            _make_view(connection, table.name, partial(_as_of, table, columns))
    if connection.dialect.name == "postgresql":
        for name in sorted(LOG_VIEWS.keys() & present):
            held = {column["name"] for column in inspect(connection).get_columns(name)}
            # An older schema may not count its rows by events yet.
            if LOG_VIEWS[name][1].split()[0] in held:
                _make_view(connection, name, partial(_log_as_of, name))


def release(connection: Connection, tables: Iterable[Table]) -> None:
    """Take away triggers and views, so that the tables can change."""
    present = set(inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {PAST} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA {PAST}")
    for table in tables:
        if table.name not in present:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table.name}{SUFFIX}")
        elif connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {table.name}_keep CASCADE")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table.name}_keep")


def _follow_columns(connection: Connection, table: Table, columns: list[Column[Any]]) -> None:
    found = inspect(connection)
    history = history_of(table, MetaData())
    if not found.has_table(history.name):
        history.create(connection)
        return
    held = {column["name"] for column in found.get_columns(history.name)}
    for column in columns:
        if column.name not in held:
            kind = column.type.compile(connection.dialect)
            connection.exec_driver_sql(
                f'ALTER TABLE {history.name} ADD COLUMN "{column.name}" {kind}'
            )


def _make_trigger(connection: Connection, name: str, columns: list[str]) -> None:
    """Keep a row's old values when an event gives it others; once for each event."""
    named = _named(columns)
    old = ", ".join(f'OLD."{column}"' for column in columns)
    keep = f"INSERT INTO {name}{SUFFIX} ({named}, until) VALUES ({old}, NEW.since);"
    head = f"CREATE TRIGGER {name}_keep AFTER UPDATE ON {name} FOR EACH ROW"
    when = "WHEN (OLD.since <> NEW.since)"
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}_keep() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {keep} RETURN NULL; END $$"
        )
        connection.exec_driver_sql(f"{head} {when} EXECUTE FUNCTION {name}_keep()")
    else:
        connection.exec_driver_sql(f"{head} {when} BEGIN {keep} END")


def _make_view(connection: Connection, name: str, selected: Callable[[str, str], str]) -> None:
    seq = "current_setting('dateline.seq')::integer"
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar()
    shown = selected(seq, f'"{schema}"')
    connection.exec_driver_sql(f"CREATE VIEW {PAST}.{name} AS {shown}")


def _log_as_of(name: str, seq: str, schema: str) -> str:
    """Return the statement that selects the rows of a table of the log as of an event."""
    shown, there = (part.format(seq=seq) for part in LOG_VIEWS[name])
    return f"SELECT {shown} FROM {schema}.{name} WHERE {there}"


def _as_of(table: Table, columns: Iterable[Column[Any]], seq: str, schema: str) -> str:
    """Return the statement that selects a table's rows as of an event."""
    if table.c.since.info["is_lasting"]:
        return _lasting_as_of(table, columns, seq, schema)
    named = _named(column.name for column in columns)
    return (
        f"SELECT {named} FROM {schema}.{table.name} WHERE since <= {seq} UNION ALL "
        f"SELECT {named} FROM {schema}.{table.name}{SUFFIX} WHERE until > {seq} AND since <= {seq}"
    )


def _lasting_as_of(table: Table, columns: Iterable[Column[Any]], seq: str, schema: str) -> str:
    """
    Return that statement for rows that are never deleted: each as it is, or as it was then.

    A query on one table, unlike a union, is joined and ordered by the table's own indexes.
    """
    same = " AND ".join(f'h."{column.name}" = n."{column.name}"' for column in table.primary_key)
    then = (
        f"FROM {schema}.{table.name}{SUFFIX} h "
        f"WHERE {same} AND h.until > {seq} AND h.since <= {seq}"
    )
    shown = [
        f'n."{column.name}"'
        if column.primary_key or column.foreign_keys or column.name in _FIXED
        else f'CASE WHEN n.since <= {seq} THEN n."{column.name}" '
        f'ELSE (SELECT h."{column.name}" {then}) END AS "{column.name}"'
        for column in columns
    ]
    there = f"n.since <= {seq} OR EXISTS (SELECT 1 {then})"
    if schema == SQLITE:
        # Without a word of how many there are, its planner begins at the wrong table.
        there = f"likelihood({there}, 1.0)"
    return f"SELECT {', '.join(shown)} FROM {schema}.{table.name} n WHERE {there}"


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def look_back(connection: Connection, tables: Iterable[Table], seq: int) -> None:
    """Show every table as of an event until the connection's transaction ends."""
    if connection.dialect.name == "postgresql":
        # A change of the path has prepared statements look up their tables anew.
        connection.exec_driver_sql(
            "SELECT set_config('search_path', %s || ', ' || current_setting('search_path'), true), "
            "set_config('dateline.seq', %s, true)",
            (PAST, str(int(seq))),
        )
        return
    views = {t.name: partial(_as_of, t, list(t.columns)) for t in tables if has_history(t)}
    views |= {name: partial(_log_as_of, name) for name in LOG_VIEWS}
    for name, selected in views.items():
        shown = selected(str(int(seq)), SQLITE)
        connection.exec_driver_sql(f"CREATE TEMP VIEW {name} AS {shown}")


@event.listens_for(Session, "do_orm_execute")
def _end_before_deleting(state: ORMExecuteState) -> None:
    """End the rows that an event's projector deletes, so that the past keeps them."""
    if not state.is_delete or projecting() is None:
        return
    statement: Any = state.statement
    if not has_history(statement.table):
        return
    if statement.table.c.since.info["is_lasting"]:
        raise RuntimeError(f"Rows of {statement.table.name} are kept for good.")
    ended = update(statement.table).values(since=projected_seq())
    state.session.execute(ended.where(*statement._where_criteria))


def forget(connection: Connection, tables: Iterable[Table]) -> None:
    """Empty the tables with their past, children before parents, to be filled by a replay."""
    for table in reversed(list(tables)):
        connection.execute(delete(table))
        if has_history(table):
            connection.execute(text(f"DELETE FROM {table.name}{SUFFIX}"))
