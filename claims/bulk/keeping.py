"""
The one writer: articles with their statements, appended to the log in batches.

A batch is one transaction. One that is refused as a whole is tried again article by article, so
that the rest of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import services
from claims.bulk.analysing import told
from claims.bulk.items import Refused
from claims.bulk.ready import NewArticle
from db import Database
from errors import DatelineError
from ledger import log
from ledger.events import NewEvent
from permissions import Actor, Permission, require
from sources import copies
from sources import services as documents
from sources.models import Article

#: A batch is written once it has so many claims, or so many articles.
MOST_CLAIMS = 4_000
MOST_ARTICLES = 250

#: Seconds after which the next article ends a batch: no more work than that is lost in a crash,
#: and it is written while others are analysed.
LONGEST = 5.0


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What the claims of an article that is about to be kept are anchored to."""

    uuid: str
    text_sha256: str
    text_version: int = 1


@dataclass(slots=True)
class Kept:
    """How many articles and claims were taken in, and how many articles were known."""

    articles: int = 0
    claims: int = 0
    known: int = 0


class Keeper:
    """Collects articles and keeps them in batches."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database = database
        self._actor = actor
        self._batch: list[NewArticle] = []
        self._claims = 0
        self._began = monotonic()
        self.kept = Kept()

    def is_known(self, text: str) -> bool:
        """Say whether an article has exactly this text."""
        with self._database.read_session() as session:
            return bool(_known(session, [documents.digest(text)]))

    def add(self, article: NewArticle) -> Iterator[Refused]:
        """Take an article; yields what a batch that is full had to leave out."""
        if not self._batch:
            self._began = monotonic()
        self._batch.append(article)
        self._claims += len(article.statements)
        if self._is_full():
            yield from self.flush()

    def _is_full(self) -> bool:
        is_large = self._claims >= MOST_CLAIMS or len(self._batch) >= MOST_ARTICLES
        return is_large or monotonic() - self._began >= LONGEST

    def flush(self) -> Iterator[Refused]:
        """Keep what was collected; yields what cannot be kept, with the reason."""
        batch, self._batch, self._claims = self._batch, [], 0
        try:
            self._keep(batch)
        except DatelineError as error:
            if len(batch) == 1:
                yield Refused(batch[0].item.place, batch[0].item.size, told(error))
                return
            for article in batch:
                self._batch = [article]
                yield from self.flush()

    def _keep(self, batch: Sequence[NewArticle]) -> None:
        if not batch:
            return
        with self._database.writing() as session:
            taken = keep_all(session, batch, actor=self._actor)
        self.kept.articles += len(taken)
        self.kept.claims += sum(len(article.statements) for article in taken)
        self.kept.known += len(batch) - len(taken)


def keep_all(session: Session, batch: Sequence[NewArticle], *, actor: Actor) -> list[NewArticle]:
    """Keep those of some articles whose text is not here yet; returns them."""
    require(actor, Permission.INGEST)
    digests = [documents.digest(article.text) for article in batch]
    seen = _known(session, digests)
    taken: list[NewArticle] = []
    articles: list[NewEvent] = []
    sources: list[NewEvent] = []
    claims: list[NewEvent] = []
    for article, digest in zip(batch, digests, strict=True):
        if digest in seen:
            continue
        seen.add(digest)
        taken.append(article)
        added, source = documents.article_events(_draft(article))
        articles.append(added)
        sources.append(source)
        claims += _created(article, _Anchor(added.subject, digest))
    # What is of one type stands in a row, since it is projected at once.
    log.record_all(session, [*articles, *sources, *claims], actor=actor.id)
    kept = documents.sources_of(session, [source.subject for source in sources])
    texts = [article.text for article in taken]
    copies.suggest_all(
        session, [(kept[s.subject], text) for s, text in zip(sources, texts, strict=True)]
    )
    return taken


def _known(session: Session, digests: Sequence[str]) -> set[str]:
    statement = select(Article.text_sha256).where(Article.text_sha256.in_(digests))  # type: ignore[attr-defined]
    return set(session.execute(statement).scalars())


def _draft(article: NewArticle) -> documents.ArticleDraft:
    return documents.ArticleDraft(
        text=article.text,
        published_on=article.published_on,
        language=article.language,
        segments=article.segments,
        credits=article.credits,
        **article.facts,
    )


def _created(article: NewArticle, anchor: _Anchor) -> list[NewEvent]:
    return [
        services.created(
            anchor,
            article.text,
            statement.facts,
            basis=statement.basis,
            score=statement.score,
            reasons=statement.reasons,
            reading=statement.reading,
        )
        for statement in article.statements
    ]
