"""
How well a claim that is held agrees with what is looked for. Pure.

Each feature is a number with a name; their weights stand in `weights.toml`, fitted by
`bench/fit_matching.py`. Rare words count more than frequent ones.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from claims.matching.reading import RUN, Held, Wanted
from claims.matching.words import stem

#: Tells how rare a stem is.
Rarity = Callable[[str], float]

_TABLE = tomllib.loads((Path(__file__).parent / "weights.toml").read_text("utf-8"))
WEIGHTS: Mapping[str, float] = _TABLE["weights"]
_BIAS: float = _TABLE["bias"]

#: Days from what is looked for to the claim, and the feature that says so.
_STEPS = (
    (-366, "days_long_before"),
    (-3, "days_before"),
    (0, "days_just_before"),
    (1, "days_same"),
    (2, "days_next"),
    (4, "days_3"),
    (8, "days_week"),
    (15, "days_fortnight"),
    (31, "days_month"),
    (366, "days_year"),
    (math.inf, "days_later"),
)
_NEAR = {"days_just_before", "days_same", "days_next", "days_3", "days_week", "days_fortnight"}

#: Usual lengths in words, and how much length and repetition count, as in BM25.
_TEXT_LENGTH, _TITLE_LENGTH = 17.0, 9.0
_SATURATION, _LENGTH_SHARE = 1.2, 0.75


def rarity(holding: int, total: int) -> float:
    """Return how rare a stem is that so many of all claims hold."""
    return math.log(1 + (max(total - holding, 0) + 0.5) / (holding + 0.5))


def score(features: Mapping[str, float]) -> float:
    """Return how likely the two are the same, from 0 to 1."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, raw_score(features)))))


def raw_score(features: Mapping[str, float]) -> float:
    """Return the weighted sum of the features."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items()) + _BIAS


def most_shared(wanted: Wanted, rare: Rarity) -> float:
    """Return the weight of the rarest words looked for: nobody repeats a long text's every word."""
    return sum(sorted(map(rare, wanted.stems), reverse=True)[:12]) or 1.0


def features_of(wanted: Wanted, held: Held, rare: Rarity, most: float) -> dict[str, float]:
    """
    Return the features of a pair that are not zero.

    :param most: what `most_shared` returns for what is looked for
    """
    shared = wanted.everything & held.stems
    weighed = [*sorted(map(rare, shared), reverse=True), 0.0, 0.0]
    found = {
        "shared_of_wanted": sum(weighed) / most,
        "shared_of_held": sum(weighed) / (sum(map(rare, held.stems)) or 1.0),
        "rarest": weighed[0] / 10,
        "second_rarest": weighed[1] / 10,
        "shared_words": len(shared) / 5,
        "text_bm25": _bm25(shared, held.text_counts, len(held.text), _TEXT_LENGTH, rare) / 10,
        "title_bm25": _bm25(shared, held.title_counts, len(held.title), _TITLE_LENGTH, rare) / 10,
        "pairs": sum(rare(a) + rare(b) for a, b in wanted.pairs & held.pairs) / 20,
        "joined": _joined(wanted, held, shared, rare) / 10,
        "author": sum(map(rare, wanted.author & held.stems)) / 10,
        "picture": float(wanted.has_picture and held.shows_picture),
        "length": math.log(len(held.text) + 1),
        **_names_and_numbers(wanted, held, rare),
        **_days(wanted.day, held.day),
    }
    if found.pop("is_near", 0.0):
        found["near_and_rarest"] = found["rarest"]
        found["near_and_shared"] = found["shared_of_held"]
    return {name: value for name, value in found.items() if value}


def _bm25(
    shared: Iterable[str], held: Mapping[str, int], words: int, usual: float, rare: Rarity
) -> float:
    length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * words / usual
    total = 0.0
    for term in shared:
        if times := held.get(term):
            total += rare(term) * times * (_SATURATION + 1) / (times + _SATURATION * length)
    return total


def _joined(wanted: Wanted, held: Held, shared: frozenset[str], rare: Rarity) -> float:
    """Weigh the claim's words that stand inside a tag or a handle."""
    if not wanted.joined:
        return 0.0
    # No word has a space, so one search through all of them finds what stands inside one.
    joined = " ".join(wanted.joined)
    inside = (stem(word) for word in held.words if word in joined)
    return sum(rare(stemmed) for stemmed in inside if stemmed not in shared)


def letters_of(wanted: Wanted, held: Held) -> dict[str, float]:
    """Return how many runs of letters both have."""
    letters = held.letters
    grams = {letters[i : i + RUN] for i in range(len(letters) - RUN + 1)}
    shared = len(grams & wanted.grams)
    return {
        "letters_of_held": shared / (len(grams) or 1),
        "letters_of_wanted": 3 * shared / (len(wanted.grams) or 1),
    }


def _names_and_numbers(wanted: Wanted, held: Held, rare: Rarity) -> dict[str, float]:
    everything = wanted.everything
    return {
        "names": sum(map(rare, held.names & everything)) / 10,
        "other_names": sum(map(rare, held.names - everything)) / 10,
        "numbers": float(len(held.numbers & wanted.numbers)),
        "other_numbers": len(held.numbers - wanted.numbers) / 2,
    }


def _days(wanted: date | None, held: date | None) -> dict[str, float]:
    if wanted is None or held is None:
        return {"days_unknown": 1.0}
    days = (held - wanted).days
    name = next(name for limit, name in _STEPS if days < limit)
    return {
        name: 1.0,
        "days_apart": math.log1p(abs(days)) / 5,
        "is_near": float(name in _NEAR),
    }
