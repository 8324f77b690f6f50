"""
Predictions: the day on which one can be judged, and how those of a claimant came out.

A prediction waits for its day. Once it was decided to wait for a day, an earlier one that
somebody writes into the claim does not bring it forward: the decision is taken back first, by two
people like any other.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from claims.conditions import condition_of
from claims.coverage import UNDECIDED
from claims.matching.words import tokens
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

    What several articles pass on is one prediction, told by the claim that was decided last. Closed
    ones are left out; `due` counts those whose day has come, with an outcome or without.
    """
    now = clock.now()
    columns = (
        *(Claim.uuid, Claim.text, Claim.normalized_text, Claim.due_on, Claim.kind, Claim.modality),
        *(status_column(now).label("status_now"), Fact.decided_at),
        Article.uuid.label("article"),  # type: ignore[attr-defined]
    )
    order = (func.coalesce(Claim.due_on, "9999-12-31"), Claim.id)
    made: dict[Any, list[Any]] = {}
    for row in session.execute(_predictions(claimant, now, *columns).order_by(*order)):
        words = " ".join(tokens(row.normalized_text or row.text))
        made.setdefault((words, row.due_on), []).append(row)
    told = [max(rows, key=lambda row: row.decided_at or "") for rows in made.values()]
    return {
        "claimant": claimant,
        "predictions": len(told),
        "due": sum(bool(row.due_on) and row.due_on <= now[:10] for row in told),
        **{name: sum(row.status_now in words for row in told) for name, words in _OUTCOMES.items()},
        "claims": [
            _document(row) | {"also": [each.uuid for each in rows if each is not row]}
            for row, rows in zip(told[:most], made.values(), strict=False)
        ],
    }


def _document(row: Any) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "article_id": row.article,
        "text": row.text,
        "due_on": row.due_on,
        # Whether it was said to come true only under a condition, and under which.
        "conditional": row.modality == "conditional",
        "condition": condition_of(row.text, row.kind, row.modality),
        "status": row.status_now,
        "decided_at": row.decided_at,
    }
