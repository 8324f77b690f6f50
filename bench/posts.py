"""The posts of the shared data with the claims that answer them, and these claims in a database."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from claims.models import Claim
from db import Database
from migrations.running import upgrade
from sources.models import Article

Record = Mapping[str, Any]
Run = dict[str, list[str]]
#: The day of a claim whose review has none.
_NO_DAY = "1900-01-01"


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def relevant(qrels: Iterable[Record]) -> dict[str, set[str]]:
    """Return which claims answer each post."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in qrels:
        found[line["qid"]].add(line["did"])
    return found


def mean_precision(found: Run, right: Mapping[str, set[str]], most: int = 5) -> float:
    """Return the mean average precision at `most`."""
    total = 0.0
    for query, wanted in right.items():
        hits = 0
        for place, name in enumerate(found.get(query, [])[:most], 1):
            if name in wanted:
                hits += 1
                total += hits / place / min(len(wanted), most)
    return total / len(right)


@contextmanager
def stored(corpus: Sequence[Record]) -> Iterator[tuple[Session, dict[int, str]]]:
    """Store claims in a database of their own; gives a session and the claims' names by key."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/dateline.db")
        upgrade(database)
        rows = [_rows(number, record) for number, record in enumerate(corpus, 1)]
        with database.writing() as session:
            session.execute(insert(Article), [article for article, _ in rows])
            session.execute(insert(Claim), [claim for _, claim in rows])
        names = {number: record["id"] for number, record in enumerate(corpus, 1)}
        with database.read_session() as session:
            yield session, names
        database.engine.dispose()


def _rows(number: int, record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the rows of an article and of its one claim, as their events would make them."""
    words, at = record["text"], "2022-01-01T00:00:00.000000Z"
    article = {
        "id": number,
        "uuid": f"article-{number}",
        "version": 1,
        "title": record["title"],
        "published_on": day_of(record.get("date", "")),
        "ingested_at": at,
        "updated_at": at,
        "language": "en",
        "credits": [],
        "text_version": 1,
        "text_sha256": "",
        "text_length": len(words),
        "source_uuid": f"source-{number}",
        "since": 0,
    }
    claim = {
        "id": number,
        "uuid": f"claim-{number}",
        "article_id": number,
        "version": 1,
        "created_at": at,
        "updated_at": at,
        "text": words,
        "text_version": 1,
        "start": 0,
        "end": len(words),
        "anchor": "exact",
        "basis": "extracted",
        "kind": "description",
        "modality": "asserted",
        "is_checkable": True,
        "score": 0.5,
        "status": "unreviewed",
        "since": 0,
        **dict.fromkeys(("prefix", "suffix", "text_sha256"), ""),
        **{name: [] for name in ("replacements", "topics", "reasons", "quantities", "entities")},
    }
    return article, claim


def day_of(printed: str) -> str:
    """Return the day of a review, printed as `6 March 2021`."""
    try:
        return datetime.strptime(printed, "%d %B %Y").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        return _NO_DAY
