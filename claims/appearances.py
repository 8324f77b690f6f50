"""
Where a statement appeared: who had it first, and everybody who passed it on.

An appearance is a document that has the statement: the claim's article, what it got it from, what
got it from there, the evidence that repeats or backs it, and the articles of claims that a person
confirmed to repeat this one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import relations
from claims.models import Claim, ClaimRelationKind, Evidence
from sources import queries as documents
from sources.models import Article, Derivation, DerivationBasis, Source

#: Evidence of these relations has the statement in it.
_HAVING = ("supports", "partially_supports", "repeats", "attributes")

#: Appearances that are listed; a statement with more is everywhere.
MOST = 200


def appearances_of(session: Session, claim: Claim) -> dict[str, Any]:
    """Return a statement's first dated appearance and every other one, by day of publication."""
    repeats = _repeats(session, claim)
    evidence = _evidence(session, claim)
    own = _sources_of(session, [claim.article_id, *repeats])
    start = {*own, *evidence}
    steps = [step for step in _steps(session, start) if step.basis != DerivationBasis.REJECTED]
    keys = start | {key for step in steps for key in (step.child_id, step.parent_id)}
    rows = session.execute(select(Source).where(Source.id.in_(sorted(keys)))).scalars()  # type: ignore[union-attr]
    sources = sorted(rows, key=lambda row: (row.published_on or "9999", row.id))
    names = {row.id: row.uuid for row in sources}
    claims = {key: {**repeats, claim.article_id: claim.uuid}[held] for key, held in own.items()}
    found = [
        {
            "source": documents.source_document(row),
            "published_on": row.published_on,
            "claim_id": claims.get(row.id),
            "relations": sorted(evidence.get(row.id, ())),
            "got_it_from": [_step(step, names) for step in steps if step.child_id == row.id],
        }
        for row in sources[:MOST]
    ]
    first = next((each for each in found if each["published_on"]), None)
    return {
        "first_appearance": first,
        "relays": [each for each in found if each is not first],
        "appearances": len(sources),
    }


def _step(step: Derivation, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "source_id": names[step.parent_id],
        "kind": step.kind,
        "basis": step.basis,
        "reason": step.reason,
    }


def _repeats(session: Session, claim: Claim) -> dict[int, str]:
    """Return the articles of claims that a person confirmed to repeat this one, and these."""
    keys = [
        judgement.other_id
        for judgement in relations.judgements_of(session, claim)
        if judgement.is_confirmed and judgement.relation is ClaimRelationKind.REPEATS
    ]
    statement = select(Claim.article_id, Claim.uuid).where(Claim.id.in_(keys))  # type: ignore[attr-defined]
    return {row.article_id: row.uuid for row in session.execute(statement.order_by(Claim.id))}


def _evidence(session: Session, claim: Claim) -> dict[int, set[str]]:
    statement = select(Evidence.source_id, Evidence.relation).where(
        Evidence.claim_id == claim.id,
        Evidence.withdrawn_at.is_(None),  # type: ignore[union-attr]
        Evidence.relation.in_(_HAVING),  # type: ignore[attr-defined]
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row in session.execute(statement):
        found[row.source_id].add(row.relation)
    return found


def _sources_of(session: Session, articles: list[int]) -> dict[int, int]:
    """Return the sources that stand for articles, each with its article."""
    statement = (
        select(Source.id, Article.id.label("article"))  # type: ignore[attr-defined]
        .join(Article, Article.source_uuid == Source.uuid)
        .where(Article.id.in_(articles))  # type: ignore[attr-defined]
    )
    return {row.id: row.article for row in session.execute(statement)}


def _steps(session: Session, start: set[int]) -> list[Derivation]:
    """List what these documents derive from, at any distance, and what derives from them."""
    above = documents.upstream(session, sorted(start))
    known = {(step.child_id, step.parent_id) for step in above}
    below = session.execute(
        select(Derivation)
        .where(Derivation.parent_id.in_(sorted(start)))  # type: ignore[attr-defined]
        .order_by(Derivation.child_id, Derivation.parent_id)
        .limit(MOST)
    ).scalars()
    return above + [step for step in below if (step.child_id, step.parent_id) not in known]
