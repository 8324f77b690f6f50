"""
Fit the weights of matching on the training posts and write their table.

    python -m bench.fit_matching [../shared]

Each post's candidates come from the same index as in the product. The weights make the right
claim the likeliest of its post's candidates (a softmax over them, with a penalty on the
squares); printed is the mean average precision on posts that a fold's weights have not seen.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from bench.posts import lines, mean_precision, relevant, stored
from claims.matching import features, index

_PENALTY = 0.5
_STEPS, _RATE = 400, 0.05
_FOLDS = 5
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """A post's candidates: their names, their features, and which are right."""

    query: str
    names: Sequence[str]
    rows: Sequence[dict[str, float]]
    right: Sequence[bool]


def samples(
    session: Session, names: dict[int, str], queries: Sequence[Any], right: dict[str, set[str]]
) -> list[Sample]:
    """Return every post with its candidates."""
    found = []
    for query in queries:
        pairs = index.features_for(session, query["text"])
        ids = [names[key] for key, _ in pairs]
        hits = [name in right[query["id"]] for name in ids]
        found.append(Sample(query["id"], ids, [row for _, row in pairs], hits))
    return found


def fit(known: Sequence[Sample]) -> dict[str, float]:
    """Return the weight of every feature."""
    useful = [sample for sample in known if any(sample.right)]
    columns = sorted({name for sample in useful for row in sample.rows for name in row})
    matrix = np.array([[row.get(name, 0.0) for name in columns] for s in useful for row in s.rows])
    spread = matrix.std(axis=0) + 1e-9
    sizes = [len(sample.rows) for sample in useful]
    target = np.concatenate([np.array(s.right, dtype=float) / sum(s.right) for s in useful])
    weight = descend((matrix - matrix.mean(axis=0)) / spread, sizes, target) / spread
    return {name: float(weight[i]) for i, name in enumerate(columns)}


def descend(matrix: Floats, sizes: Sequence[int], target: Floats) -> Floats:
    """Minimise the penalised loss of the softmax over each post's candidates, by Adam."""
    starts = np.cumsum([0, *sizes[:-1]])
    post = np.repeat(np.arange(len(sizes)), sizes)
    weight = np.zeros(matrix.shape[1])
    mean, square = weight.copy(), weight.copy()
    for step in range(1, _STEPS + 1):
        raw = matrix @ weight
        likely = np.exp(raw - np.maximum.reduceat(raw, starts)[post])
        likely /= np.add.reduceat(likely, starts)[post]
        slope = matrix.T @ (likely - target) + _PENALTY * weight
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weight -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weight


def totals(sample: Sample, weights: dict[str, float]) -> list[float]:
    """Return each candidate's score."""
    return [sum(weights.get(n, 0.0) * v for n, v in row.items()) for row in sample.rows]


def ranked(sample: Sample, weights: dict[str, float]) -> list[str]:
    """Return the candidates, best first."""
    scores = totals(sample, weights)
    return [sample.names[i] for i in np.argsort([-s for s in scores], kind="stable")]


def bias_of(known: Sequence[Sample], weights: dict[str, float]) -> float:
    """Return what makes the score 0 halfway between right claims and the best wrong ones."""
    right, wrong = [], []
    for sample in known:
        scores = totals(sample, weights)
        right += [s for s, hit in zip(scores, sample.right, strict=True) if hit]
        wrong += sorted(s for s, hit in zip(scores, sample.right, strict=True) if not hit)[-1:]
    return -(float(np.median(right)) + float(np.median(wrong))) / 2


def unseen(known: Sequence[Sample], right: dict[str, set[str]]) -> float:
    """Return the mean average precision on posts that the weights have not seen."""
    run = {}
    for fold in range(_FOLDS):
        weights = fit([s for i, s in enumerate(known) if i % _FOLDS != fold])
        run |= {s.query: ranked(s, weights) for s in known[fold::_FOLDS]}
    return mean_precision(run, right)


def write(weights: dict[str, float], bias: float, path: Path) -> None:
    """Write the table, the heaviest first."""
    text = [
        "# What each feature adds to the score of a pair; at 0 it is as likely the same as not.",
        "# Written by bench/fit_matching.py.",
        "",
        f"bias = {bias:.2f}",
        "",
        "[weights]",
        *(f"{name} = {weights[name]:.2f}" for name in sorted(weights, key=lambda n: -weights[n])),
    ]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")


def main() -> None:
    """Fit on all training posts and write the table."""
    root = Path(__file__).resolve().parents[1]
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent / "shared"
    folder = shared / "data" / "ct22_2a"
    right = relevant(lines(folder / "qrels.train.jsonl"))
    with stored(lines(folder / "corpus.jsonl")) as (session, names):
        known = samples(session, names, lines(folder / "queries.train.jsonl"), right)
    found = sum(any(sample.right) for sample in known)
    print(f"candidates hold the right claim: {found / len(known):.4f}")
    print(f"MAP@5 on posts not seen: {unseen(known, right):.4f}")
    weights = fit(known)
    write(weights, bias_of(known, weights), Path(features.__file__).parent / "weights.toml")


if __name__ == "__main__":
    main()
