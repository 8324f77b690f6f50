"""Words per CPU second of the whole pipeline beside the bare language model, in one run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from claims.extraction.engine import load_engine
from claims.extraction.pipeline import extract

HERE = Path(__file__).resolve().parent

#: How often the texts are read, so that a run is long enough to be measured.
ROUNDS = 8


def texts(shared: Path) -> list[str]:
    """Return news to measure on: the shared articles where they are, else the examples."""
    data = shared / "data" / "meantime.gold.jsonl"
    if data.exists():
        lines = data.read_text("utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines[:60]]
    return [path.read_text("utf-8") for path in sorted((HERE.parent / "seeds/articles").glob("*"))]


def _cpu_seconds(work: Callable[[str], Any], found: list[str]) -> float:
    start = time.process_time()
    for text in found:
        work(text)
    return time.process_time() - start


def run(shared: Path) -> dict[str, Any]:
    """Return words per CPU second of both, and their ratio, taken in turns."""
    found = texts(shared)
    words = sum(len(text.split()) for text in found)
    engine = load_engine()
    day = date(2021, 12, 14)
    engine(found[0])
    extract(found[0], dateline=day)
    bare = whole = 0.0
    for _ in range(max(1, ROUNDS // max(1, len(found) // 8))):
        bare += _cpu_seconds(engine, found)
        whole += _cpu_seconds(lambda text: extract(text, dateline=day, language="en"), found)
    return {
        "words": words,
        "bare words per CPU second": round(words / bare),
        "pipeline words per CPU second": round(words / whole),
        "ratio": round(bare / whole, 3),
    }
