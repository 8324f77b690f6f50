"""
The claims that may say the same, out of the database: full text first, then how well they agree.

SQLite answers from its FTS5 indexes over claims and titles, PostgreSQL from its GIN indexes.
Claims published around the day of what is looked for are asked for apart, since a story is told
by many within days, in other words.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    Engine,
    Integer,
    Select,
    Text,
    cast,
    column,
    func,
    select,
    table,
    text,
    type_coerce,
)
from sqlalchemy.orm import Session

from claims.matching.features import (
    features_of,
    letters_of,
    most_shared,
    rarity,
    raw_score,
    score,
)
from claims.matching.reading import Wanted, read_held, read_wanted
from claims.models import Claim
from sources.models import Article

#: Candidates from the claims' words, from titles, and from the days around.
MOST_BY_WORDS, MOST_BY_TITLE, MOST_BY_DAY = 40, 30, 60

#: Candidates whose letters are compared.
MOST_WEIGHED = 50

#: Words that the index is asked for, the rarest first; frequent ones find everything.
MOST_TERMS = 16

#: A word that more than about one claim in thirty holds finds too many; with six others it is left.
LEAST_RARITY, ENOUGH_TERMS = 3.4, 6

DAYS_BEFORE, DAYS_AFTER = 3, 15

#: SQLite's full-text tables, kept by triggers and out of the models.
_CLAIM_FTS = table("claim_fts", column("rowid", Integer), column("rank"))
_TITLE_FTS = table("article_fts", column("rowid", Integer), column("rank"))


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that may say the same, and how likely it does, from 0 to 1."""

    claim_id: int
    score: float
    raw: float
    #: How much of what is looked for it has: of the rarest words, by their weight.
    shared: float


class Frequencies:
    """How many claims hold a stem: read from the index, kept until a tenth more claims came."""

    def __init__(self) -> None:
        self._newest = 0
        self._total = 0
        self._is_whole = False
        self._holding: dict[str, int] = {}
        self._rarities: dict[str, float] = {}

    def prepare(self, session: Session) -> None:
        """Forget what is out of date; SQLite's index is small enough to be read whole."""
        newest = session.execute(select(func.max(Claim.id))).scalar_one() or 0
        # Nothing was read yet as long as there is no newest claim.
        if self._newest and abs(newest - self._newest) * 10 <= self._newest:
            return
        self._newest = newest
        self._total = session.execute(select(func.count()).select_from(Claim)).scalar_one()
        self._is_whole = _is_sqlite(session)
        self._keep(_all_holding(session) if self._is_whole else {})

    def _keep(self, holding: dict[str, int]) -> None:
        self._holding = holding
        self._rarities = {s: rarity(count, self._total) for s, count in holding.items()}

    def holding(self, session: Session, stem: str) -> int:
        """Return how many claims hold a stem."""
        self.learn(session, [stem])
        return self._holding.get(stem, 0)

    def learn(self, session: Session, stems: Iterable[str]) -> None:
        """Look up several stems at once, where the index was not read whole."""
        if self._is_whole:
            return
        missing = sorted({stem for stem in stems if stem not in self._holding})
        for start in range(0, len(missing), 500):
            some = missing[start : start + 500]
            found = dict.fromkeys(some, 0) | _holding_postgresql(session, some)
            self._keep(self._holding | found)

    def rarity(self, stem: str) -> float:
        """Return how rare a stem is that was looked up."""
        found = self._rarities.get(stem)
        return rarity(0, self._total) if found is None else found


_KEPT: weakref.WeakKeyDictionary[Engine, Frequencies] = weakref.WeakKeyDictionary()


def _frequencies(session: Session) -> Frequencies:
    engine = session.connection().engine
    found = _KEPT.setdefault(engine, Frequencies())
    found.prepare(session)
    return found


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
    pairs = features_for(session, words, published_on=published_on, within=within)
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
) -> list[tuple[int, dict[str, float]]]:
    """Return the candidates with how they agree with these words."""
    frequencies = _frequencies(session)
    wanted = read_wanted(words, published_on, lambda stem: frequencies.holding(session, stem))
    frequencies.learn(session, wanted.terms)
    keys = list(dict.fromkeys(_candidates(session, wanted, frequencies, within)))
    held = dict(read_candidates(session, keys))
    frequencies.learn(session, (stem for each in held.values() for stem in each.stems))
    most, rare = most_shared(wanted, frequencies.rarity), frequencies.rarity
    pairs = [(key, features_of(wanted, each, rare, most)) for key, each in held.items()]
    # Letters take the longest to compare: only what agrees best in words is looked at so closely.
    pairs.sort(key=lambda pair: (-raw_score(pair[1]), pair[0]))
    return [(key, row | letters_of(wanted, held[key])) for key, row in pairs[:MOST_WEIGHED]]


