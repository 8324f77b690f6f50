"""
The claims that may say the same: the few candidates, then how well each of them agrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from claims.matching.candidates import candidates
from claims.matching.features import features_of, letters_of, most_shared, raw_score, score
from claims.matching.frequencies import frequencies_of
from claims.matching.reading import Held, read_held, read_wanted
from claims.models import Claim
from sources.models import Article

#: Candidates whose letters are compared, or as many as are asked for, up to a limit.
LEAST_WEIGHED, MOST_WEIGHED = 25, 50

_CLAIM, _ARTICLE = Claim.__table__, Article.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that may say the same, and how likely it does, from 0 to 1."""

    claim_id: int
    score: float
    raw: float
    #: How much of what is looked for it has: of the rarest words, by their weight.
    shared: float


def find_matches(
    session: Session,
    words: str,
    *,
    published_on: str | None = None,
    within: Select[Any] | None = None,
    without: Sequence[int] = (),
    most: int = 20,
) -> list[Match]:
    """
    Return the claims that most likely say what these words say, best first.

    :param published_on: the day of the words, if it is known
    :param within: selects the keys of the only claims that count
    :param without: keys of claims that do not count
    """
    pairs = features_for(session, words, published_on=published_on, within=within, most=most)
    found = [
        Match(key, score(row), raw_score(row), row.get("shared_of_wanted", 0.0))
        for key, row in pairs
        if key not in without
    ]
    return sorted(found, key=lambda match: (-match.raw, match.claim_id))[:most]


def features_for(
    session: Session,
    words: str,
    *,
    published_on: str | None = None,
    within: Select[Any] | None = None,
    most: int = 10,
) -> list[tuple[int, dict[str, float]]]:
    """Return the candidates with how they agree with these words."""
    frequencies = frequencies_of(session)
    wanted = read_wanted(words, published_on, lambda stem: frequencies.holding(session, stem))
    frequencies.learn(session, wanted.words.items())
    keys = candidates(session, wanted, frequencies, within, most=most)
    held = dict(read_candidates(session, keys))
    frequencies.learn(session, (pair for each in held.values() for pair in each.spelled.items()))
    rare = frequencies.rarities.__getitem__
    whole = most_shared(wanted, rare)
    pairs = [(key, features_of(wanted, each, rare, whole)) for key, each in held.items()]
    weighed = min(max(most, LEAST_WEIGHED), MOST_WEIGHED)
    # Letters take the longest to compare: only what agrees best in words is looked at so closely.
    pairs.sort(key=lambda pair: (-raw_score(pair[1]), pair[0]))
    return [(key, row | letters_of(wanted, held[key])) for key, row in pairs[:weighed]]


_READ = (
    select(
        _CLAIM.c.id,
        _CLAIM.c.text,
        _CLAIM.c.normalized_text,
        _ARTICLE.c.title,
        _ARTICLE.c.published_on,
    )
    .join(_ARTICLE, _ARTICLE.c.id == _CLAIM.c.article_id)
    .where(_CLAIM.c.id.in_(bindparam("keys", expanding=True)))
)


def read_candidates(session: Session, keys: Sequence[int]) -> Iterator[tuple[int, Held]]:
    """Yield the claims with these keys, read into their parts."""
    for key, printed, readable, title, day in session.execute(_READ, {"keys": keys}):
        yield key, read_held(readable or printed, title, day)
