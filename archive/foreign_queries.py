"""Statements about the logs of other desks, and their claims with where they come from."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import ColumnElement, Integer, Select, column, false, func, select, table, text
from sqlalchemy.orm import Session

from archive.models import ForeignClaim, ForeignLog
from claims.filters import search_words
from errors import NotFoundError

_FTS = table("foreign_claim_fts", column("rowid", Integer))


def logs_query() -> Select[Any]:
    """Select what is kept of other desks' logs."""
    return select(ForeignLog)


def log_document(held: ForeignLog) -> dict[str, Any]:
    """Return what is kept of a foreign log in the API's shape."""
    return {
        "log": held.log,
        "origin": held.origin,
        "size": held.size,
        "root": held.root,
        "checkpoint": held.note,
        "keys": held.vkeys,
        "taken_at": held.taken_at,
    }


def claims_query(
    dialect: str,
    *,
    q: str | None = None,
    origin: str | None = None,
    status: str | None = None,
    claimant: str | None = None,
) -> Select[Any]:
    """Select claims of other desks, narrowed by whichever filters are given."""
    query = select(ForeignClaim, ForeignLog.origin, ForeignLog.log).join(
        ForeignLog, ForeignLog.id == ForeignClaim.foreign_id
    )
    if origin is not None:
        query = query.where(ForeignLog.origin == origin)
    if status is not None:
        query = query.where(ForeignClaim.status == status)
    if claimant is not None:
        query = query.where(ForeignClaim.claimant_name == claimant)
    return query if q is None else query.where(_full_text(q, dialect))


def _full_text(q: str, dialect: str) -> ColumnElement[bool]:
    words = search_words(q)
    if not words:
        return false()
    if dialect == "postgresql":
        told = ForeignClaim.text + " " + func.coalesce(ForeignClaim.normalized_text, "")
        vector = func.to_tsvector(text("'english'"), told)
        return vector.op("@@")(func.plainto_tsquery(text("'english'"), " ".join(words)))
    quoted = " ".join(f'"{word}"' for word in words)
    matches = text("foreign_claim_fts MATCH :foreign_words").bindparams(foreign_words=quoted)
    return ForeignClaim.id.in_(select(_FTS.c.rowid).select_from(_FTS).where(matches))  # type: ignore[union-attr]


def claim_document(row: Any) -> dict[str, Any]:
    """Return a foreign claim as its desk's log gives it, with where it comes from."""
    claim: dict[str, Any] = orjson.loads(row.ForeignClaim.document)
    return {"origin": row.origin, "log": row.log, "claim": claim}


def get_claim(session: Session, dialect: str, claim_id: str) -> dict[str, Any]:
    """
    Return a foreign claim by the id that its desk gave it.

    :raises NotFoundError: if there is none
    """
    query = claims_query(dialect).where(ForeignClaim.uuid == claim_id).order_by(ForeignClaim.id)
    row = session.execute(query.limit(1)).first()
    if row is None:
        raise NotFoundError(f"There is no claim {claim_id} of another desk.")
    return claim_document(row)
