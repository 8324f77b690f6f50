"""
A new text of an article: where its claims went, what is stale, and what it says that is new.

Like taking an article in, in two steps: `prepare` analyses and compares, holding no lock; `keep`
writes, in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import candidates, drift, placing, services
from claims.anchors import KEEPING, Anchored, AnchorState, Reanchoring
from claims.extraction.records import Candidate, Extraction
from claims.extraction.worker import Analyst
from claims.models import Claim, SegmentMark
from errors import InvalidInputError, StaleVersionError
from ledger import log
from ledger.events import NewEvent
from ledger.models import LogEvent
from permissions import Actor, Permission, require
from sources import copies
from sources import services as documents
from sources.models import Article, ArticleText

TRIGGER = "text_changed"


@dataclass(frozen=True, slots=True)
class Revision:
    """A new text that is read and compared with those it follows, but not kept yet."""

    text: str
    #: None where the text is the one that is here.
    extraction: Extraction | None
    #: The number of the text that it follows.
    follows: int
    #: What was compared, by the number of the older text.
    versions: Mapping[int, Reanchoring] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revised:
    """What became of an article's claims, and the claims that its new text adds."""

    article: Article
    is_new: bool
    anchors: Sequence[tuple[str, AnchorState]]
    added: Sequence[str] = ()


def prepare(
    session: Session,
    analyst: Analyst,
    article: Article,
    *,
    text: str | None = None,
    html: str | None = None,
    language: str | None = None,
) -> Revision:
    """
    Read a new text of an article and compare it with the older ones that claims stand in.

    :raises InvalidInputError: if there is no text
    :raises ExtractionError: if the text cannot be analysed
    """
    if html is not None:
        text = analyst.read_html(html)["text"]
    if not text or not text.strip():
        raise InvalidInputError("The new version has no text.", {"text": "Send the whole text."})
    if documents.digest(text) == article.text_sha256:
        return Revision(text, None, article.text_version)
    day = date.fromisoformat(article.published_on)
    extraction = analyst.analyse(text, day, language or article.language)
    used = select(Claim.text_version).where(Claim.article_id == article.id).distinct()
    kept = select(ArticleText).where(
        ArticleText.article_id == article.id,
        ArticleText.number.in_(used) | (ArticleText.number == article.text_version),  # type: ignore[attr-defined]
    )
    rows = session.execute(kept).scalars()
    versions = {row.number: Reanchoring(row.text, text) for row in rows}
    return Revision(text, extraction, article.text_version, versions)


def keep(session: Session, article: Article, revision: Revision, *, actor: Actor) -> Revised:
    """
    Keep a prepared text as the article's newest; the same text again changes nothing.

    :raises StaleVersionError: if the article got another text in the meantime
    """
    require(actor, Permission.INGEST)
    if article.text_version != revision.follows:
        raise StaleVersionError(
            "The article got another text meanwhile; read it and send yours again."
        )
    claims = _claims_of(session, article)
    if revision.extraction is None:
        return Revised(article, False, [(c.uuid, AnchorState(c.anchor)) for c in claims])
    log.record(session, _revised(article, revision, revision.extraction), actor=actor.id)
    article = documents.get_article(session, article.uuid)
    placed = [
        (claim, revision.versions[claim.text_version].of(claim.start, claim.end))
        for claim in claims
    ]
    taken = _reanchor(session, article, revision, placed, actor)
    fresh = placing.not_taken(revision.extraction.candidates, taken)
    added = [services.extracted(article, revision.text, candidate) for candidate in fresh]
    log.record_all(session, added, actor=actor.id)
    _make_stale(session, article, revision.text, placed)
    _carry_marks(session, article, revision, actor)
    copies.suggest(session, documents.get_source(session, article.source_uuid))
    return Revised(
        documents.get_article(session, article.uuid),
        True,
        [(claim.uuid, found.state) for claim, found in placed],
        [event.subject for event in added],
    )


def _claims_of(session: Session, article: Article) -> list[Claim]:
    statement = select(Claim).where(Claim.article_id == article.id).order_by(Claim.start, Claim.id)  # type: ignore[arg-type]
    found = session.execute(statement.execution_options(populate_existing=True))
    return list(found.scalars())


def _revised(article: Article, revision: Revision, extraction: Extraction) -> NewEvent:
    return NewEvent(
        type="article.revised",
        subject=article.uuid,
        data={
            "number": revision.follows + 1,
            "text_sha256": documents.digest(revision.text),
            "text_length": len(revision.text),
            "segments": [[s.start, s.end, s.state, s.reason] for s in extraction.segments],
        },
        sealed={"text": revision.text},
    )


