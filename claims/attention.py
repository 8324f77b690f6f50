"""
What needs another look, and why: the view that `/claims?needs=` gives.

A decision that went stale is one reason among others: contrary evidence that came after a decision
does not undo it, but somebody must read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from claims.models import Claim, Evidence
from claims.moments import Fact, Said, state_column


class Need(StrEnum):
    """Why a claim needs somebody's attention."""

    #: For any of the reasons below.
    ANOTHER_LOOK = "another_look"
    #: The ground of a decision moved.
    STALE = "stale"
    #: The day of the outcome has come, and nothing was decided since.
    OVERDUE = "overdue"
    #: Evidence against the verdict came after the decision and is not answered.
    CONTRARY_EVIDENCE = "contrary_evidence"
    #: The claim changed after a proposal, so that nobody can approve it.
    OUTDATED_PROPOSAL = "outdated_proposal"
    #: Its words are not in the newest text of the article, or nobody can tell which they are.
    ADRIFT = "adrift"


def condition(names: Iterable[str], now: str) -> ColumnElement[bool]:
    """Return the condition for claims that need any of these."""
    wanted = {Need(name) for name in names}
    if Need.ANOTHER_LOOK in wanted:
        wanted = set(_CONDITIONS)
    return or_(*(_CONDITIONS[need](now) for need in sorted(wanted)))


def _stale(now: str) -> ColumnElement[bool]:
    return or_(state_column(Fact, now) == "stale", state_column(Said, now) == "stale")


def _overdue(now: str) -> ColumnElement[bool]:
    is_open = state_column(Fact, now).in_(("open", "in_review", "proposed", "stale"))
    return and_(Claim.due_on <= now[:10], is_open)  # type: ignore[operator]


def _outdated(_now: str) -> ColumnElement[bool]:
    return or_(
        *(and_(f.state == "proposed", f.proposed_version != Claim.version) for f in (Fact, Said))
    )


def _adrift(_now: str) -> ColumnElement[bool]:
    return and_(Claim.anchor.in_(("ambiguous", "lost")), Fact.state != "closed")  # type: ignore[attr-defined]


def _contrary(now: str) -> ColumnElement[bool]:
    return or_(_contrary_to(Fact, now), _contrary_to(Said, now))


def _contrary_to(finding: Any, now: str) -> ColumnElement[bool]:
    held, answer = aliased(Evidence), aliased(Evidence)
    is_against = or_(
        and_(
            finding.verdict.in_(("verified", "partly_verified")),
            held.relation.in_(("refutes", "disputes")),  # type: ignore[attr-defined]
        ),
        and_(
            finding.verdict == "false",
            held.relation.in_(("supports", "partially_supports", "attributes")),  # type: ignore[attr-defined]
        ),
    )
    is_answered = exists(
        select(answer.id).where(answer.answers == held.uuid, answer.withdrawn_at.is_(None))  # type: ignore[union-attr]
    )
    came_after = select(held.id).where(
        held.claim_id == Claim.id,
        held.layer == finding.layer,
        held.withdrawn_at.is_(None),  # type: ignore[union-attr]
        held.added_at > finding.decided_at,
        is_against,
        ~is_answered,
    )
    return and_(state_column(finding, now) == "decided", exists(came_after))


_CONDITIONS: dict[Need, Callable[[str], ColumnElement[bool]]] = {
    Need.STALE: _stale,
    Need.OVERDUE: _overdue,
    Need.CONTRARY_EVIDENCE: _contrary,
    Need.OUTDATED_PROPOSAL: _outdated,
    Need.ADRIFT: _adrift,
}
