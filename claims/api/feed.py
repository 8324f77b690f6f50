"""The public feed of decisions and corrections."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response
from flask.views import MethodView

from accounts.auth import allow, settings
from claims import feed
from db import reading
from schemas.base import Blueprint, json_response
from schemas.claims import FeedQuerySchema

blueprint = Blueprint("feed", __name__, url_prefix="/api/v1", description="Claims")

MEDIA_TYPE = "application/feed+json"


@blueprint.route("/feed.json")
class Feed(MethodView):
    """What was decided, and what was corrected."""

    @blueprint.arguments(FeedQuerySchema, location="query")
    @blueprint.response(200)
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """Return decisions and corrections as JSON Feed 1.1, newest first."""
        session, found = reading(), settings()
        items, before = feed.page(
            session, before=given["before"], limit=given["limit"], kinds=given.get("kind")
        )
        next_url = None
        if before is not None:
            kinds = {"kind": ",".join(given["kind"])} if given.get("kind") else {}
            query = urlencode({"before": before, "limit": given["limit"], **kinds})
            next_url = f"{found.base_url}/api/v1/feed.json?{query}"
        body = feed.feed(
            session, items, name=found.desk_name, base_url=found.base_url, next_url=next_url
        )
        response = json_response(body)
        response.mimetype = MEDIA_TYPE
        return response
