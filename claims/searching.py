"""
Search through what was decided, for programs that look up whether a claim was checked.

Only findings on the fact that are decided now are found; nothing open, stale or closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from claims.matching.index import find_matches
from claims.models import Claim, Finding
from ledger import clock
from sources.models import Article

#: Results that can be paged through.
MOST_FOUND = 200

#: Share of the words looked for that a claim must have, unless the whole agrees well.
LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim with its decision and its article."""

    claim: Claim
    finding: Finding
    article: Article


def search(
    session: Session,
    query: str | None,
    *,
    language: str | None = None,
    most_days: int | None = None,
    offset: int = 0,
    limit: int = 10,
) -> tuple[list[Decided], bool]:
    """
    Return decided claims that say what is looked for, best first, or all of them, newest first.

    The second value says whether there are more.

    :param language: a BCP 47 tag, of which the region does not count
    :param most_days: days since the claim or its review, whichever is newer
    """
    counting = _decided_keys(language, most_days)
    if query:
        keys = _relevant(session, query, counting)[offset : offset + limit + 1]
    else:
        newest = counting.order_by(Finding.decided_at.desc(), Claim.id.desc())  # type: ignore[union-attr,attr-defined]
        keys = session.execute(newest.offset(offset).limit(limit + 1)).scalars().all()
    return _read(session, keys[:limit]), len(keys) > limit


def _relevant(session: Session, query: str, counting: Select[Any]) -> Sequence[int]:
    matches = find_matches(session, query, within=counting, most=MOST_FOUND)
    return [m.claim_id for m in matches if m.shared >= LEAST_SHARED or m.score >= 0.5]


def _decided_keys(language: str | None, most_days: int | None) -> Select[Any]:
    statement = (
        select(Claim.id)
        .join(Finding, and_(Finding.claim_id == Claim.id, Finding.layer == "fact"))  # type: ignore[arg-type]
        .join(Article, Article.id == Claim.article_id)
        .where(Finding.state == "decided")  # type: ignore[arg-type]
    )
    if language:
        primary = language.split("-")[0].lower()
        tag = func.lower(Article.language)
        statement = statement.where(or_(tag == primary, tag.startswith(f"{primary}-")))
    if most_days is not None:
        first = clock.source() - timedelta(days=most_days)
        statement = statement.where(
            or_(
                Finding.decided_at >= clock.as_text(first),  # type: ignore[operator]
                Article.published_on >= first.date().isoformat(),
            )
        )
    return statement


def _read(session: Session, keys: Sequence[int]) -> list[Decided]:
    rows = session.execute(
        select(Claim, Finding, Article)
        .join(Finding, and_(Finding.claim_id == Claim.id, Finding.layer == "fact"))
        .join(Article, Article.id == Claim.article_id)
        .where(Claim.id.in_(keys))  # type: ignore[attr-defined]
    )
    found = {row.Claim.id: Decided(row.Claim, row.Finding, row.Article) for row in rows}
    return [found[key] for key in keys]
