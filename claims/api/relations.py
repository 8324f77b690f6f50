"""Routes of how claims stand to each other."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from accounts.auth import acting, allow
from claims import relations, services
from claims.models import ClaimRelationKind
from db import transaction
from schemas.base import Blueprint, json_response
from schemas.claims import JudgedRelationSchema, JudgeRelationSchema

blueprint = Blueprint("relations", __name__, url_prefix="/api/v1/claims", description="Claims")


@blueprint.route("/<uuid:claim_id>/relations")
class Relations(MethodView):
    """What people judged about a claim and others."""

    @blueprint.arguments(JudgeRelationSchema)
    @blueprint.response(201, JudgedRelationSchema)
    @allow("review")
    def post(self, data: dict[str, Any], claim_id: Any) -> Response:
        """Confirm or refuse that another claim repeats, contradicts, refines or updates this."""
        with transaction() as session:
            claim = services.get_claim(session, str(claim_id))
            other = services.get_claim(session, data["other_id"])
            judged = relations.judge(
                session,
                claim,
                other,
                relation=ClaimRelationKind(data["relation"]),
                judgement=data["judgement"],
                actor=acting(),
            )
            return json_response(
                {
                    "claim_id": claim.uuid,
                    "other_id": other.uuid,
                    "relation": judged.relation.value,
                    "judgement": "confirmed" if judged.is_confirmed else "refused",
                    "judged_by": judged.judged_by,
                    "judged_at": judged.judged_at,
                },
                201,
            )
