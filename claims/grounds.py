"""
What a finding rests on, read from the tables, and what the gate says of it.

`claims/gate.py` holds the rules; this module brings it the evidence, its sources and where they
got it from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import gate
from claims.models import Claim, Evidence
from claims.predictions import outcome_day
from claims.statuses import Layer, Verdict
from ledger import clock
from sources import queries as documents
from sources.independence import Derivation
from sources.models import Article, Source


def gate_of(session: Session, claim: Claim, layer: Layer, verdict: Verdict) -> gate.Answer:
    """Say whether a verdict may be proposed on a claim as it stands."""
    return gate.ask(verdict, ground_of(session, claim, layer))


def ground_of(session: Session, claim: Claim, layer: Layer) -> gate.Ground:
    """Return what a claim's finding rests on: evidence that was not withdrawn, and its origins."""
    rows = session.execute(
        select(Evidence, Source)
        .join(Source, Source.id == Evidence.source_id)
        .where(
            Evidence.claim_id == claim.id,
            Evidence.layer == layer.value,
            Evidence.withdrawn_at.is_(None),  # type: ignore[union-attr]
        )
        .order_by(Evidence.id)
        .execution_options(populate_existing=True)
    ).all()
    own = session.get_one(Article, claim.article_id).source_uuid
    cited = {row.Source.id: row.Source for row in rows}
    steps = documents.upstream(session, sorted(cited))
    sources = cited | _upstream_sources(session, steps, set(cited))
    names = {key: source.uuid for key, source in sources.items()}
    return gate.Ground(
        layer=layer,
        pieces=tuple(_piece(row.Evidence, row.Source, own) for row in rows),
        sources=tuple(documents.as_node(source, None) for source in sources.values()),
        derivations=tuple(
            Derivation(names[s.child_id], names[s.parent_id], s.kind, s.basis) for s in steps
        ),
        due_on=outcome_day(session, claim) if layer is Layer.FACT else None,
        today=clock.today(),
    )


def _upstream_sources(session: Session, steps: Sequence[Any], known: set[int]) -> dict[int, Source]:
    wanted = {key for step in steps for key in (step.child_id, step.parent_id)} - known
    statement = select(Source).where(Source.id.in_(sorted(wanted)))  # type: ignore[union-attr]
    rows = session.execute(statement.execution_options(populate_existing=True)).scalars()
    return {row.id: row for row in rows}


def _piece(evidence: Evidence, source: Source, own: str) -> gate.Piece:
    return gate.Piece(
        id=evidence.uuid,
        source=source.uuid,
        label=source.title or source.publisher or source.author or source.uuid,
        relation=evidence.relation,
        is_primary=evidence.basis == "primary",
        kind=source.kind,
        credibility=evidence.credibility,
        reliability=source.reliability,
        is_interested=source.is_interested,
        is_anonymous=source.is_anonymous,
        is_retracted=source.notice == "retracted",
        is_own_article=source.uuid == own,
        answers=evidence.answers,
    )
