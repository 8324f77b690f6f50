"""
How well conflicts are told from look-alikes: `python -m bench.conflicts`.

Each labelled pair of sentences goes through the real extraction; a pair counts by its most
telling claims.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from claims.conflicts import Comparison, Outcome, Statement, compare
from claims.extraction.pipeline import extract
from claims.similar import statement_of_candidate

_TESTS = Path(__file__).resolve().parents[1] / "tests"
PAIRS = _TESTS / "claims" / "conflict_pairs.json"

#: The day that the articles are read as of.
_SOME_DAY = "2023-05-10"

#: What a pair of sentences counts as, if some of its claims stand like this: the first that does.
_TELLING = (
    Outcome.CONTRADICTS,
    Outcome.UPDATES,
    Outcome.REFINES,
    Outcome.REPEATS,
    Outcome.NOT_COMPARABLE,
    Outcome.UNRELATED,
)


def run(_shared: Path) -> dict[str, Any]:
    """Return precision and recall on the labelled pairs, and what is found within one article."""
    return score(json.loads(PAIRS.read_text("utf-8"))) | within_articles()


def score(pairs: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return precision and recall of `contradicts`, and the share of all relations told right."""
    counts: Counter[str] = Counter()
    for pair in pairs:
        found, wanted = outcome_of(pair).outcome.value, pair["relation"]
        counts["right"] += found == wanted
        counts["found"] += found == "contradicts"
        counts["wanted"] += wanted == "contradicts"
        counts["hit"] += found == wanted == "contradicts"
    return {
        "pairs": len(pairs),
        "contradicts_precision": round(counts["hit"] / max(counts["found"], 1), 4),
        "contradicts_recall": round(counts["hit"] / max(counts["wanted"], 1), 4),
        "relations_right": round(counts["right"] / len(pairs), 4),
    }


def within_articles() -> dict[str, Any]:
    """
    Compare all claims of each test article with each other.

    An article hardly ever contradicts itself: what is found is nearly always a false alarm.
    """
    outcomes, seconds = [], 0.0
    for path in sorted((_TESTS / "articles").glob("*.txt")):
        claims = _statements(path.read_text("utf-8"), _SOME_DAY)
        started = time.process_time()
        outcomes += [compare(*pair).outcome for pair in itertools.combinations(claims, 2)]
        seconds += time.process_time() - started
    return {
        "pairs_within_articles": len(outcomes),
        "contradicts_within_articles": outcomes.count(Outcome.CONTRADICTS),
        "microseconds_each": round(seconds / max(len(outcomes), 1) * 1e6),
    }


def _statements(text: str, day: str) -> list[Statement]:
    found = extract(text, dateline=date.fromisoformat(day), language="en")
    return [statement_of_candidate(c, text, day) for c in found.candidates]


def outcome_of(pair: Mapping[str, Any]) -> Comparison:
    """Return how the claims of two sentences stand to each other."""
    texts = pair["one"], pair["other"]
    sides = [_statements(*side) for side in zip(texts, pair["published_on"], strict=True)]
    compared = [compare(one, other) for one in sides[0] for other in sides[1]]
    nothing = [Comparison(Outcome.UNRELATED, "One of them makes no claim.")]
    return min(compared or nothing, key=lambda c: (_TELLING.index(c.outcome), -c.overlap))


def main() -> None:
    """Print the figures, and with `-v` each pair that is told wrong."""
    pairs = json.loads(PAIRS.read_text("utf-8"))
    print(json.dumps(score(pairs), indent=2))
    if "-v" in sys.argv:
        for pair in pairs:
            found = outcome_of(pair)
            if found.outcome.value != pair["relation"]:
                print(pair["id"], pair["relation"], "->", found.outcome.value, found.explanation)
                print("   ", pair["one"], "|", pair["other"])


if __name__ == "__main__":
    main()
