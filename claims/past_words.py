"""
SQLite's full-text indexes: over the words that claims have, and over those that they had.

PostgreSQL needs neither: it matches the rows of a view on the past like those of a table.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    column,
    exists,
    inspect,
    select,
    table,
    text,
    union_all,
)

from ledger.past import viewed

#: Kept by triggers and out of the models.
_FTS = table("claim_fts", column("rowid", Integer))
_PAST_FTS = table("claim_history_fts", column("rowid", Integer))

_NOW = table("claim", column("id", Integer), column("since", Integer), schema="main")
_THEN = table(
    "claim_history",
    column("entry", Integer),
    column("id", Integer),
    column("since", Integer),
    column("until", Integer),
    schema="main",
)

COLUMNS = "text, normalized_text"

_STATEMENTS = (
    f"CREATE VIRTUAL TABLE claim_history_fts USING fts5({COLUMNS}, content='claim_history', "
    "content_rowid='entry', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER claim_history_fts_insert AFTER INSERT ON claim_history BEGIN "
    f"INSERT INTO claim_history_fts(rowid, {COLUMNS}) "
    "VALUES (new.entry, new.text, new.normalized_text); END",
    "CREATE TRIGGER claim_history_fts_delete AFTER DELETE ON claim_history BEGIN "
    f"INSERT INTO claim_history_fts(claim_history_fts, rowid, {COLUMNS}) "
    "VALUES ('delete', old.entry, old.text, old.normalized_text); END",
    "INSERT INTO claim_history_fts(claim_history_fts) VALUES ('rebuild')",
)


def index(connection: Connection) -> None:
    """Index the words of the past where that is needed and not done."""
    if connection.dialect.name != "sqlite":
        return
    found = set(inspect(connection).get_table_names())
    if "claim_history" not in found:
        connection.exec_driver_sql("DROP TABLE IF EXISTS claim_history_fts")
    elif "claim_history_fts" not in found:
        for statement in _STATEMENTS:
            connection.exec_driver_sql(statement)


def matches(words: str, key: Any) -> ColumnElement[bool]:
    """Ask one claim whether its words match now, by its key."""
    matched = text("claim_fts MATCH :asked").bindparams(asked=words)
    return exists(select(_FTS.c.rowid).where(matched, _FTS.c.rowid == key))


def matching(words: str) -> Select[Any]:
    """Select the keys of the claims whose words match, or matched in the past looked at."""
    now = select(_FTS.c.rowid).where(text("claim_fts MATCH :words").bindparams(words=words))
    past = viewed()
    if past is None:
        return now
    matched = text("claim_history_fts MATCH :words").bindparams(words=words)
    still = select(_NOW.c.id).where(_NOW.c.since <= past.seq, _NOW.c.id.in_(now))
    then = select(_THEN.c.id).where(
        _THEN.c.since <= past.seq,
        _THEN.c.until > past.seq,
        _THEN.c.entry.in_(select(_PAST_FTS.c.rowid).where(matched)),
    )
    either = union_all(still, then).subquery()
    return select(either.c.id)
