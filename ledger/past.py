"""
Answers as of a moment: a session whose tables are those of then, and a clock that stands there.

What the desk held at a moment is what its events up to then gave. Every query runs unchanged on
such a session, which only reads: its tables are views that end with its transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NoReturn

from sqlalchemy import Table, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from db import Database
from errors import InvalidInputError
from ledger import clock, history
from ledger.models import LogEvent

#: Stands for the past before the first event.
BEFORE_ALL = -1


@dataclass(frozen=True, slots=True)
class Past:
    """A moment, and the last event that had happened by then."""

    moment: str
    seq: int

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Run with the clock standing at this moment."""
        token = _viewed.set(self)
        try:
            with clock.stopped_at(self.moment):
                yield
        finally:
            _viewed.reset(token)

    def session(self, database: Database) -> Session:
        """Open a session that sees the tables as they were."""
        session = PastSession(database.engine, expire_on_commit=False)
        history.look_back(session.connection(), tables(), self.seq)
        return session


class PastSession(Session):
    """A session on the past, which nothing can change."""

    def commit(self) -> NoReturn:
        """Refuse: the views would outlive the transaction, and there is nothing to keep."""
        raise RuntimeError("A session on the past only reads.")


_viewed: ContextVar[Past | None] = ContextVar("viewed", default=None)


def viewed() -> Past | None:
    """Return the past that is being looked at, None for the present."""
    return _viewed.get()


@contextmanager
def standing_at(past: Past | None) -> Iterator[None]:
    """Run in the past, or in the present where none is given."""
    if past is None:
        yield
        return
    with past.entered():
        yield


def tables() -> list[Table]:
    """List the tables whose past is kept, parents before children."""
    return [table for table in SQLModel.metadata.sorted_tables if history.has_history(table)]


def past_at(session: Session, moment: str) -> Past:
    """
    Return the past at a moment.

    :raises InvalidInputError: if the moment has not come yet
    """
    if moment > clock.now():
        raise InvalidInputError(
            f"{moment} has not come yet; nothing is known about what will be held then.",
            {"as_of": "Give a time or day that has begun."},
        )
    statement: Any = (
        select(LogEvent.seq)
        .where(LogEvent.at <= moment)
        .order_by(LogEvent.at.desc(), LogEvent.seq.desc())  # type: ignore[attr-defined]
        .limit(1)
    )
    seq = session.execute(statement).scalar_one_or_none()
    return Past(moment, BEFORE_ALL if seq is None else seq)
