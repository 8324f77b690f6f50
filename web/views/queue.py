"""What needs attention now, and the page that a new desk begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy import Select, and_, or_, select, union
from sqlalchemy.orm import Session

from accounts.auth import allow, current_actor
from claims import filters
from claims.attention import Need, candidates, condition
from claims.filters import Matching
from claims.matching.words import tokens
from claims.models import Claim, Finding
from claims.moments import Fact, Said, state_column
from db import reading
from ledger import clock
from permissions import Actor
from schemas.claims import ClaimFilterSchema
from sources.models import Article
from web.lists import claims_of, given_filters, only_filters, options
from web.views.blueprint import desk

#: Claims shown in a part of the queue.
MOST = 12

#: Claims read for a part: a story that many papers carry is listed once.
MOST_READ = 10 * MOST

#: What the queue can be narrowed by.
NARROWED_BY = ("topic", "kind", "publisher")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the queue; `search` finds all of it."""

    name: str
    title: str
    hint: str
    claims: list[dict[str, Any]]
    search: dict[str, str]
    has_more: bool


@desk.get("/")
@allow("read")
def queue() -> Any:
    """Show what needs attention, or where to begin."""
    session = reading()
    if session.execute(select(Article.id).limit(1)).first() is None:
        return render_template("first_run.html", refusal=None, typed={})
    given, refusal = given_filters(ClaimFilterSchema())
    narrowed = only_filters(given or {})
    every = filters.matching(session)
    page = render_template(
        "queue.html",
        parts=[] if refusal else _parts(session, current_actor(), narrowed),
        counts=dict(options(session, ("status",), every)["status"]),
        choices=options(session, NARROWED_BY, every),
        filters=narrowed,
        refusal=refusal,
    )
    return page, refusal.status if refusal else 200


def _parts(session: Session, actor: Actor | None, narrowed: dict[str, Any]) -> list[Part]:
    base = filters.matching(session, **narrowed)
    now = clock.now()
    fact, said = state_column(Fact, now), state_column(Said, now)
    found = [
        _part(
            session,
            "waiting",
            "Needs a second person",
            "A colleague proposed a verdict. Read the evidence; approve it or send it back.",
            _waiting(base, actor, fact, said),
            {"status": "proposed"},
        ),
        _part(
            session,
            "stale",
            "Stale",
            "Decided once; since then the ground of the decision moved.",
            _found(
                base, or_(fact == "stale", said == "stale"), candidates([Need.STALE], now)
            ).order_by(Claim.updated_at.desc()),
            {"status": "stale"},
        ),
        _needing(
            session,
            base,
            Need.CONTRARY_EVIDENCE,
            "Evidence against the verdict",
            "It came after the decision. Answer it, withdraw it, or challenge the decision.",
        ),
        _needing(
            session,
            base,
            Need.OUTDATED_PROPOSAL,
            "Proposed on an older version",
            "The claim changed after the proposal, so that nobody can approve it: send it back.",
        ),
        _part(
            session,
            "overdue",
            "Overdue",
            "The day that was awaited has come, or the decision was to be looked at again.",
            _overdue(base, fact, now),
            {},
        ),
        _part(
            session,
            "open",
            "Unreviewed, most worth checking first",
            "Nobody has taken these.",
            base.where(fact == "open", Claim.is_checkable, joins=("fact",)).paged.order_by(
                Claim.score.desc(), Claim.id.desc()
            ),
            {"status": "unreviewed", "sort": "-check_worthiness"},
        ),
    ]
    if actor is not None:
        found.insert(0, _yours(session, base, actor, now))
    return found


def _found(base: Matching, condition: Any, keys: list[Select[Any]]) -> Select[Any]:
    """Narrow by a condition that holds for some of a few claims."""
    few = Claim.id.in_(union(*keys).subquery().select())  # type: ignore[attr-defined]
    return base.where(few, condition, joins=("fact", "said")).paged


def _needing(session: Session, base: Matching, need: Need, title: str, hint: str) -> Part:
    now = clock.now()
    query = _found(base, condition([need], now), candidates([need], now))
    query = query.order_by(Claim.updated_at.desc())
    return _part(session, need.value, title, hint, query, {"needs": need.value})


def _part(
    session: Session, name: str, title: str, hint: str, query: Select[Any], search: dict[str, str]
) -> Part:
    keys = [row.id for row in session.execute(query.limit(MOST_READ))]
    groups = _same(session, keys)
    shown = claims_of(session, [group[0] for group in groups[:MOST]])
    claims = [claim | {"repeats": group[1:]} for claim, group in zip(shown, groups, strict=False)]
    return Part(name, title, hint, claims, search, len(groups) > MOST)


def _same(session: Session, keys: Sequence[int]) -> list[list[Any]]:
    """Return these claims in order, those that say the same at the same time together."""
    columns = (
        Claim.id,
        Claim.uuid,
        Claim.text,
        Claim.normalized_text,
        Claim.time_earliest,
        Claim.time_latest,
        Article.publisher,
        Article.title,
    )
    rows = session.execute(
        select(*columns)  # type: ignore[call-overload]
        .join(Article, Article.id == Claim.article_id)
        .where(Claim.id.in_(keys))  # type: ignore[union-attr]
    )
    by_key = {row.id: row for row in rows}
    groups: dict[Any, list[Any]] = {}
    for row in (by_key[key] for key in keys):
        words = " ".join(tokens(row.normalized_text or row.text))
        groups.setdefault((words, row.time_earliest, row.time_latest), []).append(row)
    return list(groups.values())


def _waiting(base: Matching, actor: Actor | None, fact: Any, said: Any) -> Select[Any]:
    """Select what waits for a second person, without what the one who looks proposed."""
    proposed = [
        state == "proposed"
        if actor is None
        else and_(state == "proposed", finding.proposed_by != actor.id)
        for state, finding in ((fact, Fact), (said, Said))
    ]
    keys = [select(Finding.claim_id).where(Finding.state == "proposed")]  # type: ignore[call-overload]
    return _found(base, or_(*proposed), keys).order_by(Fact.proposed_at, Said.proposed_at, Claim.id)


def _overdue(base: Matching, fact: Any, now: str) -> Select[Any]:
    today = now[:10]
    is_due = and_(Claim.due_on <= today, fact.in_(("open", "in_review", "stale")))
    is_old = and_(Fact.review_by <= today, fact == "decided")
    old = select(Finding.claim_id).where(Finding.review_by <= today)  # type: ignore[call-overload]
    keys = [*candidates([Need.OVERDUE], now), old]
    return _found(base, or_(is_due, is_old), keys).order_by(Claim.due_on, Claim.id)


def _yours(session: Session, base: Matching, actor: Actor, now: str) -> Part:
    held = [
        and_(
            finding.state == "in_review",
            finding.lease_holder == actor.id,
            finding.lease_until >= now,
        )
        for finding in (Fact, Said)
    ]
    proposed = [
        and_(finding.state == "proposed", finding.proposed_by == actor.id)
        for finding in (Fact, Said)
    ]
    keys = select(Finding.claim_id).where(Finding.state.in_(("in_review", "proposed")))  # type: ignore[call-overload,attr-defined]
    query = _found(base, or_(*held, *proposed), [keys]).order_by(Claim.updated_at.desc())
    hint = "In review by you, or proposed by you and waiting for somebody else."
    return _part(session, "yours", "Yours", hint, query, {"assigned_to": actor.id})
