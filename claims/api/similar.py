"""Routes of what is held already: beside a claim, and about a text that is not kept."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request
from flask.views import MethodView

from accounts import limits
from accounts.auth import allow, is_signed_in
from claims import checking, services, similar
from db import database, reading
from schemas.base import Blueprint, json_response
from schemas.claims import CheckedSchema, CheckSchema, SimilarPageSchema, SimilarQuerySchema

blueprint = Blueprint("similar", __name__, url_prefix="/api/v1", description="Claims")


@blueprint.route("/claims/<uuid:claim_id>/similar")
class SimilarClaims(MethodView):
    """The same, or something else of the same, elsewhere."""

    @blueprint.arguments(SimilarQuerySchema, location="query")
    @blueprint.response(200, SimilarPageSchema)
    @allow("read")
    def get(self, given: dict[str, Any], claim_id: Any) -> Response:
        """
        List claims that repeat, contradict, refine or update a claim, each with the reason.

        What people confirmed comes first, what they refused is left out. A relation of null means
        that the two cannot be compared; the explanation says why, as "another currency".
        """
        session = reading()
        claim = services.get_claim(session, str(claim_id))
        found = similar.similar_to(session, claim, most=given["limit"])
        items = similar.documents_of(session, found, is_private=is_signed_in())
        return json_response(
            {"items": items, "next": None, "total": len(items), "total_relation": "eq"}
        )


@blueprint.route("/check")
class Check(MethodView):
    """Has this been checked?"""

    @blueprint.arguments(CheckSchema)
    @blueprint.response(200, CheckedSchema)
    @allow("read")
    def post(self, data: dict[str, Any]) -> Response:
        """Read a text's statements without keeping them, and say what is held about each."""
        if not is_signed_in():
            limits.count_check(database(), request.remote_addr or "unknown")
        text, day = data["text"], checking.day_of(data["text"], data.get("published_on"))
        analyst = current_app.extensions["dateline.analyst"]
        extraction = checking.read_text(analyst, text, day, data.get("language"))
        statements = checking.answers(reading(), text, day, extraction, is_private=is_signed_in())
        return json_response(
            {
                "published_on": day.isoformat(),
                "language": extraction.language,
                "statements": statements,
            }
        )
