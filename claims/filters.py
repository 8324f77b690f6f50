"""
Which claims a list shows, and how they are found.

A filter asks a claim whether it is meant, and where an index tells, it gives the keys of all that
are. SQLite knows too little of what its tables hold to choose between the two, so it is chosen
here: where one filter finds few claims, these are looked up and put in order; where all find many,
the claims are walked in order and asked one by one. PostgreSQL keeps statistics and chooses itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, text, union
from sqlalchemy.orm import Session

from claims import attention, moments, past_words
from claims.models import Claim, ClaimEntity, ClaimQuantity, ClaimTopic, Evidence, Finding
from claims.moments import Fact, Said, state_column, status_column
from claims.projectors import fold
from claims.statuses import FindingState, Status
from ledger import clock
from ledger.past import viewed
from sources.models import Article, Source

#: Words of a search that are looked for; a longer search is cut.
MOST_WORDS = 32

#: Claims that are looked up and put in order; if a filter finds more, the order is walked.
MOST_DRIVEN = 10_000

_CLAIM: Any = Claim.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that is asked of a claim."""

    #: Asks one claim, through an index.
    condition: ColumnElement[bool]
    #: Selects all claims that may be meant, each key once; None where no index tells.
    keys: Select[Any] | None = None
    #: Whether all of these are meant, so that nobody has to ask.
    is_exact: bool = False
    #: The tables beside the claims' that the condition reads.
    joins: tuple[str, ...] = ()


#: Makes a filter of a value, at a moment, in an SQL dialect.
Made = Callable[[Any, str, str], Filter]


@dataclass(frozen=True, slots=True)
class Matching:
    """The claims that filters let through, as statements on their keys, without an order."""

    #: To be read in an order, a page at a time.
    paged: Select[Any]
    #: To be counted.
    counted: Select[Any]
    joins: frozenset[str] = frozenset()
    is_all: bool = False

    def where(self, *conditions: ColumnElement[bool], joins: Iterable[str] = ()) -> Matching:
        """Narrow by more."""
        missing = sorted(frozenset(joins) - self.joins)
        paged, counted = (
            _joined(q, missing).where(*conditions) for q in (self.paged, self.counted)
        )
        return Matching(paged, counted, self.joins | set(missing))

    def counting(self, *columns: Any) -> Select[Any]:
        """Select other columns of what is counted."""
        return self.counted.with_only_columns(*columns)


def matching(session: Session, **given: Any) -> Matching:
    """Return the claims that pass whichever filters are given, as they are now."""
    now = clock.now()
    dialect = session.get_bind().dialect.name
    found = [
        _FILTERS[name](value, now, dialect)
        for name, value in given.items()
        if value is not None and name in _FILTERS
    ]
    joins = frozenset(name for each in found for name in each.joins)
    every = _joined(select(Claim.id).select_from(Claim), sorted(joins))  # type: ignore[call-overload]
    if dialect != "sqlite" or viewed() is not None:
        query = every.where(*_plain(found))
        return Matching(query, query, joins, not found)
    paged, counted = _planned(session, every, found)
    return Matching(paged, counted, joins, not found)


def _joined(query: Select[Any], names: Sequence[str]) -> Select[Any]:
    for name in names:
        # From the outside, so that claims are what is walked.
        query = query.outerjoin(*_JOINS[name])
    return query


_JOINS: dict[str, Any] = {
    "fact": (Fact, and_(Fact.claim_id == Claim.id, Fact.layer == "fact")),
    "said": (Said, and_(Said.claim_id == Claim.id, Said.layer == "said")),
}


def _plain(found: Iterable[Filter]) -> list[ColumnElement[bool]]:
    return [
        _CLAIM.c.id.in_(each.keys) if each.is_exact and each.keys is not None else each.condition
        for each in found
    ]


def _planned(
    session: Session, every: Select[Any], found: Sequence[Filter]
) -> tuple[Select[Any], Select[Any]]:
    """Return the statements to page and to count by, driven by the filter that finds least."""
    walked = every.where(*(each.condition for each in found))
    sizes = [
        (_size(session, each.keys), place)
        for place, each in enumerate(found)
        if each.keys is not None
    ]
    if not sizes:
        return walked, walked
    size, place = min(sizes)
    driving = found[place]
    assert driving.keys is not None
    asked = [each.condition for each in found if each is not driving or not driving.is_exact]
    if size <= MOST_DRIVEN:
        driven = every.where(_CLAIM.c.id.in_(driving.keys), *asked)
        return driven, driven
    few = driving.keys.subquery("few")
    return walked, every.join(few, few.c[0] == _CLAIM.c.id).where(*asked)