def read_candidates(session: Session, keys: Sequence[int]) -> Iterator[tuple[int, Any]]:
    """Yield the claims with these keys, read into their parts."""
    statement = (
        select(Claim.id, Claim.text, Claim.normalized_text, Article.title, Article.published_on)
        .join(Article, Article.id == Claim.article_id)
        .where(Claim.id.in_(keys))  # type: ignore[attr-defined]
    )
    for key, printed, readable, title, day in session.execute(statement):
        yield key, read_held(readable or printed, title, day)


def _candidates(
    session: Session, wanted: Wanted, frequencies: Frequencies, within: Select[Any] | None
) -> Iterator[int]:
    terms = _telling(sorted(wanted.terms, key=lambda t: (-frequencies.rarity(t), t)), frequencies)
    if not terms:
        return
    find = _find_sqlite if _is_sqlite(session) else _find_postgresql
    yield from find(session, terms, "words", within, MOST_BY_WORDS)
    yield from find(session, terms, "title", within, MOST_BY_TITLE)
    if wanted.day is not None:
        around = _published_around(wanted.day)
        if within is not None:
            around = around.where(Claim.id.in_(within))  # type: ignore[attr-defined]
        few = session.execute(around.limit(MOST_BY_DAY + 1)).scalars().all()
        yield from few[:MOST_BY_DAY]
        if len(few) > MOST_BY_DAY:
            yield from find(session, terms, "words", around, MOST_BY_DAY)
            yield from find(session, terms, "title", around, MOST_BY_TITLE)


def _telling(terms: Sequence[str], frequencies: Frequencies) -> Sequence[str]:
    """Return the terms worth asking for: a frequent one only where there are few rare ones."""
    rare = [term for term in terms if frequencies.rarity(term) >= LEAST_RARITY]
    return rare[:MOST_TERMS] if len(rare) >= ENOUGH_TERMS else terms[:ENOUGH_TERMS]


def _published_around(day: date) -> Select[Any]:
    first = (day - timedelta(days=DAYS_BEFORE)).isoformat()
    last = (day + timedelta(days=DAYS_AFTER)).isoformat()
    return (
        select(Claim.id)
        .join(Article, Article.id == Claim.article_id)
        .where(Article.published_on.between(first, last))  # type: ignore[attr-defined]
    )


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _find_sqlite(
    session: Session, terms: Sequence[str], where: str, within: Select[Any] | None, most: int
) -> Sequence[int]:
    wanted = " OR ".join(f'"{term}"' for term in terms)
    if where == "words":
        key, index = _CLAIM_FTS.c.rowid, _CLAIM_FTS
        statement = select(key).where(text("claim_fts MATCH :wanted"))
    else:
        key, index = Claim.id, _TITLE_FTS
        statement = (
            select(key)
            .join_from(index, Claim, Claim.article_id == index.c.rowid)
            .where(text("article_fts MATCH :wanted"))
        )
    if within is not None:
        # The plus keeps SQLite from running the search anew for each key.
        plain = text("+claim_fts.rowid") if where == "words" else text("+claim.id")
        statement = statement.where(type_coerce(plain, Integer).in_(within))
    statement = statement.order_by(index.c.rank).limit(most)
    return session.execute(statement, {"wanted": wanted}).scalars().all()


def _find_postgresql(
    session: Session, terms: Sequence[str], where: str, within: Select[Any] | None, most: int
) -> Sequence[int]:
    english = text("'english'")
    query = func.to_tsquery(english, " | ".join(f"'{term}'" for term in terms))
    if where == "words":
        words = Claim.text + " " + func.coalesce(Claim.normalized_text, "")
        statement = select(Claim.id)
    else:
        words = func.coalesce(Article.title, "")
        statement = select(Claim.id).join(Article, Article.id == Claim.article_id)
    vector = func.to_tsvector(english, words)
    statement = statement.where(vector.op("@@")(query))
    if within is not None:
        statement = statement.where(Claim.id.in_(within))  # type: ignore[attr-defined]
    statement = statement.order_by(func.ts_rank(vector, query).desc(), Claim.id).limit(most)
    return session.execute(statement).scalars().all()


def _all_holding(session: Session) -> dict[str, int]:
    """Return how many claims, or titles, hold each stem that SQLite's indexes know."""
    found: dict[str, int] = {}
    for name in ("claim_fts_words", "article_fts_words"):
        for stem, count in session.execute(text(f"SELECT term, doc FROM {name}")):  # noqa: S608
            found[stem] = max(found.get(stem, 0), count)
    return found


def _holding_postgresql(session: Session, stems: Sequence[str]) -> dict[str, int]:
    english = text("'english'")
    words = Claim.text + " " + func.coalesce(Claim.normalized_text, "")
    word = func.unnest(cast(list(stems), ARRAY(Text))).column_valued("word")
    holding = (
        select(func.count())
        .select_from(Claim)
        .where(func.to_tsvector(english, words).op("@@")(func.plainto_tsquery(english, word)))
        .scalar_subquery()
    )
    return {row[0]: row[1] for row in session.execute(select(word, holding))}
