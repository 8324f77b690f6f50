"""Whether what Dateline holds is what its log says: tables against a replay, blobs, the log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import MetaData, Table, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

import claims.projectors
import sources.projectors
from claims import models as claim_models
from db import Database
from ledger import history, log
from ledger.audit import problems_of_log
from sources import models as source_models
from sources.models import Blob, Snapshot

#: Importing a room's projectors is what registers them.
PROJECTORS = (claims.projectors, sources.projectors)

#: The tables that are projections of the log, parents before children.
PROJECTED: tuple[type[SQLModel], ...] = (
    source_models.Article,
    source_models.ArticleText,
    source_models.Source,
    source_models.Snapshot,
    source_models.Derivation,
    claim_models.Claim,
    claim_models.ClaimTopic,
    claim_models.ClaimEntity,
    claim_models.ClaimQuantity,
    claim_models.Finding,
    claim_models.Evidence,
    claim_models.ClaimRelation,
    claim_models.SegmentMark,
)


def problems(session: Session) -> Iterator[str]:
    """Yield everything that is not as it was recorded, naming record and place."""
    found_any = False
    for found in problems_of_log(session):
        found_any = True
        yield found
    yield from problems_of_blobs(session)
    if not found_any:
        # A replay of a broken log would only repeat its fault in other words.
        yield from problems_of_tables(session)


def problems_of_blobs(session: Session) -> Iterator[str]:
    """Yield the snapshots whose bytes are gone or are not the ones taken."""
    known = set(session.execute(select(Snapshot.sha256)).scalars())
    statement = select(Blob).execution_options(yield_per=10)
    for blob in session.execute(statement).scalars():
        known.discard(blob.sha256)
        if hashlib.sha256(blob.content).hexdigest() != blob.sha256:
            yield f"blob {blob.sha256}: the bytes have another digest"
        session.expunge(blob)
    for missing in sorted(known):
        yield f"blob {missing}: the bytes of a snapshot are gone"


def problems_of_tables(session: Session) -> Iterator[str]:
    """Replay the log into a fresh database in memory and compare every projected row."""
    fresh = Database("sqlite://")
    tables = [model.__table__ for model in PROJECTED]  # type: ignore[attr-defined]
    SQLModel.metadata.create_all(fresh.engine, tables=tables)
    past = MetaData()
    with fresh.write_session() as copy:
        history.follow(copy.connection(), tables)
        log.replay(copy, log.events(session))
        for table in tables:
            keys = [column.name for column in table.primary_key]
            yield from _differences(session, copy, table, keys)
            if history.has_history(table):
                ended = history.history_of(table, past)
                yield from _differences(session, copy, ended, [*keys, "until"])
        copy.rollback()
    fresh.engine.dispose()


def _differences(session: Session, copy: Session, table: Table, keys: list[str]) -> Iterator[str]:
    expected = _rows(copy, table, keys)
    held = _rows(session, table, keys)
    left, right = next(expected, None), next(held, None)
    while left or right:
        if right is None or (left is not None and left[0] < right[0]):
            assert left is not None
            yield f"{table.name} {_place(left[0])}: the row is missing"
            left = next(expected, None)
        elif left is None or right[0] < left[0]:
            yield f"{table.name} {_place(right[0])}: the log knows no such row"
            right = next(held, None)
        else:
            for name, value in left[1].items():
                if right[1][name] != value:
                    yield f"{table.name} {_place(left[0])}: {name} is not what the log says"
            left, right = next(expected, None), next(held, None)


def _rows(
    session: Session, table: Table, keys: list[str]
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    order = [table.c[name] for name in keys]
    # How rows of the past are counted is the database's own business.
    columns = [column for column in table.columns if column.name != "entry"]
    statement = select(*columns).order_by(*order).execution_options(yield_per=log.BATCH)
    rows = session.execute(statement).mappings()
    found = ((tuple(row[name] for name in keys), dict(row)) for row in rows)
    # Databases sort text differently: compare in Python's order where keys hold text.
    return iter(sorted(found, key=lambda item: item[0])) if len(keys) > 1 else found


def _place(key: tuple[Any, ...]) -> str:
    return "/".join(str(part) for part in key)
