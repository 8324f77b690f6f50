"""
What of a finding depends on the moment at which it is asked: leases that ran out, days that came.

An answer is right whether or not a job has run: what `flask due` records is computed here too, once
in Python for one finding and once in SQL for lists, filters, facets and counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_
from sqlalchemy.orm import aliased

from claims.models import Claim, Finding
from claims.statuses import FindingState, Layer

Fact = aliased(Finding, name="fact")
Said = aliased(Finding, name="said")


@dataclass(frozen=True, slots=True)
class Passed:
    """A day that has come since a finding was decided: which one it was, and what it was for."""

    trigger: str
    day: str


def state_at(finding: Finding, due_on: str | None, now: str) -> FindingState:
    """Return a finding's state at a moment, whatever was recorded of it since."""
    state = FindingState(finding.state)
    if state is FindingState.IN_REVIEW and (finding.lease_until or "") < now:
        return FindingState(finding.resting_state)
    is_passed = passed(
        state=state,
        layer=Layer(finding.layer),
        decided_at=finding.decided_at,
        review_by=finding.review_by,
        due_on=due_on,
        now=now,
    )
    return FindingState.STALE if is_passed else state


def passed(
    *,
    state: str,
    layer: str,
    decided_at: str | None,
    review_by: str | None,
    due_on: str | None,
    now: str,
) -> Passed | None:
    """
    Return the day that moved a decision's ground, None if none did.

    The outcome is due on `due_on` itself; another look is wanted until the end of `review_by`.
    """
    today = now[:10]
    if state != FindingState.DECIDED or decided_at is None:
        return None
    if layer == Layer.FACT and due_on and decided_at[:10] < due_on <= today:
        return Passed("due", due_on)
    if review_by and review_by < today:
        return Passed("review_by", review_by)
    return None


def has_passed(finding: Any, now: str) -> ColumnElement[bool]:
    """Return the condition that a day moved a decision's ground: `passed` in SQL."""
    today = now[:10]
    is_due = (
        and_(
            Claim.due_on <= today,  # type: ignore[operator]
            func.substr(finding.decided_at, 1, 10) < Claim.due_on,
        )
        if finding is not Said
        else false()
    )
    return and_(finding.state == "decided", or_(is_due, finding.review_by < today))


def state_column(finding: Any, now: str) -> ColumnElement[str]:
    """Return a finding's state at a moment: `state_at` in SQL."""
    lapsed = and_(finding.state == "in_review", finding.lease_until < now)
    return case(
        (lapsed, finding.resting_state),
        (has_passed(finding, now), "stale"),
        else_=finding.state,
    )


def status_column(now: str) -> ColumnElement[str]:
    """Return a claim's public word at a moment."""
    lapsed = and_(Fact.state == "in_review", Fact.lease_until < now)
    back = case((Fact.resting_state == "open", "unreviewed"), else_=Fact.resting_state)
    return case((lapsed, back), (has_passed(Fact, now), "stale"), else_=Claim.status)
