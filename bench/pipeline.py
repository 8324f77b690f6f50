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

#: How often each text is read by both; of each the least time counts, since what else the
#: machine does can only add to it.
ROUNDS = 3


def texts(shared: Path) -> list[str]:
    """Return news to measure on: the shared articles where they are, else the examples."""
    data = shared / "data" / "meantime.gold.jsonl"
    if data.exists():
        lines = data.read_text("utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines[:60]]
    return [path.read_text("utf-8") for path in sorted((HERE.parent / "seeds/articles").glob("*"))]


def _cpu_seconds(work: Callable[[str], Any], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def run(shared: Path) -> dict[str, Any]:
    """Return words per CPU second of both, and their ratio; they read each text in turns."""
    found = texts(shared)
    words = sum(len(text.split()) for text in found)
    engine = load_engine()
    readers: tuple[Callable[[str], Any], Callable[[str], Any]] = (
        engine,
        lambda text: extract(text, dateline=date(2021, 12, 14), language="en"),
    )
    for read in readers:
        read(found[0])
    bare = whole = 0.0
    for text in found:
        pairs = [[_cpu_seconds(read, text) for read in readers] for _ in range(ROUNDS)]
        bare += min(pair[0] for pair in pairs)
        whole += min(pair[1] for pair in pairs)
    return {
        "words": words,
        "bare words per CPU second": round(words / bare),
        "pipeline words per CPU second": round(words / whole),
        "ratio": round(bare / whole, 3),
    }
