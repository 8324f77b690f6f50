"""What people do with articles and claims: ingest, mark, correct, look up."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import candidates
from claims.extraction.records import Candidate, Extraction
from claims.models import Claim, Finding, SegmentMark
from claims.statuses import FindingState, Layer
from errors import InvalidInputError, NotFoundError
from ledger import log
from ledger.events import NewEvent
from permissions import SYSTEM, Actor, Permission, require
from sources import copies
from sources import services as documents
from sources.models import Article

#: Public facts of a claim, under the names that events use.
_FACTS = {
    "kind": "kind",
    "modality": "modality",
    "topics": "topics",
    "checkable": "is_checkable",
    "due_on": "due_on",
}


class HasText(Protocol):
    """What a claim is anchored to: an article, or one that is about to be kept."""

    uuid: str
    text_version: int
    text_sha256: str


def get_claim(session: Session, claim_id: str) -> Claim:
    """
    Return a claim by its id.

    :raises NotFoundError: if there is none
    """
    statement = select(Claim).where(Claim.uuid == claim_id)
    found = session.execute(
        statement.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"There is no claim {claim_id}.")
    return found


def get_finding(session: Session, claim: Claim, layer: Layer) -> Finding:
    """
    Return a claim's finding on a layer.

    :raises InvalidInputError: if nobody is said to have made the claim
    """
    found = session.get(Finding, (claim.id, layer.value), populate_existing=True)
    if found is None:
        raise InvalidInputError(
            "This claim is the article's own; only the layer fact can be reviewed.",
            {"layer": "Choose fact."},
        )
    return found


def ingest(
    session: Session,
    text: str,
    extraction: Extraction,
    *,
    published_on: date,
    actor: Actor,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    byline: str | None = None,
) -> tuple[Article, bool]:
    """
    Keep an article with the claims that were read out of it.

    An article with exactly this text is returned as it is; the second value says whether a new
    one was made.
    """
    require(actor, Permission.INGEST)
    known = documents.find_article_by_text(session, text)
    if known is not None:
        return known, False
    draft = documents.ArticleDraft(
        text=text,
        published_on=published_on.isoformat(),
        language=extraction.language,
        segments=[[s.start, s.end, s.state, s.reason] for s in extraction.segments],
        credits=extraction.credits,
        title=title,
        url=url,
        publisher=publisher,
        byline=byline,
    )
    article = documents.add_article(session, draft, actor=actor)
    events = [extracted(article, text, candidate) for candidate in extraction.candidates]
    log.record_all(session, events, actor=actor.id)
    copies.suggest(session, documents.get_source(session, article.source_uuid), text)
    return article, True


def extracted(article: Article, text: str, candidate: Candidate) -> NewEvent:
    """Return the event that makes a claim of what the machine read."""
    statement = candidates.statement_of(candidate, text)
    worth = candidate.check_worthiness
    return created(
        article,
        text,
        statement,
        basis="extracted",
        score=f"{worth.score:.4f}",
        reasons=worth.reasons,
        reading=candidates.reading_of(candidate),
    )


def created(
    article: HasText,
    text: str,
    statement: Mapping[str, Any],
    *,
    basis: str,
    score: str,
    reasons: Sequence[str],
    reading: Mapping[str, Any] | None = None,
) -> NewEvent:
    """Return the event that makes a claim of a stretch of an article's text."""
    layers = [Layer.FACT.value] + ([Layer.SAID.value] if statement.get("claimant") else [])
    return NewEvent(
        type="claim.created",
        subject=str(uuid.uuid4()),
        data={
            "article": article.uuid,
            "text_version": article.text_version,
            "text_sha256": article.text_sha256,
            "start": statement["start"],
            "end": statement["end"],
            "basis": basis,
            "score": score,
            "reasons": list(reasons),
            "layers": layers,
            **{new: statement.get(old) for old, new in _FACTS.items()},
        },
        sealed={
            "words": candidates.words_of(text, statement["start"], statement["end"]),
            **{name: v for name, v in candidates.sealed_parts(statement).items() if v},
            **({"reading": dict(reading)} if reading else {}),
        },
    )


def mark_claim(
    session: Session, article: Article, given: Mapping[str, Any], *, actor: Actor
) -> Claim:
    """
    Make a claim of a span that a person marked.

    :raises InvalidInputError: if the span does not lie in the text, or is a claim already
    """
    require(actor, Permission.REVIEW)
    text = documents.text_of(session, article).text
    _check_span(text, given["start"], given["end"])
    same = select(Claim.uuid).where(
        Claim.article_id == article.id,
        Claim.text_version == article.text_version,
        Claim.start == given["start"],
        Claim.end == given["end"],
    )
    if session.execute(same).first():
        raise InvalidInputError(
            "This span is a claim already.", {"start": "Correct the claim that is there."}
        )
    defaults = {"kind": "description", "modality": "asserted", "topics": [], "checkable": True}
    event = created(
        article,
        text,
        {**defaults, **given},
        basis="marked",
        score="1",
        reasons=["marked by a person"],
    )
    log.record(session, event, actor=actor.id)
    return get_claim(session, event.subject)


