"""What each event about documents does to their tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from ledger.events import WITHHELD, Event, projects
from sources import detection
from sources.models import Article, ArticleText, Derivation, Fingerprint, Snapshot, Source

#: Stands for each character of a withheld article, so that offsets still hold.
WITHHELD_CHARACTER = "█"

_SOURCE_FACTS = (
    "kind",
    "published_on",
    "is_interested",
    "is_own_reporting",
    "is_anonymous",
    "reliability",
)
_SOURCE_TEXTS = ("title", "publisher", "owner", "author", "url")


def article_key(session: Session, uuid: str) -> int:
    """Return the key of an article's row."""
    return session.execute(select(Article.id).where(Article.uuid == uuid)).scalar_one()


def source_key(session: Session, uuid: str) -> int:
    """Return the key of a source's row."""
    return session.execute(select(Source.id).where(Source.uuid == uuid)).scalar_one()


@projects("article.added")
def _article_added(session: Session, event: Event) -> None:
    data = event.data
    session.add(
        Article(
            id=event.key,
            uuid=event.subject,
            version=event.version,
            title=event.text("title"),
            url=event.text("url"),
            publisher=event.text("publisher"),
            byline=event.text("byline"),
            published_on=data["published_on"],
            ingested_at=event.at,
            updated_at=event.at,
            language=data["language"],
            credits=event.value("credits", []),
            text_version=1,
            text_sha256=data["text_sha256"],
            text_length=data["text_length"],
            source_uuid=data["source"],
        )
    )
    session.flush()
    _add_text(session, event, event.key, 1)


@projects("article.revised")
def _article_revised(session: Session, event: Event) -> None:
    data = event.data
    key = article_key(session, event.subject)
    _add_text(session, event, key, data["number"])
    session.execute(
        update(Article)
        .where(Article.id == key)
        .values(
            version=event.version,
            updated_at=event.at,
            text_version=data["number"],
            text_sha256=data["text_sha256"],
            text_length=data["text_length"],
        )
    )
    source = select(Article.source_uuid).where(Article.id == key)
    source_id = source_key(session, session.execute(source).scalar_one())
    _fingerprint(session, source_id, session.get_one(ArticleText, (key, data["number"])).text)


@projects("article.withheld")
def _article_withheld(session: Session, event: Event) -> None:
    """Give the article its next version; what was erased is missing from its earlier events."""
    session.execute(
        update(Article)
        .where(Article.uuid == event.subject)
        .values(version=event.version, updated_at=event.at)
    )


def _add_text(session: Session, event: Event, key: int, number: int) -> None:
    text = event.sealed["text"]
    if text is WITHHELD:
        text = WITHHELD_CHARACTER * event.data["text_length"]
    session.add(
        ArticleText(
            article_id=key,
            number=number,
            text=text,
            text_sha256=event.data["text_sha256"],
            added_at=event.at,
            segments=[list(segment) for segment in event.data["segments"]],
            unchecked=sum(segment[2] == "unchecked" for segment in event.data["segments"]),
        )
    )
    session.flush()


@projects("source.added")
def _source_added(session: Session, event: Event) -> None:
    session.add(
        Source(
            id=event.key,
            uuid=event.subject,
            version=event.version,
            article_uuid=event.data.get("article"),
            created_at=event.at,
            updated_at=event.at,
            **_source_values(event),
        )
    )
    session.flush()
    if event.data.get("article"):
        article = article_key(session, event.data["article"])
        _fingerprint(session, event.key, session.get_one(ArticleText, (article, 1)).text)


def _fingerprint(session: Session, key: int, text: str) -> None:
    """Keep what a source's newest text is compared with others by."""
    session.execute(delete(Fingerprint).where(Fingerprint.source_id == key))
    rows = [{"hash": h, "source_id": key} for h in detection.print_of(text).hashes]
    if rows:
        session.execute(insert(Fingerprint), rows)
    values = {"text_key": detection.text_key(text)}
    session.execute(update(Source).where(Source.id == key).values(**values))


@projects("source.changed")
def _source_changed(session: Session, event: Event) -> None:
    _change_source(session, event, **_source_values(event))


@projects("source.noticed")
def _source_noticed(session: Session, event: Event) -> None:
    _change_source(
        session,
        event,
        notice=event.data["kind"],
        notice_note=event.text("note"),
        noticed_at=event.at,
    )


def _source_values(event: Event) -> dict[str, Any]:
    """Read the facts and texts that an event gives; what it does not name stays as it is."""
    facts = {name: event.data[name] for name in _SOURCE_FACTS if name in event.data}
    return facts | {name: event.text(name) for name in _SOURCE_TEXTS if name in event.sealed}


def _change_source(session: Session, event: Event, **values: Any) -> None:
    session.execute(
        update(Source)
        .where(Source.uuid == event.subject)
        .values(version=event.version, updated_at=event.at, **values)
    )


@projects("snapshot.taken")
def _snapshot_taken(session: Session, event: Event) -> None:
    data = event.data
    session.add(
        Snapshot(
            id=event.key,
            uuid=data["snapshot"],
            source_id=source_key(session, event.subject),
            sha256=data["sha256"],
            media_type=data["media_type"],
            size=data["size"],
            final_url=event.text("final_url"),
            retrieved_at=event.at,
            text=event.text("text"),
            http=event.value("http"),
        )
    )
    _change_source(session, event)
    statement = select(Source.id, Source.article_uuid).where(Source.uuid == event.subject)
    source = session.execute(statement).one()
    text = event.value("text")
    if text and source.article_uuid is None:
        _fingerprint(session, source.id, text)


@projects("source.withheld")
def _source_withheld(session: Session, event: Event) -> None:
    """Give the source its next version; what was erased is missing from its earlier events."""
    _change_source(session, event)


@projects("derivation.judged")
def _derivation_judged(session: Session, event: Event) -> None:
    data = event.data
    child, parent = source_key(session, event.subject), source_key(session, data["parent"])
    # One judgement stands for each pair: the newest.
    session.execute(
        delete(Derivation).where(Derivation.child_id == child, Derivation.parent_id == parent)
    )
    session.add(
        Derivation(
            child_id=child,
            parent_id=parent,
            kind=data["kind"],
            basis=data["basis"],
            reason=event.text("reason"),
            judged_by=event.actor,
            judged_at=event.at,
        )
    )
    _change_source(session, event)
