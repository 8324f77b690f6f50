"""
What needs another look, and why: the view that `/claims?needs=` gives.

A decision that went stale is one reason among others: contrary evidence that came after a decision
does not undo it, but somebody must read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from claims.models import Claim, Evidence, Finding
from claims.moments import Fact, Said, state_column

#: Where the words of a claim are that nobody can point at in the newest text.
_ADRIFT = ("ambiguous", "lost")


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
    return or_(*(_CONDITIONS[need](now) for need in _wanted(names)))


def candidates(names: Iterable[str], now: str) -> list[Select[Any]]:
    """Select, for each reason, the keys of all claims that it may hold for, found by an index."""
    return [keys for need in _wanted(names) for keys in _CANDIDATES[need](now)]


def _wanted(names: Iterable[str]) -> list[Need]:
    """Return the reasons that these names stand for, in a fixed order."""
    wanted = {Need(name) for name in names}
    return sorted(_CONDITIONS if Need.ANOTHER_LOOK in wanted else wanted)


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
    return and_(Claim.anchor.in_(_ADRIFT), Fact.state != "closed")  # type: ignore[attr-defined]


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


def _in_state(state: str) -> Select[Any]:
    found = aliased(Finding, name=f"is_{state}")
    return select(found.claim_id).where(found.state == state)  # type: ignore[call-overload,no-any-return]


def _maybe_stale(now: str) -> list[Select[Any]]:
    old = aliased(Finding, name="is_old")
    is_old = select(old.claim_id).where(old.state == "decided", old.review_by < now[:10])  # type: ignore[call-overload]
    return [_in_state("stale"), is_old, *_maybe_overdue(now)]


def _maybe_overdue(now: str) -> list[Select[Any]]:
    due = aliased(Claim, name="is_due")
    return [select(due.id).where(due.due_on <= now[:10])]  # type: ignore[call-overload]


def _maybe_contrary(_now: str) -> list[Select[Any]]:
    held, decided = aliased(Evidence), aliased(Finding)
    came_after = and_(
        held.claim_id == decided.claim_id,
        held.layer == decided.layer,
        held.added_at > decided.decided_at,
    )
    statement = select(decided.claim_id).join(held, came_after)  # type: ignore[call-overload]
    return [statement.where(decided.state == "decided")]


def _maybe_adrift(_now: str) -> list[Select[Any]]:
    adrift = aliased(Claim, name="is_adrift")
    return [select(adrift.id).where(adrift.anchor.in_(_ADRIFT))]  # type: ignore[call-overload,attr-defined]


_CONDITIONS: dict[Need, Callable[[str], ColumnElement[bool]]] = {
    Need.STALE: _stale,
    Need.OVERDUE: _overdue,
    Need.CONTRARY_EVIDENCE: _contrary,
    Need.OUTDATED_PROPOSAL: _outdated,
    Need.ADRIFT: _adrift,
}

_CANDIDATES: dict[Need, Callable[[str], list[Select[Any]]]] = {
    Need.STALE: _maybe_stale,
    Need.OVERDUE: _maybe_overdue,
    Need.CONTRARY_EVIDENCE: _maybe_contrary,
    Need.OUTDATED_PROPOSAL: lambda _now: [_in_state("proposed")],
    Need.ADRIFT: _maybe_adrift,
}
