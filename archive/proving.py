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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.records import Level
from archive.zip_writing import ZipWriter
from claims import queries
from claims.models import Claim, Evidence
from ledger import log, merkle
from ledger.canonical import parse
from ledger.checkpoints import heads
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
    tree = _Tree(session, checkpoint.size)
    before = HeadsMap(heads(session, checkpoint.size - 1))
    found = [_subject(session, tree, before, *named) for named in _subjects(session, claim)]
    return {
        "format": FORMAT,
        "log": log.log_id(session),
        "claim": claim.uuid,
        "checkpoint": checkpoint.note,
        "keys": [signer.vkey for signer in signers_of(session).all()],
        "heads": tree.event(_event_at(session, checkpoint.size - 1)),
        "subjects": found,
        "disclosures": list(_disclosures(session, [s["subject"] for s in found], tree.size, level)),
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


class _Tree:
    """Audit paths in the tree over the log's first events; each subtree is read once."""

    def __init__(self, session: Session, size: int) -> None:
        self.size = size
        self._session = session
        self._known: dict[tuple[int, int], bytes] = {}

    def event(self, row: LogEvent) -> dict[str, Any]:
        """Return an event's exact line with its path to the root."""
        path = merkle.inclusion_proof(self._node, row.seq, self.size)
        return {"seq": row.seq, "line": row.line.decode(), "path": [step.hex() for step in path]}

    def _node(self, level: int, index: int) -> bytes:
        if (level, index) not in self._known:
            self._known[level, index] = log.node(self._session, level, index)
        return self._known[level, index]


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


def _subject(
    session: Session, tree: _Tree, before: HeadsMap, subject: str, kind: str
) -> dict[str, Any]:
    statement = (
        select(LogEvent)
        .where(LogEvent.subject == subject, LogEvent.seq < tree.size)
        .order_by(LogEvent.subject_seq)
    )
    rows = session.execute(statement).scalars().all()
    return {
        "subject": subject,
        "kind": kind,
        "events": [tree.event(row) for row in rows],
        "head_path": [step.hex() for step in before.proof(subject)],
    }


def _event_at(session: Session, seq: int) -> LogEvent:
    return session.get_one(LogEvent, seq)


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
