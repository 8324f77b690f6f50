"""
What of an article has been looked at, what is left, and what needs another look.

An article is checked when every stretch of it is a claim that is decided or closed, not
checkable, or set aside. The counts of a list take one statement for claims and one for what
extraction left. Articles that people worked on take a few more for every fifty of them, and a
text is read only where a claim or a mark left something of a stretch.
"""

from __future__ import annotations

import bisect
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import Session

from claims import attention
from claims.attention import Need
from claims.models import Claim, SegmentMark
from claims.moments import Fact, Said, status_column
from claims.statuses import Status
from ledger import clock
from sources.marks import MARKS, has_words
from sources.models import Article, ArticleText

#: Articles that people worked on whose claims are looked up at once.
MOST_AT_ONCE = 50

#: Claims, and marks of people, that lie over a text.
_Over = tuple[list[Any], list[Any]]

#: A piece of a text: start, end, state, reason, and the claims that lie over it.
_Piece = tuple[int, int, str, str | None, list[str]]

_NEWEST_TEXT = (
    select(ArticleText.text)
    .join(Article, Article.id == ArticleText.article_id)
    .where(ArticleText.number == Article.text_version, Article.id == bindparam("article"))
)

#: Statuses of a claim that somebody has still to decide.
UNDECIDED = (Status.UNREVIEWED, Status.IN_REVIEW, Status.PROPOSED, Status.STALE)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an article is: facts that are left, what needs a look again, whether it is done."""

    #: Checkable claims that are not decided, and stretches that nobody has looked at.
    facts_left: int = 0
    needs_attention: int = 0

    @property
    def is_checked(self) -> bool:
        """Say whether every stretch is decided, not checkable or set aside."""
        return self.facts_left == 0

    def document(self) -> dict[str, Any]:
        """Return the standing in the contract's shape."""
        return {"checked": self.is_checked, **asdict(self)}


def is_left(now: str) -> ColumnElement[bool]:
    """Return the condition for a claim that somebody has still to decide."""
    return and_(Claim.is_checkable, status_column(now).in_(UNDECIDED))  # type: ignore[arg-type]


def standings_of(session: Session, articles: Sequence[Article]) -> dict[int, Standing]:
    """Return how far each of these articles is."""
    keys = [article.id for article in articles]
    unseen = _unseen(session, keys)
    counts = _counts(session, Claim.article_id.in_(keys))  # type: ignore[attr-defined]
    return {key: Standing(counts[key][0] + unseen.get(key, 0), counts[key][1]) for key in keys}


def _counts(session: Session, *where: Any) -> defaultdict[int, tuple[int, int]]:
    """Count for each article the claims that are left and those that need a look again."""
    now = clock.now()
    statement = _claims(
        Claim.article_id, _how_many(is_left(now)), _how_many(_needs(Need.ANOTHER_LOOK, now))
    )
    rows = session.execute(statement.where(*where).group_by(Claim.article_id))
    found: defaultdict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    found.update({key: (left, attention) for key, left, attention in rows})
    return found


def _claims(*columns: Any) -> Select[Any]:
    """Select from claims with both findings, as the conditions on them need."""
    return (
        select(*columns)
        .select_from(Claim)
        .join(Fact, and_(Fact.claim_id == Claim.id, Fact.layer == "fact"))
        .outerjoin(Said, and_(Said.claim_id == Claim.id, Said.layer == "said"))
    )


def _needs(need: Need, now: str) -> ColumnElement[bool]:
    return attention.condition([need], now)


def _how_many(condition: ColumnElement[bool]) -> Any:
    return func.count(case((condition, 1)))


def _unseen(session: Session, keys: Sequence[int] | None) -> dict[int, int]:
    """Count the stretches that nobody has looked at, where the machine left any."""
    texts = (
        select(Article.id, ArticleText.unchecked, _is_worked_on().label("is_worked_on"))
        .join(ArticleText, ArticleText.article_id == Article.id)
        .where(ArticleText.number == Article.text_version, ArticleText.unchecked > 0)
    )
    if keys is not None:
        texts = texts.where(Article.id.in_(keys))  # type: ignore[attr-defined]
    found, worked_on = {}, []
    for key, unchecked, is_worked_on in session.execute(texts):
        found[key] = unchecked
        if is_worked_on:
            worked_on.append(key)
    for start in range(0, len(worked_on), MOST_AT_ONCE):
        found |= _unseen_between(session, worked_on[start : start + MOST_AT_ONCE])
    return found


def _is_worked_on() -> ColumnElement[bool]:
    """Return the condition for an article whose stretches people may have looked at."""
    is_newest = Claim.text_version == Article.text_version
    changed = (Claim.version > 1) | (Claim.basis == "marked")
    # What the machine made a claim of, it did not leave.
    return or_(
        exists().where(SegmentMark.article_id == Article.id),
        exists().where(Claim.article_id == Article.id, is_newest, changed),
    )


def _unseen_between(session: Session, keys: Sequence[int]) -> dict[int, int]:
    """Count those stretches in articles where claims and marks of people may lie over them."""
    over = _over(session, keys)
    rows = session.execute(
        select(Article.id, ArticleText.segments)
        .join(ArticleText, ArticleText.article_id == Article.id)
        .where(ArticleText.number == Article.text_version, Article.id.in_(keys))  # type: ignore[attr-defined]
    ).all()
    return {key: _left(session, key, segments, over[key]) for key, segments in rows}


