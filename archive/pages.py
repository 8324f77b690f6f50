"""The pages that were fetched for an export's sources, as one WACZ in the bag."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.records import Scope
from archive.wacz import Page, write_wacz
from sources.models import Blob, Snapshot, Source

NAME = "data/pages/pages.wacz"

#: Bytes copied at a time, and held in memory before a file is used.
CHUNK = 1 << 20


def members(
    session: Session, scope: Scope, *, created: str, title: str
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the WACZ as a member of the bag, if any page was fetched at all."""
    query = pages_query(scope)
    if session.execute(query.with_only_columns(Snapshot.id).limit(1)).first() is None:
        return
    yield NAME, _content(session, query, created, title)


def pages_query(scope: Scope) -> Select[Any]:
    """Select the fetched pages of the sources in a scope with their bytes, oldest first."""
    return (
        select(Snapshot, Blob.content, Source.title)
        .join(Blob, Blob.sha256 == Snapshot.sha256)
        .join(Source, Source.id == Snapshot.source_id)
        .where(Snapshot.source_id.in_(scope.sources()), Snapshot.http.is_not(None))  # type: ignore[attr-defined,union-attr]
        .order_by(Snapshot.id)
    )


def _content(session: Session, query: Select[Any], created: str, title: str) -> Iterator[bytes]:
    with tempfile.SpooledTemporaryFile(CHUNK) as file:
        write_wacz(file, _pages(session, query), created=created, title=title)  # type: ignore[arg-type]
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _pages(session: Session, query: Select[Any]) -> Iterator[Page]:
    for row in session.execute(query.execution_options(yield_per=1)):
        http = row.Snapshot.http
        yield Page(
            id=row.Snapshot.uuid,
            url=row.Snapshot.final_url or "",
            title=row.title or "",
            retrieved_at=row.Snapshot.retrieved_at,
            status=http["status"],
            headers=tuple((name, value) for name, value in http["headers"]),
            content=row.content,
        )
