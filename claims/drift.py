"""
A source's page that changed since it was captured: whose ground it was, and is no longer.

A quote that still stands in the new text still holds; evidence that rests on the page as a whole
does not survive a change of it.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import services
from claims.models import Claim, Evidence
from claims.statuses import Layer
from sources.models import Snapshot, Source


def source_captured(session: Session, source: Source, snapshot: Snapshot) -> bool:
    """
    Make stale what rested on words that are gone from a source; says whether it changed at all.

    Compared with the newest earlier snapshot whose text could be read.
    """
    before = _text_before(session, source, snapshot)
    if before is None or snapshot.text is None or _words(before) == _words(snapshot.text):
        return False
    words_gone(session, source, snapshot.text, trigger="snapshot_drifted", cause=snapshot.uuid)
    return True


def words_gone(session: Session, source: Source, text: str, *, trigger: str, cause: str) -> None:
    """Make stale what rested on words of a source that its new text does not have."""
    words = _words(text)
    for claim, evidence in _resting_on(session, source):
        if evidence.quote is None or _words(evidence.quote) not in words:
            layer = Layer(evidence.layer)
            services.make_stale(session, claim, trigger=trigger, cause=cause, layers=[layer])


def _words(text: str) -> str:
    """Fold white space: a page laid out anew says the same."""
    return " ".join(text.split())


def _text_before(session: Session, source: Source, snapshot: Snapshot) -> str | None:
    statement = (
        select(Snapshot.text)
        .where(
            Snapshot.source_id == source.id,
            Snapshot.id < snapshot.id,
            Snapshot.text.is_not(None),  # type: ignore[union-attr]
        )
        .order_by(Snapshot.id.desc())  # type: ignore[attr-defined]
        .limit(1)
    )
    return session.execute(statement).scalar_one_or_none()


def _resting_on(session: Session, source: Source) -> list[tuple[Claim, Evidence]]:
    """List the claims with evidence from a source that says something for or against them."""
    statement = (
        select(Claim, Evidence)
        .join(Evidence, Evidence.claim_id == Claim.id)
        .where(
            Evidence.source_id == source.id,
            Evidence.withdrawn_at.is_(None),  # type: ignore[union-attr]
            Evidence.relation.not_in(("context", "not_relevant", "repeats")),  # type: ignore[attr-defined]
        )
        .order_by(Evidence.id)
    )
    return [(row.Claim, row.Evidence) for row in session.execute(statement)]
