"""
Fit the weights of attribution on PolNeAR's development articles and write their table.

    python -m bench.fit_attribution [../shared]

A candidate counts as an attribution by how well its content covers one in the gold with the
same cue. Logistic regression with a penalty on the squares, in numpy; features seen only once
are left out. The rules were written with the tuned half in view (`is_tuned`); the table that is
shipped is fitted on all articles, and `bench/attribution.py` scores each by weights that never
saw it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.attribution import Sample, parsed
from claims.extraction.attribute.frames import Framer
from claims.extraction.attribute.speech import Speech
from claims.extraction.attribute.weighing import Weigher
from claims.extraction.tree import Tree

_WEIGHTS = Path(__file__).parent.parent / "claims/extraction/attribution_weights.toml"
_WORD = re.compile(r"\w+")
_PENALTY = 8.0
_RARE = 2
_STEPS = 250
#: Added to the bias: an attribution that is missed costs as much as one too many.
_LEAN = 0.9
Spans = list[list[int]]
Floats = NDArray[np.float64]
Example = tuple[list[str], float]


def covered(words: list[tuple[int, int]], spans: Spans) -> frozenset[int]:
    """Return which words touch any of the spans."""
    return frozenset(
        i for i, (s, e) in enumerate(words) if any(s < last and e > first for first, last in spans)
    )


def examples(sample: Sample) -> list[Example]:
    """Return the features of each candidate of an article and how right it is."""
    tree = Tree(sample.doc)
    speech = Speech(tree)
    weigher = Weigher(tree, speech, {})
    words = [(m.start(), m.end()) for m in _WORD.finditer(sample.doc.text)]
    gold = [(covered(words, a["content"]), a["cue"]) for a in sample.attributions]
    found = []
    for candidate in Framer(tree, speech).candidates():
        content = covered(words, [list(tree.span(r)) for r in candidate.content])
        first, last = tree.span((candidate.cue, candidate.cue + 1))
        overlaps = [
            len(right & content) / max(len(right), len(content))
            for right, cue in gold
            if right and content and any(s < last and e > first for s, e in cue)
        ]
        found.append((sorted(set(weigher.features(candidate))), grade(max(overlaps, default=0.0))))
    return found


def grade(overlap: float) -> float:
    """Return the target of a candidate: right, half right, or wrong."""
    if overlap >= 0.8:
        return 1.0
    return 0.6 if overlap >= 0.3 else 0.0


def fit(rows: list[Example]) -> dict[str, float]:
    """Return the weight of every feature."""
    counts = Counter(name for names, _ in rows for name in names)
    names = sorted(name for name, count in counts.items() if count >= _RARE)
    table = Features(rows, {name: i for i, name in enumerate(names)})
    weight = descend(table, np.array([right for _, right in rows]))
    weights = dict(zip(names, weight.tolist(), strict=True))
    weights["bias"] += _LEAN
    return weights


class Features:
    """Which features each example has: a matrix of ones, kept as the places of the ones."""

    def __init__(self, rows: list[Example], column: dict[str, int]) -> None:
        found = [[column[name] for name in names if name in column] for names, _ in rows]
        self.width = len(column)
        self.columns = np.array([i for row in found for i in row], dtype=np.int64)
        self.rows = np.repeat(np.arange(len(rows)), [len(row) for row in found])
        self.height = len(rows)

    def times(self, weight: Floats) -> Floats:
        """Return the sum of weights of each example."""
        return np.bincount(self.rows, weights=weight[self.columns], minlength=self.height)

    def across(self, values: Floats) -> Floats:
        """Return the sum of the examples' values for each feature."""
        return np.bincount(self.columns, weights=values[self.rows], minlength=self.width)


def descend(table: Features, target: Floats) -> Floats:
    """Minimise the penalised logistic loss with Nesterov's method."""
    weight: Floats = np.zeros(table.width)
    ahead = weight.copy()
    rate = 1.0 / (0.25 * steepest(table) + _PENALTY)
    for step in range(_STEPS):
        guess = 1.0 / (1.0 + np.exp(-np.clip(table.times(ahead), -30, 30)))
        new = ahead - rate * (table.across(guess - target) + _PENALTY * ahead)
        ahead = new + (step / (step + 3)) * (new - weight)
        weight = new
    return weight


def steepest(table: Features) -> float:
    """Return the largest eigenvalue of the features' products, by power iteration."""
    vector: Floats = np.ones(table.width)
    size = 1.0
    for _ in range(15):
        vector = table.across(table.times(vector))
        size = float(np.linalg.norm(vector))
        vector /= size
    return size * 1.05


def write(weights: dict[str, float], path: Path) -> None:
    """Write the table, the heaviest first within each kind of feature."""
    kept = {name: weight for name, weight in weights.items() if abs(weight) >= 0.02}
    lines = [
        "# What each feature of a candidate adds to its score; above 0 it is an attribution.",
        "# Written by bench/fit_attribution.py.",
        "",
        "[weights]",
    ]
    for name in sorted(kept, key=lambda n: (n.split(" ")[0], -abs(kept[n]), n)):
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'"{quoted}" = {kept[name]:.2f}')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit on all articles and write the table."""
    root = Path(__file__).resolve().parents[1]
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent / "shared"
    samples = parsed(shared / "data/polnear_dev.gold.jsonl")
    write(fit([row for sample in samples for row in examples(sample)]), _WEIGHTS)


if __name__ == "__main__":
    main()
