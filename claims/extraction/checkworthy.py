"""
How much a statement wants checking, and why: a small linear model over features with names.

The weights stand in `checkworthy.toml`, fitted by `bench/fit_checkworthy.py`; each score names
the features that made it, strongest first, of those that a reader can see in the statement. What a
score does at run time is to add them up.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc
from spacy.tokens import Span as Words

from claims.extraction.records import CheckWorthiness
from claims.extraction.worth_features import features_of, is_readable

#: Reasons given with a score.
MOST_REASONS = 4


@lru_cache(maxsize=1)
def table() -> tuple[float, Mapping[str, float]]:
    """Return the bias, and the weights of the features by their names."""
    with Path(__file__).with_name("checkworthy.toml").open("rb") as file:
        read = tomllib.load(file)
    return read["bias"], read["weights"]


def score(words: Words | Doc) -> CheckWorthiness:
    """Return the check-worthiness of a parsed statement."""
    bias, weights = table()
    present = {name: weights[name] for name in features_of(words) if name in weights}
    # In one order, so that the same statement has the same score to the last digit.
    total = bias + math.fsum(present.values())
    strongest = sorted(present, key=lambda name: (-abs(present[name]), name))
    told = islice(filter(is_readable, strongest), MOST_REASONS)
    return CheckWorthiness(
        score=round(1 / (1 + math.exp(-total)), 4),
        reasons=tuple(n if present[n] > 0 else f"against it: {n}" for n in told),
    )
