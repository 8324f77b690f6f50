"""What was decided and what was corrected, newest first: the public feed as a page."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import select

from accounts.auth import allow
from claims import feed
from claims.models import Claim
from db import reading
from schemas.claims import FeedQuerySchema
from web.lists import given_filters
from web.views.blueprint import desk

#: What counts as a correction: a decision that takes another one's place or takes it back.
CORRECTIONS = ("correct", "retract")


@desk.get("/decisions")
@allow("read")
def decisions() -> Any:
    """List decisions and corrections."""
    given, refusal = given_filters(FeedQuerySchema())
    found, before = [], None
    if given is not None:
        session = reading()
        found, before = feed.page(
            session, before=given["before"], limit=given["limit"], kinds=given.get("kind")
        )
    wanted = [each.event.subject for each in found]
    statement = select(Claim).where(Claim.uuid.in_(wanted))  # type: ignore[attr-defined]
    page = render_template(
        "decisions.html",
        decisions=found,
        claims={claim.uuid: claim for claim in reading().execute(statement).scalars()},
        has_corrections_only=request.args.get("kind") == ",".join(CORRECTIONS),
        corrections=url_for("desk.decisions", kind=",".join(CORRECTIONS)),
        next_page=before and url_for("desk.decisions", **{**request.args, "before": before}),
        refusal=refusal,
    )
    return page, refusal.status if refusal else 200
