"""
What an export holds, beside the log itself: every record as a line of JSON.

The records repeat what a replay of the log gives, so that an archive can be read without one.
Nothing here depends on the moment of the export: the same log gives the same lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from claims import queries
from claims.histories import undecided_proposals
from claims.models import Claim, ClaimRelation, Evidence, SegmentMark
from errors import InvalidInputError
from ledger import log
from ledger.canonical import parse
from ledger.commitments import disclosure_line
from ledger.models import Disclosure, LogEvent
from sources import queries as documents
from sources.models import Article, ArticleText, Derivation, Snapshot, Source
from sources.snapshots import snapshot_document

#: Leases do not run out in an archive: a finding is exported as it was left.
NO_MOMENT = ""


class Level(StrEnum):
    """How much an export discloses: what everybody may read, or notes and reasons as well."""

    PUBLIC = "public"
    FULL = "full"


class ScopeKind(StrEnum):
    """What an export is of."""

    ALL = "all"
    ARTICLE = "article"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Scope:
    """What an export is of: everything, or one article or claim by its id."""

    kind: ScopeKind = ScopeKind.ALL
    id: str | None = None

    def claims(self) -> Select[Any]:
        """Select the keys of the claims in the scope."""
        query = select(Claim.id).order_by(Claim.id)
        if self.kind is ScopeKind.CLAIM:
            return query.where(Claim.uuid == self.id)
        if self.kind is ScopeKind.ARTICLE:
            return query.join(Article, Article.id == Claim.article_id).where(
                Article.uuid == self.id
            )
        return query

    def articles(self) -> Select[Any]:
        """Select the keys of the articles in the scope."""
        query = select(Article.id).order_by(Article.id)
        if self.kind is ScopeKind.CLAIM:
            return query.where(
                Article.id.in_(select(Claim.article_id).where(Claim.uuid == self.id))
            )  # type: ignore[attr-defined]
        return query.where(Article.uuid == self.id) if self.kind is ScopeKind.ARTICLE else query

    def sources(self) -> Select[Any]:
        """Select the keys of the sources in the scope, those further upstream left out."""
        query = select(Source.id).order_by(Source.id)
        if self.kind is ScopeKind.ALL:
            return query
        cited = select(Evidence.source_id).where(Evidence.claim_id.in_(self.claims()))  # type: ignore[attr-defined]
        own = select(Article.source_uuid).where(Article.id.in_(self.articles()))  # type: ignore[union-attr]
        return query.where(Source.id.in_(cited) | Source.uuid.in_(own))  # type: ignore[union-attr,attr-defined]

    def check(self, session: Session) -> None:
        """
        Refuse a scope that holds nothing.

        :raises InvalidInputError: if there is no such article or claim, or an id where none fits
        """
        if self.kind is ScopeKind.ALL:
            if self.id is not None:
                # Whoever names one thing does not mean to give away everything.
                told = {"id": "Give it with the scope article or claim."}
                raise InvalidInputError("An export of everything has no id.", told)
            return
        if self.id is None:
            told = {"id": "Give the id of one that is here."}
            raise InvalidInputError(f"An export of one {self.kind} needs its id.", told)
        wanted = self.claims() if self.kind is ScopeKind.CLAIM else self.articles()
        if session.execute(wanted.limit(1)).first() is None:
            raise InvalidInputError(
                f"There is no {self.kind} {self.id}.", {"id": "Give the id of one that is here."}
            )

    def subjects(self, session: Session) -> set[str] | None:
        """Return the subjects whose values an export of this scope discloses; None for all."""
        if self.kind is ScopeKind.ALL:
            return None
        found: set[str] = set()
        for model, keys in (
            (Claim, self.claims()),
            (Article, self.articles()),
            (Source, self.sources()),
        ):
            statement = select(model.uuid).where(model.id.in_(keys))  # type: ignore[attr-defined]
            found |= set(session.execute(statement).scalars())
        return found


def batches(session: Session, keys: Select[Any], size: int = 200) -> Iterator[list[int]]:
    """Yield ascending keys in lists, each read by the last key of the one before."""
    (column,) = keys.selected_columns
    last = -1
    while True:
        found = list(session.execute(keys.where(column > last).limit(size)).scalars())
        if not found:
            return
        yield found
        last = found[-1]


def articles(session: Session, scope: Scope) -> Iterator[dict[str, Any]]:
    """Yield articles with their texts."""
    for keys in batches(session, scope.articles(), 20):
        rows = session.execute(select(Article).where(Article.id.in_(keys)).order_by(Article.id))  # type: ignore[union-attr]
        for article in rows.scalars().all():
            document = documents.article_document(article, {})
            del document["claim_counts"]
            texts = session.execute(
                select(ArticleText)
                .where(ArticleText.article_id == article.id)
                .order_by(ArticleText.number)
            ).scalars()
            document["texts"] = [
                {
                    "number": kept.number,
                    "text": kept.text,
                    "text_sha256": kept.text_sha256,
                    "segments": kept.segments,
                }
                for kept in texts
            ]
            yield document
        session.expunge_all()


def claims(session: Session, scope: Scope) -> Iterator[dict[str, Any]]:
    """Yield claims in the API's shape, as everybody may read them."""
    for keys in batches(session, scope.claims()):
        query = queries.claims_query(now=NO_MOMENT).where(Claim.id.in_(keys)).order_by(Claim.id)  # type: ignore[attr-defined]
        for document in queries.documents_of(session, session.execute(query).all()):
            # Decimals are strings wherever bytes are fixed.
            worth = document["check_worthiness"]
            yield document | {"check_worthiness": {**worth, "score": f"{worth['score']:.4f}"}}
        session.expunge_all()


