"""
The proof of one claim: a bundle that shows its events to be in the log, unaltered, and all.

It holds the claim's events and those of its article and of the sources cited for it, each with
its audit path to a signed checkpoint; the last event before that checkpoint, which commits to the
head of every subject's chain; and each subject's path to that commitment, so that no later event
can have been left out. A small verifier travels with it (`verify_proof.py`).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.records import Level
from archive.zip_writing import ZipWriter
from claims import queries
from claims.models import Claim, Evidence
from ledger import checkpoints, kept_heads, log, merkle
from ledger.canonical import parse
from ledger.heads import HeadsMap
from ledger.models import Checkpoint, Disclosure, LogEvent
from ledger.signers import signers_of
from sources.models import Article, Source

FORMAT = "dateline-proof/1"

HERE = Path(__file__).resolve().parent


def proof_of(
    session: Session, claim: Claim, checkpoint: Checkpoint, level: Level
) -> dict[str, Any]:
    """Return the proof of a claim in the log up to a checkpoint."""
    size = checkpoint.size
    heads = kept_heads.of_checkpoint(session, size) or HeadsMap(
        checkpoints.heads(session, size - 1)
    )
    named = dict(_subjects(session, claim))
    rows = {subject: _events(session, subject, size) for subject in named}
    last = session.get_one(LogEvent, size - 1)
    paths = _paths(
        session, [last.seq, *(row.seq for found in rows.values() for row in found)], size
    )
    return {
        "format": FORMAT,
        "log": log.log_id(session),
        "claim": claim.uuid,
        "checkpoint": checkpoint.note,
        "keys": [signer.vkey for signer in signers_of(session).all()],
        "heads": _event(last, paths),
        "subjects": [
            {
                "subject": subject,
                "kind": kind,
                "events": [_event(row, paths) for row in rows[subject]],
                "head_path": [step.hex() for step in heads.proof(subject)],
            }
            for subject, kind in named.items()
        ],
        "disclosures": list(_disclosures(session, list(named), size, level)),
    }


def bundle(proof: dict[str, Any]) -> bytes:
    """Return a proof as a zip with its verifier; the same proof is the same bytes."""
    file = io.BytesIO()
    writer = ZipWriter(file)
    name = f"dateline-proof-{proof['claim']}"
    body = json.dumps(proof, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    writer.add(f"{name}/PROOF.txt", (HERE / "PROOF.txt").read_bytes())
    writer.add(f"{name}/proof.json", body.encode())
    writer.add(f"{name}/verify_proof.py", (HERE / "verify_proof.py").read_bytes())
    writer.close()
    return file.getvalue()


def _subjects(session: Session, claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield the claim, its article and the sources cited for it, each with what it is."""
    yield claim.uuid, "claim"
    yield session.get_one(Article, claim.article_id).uuid, "article"
    cited = (
        select(Source.uuid)
        .join(Evidence, Evidence.source_id == Source.id)
        .where(Evidence.claim_id == claim.id)
        .distinct()
        .order_by(Source.uuid)
    )
    for uuid in session.execute(cited).scalars():
        yield uuid, "source"


def _events(session: Session, subject: str, size: int) -> Sequence[LogEvent]:
    statement = (
        select(LogEvent)
        .where(LogEvent.subject == subject, LogEvent.seq < size)
        .order_by(LogEvent.subject_seq)
    )
    return session.execute(statement).scalars().all()


def _paths(session: Session, seqs: Sequence[int], size: int) -> dict[int, list[bytes]]:
    """Return the audit paths of events; subtrees that they share are read once."""
    return log.with_nodes(
        session, lambda get: {seq: merkle.inclusion_proof(get, seq, size) for seq in seqs}
    )


def _event(row: LogEvent, paths: Mapping[int, Sequence[bytes]]) -> dict[str, Any]:
    """Return an event's exact line with its path to the root."""
    path = [step.hex() for step in paths[row.seq]]
    return {"seq": row.seq, "line": row.line.decode(), "path": path}


def _disclosures(
    session: Session, subjects: list[str], size: int, level: Level
) -> Iterator[list[Any]]:
    statement = (
        select(Disclosure)
        .join(LogEvent, LogEvent.seq == Disclosure.seq)
        .where(LogEvent.subject.in_(subjects), LogEvent.seq < size)  # type: ignore[attr-defined]
        .order_by(Disclosure.seq, Disclosure.name)
    )
    for kept in session.execute(statement).scalars():
        if level is Level.FULL or kept.name not in queries.PRIVATE:
            yield [kept.seq, kept.salt, kept.name, parse(kept.value.encode())]
