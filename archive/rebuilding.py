"""Making the projected tables anew, with their past, from the log alone."""

from __future__ import annotations

from sqlalchemy.orm import Session

from archive import replaying
from ledger import history, log


def rebuild(session: Session) -> int:
    """
    Empty every projected table and its past and replay the log; returns how many events.

    Whatever the log does not disclose any more is gone from the tables and their past, too.
    """
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        # Rows that others refer to are away for a moment; they come back under the same keys.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    history.forget(connection, replaying.tables())
    session.expunge_all()
    return replaying.apply(session, log.events(session))
