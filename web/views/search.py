"""Full-text search over all claims, with filters and counts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for

from accounts.auth import allow
from claims import filters, queries
from db import reading
from errors import InvalidInputError
from schemas.claims import ClaimQuerySchema
from schemas.paging import count, page
from web.forms import Refusal
from web.lists import claims_of, given_filters, only_filters, options, wrong_filters
from web.views.blueprint import desk
from web.views.looking_back import looks_back

#: What the results are counted by, and the words over the counts.
FACETS = {
    "status": "Status",
    "kind": "Kind",
    "topic": "Topic",
    "claimant": "Claimant",
    "publisher": "Publisher",
    "modality": "How firmly",
}

#: Filters that take several values, parted by commas.
SEVERAL = ("status", "kind", "topic", "modality")

ORDERS = {
    "-created_at": "newest first",
    "-check_worthiness": "most worth checking first",
    "time": "by the time they are about",
    "article": "by article",
}


@desk.get("/search")
@looks_back
@allow("read")
def search() -> Any:
    """Search claims."""
    given, refusal = given_filters(ClaimQuerySchema())
    found: dict[str, Any] = {"claims": [], "next": None, "total": 0, "is_more": False}
    facets: dict[str, Any] = {}
    if given is not None:
        found, facets, refusal = _results(given)
    shown = render_template(
        "search.html",
        **found,
        facets=facets,
        facet_words=FACETS,
        orders=ORDERS,
        filters={name: value for name, value in request.args.items() if value},
        address=_address,
        toggled=_toggled,
        is_chosen=_is_chosen,
        query_string=urlencode(_given()),
        refusal=refusal,
    )
    return shown, refusal.status if refusal else 200


def _results(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], Refusal | None]:
    session = reading()
    meant = filters.matching(session, **only_filters(given))
    empty = {"claims": [], "next": None, "total": 0, "is_more": False}
    order = queries.ORDERS[given["sort"]]
    try:
        rows = page(session, meant.paged, order, limit=given["limit"], cursor=given["cursor"])
    except InvalidInputError as error:
        return empty, {}, wrong_filters(error)
    total, relation = count(session, meant.counted)
    found = {
        "claims": claims_of(session, rows.rows),
        "next": rows.next,
        "total": total,
        "is_more": relation == "gte",
    }
    return found, options(session, FACETS, meant), None


def _given() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if value and name != "cursor"}


def _address(**changes: str | None) -> str:
    """Return this search with some filters changed, from its first page."""
    merged = {name: value for name, value in (_given() | changes).items() if value}
    return url_for("desk.search", **merged)


def _chosen(name: str) -> list[str]:
    value = request.args.get(name, "")
    values = value.split(",") if name in SEVERAL else [value]
    return [each.strip() for each in values if each.strip()]


def _is_chosen(name: str, value: str) -> bool:
    return value in _chosen(name)


def _toggled(name: str, value: str) -> str:
    """Return this search with one value of a facet put in or taken out."""
    chosen = _chosen(name)
    if value in chosen:
        chosen.remove(value)
    else:
        chosen = [*chosen, value] if name in SEVERAL else [value]
    return _address(**{name: ",".join(chosen)})
