"""What needs attention now, and the page that a new desk begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from accounts.auth import allow, current_actor
from claims import queries
from claims.attention import Need, condition
from claims.models import Claim
from db import database, reading
from ledger import clock
from permissions import Actor
from schemas.claims import ClaimFilterSchema
from sources.models import Article
from web.lists import claims_in, given_filters, only_filters, options
from web.views.blueprint import desk

#: Claims shown in a part of the queue.
MOST = 12

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
    filters = only_filters(given or {})
    every = queries.claims_query(database().engine.dialect.name)
    page = render_template(
        "queue.html",
        parts=[] if refusal else _parts(session, current_actor(), filters),
        counts=dict(options(session, ("status",), every)["status"]),
        choices=options(session, NARROWED_BY, every),
        filters=filters,
        refusal=refusal,
    )
    return page, refusal.status if refusal else 200


def _parts(session: Session, actor: Actor | None, filters: dict[str, Any]) -> list[Part]:
    base = queries.claims_query(database().engine.dialect.name, **filters)
    now = clock.now()
    fact = queries.state_column(queries.Fact, now)
    said = queries.state_column(queries.Said, now)
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
            base.where(or_(fact == "stale", said == "stale")).order_by(Claim.updated_at.desc()),
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
            _overdue(base, fact),
            {},
        ),
        _part(
            session,
            "open",
            "Unreviewed, most worth checking first",
            "Nobody has taken these.",
            base.where(fact == "open", Claim.is_checkable).order_by(
                Claim.score.desc(), Claim.id.desc()
            ),
            {"status": "unreviewed", "sort": "-check_worthiness"},
        ),
    ]
    if actor is not None:
        found.insert(0, _yours(session, base, actor, now))
    return found


def _needing(session: Session, base: Select[Any], need: Need, title: str, hint: str) -> Part:
    query = base.where(condition([need], clock.now())).order_by(Claim.updated_at.desc())
    return _part(session, need.value, title, hint, query, {"needs": need.value})


def _part(
    session: Session, name: str, title: str, hint: str, query: Select[Any], search: dict[str, str]
) -> Part:
    claims = claims_in(session, query.limit(MOST + 1))
    return Part(name, title, hint, claims[:MOST], search, len(claims) > MOST)


def _waiting(base: Select[Any], actor: Actor | None, fact: Any, said: Any) -> Select[Any]:
    """Select what waits for a second person, without what the one who looks proposed."""
    states = ((fact, queries.Fact), (said, queries.Said))
    proposed = [
        state == "proposed"
        if actor is None
        else and_(state == "proposed", finding.proposed_by != actor.id)
        for state, finding in states
    ]
    oldest = queries.Fact.proposed_at, queries.Said.proposed_at
    return base.where(or_(*proposed)).order_by(*oldest, Claim.id)


def _overdue(base: Select[Any], fact: Any) -> Select[Any]:
    today = clock.today()
    is_due = and_(Claim.due_on <= today, fact.in_(("open", "in_review", "stale")))
    is_old = and_(queries.Fact.review_by <= today, fact == "decided")
    return base.where(or_(is_due, is_old)).order_by(Claim.due_on, Claim.id)


def _yours(session: Session, base: Select[Any], actor: Actor, now: str) -> Part:
    held = [
        and_(
            finding.state == "in_review",
            finding.lease_holder == actor.id,
            finding.lease_until >= now,
        )
        for finding in (queries.Fact, queries.Said)
    ]
    proposed = [
        and_(finding.state == "proposed", finding.proposed_by == actor.id)
        for finding in (queries.Fact, queries.Said)
    ]
    query = base.where(or_(*held, *proposed)).order_by(Claim.updated_at.desc())
    hint = "In review by you, or proposed by you and waiting for somebody else."
    return _part(session, "yours", "Yours", hint, query, {"assigned_to": actor.id})
