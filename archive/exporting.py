"""
Writing an export: a BagIt bag in a zip, with the log, the records and all that reads them.

The same log, scope and level give the same bytes: names are sorted, dates come from the log.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import describing, pages, records
from archive.bag import write_bag
from archive.describing import pretty
from archive.records import Level, Scope, ScopeKind
from db import Database
from errors import InvalidInputError, NotFoundError, StorageFullError
from ledger import checkpoints, log
from ledger.canonical import canonical
from ledger.keys import SigningKey
from ledger.models import Checkpoint
from ledger.past import Past, past_at
from ledger.signers import signers_of
from sources.models import Blob, Snapshot

#: Names an export by what is in it, so that the same one is found again.
_NAMESPACE = uuid.UUID("6f1f6f0e-6d0c-5c56-9d0a-3a2f1f0f4a77")


#: Tries at reading a log that ends with its checkpoint; a writer can come in between.
_TRIES = 100

Member = tuple[str, Iterable[bytes] | bytes]


@dataclass(frozen=True, slots=True)
class Export:
    """What an export is: its id, the log's size, scope and level, and what it continues."""

    id: str
    size: int
    scope: Scope
    level: Level
    #: The size of an earlier export that this one is the increment to.
    since: int | None = None


def describe(
    session: Session,
    checkpoint: Checkpoint,
    scope: Scope,
    level: Level,
    since: int | None = None,
) -> Export:
    """
    Return the description of an export at a checkpoint; its id follows from the rest.

    :raises InvalidInputError: if it is to continue what was no checkpoint before this one
    """
    parts = [log.log_id(session), checkpoint.size, scope.kind.value, scope.id, level.value]
    if since is not None:
        if since >= checkpoint.size or session.get(Checkpoint, since) is None:
            raise InvalidInputError(
                f"No earlier checkpoint has the size {since}.",
                {"since": "Give the log_size of an earlier export."},
            )
        parts.append(since)
    name = canonical(parts).decode()
    return Export(str(uuid.uuid5(_NAMESPACE, name)), checkpoint.size, scope, level, since)


@contextmanager
def reading_at_checkpoint(
    database: Database, keys: Sequence[SigningKey], origin: str
) -> Iterator[tuple[Session, Checkpoint]]:
    """
    Open a session that reads the log as it stood at a checkpoint, made now if it has grown.

    The checkpoint is committed before anything is written of it, so that no export can carry a
    signature over a log that was never kept; nobody waits while the export is written.
    """
    for _ in range(_TRIES):
        with database.writing() as session:
            checkpoints.make(session, keys, origin)
        with database.snapshot_session() as session:
            made = checkpoints.latest(session)
            if made is not None and checkpoints.is_current(session):
                yield session, made
                return
    raise StorageFullError("The log grows too fast to be read at a checkpoint; try again.")


@contextmanager
def reading_back_then(database: Database, moment: str) -> Iterator[tuple[Session, Checkpoint]]:
    """
    Open a session that reads the log as it stood at the last checkpoint before a moment.

    :raises InvalidInputError: if the moment has not come, or no checkpoint was signed by then
    """
    with database.read_session() as session:
        size = past_at(session, moment).seq + 1
        statement = select(Checkpoint).where(Checkpoint.size <= size)
        newest = statement.order_by(Checkpoint.size.desc()).limit(1)  # type: ignore[attr-defined]
        found = session.execute(newest).scalar_one_or_none()
    if found is None:
        raise InvalidInputError(
            f"No checkpoint was signed by {moment}.", {"as_of": "Give a later time or day."}
        )
    with reading_at_size(database, found.size) as session:
        yield session, found


@contextmanager
def reading_at_size(database: Database, size: int) -> Iterator[Session]:
    """
    Open a session that reads the log as it stood at a checkpoint.

    :raises NotFoundError: if no checkpoint was made at that size
    """
    with database.snapshot_session() as session:
        made = session.get(Checkpoint, size)
        if made is None:
            raise NotFoundError(f"There is no checkpoint over {size} events.")
        if log.log_size(session) == size:
            yield session
            return
    then = Past(made.signed_at, size - 1)
    with then.session(database) as session, then.entered():
        yield session


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
    write_bag(
        path,
        f"dateline-{export.id}",
        members(session, export, checkpoint, origin, schemas),
        {
            "Bagging-Date": checkpoint.signed_at[:10],
            "External-Identifier": export.id,
            "Internal-Sender-Description": (
                f"Dateline export: {export.scope.kind}, {export.level}, {export.size} events"
            ),
            "Source-Organization": origin,
        },
    )