def evidence(session: Session, scope: Scope, level: Level) -> Iterator[dict[str, Any]]:
    """Yield evidence, each with the ids of its claim and source."""
    statement = (
        select(Evidence, Claim.uuid, Source)
        .join(Claim, Claim.id == Evidence.claim_id)
        .join(Source, Source.id == Evidence.source_id)
        .where(Evidence.claim_id.in_(scope.claims()))  # type: ignore[attr-defined]
        .order_by(Evidence.id)
    )
    is_private = level is Level.FULL
    for row in session.execute(statement.execution_options(yield_per=log.BATCH)):
        document = queries.evidence_document(row.Evidence, row.Source, is_private=is_private)
        if not is_private and document["withdrawal"]:
            document["withdrawal"]["reason"] = None
        yield document | {"claim_id": row.uuid, "source": row.Source.uuid}


def sources(session: Session, scope: Scope, level: Level) -> Iterator[dict[str, Any]]:
    """Yield sources in the API's shape."""
    for keys in batches(session, scope.sources()):
        rows = session.execute(select(Source).where(Source.id.in_(keys)).order_by(Source.id))  # type: ignore[union-attr]
        for source in rows.scalars().all():
            document = documents.source_document(source)
            if level is Level.PUBLIC and document["notice"]:
                document["notice"]["note"] = None
            yield document
        session.expunge_all()


def snapshots(session: Session, scope: Scope) -> Iterator[dict[str, Any]]:
    """Yield what was captured of sources; the bytes lie beside, by their digest."""
    statement = (
        select(Snapshot, Source.uuid)
        .join(Source, Source.id == Snapshot.source_id)
        .where(Snapshot.source_id.in_(scope.sources()))  # type: ignore[attr-defined]
        .order_by(Snapshot.id)
    )
    for row in session.execute(statement.execution_options(yield_per=log.BATCH)):
        yield snapshot_document(row.Snapshot, row.uuid)
        session.expunge(row.Snapshot)


