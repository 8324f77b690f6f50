"""
Statements about claims, and their rows in the contract's shape.

A list runs the same few statements whatever its length: the claims with their findings, the
evidence behind them, and what its sources derive from.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    false,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from claims import attention, past_words
from claims.histories import public_history
from claims.models import (
    Claim,
    ClaimEntity,
    ClaimQuantity,
    ClaimTopic,
    Evidence,
    Finding,
)
from claims.moments import Fact, Said, passed, state_column, status_column
from claims.projectors import fold
from claims.statuses import summary_of
from ledger import clock
from ledger.log import events_of
from sources import queries as documents
from sources.independence import Derivation, Origins, count_origins
from sources.independence import Source as Node
from sources.models import Article, Source

#: Sealed values that only people who signed in are shown.
PRIVATE = frozenset({"note", "reason", "explanation"})

#: Words of a search that are looked for; a longer search is cut.
MOST_WORDS = 32

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


def claims_query(dialect: str = "sqlite", *, now: str | None = None, **filters: Any) -> Select[Any]:
    """
    Select claims with their findings, narrowed by whichever filters are given; unordered.

    :param now: the moment by which leases run out, this one by default
    """
    now = clock.now() if now is None else now
    columns = [getattr(Fact, name).label(f"fact_{name}") for name in _SHOWN_FINDING]
    columns += [getattr(Said, name).label(f"said_{name}") for name in _SHOWN_FINDING]
    query = (
        select(
            Claim,
            Article.uuid.label("article_uuid"),  # type: ignore[attr-defined]
            status_column(now).label("status_now"),
            literal(now).label("now"),
            Said.layer.label("said_layer"),  # type: ignore[attr-defined]
            *columns,
        )
        .join(Article, Article.id == Claim.article_id)
        .join(Fact, and_(Fact.claim_id == Claim.id, Fact.layer == "fact"))
        .outerjoin(Said, and_(Said.claim_id == Claim.id, Said.layer == "said"))
    )
    conditions = [
        _FILTERS[name](value, now, dialect)
        for name, value in filters.items()
        if value is not None and name in _FILTERS
    ]
    return query.where(*conditions)


def _one_of(column: Any) -> Any:
    def condition(value: Any, _now: str, _dialect: str) -> ColumnElement[bool]:
        values = value if isinstance(value, list) else [value]
        return column.in_(values)  # type: ignore[no-any-return]

    return condition


def _status(value: list[str], now: str, _dialect: str) -> ColumnElement[bool]:
    return status_column(now).in_(value)


def _state(value: list[str], now: str, _dialect: str) -> ColumnElement[bool]:
    return state_column(Fact, now).in_(value)


def _topic(value: list[str], _now: str, _dialect: str) -> ColumnElement[bool]:
    return Claim.id.in_(select(ClaimTopic.claim_id).where(ClaimTopic.topic.in_(value)))  # type: ignore[attr-defined]


def _entity(value: str, _now: str, _dialect: str) -> ColumnElement[bool]:
    found = select(ClaimEntity.claim_id).where(ClaimEntity.folded == fold(value))
    return Claim.id.in_(found)  # type: ignore[attr-defined]


def _source(value: str, _now: str, _dialect: str) -> ColumnElement[bool]:
    found = (
        select(Evidence.claim_id)
        .join(Source, Source.id == Evidence.source_id)
        .where(Source.uuid == value, Evidence.withdrawn_at.is_(None))  # type: ignore[union-attr]
    )
    return Claim.id.in_(found)  # type: ignore[attr-defined]


def _from(value: str, _now: str, _dialect: str) -> ColumnElement[bool]:
    is_dated = or_(Claim.time_earliest.is_not(None), Claim.time_latest.is_not(None))  # type: ignore[union-attr]
    return and_(is_dated, or_(Claim.time_latest.is_(None), Claim.time_latest >= value))  # type: ignore[union-attr,operator]


def _to(value: str, _now: str, _dialect: str) -> ColumnElement[bool]:
    is_dated = or_(Claim.time_earliest.is_not(None), Claim.time_latest.is_not(None))  # type: ignore[union-attr]
    return and_(is_dated, or_(Claim.time_earliest.is_(None), Claim.time_earliest <= value))  # type: ignore[union-attr,operator]


def _quantity(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Claim.id.in_(select(ClaimQuantity.claim_id).where(condition))  # type: ignore[attr-defined]


def _min_amount(value: float, _now: str, _dialect: str) -> ColumnElement[bool]:
    return _quantity(or_(ClaimQuantity.upper >= float(value), ClaimQuantity.upper.is_(None)))  # type: ignore[operator,union-attr]


def _max_amount(value: float, _now: str, _dialect: str) -> ColumnElement[bool]:
    return _quantity(or_(ClaimQuantity.lower <= float(value), ClaimQuantity.lower.is_(None)))  # type: ignore[operator,union-attr]


def _unit(value: str, _now: str, _dialect: str) -> ColumnElement[bool]:
    return _quantity(ClaimQuantity.unit == value)  # type: ignore[arg-type]


def _assigned(value: str, now: str, _dialect: str) -> ColumnElement[bool]:
    held = select(Finding.claim_id).where(
        Finding.lease_holder == value,
        Finding.state == "in_review",
        Finding.lease_until >= now,  # type: ignore[operator]
    )
    return Claim.id.in_(held)  # type: ignore[attr-defined]


def search_words(q: str) -> list[str]:
    """Return the words of a search: letters and digits, the rest parts them."""
    return re.findall(r"\w+", q)[:MOST_WORDS]


def _full_text(value: str, _now: str, dialect: str) -> ColumnElement[bool]:
    words = search_words(value)
    if not words:
        return false()
    if dialect == "postgresql":
        vector = func.to_tsvector(
            text("'english'"), Claim.text + " " + func.coalesce(Claim.normalized_text, "")
        )
        return vector.op("@@")(func.plainto_tsquery(text("'english'"), " ".join(words)))
    quoted = " ".join(f'"{word}"' for word in words)
    return Claim.id.in_(past_words.matching(quoted))  # type: ignore[attr-defined]


_FILTERS: dict[str, Any] = {
    "q": _full_text,
    "status": _status,
    "state": _state,
    "verdict": _one_of(Fact.verdict),
    "kind": _one_of(Claim.kind),
    "topic": _topic,
    "modality": _one_of(Claim.modality),
    "claimant": lambda value, _n, _d: Claim.claimant_name == value,
    "entity": _entity,
    "article": lambda value, _n, _d: Article.uuid == value,
    "source": _source,
    "publisher": lambda value, _n, _d: Article.publisher == value,
    "checkable": lambda value, _n, _d: Claim.is_checkable == value,
    "from_": _from,
    "to": _to,
    "said_from": lambda value, _n, _d: Claim.said_latest >= value,
    "said_to": lambda value, _n, _d: Claim.said_earliest <= value,
    "min_amount": _min_amount,
    "max_amount": _max_amount,
    "unit": _unit,
    "assigned_to": _assigned,
    "needs": lambda value, now, _d: attention.condition(value, now),
}

#: A day after all days, for claims without one to come last.
_LAST_DAY = literal("9999-12-31")

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

#: What a list can be counted by.
FACETS = ("status", "kind", "modality", "topic", "claimant", "publisher", "checkable", "entity")


def facet_query(name: str, matching: Select[Any], *, most: int = 50) -> Select[Any]:
    """Select the values of a facet among the matching claims with their counts, most first."""
    matches = matching.with_only_columns(
        Claim.id,
        Claim.kind,
        Claim.modality,
        Claim.claimant_name.label("claimant"),  # type: ignore[union-attr]
        Claim.is_checkable.label("checkable"),  # type: ignore[attr-defined]
        Article.publisher.label("publisher"),  # type: ignore[union-attr]
        status_column(clock.now()).label("status"),
    ).subquery()
    if name == "topic":
        source, value = ClaimTopic, ClaimTopic.topic
        joined = select(value, func.count()).join(matches, matches.c.id == source.claim_id)
    elif name == "entity":
        value = ClaimEntity.name
        joined = select(value, func.count()).join(matches, matches.c.id == ClaimEntity.claim_id)
    else:
        value = matches.c[name]
        joined = select(value, func.count()).where(value.is_not(None))
    return joined.group_by(value).order_by(func.count().desc(), value).limit(most)


def documents_of(
    session: Session, rows: Sequence[Any], *, is_private: bool = False
) -> list[dict[str, Any]]:
    """
    Return claims' rows in the contract's shape.

    :param is_private: whether notes and leases are shown, as to people who signed in
    """
    counts, origins = _evidence_behind(session, [row.Claim.id for row in rows])
    empty = count_origins([])
    return [
        _document(row, counts[row.Claim.id], origins.get(row.Claim.id, empty), is_private)
        for row in rows
    ]


def depends_on_moment(claim: Claim, document: Mapping[str, Any]) -> bool:
    """Say whether a claim's document is not as recorded: a lease ran out, or a day came."""
    return bool(
        document["status"] != claim.status
        or any(
            ((finding or {}).get("stale_because") or {}).get("trigger") in ("due", "review_by")
            for finding in document["findings"].values()
        )
    )


