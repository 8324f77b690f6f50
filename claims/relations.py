"""
What people judge about two claims, and what follows for what was decided on either.

A judgement is remembered whether it confirms or refuses; a newer one on the same pair and
relation takes its place. A claim that is decided moves the ground of each decided claim that a
person confirmed to contradict it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session

from claims import services
from claims.models import Claim, ClaimRelation, ClaimRelationKind, Finding
from claims.statuses import Layer, Verdict
from errors import InvalidInputError
from ledger import log
from ledger.events import NewEvent
from permissions import Actor, Permission, require

#: What `stale_because` names when a contradicting claim was decided.
TRIGGER = "contradicting_claim_decided"

#: These say the same read from either side.
SYMMETRIC = frozenset({ClaimRelationKind.REPEATS, ClaimRelationKind.CONTRADICTS})

_TRUE = frozenset({Verdict.VERIFIED.value, Verdict.PARTLY_VERIFIED.value})
_UNTRUE = frozenset({Verdict.FALSE.value, Verdict.MISLEADING.value})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of a claim and another one, as it reads from the first."""

    other_id: int
    relation: ClaimRelationKind
    is_confirmed: bool
    judged_by: str
    judged_at: str
    #: Whether it reads from the other claim: the other refines this one.
    is_reverse: bool = False


def judge(
    session: Session,
    claim: Claim,
    other: Claim,
    *,
    relation: ClaimRelationKind,
    judgement: str,
    actor: Actor,
) -> Judgement:
    """
    Confirm or refuse that two claims stand to each other in this way.

    The same judgement again changes nothing; another one takes the place of the first.

    :raises InvalidInputError: if both are the same claim
    """
    require(actor, Permission.REVIEW)
    if claim.id == other.id:
        raise InvalidInputError(
            "A claim has no relation to itself.", {"other_id": "Name another claim."}
        )
    is_confirmed = judgement == "confirmed"
    held = next(
        (j for j in judgements_of(session, claim) if _is_of(j, other, relation)),
        None,
    )
    if held is not None and held.is_confirmed == is_confirmed:
        return held
    data = {"other": other.uuid, "relation": relation.value, "judgement": judgement}
    event = NewEvent(type="relation.judged", subject=claim.uuid, data=data)
    log.record(session, event, actor=actor.id)
    if is_confirmed and relation is ClaimRelationKind.CONTRADICTS:
        _contradiction_confirmed(session, claim, other)
    return next(j for j in judgements_of(session, claim) if _is_of(j, other, relation))


def _is_of(judgement: Judgement, other: Claim, relation: ClaimRelationKind) -> bool:
    return (
        judgement.other_id == other.id
        and judgement.relation is relation
        and (relation in SYMMETRIC or not judgement.is_reverse)
    )


def judgements_of(session: Session, claim: Claim) -> list[Judgement]:
    """List what people judged about a claim and others, from whichever side they did."""
    statement = (
        select(ClaimRelation)
        .where(or_(ClaimRelation.claim_id == claim.id, ClaimRelation.other_id == claim.id))
        .order_by(ClaimRelation.judged_at, ClaimRelation.claim_id, ClaimRelation.other_id)
        .execution_options(populate_existing=True)
    )
    return [
        Judgement(
            other_id=row.other_id if row.claim_id == claim.id else row.claim_id,
            relation=ClaimRelationKind(row.relation),
            is_confirmed=row.judgement == "confirmed",
            judged_by=row.judged_by,
            judged_at=row.judged_at,
            is_reverse=row.claim_id != claim.id,
        )
        for row in session.execute(statement).scalars()
    ]


def contradictions(session: Session, keys: Sequence[int]) -> dict[int, list[str]]:
    """Return for claims the ids of those that a person confirmed to contradict them."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for own, other in (
        (ClaimRelation.claim_id, ClaimRelation.other_id),
        (ClaimRelation.other_id, ClaimRelation.claim_id),
    ):
        statement = (
            select(own, Claim.uuid)
            .join(Claim, Claim.id == other)
            .where(
                own.in_(keys),  # type: ignore[attr-defined]
                ClaimRelation.relation == ClaimRelationKind.CONTRADICTS.value,
                ClaimRelation.judgement == "confirmed",
            )
            .order_by(own, other)
        )
        for key, uuid in session.execute(statement):
            found[key].append(uuid)
    return found


def claim_decided(session: Session, claim: Claim) -> None:
    """
    Make stale each decided claim that is confirmed to contradict the one just decided.

    A decision that answers the other's, and leaves the two agreed on which one is true, moves
    nothing: else each answer would ask for the next.
    """
    for other in _contradicting(session, claim):
        if not _answers(session, claim, other):
            _stale(session, other, cause=claim)


def _contradiction_confirmed(session: Session, claim: Claim, other: Claim) -> None:
    """Make both stale where both are decided, and not one of them as true and one as untrue."""
    verdicts = [_decided_verdict(session, each) for each in (claim, other)]
    if _are_agreed(verdicts):
        return
    for each, cause, ground in ((claim, other, verdicts[1]), (other, claim, verdicts[0])):
        if ground is not None:
            _stale(session, each, cause=cause)


def _contradicting(session: Session, claim: Claim) -> Sequence[Claim]:
    keys = [
        judgement.other_id
        for judgement in judgements_of(session, claim)
        if judgement.is_confirmed and judgement.relation is ClaimRelationKind.CONTRADICTS
    ]
    statement = select(Claim).where(Claim.id.in_(keys)).order_by(Claim.id)  # type: ignore[attr-defined]
    return session.execute(statement).scalars().all()


def _stale(session: Session, claim: Claim, *, cause: Claim) -> None:
    services.make_stale(session, claim, trigger=TRIGGER, cause=cause.uuid, layers=[Layer.FACT])


def _decided_verdict(session: Session, claim: Claim) -> str | None:
    fact = and_(Finding.claim_id == claim.id, Finding.layer == "fact")
    row: Row[tuple[str, str | None]] = session.execute(
        select(Finding.state, Finding.verdict).where(fact)  # type: ignore[call-overload]
    ).one()
    return row.verdict if row.state == "decided" else None


def _are_agreed(verdicts: Sequence[str | None]) -> bool:
    """Say whether one claim is held true and the other one untrue."""
    return any(v in _TRUE for v in verdicts) and any(v in _UNTRUE for v in verdicts)


def _answers(session: Session, claim: Claim, other: Claim) -> bool:
    """Say whether a decision was asked for by the other's, and agrees with it."""
    verdicts = [_decided_verdict(session, each) for each in (claim, other)]
    if not _are_agreed(verdicts):
        return False
    staled = [
        event
        for event, _ in log.events_of(session, claim.uuid)
        if event.type == "finding.staled" and event.data["layer"] == "fact"
    ]
    return bool(staled) and (staled[-1].data["trigger"], staled[-1].data["cause"]) == (
        TRIGGER,
        other.uuid,
    )
