"""Routes of what comes from other desks, and of the checks of our own archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask.views import MethodView
from sqlalchemy.orm import Session

from accounts.auth import allow
from archive import fixity, foreign_queries
from archive.models import FixityCheck, ForeignClaim, ForeignLog
from db import database, reading
from schemas.archive import (
    FixityPageSchema,
    ForeignClaimPageSchema,
    ForeignClaimQuerySchema,
    ForeignClaimSchema,
    ForeignLogPageSchema,
)
from schemas.base import Blueprint, json_response
from schemas.paging import PageQuerySchema, list_response

blueprint = Blueprint(
    "foreign", __name__, url_prefix="/api/v1", description="Other desks' logs, and fixity"
)


def _logs(_session: Session, rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [foreign_queries.log_document(row.ForeignLog) for row in rows]


def _claims(_session: Session, rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [foreign_queries.claim_document(row) for row in rows]


def _checks(_session: Session, rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [fixity.check_document(row.FixityCheck) for row in rows]


def _dialect() -> str:
    return database().engine.dialect.name


@blueprint.route("/foreign/logs")
class ForeignLogs(MethodView):
    """The logs of other desks that were imported."""

    @blueprint.arguments(PageQuerySchema, location="query")
    @blueprint.response(200, ForeignLogPageSchema)
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """List other desks' logs, each with the checkpoint up to which it was taken."""
        query = foreign_queries.logs_query()
        return list_response(reading(), query, [(ForeignLog.id, True)], _logs, **given)


@blueprint.route("/foreign/claims")
class ForeignClaims(MethodView):
    """The claims of other desks, kept apart from ours."""

    @blueprint.arguments(ForeignClaimQuerySchema, location="query")
    @blueprint.response(200, ForeignClaimPageSchema)
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """Search what other desks' logs hold; every claim names where it comes from."""
        paging = {name: given.pop(name) for name in ("limit", "cursor", "format")}
        query = foreign_queries.claims_query(_dialect(), **given)
        return list_response(reading(), query, [(ForeignClaim.id, True)], _claims, **paging)


@blueprint.route("/foreign/claims/<uuid:claim_id>")
class OneForeignClaim(MethodView):
    """A claim of another desk."""

    @blueprint.response(200, ForeignClaimSchema)
    @allow("read")
    def get(self, claim_id: Any) -> Response:
        """Return a claim of another desk by the id that it has there."""
        return json_response(foreign_queries.get_claim(reading(), _dialect(), str(claim_id)))


@blueprint.route("/fixity")
class Fixity(MethodView):
    """The checks that were made of this archive."""

    @blueprint.arguments(PageQuerySchema, location="query")
    @blueprint.response(200, FixityPageSchema)
    @allow("ingest")
    def get(self, given: dict[str, Any]) -> Response:
        """List the checks of log, tables and snapshots, newest first, with what they found."""
        order = [(FixityCheck.id, True)]
        return list_response(reading(), fixity.checks_query(), order, _checks, **given)
