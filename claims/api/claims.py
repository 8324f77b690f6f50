"""Routes of claims: lists, one claim, its review and its history."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from sqlalchemy.orm import Session

from accounts.auth import acting, allow, is_signed_in, settings
from archive.claimreview import Desk
from archive.interchange import render
from claims import facets, filters, grounds, provenance, queries, review, services, verdicts
from claims.models import Claim
from claims.statuses import Action, Layer, Verdict
from db import reading, transaction
from schemas.base import Blueprint, json_response, record_response, require_match
from schemas.claims import (
    ClaimFormatSchema,
    ClaimPageSchema,
    ClaimQuerySchema,
    ClaimSchema,
    GateQuerySchema,
    GateSchema,
    HistoryQuerySchema,
    ProvenanceFormatSchema,
    ReviewSchema,
    UpdateClaimSchema,
    VerdictsQuerySchema,
    VerdictsSchema,
)
from schemas.memento import remembers
from schemas.paging import list_response

blueprint = Blueprint("claims", __name__, url_prefix="/api/v1/claims", description="Claims")

_PAGING = ("limit", "cursor", "format", "sort", "facet", "as_of")


def policy() -> review.Policy:
    """Return what this desk asks of a decision."""
    found = settings()
    return review.Policy(
        approvals=found.approvals,
        lease_minutes=found.lease_minutes,
        review_days=found.review_days,
    )


def count_facets(matching: filters.Matching, names: list[str]) -> dict[str, Any]:
    """Count the matching claims by each facet."""
    return {
        name: [
            {"value": value, "count": count}
            for value, count in facets.facet(reading(), name, matching)
        ]
        for name in names
    }


def linked_data(session: Session, claim: Claim, name: str) -> Response:
    """Return a claim in a format of the field, with that format's media type."""
    found = settings()
    document, media_type = render(session, claim, name, desk=Desk(found.desk_name, found.base_url))
    response = json_response(document)
    response.mimetype = media_type
    return response


@blueprint.route("")
class Claims(MethodView):
    """The statements of all articles."""

    @blueprint.arguments(ClaimQuerySchema, location="query")
    @blueprint.response(200, ClaimPageSchema)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """List claims, newest first, narrowed by whichever filters are given."""
        wanted = {name: value for name, value in given.items() if name not in _PAGING}
        found = filters.matching(reading(), **wanted)
        is_private, counted = is_signed_in(), given.get("facet")
        return list_response(
            reading(),
            found.paged,
            queries.ORDERS[given["sort"]],
            lambda session, rows: queries.documents_by_key(session, rows, is_private=is_private),
            counted=found.counted,
            limit=given["limit"],
            cursor=given["cursor"],
            format=given["format"],
            facets=(lambda: count_facets(found, counted)) if counted else None,
        )


@blueprint.route("/<uuid:claim_id>")
class OneClaim(MethodView):
    """One claim."""

    @blueprint.arguments(ClaimFormatSchema, location="query")
    @blueprint.response(200, ClaimSchema)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any], claim_id: Any) -> Response:
        """Return a claim with both findings, or in a format of the field."""
        session = reading()
        claim = services.get_claim(session, str(claim_id))
        if given["format"]:
            return linked_data(session, claim, given["format"])
        document = queries.document_of(session, claim, is_private=is_signed_in())
        is_as_recorded = not queries.depends_on_moment(claim, document)
        return record_response(document, is_as_recorded=is_as_recorded)

    @blueprint.arguments(UpdateClaimSchema)
    @blueprint.response(200, ClaimSchema)
    @allow("review")
    def patch(self, data: dict[str, Any], claim_id: Any) -> Response:
        """Correct what was read about a claim; a decided finding goes stale."""
        with transaction() as session:
            claim = services.get_claim(session, str(claim_id))
            require_match(claim.uuid, claim.version)
            claim = services.correct_claim(session, claim, data, actor=acting())
            return record_response(queries.document_of(session, claim, is_private=True))


@blueprint.route("/<uuid:claim_id>/reviews")
class Reviews(MethodView):
    """The only way a finding changes."""

    @blueprint.arguments(ReviewSchema)
    @blueprint.response(201, ClaimSchema)
    @allow("review")
    def post(self, data: dict[str, Any], claim_id: Any) -> Response:
        """Take, release, propose, approve, send back, challenge, close or reopen a finding."""
        with transaction() as session:
            claim = services.get_claim(session, str(claim_id))
            require_match(claim.uuid, claim.version)
            claim = review.act(
                session,
                claim,
                **data | {"layer": Layer(data["layer"]), "action": Action(data["action"])},
                actor=acting(),
                policy=policy(),
            )
            return record_response(queries.document_of(session, claim, is_private=True), 201)


@blueprint.route("/<uuid:claim_id>/gate")
class Gate(MethodView):
    """What a verdict takes."""

    @blueprint.arguments(GateQuerySchema, location="query")
    @blueprint.response(200, GateSchema)
    @allow("read")
    def get(self, given: dict[str, Any], claim_id: Any) -> Response:
        """Say which conditions of a verdict are met and which are missing, before anyone tries."""
        session, layer = reading(), Layer(given["layer"])
        claim = services.get_claim(session, str(claim_id))
        services.get_finding(session, claim, layer)
        answer = grounds.gate_of(session, claim, layer, Verdict(given["verdict"]))
        return json_response(answer.document())


@blueprint.route("/<uuid:claim_id>/verdicts")
class Verdicts(MethodView):
    """What was held, known at one time, about another."""

    @blueprint.arguments(VerdictsQuerySchema, location="query")
    @blueprint.response(200, VerdictsSchema)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any], claim_id: Any) -> Response:
        """List a finding's decisions with both their times, and the one held then about a day."""
        session, layer = reading(), Layer(given["layer"])
        claim = services.get_claim(session, str(claim_id))
        services.get_finding(session, claim, layer)
        return json_response(verdicts.answer(session, claim, layer, about=given["about"]))


@blueprint.route("/<uuid:claim_id>/history")
class History(MethodView):
    """What happened to a claim."""

    @blueprint.arguments(HistoryQuerySchema, location="query")
    @blueprint.response(200)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any], claim_id: Any) -> Response:
        """List a claim's events, oldest first, each with its place in the log."""
        session = reading()
        claim = services.get_claim(session, str(claim_id))
        found = queries.history_of(session, claim, is_private=is_signed_in())
        return json_response({"items": [e for e in found if e["seq"] > given["since"]]})


@blueprint.route("/<uuid:claim_id>/provenance")
class Provenance(MethodView):
    """Where a claim comes from."""

    @blueprint.arguments(ProvenanceFormatSchema, location="query")
    @blueprint.response(200)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any], claim_id: Any) -> Response:
        """Say who said it, where it appears, what supports it, and who decided what when."""
        session = reading()
        claim = services.get_claim(session, str(claim_id))
        if given["format"] == "prov":
            return linked_data(session, claim, "prov")
        return json_response(provenance.provenance_of(session, claim, is_private=is_signed_in()))
