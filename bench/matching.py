"""
How well the claim already checked is found, and how fast.

The claims of the shared data are stored in a real SQLite database, each in an article of its own
with its title and day, and every post of the development half is looked up by the function that
the API uses, on one core. Beside it stands what the full-text index finds alone, and how well the
posts of the training half are answered by weights that have not seen them.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from bench.fit_matching import samples, unseen
from bench.posts import Record, Run, lines, mean_precision, relevant, stored
from claims.matching.index import find_matches


def run(shared: Path) -> dict[str, Any]:
    """Return the scores of both halves, and milliseconds of CPU for each post."""
    folder = shared / "data" / "ct22_2a"
    corpus, queries = lines(folder / "corpus.jsonl"), lines(folder / "queries.dev.jsonl")
    known = relevant(lines(folder / "qrels.train.jsonl"))
    with stored(corpus) as (session, names):
        found, ours = look_up(session, names, queries, _ours)
        alone, theirs = look_up(session, names, queries, _bm25)
        training = samples(session, names, lines(folder / "queries.train.jsonl"), known)
    right = relevant(lines(folder / "qrels.dev.jsonl"))
    return {
        "claims": len(corpus),
        "map_at_5": round(mean_precision(found, right), 4),
        "map_at_5_bm25_alone": round(mean_precision(alone, right), 4),
        "map_at_5_training_unseen": round(unseen(training, known), 4),
        "ms_per_query": _spread(ours),
        "ms_per_query_bm25_alone": _spread(theirs),
    }


def look_up(
    session: Session,
    names: Mapping[int, str],
    queries: Sequence[Record],
    find: Callable[[Session, str], list[int]],
) -> tuple[Run, list[float]]:
    """Return the ranking for each post, and the milliseconds of CPU that each took."""
    # The first one reads how frequent the words are, which is kept.
    find(session, "A first one")
    found, taken = {}, []
    for query in queries:
        started = time.process_time()
        keys = find(session, query["text"])
        taken.append((time.process_time() - started) * 1_000)
        found[query["id"]] = [names[key] for key in keys]
    return found, taken


def _spread(taken: Sequence[float]) -> dict[str, float]:
    return {
        "mean": round(statistics.fmean(taken), 1),
        "median": round(statistics.median(taken), 1),
        "p95": round(statistics.quantiles(taken, n=20)[-1], 1),
    }


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