def _check_span(text: str, start: int, end: int) -> None:
    if not 0 <= start < end <= len(text):
        raise InvalidInputError(
            f"The span {start} to {end} does not lie in the text of {len(text)} characters.",
            {"end": f"Choose 0 <= start < end <= {len(text)}."},
        )
    if not text[start:end].strip():
        raise InvalidInputError("The span holds only spaces.", {"start": "Mark some words."})


def correct_claim(
    session: Session, claim: Claim, changes: Mapping[str, Any], *, actor: Actor
) -> Claim:
    """
    Correct what was read about a claim; what was decided on the old reading goes stale.

    :raises InvalidInputError: if the span does not lie in the text
    """
    require(actor, Permission.REVIEW)
    data = {_FACTS[name]: changes[name] for name in _FACTS if name in changes}
    sealed: dict[str, Any] = candidates.sealed_parts(changes)
    if "start" in changes or "end" in changes:
        article = session.get_one(Article, claim.article_id)
        text = documents.text_of(session, article, claim.text_version).text
        start, end = changes.get("start", claim.start), changes.get("end", claim.end)
        _check_span(text, start, end)
        data |= {"start": start, "end": end}
        sealed["words"] = candidates.words_of(text, start, end)
        # The readable form was made from the old words.
        sealed["reading"] = {"normalized_text": None, "replacements": []}
    if changes.get("claimant"):
        data["layers"] = [Layer.SAID.value]
    event = NewEvent(type="claim.corrected", subject=claim.uuid, data=data, sealed=sealed)
    log.record(session, event, actor=actor.id)
    make_stale(session, claim, trigger="claim_edited", cause=None)
    return get_claim(session, claim.uuid)


def make_stale(
    session: Session,
    claim: Claim,
    *,
    trigger: str,
    cause: str | None,
    layers: Sequence[Layer] = tuple(Layer),
) -> None:
    """
    Make the decided findings of a claim stale, naming what moved their ground.

    A verdict that is only proposed goes back to whoever proposed it: its ground moved, too.
    """
    waiting = (FindingState.DECIDED, FindingState.PROPOSED)
    statement = (
        select(Finding)
        .where(
            Finding.claim_id == claim.id,
            Finding.state.in_(waiting),  # type: ignore[attr-defined]
            Finding.layer.in_(layers),  # type: ignore[attr-defined]
        )
        .order_by(Finding.layer)
        .execution_options(populate_existing=True)
    )
    events = [
        _moved(claim, finding, {"trigger": trigger, "cause": cause})
        for finding in session.execute(statement).scalars()
    ]
    log.record_all(session, events, actor=SYSTEM.id)


def _moved(claim: Claim, finding: Finding, because: Mapping[str, Any]) -> NewEvent:
    data = {"layer": finding.layer, **because}
    if finding.state == FindingState.DECIDED:
        return NewEvent(type="finding.staled", subject=claim.uuid, data=data)
    data["resting_state"] = finding.resting_state
    return NewEvent(type="finding.sent_back", subject=claim.uuid, data=data)


def mark_segment(
    session: Session,
    article: Article,
    *,
    start: int,
    end: int,
    state: str,
    reason: str | None,
    actor: Actor,
) -> SegmentMark:
    """Say of a stretch of an article that it is not checkable, or no claim at all."""
    require(actor, Permission.REVIEW)
    _check_span(documents.text_of(session, article).text, start, end)
    event = NewEvent(
        type="segment.marked",
        subject=article.uuid,
        data={"text_version": article.text_version, "start": start, "end": end, "state": state},
        sealed={"reason": reason} if reason else {},
    )
    log.record(session, event, actor=actor.id)
    return session.get_one(SegmentMark, (article.id, article.text_version, start, end))


def unmark_segment(
    session: Session, article: Article, *, start: int, end: int, actor: Actor
) -> None:
    """
    Take back what was said of a stretch of an article.

    :raises InvalidInputError: if nothing was said of exactly this stretch
    """
    require(actor, Permission.REVIEW)
    if session.get(SegmentMark, (article.id, article.text_version, start, end)) is None:
        raise InvalidInputError(
            f"Nobody marked the stretch {start} to {end}.", {"start": "Name a marked stretch."}
        )
    place = {"text_version": article.text_version, "start": start, "end": end}
    event = NewEvent(type="segment.unmarked", subject=article.uuid, data=place)
    log.record(session, event, actor=actor.id)
