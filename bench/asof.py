"""What an answer about yesterday costs beside the same one now, and what keeping the past costs."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from claims import services
from claims.extraction.records import (
    Candidate,
    CheckWorthiness,
    Extraction,
    Kind,
    Modality,
    Segment,
)
from claims.models import Claim
from config import Settings
from ledger import clock, history
from ledger.past import tables
from migrations.running import upgrade
from permissions import SYSTEM

CLAIMS = 20_000
PER_ARTICLE = 100

#: One claim in so many was changed since yesterday.
CHANGED = 10

#: What is asked, now and as of yesterday.
QUESTIONS = {
    "newest": "/api/v1/claims?limit=20",
    "by time": "/api/v1/claims?limit=20&sort=time",
    "status and facets": "/api/v1/claims?status=unreviewed&facet=status,kind",
    "topic": "/api/v1/claims?topic=deal_value",
    "full text": "/api/v1/claims?q=bridge",
}


def _candidate(text: str, start: int, end: int, number: int) -> Candidate:
    return Candidate(
        start=start,
        end=end,
        kind=Kind.EVENT,
        modality=Modality.ASSERTED,
        is_checkable=True,
        check_worthiness=CheckWorthiness(0.5, ("names an amount",)),
        topics=("deal_value",) if number % 7 == 0 else (),
    )


def _add_article(session: Session, number: int) -> None:
    """Keep an article with a hundred claims, without a language model."""
    sentences = [f"In town {number} bridge {n} cost {n + 2} million." for n in range(PER_ARTICLE)]
    text = " ".join(sentences)
    found, segments, place = [], [], 0
    for n, sentence in enumerate(sentences):
        end = place + len(sentence)
        found.append(_candidate(text, place, end, n))
        segments.append(Segment(place, min(end + 1, len(text)), "claim"))
        place = end + 1
    extraction = Extraction("en", tuple(found), tuple(segments))
    services.ingest(session, text, extraction, published_on=date(2026, 1, 1), actor=SYSTEM)


def _correct(session: Session, key: int) -> None:
    claim = session.get_one(Claim, key)
    services.correct_claim(session, claim, {"kind": "law"}, actor=SYSTEM)


def _seconds(work: Callable[[], Any]) -> float:
    # Of this process alone: what else the machine does is not measured.
    start = time.process_time()
    work()
    return time.process_time() - start


@contextmanager
def _instance() -> Iterator[Any]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=Path(folder), testing=True))
        database = app.extensions["dateline.db"]
        upgrade(database)
        try:
            yield app
        finally:
            database.engine.dispose()


def _fill(database: Any, claims: int) -> None:
    for number in range(claims // PER_ARTICLE):
        with database.writing() as session:
            _add_article(session, number)


def _change(database: Any, most: int) -> None:
    with database.read_session() as session:
        keys = list(session.execute(select(Claim.id).where(Claim.id % CHANGED == 0)).scalars())
    for key in keys[:most]:
        with database.writing() as session:
            _correct(session, key)


def _reading(claims: int) -> dict[str, Any]:
    """Return milliseconds of each question now and as of yesterday, and their ratio."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    clock.source = lambda: now
    with _instance() as app:
        database, client = app.extensions["dateline.db"], app.test_client()
        _fill(database, claims)
        now += timedelta(days=2)
        _change(database, claims)
        found = {}
        for name, path in QUESTIONS.items():
            past = f"{path}&as_of=2026-03-02"
            pairs = [
                (_seconds(lambda p=path: client.get(p)), _seconds(lambda p=past: client.get(p)))
                for _ in range(9)
            ]
            here, then = (median(pair[side] for pair in pairs) * 1000 for side in (0, 1))
            found[name] = {
                "now ms": round(here, 1),
                "then ms": round(then, 1),
                "ratio": round(then / here, 2),
            }
        return found


def _writing(claims: int) -> dict[str, Any]:
    """Return what taking claims in, and changing them, costs with the past kept and without."""
    costs: dict[bool, list[float]] = {}
    for is_kept in (False, True):
        with _instance() as app:
            database = app.extensions["dateline.db"]
            if not is_kept:
                with database.writing() as session:
                    history.release(session.connection(), tables())
            costs[is_kept] = [
                _seconds(lambda d=database: _fill(d, claims)),
                _seconds(lambda d=database: _change(d, claims // CHANGED)),
            ]
    return {
        name: round(kept / bare, 3)
        for name, kept, bare in zip(
            ("taking in, ratio", "changing, ratio"), costs[True], costs[False], strict=True
        )
    }


def run(_shared: Path, claims: int = CLAIMS) -> dict[str, Any]:
    """Return the cost of the past in answers and in changes, each beside the present in one run."""
    source = clock.source
    try:
        return {"claims": claims, **_reading(claims), **_writing(claims // 5)}
    finally:
        clock.source = source
