"""Statements about documents, and their rows in the contract's shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from sources.independence import Derivation as Step
from sources.independence import Source as Node
from sources.independence import count_origins
from sources.models import Article, ArticleText, Derivation, Source


def articles_query(
    *,
    q: str | None = None,
    publisher: str | None = None,
    from_: str | None = None,
    to: str | None = None,
) -> Select[Any]:
    """Select articles, narrowed by whichever filters are given; the caller orders them."""
    query = select(Article)
    if q:
        words = f"%{_escaped(q)}%"
        query = query.where(
            or_(
                Article.title.ilike(words, escape="\\"),  # type: ignore[union-attr]
                Article.publisher.ilike(words, escape="\\"),  # type: ignore[union-attr]
            )
        )
    if publisher:
        query = query.where(Article.publisher == publisher)
    if from_:
        query = query.where(Article.published_on >= from_)
    if to:
        query = query.where(Article.published_on <= to)
    return query


def sources_query(
    *, q: str | None = None, kind: str | None = None, publisher: str | None = None
) -> Select[Any]:
    """Select sources, narrowed by whichever filters are given; the caller orders them."""
    query = select(Source)
    if q:
        words = f"%{_escaped(q)}%"
        columns = (Source.title, Source.publisher, Source.author, Source.url)
        query = query.where(or_(*(column.ilike(words, escape="\\") for column in columns)))  # type: ignore[union-attr]
    if kind:
        query = query.where(Source.kind == kind)
    if publisher:
        query = query.where(Source.publisher == publisher)
    return query


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def texts_query(article: Article) -> Select[Any]:
    """Select the versions of an article's text."""
    return select(ArticleText).where(ArticleText.article_id == article.id)


def text_document(kept: ArticleText) -> dict[str, Any]:
    """Return a version of an article's text in the contract's shape, the text itself left out."""
    return {
        "number": kept.number,
        "text_sha256": kept.text_sha256,
        "text_length": len(kept.text),
        "added_at": kept.added_at,
    }


def article_document(article: Article, counts: Mapping[str, int]) -> dict[str, Any]:
    """Return an article in the contract's shape."""
    return {
        "id": article.uuid,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "byline": article.byline,
        "published_on": article.published_on,
        "ingested_at": article.ingested_at,
        "language": article.language,
        "credits": article.credits,
        "text_sha256": article.text_sha256,
        "text_length": article.text_length,
        "text_version": article.text_version,
        "source_id": article.source_uuid,
        "claim_counts": dict(counts),
        "version": article.version,
    }


def source_document(source: Source) -> dict[str, Any]:
    """Return a source in the contract's shape."""
    notice = None
    if source.notice:
        notice = {"kind": source.notice, "note": source.notice_note, "at": source.noticed_at}
    return {
        "id": source.uuid,
        "version": source.version,
        "kind": source.kind,
        "title": source.title,
        "publisher": source.publisher,
        "owner": source.owner,
        "author": source.author,
        "url": source.url,
        "published_on": source.published_on,
        "is_interested": source.is_interested,
        "is_own_reporting": source.is_own_reporting,
        "is_anonymous": source.is_anonymous,
        "reliability": source.reliability,
        "article_id": source.article_uuid,
        "notice": notice,
        "created_at": source.created_at,
        "updated_at": source.updated_at,
    }


def as_node(source: Any, stance: str | None) -> Node:
    """Return a source, or a row with its columns, as the count of origins sees it."""
    return Node(
        id=source.uuid,
        stance=stance,
        own_reporting=source.is_own_reporting,
        owner=source.owner,
        text_sha256=source.text_key,
        label=source.publisher or source.title or source.uuid,
        title=source.title if source.publisher else None,
        appeared_on=source.published_on,
        is_retracted=source.notice == "retracted",
    )


