"""Routes of the timeline: what happened, was said, was published, was decided, and when."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from accounts.auth import allow, is_signed_in
from claims import queries, timeline
from claims.models import Claim
from db import database, reading
from schemas.base import Blueprint, json_response
from schemas.claims import TimelineQuerySchema
from schemas.memento import remembers
from schemas.paging import csv_line
from sources.models import Article

blueprint = Blueprint("timeline", __name__, url_prefix="/api/v1/timeline", description="Claims")

_PAGING = ("limit", "cursor", "format", "as_of")

_COLUMNS = ("claim_id", "lane", "earliest", "latest", "precision", "display", "headline", "status")


def entries(given: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the claims that match, in the contract's shape, with when they were published."""
    session = reading()
    filters = {name: value for name, value in given.items() if name not in _PAGING}
    query = (
        queries.claims_query(database().engine.dialect.name, **filters)
        .add_columns(Article.published_on.label("published_on"))  # type: ignore[attr-defined]
        .order_by(queries.ORDERS["time"][0][0], Claim.id)
        .limit(given["limit"])
    )
    rows = session.execute(query).all()
    found = queries.documents_of(session, rows, is_private=is_signed_in())
    return [
        document | {"published_on": row.published_on}
        for document, row in zip(found, rows, strict=True)
    ]


@blueprint.route("")
class Timeline(MethodView):
    """Claims in time."""

    @blueprint.arguments(TimelineQuerySchema, location="query")
    @blueprint.response(200)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """Return the items of the timeline; what has no date is listed as undated."""
        found = timeline.build(entries(given))
        if given["format"] == "timelinejs":
            return json_response(timeline.to_timelinejs(found.items))
        if given["format"] == "ics":
            return Response(
                timeline.to_ics(found.items), content_type="text/calendar; charset=utf-8"
            )
        if given["format"] == "csv":
            lines = [csv_line(_COLUMNS)]
            lines += [csv_line([str(item[c] or "") for c in _COLUMNS]) for item in found.items]
            return Response(b"".join(lines), mimetype="text/csv")
        return json_response({"items": found.items, "undated": found.undated})
