"""Claims in time: a list that needs no script, drawn as a timeline where there is one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import render_template, request

from accounts.auth import allow
from claims import filters, timeline
from claims.api.timeline import ORDER, entries, matching
from db import reading
from schemas.claims import TimelineQuerySchema
from schemas.paging import page
from web.lists import given_filters, options
from web.presenting import strip
from web.presenting.words import LANE
from web.views.blueprint import desk
from web.views.looking_back import looks_back

#: Claims put on the page at once.
MOST = 200

#: Shown unless others are asked for: every claim of an article was published on the same day.
SHOWN = ("happened", "said", "decided")


@desk.get("/timeline")
@looks_back
@allow("read")
def timeline_page() -> Any:
    """Show what happened, was said, was published and was decided, and when."""
    given, refusal = given_filters(TimelineQuerySchema())
    items: list[Any] = []
    undated: list[Any] = []
    if given is not None:
        rows = page(reading(), matching(given).paged, ORDER, limit=MOST, cursor=None).rows
        found = timeline.build(entries(rows))
        items, undated = list(found.items), list(found.undated)
    lanes = [lane for lane in request.args.getlist("lane") if lane in LANE] or list(SHOWN)
    every = filters.matching(reading())
    moments = _alike([item for item in items if item["lane"] in lanes])
    shown = render_template(
        "timeline.html",
        drawing=strip.draw(moments),
        years=_by_year(moments),
        undated=_alike(undated),
        lanes=lanes,
        filters={name: value for name, value in request.args.items() if value},
        choices=options(reading(), ("topic", "claimant", "status"), every),
        query_string=urlencode({n: v for n, v in request.args.items() if v and n != "lane"}),
        refusal=refusal,
    )
    return shown, refusal.status if refusal else 200


def _alike(items: list[Any]) -> list[Any]:
    """Return each moment once: claims of several articles in the same words stand together."""
    found: dict[tuple[Any, ...], Any] = {}
    for item in items:
        names = ("lane", "earliest", "latest", "headline", "status")
        key = tuple(item.get(name) for name in names)
        if key in found:
            found[key]["others"].append(item["claim_id"])
        else:
            found[key] = {**item, "others": []}
    return list(found.values())


def _by_year(items: list[Any]) -> list[tuple[str, list[Any]]]:
    """Group items under the year that each begins in, earliest first."""
    ordered = sorted(items, key=lambda item: item["earliest"] or item["latest"] or "")
    years: dict[str, list[Any]] = {}
    for item in ordered:
        years.setdefault((item["earliest"] or item["latest"] or "")[:4], []).append(item)
    return list(years.items())
