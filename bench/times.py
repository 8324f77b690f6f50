"""Times on news beside their annotation: the shared scorer's figures, and words per CPU second."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from claims.extraction.times import find_times


def _day(document: dict[str, Any]) -> date:
    """Return a document's dateline; the few without a proper one get a day of no meaning."""
    given = document["dct"] or ""
    if re.fullmatch(r"\d\d-\d\d-\d{4}", given):
        # One document has its day written the other way round.
        given = "-".join(reversed(given.split("-")))
    return date.fromisoformat(given if re.fullmatch(r"\d{4}-\d\d-\d\d", given) else "2000-01-01")


def _figures(shared: Path, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """Run the scorer on some of the documents."""
    with tempfile.TemporaryDirectory() as folder:
        gold, found = Path(folder, "gold.jsonl"), Path(folder, "found.jsonl")
        gold.write_text("\n".join(json.dumps(document) for document in documents), "utf-8")
        rows = [
            {
                "id": document["id"],
                "timexes": [
                    {"start": t.start, "end": t.end, "type": t.type, "value": t.value}
                    for t in find_times(document["text"], _day(document))
                ],
            }
            for document in documents
        ]
        found.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
        scorer = shared / "scorers" / "timex_score.py"
        command = [sys.executable, str(scorer), "--gold", str(gold), "--predictions", str(found)]
        output = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    score = json.loads(output.stdout)
    return {name: score[name] for name in ("strict_F1", "relaxed_F1", "value_F1")}


def run(shared: Path) -> dict[str, Any]:
    """Return the figures for all documents, and for each half of them."""
    lines = (shared / "data" / "meantime.gold.jsonl").read_text("utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    halves: list[list[dict[str, Any]]] = [[], []]
    for document in documents:
        halves[hashlib.sha256(document["id"].encode()).digest()[0] & 1].append(document)
    start = time.process_time()
    for document in documents:
        find_times(document["text"], _day(document))
    seconds = time.process_time() - start
    words = sum(len(document["text"].split()) for document in documents)
    return {
        "all": _figures(shared, documents),
        "one half": _figures(shared, halves[0]),
        "other half": _figures(shared, halves[1]),
        "words per CPU second": round(words / seconds),
    }
