"""
How much a statement wants checking, and why: a small linear model over features with names.

The weights stand in `checkworthy.toml`; each score names the features that made it.
"""

from __future__ import annotations

import math
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.extraction.records import CheckWorthiness

#: Reasons given with a score.
MOST_REASONS = 4


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """Return the bias and the features with their weights, patterns and words."""
    with Path(__file__).with_name("checkworthy.toml").open("rb") as file:
        read = tomllib.load(file)
    for feature in read["features"]:
        feature["compiled"] = re.compile(feature["pattern"])
    return read


def score(text: str) -> CheckWorthiness:
    """Return the check-worthiness of a statement."""
    known = table()
    present = [f for f in known["features"] if f["compiled"].search(text)]
    total = known["bias"] + sum(feature["weight"] for feature in present)
    strongest = sorted(present, key=lambda f: -abs(f["weight"]))[:MOST_REASONS]
    return CheckWorthiness(
        score=round(1 / (1 + math.exp(-total)), 4),
        reasons=tuple(feature["reason"] for feature in strongest),
    )
