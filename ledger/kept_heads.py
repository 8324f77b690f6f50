"""
The map of heads in the database, as of the newest event that commits to it.

Like the nodes of the log's tree, its pages follow from the log's lines and are no projection. Ones
that are missing, or not as they were written, are made anew from the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from errors import HistoryBrokenError
from ledger import log
from ledger.head_pages import Branch, HeadPages, PagesBrokenError
from ledger.heads import Head
from ledger.models import HeadPage, LogEvent
from ledger.statements import fetch, marks, run_many

#: Events that are looked through at a time for heads.
STRETCH = 20_000

#: Pages that one statement reads.
_MOST_PAGES = 200

_WRITE = (
    "INSERT INTO log_head_page (name, content) VALUES (?, ?) "
    "ON CONFLICT (name) DO UPDATE SET content = excluded.content"
)

#: The events that commit to the map, the newest first.
_HEADS = (
    select(LogEvent.seq, LogEvent.line)
    .where(LogEvent.type == log.HEADS)
    .order_by(LogEvent.seq.desc())  # type: ignore[attr-defined]
)


class PagesInTable:
    """The pages of the map of heads, each a row."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """Return those of the pages that there are."""
        found: dict[str, bytes] = {}
        for start in range(0, len(names), _MOST_PAGES):
            chunk = names[start : start + _MOST_PAGES]
            statement = (
                f"SELECT name, content FROM log_head_page WHERE name IN ({marks(len(chunk))})"  # noqa: S608
            )
            found |= {name: bytes(page) for name, page in fetch(self._session, statement, chunk)}
        return found

    def all(self) -> Iterator[tuple[str, Any]]:
        """Yield the pages in the order of their names."""
        statement = select(HeadPage.name, HeadPage.content).order_by(HeadPage.name)
        for row in self._session.execute(statement.execution_options(yield_per=_MOST_PAGES)):
            yield row.name, row.content

    def write(self, pages: Mapping[str, bytes]) -> None:
        """Keep pages, in the place of earlier ones of the same names."""
        run_many(self._session, _WRITE, list(pages.items()))


def bring_up(session: Session, size: int) -> Branch:
    """Bring the kept map up to the log's first `size` events; returns their number and hash."""
    first = _first_missing(session, size)
    try:
        return _take(session, first, size)
    except PagesBrokenError:
        forget(session)
        return _take(session, 0, size)


def last(session: Session) -> int:
    """Return the number of the newest event that commits to the map, -1 if there is none."""
    found = session.execute(_HEADS.limit(1)).first()
    return found.seq if found else -1


def complete(session: Session) -> None:
    """Make the kept map the one that the newest checkpoint commits to, if it is not."""
    newest = session.execute(_HEADS.limit(1)).first()
    if newest is None:
        forget(session)
    elif not _commits_to(newest.line, HeadPages(PagesInTable(session))):
        bring_up(session, newest.seq)


def forget(session: Session) -> None:
    """Delete all pages; the next checkpoint makes them anew."""
    session.execute(delete(HeadPage))


def of_checkpoint(session: Session, size: int) -> HeadPages | None:
    """Return the kept map if it is the one that the checkpoint of this size commits to."""
    pages = HeadPages(PagesInTable(session))
    event = session.get(LogEvent, size - 1)
    is_kept = event is not None and _commits_to(event.line, pages)
    return pages if is_kept else None


def check(session: Session, body: Mapping[str, Any]) -> None:
    """
    Bring the kept map up to an event that commits to it.

    :raises HistoryBrokenError: if the chains have other heads
    """
    seq = body["seq"]
    heads = bring_up(session, seq)
    if not is_committed(body["data"], heads):
        raise HistoryBrokenError(f"Event {seq} commits to other heads than the chains before have.")


def is_committed(data: Mapping[str, Any], heads: Branch) -> bool:
    """Say whether an event's data are what a checkpoint commits to with these heads."""
    return bool(data.get("heads") == heads.hash.hex())


def _take(session: Session, first: int, size: int) -> Branch:
    # Those of an empty table are all made here.
    pages = HeadPages(PagesInTable(session), is_own=first == 0)
    for heads in moved(session, first, size):
        pages.change(heads)
    return pages.root()


def moved(session: Session, first: int, size: int) -> Iterator[list[Head]]:
    """Yield the heads that events moved, a stretch at a time; the log itself has none."""
    own = log.log_id(session)
    statement = (
        "SELECT subject, subject_seq, leaf_hash FROM log_event "
        "WHERE seq >= ? AND seq < ? AND subject <> ? ORDER BY seq"
    )
    for start in range(first, size, STRETCH):
        rows = fetch(session, statement, (start, min(start + STRETCH, size), own))
        newest = {subject: (subject, seq, bytes(leaf)) for subject, seq, leaf in rows}
        if newest:
            yield list(newest.values())


def _first_missing(session: Session, size: int) -> int:
    """Return the first event that is not in the map yet; all of them if it is not as it was."""
    before = session.execute(_HEADS.where(LogEvent.seq < size).limit(1)).first()
    if before is not None and _commits_to(before.line, HeadPages(PagesInTable(session))):
        return before.seq
    forget(session)
    return 0


def _commits_to(line: bytes, pages: HeadPages) -> bool:
    try:
        return is_committed(orjson.loads(line)["data"], pages.root())
    except PagesBrokenError:
        return False
