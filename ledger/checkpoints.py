"""The log's checkpoints in the database: the newest one, signed when it is asked for."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ledger import checkpoint, clock, log
from ledger import heads as heads_map
from ledger.events import NewEvent
from ledger.keys import SigningKey
from ledger.models import Checkpoint, LogEvent, LogKey

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


def make(session: Session, key: SigningKey, origin: str) -> Checkpoint:
    """
    Return a checkpoint of the whole log, signed now if there is none.

    The last event before it commits to the head of every subject's chain, so that whoever holds
    one subject's events can be shown that they are all.
    """
    newest = latest(session)
    if newest is not None and newest.size == log.log_size(session):
        return newest
    event = log.record(
        session,
        NewEvent(
            type=log.HEADS,
            subject=log.log_id(session),
            data={"heads": heads_root(session).hex(), "subjects": count_subjects(session)},
        ),
        actor=ACTOR,
    )
    size = log.log_size(session)
    vkey = checkpoint.verifier_key(origin, key.public_bytes)
    if session.get(LogKey, vkey) is None:
        session.add(LogKey(vkey=vkey, added_at=clock.now()))
    made = Checkpoint(
        size=size,
        note=checkpoint.sign(origin, size, log.root(session, size), [key]),
        # The log's own time: a copy of the log has the same.
        signed_at=event.at,
    )
    session.add(made)
    session.flush()
    return made


def known_keys(session: Session) -> list[str]:
    """List the verification keys that this log's checkpoints were signed with, by name."""
    statement = select(LogKey.vkey).order_by(LogKey.vkey)
    return list(session.execute(statement).scalars())


def heads(session: Session) -> Iterator[tuple[str, int, bytes]]:
    """Yield each subject with its last event's number and leaf hash, the log itself left out."""
    own = str(uuid.UUID(log.log_id(session)))
    last = (
        select(LogEvent.subject, func.max(LogEvent.subject_seq).label("subject_seq"))
        .where(LogEvent.subject != own)
        .group_by(LogEvent.subject)
        .subquery()
    )
    statement = (
        select(LogEvent.subject, LogEvent.subject_seq, LogEvent.leaf_hash)
        .join(
            last,
            (last.c.subject == LogEvent.subject) & (last.c.subject_seq == LogEvent.subject_seq),
        )
        .order_by(LogEvent.subject)
    )
    for row in session.execute(statement):
        yield row.subject, row.subject_seq, row.leaf_hash


def heads_root(session: Session) -> bytes:
    """Return the hash over the heads of all subjects."""
    return heads_map.heads_root(heads(session))


def count_subjects(session: Session) -> int:
    """Count the subjects that have events, the log itself left out."""
    return sum(1 for _ in heads(session))
