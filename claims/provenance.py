"""The journalist's question in one call: where does this come from, and how do we know?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from claims import queries, telling
from claims.appearances import appearances_of
from claims.models import Claim
from ledger import log
from sources import queries as documents
from sources.independence import count_origins
from sources.models import Article

_FOR = {"supports", "partially_supports"}
_AGAINST = {"refutes", "disputes"}

#: Changes since a decision that are listed.
MOST_CHANGES = 200


#: What somebody is told something with: its venue is whom they told.
_ADDRESSING = {"assure", "brief", "inform", "notify", "remind", "tell", "told"}


def provenance_of(session: Session, claim: Claim, *, is_private: bool = False) -> dict[str, Any]:
    """
    Return a claim's whole provenance.

    Who said it, where it appeared first and who passed it on, what stands for and against it, how
    many origins that has and why, who decided what on which version, and what changed since.
    """
    document = queries.document_of(session, claim, is_private=is_private)
    article = session.get_one(Article, claim.article_id)
    rows = session.execute(queries.evidence_query(claim)).all()
    evidence = [
        queries.evidence_document(row.Evidence, row.Source, is_private=is_private) for row in rows
    ]
    history = queries.history_of(session, claim, is_private=is_private)
    decisions = telling.decisions_in(history)
    cited = [row.Source.uuid for row in rows]
    return {
        "claim": document,
        "said": _said(document) | {"article": documents.article_document(article, {})},
        **appearances_of(session, claim),
        "evidence": _sides(evidence),
        "origins": _origins(session, rows),
        "decisions": decisions,
        "changed_since": _changed_since(session, history, decisions, [article.uuid, *cited]),
        "events": len(history),
        "last_change": history[-1]["at"],
    }


def _said(document: dict[str, Any]) -> dict[str, Any]:
    """Return who said it, as what, when, where and to whom; nobody where it is the article's."""
    claimant, attribution = document["claimant"], document["attribution"] or {}
    verb = attribution.get("verb")
    is_told = verb is not None and verb.split()[-1].lower() in _ADDRESSING
    return {
        "claimant": claimant,
        "attribution": document["attribution"],
        "verb": verb,
        "said_on": attribution.get("said_on"),
        "venue": attribution.get("venue"),
        "to_whom": attribution.get("venue") if is_told else None,
        "direct_quote": attribution.get("direct_quote", False),
        "passed_on_by": attribution.get("chain", []),
    }


def _sides(evidence: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    held = [item for item in evidence if item["withdrawal"] is None]
    return {
        "for": [item for item in held if item["relation"] in _FOR],
        "against": [item for item in held if item["relation"] in _AGAINST],
        "other": [item for item in held if item["relation"] not in _FOR | _AGAINST],
        "withdrawn": [item for item in evidence if item["withdrawal"] is not None],
    }


def _changed_since(
    session: Session,
    history: Sequence[dict[str, Any]],
    decisions: Sequence[dict[str, Any]],
    around: Sequence[str],
) -> list[dict[str, Any]]:
    """List in words what happened to the claim, its article and its sources since the decision."""
    if not decisions:
        return []
    last = max(decision["seq"] for decision in decisions)
    own = [(event["seq"], event["at"], event["type"], event["data"], None) for event in history]
    others = [
        (event.seq, event.at, event.type, event.data, event.subject)
        for event in log.events_after(session, last, around, most=MOST_CHANGES)
    ]
    return [
        {"seq": seq, "at": at, "type": kind, "what": telling.in_words(kind, data), "of": subject}
        for seq, at, kind, data, subject in sorted([*own, *others], key=lambda each: each[0])
        if seq > last
    ][:MOST_CHANGES]


def _origins(session: Session, rows: Any) -> dict[str, Any]:
    """Return the tree of origins behind the fact, and the reason for their count."""
    nodes: dict[int, Any] = {}
    for row in rows:
        is_held = row.Evidence.withdrawn_at is None and row.Source.notice != "retracted"
        if row.Evidence.layer == "fact" and is_held:
            queries.keep_strongest(nodes, row.Source, row.Evidence.relation)
    steps = documents.upstream(session, sorted(nodes))
    found = queries.origins_of(session, {0: nodes}, steps).get(0) or count_origins([])
    return asdict(found) | {"repeats": {k: list(v) for k, v in found.repeats.items()}}
