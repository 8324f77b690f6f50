"""
The logs of other desks, kept apart from our own.

Of each we keep its lines, its newest checkpoint, and its claims as its own events give them, so
that what its records say is never taken on trust. That we took it is an event of our log, with
the digest of what we kept. Nothing of it counts among our claims.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from archive import records, replaying
from archive.bag import Bag
from archive.bagged_log import EVENTS, History
from archive.models import ForeignClaim, ForeignEvent, ForeignLog
from archive.projectors import TAKEN
from archive.taking import take_lines
from errors import ImportConflictError, SignatureInvalidError
from ledger import checkpoint, clock, log, merkle, signers, withholding
from ledger import models as ledger_models
from ledger.canonical import canonical, parse
from ledger.events import NewEvent
from ledger.models import LogState
from permissions import Actor

#: Rows written at a time.
BATCH = 500

_LEDGER: tuple[type[SQLModel], ...] = (
    ledger_models.LogState,
    ledger_models.LogEvent,
    ledger_models.Disclosure,
    ledger_models.Node,
    ledger_models.HeadPage,
    ledger_models.Absent,
)


def sizes(session: Session) -> list[int]:
    """List the sizes up to which foreign logs are held."""
    return list(session.execute(select(ForeignLog.size)).scalars())


def take(session: Session, bag: Bag, history: History, *, actor: Actor) -> tuple[str, int]:
    """
    Keep another desk's log; returns what came of it and how many events are new.

    :raises ImportConflictError: if the log is here with another history
    """
    held = find_log(session, history.log)
    if held is None:
        held = ForeignLog(log=history.log, origin="", size=0, root="", note="", vkeys=[])
        held.taken_at = clock.now()
        session.add(held)
        session.flush()
        return "foreign_added", _continue(session, bag, history, held, actor)
    _check_same(session, history, held)
    if held.size >= history.size:
        return "foreign_known", 0
    return "foreign_extended", _continue(session, bag, history, held, actor)


def _check_same(session: Session, history: History, held: ForeignLog) -> None:
    if held.size <= history.size:
        is_same = history.roots[held.size].hex() == held.root
    else:
        is_same = root_of(session, held, history.size) == history.root
    if not is_same:
        raise ImportConflictError(
            f"The log {held.log} of {held.origin} is here with other events: its history forked."
        )
    if not set(held.vkeys) & set(history.vkeys):
        raise ImportConflictError(f"No key of {held.origin} that is known here signed this log.")


def _continue(session: Session, bag: Bag, history: History, held: ForeignLog, actor: Actor) -> int:
    first, key = held.size, held.id
    with replaying.scratch((*replaying.PROJECTED, *_LEDGER)) as copy:
        _replay(copy, bag, history)
        fresh = enumerate(islice(bag.lines(EVENTS), first, None), start=first)
        rows = ({"foreign_id": key, "seq": seq, "line": line} for seq, line in fresh)
        _insert(session, ForeignEvent, rows)
        digest = _keep_claims(session, key, records.claims(copy, records.Scope()))
    new = history.size - held.size
    held.origin, held.size, held.root = history.origin, history.size, history.root.hex()
    held.note, held.vkeys = history.newest.text, list(history.vkeys)
    held.taken_at = clock.now()
    session.flush()
    record_taken(session, held, digest, actor)
    return new


def _replay(copy: Session, bag: Bag, history: History) -> None:
    """Replay another desk's log in a database of its own, every chain and value checked."""
    copy.add(LogState(log=history.log))
    copy.flush()
    withholding.forget(copy, take_lines(copy, bag, 0))
    replaying.apply(copy, log.events(copy))


def _keep_claims(session: Session, key: int, documents: Iterator[dict[str, Any]]) -> str:
    session.execute(delete(ForeignClaim).where(ForeignClaim.foreign_id == key))
    _insert(session, ForeignClaim, (_row(key, document) for document in documents))
    return digest_of(session, key)


def _insert(session: Session, model: type[SQLModel], rows: Iterator[dict[str, Any]]) -> None:
    while chunk := list(islice(rows, BATCH)):
        session.execute(insert(model), chunk)


def _row(key: int, document: dict[str, Any]) -> dict[str, Any]:
    claimant = document["claimant"] or {}
    return {
        "foreign_id": key,
        "uuid": document["id"],
        "text": document["text"],
        "normalized_text": document["normalized_text"],
        "claimant_name": claimant.get("name"),
        "status": document["status"],
        "created_at": document["created_at"],
        "document": canonical(document).decode(),
    }


def digest_of(session: Session, key: int) -> str:
    """Return one hash over all claims that are kept of a foreign log."""
    digest = hashlib.sha256()
    statement = (
        select(ForeignClaim.document)
        .where(ForeignClaim.foreign_id == key)
        .order_by(ForeignClaim.uuid)
        .execution_options(yield_per=log.BATCH)
    )
    for document in session.execute(statement).scalars():
        digest.update(document.encode() + b"\n")
    return digest.hexdigest()


def record_taken(session: Session, held: ForeignLog, digest: str, actor: Actor) -> None:
    """Record what is now kept of a foreign log."""
    data = {
        "log": held.log,
        "origin": held.origin,
        "size": held.size,
        "root": held.root,
        "claims": digest,
    }
    event = log.record(session, NewEvent(TAKEN, log.log_id(session), data), actor=actor.id)
    held.taken_at = event.at
    session.flush()


def is_signed(session: Session, held: ForeignLog) -> bool:
    """Say whether what is kept of a log carries its own keys and a checkpoint that they signed."""
    known = signers.Signers()
    for line in session.execute(_lines_of(held, held.size)).scalars():
        known.see(json.loads(line))
    try:
        note = checkpoint.parse_note(held.note)
        signed = [
            signer.may_sign(note.size)
            for signer in known.all()
            if checkpoint.is_signed_by(note, signer.vkey)
        ]
    except SignatureInvalidError:
        return False
    vkeys = [signer.vkey for signer in known.all()]
    said = (note.origin, note.size, note.root.hex(), vkeys)
    return any(signed) and said == (held.origin, held.size, held.root, held.vkeys)


def unlike_their_documents(session: Session, key: int) -> Iterator[str]:
    """Yield the ids of claims of a foreign log whose columns say other than their documents."""
    statement = select(ForeignClaim).where(ForeignClaim.foreign_id == key)
    for kept in session.execute(statement.execution_options(yield_per=log.BATCH)).scalars():
        expected = _row(key, parse(kept.document.encode()))
        if any(getattr(kept, name) != value for name, value in expected.items()):
            yield kept.uuid
        session.expunge(kept)


def root_of(session: Session, held: ForeignLog, size: int) -> bytes:
    """Return the root over the first lines that are kept of a foreign log."""
    lines = session.execute(_lines_of(held, size)).scalars()
    return merkle.root_of(merkle.leaf_hash(line) for line in lines)


def _lines_of(held: ForeignLog, size: int) -> Select[Any]:
    return (
        select(ForeignEvent.line)
        .where(ForeignEvent.foreign_id == held.id, ForeignEvent.seq < size)
        .order_by(ForeignEvent.seq)
        .execution_options(yield_per=log.BATCH)
    )


def find_log(session: Session, name: str) -> ForeignLog | None:
    """Return what is kept of a foreign log, or None."""
    return session.execute(select(ForeignLog).where(ForeignLog.log == name)).scalar_one_or_none()
