"""
How well check-worthiness is told: `python -m bench.checkworthy [../shared]`.

Four folds; features, how they count and weights come from the other three each time. Scored by
the shared scorer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.fit_checkworthy import crossed, statements


def run(shared: Path) -> dict[str, Any]:
    """Return the scorer's figures for scores by weights that never saw the statement."""
    gold = shared / "data/claimbuster_train.jsonl"
    rows, labels, lines = statements(gold)
    scores = crossed(rows, labels)
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder, "found.jsonl")
        told = [
            json.dumps({"id": line["id"], "score": score})
            for line, score in zip(lines, scores, strict=True)
        ]
        found.write_text("\n".join(told), "utf-8")
        scorer = shared / "scorers/checkworthy_score.py"
        command = [sys.executable, str(scorer), "--gold", str(gold), "--predictions", str(found)]
        output = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(output.stdout)
    return figures


def main() -> None:
    """Print the figures."""
    root = Path(__file__).resolve().parents[1]
    print(json.dumps(run(Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent / "shared")))


if __name__ == "__main__":
    main()
