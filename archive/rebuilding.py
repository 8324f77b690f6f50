"""Making the projected tables anew, with their past, from the log alone."""

from __future__ import annotations

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from archive import replaying
from ledger import history, log, withholding
from sources.models import Blob

#: Full-text indexes, which keep words of deleted rows until they are made anew.
_INDEXES = ("claim_fts", "claim_history_fts", "foreign_claim_fts")


def rebuild(session: Session) -> int:
    """
    Empty every projected table and its past and replay the log; returns how many events.

    Whatever the log does not disclose any more is gone from the tables, their past and the
    indexes, too.
    """
    session.flush()
    connection = session.connection()
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        # Rows that others refer to are away for a moment; they come back under the same keys.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    history.forget(connection, replaying.tables())
    session.expunge_all()
    count = replaying.apply(session, log.events(session))
    if is_sqlite:
        for index in _INDEXES:
            session.execute(text(f"INSERT INTO {index}({index}) VALUES ('rebuild')"))  # noqa: S608
    return count


def forget_blobs(session: Session) -> None:
    """Delete the bytes that the log says were erased."""
    for digest in sorted(withholding.blobs(session)):
        session.execute(delete(Blob).where(Blob.sha256 == digest))