def members(
    session: Session,
    export: Export,
    checkpoint: Checkpoint,
    origin: str,
    schemas: Mapping[str, Any],
) -> list[Member]:
    """List the payload of an export, sorted by name; contents are made as they are read."""
    found = dict(_log_members(session, export, checkpoint, origin))
    found |= dict(_record_members(session, export.scope, export.level))
    found |= {f"data/schemas/{name}.json": pretty(schema) for name, schema in schemas.items()}
    found |= dict(_snapshots(session, export.scope))
    found |= dict(pages.members(session, export.scope, created=checkpoint.signed_at, title=origin))
    facts = _facts(export, checkpoint, origin)
    found |= {
        "data/README.txt": describing.readme(facts),
        "data/dictionary.md": describing.dictionary(schemas),
        "data/losses.json": describing.losses(),
        "data/verify.py": (describing.HERE / "verify.py").read_bytes(),
    }
    present = [name.removeprefix("data/") for name in found]
    found["data/ro-crate-metadata.json"] = describing.crate(facts, present)
    return sorted(found.items())


def _record_members(session: Session, scope: Scope, level: Level) -> Iterator[Member]:
    kinds: dict[str, Iterable[dict[str, Any]]] = {
        "articles": records.articles(session, scope),
        "claims": records.claims(session, scope),
        "derivations": records.derivations(session, scope, level),
        "evidence": records.evidence(session, scope, level),
        "marks": records.marks(session, scope, level),
        "relations": records.relations(session, scope),
        "snapshots": records.snapshots(session, scope),
        "sources": records.sources(session, scope, level),
    }
    for name, found in kinds.items():
        yield f"data/records/{name}.ndjson", _lines(canonical(record) for record in found)


def _log_members(
    session: Session, export: Export, checkpoint: Checkpoint, origin: str
) -> Iterator[Member]:
    signers = signers_of(session).as_of(export.size)
    keys = {"origin": origin, "keys": [asdict(key) for key in signers.all()]}
    yield "data/log/events.ndjson", _lines(log.lines(session, 0, export.size))
    opened = records.disclosures(session, export.scope, export.level, export.size)
    yield "data/log/disclosures.ndjson", _lines(opened)
    yield "data/log/checkpoint.txt", checkpoint.note.encode()
    yield "data/log/keys.json", pretty(keys)
    earlier = select(Checkpoint).where(Checkpoint.size < export.size).order_by(Checkpoint.size)
    for kept in session.execute(earlier).scalars():
        yield f"data/log/checkpoints/{kept.size}.txt", kept.note.encode()


def _snapshots(session: Session, scope: Scope) -> Iterator[Member]:
    """Yield captured bytes by their digest, and the text read in them, when they are written."""
    statement = (
        select(Snapshot.sha256)
        .join(Blob, Blob.sha256 == Snapshot.sha256)
        .where(Snapshot.source_id.in_(scope.sources()))  # type: ignore[attr-defined]
        .distinct()
        .order_by(Snapshot.sha256)
    )
    read = (
        select(Snapshot.sha256, func.min(Snapshot.id).label("key"))
        .where(Snapshot.source_id.in_(scope.sources()), Snapshot.text.is_not(None))  # type: ignore[attr-defined,union-attr]
        .group_by(Snapshot.sha256)
        .order_by(Snapshot.sha256)
    )

    def content(digest: str) -> Iterator[bytes]:
        yield session.execute(select(Blob.content).where(Blob.sha256 == digest)).scalar_one()

    def text(key: int) -> Iterator[bytes]:
        yield session.execute(select(Snapshot.text).where(Snapshot.id == key)).scalar_one().encode()

    for digest in session.execute(statement).scalars():
        yield f"data/snapshots/{digest}", content(digest)
    for digest, key in session.execute(read):
        yield f"data/snapshots/{digest}.txt", text(key)


def _lines(found: Iterable[bytes]) -> Iterator[bytes]:
    for line in found:
        yield line + b"\n"


def _facts(export: Export, checkpoint: Checkpoint, origin: str) -> dict[str, Any]:
    what = export.scope.kind.value
    return {
        "id": export.id,
        "origin": origin,
        "scope": what if export.scope.kind is ScopeKind.ALL else f"{what} {export.scope.id}",
        "level": export.level.value,
        "size": export.size,
        "signed_at": checkpoint.signed_at,
    }
