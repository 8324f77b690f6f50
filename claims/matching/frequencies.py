"""How many claims hold a word's stem, as the full-text indexes know."""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterable, Mapping

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from claims.matching.features import rarity
from claims.models import Claim

#: Words that are looked up by one statement.
MOST_AT_ONCE = 500


#: Words are weighed as in a desk of so many claims at least: in a few, no word is rare.
LEAST_CLAIMS = 300


class Rarities(dict[str, float]):
    """How rare each stem is; one that no claim holds is the rarest."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self.total = max(total, LEAST_CLAIMS)
        self._unheld = rarity(0, self.total)

    def __missing__(self, stem: str) -> float:
        return self._unheld


class Frequencies:
    """How many claims hold a stem: read from the index, kept until a tenth more claims came."""

    def __init__(self) -> None:
        self._newest = 0
        self._is_whole = False
        self._holding: dict[str, int] = {}
        self.rarities = Rarities(0)

    def prepare(self, session: Session) -> None:
        """Forget what is out of date; SQLite's index is small enough to be read whole."""
        newest = session.execute(_NEWEST).scalar_one() or 0
        # Nothing was read yet as long as there is no newest claim.
        if self._newest and abs(newest - self._newest) * 10 <= self._newest:
            return
        self._newest = newest
        total = session.execute(select(func.count()).select_from(Claim)).scalar_one()
        self._holding, self.rarities = {}, Rarities(total)
        self._is_whole = is_sqlite(session)
        if self._is_whole:
            self._keep(_all_holding(session))

    def _keep(self, holding: dict[str, int]) -> None:
        self._holding |= holding
        total = self.rarities.total
        self.rarities.update((stem, rarity(count, total)) for stem, count in holding.items())

    def holding(self, session: Session, stem: str) -> int:
        """Return how many claims hold a stem."""
        self.learn(session, [(stem, stem)])
        return self.known(stem)

    def known(self, stem: str) -> int:
        """Return how many claims hold a stem that was looked up."""
        return self._holding.get(stem, 0)

    def learn(self, session: Session, words: Iterable[tuple[str, str]]) -> None:
        """
        Look up several stems at once, where the index was not read whole.

        :param words: each stem with a word of it: PostgreSQL makes other stems of words
        """
        if self._is_whole:
            return
        missing = sorted({s: word for s, word in words if s not in self._holding}.items())
        for start in range(0, len(missing), MOST_AT_ONCE):
            some = dict(missing[start : start + MOST_AT_ONCE])
            self._keep(_holding_postgresql(session, some))


_NEWEST = select(func.max(Claim.__table__.c.id))  # type: ignore[attr-defined]
_KEPT: weakref.WeakKeyDictionary[Engine, Frequencies] = weakref.WeakKeyDictionary()


def frequencies_of(session: Session) -> Frequencies:
    """Return the frequencies of the database that a session speaks to."""
    engine = session.connection().engine
    found = _KEPT.setdefault(engine, Frequencies())
    found.prepare(session)
    return found


def is_sqlite(session: Session) -> bool:
    """Say whether the database is SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def _all_holding(session: Session) -> dict[str, int]:
    """Return how many claims, or titles, hold each stem that SQLite's indexes know."""
    found: dict[str, int] = {}
    for name in ("claim_fts_words", "article_fts_words"):
        for stem, count in session.execute(text(f"SELECT term, doc FROM {name}")):  # noqa: S608
            found[stem] = max(found.get(stem, 0), count)
    return found


# As text: the index is found by its very expression, which values in place of words are not.
_HOLDING = text("""
    SELECT w.key, greatest(
      (SELECT count(*) FROM claim
        WHERE to_tsvector('english', claim.text || ' ' || coalesce(claim.normalized_text, ''))
          @@ plainto_tsquery('english', w.value)),
      (SELECT count(*) FROM article
        WHERE to_tsvector('english', coalesce(article.title, ''))
          @@ plainto_tsquery('english', w.value)))
    FROM json_each_text(CAST(:words AS json)) AS w
""")


def _holding_postgresql(session: Session, words: Mapping[str, str]) -> dict[str, int]:
    """Return how many claims, or titles, hold each stem, by a word of it."""
    return {row[0]: row[1] for row in session.execute(_HOLDING, {"words": json.dumps(words)})}
