"""The log's checkpoints in the database: the newest one, signed when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from errors import InvalidInputError
from ledger import checkpoint, kept_heads, log
from ledger.events import NewEvent
from ledger.keys import KeyFileError, SigningKey
from ledger.models import Checkpoint, LogEvent, LogKey
from ledger.signers import KEY_ADDED, KEY_REVOKED

#: The subject of events about the log itself is the log's own id.
ACTOR = "system"


def latest(session: Session) -> Checkpoint | None:
    """Return the newest checkpoint, or None before the first."""
    statement = select(Checkpoint).order_by(Checkpoint.size.desc()).limit(1)
    return session.execute(statement).scalar_one_or_none()


def is_current(session: Session) -> bool:
    """Say whether the newest checkpoint covers the whole log."""
    newest = latest(session)
    return newest is not None and newest.size == log.log_size(session)


def make(session: Session, keys: Sequence[SigningKey], origin: str) -> Checkpoint:
    """
    Return a checkpoint of the whole log, signed now by every key that may, if there is none.

    The last event before it commits to the head of every subject's chain, so that whoever holds
    one subject's events can be shown that they are all.

    :raises KeyFileError: if the first of the keys, this desk's own, was revoked
    """
    newest = latest(session)
    if newest is not None and newest.size == log.log_size(session):
        return newest
    vkeys = [checkpoint.verifier_key(origin, key.public_bytes) for key in keys]
    add_key(session, vkeys[0])
    heads = kept_heads.bring_up(session, log.log_size(session))
    data = {"heads": heads.hash.hex(), "subjects": heads.count}
    event = log.record(session, NewEvent(log.HEADS, log.log_id(session), data), actor=ACTOR)
    size = log.log_size(session)
    active = active_keys(session)
    signing = [key for key, vkey in zip(keys, vkeys, strict=True) if vkey in active]
    made = Checkpoint(
        size=size,
        note=checkpoint.sign(origin, size, log.root(session, size), signing),
        # The log's own time: a copy of the log has the same.
        signed_at=event.at,
    )
    session.add(made)
    session.flush()
    return made


def add_key(session: Session, vkey: str) -> None:
    """
    Record that a key signs from now on, if it does not yet.

    :raises KeyFileError: if it was revoked
    """
    known = session.get(LogKey, vkey)
    if known is not None and known.revoked_seq is not None:
        raise KeyFileError("The signing key was revoked: make another, `flask keys rotate`.")
    if known is None:
        _record_key(session, KEY_ADDED, {"vkey": vkey})


def revoke_key(session: Session, vkey: str, ground: str) -> None:
    """
    Record that a key's signature counts no longer.

    :raises InvalidInputError: if it signs no checkpoint, or does no more
    """
    if vkey not in active_keys(session):
        raise InvalidInputError(f"{vkey} signs no checkpoint of this log.", {"vkey": "See show."})
    _record_key(session, KEY_REVOKED, {"vkey": vkey, "ground": ground})


def _record_key(session: Session, kind: str, data: dict[str, str]) -> None:
    log.record(session, NewEvent(kind, log.log_id(session), data), actor=ACTOR)


def active_keys(session: Session) -> list[str]:
    """List the keys that sign checkpoints now, oldest first."""
    statement = select(LogKey.vkey).where(LogKey.revoked_seq.is_(None))  # type: ignore[union-attr]
    return list(session.execute(statement.order_by(LogKey.added_seq)).scalars())


def heads(session: Session, size: int | None = None) -> Iterator[tuple[str, int, bytes]]:
    """
    Yield each subject with its last event's number and leaf hash, the log itself left out.

    :param size: as of the log's first so many events; all of them by default
    """
    wanted = [LogEvent.subject != log.log_id(session)]
    if size is not None:
        wanted.append(LogEvent.seq < size)
    last = (
        select(LogEvent.subject, func.max(LogEvent.subject_seq).label("subject_seq"))
        .where(*wanted)
        .group_by(LogEvent.subject)
        .subquery()
    )
    statement = select(LogEvent.subject, LogEvent.subject_seq, LogEvent.leaf_hash).join(
        last, (last.c.subject == LogEvent.subject) & (last.c.subject_seq == LogEvent.subject_seq)
    )
    for row in session.execute(statement.execution_options(yield_per=log.BATCH)):
        yield row.subject, row.subject_seq, row.leaf_hash
