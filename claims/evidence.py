"""Evidence: what a source does for a claim, added and withdrawn, never deleted."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import services, staleness
from claims.models import Claim, Evidence, Relation
from claims.statuses import Layer
from errors import IllegalTransitionError, InvalidInputError, NotFoundError
from ledger import log
from ledger.events import NewEvent
from permissions import Actor, Permission, require
from sources import services as documents
from sources.copies import newest_text
from sources.models import Article, Source


def get_evidence(session: Session, evidence_id: str) -> Evidence:
    """
    Return a piece of evidence by its id.

    :raises NotFoundError: if there is none
    """
    statement = select(Evidence).where(Evidence.uuid == evidence_id)
    found = session.execute(
        statement.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"There is no evidence {evidence_id}.")
    return found


def add_evidence(
    session: Session, claim: Claim, source: Source, given: Mapping[str, Any], *, actor: Actor
) -> Evidence:
    """
    Add what a source does for a claim on one layer.

    :raises InvalidInputError: if the relation cannot stand on that layer, or the quote is not
        where the selector says
    """
    require(actor, Permission.ADD_EVIDENCE)
    layer = Layer(given["layer"])
    services.get_finding(session, claim, layer)
    if given["relation"] == Relation.ATTRIBUTES and layer is not Layer.SAID:
        raise InvalidInputError(
            "That somebody said it is evidence on the layer said only.",
            {"relation": "Choose another relation, or the layer said."},
        )
    selector = _selector(session, source, given)
    _check_answer(session, claim, layer, given)
    evidence_id = str(uuid.uuid4())
    article = session.get_one(Article, claim.article_id)
    event = NewEvent(
        type="evidence.added",
        subject=claim.uuid,
        data={
            "evidence": evidence_id,
            "layer": layer.value,
            "source": source.uuid,
            "relation": given["relation"],
            "basis": given["basis"],
            "credibility": given.get("credibility"),
            "is_decisive": bool(given.get("decisive")),
            "is_after_claim": (source.published_on or "") > article.published_on,
            "selector": selector,
            **({"answers": given["answers"]} if given.get("answers") else {}),
        },
        sealed={name: given[name] for name in ("quote", "note") if given.get(name)},
    )
    log.record(session, event, actor=actor.id)
    return get_evidence(session, evidence_id)


def _check_answer(session: Session, claim: Claim, layer: Layer, given: Mapping[str, Any]) -> None:
    """Let evidence answer only what stands on the same layer of the same claim."""
    answered = given.get("answers")
    if answered is None:
        return
    held = select(Evidence.id).where(
        Evidence.uuid == answered,
        Evidence.claim_id == claim.id,
        Evidence.layer == layer.value,
        Evidence.withdrawn_at.is_(None),  # type: ignore[union-attr]
    )
    if session.execute(held).first() is None:
        raise InvalidInputError(
            "There is no such evidence on this layer of the claim that could be answered.",
            {"answers": "Give the id of evidence that stands here."},
        )


def _selector(session: Session, source: Source, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Check a quote against the source's text where that is kept, and say where it stands."""
    quote, text = given.get("quote"), newest_text(session, source)
    if not quote or text is None:
        return None
    selector = given.get("selector") or {}
    start = selector.get("start", text.find(quote))
    if start < 0 or text[start : start + len(quote)] != quote:
        raise InvalidInputError(
            "The quote does not stand in the source's text like this.",
            {"quote": "Copy the words exactly as the source prints them."},
        )
    if selector.get("end", start + len(quote)) != start + len(quote):
        raise InvalidInputError(
            "The selector is not as long as the quote.",
            {"selector.end": f"The quote ends at {start + len(quote)}."},
        )
    return {"start": start, "end": start + len(quote), "text_sha256": documents.digest(text)}


def withdraw_evidence(
    session: Session, evidence: Evidence, *, reason: str, actor: Actor
) -> Evidence:
    """
    Withdraw a piece of evidence; a decision that rested on it goes stale.

    :raises IllegalTransitionError: if it is withdrawn already
    """
    require(actor, Permission.ADD_EVIDENCE)
    if evidence.withdrawn_at:
        raise IllegalTransitionError("This evidence is withdrawn already.")
    claim = session.get_one(Claim, evidence.claim_id)
    event = NewEvent(
        type="evidence.withdrawn",
        subject=claim.uuid,
        data={"evidence": evidence.uuid},
        sealed={"reason": reason},
    )
    log.record(session, event, actor=actor.id)
    staleness.evidence_withdrawn(session, claim, evidence)
    return get_evidence(session, evidence.uuid)
