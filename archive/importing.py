"""
Reading an export back: all of it or nothing, and twice is a no-op.

The log's lines are checked before anything is kept, then taken byte for byte and replayed, so
that the database is the one that the export was made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy.orm import Session

from archive.bag import Bag, open_bag
from errors import HistoryBrokenError, ImportConflictError
from ledger import checkpoint, clock, log
from ledger.canonical import CanonicalError, canonical, parse
from ledger.commitments import commitment
from ledger.events import project
from ledger.log import Appender
from ledger.models import Checkpoint, LogEvent, LogKey, LogState
from permissions import Actor, Permission, require
from sources.models import Blob

#: Events written and projected at a time.
BATCH = 500

EVENTS = "data/log/events.ndjson"
DISCLOSURES = "data/log/disclosures.ndjson"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do: events new here, events that were here already."""

    new: int
    known: int
    log: str


def import_bag(session: Session, path: Path, *, actor: Actor, most: int) -> Imported:
    """
    Take an export into this database.

    :raises ArchiveError: if the bag is not whole or not safe to read
    :raises SignatureInvalidError: if no known key signed its checkpoint
    :raises HistoryBrokenError: if its log does not give the signed root
    :raises ImportConflictError: if another log lives here
    """
    require(actor, Permission.IMPORT)
    with open_bag(path, max_bytes=most) as bag:
        keys = orjson.loads(bag.read("data/log/keys.json"))["keys"]
        note = _checked_note(bag.read("data/log/checkpoint.txt"), keys)
        imported = _take_events(session, bag, note)
        if imported.new:
            _keep_checkpoints(session, bag, note, keys)
            _keep_blobs(session, bag)
    if log.log_size(session) == note.size and log.root(session, note.size) != note.root:
        raise HistoryBrokenError("The log's lines do not give the root that was signed.")
    return imported


def _checked_note(text: bytes, keys: list[str]) -> checkpoint.Note:
    note = checkpoint.parse_note(text.decode())
    checkpoint.verify(note, keys)
    return note


def _take_events(session: Session, bag: Bag, note: checkpoint.Note) -> Imported:
    """Take the lines that are new here; those that are known must be the same."""
    found = zip(bag.lines(EVENTS), _disclosed(bag), strict=False)
    appender: Appender | None = None
    new = known = 0
    name = ""
    pending = []
    for line, disclosed in found:
        body = _body(line, new + known)
        if appender is None:
            name = body["log"]
            _adopt(session, name)
            appender = Appender(session)
        if new + known < appender.size - new:
            _check_same(session, new + known, line)
            known += 1
            continue
        appender.check_follows(body)
        _check_disclosed(body, disclosed)
        pending.append(appender.take(line, body, disclosed))
        new += 1
        if len(pending) == BATCH:
            _project(session, appender, pending)
    if appender is None or new + known != note.size:
        raise HistoryBrokenError(
            f"The log has {new + known} lines; its checkpoint was signed over {note.size}."
        )
    _project(session, appender, pending)
    if log.log_size(session) >= note.size and log.root(session, note.size) != note.root:
        raise HistoryBrokenError("The log's lines do not give the root that was signed.")
    return Imported(new, known, name)


def _project(session: Session, appender: Appender, pending: list[Any]) -> None:
    appender.write()
    for event in pending:
        project(session, event)
    session.flush()
    session.expunge_all()
    pending.clear()


def _adopt(session: Session, name: str) -> None:
    """Take the log's id where there is no log yet; refuse another log's."""
    state = session.get(LogState, 1)
    if state is None:
        session.add(LogState(log=name, created_at=clock.now()))
        session.flush()
    elif state.log != name and log.log_size(session) == 0:
        state.log = name
        session.flush()
    elif state.log != name:
        raise ImportConflictError(
            "This database holds another log; import into an empty one, with its own DATABASE_URL."
        )


def _check_same(session: Session, seq: int, line: bytes) -> None:
    if session.get_one(LogEvent, seq).line != line:
        raise ImportConflictError(f"Event {seq} is not the one that is here: the history forked.")


def _body(line: bytes, seq: int) -> dict[str, Any]:
    try:
        body: dict[str, Any] = parse(line)
        if canonical(body) == line and isinstance(body["sealed"], dict):
            return body
    except (CanonicalError, KeyError, TypeError) as error:
        raise HistoryBrokenError(f"Line {seq} of the log cannot be read: {error}") from error
    raise HistoryBrokenError(f"Line {seq} of the log is not in canonical form.")


def _check_disclosed(body: Mapping[str, Any], disclosed: Mapping[str, tuple[str, Any]]) -> None:
    for name, (salt, value) in disclosed.items():
        if body["sealed"].get(name) != commitment(salt, name, value):
            raise HistoryBrokenError(
                f"The value {name} of event {body['seq']} is not the one that was committed to."
            )


def _disclosed(bag: Bag) -> Iterator[dict[str, tuple[str, Any]]]:
    """Yield, for each event in turn, the values that are disclosed about it."""
    seq, waiting = 0, {}
    for line in bag.lines(DISCLOSURES):
        try:
            place, salt, name, value = parse(line)
        except (CanonicalError, ValueError) as error:
            raise HistoryBrokenError(f"A line of {DISCLOSURES} cannot be read.") from error
        if place < seq:
            raise HistoryBrokenError(f"{DISCLOSURES} is not in the order of the log.")
        while seq < place:
            yield waiting
            seq, waiting = seq + 1, {}
        waiting[name] = (salt, value)
    yield waiting
    while True:
        yield {}


def _keep_checkpoints(session: Session, bag: Bag, note: checkpoint.Note, keys: list[str]) -> None:
    """Keep the checkpoints and the keys that signed them."""
    for vkey in keys:
        if session.get(LogKey, vkey) is None:
            session.add(LogKey(vkey=vkey, added_at=clock.now()))
    paths = ["data/log/checkpoint.txt"]
    paths += sorted(path for path in bag.names() if path.startswith("data/log/checkpoints/"))
    for path in paths:
        text = bag.read(path)
        kept = _checked_note(text, keys)
        if kept.size > note.size or log.root(session, kept.size) != kept.root:
            raise HistoryBrokenError(f"{path} is not a checkpoint of this log.")
        if session.get(Checkpoint, kept.size) is None:
            at = session.get_one(LogEvent, kept.size - 1).at
            session.add(Checkpoint(size=kept.size, note=text.decode(), signed_at=at))
    session.flush()


def _keep_blobs(session: Session, bag: Bag) -> None:
    for path in sorted(bag.names()):
        if path.startswith("data/snapshots/"):
            digest = path.rsplit("/", 1)[-1]
            if session.get(Blob, digest) is None:
                session.add(Blob(sha256=digest, content=bag.read(path)))
                session.flush()
                session.expunge_all()
