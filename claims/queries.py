"""
Statements about claims, and their rows in the contract's shape.

A list runs the same few statements whatever its length: the claims with their findings, the
evidence behind them, and what its sources derive from.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.orm import Session

from claims import moments
from claims.conditions import condition_of
from claims.histories import public_history
from claims.models import Claim, Evidence
from claims.moments import Fact, Said, passed, status_column
from claims.statuses import summary_of
from ledger import clock
from ledger.log import events_of
from sources import queries as documents
from sources.independence import Derivation, Origins, count_origins
from sources.independence import Source as Node
from sources.models import Article, Source

#: Sealed values that only people who signed in are shown.
PRIVATE = frozenset({"note", "reason", "explanation"})

_SHOWN_FINDING = (
    "state",
    "resting_state",
    "verdict",
    "verdict_kind",
    "rationale",
    "lease_holder",
    "lease_until",
    "proposed_by",
    "proposed_at",
    "proposal",
    "decided_by",
    "decided_at",
    "valid_from",
    "valid_to",
    "review_by",
    "stale_because",
    "close_reason",
    "override",
    "gate",
)


# Made once for a moment: it names a hundred columns.
@functools.lru_cache(maxsize=4)
def claims_query(*, now: str | None = None) -> Select[Any]:
    """
    Select claims with their findings and what lists show of their articles; unordered.

    :param now: the moment by which leases run out, by default the one at which it is run
    """
    now = moments.NOW if now is None else now
    columns = [getattr(Fact, name).label(f"fact_{name}") for name in _SHOWN_FINDING]
    columns += [getattr(Said, name).label(f"said_{name}") for name in _SHOWN_FINDING]
    return (
        select(
            *Claim.__table__.c,  # type: ignore[attr-defined]
            Article.uuid.label("article_uuid"),  # type: ignore[attr-defined]
            Article.published_on.label("published_on"),  # type: ignore[attr-defined]
            status_column(now).label("status_now"),
            (literal(now) if isinstance(now, str) else now).label("now"),
            Said.layer.label("said_layer"),  # type: ignore[attr-defined]
            *columns,
        )
        .join(Article, Article.id == Claim.article_id)
        .join(Fact, and_(Fact.claim_id == Claim.id, Fact.layer == "fact"))
        .outerjoin(Said, and_(Said.claim_id == Claim.id, Said.layer == "said"))
    )


def rows_of(session: Session, keys: Sequence[int]) -> Sequence[Any]:
    """Return the rows of claims with these keys, in their order."""
    found = session.execute(claims_query().where(Claim.id.in_(keys)))  # type: ignore[attr-defined]
    rows = {row.id: row for row in found}
    return [rows[key] for key in keys]


def documents_by_key(
    session: Session, found: Sequence[Any], *, is_private: bool = False
) -> list[dict[str, Any]]:
    """Return the claims of a page of keys in the contract's shape."""
    return documents_of(session, rows_of(session, [row.id for row in found]), is_private=is_private)


#: A day after all days, for claims without one to come last. Not bound: an index holds it.
_LAST_DAY = literal_column("'9999-12-31'")

#: The orders of a list: columns and whether each descends; each ends in a key.
ORDERS: dict[str, list[tuple[Any, bool]]] = {
    "-created_at": [(Claim.created_at, True), (Claim.id, True)],
    "created_at": [(Claim.created_at, False), (Claim.id, False)],
    "time": [
        (func.coalesce(Claim.time_earliest, Claim.time_latest, _LAST_DAY), False),
        (Claim.id, False),
    ],
    "-check_worthiness": [(Claim.score, True), (Claim.id, True)],
    "article": [(Claim.article_id, False), (Claim.start, False), (Claim.id, False)],
}


def documents_of(
    session: Session, rows: Sequence[Any], *, is_private: bool = False
) -> list[dict[str, Any]]:
    """
    Return claims' rows in the contract's shape.

    :param is_private: whether notes and leases are shown, as to people who signed in
    """
    counts, origins = _evidence_behind(session, [row.id for row in rows])
    empty = count_origins([])
    return [_document(row, counts[row.id], origins.get(row.id, empty), is_private) for row in rows]


