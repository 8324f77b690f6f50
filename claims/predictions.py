"""
Predictions: the day on which one can be judged, and how those of a claimant came out.

A prediction waits for its day. Once it was decided to wait for a day, an earlier one that
somebody writes into the claim does not bring it forward: the decision is taken back first, by two
people like any other.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from claims.conditions import condition_of
from claims.coverage import UNDECIDED
from claims.models import Claim, Finding
from claims.moments import Fact, status_column
from claims.statuses import Status, Verdict
from ledger import clock
from ledger.log import events_of
from sources.models import Article

#: Statuses that say how a prediction came out.
_OUTCOMES = {
    "came_true": (Status.VERIFIED,),
    "partly": (Status.PARTLY_VERIFIED, Status.MISLEADING),
    "did_not": (Status.FALSE,),
    "undetermined": (Status.DISPUTED, Status.INSUFFICIENT_EVIDENCE, Status.UNVERIFIABLE),
    "open": (*UNDECIDED, Status.PENDING_OUTCOME),
}


def outcome_day(session: Session, claim: Claim) -> str | None:
    """Return the day before which a claim's outcome cannot be known, None where none is awaited."""
    finding = session.get(Finding, (claim.id, "fact"))
    if finding is None or finding.verdict is None:
        return claim.due_on
    days = [claim.due_on, *_awaited(session, claim)]
    return max((day for day in days if day), default=None)


def _awaited(session: Session, claim: Claim) -> list[str]:
    """List the days that decisions which were not taken back wait for."""
    due: str | None = None
    awaited: list[str] = []
    for event, _ in events_of(session, claim.uuid):
        due = event.data.get("due_on", due)
        if event.type != "finding.decided" or event.data["layer"] != "fact":
            continue
        if event.data["verdict"] is None:
            awaited.clear()
        elif event.data["verdict"] == Verdict.PENDING_OUTCOME and due:
            awaited.append(due)
    return awaited


def is_prediction() -> Any:
    """Return the condition for a claim that says what will be."""
    return or_(Claim.kind == "prediction", Claim.due_on.is_not(None))  # type: ignore[union-attr]


def _predictions(claimant: str, now: str, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Claim)
        .join(Fact, and_(Fact.claim_id == Claim.id, Fact.layer == "fact"))
        .join(Article, Article.id == Claim.article_id)
        .where(Claim.claimant_name == claimant, is_prediction(), status_column(now) != "closed")
    )


def record_of(session: Session, claimant: str, *, most: int) -> dict[str, Any]:
    """
    Return how a claimant's predictions came out: counts that add up, and the claims, never a score.

    Closed ones are left out; `due` counts those whose day has come, with an outcome or without.
    """
    now = clock.now()
    status = status_column(now)
    is_due = Claim.due_on <= now[:10]  # type: ignore[operator]
    counted = [func.count(), func.count(case((is_due, 1)))]
    counted += [func.count(case((status.in_(words), 1))) for words in _OUTCOMES.values()]
    total, due, *outcomes = session.execute(_predictions(claimant, now, *counted)).one()
    order = (func.coalesce(Claim.due_on, "9999-12-31"), Claim.id)
    columns = (Claim, status.label("status_now"), Article.uuid.label("article"), Fact.decided_at)  # type: ignore[attr-defined]
    rows = session.execute(_predictions(claimant, now, *columns).order_by(*order).limit(most))
    return {
        "claimant": claimant,
        "predictions": total,
        "due": due,
        **dict(zip(_OUTCOMES, outcomes, strict=True)),
        "claims": [_document(row) for row in rows],
    }


def _document(row: Any) -> dict[str, Any]:
    claim: Claim = row.Claim
    return {
        "id": claim.uuid,
        "article_id": row.article,
        "text": claim.text,
        "due_on": claim.due_on,
        # Whether it was said to come true only under a condition, and under which.
        "conditional": claim.modality == "conditional",
        "condition": condition_of(claim.text, claim.kind, claim.modality),
        "status": row.status_now,
        "decided_at": row.decided_at,
    }
