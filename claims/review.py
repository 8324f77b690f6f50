"""
The review of a finding: who may do what to it, when, and what is recorded.

Every rule of a decision is here and nowhere else: the lease, the second person, the version
that was seen. No role goes round them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from claims import relations, services, staleness
from claims.models import Claim, Finding
from claims.moments import state_at
from claims.proposals import draft, needed
from claims.statuses import Action, FindingState, Layer, check_action
from errors import LeaseHeldError, StaleVersionError, TwoPersonRuleError
from ledger import clock, log
from ledger.events import NewEvent
from permissions import Actor, Permission, require


@dataclass(frozen=True, slots=True)
class Policy:
    """What a desk asks of a decision."""

    #: People that a decision takes.
    approvals: int = 2
    #: Minutes that a reviewer holds a finding.
    lease_minutes: int = 60
    #: Days until a decision wants another look, 0 for never.
    review_days: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """One action on one finding, with what the person gave for it."""

    session: Session
    claim: Claim
    finding: Finding
    actor: Actor
    policy: Policy
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def layer(self) -> Layer:
        """Return the layer under review."""
        return Layer(self.finding.layer)

    @property
    def state(self) -> FindingState:
        """Return the finding's state now, a lease that has run out taken back."""
        return state_at(self.finding, self.claim.due_on, clock.now())


def act(
    session: Session,
    claim: Claim,
    *,
    layer: Layer,
    action: Action,
    actor: Actor,
    policy: Policy,
    version: int | None = None,
    **given: Any,
) -> Claim:
    """
    Do one thing to a finding.

    :raises IllegalTransitionError: if the finding's state does not allow it
    :raises LeaseHeldError: if somebody else holds the finding
    :raises TwoPersonRuleError: if the proposer would approve
    :raises StaleVersionError: if the claim changed since `version`
    """
    require(actor, Permission.CLOSE if action is Action.CLOSE else Permission.REVIEW)
    if version is not None and version != claim.version:
        raise StaleVersionError(
            f"The claim changed: it is at version {claim.version}, not {version}. Read it again."
        )
    staleness.settle(session, claim, layer)
    finding = services.get_finding(session, claim, layer)
    review = Review(session, claim, finding, actor, policy, given)
    check_action(action, review.state)
    _check_lease(review, action)
    _ACTIONS[action](review)
    return services.get_claim(session, claim.uuid)


def _check_lease(review: Review, action: Action) -> None:
    finding = review.finding
    if review.state is not FindingState.IN_REVIEW or finding.lease_holder == review.actor.id:
        return
    if action is Action.CLOSE:
        return
    raise LeaseHeldError(
        f"{finding.lease_holder} holds this finding until {finding.lease_until}; "
        "ask for its release or wait."
    )


def _record(review: Review, event_type: str, sealed: Mapping[str, Any], **data: Any) -> None:
    event = NewEvent(
        type=event_type,
        subject=review.claim.uuid,
        data={"layer": review.layer.value, **data},
        sealed={name: value for name, value in sealed.items() if value is not None},
    )
    log.record(review.session, event, actor=review.actor.id)


def _resting(review: Review) -> str:
    """Return what the finding falls back to: the state it had before somebody took it."""
    held = (FindingState.IN_REVIEW, FindingState.PROPOSED)
    return review.finding.resting_state if review.state in held else review.state.value


def _take(review: Review) -> None:
    until = clock.in_minutes(review.policy.lease_minutes)
    _record(review, "finding.taken", {}, resting_state=_resting(review), until=until)


def _release(review: Review) -> None:
    _record(review, "finding.released", {}, resting_state=_resting(review))


def _propose(review: Review) -> None:
    proposal = draft(review.session, review.claim, review.finding, review.given)
    _record(
        review,
        "finding.proposed",
        proposal.sealed,
        **proposal.data,
        resting_state=_resting(review),
        review_by=review.given.get("review_by") or _review_by(review.policy),
    )
    if review.policy.approvals == 1:
        _decide(review, proposal.data, approvals=1)


def _review_by(policy: Policy) -> str | None:
    return clock.in_days(policy.review_days) if policy.review_days else None


def _approve(review: Review) -> None:
    finding = review.finding
    if finding.proposed_by == review.actor.id:
        raise TwoPersonRuleError("A second person approves: you proposed this verdict yourself.")
    if finding.proposed_version != review.claim.version:
        raise StaleVersionError(
            "The claim changed after the proposal; send it back, so that it is proposed anew."
        )
    _decide(review, finding.proposal or {}, approvals=2)


def _decide(review: Review, proposal: Mapping[str, Any], *, approvals: int) -> None:
    """Record a decision, which repeats of its proposal what makes it readable alone."""
    names = ("verdict", "verdict_kind", "valid_from", "valid_to")
    held = {name: proposal.get(name) for name in names}
    _record(review, "finding.decided", {}, **held, approvals=approvals)
    if review.layer is Layer.FACT and held["verdict"]:
        relations.claim_decided(review.session, review.claim)


def _send_back(review: Review) -> None:
    reason = needed(review.given, "reason", "Sending back takes a reason.")
    _record(review, "finding.sent_back", {"reason": reason}, resting_state=_resting(review))


def _challenge(review: Review) -> None:
    reason = needed(review.given, "reason", "A challenge takes a reason.")
    _record(review, "finding.staled", {"explanation": reason}, trigger="challenge", cause=None)


def _close(review: Review) -> None:
    reason = needed(review.given, "reason", "Closing takes a reason.")
    _record(review, "finding.closed", {}, reason=reason, resting_state=_resting(review))


def _reopen(review: Review) -> None:
    resting = review.finding.resting_state
    _record(review, "finding.reopened", {}, resting_state=resting)
    if resting == FindingState.DECIDED:
        # Nobody watched its ground while it was closed.
        services.make_stale(
            review.session, review.claim, trigger="reopened", cause=None, layers=[review.layer]
        )


_ACTIONS: dict[Action, Callable[[Review], None]] = {
    Action.TAKE: _take,
    Action.RELEASE: _release,
    Action.PROPOSE: _propose,
    Action.APPROVE: _approve,
    Action.SEND_BACK: _send_back,
    Action.CHALLENGE: _challenge,
    Action.CLOSE: _close,
    Action.REOPEN: _reopen,
}