def _reanchor(
    session: Session,
    article: Article,
    revision: Revision,
    placed: Sequence[tuple[Claim, Anchored]],
    actor: Actor,
) -> list[tuple[int, int]]:
    """Record where each claim went; returns the stretches of the new text that are claims."""
    corrected = _corrected(session, [claim.uuid for claim, _ in placed])
    assert revision.extraction is not None
    left = list(revision.extraction.candidates)
    events, taken = [], []
    for claim, found in placed:
        again = placing.find_again(found, left)
        if again is not None:
            left.remove(again)
            found = Anchored(found.state, again.start, again.end)
        if found.start is not None and found.end is not None:
            taken.append((found.start, found.end))
        events.append(_reanchored(article, revision, claim, found, again, claim.uuid in corrected))
    log.record_all(session, events, actor=actor.id)
    return taken


def _reanchored(
    article: Article,
    revision: Revision,
    claim: Claim,
    found: Anchored,
    again: Candidate | None,
    is_corrected: bool,
) -> NewEvent:
    data: dict[str, Any] = {"anchor": found.state.value}
    sealed: dict[str, Any] = {}
    if found.start is not None and found.end is not None:
        data |= {
            "start": found.start,
            "end": found.end,
            "text_version": article.text_version,
            "text_sha256": article.text_sha256,
        }
        sealed["words"] = candidates.words_of(revision.text, found.start, found.end)
        if found.state in KEEPING:
            versions = revision.versions[claim.text_version]
            parts = {name: getattr(claim, name) for name in _PLACED}
            sealed |= placing.moved_parts(parts, claim.start, claim.end, found.start, versions)
        elif again is not None:
            sealed |= placing.read_anew(again, revision.text, is_corrected=is_corrected)
            data |= {} if is_corrected else _facts(again, sealed)
    return NewEvent(type="claim.reanchored", subject=claim.uuid, data=data, sealed=sealed)


#: The parts of a claim that hold offsets into its text.
_PLACED = ("quantities", "entities", "attribution", "normalized_text", "replacements")


def _facts(again: Candidate, sealed: Mapping[str, Any]) -> dict[str, Any]:
    facts = {
        "kind": again.kind.value,
        "modality": again.modality.value,
        "topics": list(again.topics),
        "is_checkable": again.is_checkable,
        "due_on": again.due_on,
    }
    return facts | ({"layers": ["said"]} if sealed.get("claimant") else {})


def _corrected(session: Session, subjects: Sequence[str]) -> set[str]:
    """Return the claims that people marked or corrected."""
    statement = select(LogEvent.subject).where(
        LogEvent.subject.in_(subjects),  # type: ignore[attr-defined]
        LogEvent.type == "claim.corrected",
    )
    marked = select(Claim.uuid).where(Claim.uuid.in_(subjects), Claim.basis == "marked")  # type: ignore[attr-defined]
    return set(session.execute(statement).scalars()) | set(session.execute(marked).scalars())


def _make_stale(
    session: Session, article: Article, text: str, placed: Sequence[tuple[Claim, Anchored]]
) -> None:
    """Make stale what was decided on words that are gone, here and where the article is cited."""
    for claim, found in placed:
        if found.state not in KEEPING:
            services.make_stale(session, claim, trigger=TRIGGER, cause=article.uuid)
    source = documents.get_source(session, article.source_uuid)
    drift.words_gone(session, source, text, trigger=TRIGGER, cause=article.uuid)


def _carry_marks(session: Session, article: Article, revision: Revision, actor: Actor) -> None:
    """Carry on what people set aside in the text before, where the same words still stand."""
    statement = select(SegmentMark).where(
        SegmentMark.article_id == article.id, SegmentMark.text_version == revision.follows
    )
    versions, events = revision.versions[revision.follows], []
    for mark in session.execute(statement.order_by(SegmentMark.start)).scalars():
        found = versions.of(mark.start, mark.end)
        if found.state in KEEPING:
            place = {"start": found.start, "end": found.end, "text_version": article.text_version}
            data = {**place, "state": mark.state, "marked_by": mark.marked_by}
            sealed = {"reason": mark.reason} if mark.reason else {}
            events.append(NewEvent("segment.marked", article.uuid, data, sealed))
    log.record_all(session, events, actor=actor.id)
