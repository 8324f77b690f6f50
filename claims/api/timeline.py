"""Routes of the timeline: what happened, was said, was published, was decided, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask.views import MethodView
from sqlalchemy import Select

from accounts.auth import allow, is_signed_in
from claims import filters, queries, relations, timeline
from claims.models import Claim
from db import reading
from schemas.base import Blueprint, json_response
from schemas.claims import TimelineQuerySchema
from schemas.memento import remembers
from schemas.paging import BATCH, count, csv_line, link_to_next, page

blueprint = Blueprint("timeline", __name__, url_prefix="/api/v1/timeline", description="Claims")

_PAGING = ("limit", "cursor", "format", "as_of")

_COLUMNS = ("claim_id", "lane", "earliest", "latest", "precision", "display", "headline", "status")


#: The order in which claims come; the items of each page are in the order of time.
ORDER = [(queries.ORDERS["time"][0][0], False), (Claim.id, False)]


def matching(given: dict[str, Any]) -> filters.Matching:
    """Return the claims that the filters ask for."""
    wanted = {name: value for name, value in given.items() if name not in _PAGING}
    return filters.matching(reading(), **wanted)


def entries(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Return a page of claims as the timeline takes them: when published, what contradicts them."""
    session = reading()
    rows = queries.rows_of(session, [row.id for row in found])
    shown = queries.documents_of(session, rows, is_private=is_signed_in())
    against = relations.contradictions(session, [row.id for row in rows])
    return [
        document | {"published_on": row.published_on, "conflicts_with": against.get(row.id, [])}
        for document, row in zip(shown, rows, strict=True)
    ]


def every_entry(query: Select[Any]) -> list[dict[str, Any]]:
    """Return all claims of a query as the timeline takes them, read a batch at a time."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        part = page(reading(), query, ORDER, limit=BATCH, cursor=cursor)
        found += entries(part.rows)
        cursor = part.next
        if cursor is None:
            return found


@blueprint.route("")
class Timeline(MethodView):
    """Claims in time."""

    @blueprint.arguments(TimelineQuerySchema, location="query")
    @blueprint.response(200)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """Return the items of the timeline; what has no date is listed as undated."""
        meant = matching(given)
        if given["format"] in ("timelinejs", "ics", "csv"):
            return _whole(given["format"], timeline.build(every_entry(meant.paged)).items)
        part = page(reading(), meant.paged, ORDER, limit=given["limit"], cursor=given["cursor"])
        total, relation = count(reading(), meant.counted)
        found = timeline.build(entries(part.rows))
        return json_response(
            {
                "items": found.items,
                "undated": found.undated,
                "next": part.next,
                "total": total,
                "total_relation": relation,
            },
            headers=link_to_next(part),
        )


def _whole(name: str, items: list[dict[str, Any]]) -> Response:
    """Return all items in a format that others read; these know no pages."""
    if name == "timelinejs":
        return json_response(timeline.to_timelinejs(items))
    if name == "ics":
        return Response(timeline.to_ics(items), content_type="text/calendar; charset=utf-8")
    lines = [csv_line(_COLUMNS)]
    lines += [csv_line([str(item[column] or "") for column in _COLUMNS]) for item in items]
    return Response(b"".join(lines), mimetype="text/csv")
