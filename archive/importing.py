"""
Taking a bag in: all of it or nothing, and twice is a no-op.

Into an empty database its log becomes this one's; an older copy of the same log is continued; the
log of another desk is kept apart (`archive/foreign.py`). Lines are taken byte for byte and
replayed, so that the database is the one that the export was made of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive import foreign, replaying
from archive.bag import Bag, open_bag
from archive.bagged_log import (
    History,
    Opened,
    body_of,
    check_opens,
    disclosed_by_event,
    read_history,
)
from archive.rebuilding import forget_blobs, rebuild
from archive.taking import take_lines
from errors import HistoryBrokenError, ImportConflictError, SignatureInvalidError
from ledger import log, withholding
from ledger.canonical import canonical
from ledger.models import Absent, Checkpoint, Disclosure, LogEvent, LogState
from ledger.signers import signers_of
from permissions import Actor, Permission, require
from sources.models import Blob, Snapshot

#: Events written at a time.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """
    What an import did, or would do.

    The outcome: `adopted` by an empty database, `extended`, `known` already, or of another desk:
    `foreign_added`, `foreign_extended`, `foreign_known`.
    """

    outcome: str
    log: str
    origin: str
    size: int
    new: int
    known: int


def import_bag(
    session: Session, path: Path, *, actor: Actor, most: int, trusted: Sequence[str] = ()
) -> Imported:
    """
    Take an export into this database.

    :param trusted: keys that are known from elsewhere, one of which must vouch for the log
    :raises ArchiveError: if the bag is not whole or not safe to read
    :raises SignatureInvalidError: if no trusted key signed its checkpoint
    :raises HistoryBrokenError: if its log does not give the signed root
    :raises ImportConflictError: if it contradicts what is here
    """
    require(actor, Permission.IMPORT)
    own, size = session.get(LogState, 1), log.log_size(session)
    with open_bag(path, max_bytes=most) as bag:
        sizes = {size, *foreign.sizes(session)}
        history = read_history(bag, trusted=trusted, sizes=sizes)
        if size and own is not None and own.log != history.log:
            outcome, new = foreign.take(session, bag, history, actor=actor)
            known = history.size - new
        else:
            _check_same(session, history, size)
            known = min(size, history.size)
            new = history.size - known
            outcome = _take(session, bag, history, known)
    return Imported(outcome, history.log, history.origin, history.size, new, known)


def _check_same(session: Session, history: History, size: int) -> None:
    """Refuse another history under the same name, and a continuation that no known key signed."""
    both = min(size, history.size)
    ours = log.root(session, both)
    theirs = history.roots[size] if size <= history.size else history.root
    if ours != theirs:
        raise ImportConflictError(
            f"The log {history.log} is here with other events: the history forked before {both}."
        )
    known = {signer.vkey for signer in signers_of(session).all()}
    if size and known and not known.intersection(history.vkeys):
        raise SignatureInvalidError("No key that is known here signed this continuation.")


def _take(session: Session, bag: Bag, history: History, known: int) -> str:
    """Take the lines that are new here, and values that were withheld from this copy so far."""
    _adopt(session, history.log)
    filled = _fill(session, bag, known)
    erased: set[withholding.Value] = set()
    if known < history.size:
        erased = take_lines(session, bag, known)
        if log.root(session, history.size) != history.root:
            raise HistoryBrokenError("The log's lines do not give the root that was signed.")
        _keep_checkpoints(session, history)
        withholding.forget(session, erased)
        replaying.apply(session, log.events(session, known, history.size))
    if filled or any(seq < known for seq, _ in erased):
        rebuild(session)
    if erased:
        forget_blobs(session)
    _keep_blobs(session, bag)
    if known == history.size:
        return "extended" if filled else "known"
    return "extended" if known else "adopted"


def _adopt(session: Session, name: str) -> None:
    """Take the log's id where there is no event yet."""
    state = session.get(LogState, 1)
    if state is None:
        session.add(LogState(log=name))
    else:
        state.log = name
    session.flush()


def _fill(session: Session, bag: Bag, known: int) -> int:
    """Take values that this copy of the log came without; returns how many."""
    rows = session.execute(select(Absent.seq, Absent.name))  # type: ignore[call-overload]
    wanted = {(row.seq, row.name) for row in rows}
    wanted -= withholding.withheld(session)
    count = 0
    for seq, disclosed in enumerate(islice(disclosed_by_event(bag), known if wanted else 0)):
        fresh = {name: opened for name, opened in disclosed.items() if (seq, name) in wanted}
        if fresh:
            body = body_of(session.get_one(LogEvent, seq).line, seq)
            check_opens(body, fresh)
            _disclose(session, seq, fresh)
            count += len(fresh)
    return count


def _disclose(session: Session, seq: int, fresh: Mapping[str, Opened]) -> None:
    for name, (salt, value) in fresh.items():
        text = canonical(value).decode()
        session.add(Disclosure(seq=seq, name=name, salt=salt, value=text))
        session.execute(delete(Absent).where(Absent.seq == seq, Absent.name == name))
    session.flush()


def _keep_checkpoints(session: Session, history: History) -> None:
    for kept in history.checkpoints:
        size = kept.note.size
        if size == 0 or session.get(Checkpoint, size) is not None:
            continue
        at = session.get_one(LogEvent, size - 1).at
        session.add(Checkpoint(size=size, note=kept.text, signed_at=at))
    session.flush()


def _keep_blobs(session: Session, bag: Bag) -> None:
    """Keep the bytes of snapshots that are not here yet, if they are the ones that were taken."""
    for digest in _wanted_blobs(session, bag):
        content = bag.read(f"data/snapshots/{digest}")
        if hashlib.sha256(content).hexdigest() != digest:
            raise HistoryBrokenError(f"data/snapshots/{digest} has another digest.")
        session.add(Blob(sha256=digest, content=content))
        session.flush()
        session.expunge_all()


def _wanted_blobs(session: Session, bag: Bag) -> Iterator[str]:
    present = {p.rpartition("/")[2] for p in bag.names() if p.startswith("data/snapshots/")}
    if not present:
        return
    named = set(session.execute(select(Snapshot.sha256)).scalars())
    held = set(session.execute(select(Blob.sha256)).scalars())
    yield from sorted((present & named) - held - withholding.blobs(session))
