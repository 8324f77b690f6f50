"""A claim with all that an interchange format tells of it, in the shape of the API."""

from __future__ import annotations

from sqlalchemy.orm import Session

from archive.claimreview import Reviewed
from claims import queries, telling
from claims.models import Claim
from sources import queries as documents
from sources.models import Article, ArticleText


def gather(session: Session, claim: Claim) -> Reviewed:
    """Return a claim with its article, evidence, sources, their derivations and its decisions."""
    article = session.get_one(Article, claim.article_id)
    text = session.get_one(ArticleText, (article.id, claim.text_version))
    rows = session.execute(queries.evidence_query(claim)).all()
    own = documents.source_document(
        documents.source_of(session, article),
    )
    lineage = documents.lineage_of(session, [row.Source.id for row in rows])
    return Reviewed(
        claim=queries.document_of(session, claim),
        article={
            **documents.article_document(article, {}),
            "text_added_at": text.added_at,
            "text_number": text.number,
        },
        evidence=[queries.evidence_document(row.Evidence, row.Source) for row in rows],
        decisions=telling.decisions_in(queries.history_of(session, claim)),
        own_source=own,
        sources=lineage["sources"],
        derivations=lineage["derivations"],
    )
