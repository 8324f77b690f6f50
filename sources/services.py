"""What people do with documents: add articles and sources, say what derives from what."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from errors import InvalidInputError, NotFoundError
from ledger import log
from ledger.events import NewEvent
from permissions import Actor, Permission, require
from sources.models import Article, ArticleText, Derivation, DerivationBasis, Source

_FACTS = (
    "kind",
    "published_on",
    "is_interested",
    "is_own_reporting",
    "is_anonymous",
    "reliability",
)
#: What an editor said of a derivation.
_JUDGED = (DerivationBasis.CONFIRMED, DerivationBasis.REJECTED)

_TEXTS = ("title", "publisher", "owner", "author", "url")


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article before it is kept: its text, what is known about it, and its coverage."""

    text: str
    published_on: str
    language: str
    segments: Sequence[Sequence[Any]]
    credits: Sequence[str] = ()
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def find_article_by_text(session: Session, text: str) -> Article | None:
    """Return the article that has exactly this text now, if there is one."""
    statement = select(Article).where(Article.text_sha256 == digest(text)).order_by(Article.id)
    return session.execute(statement.limit(1)).scalar_one_or_none()


def get_article(session: Session, article_id: str) -> Article:
    """
    Return an article by its id.

    :raises NotFoundError: if there is none
    """
    statement = select(Article).where(Article.uuid == article_id)
    found = session.execute(
        statement.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"There is no article {article_id}.")
    return found


def text_of(session: Session, article: Article, number: int | None = None) -> ArticleText:
    """
    Return an article's text with that number, the newest by default.

    :raises NotFoundError: if there is none with that number
    """
    found = session.get(ArticleText, (article.id, number or article.text_version))
    if found is None:
        raise NotFoundError(
            f"The article's newest version is {article.text_version}; there is no {number}."
        )
    return found


def sources_of(session: Session, source_ids: Sequence[str]) -> dict[str, Source]:
    """Return sources by their ids."""
    statement = select(Source).where(Source.uuid.in_(source_ids))  # type: ignore[attr-defined]
    return {source.uuid: source for source in session.execute(statement).scalars()}


def get_source(session: Session, source_id: str) -> Source:
    """
    Return a source by its id.

    :raises NotFoundError: if there is none
    """
    statement = select(Source).where(Source.uuid == source_id)
    found = session.execute(
        statement.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"There is no source {source_id}.")
    return found


def add_article(session: Session, draft: ArticleDraft, *, actor: Actor) -> Article:
    """Keep an article, and the source that stands for it where it is cited."""
    require(actor, Permission.INGEST)
    events = article_events(draft)
    log.record_all(session, events, actor=actor.id)
    return get_article(session, events[0].subject)


def article_events(draft: ArticleDraft) -> tuple[NewEvent, NewEvent]:
    """Return the events that make a new article, and the source that stands for it."""
    article_id, source_id = str(uuid.uuid4()), str(uuid.uuid4())
    known = {"title": draft.title, "publisher": draft.publisher, "url": draft.url}
    source = {
        "kind": "article",
        "published_on": draft.published_on,
        "article": article_id,
        **known,
        "author": draft.byline,
    }
    added = NewEvent(
        type="article.added",
        subject=article_id,
        data={
            "source": source_id,
            "published_on": draft.published_on,
            "language": draft.language,
            "text_sha256": digest(draft.text),
            "text_length": len(draft.text),
            "segments": [list(segment) for segment in draft.segments],
        },
        sealed=_given(
            {**known, "text": draft.text, "byline": draft.byline, "credits": list(draft.credits)}
        ),
    )
    return added, _source_added(source_id, source)


def add_source(session: Session, given: Mapping[str, Any], *, actor: Actor) -> Source:
    """Keep a source that can be cited."""
    require(actor, Permission.ADD_EVIDENCE)
    source_id = str(uuid.uuid4())
    log.record(session, _source_added(source_id, given), actor=actor.id)
    return get_source(session, source_id)


def _source_added(source_id: str, given: Mapping[str, Any]) -> NewEvent:
    facts = {
        "is_interested": False,
        "is_own_reporting": False,
        "is_anonymous": False,
        **{name: given[name] for name in _FACTS if given.get(name) is not None},
    }
    if given.get("article"):
        facts["article"] = given["article"]
    texts = _given({name: given.get(name) for name in _TEXTS})
    return NewEvent(type="source.added", subject=source_id, data=facts, sealed=texts)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def change_source(
    session: Session, source: Source, changes: Mapping[str, Any], *, actor: Actor
) -> Source:
    """Change what is known about a source."""
    require(actor, Permission.ADD_EVIDENCE)
    event = NewEvent(
        type="source.changed",
        subject=source.uuid,
        data={name: changes[name] for name in _FACTS if name in changes},
        sealed={name: changes[name] for name in _TEXTS if name in changes},
    )
    log.record(session, event, actor=actor.id)
    return get_source(session, source.uuid)


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
    """
    Say that one source got it from another, or that it did not.

    What an editor confirmed or rejected, only an editor judges anew.

    :raises InvalidInputError: if a source is said to derive from itself
    """
    held = session.get(Derivation, (child.id, parent.id), populate_existing=True)
    is_judged = basis in _JUDGED or (held is not None and held.basis in _JUDGED)
    require(actor, Permission.CONFIRM if is_judged else Permission.ADD_EVIDENCE)
    if child.uuid == parent.uuid:
        raise InvalidInputError(
            "A source cannot derive from itself.", {"parent_id": "Name another source."}
        )
    log.record(session, _judged(child, parent, kind, basis, reason), actor=actor.id)
    return session.get_one(Derivation, (child.id, parent.id), populate_existing=True)


def suspected(child: Source, parent: Source, *, kind: str, reason: str) -> NewEvent:
    """Return the event by which Dateline itself suspects that one source got it from another."""
    return _judged(child, parent, kind, DerivationBasis.DETECTED, reason)


def _judged(
    child: Source, parent: Source, kind: str, basis: DerivationBasis, reason: str | None
) -> NewEvent:
    return NewEvent(
        type="derivation.judged",
        subject=child.uuid,
        data={"parent": parent.uuid, "kind": kind, "basis": basis.value},
        sealed=_given({"reason": reason}),
    )


def add_notice(
    session: Session, source: Source, *, kind: str, note: str | None, actor: Actor
) -> Source:
    """Record that a source's publisher corrected or retracted it."""
    require(actor, Permission.CONFIRM)
    event = NewEvent(
        type="source.noticed",
        subject=source.uuid,
        data={"kind": kind},
        sealed=_given({"note": note}),
    )
    log.record(session, event, actor=actor.id)
    return get_source(session, source.uuid)
