"""
What of a finding depends on the moment at which it is asked: leases that ran out, days that came.

An answer is right whether or not a job has run: what `flask due` records is computed here too, once
in Python for one finding and once in SQL for lists, filters, facets and counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from claims.models import Claim, Finding
from claims.statuses import FindingState, Layer
from ledger import clock

#: The moment and the day at which a statement is run, for one that is made once.
NOW = bindparam("now", callable_=clock.now, type_=String)
TODAY = bindparam("today", callable_=clock.today, type_=String)

#: A moment, or what stands for the one at which a statement is run.
Moment = str | ColumnElement[str]

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


def has_passed(finding: Any, now: Moment) -> ColumnElement[bool]:
    """Return the condition that a day moved a decision's ground: `passed` in SQL."""
    today = now[:10] if isinstance(now, str) else TODAY
    is_due = (
        and_(
            Claim.due_on <= today,  # type: ignore[operator]
            func.substr(finding.decided_at, 1, 10) < Claim.due_on,
        )
        if finding is not Said
        else false()
    )
    return and_(finding.state == "decided", or_(is_due, finding.review_by < today))


def state_column(finding: Any, now: Moment) -> ColumnElement[str]:
    """Return a finding's state at a moment: `state_at` in SQL."""
    lapsed = and_(finding.state == "in_review", finding.lease_until < now)
    return case(
        (lapsed, finding.resting_state),
        (has_passed(finding, now), "stale"),
        else_=finding.state,
    )


def status_column(now: Moment) -> ColumnElement[str]:
    """Return a claim's public word at a moment."""
    lapsed = and_(Fact.state == "in_review", Fact.lease_until < now)
    back = case((Fact.resting_state == "open", "unreviewed"), else_=Fact.resting_state)
    return case((lapsed, back), (has_passed(Fact, now), "stale"), else_=Claim.status)


def moved_on(now: str) -> Select[Any]:
    """Select the keys of claims whose fact may not stand as recorded: a few, by indexes."""
    other, claim = aliased(Finding, name="moved"), aliased(Claim, name="due")
    facts = select(other.claim_id).where(other.layer == "fact")  # type: ignore[call-overload]
    is_decided = other.state == "decided"
    lapsed = facts.where(other.state == "in_review", other.lease_until < now)
    old = facts.where(is_decided, other.review_by < now[:10])
    due = facts.join(claim, claim.id == other.claim_id).where(is_decided, claim.due_on <= now[:10])
    found = union(lapsed, old, due).subquery("moved_on")
    return select(found.c[0])