def depends_on_moment(claim: Claim, document: Mapping[str, Any]) -> bool:
    """Say whether a claim's document is not as recorded: a lease ran out, or a day came."""
    return bool(
        document["status"] != claim.status
        or any(
            ((finding or {}).get("stale_because") or {}).get("trigger") in ("due", "review_by")
            for finding in document["findings"].values()
        )
    )


def documents_of_article(
    session: Session, article: Article, *where: ColumnElement[bool], is_private: bool = False
) -> list[dict[str, Any]]:
    """Return an article's claims in text order, all or those that meet conditions."""
    query = claims_query().where(Claim.article_id == article.id, *where)
    rows = session.execute(query.order_by(Claim.start, Claim.id)).all()
    return documents_of(session, rows, is_private=is_private)


def document_of(session: Session, claim: Claim, *, is_private: bool = False) -> dict[str, Any]:
    """Return one claim in the contract's shape."""
    session.flush()
    query = claims_query().where(Claim.id == claim.id)
    return documents_of(session, session.execute(query).all(), is_private=is_private)[0]


def _document(
    row: Any, counts: Mapping[str, int], origins: Origins, is_private: bool
) -> dict[str, Any]:
    claimant = None
    if row.claimant_name is not None:
        claimant = {"name": row.claimant_name, "role": row.claimant_role}
    said = finding_document(row, "said", is_private=is_private) if row.said_layer else None
    fact = finding_document(row, "fact", is_private=is_private)
    return {
        "id": row.uuid,
        "article_id": row.article_uuid,
        "version": row.version,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "text": row.text,
        "normalized_text": row.normalized_text,
        "replacements": row.replacements,
        "selector": {
            "start": row.start,
            "end": row.end,
            "exact": row.text,
            "prefix": row.prefix,
            "suffix": row.suffix,
            "text_sha256": row.text_sha256,
        },
        "anchor": row.anchor,
        "basis": row.basis,
        "kind": row.kind,
        "topics": row.topics,
        "modality": row.modality,
        "checkable": row.is_checkable,
        "check_worthiness": {"score": row.score, "reasons": row.reasons},
        "claimant": claimant,
        "attribution": row.attribution,
        "time": row.time,
        "quantities": row.quantities,
        "entities": row.entities,
        "status": row.status_now,
        "summary": summary_of(fact, said),
        "findings": {"fact": fact, "said": said},
        "independent_origins": {
            "confirmed": origins.confirmed,
            "suspected": origins.suspected,
            "strict": origins.strict,
        },
        "evidence_counts": dict(counts),
        "due_on": row.due_on,
        "condition": condition_of(row.text, row.kind, row.modality),
    }


def finding_document(row: Any, layer: str, *, is_private: bool) -> dict[str, Any]:
    """Return one layer's finding in the contract's shape."""
    found = {name: getattr(row, f"{layer}_{name}") for name in _SHOWN_FINDING}
    _age(found, layer, row)
    holder, until = found.pop("lease_holder"), found.pop("lease_until")
    resting = found.pop("resting_state")
    if found["state"] == "in_review" and (until or "") < row.now:
        found["state"], holder = resting, None
    has_lease = is_private and holder is not None and found["state"] == "in_review"
    found["lease"] = {"holder": holder, "until": until} if has_lease else None
    if not is_private:
        found["proposal"] = None
    return found


def _age(found: dict[str, Any], layer: str, row: Any) -> None:
    """Make a decision stale whose day has come, though nobody recorded it yet."""
    names = ("state", "decided_at", "review_by")
    due = row.due_on
    day = passed(layer=layer, due_on=due, now=row.now, **{name: found[name] for name in names})
    if day is not None:
        found["state"] = "stale"
        found["stale_because"] = {
            "trigger": day.trigger,
            "cause": day.day,
            "explanation": None,
            "at": f"{day.day}T00:00:00.000000Z",
            "by": "system",
        }


_EVIDENCE: Any = Evidence.__table__  # type: ignore[attr-defined]
_SOURCE: Any = Source.__table__  # type: ignore[attr-defined]

#: The evidence that stands, with the sources as `as_node` reads them.
_BEHIND = (
    select(_EVIDENCE.c.claim_id, _EVIDENCE.c.layer, _EVIDENCE.c.relation, *_SOURCE.c)
    .join(_SOURCE, _SOURCE.c.id == _EVIDENCE.c.source_id)
    .where(
        _EVIDENCE.c.claim_id.in_(bindparam("keys", expanding=True)),
        _EVIDENCE.c.withdrawn_at.is_(None),
    )
    .order_by(_EVIDENCE.c.id)
)


