"""What the claims of a list are counted by."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from claims.filters import Matching
from claims.models import Claim, ClaimEntity, ClaimTopic
from claims.moments import moved_on, status_column
from ledger import clock
from sources.models import Article

#: What a list can be counted by.
FACETS = ("status", "kind", "modality", "topic", "claimant", "publisher", "checkable", "entity")

_CLAIM: Any = Claim.__table__  # type: ignore[attr-defined]

_COLUMNS = {
    "kind": _CLAIM.c.kind,
    "modality": _CLAIM.c.modality,
    "claimant": _CLAIM.c.claimant_name,
    "checkable": _CLAIM.c.is_checkable,
}


def facet(
    session: Session, name: str, matching: Matching, *, most: int = 50
) -> list[tuple[Any, int]]:
    """Return the values of a facet among the matching claims with their counts, most first."""
    if name == "status":
        return _statuses(session, matching)[:most]
    statement = _statement(name, matching)
    value = statement.selected_columns[0]
    ordered = statement.group_by(value).order_by(func.count().desc(), value).limit(most)
    return [(row[0], row[1]) for row in session.execute(ordered)]


def _statement(name: str, matching: Matching) -> Select[Any]:
    if name in _COLUMNS:
        column = _COLUMNS[name]
        return matching.counting(column, func.count()).where(column.is_not(None))
    if name == "publisher":
        # Claims are counted by article first, which an index does.
        by_article = matching.counting(_CLAIM.c.article_id, func.count().label("claims"))
        few = by_article.group_by(_CLAIM.c.article_id).subquery()
        publisher: Any = Article.publisher
        counted = select(publisher, func.sum(few.c.claims))
        return counted.join(few, few.c.article_id == Article.id).where(publisher.is_not(None))  # type: ignore[arg-type]
    table: Any = {"topic": ClaimTopic, "entity": ClaimEntity}[name]
    counted = select(table.topic if name == "topic" else table.name, func.count())
    if matching.is_all:
        return counted
    keys = matching.counted.subquery()
    return counted.join(keys, keys.c.id == table.claim_id)


def _statuses(session: Session, matching: Matching) -> list[tuple[str, int]]:
    """Count by the recorded word, which an index does, then move what a day or a lease moved."""
    now = clock.now()
    counts: Counter[str] = Counter()
    recorded = matching.counting(_CLAIM.c.status, func.count()).group_by(_CLAIM.c.status)
    for word, count in session.execute(recorded):
        counts[word] = count
    moved = matching.where(_CLAIM.c.id.in_(moved_on(now)), joins=("fact",))
    current = status_column(now)
    changed = moved.counting(_CLAIM.c.status, current, func.count())
    for before, after, count in session.execute(changed.group_by(_CLAIM.c.status, current)):
        counts[before] -= count
        counts[after] += count
    return sorted(((w, n) for w, n in counts.items() if n), key=lambda each: (-each[1], each[0]))
