"""
How fast many are taken in: `python -m bench.ingest [CLAIMS]`.

Ready claims go through all that `flask ingest` does with a file of NDJSON (strict reader, schema,
log with commitments, tables, full-text index, copies looked for). Beside it, in the same run, every
row that came of it, the log's and its disclosures' too, is copied by plain `executemany` from
finished tuples into the same tables, with the same indexes, the same triggers, which fill the
full-text index as rows come, and the same settings (WAL, FULL, foreign keys). The copy writes a
table after the other and commits every 10,000 rows. Seconds are the processor's.

Then the words of invented articles that one and two processes analyse in a second, by the clock,
once each has its language model.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from claims.bulk.running import Crew, Defaults, take_in
from claims.extraction.worker import Analyst
from db import Database
from migrations.running import upgrade
from schemas.bulk import load_found

CLAIMS = 20_000
PER_ARTICLE = 20

_ENDS = tuple(x + y for x in "lmnrst" for y in ("", "a", "en", "ing", "os", "ured"))

#: Rows that plain inserts copy at a time.
_AT_ONCE = 10_000


#: Invented words, the first ones as often as a language's small words.
_WORDS = [a + b + c for a in "bdfgklmnprstv" for b in ("a", "e", "io", "u") for c in _ENDS]
_WEIGHTS = [1 / (rank + 2) for rank in range(len(_WORDS))]


def run(shared: Path) -> dict[str, Any]:
    """Return claims a second of both ways, their ratio, and what two processes gain."""
    return {**ready(CLAIMS), **analysis()}


def ready(claims: int) -> dict[str, Any]:
    """Return how ready claims come in beside plain inserts of the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "ready.ndjson")
        with file.open("w", encoding="utf-8") as lines:
            for number in range(claims // PER_ARTICLE):
                lines.write(json.dumps(invented(number)) + "\n")
        database = fresh(Path(folder, "ours.db"))
        began = time.process_time()
        report = _take_in(file, database, workers=1)
        ours = time.process_time() - began
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        database.engine.dispose()
        raw = _copied(Path(folder, "ours.db"), Path(folder, "raw.db"))
    return {
        "claims": report.claims,
        "claims a second": round(report.claims / ours),
        "plain inserts, claims a second": round(report.claims / raw),
        "ratio to plain inserts": round(raw / ours, 3),
        "most memory, MB": held,
    }


def fresh(path: Path) -> Database:
    """Return a new database with the newest schema."""
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    return database


def _take_in(
    file: Path, database: Database, *, workers: int, done: list[float] | None = None
) -> Any:
    """Take in a file; `done` gets the time at which each of its articles was read."""
    times = [] if done is None else done
    return take_in(
        [file],
        database,
        load_found,
        Defaults("2021-12-14"),
        Crew(Analyst(), workers),
        on_done=lambda _: times.append(time.perf_counter()),
        on_refused=lambda one: print(one.place, one.reason, file=sys.stderr),
    )


def _copied(ours: Path, raw: Path) -> float:
    """Return the processor's seconds that plain inserts of the same rows take."""
    database = fresh(raw)
    target = database.engine.raw_connection()
    source = sqlite3.connect(ours)
    seconds = 0.0
    for table in SQLModel.metadata.sorted_tables:
        there = source.execute(f"SELECT * FROM {table.name}")
        target.execute(f"DELETE FROM {table.name}")
        while rows := there.fetchmany(_AT_ONCE):
            marks = ",".join("?" * len(rows[0]))
            began = time.process_time()
            target.execute("BEGIN IMMEDIATE")
            target.cursor().executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
            target.commit()
            seconds += time.process_time() - began
    source.close()
    target.close()
    database.engine.dispose()
    return seconds


def invented(number: int) -> dict[str, Any]:
    """Return an article that brings its claims; like news, it says little that another says."""
    chance = random.Random(number)
    words, claims, place = [], [], 0
    for i in range(PER_ARTICLE):
        amount = f"{number + i + 2} million euros"
        own = " ".join(chance.choices(_WORDS, _WEIGHTS, k=6))
        line = f"Mayor {chr(65 + i % 26)}. Lind said {own} bridge cost {amount} in May 2020."
        start, end = place + line.index(own), place + len(line) - 1
        claims.append(_claim(line, own, start, end, amount, number + i + 2))
        words.append(f"{line} {' '.join(chance.choices(_WORDS, _WEIGHTS, k=8)).capitalize()}.")
        place += len(words[-1]) + 1
    return {
        "text": " ".join(words),
        "title": f"Bridges {number}",
        "published_on": "2021-12-14",
        "language": "en",
        "claims": claims,
    }


def _claim(line: str, own: str, start: int, end: int, amount: str, millions: int) -> dict[str, Any]:
    return {
        "selector": {"start": start, "end": end},
        "kind": "quantity",
        "topics": ["infrastructure", "deal_value"],
        "modality": "asserted",
        "checkable": True,
        "check_worthiness": {"score": 0.8, "reasons": ["states an amount", "names a time"]},
        "claimant": {"name": line.split(" said")[0].removeprefix("Mayor "), "role": "Mayor"},
        "attribution": {"verb": "say", "direct_quote": False},
        "time": {"earliest": "2020-05-01", "latest": "2020-05-31", "precision": "month"},
        "quantities": [
            {"kind": "money", "value": str(millions * 10**6), "unit": "EUR", "text": amount}
        ],
        "entities": [{"name": line.split(" said")[0].removeprefix("Mayor "), "type": "person"}],
        "normalized_text": line[line.index(own) : -1],
        "replacements": [],
    }


def analysis(articles: int = 60) -> dict[str, Any]:
    """Return the words a second of one process and of two, by the clock, and what two gain."""
    one, two = (_analysed(articles, workers) for workers in (1, 2))
    return {
        "words a second, one process": round(one),
        "words a second, two processes": round(two),
        "gain of two": round(two / one, 2),
    }


def _analysed(articles: int, workers: int) -> float:
    """
    Return words a second, from when each process has read its first article to all being kept.

    Until then each loads its language model, which of many articles is nothing.
    """
    texts = list(_articles(articles, workers))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "articles.ndjson")
        file.write_text("\n".join(json.dumps({"text": text}) for text in texts), "utf-8")
        database = fresh(Path(folder, "ours.db"))
        done: list[float] = []
        busy = sum(os.times()[:2])
        _take_in(file, database, workers=workers, done=done)
        seconds = time.perf_counter() - done[workers - 1]
        database.engine.dispose()
    print(f"{workers}: {sum(os.times()[:2]) - busy:.1f} s of CPU in the writer", file=sys.stderr)
    return sum(len(text.split()) for text in texts[workers:]) / seconds


def _articles(count: int, run: int) -> Iterator[str]:
    """Yield long articles of invented news, other ones for each run."""
    for number in range(count):
        yield " ".join(
            f"The council of Town {number}-{run}-{i} signed a ${i + 2} million contract with the "
            f"builder Lind on Monday, and Mayor Anna Borg told reporters that bridge {i} would "
            f"open in {2022 + i % 5}. She said the work had cost {i + 3} percent more than planned."
            for i in range(25)
        )


def main() -> None:
    """Print the figures."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    print(json.dumps({**ready(claims), **analysis()}, indent=2))


if __name__ == "__main__":
    main()
