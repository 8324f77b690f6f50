"""Routes of sources: what can be cited, and what derives from what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask.views import MethodView
from sqlalchemy.orm import Session

from accounts.auth import acting, allow
from claims import staleness
from db import reading, transaction
from schemas.base import Blueprint, json_response, record_response, require_match
from schemas.paging import list_response
from schemas.sources import (
    CreateSourceSchema,
    JudgeDerivationSchema,
    SourcePageSchema,
    SourceQuerySchema,
    SourceSchema,
    UpdateSourceSchema,
)
from sources import queries, services
from sources.models import DerivationBasis, Source

blueprint = Blueprint("sources", __name__, url_prefix="/api/v1/sources", description="Documents")


def _dump(_session: Session, rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [queries.source_document(row.Source) for row in rows]


@blueprint.route("")
class Sources(MethodView):
    """Everything that can be cited."""

    @blueprint.arguments(SourceQuerySchema, location="query")
    @blueprint.response(200, SourcePageSchema)
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """List sources, newest first."""
        filters = {name: given.get(name) for name in ("q", "kind", "publisher")}
        return list_response(
            reading(),
            queries.sources_query(**filters),
            [(Source.id, True)],
            _dump,
            limit=given["limit"],
            cursor=given["cursor"],
            format=given["format"],
        )

    @blueprint.arguments(CreateSourceSchema)
    @blueprint.response(201, SourceSchema)
    @allow("add_evidence")
    def post(self, data: dict[str, Any]) -> Response:
        """Add a source."""
        with transaction() as session:
            source = services.add_source(session, data, actor=acting())
            return record_response(queries.source_document(source), 201)


@blueprint.route("/<uuid:source_id>")
class OneSource(MethodView):
    """One source."""

    @blueprint.response(200, SourceSchema)
    @allow("read")
    def get(self, source_id: Any) -> Response:
        """Return a source."""
        source = services.get_source(reading(), str(source_id))
        return record_response(queries.source_document(source))

    @blueprint.arguments(UpdateSourceSchema)
    @blueprint.response(200, SourceSchema)
    @allow("add_evidence")
    def patch(self, data: dict[str, Any], source_id: Any) -> Response:
        """Change what is known about a source."""
        with transaction() as session:
            source = services.get_source(session, str(source_id))
            require_match(source.uuid, source.version)
            source = staleness.change_source(session, source, data, actor=acting())
            return record_response(queries.source_document(source))


@blueprint.route("/<uuid:source_id>/derivations")
class Derivations(MethodView):
    """What a source derives from."""

    @blueprint.arguments(JudgeDerivationSchema)
    @blueprint.response(201)
    @allow("add_evidence")
    def post(self, data: dict[str, Any], source_id: Any) -> Response:
        """Say that a source got it from another, confirm it or reject it."""
        actor = acting()
        with transaction() as session:
            child = services.get_source(session, str(source_id))
            parent = (
                services.get_source(session, data["parent_id"])
                if "parent_id" in data
                else services.add_source(session, data["parent"], actor=actor)
            )
            staleness.judge_derivation(
                session,
                child,
                parent,
                kind=data["kind"],
                basis=DerivationBasis(data["judgement"]),
                reason=data.get("reason"),
                actor=actor,
            )
            return json_response(queries.lineage(session, child), 201)


@blueprint.route("/<uuid:source_id>/lineage")
class Lineage(MethodView):
    """What a source derives from, and what derives from it."""

    @blueprint.response(200)
    @allow("read")
    def get(self, source_id: Any) -> Response:
        """Return every step upstream, and the steps downstream."""
        session = reading()
        return json_response(queries.lineage(session, services.get_source(session, str(source_id))))
