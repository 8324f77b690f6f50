"""
Writing an export: a BagIt bag in a zip, with the log, the records and all that reads them.

The same log, scope and level give the same bytes: names are sorted, dates come from the log.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import pages, records
from archive.bag import write_bag
from archive.records import Level, Scope, ScopeKind
from ledger import checkpoints, log
from ledger.canonical import canonical
from ledger.models import Checkpoint
from sources.models import Blob, Snapshot

HERE = Path(__file__).resolve().parent

#: Names an export by what is in it, so that the same one is found again.
_NAMESPACE = uuid.UUID("6f1f6f0e-6d0c-5c56-9d0a-3a2f1f0f4a77")


@dataclass(frozen=True, slots=True)
class Export:
    """What an export is: its id, the log's size, scope and level."""

    id: str
    size: int
    scope: Scope
    level: Level


def describe(session: Session, checkpoint: Checkpoint, scope: Scope, level: Level) -> Export:
    """Return the description of an export at a checkpoint; its id follows from the rest."""
    parts = [log.log_id(session), checkpoint.size, scope.kind.value, scope.id, level.value]
    name = canonical(parts).decode()
    return Export(str(uuid.uuid5(_NAMESPACE, name)), checkpoint.size, scope, level)


def write_export(
    session: Session,
    path: Path,
    export: Export,
    *,
    origin: str,
    schemas: Mapping[str, Any],
) -> None:
    """Write an export to a file, in constant memory."""
    checkpoint = session.get_one(Checkpoint, export.size)
    members = dict(_members(session, export, checkpoint, origin, schemas))
    write_bag(
        path,
        f"dateline-{export.id}",
        sorted(members.items()),
        {
            "Bagging-Date": checkpoint.signed_at[:10],
            "External-Identifier": export.id,
            "Internal-Sender-Description": (
                f"Dateline export: {export.scope.kind}, {export.level}, {export.size} events"
            ),
            "Source-Organization": origin,
        },
    )


Member = tuple[str, Iterable[bytes] | bytes]


def _members(
    session: Session,
    export: Export,
    checkpoint: Checkpoint,
    origin: str,
    schemas: Mapping[str, Any],
) -> Iterator[Member]:
    yield from _log_members(session, export, checkpoint, origin)
    scope, level = export.scope, export.level
    kinds: dict[str, Iterable[dict[str, Any]]] = {
        "articles": records.articles(session, scope),
        "claims": records.claims(session, scope),
        "derivations": records.derivations(session, scope, level),
        "evidence": records.evidence(session, scope, level),
        "relations": records.relations(session, scope),
        "sources": records.sources(session, scope, level),
    }
    for name, found in kinds.items():
        yield f"data/records/{name}.ndjson", _lines(canonical(record) for record in found)
    for name, schema in schemas.items():
        yield f"data/schemas/{name}.json", _pretty(schema)
    yield from _snapshots(session, scope)
    yield from pages.members(session, scope, created=checkpoint.signed_at, title=origin)
    yield "data/README.txt", _readme(export, checkpoint, origin)
    yield "data/verify.py", (HERE / "verify.py").read_bytes()


def _log_members(
    session: Session, export: Export, checkpoint: Checkpoint, origin: str
) -> Iterator[Member]:
    keys = {"origin": origin, "keys": checkpoints.known_keys(session)}
    yield "data/log/events.ndjson", _lines(log.lines(session, 0, export.size))
    opened = records.disclosures(session, export.scope, export.level, export.size)
    yield "data/log/disclosures.ndjson", _lines(opened)
    yield "data/log/checkpoint.txt", checkpoint.note.encode()
    yield "data/log/keys.json", _pretty(keys)
    earlier = select(Checkpoint).where(Checkpoint.size < export.size).order_by(Checkpoint.size)
    for kept in session.execute(earlier).scalars():
        yield f"data/log/checkpoints/{kept.size}.txt", kept.note.encode()


def _snapshots(session: Session, scope: Scope) -> Iterator[Member]:
    """Yield the bytes of snapshots by their digest, each read when it is written."""
    statement = (
        select(Snapshot.sha256)
        .where(Snapshot.source_id.in_(scope.sources()))  # type: ignore[attr-defined]
        .distinct()
        .order_by(Snapshot.sha256)
    )

    def content(digest: str) -> Iterator[bytes]:
        yield session.execute(select(Blob.content).where(Blob.sha256 == digest)).scalar_one()

    for digest in session.execute(statement).scalars():
        yield f"data/snapshots/{digest}", content(digest)


def _lines(found: Iterable[bytes]) -> Iterator[bytes]:
    for line in found:
        yield line + b"\n"


def _pretty(value: Any) -> bytes:
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _readme(export: Export, checkpoint: Checkpoint, origin: str) -> bytes:
    template = (HERE / "README.txt").read_text("utf-8")
    what = export.scope.kind.value
    if export.scope.kind is not ScopeKind.ALL:
        what += f" {export.scope.id}"
    text = template.format(
        origin=origin,
        scope=what,
        level=export.level.value,
        size=export.size,
        signed_at=checkpoint.signed_at,
    )
    return text.encode()
