"""Whether what Dateline holds is what its log says: tables against a replay, blobs, the log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from archive import foreign
from archive.comparing import Key, Row, differences
from archive.models import ForeignLog
from archive.projectors import TAKEN
from archive.replaying import PROJECTED, apply, compared, replayed, scratch
from errors import HistoryBrokenError
from ledger import withholding
from ledger.audit import walk
from ledger.events import Event
from ledger.kept_heads import PagesInTable
from ledger.models import HeadPage, LogEvent
from sources.models import Blob, Snapshot


def problems(session: Session) -> Iterator[str]:
    """Yield everything that is not as it was recorded, naming record and place."""
    with scratch((*PROJECTED, HeadPage), is_read=False) as copy:
        is_whole = True
        for found, events in walk(session, PagesInTable(copy)):
            yield from found
            # A replay of a broken log would only repeat its fault in other words.
            is_whole = is_whole and not found
            if is_whole:
                refused = _refusals(copy, events)
                yield from refused
                is_whole = not refused
        yield from problems_of_blobs(session)
        yield from problems_of_foreign_logs(session)
        if is_whole:
            yield from _problems_of_tables(session, copy)


def _refusals(copy: Session, events: Sequence[Event]) -> list[str]:
    """Replay events; lists the one that cannot be."""
    try:
        apply(copy, events)
    except HistoryBrokenError as error:
        return [f"log_event: {error}"]
    return []


def problems_of_blobs(session: Session) -> Iterator[str]:
    """Yield the snapshots whose bytes are gone or are not the ones taken."""
    named = set(session.execute(select(Snapshot.sha256)).scalars())
    missing = named - withholding.blobs(session)
    statement = select(Blob.sha256, Blob.content).execution_options(yield_per=1)
    for digest, content in session.execute(statement):
        missing.discard(digest)
        if hashlib.sha256(content).hexdigest() != digest:
            yield f"blob {digest}: the bytes have another digest"
        if digest not in named:
            yield f"blob {digest}: it is no snapshot's"
    for digest in sorted(missing):
        yield f"blob {digest}: the bytes of a snapshot are gone"


def problems_of_foreign_logs(session: Session) -> Iterator[str]:
    """Compare what is kept of other desks' logs with what our own log says was taken."""
    statement = select(LogEvent.line, LogEvent.at).where(LogEvent.type == TAKEN)
    taken: dict[str, dict[str, object]] = {}
    for row in session.execute(statement.order_by(LogEvent.seq)):
        data = json.loads(row.line)["data"]
        taken[data["log"]] = data | {"taken_at": row.at}
    for held in session.execute(select(ForeignLog).order_by(ForeignLog.id)).scalars():
        told = taken.pop(held.log, None)
        names = ("log", "origin", "size", "root", "taken_at")
        if told is None or any(getattr(held, name) != told[name] for name in names):
            yield f"foreign_log {held.log}: our log says that something else was taken"
        else:
            yield from _problems_of_copy(session, held, told)
    for log in sorted(taken):
        yield f"foreign_log {log}: what was taken is gone"


def _problems_of_copy(
    session: Session, held: ForeignLog, told: Mapping[str, object]
) -> Iterator[str]:
    if foreign.root_of(session, held, held.size).hex() != held.root:
        yield f"foreign_event {held.log}: the lines do not give the root that was signed"
    elif not foreign.is_signed(session, held):
        yield f"foreign_log {held.log}: the note is not one that keys of its log signed over it"
    if foreign.digest_of(session, held.id or 0) != told["claims"]:
        yield f"foreign_claim {held.log}: the claims are not those that were taken"
    else:
        for uuid in foreign.unlike_their_documents(session, held.id or 0):
            yield f"foreign_claim {uuid}: the row is not what its document says"


def problems_of_tables(session: Session) -> Iterator[str]:
    """Replay the log into a database of its own and compare every projected row."""
    try:
        with replayed(session) as copy:
            yield from _problems_of_tables(session, copy)
    except HistoryBrokenError as error:
        yield f"log_event: {error}"


def _problems_of_tables(session: Session, copy: Session) -> Iterator[str]:
    for table, keys in compared():
        for key, expected, held in differences(session, copy, table, keys):
            yield from _told(table, key, expected, held)


def _told(table: Table, key: Key, expected: Row | None, held: Row | None) -> Iterator[str]:
    where = f"{table.name} {'/'.join(str(part) for part in key)}"
    if held is None:
        yield f"{where}: the row is missing"
    elif expected is None:
        yield f"{where}: the log knows no such row"
    else:
        for name, value in expected.items():
            if held[name] != value:
                yield f"{where}: {name} is not what the log says"