def _size(session: Session, keys: Select[Any]) -> int:
    capped = keys.limit(MOST_DRIVEN + 1).subquery()
    return session.execute(select(func.count()).select_from(capped)).scalar_one()


def search_words(q: str) -> list[str]:
    """Return the words of a search: letters and digits, the rest parts them."""
    return re.findall(r"\w+", q)[:MOST_WORDS]


def full_text(value: str, _now: str, dialect: str) -> Filter:
    """Ask for claims that hold all words of a search."""
    words = search_words(value)
    if not words:
        return Filter(false())
    if dialect == "postgresql":
        # The index is found by its very expression, which values in place of words are not.
        readable = func.coalesce(Claim.normalized_text, text("''"))
        vector = func.to_tsvector(
            text("'english'"),
            Claim.text.op("||")(text("' '")).op("||")(readable),  # type: ignore[attr-defined]
        )
        query = func.plainto_tsquery(text("'english'"), " ".join(words))
        return Filter(vector.op("@@")(query))
    quoted = " ".join(f'"{word}"' for word in words)
    return Filter(
        past_words.matches(quoted, _CLAIM.c.id), past_words.matching(quoted), is_exact=True
    )


def _column(name: str) -> Made:
    """Return the filter of an indexed column, which may have any of several values."""
    other = _CLAIM.alias("alike")

    def made(value: Any, _now: str, _dialect: str) -> Filter:
        values = value if isinstance(value, list) else [value]
        keys = select(other.c.id).where(other.c[name].in_(values))
        return Filter(_CLAIM.c[name].in_(values), keys)

    return made


def _plainly(condition: Callable[[Any], ColumnElement[bool]]) -> Made:
    """Return a filter that no index answers."""
    return lambda value, _now, _dialect: Filter(condition(value))


def _related(keys: Select[Any], key: Any, *, repeats: bool = False) -> Filter:
    """Return the filter of rows that belong to claims, by their key of the claim."""
    condition = exists(keys.where(key == _CLAIM.c.id).correlate(_CLAIM))
    return Filter(condition, keys.distinct() if repeats else keys, is_exact=True)


def _status(value: list[str], now: str, _dialect: str) -> Filter:
    other = _CLAIM.alias("alike")
    recorded = set(value)
    if recorded & {Status.UNREVIEWED, Status.STALE}:
        # What a lease falls back to when it ends.
        recorded.add(Status.IN_REVIEW)
    keys: Any = select(other.c.id).where(other.c.status.in_(sorted(recorded)))
    if Status.STALE in recorded:
        keys = _either(keys, moments.moved_on(now))
    return Filter(status_column(now).in_(value), keys, joins=("fact",))


def _state(value: list[str], now: str, _dialect: str) -> Filter:
    recorded = set(value)
    if recorded & {FindingState.OPEN, FindingState.STALE}:
        recorded.add(FindingState.IN_REVIEW)
    keys: Any = _on_fact(Finding.state.in_(sorted(recorded)))  # type: ignore[attr-defined]
    if FindingState.STALE in recorded:
        keys = _either(keys, moments.moved_on(now))
    return Filter(state_column(Fact, now).in_(value), keys, joins=("fact",))


def _either(*keys: Select[Any]) -> Select[Any]:
    found = union(*keys).subquery("either")
    return select(found.c[0])


def _on_fact(condition: ColumnElement[bool]) -> Select[Any]:
    return select(Finding.claim_id).where(Finding.layer == "fact", condition)  # type: ignore[call-overload,no-any-return]


def _verdict(value: list[str], _now: str, _dialect: str) -> Filter:
    return _related(_on_fact(Finding.verdict.in_(value)), Finding.claim_id)  # type: ignore[union-attr]


