"""Routes of an article's versions: a new text, the list of them, and how two differ."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request
from flask.views import MethodView

from accounts.auth import acting, allow
from claims import revising
from claims.api.articles import article_document
from claims.differences import difference
from db import reading, transaction
from schemas.base import (
    Blueprint,
    etag,
    json_body,
    json_response,
    load,
    require_match,
    text_body,
)
from schemas.paging import PageQuerySchema, list_response
from schemas.sources import (
    DifferenceQuerySchema,
    DifferenceSchema,
    ReviseArticleSchema,
    RevisedSchema,
    TextVersionPageSchema,
)
from sources import queries as document_queries
from sources import services as documents
from sources.models import ArticleText

blueprint = Blueprint("versions", __name__, url_prefix="/api/v1/articles", description="Articles")

_NEWEST_FIRST = [(ArticleText.number, True)]


@blueprint.route("/<uuid:article_id>/versions")
class Versions(MethodView):
    """The texts that an article had."""

    @blueprint.arguments(PageQuerySchema, location="query")
    @blueprint.response(200, TextVersionPageSchema)
    @allow("read")
    def get(self, given: dict[str, Any], article_id: Any) -> Response:
        """List the versions of an article's text, newest first."""
        session = reading()
        article = documents.get_article(session, str(article_id))
        return list_response(
            session,
            document_queries.texts_query(article),
            _NEWEST_FIRST,
            lambda _, rows: [document_queries.text_document(row.ArticleText) for row in rows],
            limit=given["limit"],
            cursor=given["cursor"],
            format=given["format"],
        )

    @blueprint.doc(
        requestBody={
            "content": {
                "application/json": {"schema": ReviseArticleSchema},
                "text/plain": {"schema": {"type": "string"}},
            }
        }
    )
    @blueprint.response(201, RevisedSchema)
    @blueprint.alt_response(200, schema=RevisedSchema, description="This is the text already.")
    @allow("ingest")
    def post(self, article_id: Any) -> Response:
        """Give an article a new text: its claims are found again in it, or go stale."""
        is_plain = request.mimetype == "text/plain"
        given = load(ReviseArticleSchema(), {"text": text_body()} if is_plain else json_body())
        session = reading()
        article = documents.get_article(session, str(article_id))
        require_match(article.uuid, article.version)
        analyst = current_app.extensions["dateline.analyst"]
        revision = revising.prepare(session, analyst, article, **given)
        with transaction() as session:
            article = documents.get_article(session, str(article_id))
            require_match(article.uuid, article.version)
            revised = revising.keep(session, article, revision, actor=acting())
            body = {
                "items": [{"claim_id": uuid, "anchor": anchor} for uuid, anchor in revised.anchors],
                "new_claims": list(revised.added),
                "article": article_document(session, revised.article),
            }
            tag = etag(revised.article.uuid, revised.article.version)
            return json_response(body, 201 if revised.is_new else 200, {"ETag": tag})


@blueprint.route("/<uuid:article_id>/diff")
class Differences(MethodView):
    """How two versions of a text differ."""

    @blueprint.arguments(DifferenceQuerySchema, location="query")
    @blueprint.response(200, DifferenceSchema)
    @allow("read")
    def get(self, given: dict[str, Any], article_id: Any) -> Response:
        """Compare two versions word by word: what was kept, removed and added, in order."""
        session = reading()
        article = documents.get_article(session, str(article_id))
        newer = given["to"] or article.text_version
        older = given["from_"] or max(1, newer - 1)
        old, new = (documents.text_of(session, article, number).text for number in (older, newer))
        segments = [
            {"change": s.change, "start": s.start, "end": s.end, "text": s.text}
            for s in difference(old, new)
        ]
        return json_response({"from": older, "to": newer, "segments": segments})
