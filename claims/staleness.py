"""
What makes a decision stale by itself: each trigger, and which decisions rested on what moved.

Recorded as events by Dateline itself, each naming its trigger and its cause. Whoever changes what
decisions rest on (evidence, a source, what it derives from) calls here; `flask due` records the
days that came, which every answer takes into account before that (`claims/moments.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from claims import gate, grounds, services
from claims.models import Claim, Evidence, Finding
from claims.moments import Fact, Said, has_passed, passed
from claims.statuses import FindingState, Layer, Verdict
from ledger import clock
from permissions import Actor
from sources import queries as documents
from sources import services as document_services
from sources.models import Derivation, DerivationBasis, Source

#: Evidence that no decision rests on.
_BESIDE_THE_POINT = ("context", "not_relevant")


def settle(session: Session, claim: Claim, layer: Layer) -> None:
    """Record that a day has come which moved a decision's ground, if one has."""
    finding = services.get_finding(session, claim, layer)
    found = passed(
        state=finding.state,
        layer=layer,
        decided_at=finding.decided_at,
        review_by=finding.review_by,
        due_on=claim.due_on,
        now=clock.now(),
    )
    if found is not None:
        services.make_stale(session, claim, trigger=found.trigger, cause=found.day, layers=[layer])


def settle_all(session: Session) -> int:
    """Record every day that has come; returns how many decisions went stale by it."""
    now = clock.now()
    statement = (
        select(Claim, Fact.layer, Said.layer.label("said"))  # type: ignore[attr-defined]
        .join(Fact, (Fact.claim_id == Claim.id) & (Fact.layer == "fact"))
        .outerjoin(Said, (Said.claim_id == Claim.id) & (Said.layer == "said"))
        .where(or_(has_passed(Fact, now), has_passed(Said, now)))
        .order_by(Claim.id)
    )
    count = 0
    for row in session.execute(statement).all():
        for layer in Layer if row.said else [Layer.FACT]:
            before = services.get_finding(session, row.Claim, layer).state
            settle(session, row.Claim, layer)
            after = services.get_finding(session, row.Claim, layer).state
            count += before != after
    return count


def evidence_withdrawn(session: Session, claim: Claim, evidence: Evidence) -> None:
    """Make stale what rested on evidence: where it decided, or too little is left without it."""
    layer = Layer(evidence.layer)
    if evidence.is_decisive or _fell(session, claim, layer, gate.GROUND_CONDITIONS):
        services.make_stale(
            session, claim, trigger="evidence_withdrawn", cause=evidence.uuid, layers=[layer]
        )


def judge_derivation(
    session: Session,
    child: Source,
    parent: Source,
    *,
    kind: str,
    basis: DerivationBasis,
    reason: str | None = None,
    actor: Actor,
) -> Derivation:
    """Judge what a source derives from; a decision that is left with too few origins goes stale."""
    judged = document_services.judge_derivation(
        session, child, parent, kind=kind, basis=basis, reason=reason, actor=actor
    )
    if basis is not DerivationBasis.DETECTED:
        origins_moved(session, [child, parent], cause=child.uuid)
    return judged


def change_source(
    session: Session, source: Source, changes: Mapping[str, Any], *, actor: Actor
) -> Source:
    """Change what is known about a source; a decision that it no longer carries goes stale."""
    changed = document_services.change_source(session, source, changes, actor=actor)
    origins_moved(session, [changed], cause=changed.uuid)
    return changed


def add_notice(
    session: Session, source: Source, *, kind: str, note: str | None, actor: Actor
) -> Source:
    """Record a correction or a retraction; what was decided on the source goes stale."""
    noticed = document_services.add_notice(session, source, kind=kind, note=note, actor=actor)
    source_noticed(session, noticed)
    return noticed


def source_noticed(session: Session, source: Source) -> None:
    """Make stale what was decided on a source that was corrected or retracted, or repeats it."""
    for claim, layer in _resting_on(session, [source]):
        services.make_stale(
            session, claim, trigger=f"source_{source.notice}", cause=source.uuid, layers=[layer]
        )


def origins_moved(session: Session, sources: Iterable[Source], *, cause: str) -> None:
    """Make stale each decision whose independent origins fell below what its verdict takes."""
    for claim, layer in _resting_on(session, sources):
        if _fell(session, claim, layer, gate.ORIGIN_CONDITIONS):
            services.make_stale(session, claim, trigger="origins_fell", cause=cause, layers=[layer])


def _fell(session: Session, claim: Claim, layer: Layer, watched: frozenset[str]) -> bool:
    """Say whether a decision lost what it had: a condition that was met when it was proposed."""
    finding = services.get_finding(session, claim, layer)
    if finding.state != FindingState.DECIDED or finding.gate is None or finding.verdict is None:
        return False
    was_met = {each["code"] for each in finding.gate["conditions"] if each["met"]}
    answer = grounds.gate_of(session, claim, layer, Verdict(finding.verdict))
    return bool(was_met.intersection(answer.missing) & watched)


def _resting_on(session: Session, sources: Iterable[Source]) -> list[tuple[Claim, Layer]]:
    """List the findings whose evidence comes from these sources, or from what derives from them."""
    keys = documents.downstream(session, [source.id for source in sources])
    rests = exists().where(
        Evidence.claim_id == Finding.claim_id,
        Evidence.layer == Finding.layer,
        Evidence.source_id.in_(keys),  # type: ignore[attr-defined]
        Evidence.withdrawn_at.is_(None),  # type: ignore[union-attr]
        Evidence.relation.not_in(_BESIDE_THE_POINT),  # type: ignore[attr-defined]
    )
    statement = (
        select(Claim, Finding.layer)
        .join(Finding, Finding.claim_id == Claim.id)
        .where(Finding.state.in_(("decided", "proposed")), rests)  # type: ignore[attr-defined]
        .order_by(Claim.id, Finding.layer)
    )
    return [(claim, Layer(layer)) for claim, layer in session.execute(statement).all()]