def _topic(value: list[str], _now: str, _dialect: str) -> Filter:
    keys = select(ClaimTopic.claim_id).where(ClaimTopic.topic.in_(value))  # type: ignore[call-overload,attr-defined]
    return _related(keys, ClaimTopic.claim_id, repeats=len(value) > 1)


def _entity(value: str, _now: str, _dialect: str) -> Filter:
    keys = select(ClaimEntity.claim_id).where(ClaimEntity.folded == fold(value))  # type: ignore[call-overload]
    return _related(keys, ClaimEntity.claim_id)


def _source(value: str, _now: str, _dialect: str) -> Filter:
    keys = (
        select(Evidence.claim_id)  # type: ignore[call-overload]
        .join(Source, Source.id == Evidence.source_id)
        .where(Source.uuid == value, Evidence.withdrawn_at.is_(None))  # type: ignore[union-attr]
    )
    return _related(keys, Evidence.claim_id, repeats=True)


def _article(value: str, _now: str, _dialect: str) -> Filter:
    key = select(Article.id).where(Article.uuid == value).scalar_subquery()  # type: ignore[call-overload]
    return Filter(_CLAIM.c.article_id == key)


def _publisher(value: str, _now: str, _dialect: str) -> Filter:
    other = _CLAIM.alias("of_publisher")
    articles = select(Article.id).where(Article.publisher == value)  # type: ignore[call-overload]
    keys = select(other.c.id).where(other.c.article_id.in_(articles))
    return Filter(_CLAIM.c.article_id.in_(articles), keys)


def _from(value: str) -> ColumnElement[bool]:
    latest = _CLAIM.c.time_latest
    return and_(_is_dated(), or_(latest.is_(None), latest >= value))


def _to(value: str) -> ColumnElement[bool]:
    earliest = _CLAIM.c.time_earliest
    return and_(_is_dated(), or_(earliest.is_(None), earliest <= value))


def _is_dated() -> ColumnElement[bool]:
    return or_(_CLAIM.c.time_earliest.is_not(None), _CLAIM.c.time_latest.is_not(None))


def _quantity(condition: ColumnElement[bool]) -> Filter:
    keys = select(ClaimQuantity.claim_id).where(condition)  # type: ignore[call-overload]
    return _related(keys, ClaimQuantity.claim_id, repeats=True)


def _min_amount(value: float, _now: str, _dialect: str) -> Filter:
    return _quantity(or_(ClaimQuantity.upper >= float(value), ClaimQuantity.upper.is_(None)))  # type: ignore[operator,union-attr]


def _max_amount(value: float, _now: str, _dialect: str) -> Filter:
    return _quantity(or_(ClaimQuantity.lower <= float(value), ClaimQuantity.lower.is_(None)))  # type: ignore[operator,union-attr]


def _unit(value: str, _now: str, _dialect: str) -> Filter:
    return _quantity(ClaimQuantity.unit == value)  # type: ignore[arg-type]


def _assigned(value: str, now: str, _dialect: str) -> Filter:
    held = select(Finding.claim_id).where(  # type: ignore[call-overload]
        Finding.lease_holder == value,
        Finding.state == "in_review",
        Finding.lease_until >= now,  # type: ignore[operator]
    )
    return _related(held, Finding.claim_id, repeats=True)


def _needs(value: list[str], now: str, _dialect: str) -> Filter:
    keys = _either(*attention.candidates(value, now))
    return Filter(attention.condition(value, now), keys, joins=("fact", "said"))


_FILTERS: dict[str, Made] = {
    "q": full_text,
    "status": _status,
    "state": _state,
    "verdict": _verdict,
    "kind": _column("kind"),
    "topic": _topic,
    "modality": _column("modality"),
    "claimant": _column("claimant_name"),
    "entity": _entity,
    "article": _article,
    "source": _source,
    "publisher": _publisher,
    "checkable": _plainly(lambda value: _CLAIM.c.is_checkable == value),
    "from_": _plainly(_from),
    "to": _plainly(_to),
    "said_from": _plainly(lambda value: _CLAIM.c.said_latest >= value),
    "said_to": _plainly(lambda value: _CLAIM.c.said_earliest <= value),
    "min_amount": _min_amount,
    "max_amount": _max_amount,
    "unit": _unit,
    "assigned_to": _assigned,
    "needs": _needs,
}
