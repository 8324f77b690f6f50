"""Snapshots: a source as captured, its bytes kept by their digest beside the log."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from errors import NotFoundError
from ledger import log
from ledger.events import NewEvent
from permissions import Actor, Permission, require
from sources import copies
from sources.models import Blob, Snapshot, Source


@dataclass(frozen=True, slots=True)
class Captured:
    """A document's bytes, what they are, the text read out of them, and where they came from."""

    content: bytes
    media_type: str
    #: What a person reads in it; None where nothing could be read out of it.
    text: str | None = None
    final_url: str | None = None
    #: How a fetched page was answered: `{status, headers, hops}`.
    http: dict[str, Any] | None = None


def take_snapshot(
    session: Session, source: Source, captured: Captured, *, actor: Actor
) -> Snapshot:
    """Keep a source as it was captured; the same bytes are kept once."""
    require(actor, Permission.ADD_EVIDENCE)
    digest = hashlib.sha256(captured.content).hexdigest()
    if session.get(Blob, digest) is None:
        session.add(Blob(sha256=digest, content=captured.content))
        session.flush()
    snapshot_id = str(uuid.uuid4())
    texts = {
        "final_url": captured.final_url,
        "text": captured.text,
        "http": captured.http,
    }
    event = NewEvent(
        type="snapshot.taken",
        subject=source.uuid,
        data={
            "snapshot": snapshot_id,
            "sha256": digest,
            "media_type": captured.media_type,
            "size": len(captured.content),
        },
        sealed={name: value for name, value in texts.items() if value is not None},
    )
    log.record(session, event, actor=actor.id)
    if captured.text:
        copies.suggest(session, source)
    return get_snapshot(session, source, snapshot_id)


def get_snapshot(session: Session, source: Source, snapshot_id: str) -> Snapshot:
    """
    Return a source's snapshot by its id.

    :raises NotFoundError: if the source has none with that id
    """
    statement = snapshots_query(source).where(Snapshot.uuid == snapshot_id)
    found = session.execute(statement).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"The source {source.uuid} has no snapshot {snapshot_id}.")
    return found


def snapshots_query(source: Source) -> Select[tuple[Snapshot]]:
    """Select a source's snapshots; the caller orders them."""
    return select(Snapshot).where(Snapshot.source_id == source.id)


def find_snapshot(session: Session, digest: str) -> Snapshot | None:
    """Return the first snapshot of these bytes, or None where they were never captured."""
    statement = select(Snapshot).where(Snapshot.sha256 == digest).order_by(Snapshot.id).limit(1)  # type: ignore[arg-type]
    return session.execute(statement).scalar_one_or_none()


def content_of(session: Session, snapshot: Snapshot) -> bytes:
    """Return a snapshot's bytes, exactly as captured."""
    return session.get_one(Blob, snapshot.sha256).content


def snapshot_document(snapshot: Snapshot, source_id: str) -> dict[str, Any]:
    """Return a snapshot in the API's shape."""
    return {
        "id": snapshot.uuid,
        "source_id": source_id,
        "sha256": snapshot.sha256,
        "media_type": snapshot.media_type,
        "size": snapshot.size,
        "final_url": snapshot.final_url,
        "retrieved_at": snapshot.retrieved_at,
        "has_text": snapshot.text is not None,
    }
