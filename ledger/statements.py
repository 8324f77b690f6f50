"""
Statements that go to the driver as they are: where the log moves many rows, or a few very often.

A statement that SQLAlchemy makes anew each time, with a name for every parameter, costs more than
the database's own work on it. Marks are written `?` here, whatever the driver calls them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session


def fetch(session: Session, statement: str, parameters: Sequence[Any]) -> Sequence[Any]:
    """Return all rows that a statement gives."""
    connection = session.connection()
    given = _marked(connection, statement)
    return connection.exec_driver_sql(given, tuple(parameters)).fetchall()


def run_many(session: Session, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Run a statement with each of the rows."""
    if rows:
        connection = session.connection()
        connection.exec_driver_sql(_marked(connection, statement), list(rows))


def marks(count: int, mark: str = "?", between: str = ", ") -> str:
    """Return so many marks of parameters."""
    return between.join([mark] * count)


def _marked(connection: Connection, statement: str) -> str:
    return statement if connection.dialect.paramstyle == "qmark" else statement.replace("?", "%s")
