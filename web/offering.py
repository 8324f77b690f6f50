"""Which sources a form offers to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from sources.models import Source
from sources.queries import source_document, sources_query

#: Sources offered at once; looking for one finds the others.
MOST_OFFERED = 8


def offered_sources(
    session: Session, evidence: Sequence[Mapping[str, Any]], typed: Mapping[str, str]
) -> list[dict[str, Any]]:
    """List the sources that the form offers: those found, or those used here and the newest."""
    wanted = typed.get("find", "").strip()
    query = sources_query(q=wanted[:200] or None).order_by(Source.id.desc())
    rows = session.execute(query.limit(MOST_OFFERED)).scalars()
    found = {row.uuid: source_document(row) for row in rows}
    if not wanted:
        found = {item["source"]["id"]: item["source"] for item in evidence} | found
    chosen = typed.get("source_id", "")
    if chosen not in ("", "new") and chosen not in found:
        known = session.execute(sources_query().where(Source.uuid == chosen))
        found |= {row.uuid: source_document(row) for row in known.scalars()}
    return list(found.values())
