"""
The few claims worth comparing with what is looked for, out of the full-text indexes.

A text of many words would find nearly every claim. So only its rarest words are asked for, as many
as find MOST_ROWS claims together, and each claim found is weighed by the rarity of the words that
found it: no text is read and no rank computed by the database. Words too frequent for that are
asked for two at a time. The number of rows touched is bounded, however long the text and however
many the claims.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from claims.matching.frequencies import Frequencies, is_sqlite
from claims.matching.reading import Wanted
from claims.models import Claim
from ledger import clock
from sources.models import Article

#: Claims that the words asked for may find, counted once for each word.
MOST_ROWS = 2_000

#: The same by the titles of their articles, which may hold many claims each.
MOST_TITLED = 8_000

#: Words asked for, the rarest first.
MOST_TERMS = 24

#: With fewer words than this the next ones are asked for two at a time, so many of them.
ENOUGH_TERMS, MOST_PAIRED = 3, 6

#: How much a word in the article's title counts beside one in the claim.
TITLE_SHARE = 0.5

#: Claims that are looked up at once, the best by their words first.
MOST_RANKED = 300

#: Candidates by their words, twice what is asked for: so many at least and at most.
LEAST_BY_WORDS, MOST_BY_WORDS = 20, 60

#: Candidates of the days around that share words, or all of these days if they are few.
MOST_NEAR, MOST_BY_DAY = 15, 30

#: A story is told by many within days, in other words.
DAYS_BEFORE, DAYS_AFTER = 3, 15

# As tables: rows of the models' attributes take longer to make.
_CLAIM, _ARTICLE = Claim.__table__, Article.__table__  # type: ignore[attr-defined]

#: How a word is quoted, and what stands between two that must both be there.
_SYNTAX = {True: ('"{}"', " "), False: ("'{}'", " & ")}

# The keys that each question finds come in one string: rows, or sums of them, would cost more.
_SQLITE = text("""
    SELECT t.value,
      (SELECT group_concat(f.key) FROM (SELECT claim_fts.rowid AS key FROM claim_fts
        WHERE claim_fts MATCH t.key LIMIT :most) AS f),
      (SELECT group_concat(f.key) FROM (SELECT claim.id AS key FROM article_fts
        CROSS JOIN claim ON claim.article_id = article_fts.rowid
        WHERE article_fts MATCH t.key LIMIT :titled) AS f)
    FROM json_each(:questions) AS t
""")
_POSTGRESQL = text("""
    SELECT CAST(t.value AS float),
      (SELECT string_agg(CAST(f.key AS text), ',') FROM (SELECT claim.id AS key FROM claim
        WHERE to_tsvector('english', claim.text || ' ' || coalesce(claim.normalized_text, ''))
          @@ to_tsquery('english', t.key) LIMIT :most) AS f),
      (SELECT string_agg(CAST(f.key AS text), ',') FROM (SELECT claim.id AS key FROM article
        JOIN claim ON claim.article_id = article.id
        WHERE to_tsvector('english', coalesce(article.title, ''))
          @@ to_tsquery('english', t.key) LIMIT :titled) AS f)
    FROM json_each_text(CAST(:questions AS json)) AS t
""")

_NEAR_SQLITE = text("""
    SELECT claim.id FROM json_each(:keys) AS k CROSS JOIN claim ON claim.id = k.value
    CROSS JOIN article ON article.id = claim.article_id
    WHERE article.published_on BETWEEN :first AND :last ORDER BY k.id LIMIT :most
""")
_NEAR_POSTGRESQL = text("""
    SELECT claim.id FROM json_array_elements_text(CAST(:keys AS json))
      WITH ORDINALITY AS k(value, place)
    JOIN claim ON claim.id = CAST(k.value AS integer)
    JOIN article ON article.id = claim.article_id
    WHERE article.published_on BETWEEN :first AND :last ORDER BY k.place LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class Questions:
    """What the index is asked for."""

    #: The weight of what each question finds, the rarest words first.
    weights: Mapping[str, float]
    #: Claims that each may find by their texts, and by titles.
    most: int
    titled: int


