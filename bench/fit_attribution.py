"""
Fit the weights of attribution on the tuning half of PolNeAR and write their table.

    python -m bench.fit_attribution ../shared/data/polnear_dev.gold.jsonl

A candidate counts as an attribution by how well its content covers one in the gold with the
same cue. Logistic regression with a penalty on the squares, in numpy; features seen in fewer
than `--rare` candidates are left out.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.attribution import Sample, is_tuned, parsed
from claims.extraction.attribute.frames import Framer
from claims.extraction.attribute.speech import Speech
from claims.extraction.attribute.tree import Tree
from claims.extraction.attribute.weighing import Weigher

_WEIGHTS = Path(__file__).parent.parent / "claims/extraction/attribution_weights.toml"
_WORD = re.compile(r"\w+")
Spans = list[list[int]]
Floats = NDArray[np.float64]


def covered(words: list[tuple[int, int]], spans: Spans) -> frozenset[int]:
    """Return which words touch any of the spans."""
    return frozenset(
        i for i, (s, e) in enumerate(words) if any(s < last and e > first for first, last in spans)
    )


def examples(sample: Sample) -> list[tuple[list[str], float]]:
    """Return the features of each candidate of an article and how right it is."""
    tree = Tree(sample.doc)
    speech = Speech(tree)
    weigher = Weigher(tree, speech)
    words = [(m.start(), m.end()) for m in _WORD.finditer(sample.doc.text)]
    gold = [
        (covered(words, a["content"]), covered(words, a["cue"]), a["cue"])
        for a in sample.attributions
    ]
    found = []
    for candidate in Framer(tree, speech).candidates():
        content = covered(words, [list(tree.span(r)) for r in candidate.content])
        first, last = tree.span((candidate.cue, candidate.cue + 1))
        best = 0.0
        for right, _, cue in gold:
            if right and content and any(s < last and e > first for s, e in cue):
                best = max(best, len(right & content) / max(len(right), len(content)))
        found.append((list(dict.fromkeys(weigher.features(candidate))), grade(best)))
    return found


def grade(overlap: float) -> float:
    """Return the target of a candidate: whole, half right, or wrong."""
    if overlap >= 0.8:
        return 1.0
    return 0.6 if overlap >= 0.3 else 0.0


def fit(
    rows: list[tuple[list[str], float]], *, penalty: float, rare: int, steps: int = 600
) -> dict[str, float]:
    """Return the weight of every feature, by gradient descent with momentum."""
    counts = Counter(name for names, _ in rows for name in names)
    names = sorted(name for name, count in counts.items() if count >= rare)
    column = {name: i for i, name in enumerate(names)}
    matrix: Floats = np.zeros((len(rows), len(names)))
    for i, (found, _) in enumerate(rows):
        for name in found:
            if name in column:
                matrix[i, column[name]] = 1.0
    target = np.array([right for _, right in rows])
    weight = descend(matrix, target, penalty=penalty, steps=steps)
    return {name: float(weight[i]) for name, i in column.items()}


def descend(matrix: Floats, target: Floats, *, penalty: float, steps: int) -> Floats:
    """Minimise the penalised logistic loss with Nesterov's method."""
    weight = np.zeros(matrix.shape[1])
    ahead = weight.copy()
    rate = 4.0 / (float(np.square(matrix).sum(axis=1).max()) * len(target) * 0.35 + penalty)
    for step in range(steps):
        guess = 1.0 / (1.0 + np.exp(-np.clip(matrix @ ahead, -30, 30)))
        slope = matrix.T @ (guess - target) + penalty * ahead
        new = ahead - rate * slope
        ahead = new + (step / (step + 3)) * (new - weight)
        weight = new
    return weight


def write(weights: dict[str, float], path: Path) -> None:
    """Write the table, heaviest first within each kind of feature."""
    lines = [
        "# What each feature of a candidate adds to its score; above 0 it is an attribution.",
        "# Written by bench/fit_attribution.py.",
        "",
        "[weights]",
    ]
    kept = {name: w for name, w in weights.items() if abs(w) >= 0.02}
    for name in sorted(kept, key=lambda n: (n.split(" ")[0], -abs(kept[n]), n)):
        lines.append(
            f'"{name.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}" '
            f"= {kept[name]:.2f}"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(argv: list[str] | None = None) -> None:
    """Fit on the tuning half and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--penalty", type=float, default=2.0)
    parser.add_argument("--rare", type=int, default=2)
    parser.add_argument("--lean", type=float, default=0.7, help="added to the bias: finds more")
    options: Any = parser.parse_args(argv)
    rows = [row for s in parsed(options.gold) if is_tuned(s.id) for row in examples(s)]
    weights = fit(rows, penalty=options.penalty, rare=options.rare)
    weights["bias"] += options.lean
    write(weights, _WEIGHTS)


if __name__ == "__main__":
    main()
