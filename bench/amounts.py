"""
How well and how fast the amounts are read: `python -m bench.amounts`.

The figures come from the gold quantities in the shared folder, by the rules of its scorer, and
from the money and percents marked in its news articles; the folder stands beside the project.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from claims.extraction.amounts import find_amounts
from claims.extraction.records import Quantity, QuantityKind

SHARED = Path(
    os.environ.get("DATELINE_SHARED") or Path(__file__).resolve().parents[1].parent / "shared"
)
_KINDS = {"MONEY": QuantityKind.MONEY, "PERCENT": QuantityKind.PERCENT}


def run(shared: Path) -> dict[str, Any]:
    """Return the scores on the shared data and the words read in a second of CPU."""
    gold = _lines(shared / "scorers" / "quantity_gold.jsonl")
    articles = _lines(shared / "data" / "meantime.gold.jsonl")
    return {**_gold_scores(gold), **_recall(articles), "words_per_cpu_second": _speed(articles)}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def predictions(gold: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the scorer takes: every count, whatever it counts, has the unit `item`."""
    return [
        {"id": line["id"], "quantities": [_scored(found) for found in find_amounts(line["text"])]}
        for line in gold
    ]


def _scored(found: Quantity) -> dict[str, Any]:
    unit = "item" if found.kind is QuantityKind.COUNT else found.unit
    return {"text": found.text, "value": found.value, "unit": unit}


def _gold_scores(gold: list[dict[str, Any]]) -> dict[str, Any]:
    """Score value and unit as the shared scorer does."""
    wanted = predicted = right = 0
    for line, prediction in zip(gold, predictions(gold), strict=True):
        left = list(prediction["quantities"])
        wanted, predicted = wanted + len(line["quantities"]), predicted + len(left)
        for quantity in line["quantities"]:
            hits = [found for found in left if _same_value(found, quantity)]
            hit = next((found for found in hits if found["unit"] == quantity["unit"]), None)
            right += hit is not None
            if taken := hit or next(iter(hits), None):
                left.remove(taken)
    precision, recall = right / max(predicted, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"gold": wanted, "precision": precision, "recall": recall, "f1": f1}


def _same_value(found: dict[str, Any], quantity: dict[str, Any]) -> bool:
    value = quantity["value"]
    return found["value"] is not None and abs(float(found["value"]) - value) <= 1e-6 * max(
        1, abs(value)
    )


def _recall(articles: list[dict[str, Any]]) -> dict[str, float]:
    """Return how many of the marked money and percents overlap one found of the same kind."""
    hits = {kind: [0, 0] for kind in _KINDS}
    for article in articles:
        found = find_amounts(article["text"])
        for marked in article["values"]:
            if marked["type"] in _KINDS:
                hits[marked["type"]][0] += _overlaps(found, marked)
                hits[marked["type"]][1] += 1
    return {f"{kind.lower()}_recall": hit / of for kind, (hit, of) in hits.items()}


def _overlaps(found: tuple[Quantity, ...], marked: dict[str, Any]) -> bool:
    kind = _KINDS[marked["type"]]
    return any(
        amount.kind is kind and amount.start < marked["end"] and marked["start"] < amount.end
        for amount in found
    )


def _speed(articles: list[dict[str, Any]]) -> int:
    texts = [article["text"] for article in articles]
    words = sum(len(text.split()) for text in texts)
    started = time.process_time()
    for text in texts:
        find_amounts(text)
    return round(words / (time.process_time() - started))


def main() -> None:
    """Print the figures."""
    print(json.dumps(run(SHARED), indent=2))


if __name__ == "__main__":
    main()