def _evidence_behind(
    session: Session, keys: Sequence[int]
) -> tuple[defaultdict[int, Counter[str]], dict[int, Origins]]:
    """Count the evidence and the independent origins behind each claim."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    nodes: defaultdict[int, dict[int, Node]] = defaultdict(dict)
    for row in session.execute(_BEHIND, {"keys": keys}):
        counts[row.claim_id][row.relation] += 1
        if row.layer == "fact" and row.notice != "retracted":
            keep_strongest(nodes[row.claim_id], row, row.relation)
    if not nodes:
        return counts, {}
    wanted = sorted({key for found in nodes.values() for key in found})
    steps = documents.upstream(session, wanted)
    found = origins_of(session, nodes, steps)
    return counts, found


def keep_strongest(nodes: dict[int, Node], source: Any, relation: str) -> None:
    """Keep a source, or a row with its columns, once: as supporting if any evidence supports."""
    held = nodes.get(source.id)
    if held is None or relation in ("supports", "partially_supports"):
        nodes[source.id] = documents.as_node(source, relation)


def origins_of(
    session: Session, nodes: Mapping[int, Mapping[int, Node]], steps: Sequence[Any]
) -> dict[int, Origins]:
    """Count the independent origins of several claims' sources with the same derivations."""
    keys = sorted({key for step in steps for key in (step.child_id, step.parent_id)})
    rows = session.execute(select(Source).where(Source.id.in_(keys))).scalars()  # type: ignore[union-attr]
    above = {row.id: documents.as_node(row, None) for row in rows}
    names = {key: node.id for key, node in above.items()}
    derivations = [
        Derivation(names[s.child_id], names[s.parent_id], s.kind, s.basis) for s in steps
    ]
    return {
        claim_id: count_origins([*{**above, **found}.values()], derivations)
        for claim_id, found in nodes.items()
    }


def evidence_query(claim: Claim) -> Select[Any]:
    """Select a claim's evidence with its sources, oldest first."""
    return (
        select(Evidence, Source)
        .join(Source, Source.id == Evidence.source_id)
        .where(Evidence.claim_id == claim.id)
        .order_by(Evidence.id)
    )


def evidence_document(
    evidence: Evidence, source: Source, *, is_private: bool = False
) -> dict[str, Any]:
    """Return a piece of evidence in the contract's shape."""
    withdrawal = None
    if evidence.withdrawn_at:
        withdrawal = {
            "at": evidence.withdrawn_at,
            "by": evidence.withdrawn_by,
            "reason": evidence.withdrawn_because,
        }
    return {
        "id": evidence.uuid,
        "layer": evidence.layer,
        "source": documents.source_document(source),
        "relation": evidence.relation,
        "basis": evidence.basis,
        "quote": evidence.quote,
        "selector": evidence.selector,
        "credibility": evidence.credibility,
        "decisive": evidence.is_decisive,
        "note": evidence.note if is_private else None,
        "answers": evidence.answers,
        "after_claim": evidence.is_after_claim,
        "added_by": evidence.added_by,
        "added_at": evidence.added_at,
        "withdrawal": withdrawal,
    }


def status_counts(session: Session, article_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Count each article's claims by status."""
    status = status_column(clock.now())
    statement = (
        select(Claim.article_id, status, func.count())
        .join(Fact, and_(Fact.claim_id == Claim.id, Fact.layer == "fact"))
        .where(Claim.article_id.in_(article_ids))  # type: ignore[attr-defined]
        .group_by(Claim.article_id, status)
    )
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for article_id, word, count in session.execute(statement):
        counts[article_id][word] = count
    return counts


def history_of(session: Session, claim: Claim, *, is_private: bool = False) -> list[dict[str, Any]]:
    """List a claim's events, oldest first, each with its place in the log."""
    history = [
        {
            "seq": event.seq,
            "leaf_hash": leaf.hex(),
            "type": event.type,
            "at": event.at,
            "actor": event.actor,
            "data": dict(event.data),
            "values": {
                name: event.text(name) if isinstance(value, str) or not value else value
                for name, value in event.sealed.items()
                if is_private or name not in PRIVATE
            },
        }
        for event, leaf in events_of(session, claim.uuid)
    ]
    return history if is_private else public_history(history)
