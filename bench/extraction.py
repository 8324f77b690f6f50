"""
All that extraction is measured by, as one table: `python -m bench.extraction [../shared]`.

Each figure comes from the scorers and the data of the shared folder, which stands beside the
project, and from the bench of its part (`times`, `amounts`, `attribution`, `checkworthy`,
`matching`, `pipeline`, `scaling`); what is fitted is scored on folds that the fit never saw.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from claims import candidates
from claims.extraction.clean import find_dateline
from claims.extraction.pipeline import extract

#: A line of the table: what is measured, what the best of others reach, the goal, our figure.
Row = tuple[str, str, str, str]


def run(shared: Path) -> dict[str, Any]:
    """Return our column of the table, by the name of its line."""
    return {name: ours for name, _, _, ours in rows(shared)}


def rows(shared: Path) -> Iterator[Row]:
    """Yield the lines of the table as they are measured."""
    for part in (_times, _amounts, _attribution, _worth, _matching, _seed, _speed, _scaling):
        print(f"measuring {part.__name__.strip('_')} ...", file=sys.stderr, flush=True)
        try:
            yield from part(shared)
        except FileNotFoundError as error:
            print(f"not measured: {error.filename} is not here", file=sys.stderr)


def _bench(name: str) -> Callable[[Path], dict[str, Any]]:
    found: Callable[[Path], dict[str, Any]] = importlib.import_module(f"bench.{name}").run
    return found


def _times(shared: Path) -> Iterator[Row]:
    found = _bench("times")(shared)
    names = ("strict_F1", "relaxed_F1", "value_F1")
    for half, label in (("all", "all"), ("one half", "one half"), ("other half", "the other")):
        ours = " / ".join(_percent(found[half][name]) for name in names)
        best = "83.2 / 91 / 84" if half == "all" else ""
        goal = "86 / 93 / 85" if half == "all" else ""
        yield f"times: strict / relaxed / value F1, {label}", best, goal, ours
    yield "times: words per CPU second", "", "50,000", f"{found['words per CPU second']:,}"


def _percent(value: float) -> str:
    """Return a share as the table writes it; some scorers give it in percent already."""
    return f"{value * 100 if value <= 1 else value:.1f}"


def _amounts(shared: Path) -> Iterator[Row]:
    found = _bench("amounts")(shared)
    yield "amounts: value and unit F1", "0.645", "1.00", f"{found['f1']:.3f}"
    yield "amounts: words per CPU second", "", "50,000", f"{found['words_per_cpu_second']:,}"


def _attribution(shared: Path) -> Iterator[Row]:
    found = _bench("attribution")(shared)
    for half in ("all", "held_out"):
        ours = " / ".join(f"{found[half][name]:.3f}" for name in _ATTRIBUTION)
        label = "crossed fits" if half == "all" else "half that no rule was written on"
        best = "0.567 / 0.403 / 0.847 / 0.434" if half == "all" else ""
        goal = "0.72 / 0.55 / 0.88 / 0.60" if half == "all" else ""
        name = "attribution: content F1 at 0.3 / at 0.8, source, triple F1"
        yield f"{name}, {label}", best, goal, ours


#: The scorer's figures, in the order of the table.
_ATTRIBUTION = ("F1@0.3", "F1@0.8", "source_overlap_acc", "triple_F1")


def _worth(shared: Path) -> Iterator[Row]:
    found = _bench("checkworthy")(shared)
    yield "check-worthiness: F1, 4-fold", "0.777", "0.78", f"{found['F1']:.4f}"


def _matching(shared: Path) -> Iterator[Row]:
    if importlib.util.find_spec("claims.matching") is None:
        return
    found = _bench("matching")(shared)
    yield "claim already checked: MAP@5", "0.887", "0.93", f"{found['map_at_5']:.3f}"
    name = f"claim already checked: ms a query at {found['claims']:,} claims"
    yield name, "", "15", f"{found['ms_per_query']['mean']}"


def _seed(shared: Path) -> Iterator[Row]:
    """Score the one article whose claims are all known."""
    gold = shared / "gold" / "s500-india.json"
    text = gold.with_suffix(".txt").read_text("utf-8")
    day = find_dateline(text) or date(2021, 12, 14)
    found = [
        {
            **candidates.statement_of(claim, text),
            "text": text[claim.start : claim.end],
            "selector": {"start": claim.start, "end": claim.end},
        }
        for claim in extract(text, dateline=day).candidates
    ]
    with tempfile.TemporaryDirectory() as folder:
        claims = Path(folder, "claims.json")
        claims.write_text(json.dumps(found), "utf-8")
        scorer = shared / "scorers" / "claims_score.py"
        command = [sys.executable, str(scorer), "--gold", str(gold), "--claims", str(claims)]
        output = subprocess.run(command, capture_output=True, text=True, check=True)
    figures = json.loads(output.stdout)
    for name, goal in _SEED:
        if name in figures:
            yield f"known article: {name.replace('_', ' ')}", "", goal, str(figures[name])


#: The scorer's figures for the one article, with the goal of each.
_SEED = (
    ("f1", "0.95"),
    ("speaker", "all"),
    ("said_on", "all"),
    ("time", "all"),
    ("money", "all"),
    ("taken", "0"),
)


def _speed(shared: Path) -> Iterator[Row]:
    found = _bench("pipeline")(shared)
    words = f"{found['pipeline words per CPU second']:,}"
    yield "whole pipeline: words per CPU second", "", "", words
    yield "whole pipeline to the bare language model", "1", "0.8", f"{found['ratio']}"


def _scaling(shared: Path) -> Iterator[Row]:
    found = _bench("scaling")(shared)
    yield "hostile texts to 1 MB: steepest slope", "", "1.35", str(found["steepest slope"])
    yield "hostile texts: slowest, s per 100 kB", "", "2", str(found["slowest, s per 100 kB"])


def main() -> None:
    """Print the table as it grows."""
    root = Path(__file__).resolve().parents[1]
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent / "shared"
    print("| what | best of others | goal | Dateline |\n|---|---|---|---|")
    for row in rows(shared):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
