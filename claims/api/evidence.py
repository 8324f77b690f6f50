"""Routes of evidence, and of what claims rest on a source."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from accounts.auth import acting, allow, is_signed_in
from claims import evidence as service
from claims import filters, queries, services, staleness
from claims.api.claims import linked_data
from db import reading, transaction
from schemas.base import Blueprint, json_response, record_response, require_match
from schemas.claims import (
    ClaimPageSchema,
    CreateEvidenceSchema,
    EvidenceFormatSchema,
    EvidenceSchema,
    WithdrawalSchema,
)
from schemas.memento import remembers
from schemas.paging import PageQuerySchema, list_response
from schemas.sources import NoticeSchema, SourceSchema
from sources import queries as document_queries
from sources import services as documents
from sources.models import Source

blueprint = Blueprint("evidence", __name__, url_prefix="/api/v1", description="Evidence")
of_sources = Blueprint(
    "claims_of_sources", __name__, url_prefix="/api/v1/sources", description="Documents"
)


@blueprint.route("/claims/<uuid:claim_id>/evidence")
class ClaimEvidence(MethodView):
    """What speaks for and against a claim."""

    @blueprint.arguments(EvidenceFormatSchema, location="query")
    @blueprint.response(200)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any], claim_id: Any) -> Response:
        """List a claim's evidence, oldest first, what was withdrawn included."""
        session = reading()
        claim = services.get_claim(session, str(claim_id))
        if given["format"] == "webannotation":
            return linked_data(session, claim, "evidence")
        is_private = is_signed_in()
        items = [
            queries.evidence_document(row.Evidence, row.Source, is_private=is_private)
            for row in session.execute(queries.evidence_query(claim))
        ]
        return json_response(
            {"items": items, "next": None, "total": len(items), "total_relation": "eq"}
        )

    @blueprint.arguments(CreateEvidenceSchema)
    @blueprint.response(201, EvidenceSchema)
    @allow("add_evidence")
    def post(self, data: dict[str, Any], claim_id: Any) -> Response:
        """Add evidence; the claim gets a new version."""
        actor = acting()
        with transaction() as session:
            claim = services.get_claim(session, str(claim_id))
            source = (
                documents.get_source(session, data["source_id"])
                if "source_id" in data
                else documents.add_source(session, data["source"], actor=actor)
            )
            added = service.add_evidence(session, claim, source, data, actor=actor)
            return json_response(queries.evidence_document(added, source, is_private=True), 201)


@blueprint.route("/evidence/<uuid:evidence_id>/withdrawal")
class Withdrawal(MethodView):
    """Taking evidence back."""

    @blueprint.arguments(WithdrawalSchema)
    @blueprint.response(201, EvidenceSchema)
    @allow("add_evidence")
    def post(self, data: dict[str, Any], evidence_id: Any) -> Response:
        """Withdraw evidence with a reason; nothing is deleted."""
        with transaction() as session:
            found = service.get_evidence(session, str(evidence_id))
            found = service.withdraw_evidence(session, found, reason=data["reason"], actor=acting())
            source = session.get_one(Source, found.source_id)
            return json_response(queries.evidence_document(found, source, is_private=True), 201)


@of_sources.route("/<uuid:source_id>/claims")
class SourceClaims(MethodView):
    """The claims that rest on a source."""

    @of_sources.arguments(PageQuerySchema, location="query")
    @of_sources.response(200, ClaimPageSchema)
    @allow("read")
    def get(self, given: dict[str, Any], source_id: Any) -> Response:
        """List the claims that cite a source, newest first."""
        session = reading()
        source = documents.get_source(session, str(source_id))
        is_private = is_signed_in()
        return list_response(
            session,
            filters.matching(session, source=source.uuid).paged,
            queries.ORDERS["-created_at"],
            lambda s, rows: queries.documents_by_key(s, rows, is_private=is_private),
            limit=given["limit"],
            cursor=given["cursor"],
            format=given["format"],
        )


@of_sources.route("/<uuid:source_id>/notices")
class Notices(MethodView):
    """What a source's publisher says about it afterwards."""

    @of_sources.arguments(NoticeSchema)
    @of_sources.response(201, SourceSchema)
    @allow("confirm")
    def post(self, data: dict[str, Any], source_id: Any) -> Response:
        """Record a correction or a retraction; claims that rest on the source go stale."""
        with transaction() as session:
            source = documents.get_source(session, str(source_id))
            require_match(source.uuid, source.version)
            source = staleness.add_notice(
                session, source, kind=data["kind"], note=data.get("note"), actor=acting()
            )
            return record_response(document_queries.source_document(source), 201)
