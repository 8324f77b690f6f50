"""The journalist's question in one call: where does this come from, and how do we know?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from claims import queries
from claims.models import Claim
from sources import queries as documents
from sources.independence import count_origins
from sources.models import Article

_FOR = {"supports", "partially_supports"}
_AGAINST = {"refutes", "disputes"}


def provenance_of(session: Session, claim: Claim, *, is_private: bool = False) -> dict[str, Any]:
    """Return who said it, where it appears, what stands for and against it, and who decided."""
    document = queries.document_of(session, claim, is_private=is_private)
    article = session.get_one(Article, claim.article_id)
    rows = session.execute(queries.evidence_query(claim)).all()
    evidence = [
        queries.evidence_document(row.Evidence, row.Source, is_private=is_private) for row in rows
    ]
    held = [item for item in evidence if item["withdrawal"] is None]
    history = queries.history_of(session, claim, is_private=is_private)
    return {
        "claim": document,
        "said": {
            "claimant": document["claimant"],
            "attribution": document["attribution"],
            "article": documents.article_document(article, {}),
        },
        "evidence": {
            "for": [item for item in held if item["relation"] in _FOR],
            "against": [item for item in held if item["relation"] in _AGAINST],
            "other": [item for item in held if item["relation"] not in _FOR | _AGAINST],
            "withdrawn": [item for item in evidence if item["withdrawal"] is not None],
        },
        "origins": _origins(session, rows),
        "decisions": [event for event in history if event["type"] == "finding.decided"],
        "events": len(history),
        "last_change": history[-1]["at"],
    }


def _origins(session: Session, rows: Any) -> dict[str, Any]:
    """Return the tree of origins behind the fact, and the reason for their count."""
    nodes: dict[int, Any] = {}
    for row in rows:
        if row.Evidence.layer == "fact" and row.Evidence.withdrawn_at is None:
            queries.keep_strongest(nodes, row.Source, row.Evidence.relation)
    steps = documents.upstream(session, sorted(nodes))
    found = queries.origins_of(session, {0: nodes}, steps).get(0) or count_origins([])
    return asdict(found) | {"repeats": {k: list(v) for k, v in found.repeats.items()}}
