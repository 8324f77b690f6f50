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
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Float, Integer, Select, Subquery, func, select, text
from sqlalchemy.orm import Session

from claims.matching.frequencies import Frequencies, is_sqlite
from claims.matching.reading import Wanted
from claims.models import Claim
from sources.models import Article

#: Claims that the words asked for may find, counted once for each word; as many by their titles.
MOST_ROWS = 2_000

#: Words asked for, the rarest first.
MOST_TERMS = 24

#: With fewer words than this the next ones are asked for two at a time, so many of them.
ENOUGH_TERMS, MOST_PAIRED = 3, 6

#: How much a word in the article's title counts beside one in the claim.
TITLE_SHARE = 0.5

#: Claims whose day is looked at, the best by their words first.
MOST_DATED = 300

#: Candidates by their words, and of the days around those that share words, or all if they are few.
MOST_BY_WORDS, MOST_NEAR, MOST_BY_DAY = 30, 20, 30

#: A story is told by many within days, in other words.
DAYS_BEFORE, DAYS_AFTER = 3, 15

#: How a word is quoted, and what stands between two that must both be there.
_SYNTAX = {True: ('"{}"', " "), False: ("'{}'", " & ")}

_SQLITE = (
    "SELECT * FROM (SELECT claim_fts.rowid AS key, t.value AS weight FROM json_each(:terms) AS t "
    "CROSS JOIN claim_fts ON claim_fts MATCH t.key LIMIT :most) "
    "UNION ALL "
    "SELECT * FROM (SELECT claim.id AS key, t.value * :share AS weight FROM json_each(:terms) AS t "
    "CROSS JOIN article_fts ON article_fts MATCH t.key "
    "CROSS JOIN claim ON claim.article_id = article_fts.rowid LIMIT :most)"
)
_POSTGRESQL = (
    "(SELECT c.id AS key, t.value::float AS weight "
    "FROM json_each_text(CAST(:terms AS json)) AS t "
    "JOIN claim AS c ON to_tsvector('english', c.text || ' ' || coalesce(c.normalized_text, '')) "
    "@@ to_tsquery('english', t.key) LIMIT :most) "
    "UNION ALL "
    "(SELECT c.id AS key, t.value::float * :share AS weight "
    "FROM json_each_text(CAST(:terms AS json)) AS t "
    "JOIN article AS a ON to_tsvector('english', coalesce(a.title, '')) "
    "@@ to_tsquery('english', t.key) JOIN claim AS c ON c.article_id = a.id LIMIT :most)"
)


def candidates(
    session: Session, wanted: Wanted, frequencies: Frequencies, within: Select[Any] | None = None
) -> list[int]:
    """
    Return the keys of the claims that are worth comparing.

    :param within: selects the keys of the only claims that count
    """
    questions = questions_for(wanted, frequencies, *_SYNTAX[is_sqlite(session)])
    found = _found(session, questions, within) if questions else []
    keys = [key for key, _ in found[:MOST_BY_WORDS]]
    if wanted.day is not None and wanted.terms:
        first = (wanted.day - timedelta(days=DAYS_BEFORE)).isoformat()
        last = (wanted.day + timedelta(days=DAYS_AFTER)).isoformat()
        keys += [key for key, day in found if first <= day <= last][:MOST_NEAR]
        keys += _all_around(session, first, last, within)
    return list(dict.fromkeys(keys))


def questions_for(
    wanted: Wanted, frequencies: Frequencies, quoted: str = '"{}"', both: str = " "
) -> dict[str, float]:
    """
    Return what to ask the index for, and the weight of each answer, the rarest first.

    :param both: what stands between two words that must both be there
    """
    known, rare = frequencies.known, frequencies.rarities
    terms = sorted((t for t in wanted.terms if known(t)), key=lambda t: (known(t), t))
    totals = itertools.accumulate(known(term) for term in terms[:MOST_TERMS])
    few = sum(total <= MOST_ROWS for total in totals)
    words = {term: quoted.format(wanted.words.get(term, term)) for term in terms[:MOST_TERMS]}
    asked = {words[term]: rare[term] for term in terms[:few]}
    if few < min(ENOUGH_TERMS, len(terms)):
        for one, other in itertools.combinations(terms[:MOST_PAIRED], 2):
            asked[words[one] + both + words[other]] = rare[one] + rare[other]
    return asked or {words[term]: rare[term] for term in terms[:1]}


def postings(*, on_sqlite: bool) -> Subquery:
    """Select each claim that a word finds, once for each word, with the word's weight."""
    found = text(_SQLITE if on_sqlite else _POSTGRESQL)
    return found.columns(key=Integer, weight=Float).subquery("found")


def _found(
    session: Session, questions: Mapping[str, float], within: Select[Any] | None
) -> list[tuple[int, str]]:
    """Return the claims with most of the words' weight, best first, and their days."""
    statement = _PLAIN[is_sqlite(session)]
    if within is not None:
        statement = _dated(_within(_ranked(on_sqlite=is_sqlite(session)), within))
    rows = session.execute(statement, bound(questions))
    return [(row[0], row[1]) for row in rows]


def bound(questions: Mapping[str, float]) -> dict[str, Any]:
    """Return the values that `postings` needs."""
    return {"terms": json.dumps(questions), "most": MOST_ROWS, "share": TITLE_SHARE}


def _ranked(*, on_sqlite: bool) -> Select[Any]:
    found = postings(on_sqlite=on_sqlite)
    weight = func.sum(found.c.weight)
    best = select(found.c.key, weight.label("weight")).group_by(found.c.key)
    return best.order_by(weight.desc(), found.c.key)


def _within(ranked: Select[Any], within: Select[Any]) -> Select[Any]:
    """Narrow what is ranked already, so that only what is reached is looked up."""
    whole = ranked.limit(2 * MOST_ROWS).subquery("whole")
    counts = within.where(Claim.id == whole.c.key).correlate(whole).exists()
    return select(whole.c.key, whole.c.weight).where(counts)


def _dated(ranked: Select[Any]) -> Select[Any]:
    """Put their days beside the best."""
    top = ranked.limit(MOST_DATED).subquery("top")
    return (
        select(top.c.key, Article.published_on)
        .join_from(top, Claim, Claim.id == top.c.key)  # type: ignore[arg-type]
        .join(Article, Article.id == Claim.article_id)
        .order_by(top.c.weight.desc(), top.c.key)
    )


_PLAIN = {kind: _dated(_ranked(on_sqlite=kind)) for kind in (True, False)}


def _all_around(
    session: Session, first: str, last: str, within: Select[Any] | None
) -> Sequence[int]:
    """Return what was published in these days, if that is little enough to compare all of it."""
    around = (
        select(Claim.id)
        .join(Article, Article.id == Claim.article_id)
        .where(Article.published_on.between(first, last))  # type: ignore[attr-defined]
        .limit(MOST_BY_DAY + 1)
    )
    if within is not None:
        around = around.where(Claim.id.in_(within))  # type: ignore[attr-defined]
    keys = session.execute(around).scalars().all()
    return keys if len(keys) <= MOST_BY_DAY else ()