def document_of(session: Session, claim: Claim, *, is_private: bool = False) -> dict[str, Any]:
    """Return one claim in the contract's shape."""
    session.flush()
    query = claims_query().where(Claim.id == claim.id)
    rows = session.execute(query.execution_options(populate_existing=True)).all()
    return documents_of(session, rows, is_private=is_private)[0]


def _document(
    row: Any, counts: Mapping[str, int], origins: Origins, is_private: bool
) -> dict[str, Any]:
    claim: Claim = row.Claim
    claimant = None
    if claim.claimant_name is not None:
        claimant = {"name": claim.claimant_name, "role": claim.claimant_role}
    said = finding_document(row, "said", is_private=is_private) if row.said_layer else None
    fact = finding_document(row, "fact", is_private=is_private)
    return {
        "id": claim.uuid,
        "article_id": row.article_uuid,
        "version": claim.version,
        "created_at": claim.created_at,
        "updated_at": claim.updated_at,
        "text": claim.text,
        "normalized_text": claim.normalized_text,
        "replacements": claim.replacements,
        "selector": {
            "start": claim.start,
            "end": claim.end,
            "exact": claim.text,
            "prefix": claim.prefix,
            "suffix": claim.suffix,
            "text_sha256": claim.text_sha256,
        },
        "anchor": claim.anchor,
        "basis": claim.basis,
        "kind": claim.kind,
        "topics": claim.topics,
        "modality": claim.modality,
        "checkable": claim.is_checkable,
        "check_worthiness": {"score": claim.score, "reasons": claim.reasons},
        "claimant": claimant,
        "attribution": claim.attribution,
        "time": claim.time,
        "quantities": claim.quantities,
        "entities": claim.entities,
        "status": row.status_now,
        "summary": summary_of(fact, said),
        "findings": {"fact": fact, "said": said},
        "independent_origins": {
            "confirmed": origins.confirmed,
            "suspected": origins.suspected,
            "strict": origins.strict,
        },
        "evidence_counts": dict(counts),
        "due_on": claim.due_on,
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
    due = row.Claim.due_on
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


def _evidence_behind(
    session: Session, keys: Sequence[int]
) -> tuple[defaultdict[int, Counter[str]], dict[int, Origins]]:
    """Count the evidence and the independent origins behind each claim."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    statement = (
        select(Evidence.claim_id, Evidence.layer, Evidence.relation, Source)
        .join(Source, Source.id == Evidence.source_id)
        .where(Evidence.claim_id.in_(keys), Evidence.withdrawn_at.is_(None))  # type: ignore[attr-defined,union-attr]
        .order_by(Evidence.id)
    )
    nodes: defaultdict[int, dict[int, Node]] = defaultdict(dict)
    for claim_id, layer, relation, source in session.execute(statement):
        counts[claim_id][relation] += 1
        if layer == "fact" and source.notice != "retracted":
            keep_strongest(nodes[claim_id], source, relation)
    if not nodes:
        return counts, {}
    wanted = sorted({key for found in nodes.values() for key in found})
    steps = documents.upstream(session, wanted)
    found = origins_of(session, nodes, steps)
    return counts, found


def keep_strongest(nodes: dict[int, Node], source: Source, relation: str) -> None:
    """Keep a source once, as supporting if any of its evidence supports."""
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
