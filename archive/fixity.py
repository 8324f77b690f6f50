"""Looking after the archive: everything hashed and compared again, and the result kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from archive.audit import problems
from archive.models import FixityCheck
from db import Database
from ledger import clock, log
from sources.models import Blob

#: Problems that are kept of one check; more say no more.
MOST_KEPT = 100


class Check:
    """One check under way: yields problems as they are found, and can be recorded afterwards."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._started_at = clock.now()
        self._found: list[str] = []
        self._size = self._blobs = 0
        self._root = ""
        self.count = 0

    def problems(self) -> Iterator[str]:
        """Yield everything that is not as it was recorded, naming record and place."""
        with self._database.snapshot_session() as session:
            self._size = log.log_size(session)
            self._blobs = session.execute(select(func.count()).select_from(Blob)).scalar_one()
            for problem in problems(session):
                self.count += 1
                if self.count <= MOST_KEPT:
                    self._found.append(problem)
                yield problem
            self._root = self._root_of(session)

    def _root_of(self, session: Session) -> str:
        """Return the root that was checked; a log with holes has none."""
        return log.root(session, self._size).hex() if not self.count else ""

    def record(self) -> FixityCheck:
        """Keep what was found."""
        row = FixityCheck(
            started_at=self._started_at,
            ended_at=clock.now(),
            log_size=self._size,
            root=self._root,
            blobs=self._blobs,
            problem_count=self.count,
            problems=self._found,
        )
        with self._database.writing() as session:
            session.add(row)
            session.flush()
        return row


def checks_query() -> Select[Any]:
    """Select the checks that were made."""
    return select(FixityCheck)


def check_document(row: FixityCheck) -> dict[str, Any]:
    """Return a check in the API's shape."""
    return {
        "id": row.id,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "log_size": row.log_size,
        "root": row.root or None,
        "snapshots": row.blobs,
        "problem_count": row.problem_count,
        "problems": row.problems,
    }
