"""Routes of the desk as a whole: how far it is, and how predictions came out."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from accounts.auth import allow
from claims import coverage, predictions
from db import reading
from schemas.base import Blueprint, json_response
from schemas.desk import PredictionsQuerySchema, PredictionsSchema, StandingSchema
from schemas.memento import AsOfSchema, remembers

blueprint = Blueprint("desk_api", __name__, url_prefix="/api/v1", description="Desk")


@blueprint.route("/desk")
class Desk(MethodView):
    """How far the desk is."""

    @blueprint.arguments(AsOfSchema, location="query")
    @blueprint.response(200, StandingSchema)
    @remembers
    @allow("read")
    def get(self, _given: dict[str, Any]) -> Response:
        """Count what is left, what needs a look again, and which articles are checked."""
        return json_response(coverage.desk_of(reading()))


@blueprint.route("/claimants/predictions")
class Predictions(MethodView):
    """How the predictions of a claimant came out."""

    @blueprint.arguments(PredictionsQuerySchema, location="query")
    @blueprint.response(200, PredictionsSchema)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """Count a claimant's predictions by outcome and list them; a score alone is never given."""
        return json_response(predictions.record_of(reading(), given["name"], most=given["limit"]))
