"""What each event about documents does to their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from db import insert_rows
from ledger.events import WITHHELD, Event, projects, projects_many
from sources import detection
from sources.marks import MARKS, has_words
from sources.models import Article, ArticleText, Derivation, Fingerprint, Snapshot, Source

#: Stands for each character of a withheld article, so that offsets still hold.
WITHHELD_CHARACTER = "█"

_FIRST_TEXTS = (
    select(Article.uuid, ArticleText.text)
    .join(ArticleText, ArticleText.article_id == Article.id)
    .where(
        Article.uuid.in_(bindparam("articles", expanding=True)),  # type: ignore[attr-defined]
        ArticleText.number == 1,
    )
)

_SOURCE = Source.__table__  # type: ignore[attr-defined]

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


def _insert(session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, a statement however many; what a row does not name is null."""
    table = model.__table__  # type: ignore[attr-defined]
    empty = dict.fromkeys(table.c.keys())
    insert_rows(session, table, [{**empty, **row} for row in rows])


@projects_many("article.added")
def _articles_added(session: Session, events: Sequence[Event]) -> None:
    """Make the rows of new articles and of their first texts."""
    _insert(session, Article, [_article_row(event) for event in events])
    _insert(session, ArticleText, [_text_row(event, event.key, 1) for event in events])


def _article_row(event: Event) -> dict[str, Any]:
    data = event.data
    return {
        "id": event.key,
        "uuid": event.subject,
        "version": event.version,
        "title": event.text("title"),
        "url": event.text("url"),
        "publisher": event.text("publisher"),
        "byline": event.text("byline"),
        "published_on": data["published_on"],
        "ingested_at": event.at,
        "updated_at": event.at,
        "language": data["language"],
        "credits": event.value("credits", []),
        "text_version": 1,
        "text_sha256": data["text_sha256"],
        "text_length": data["text_length"],
        "source_uuid": data["source"],
        "since": event.seq,
    }


@projects("article.revised")
def _article_revised(session: Session, event: Event) -> None:
    data = event.data
    key = article_key(session, event.subject)
    _insert(session, ArticleText, [_text_row(event, key, data["number"])])
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


def _text_row(event: Event, key: int, number: int) -> dict[str, Any]:
    text = event.sealed["text"]
    if text is WITHHELD:
        text = WITHHELD_CHARACTER * event.data["text_length"]
    segments = _worded(text, event.data["segments"])
    return {
        "article_id": key,
        "number": number,
        "text": text,
        "text_sha256": event.data["text_sha256"],
        "added_at": event.at,
        "segments": segments,
        "unchecked": sum(segment[2] == "unchecked" for segment in segments),
        "since": event.seq,
    }


def _worded(text: str, segments: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return a coverage in which a stretch without a letter or digit is nothing to look at."""
    return [
        [start, end, *(MARKS if _is_empty(state, text[start:end]) else (state, reason))]
        for start, end, state, reason in segments
    ]


def _is_empty(state: str, words: str) -> bool:
    return state == "unchecked" and not has_words(words)


@projects_many("source.added")
def _sources_added(session: Session, events: Sequence[Event]) -> None:
    """Make the rows of new sources, and what the texts of those that are articles are found by."""
    sources = [_source_row(event) for event in events]
    prints: list[dict[str, int]] = []
    of_articles = [row for row in sources if row["article_uuid"]]
    articles = [row["article_uuid"] for row in of_articles]
    held = session.execute(_FIRST_TEXTS, {"articles": articles})
    texts = {row.uuid: row.text for row in held}
    for row in of_articles:
        row["text_key"], found = _found_by(row["id"], texts[row["article_uuid"]])
        prints += found
    _insert(session, Source, sources)
    insert_rows(session, Fingerprint.__table__, prints)  # type: ignore[attr-defined]


def _source_row(event: Event) -> dict[str, Any]:
    return {
        "id": event.key,
        "uuid": event.subject,
        "version": event.version,
        "article_uuid": event.data.get("article"),
        "created_at": event.at,
        "updated_at": event.at,
        **_source_values(event),
        "since": event.seq,
    }


def _found_by(key: int, text: str) -> tuple[str | None, list[dict[str, int]]]:
    """Return what a text is compared with others by: its words' digest, and its fingerprints."""
    words = detection.words_of(text)
    hashes = detection.print_of_words(text, words).hashes
    return detection.key_of(words), [{"hash": h, "source_id": key} for h in hashes]


def _fingerprint(session: Session, key: int, text: str) -> None:
    """Keep what a source's newest text is compared with others by."""
    session.execute(delete(Fingerprint).where(Fingerprint.source_id == key))
    text_key, rows = _found_by(key, text)
    _insert(session, Fingerprint, rows)
    session.execute(update(Source).where(Source.id == key).values(text_key=text_key))


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
    uuids = (event.subject, data["parent"])
    statement = select(_SOURCE.c.uuid, _SOURCE.c.id).where(_SOURCE.c.uuid.in_(uuids))
    keys = {row.uuid: row.id for row in session.execute(statement)}
    child, parent = (keys[uuid] for uuid in uuids)
    # One judgement stands for each pair: the newest.
    pair = (Derivation.child_id == child, Derivation.parent_id == parent)
    if session.execute(select(Derivation.child_id).where(*pair)).first():
        session.execute(delete(Derivation).where(*pair))
    row = {
        "child_id": child,
        "parent_id": parent,
        "kind": data["kind"],
        "basis": data["basis"],
        "reason": event.text("reason"),
        "judged_by": event.actor,
        "judged_at": event.at,
        "since": event.seq,
    }
    _insert(session, Derivation, [row])
    _count_source(session, child, event)


def _count_source(session: Session, key: int, event: Event) -> None:
    """Give a source its next version, without a look at every source that the session holds."""
    values = {"version": event.version, "updated_at": event.at}
    session.execute(update(_SOURCE).where(_SOURCE.c.id == key).values(**values))
    held = session.identity_map.get(session.identity_key(Source, key))
    if held is not None:
        session.expire(held, list(values))
