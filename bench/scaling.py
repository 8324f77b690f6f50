"""
How the time of the analysis grows with hostile texts: `python -m bench.scaling [../shared]`.

The families of texts are those of the shared harness, doubled in size to a megabyte; here they go
through the pipeline itself, so that seconds are the processor's. Texts that are refused for their
size end their family.
"""

from __future__ import annotations

import json
import math
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from claims.extraction.engine import load_engine
from claims.extraction.html import read_html
from claims.extraction.pipeline import extract
from errors import ExtractionError

START, MOST = 16_000, 1_000_000

#: Seconds under which growth says nothing.
FLOOR = 0.05


def run(shared: Path) -> dict[str, Any]:
    """Return the steepest growth and the slowest text of all families, as text and as page."""
    load_engine()("Warm.")
    slopes, slowest = {}, {}
    for name, family in families(shared / "harness" / "scaling.py").items():
        for way, work in (("text", _text), ("page", read_html)):
            times = _times(family, work)
            if not times:
                continue
            label = f"{name} ({way})"
            slopes[label] = _slope(times)
            slowest[label] = max(seconds / size * 100_000 for size, seconds in times)
            print(f"{label}: {slopes[label]:.2f}, {slowest[label]:.2f} s", file=sys.stderr)
    steep, slow = max(slopes, key=slopes.__getitem__), max(slowest, key=slowest.__getitem__)
    return {
        "steepest slope": round(slopes[steep], 2),
        "steepest": steep,
        "slowest, s per 100 kB": round(slowest[slow], 2),
        "slowest": slow,
    }


def families(script: Path) -> dict[str, Callable[[int], str]]:
    """Return the harness's makers of texts: its table stands alone, without its command line."""
    found = re.search(r"^R = .*?^}", script.read_text("utf-8"), re.S | re.M)
    assert found is not None
    names: dict[str, Any] = {}
    exec(found[0], names)
    table: dict[str, Callable[[int], str]] = names["FAMILIES"]
    return table


def _text(text: str) -> None:
    extract(text, dateline=date(2021, 12, 14), language="en")


def _times(family: Callable[[int], str], work: Callable[[str], Any]) -> list[tuple[int, float]]:
    found = []
    size = START
    while size <= MOST:
        text = family(size)
        began = time.process_time()
        try:
            work(text)
        except ExtractionError:
            break
        found.append((size, time.process_time() - began))
        size *= 2
    return found


def _slope(times: list[tuple[int, float]]) -> float:
    """Return by which power of the size the time grows, over the last doublings that cost much."""
    hot = [(size, seconds) for size, seconds in times if seconds > FLOOR][-4:]
    if len(hot) < 2:
        return 0.0
    (small, quick), (large, slow) = hot[0], hot[-1]
    return math.log(slow / quick) / math.log(large / small)


def main() -> None:
    """Print the figures."""
    root = Path(__file__).resolve().parents[1]
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent / "shared"
    print(json.dumps(run(shared), indent=2))


if __name__ == "__main__":
    main()
