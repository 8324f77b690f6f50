"""
How well the claim already checked is found, and how fast: `python -m bench.matching`.

The claims of the shared data are stored in a real SQLite database, each in an article of its own
with its title and day, and every post of the development half is looked up by the function that
the API uses, on one core. Beside it stands what the full-text index finds alone.

    python -m bench.matching --corpus C --queries Q --qrels R [--predictions run.jsonl]
"""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from claims.matching.index import find_matches
from claims.models import Claim
from db import Database
from migrations.running import upgrade
from sources.models import Article

Record = Mapping[str, Any]
Run = dict[str, list[str]]
#: The day of a claim whose review has none.
_NO_DAY = "1900-01-01"


def run(shared: Path) -> dict[str, Any]:
    """Return the scores of the development half, and milliseconds for each post."""
    folder = shared / "data" / "ct22_2a"
    corpus, queries = lines(folder / "corpus.jsonl"), lines(folder / "queries.dev.jsonl")
    with stored(corpus) as (session, names):
        found, milliseconds = look_up(session, names, queries, _ours)
        alone, milliseconds_alone = look_up(session, names, queries, _bm25)
    right = relevant(lines(folder / "qrels.dev.jsonl"))
    return {
        "claims": len(corpus),
        "map_at_5": round(mean_precision(found, right), 4),
        "map_at_5_bm25_alone": round(mean_precision(alone, right), 4),
        "ms_per_query": round(milliseconds, 1),
        "ms_per_query_bm25_alone": round(milliseconds_alone, 1),
    }


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


def look_up(
    session: Session,
    names: Mapping[int, str],
    queries: Sequence[Record],
    find: Callable[[Session, str], list[int]],
) -> tuple[Run, float]:
    """Return the ranking for each post, and the mean milliseconds of CPU."""
    started = time.process_time()
    found = {query["id"]: [names[key] for key in find(session, query["text"])] for query in queries}
    return found, (time.process_time() - started) / max(len(queries), 1) * 1_000


def _ours(session: Session, words: str) -> list[int]:
    return [match.claim_id for match in find_matches(session, words, most=10)]


def _bm25(session: Session, words: str) -> list[int]:
    """Return what the full-text indexes of claims and titles find, their ranks added up."""
    found = dict.fromkeys(re.findall(r"\w+", words.lower()))
    statement = (
        "SELECT claim.id, claim_fts.rank + coalesce(t.rank, 0) AS total FROM claim_fts "
        "JOIN claim ON claim.id = claim_fts.rowid LEFT JOIN (SELECT rowid, rank FROM article_fts "
        "WHERE article_fts MATCH :words) t ON t.rowid = claim.article_id "
        "WHERE claim_fts MATCH :words ORDER BY total LIMIT 10"
    )
    wanted = " OR ".join(f'"{word}"' for word in found)
    return list(session.execute(text(statement), {"words": wanted}).scalars())