def _left(session: Session, key: int, segments: Sequence[Any], over: _Over) -> int:
    """Count what is left of an article, reading its text only where part of a stretch is."""
    whole = {tuple(segment[:2]) for segment in segments}
    left = [piece[:2] for piece in _pieces(segments, *over) if piece[2] == "unchecked"]
    if whole.issuperset(left):
        return len(left)
    text = session.execute(_NEWEST_TEXT, {"article": key}).scalar_one()
    return sum(has_words(text[start:end]) for start, end in left)


def desk_of(session: Session) -> dict[str, Any]:
    """Return how far the whole desk is: over all articles and their claims."""
    now = clock.now()
    unseen = _unseen(session, None)
    counted = _claims(
        func.count(),
        _how_many(is_left(now)),
        _how_many(_needs(Need.ANOTHER_LOOK, now)),
        _how_many(_needs(Need.OVERDUE, now)),
    )
    claims, left, needs_attention, overdue = session.execute(counted).one()
    articles = session.execute(select(func.count()).select_from(Article)).scalar_one()
    behind = _claims(Claim.article_id).where(is_left(now)).distinct()
    unfinished = {key for key, number in unseen.items() if number}
    unfinished |= set(session.execute(behind).scalars())
    return {
        "articles": articles,
        "articles_checked": articles - len(unfinished),
        "claims": claims,
        "facts_left": left + sum(unseen.values()),
        "needs_attention": needs_attention,
        "overdue": overdue,
    }


def coverage_of(session: Session, article: Article) -> dict[str, Any]:
    """Return the coverage map of an article's newest text: gapless, and what each part is."""
    kept = session.get_one(ArticleText, (article.id, article.text_version))
    pieces = _pieces(kept.segments, *_over(session, [article.id])[article.id])
    segments = [
        {
            "start": start,
            "end": end,
            "text": kept.text[start:end],
            "state": state,
            "reason": reason,
            "claim_ids": ids,
        }
        for start, end, state, reason, ids in _worded(kept.text, pieces)
    ]
    counts = Counter(segment["state"] for segment in segments)
    standing = standings_of(session, [article])[article.id]
    return {"segments": segments, "counts": dict(counts), **standing.document()}


def _over(session: Session, keys: Sequence[int]) -> defaultdict[int, _Over]:
    """Return the claims and the marks of people that lie over the newest texts of articles."""
    found: defaultdict[int, _Over] = defaultdict(lambda: ([], []))
    for which, model in enumerate((Claim, SegmentMark)):
        what = (Claim.uuid,) if model is Claim else (SegmentMark.state, SegmentMark.reason)
        rows = session.execute(
            select(model.article_id, model.start, model.end, *what)
            .join(Article, Article.id == model.article_id)
            .where(model.article_id.in_(keys), model.text_version == Article.text_version)  # type: ignore[attr-defined]
            .order_by(model.start, model.end)
        )
        for row in rows:
            found[row.article_id][which].append(row)
    return found


def _worded(text: str, pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Set aside what nobody looked at and has no words."""
    for start, end, state, reason, ids in pieces:
        if state == "unchecked" and not has_words(text[start:end]):
            yield start, end, *MARKS, ids
        else:
            yield start, end, state, reason, ids


def _pieces(
    segments: Sequence[Sequence[Any]], spans: Sequence[Any], marks: Sequence[Any]
) -> Iterator[_Piece]:
    """Cut a text where anything begins or ends, and say of each piece what it is."""
    edges = {edge for segment in segments for edge in segment[:2]}
    edges |= {edge for each in (*spans, *marks) for edge in (each.start, each.end)}
    claimed, marked = _Sweep(spans), _Sweep(marks)
    starts = [segment[0] for segment in segments]
    for start, end in itertools.pairwise(sorted(edges)):
        state, reason = _machine_state(segments, starts, start)
        for mark in marked.at(start):
            state, reason = mark.state, mark.reason
        ids = [span.uuid for span in claimed.at(start)]
        if ids:
            state, reason = "claim", None
        yield start, end, state, reason, ids


def _machine_state(
    segments: Sequence[Sequence[Any]], starts: Sequence[int], place: int
) -> tuple[str, str | None]:
    """Return what extraction took a place for; beside its claims only connecting words are left."""
    position = bisect.bisect_right(starts, place) - 1
    if position < 0 or segments[position][1] <= place:
        return "unchecked", None
    state, reason = segments[position][2:4]
    return ("not_a_claim", "connecting words") if state == "claim" else (state, reason)


class _Sweep:
    """Answers which spans cover a place, asked from left to right."""

    def __init__(self, spans: Sequence[Any]) -> None:
        self._waiting = sorted(spans, key=lambda span: span.start, reverse=True)
        self._open: list[Any] = []

    def at(self, place: int) -> list[Any]:
        """List the spans that cover a place, in the order of their starts."""
        while self._waiting and self._waiting[-1].start <= place:
            self._open.append(self._waiting.pop())
        self._open = [span for span in self._open if span.end > place]
        return self._open