def origins_behind(session: Session, source: Source) -> dict[str, Any]:
    """Return what a single source has its story from: the counts, the tree and the reason."""
    steps = upstream(session, [source.id])
    keys = {key for step in steps for key in (step.child_id, step.parent_id)} | {source.id}
    rows = session.execute(select(Source).where(Source.id.in_(sorted(keys)))).scalars()
    by_key = {row.id: row for row in rows}
    names = {key: row.uuid for key, row in by_key.items()}
    found = count_origins(
        [as_node(row, "supports" if key == source.id else None) for key, row in by_key.items()],
        [Step(names[s.child_id], names[s.parent_id], s.kind, s.basis) for s in steps],
    )
    return asdict(found) | {"repeats": {k: list(v) for k, v in found.repeats.items()}}


def upstream(session: Session, keys: Sequence[int]) -> list[Derivation]:
    """List every derivation reached upstream from these sources."""
    found: dict[tuple[int, int], Derivation] = {}
    seen, todo = set(keys), set(keys)
    while todo:
        statement = select(Derivation).where(Derivation.child_id.in_(sorted(todo)))
        steps = session.execute(statement).scalars().all()
        found |= {(step.child_id, step.parent_id): step for step in steps}
        todo = {step.parent_id for step in steps} - seen
        seen |= todo
    return [found[pair] for pair in sorted(found)]


def downstream(session: Session, keys: Sequence[int]) -> list[int]:
    """List these sources and all that is known to derive from them, suspicions left out."""
    seen, todo = set(keys), set(keys)
    while todo:
        statement = select(Derivation.child_id).where(
            Derivation.parent_id.in_(sorted(todo)),  # type: ignore[attr-defined]
            Derivation.basis.in_(("declared", "confirmed")),  # type: ignore[attr-defined]
        )
        todo = set(session.execute(statement).scalars()) - seen
        seen |= todo
    return sorted(seen)


def source_of(session: Session, article: Article) -> Source:
    """Return the source that stands for an article where it is cited."""
    return session.execute(select(Source).where(Source.uuid == article.source_uuid)).scalar_one()


def lineage_of(session: Session, keys: Sequence[int]) -> dict[str, Any]:
    """Return these sources and all that they derive from, and every step between them."""
    steps = upstream(session, keys)
    wanted = {*keys, *(key for step in steps for key in (step.child_id, step.parent_id))}
    rows = session.execute(select(Source).where(Source.id.in_(sorted(wanted)))).scalars()  # type: ignore[union-attr]
    by_key = {row.id: row for row in rows}
    return {
        "sources": [source_document(by_key[key]) for key in sorted(by_key)],
        "derivations": [
            {
                "child_id": by_key[step.child_id].uuid,
                "parent_id": by_key[step.parent_id].uuid,
                "kind": step.kind,
                "basis": step.basis,
            }
            for step in steps
        ],
    }


def lineage(session: Session, source: Source) -> dict[str, Any]:
    """Return what a source derives from and what derives from it, with how that is known."""
    above = upstream(session, [source.id])
    statement = select(Derivation).where(Derivation.parent_id == source.id)
    below = session.execute(statement.order_by(Derivation.child_id)).scalars().all()
    keys = {k for d in (*above, *below) for k in (d.child_id, d.parent_id)} | {source.id}
    rows = session.execute(select(Source).where(Source.id.in_(sorted(keys)))).scalars()
    by_key = {row.id: row for row in rows}

    def step(derivation: Derivation) -> dict[str, Any]:
        return {
            "child_id": by_key[derivation.child_id].uuid,
            "parent_id": by_key[derivation.parent_id].uuid,
            "kind": derivation.kind,
            "basis": derivation.basis,
            "reason": derivation.reason,
            "judged_by": derivation.judged_by,
            "judged_at": derivation.judged_at,
        }

    return {
        "source": source_document(source),
        "origins": origins_behind(session, source),
        "upstream": [step(derivation) for derivation in above],
        "downstream": [step(derivation) for derivation in below],
        "sources": [source_document(by_key[key]) for key in sorted(by_key)],
    }