def candidates(
    session: Session,
    wanted: Wanted,
    frequencies: Frequencies,
    within: Select[Any] | None = None,
    *,
    most: int = 10,
) -> list[int]:
    """
    Return the keys of the claims that are worth comparing.

    :param most: how many are asked for in the end
    :param within: selects the keys of the only claims that count
    """
    questions = questions_for(wanted, frequencies, *_SYNTAX[is_sqlite(session)])
    found = _ranked(session, questions, within)
    by_words = min(max(2 * most, LEAST_BY_WORDS), MOST_BY_WORDS)
    keys = found[:by_words]
    if wanted.day is not None and wanted.terms:
        first = clock.shifted(wanted.day, -DAYS_BEFORE).isoformat()
        last = clock.shifted(wanted.day, DAYS_AFTER).isoformat()
        keys += _around(session, found, first, last, within)
    return list(dict.fromkeys(keys))


def questions_for(
    wanted: Wanted, frequencies: Frequencies, quoted: str = '"{}"', both: str = " "
) -> Questions:
    """
    Return what to ask the index for.

    :param both: what stands between two words that must both be there
    """
    known, rare = frequencies.known, frequencies.rarities
    terms = sorted((t for t in wanted.terms if known(t)), key=lambda t: (known(t), t))
    totals = itertools.accumulate(known(term) for term in terms[:MOST_TERMS])
    few = sum(total <= MOST_ROWS for total in totals)
    words = {term: quoted.format(wanted.words.get(term, term)) for term in terms[:MOST_TERMS]}
    asked = {words[term]: rare[term] for term in terms[:few]}
    most = MOST_ROWS
    if few < min(ENOUGH_TERMS, len(terms)):
        for one, other in itertools.combinations(terms[:MOST_PAIRED], 2):
            asked[words[one] + both + words[other]] = rare[one] + rare[other]
        # How many claims hold two words is not known.
        most = MOST_ROWS // max(len(asked), 1)
    asked = asked or {words[term]: rare[term] for term in terms[:1]}
    return Questions(asked, most, min(MOST_TITLED // max(len(asked), 1), MOST_ROWS))


def found_by(session: Session, questions: Questions) -> Iterator[tuple[Sequence[str], float]]:
    """Yield the keys of the claims that a question finds in texts, or in titles, with a weight."""
    statement = _SQLITE if is_sqlite(session) else _POSTGRESQL
    values = {
        "questions": json.dumps(questions.weights),
        "most": questions.most,
        "titled": questions.titled,
    }
    for weight, texts, titles in session.execute(statement, values):
        yield texts.split(",") if texts else (), weight
        yield titles.split(",") if titles else (), weight * TITLE_SHARE


def _ranked(session: Session, questions: Questions, within: Select[Any] | None) -> list[int]:
    """Return the claims that have most of the words' weight, best first."""
    weights: defaultdict[str, float] = defaultdict(float)
    for keys, weight in found_by(session, questions):
        for key in keys:
            weights[key] += weight
    # Of the same weight goes first what a rarer word found.
    ranked = sorted(weights, key=weights.__getitem__, reverse=True)
    numbers = [int(key) for key in (ranked if within is not None else ranked[:MOST_RANKED])]
    return numbers if within is None else _narrowed(session, numbers, within)


def _narrowed(session: Session, keys: Sequence[int], within: Select[Any]) -> list[int]:
    """Return the first of these that count, looking up no more than it takes."""
    found: list[int] = []
    for start in range(0, len(keys), MOST_RANKED):
        some = keys[start : start + MOST_RANKED]
        counts = set(session.execute(within.where(Claim.id.in_(some))).scalars())  # type: ignore[attr-defined]
        found += [key for key in some if key in counts]
        if len(found) >= MOST_BY_WORDS:
            break
    return found


def _around(
    session: Session, found: Sequence[int], first: str, last: str, within: Select[Any] | None
) -> Sequence[int]:
    """Return all that was published in these days, or what is found of it where it is much."""
    around = (
        select(_CLAIM.c.id)
        .join(_ARTICLE, _ARTICLE.c.id == _CLAIM.c.article_id)
        .where(_ARTICLE.c.published_on.between(first, last))
        .limit(MOST_BY_DAY + 1)
    )
    if within is not None:
        around = around.where(_CLAIM.c.id.in_(within))
    keys = session.execute(around).scalars().all()
    if len(keys) <= MOST_BY_DAY:
        return keys
    near = _NEAR_SQLITE if is_sqlite(session) else _NEAR_POSTGRESQL
    values = {"keys": json.dumps(found), "first": first, "last": last, "most": MOST_NEAR}
    return session.execute(near, values).scalars().all()