def marks(session: Session, scope: Scope, level: Level) -> Iterator[dict[str, Any]]:
    """Yield what people said of stretches of articles that are no claims."""
    own = tuple(SegmentMark.__table__.primary_key)  # type: ignore[attr-defined]
    statement = (
        select(SegmentMark, Article.uuid)
        .join(Article, Article.id == SegmentMark.article_id)
        .where(SegmentMark.article_id.in_(scope.articles()))  # type: ignore[attr-defined]
        .order_by(*own)
    )
    for row in session.execute(statement.execution_options(yield_per=log.BATCH)):
        kept: SegmentMark = row.SegmentMark
        yield {
            "article_id": row.uuid,
            "text_version": kept.text_version,
            "start": kept.start,
            "end": kept.end,
            "state": kept.state,
            "reason": kept.reason if level is Level.FULL else None,
            "marked_by": kept.marked_by,
            "marked_at": kept.marked_at,
        }
        session.expunge(kept)


def derivations(session: Session, scope: Scope, level: Level) -> Iterator[dict[str, Any]]:
    """Yield what derives from what, among the sources in the scope and upstream of them."""
    parent = select(Source.id, Source.uuid).subquery()
    statement = (
        select(Derivation, Source.uuid, parent.c.uuid.label("parent"))
        .join(Source, Source.id == Derivation.child_id)
        .join(parent, parent.c.id == Derivation.parent_id)
        .order_by(Derivation.child_id, Derivation.parent_id)
    )
    if scope.kind is not ScopeKind.ALL:
        keys = list(session.execute(scope.sources()).scalars())
        children = sorted({step.child_id for step in documents.upstream(session, keys)})
        statement = statement.where(Derivation.child_id.in_(children))  # type: ignore[attr-defined]
    for row in session.execute(statement.execution_options(yield_per=log.BATCH)):
        step: Derivation = row.Derivation
        yield {
            "child_id": row.uuid,
            "parent_id": row.parent,
            "kind": step.kind,
            "basis": step.basis,
            "reason": step.reason if level is Level.FULL else None,
            "judged_by": step.judged_by,
            "judged_at": step.judged_at,
        }
        session.expunge(step)


def relations(session: Session, scope: Scope) -> Iterator[dict[str, Any]]:
    """Yield what people judged about pairs of claims."""
    other = select(Claim.id, Claim.uuid).subquery()
    statement = (
        select(ClaimRelation, Claim.uuid, other.c.uuid.label("other"))
        .join(Claim, Claim.id == ClaimRelation.claim_id)
        .join(other, other.c.id == ClaimRelation.other_id)
        .where(ClaimRelation.claim_id.in_(scope.claims()))  # type: ignore[attr-defined]
        .order_by(ClaimRelation.claim_id, ClaimRelation.other_id, ClaimRelation.relation)
    )
    for row in session.execute(statement.execution_options(yield_per=log.BATCH)):
        kept: ClaimRelation = row.ClaimRelation
        yield {
            "claim_id": row.uuid,
            "other_id": row.other,
            "relation": kept.relation,
            "judgement": kept.judgement,
            "judged_by": kept.judged_by,
            "judged_at": kept.judged_at,
        }


def disclosures(session: Session, scope: Scope, level: Level, size: int) -> Iterator[bytes]:
    """Yield the lines that open the sealed values which this export may show."""
    subjects = scope.subjects(session)
    # What was proposed and never decided is nobody's business but the desk's.
    hidden = undecided_proposals(session, size) if level is Level.PUBLIC else frozenset()
    statement = (
        select(Disclosure, LogEvent.subject)
        .join(LogEvent, LogEvent.seq == Disclosure.seq)
        .where(Disclosure.seq < size)
        .order_by(Disclosure.seq, Disclosure.name)
        .execution_options(yield_per=log.BATCH)
    )
    for row in session.execute(statement):
        kept: Disclosure = row.Disclosure
        if level is Level.PUBLIC and (kept.name in queries.PRIVATE or kept.seq in hidden):
            continue
        if subjects is None or row.subject in subjects:
            value = parse(kept.value.encode())
            yield disclosure_line(kept.seq, kept.salt, kept.name, value)
        session.expunge(kept)
