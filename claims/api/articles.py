"""Routes of articles: taking one in reads its claims out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, current_app, request
from flask.views import MethodView
from sqlalchemy.orm import Session

from accounts.auth import acting, allow, is_signed_in
from claims import coverage, filters, ingesting, queries, services
from db import reading, transaction
from schemas.base import (
    Blueprint,
    Parser,
    json_body,
    json_response,
    load,
    record_response,
    text_body,
)
from schemas.claims import (
    ClaimPageSchema,
    ClaimSchema,
    ClaimsOfArticleQuerySchema,
    MarkClaimSchema,
)
from schemas.memento import AsOfSchema, remembers
from schemas.paging import list_response
from schemas.sources import (
    ArticleFactsSchema,
    ArticlePageSchema,
    ArticleQuerySchema,
    ArticleSchema,
    CoverageSchema,
    CreateArticleSchema,
    MarkSegmentSchema,
    TextQuerySchema,
)
from sources import queries as document_queries
from sources import services as documents
from sources.models import Article

blueprint = Blueprint("articles", __name__, url_prefix="/api/v1/articles", description="Articles")

ORDERS = {
    "-published_on": [(Article.published_on, True), (Article.id, True)],
    "published_on": [(Article.published_on, False), (Article.id, False)],
    "-ingested_at": [(Article.id, True)],
}


def documents_of(session: Session, articles: Sequence[Article]) -> list[dict[str, Any]]:
    """Return articles in the contract's shape, with how far each is."""
    counts = queries.status_counts(session, [article.id for article in articles])
    standings = coverage.standings_of(session, articles)
    return [
        document_queries.article_document(article, counts.get(article.id, {}))
        | standings[article.id].document()
        for article in articles
    ]


def article_document(session: Session, article: Article) -> dict[str, Any]:
    """Return one article in the contract's shape."""
    return documents_of(session, [article])[0]


@blueprint.route("")
class Articles(MethodView):
    """The documents being checked."""

    @blueprint.arguments(ArticleQuerySchema, location="query")
    @blueprint.response(200, ArticlePageSchema)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """List articles, newest first."""
        filters = {name: given.get(name) for name in ("q", "publisher", "from_", "to")}
        return list_response(
            reading(),
            document_queries.articles_query(**filters),
            ORDERS[given["sort"]],
            lambda session, rows: documents_of(session, [row.Article for row in rows]),
            limit=given["limit"],
            cursor=given["cursor"],
            format=given["format"],
        )

    @blueprint.doc(
        requestBody={
            "content": {
                "application/json": {"schema": CreateArticleSchema},
                "text/plain": {"schema": {"type": "string"}},
            }
        }
    )
    @blueprint.response(201, ArticleSchema)
    @blueprint.alt_response(200, schema=ArticleSchema, description="The text was here already.")
    @allow("ingest")
    def post(self) -> Response:
        """Take an article in and read its claims out of it."""
        draft = ingesting.prepare(current_app.extensions["dateline.analyst"], **_given_article())
        with transaction() as session:
            article, is_new = ingesting.keep(session, draft, actor=acting())
            claims = queries.documents_of_article(session, article, is_private=is_signed_in())
            body = article_document(session, article) | {"claims": claims}
            response = record_response(body, 201 if is_new else 200)
            response.headers["Location"] = f"{blueprint.url_prefix}/{article.uuid}"
            return response


def _given_article() -> dict[str, Any]:
    """Read the article from a JSON body, or from plain text and the query."""
    if request.mimetype != "text/plain":
        return _load(CreateArticleSchema(), json_body())
    # The day stays as written here: it is read with the rest.
    given = Parser().load_querystring(request, ArticleFactsSchema())
    facts = load(ArticleFactsSchema(), dict(given.items()))
    return _load(CreateArticleSchema(), {**facts, "text": text_body()})


def _load(schema: Any, data: Any) -> dict[str, Any]:
    loaded = load(schema, dict(data.items()))
    if "published_on" in loaded:
        loaded["published_on"] = date.fromisoformat(loaded["published_on"])
    return loaded


@blueprint.route("/<uuid:article_id>")
class OneArticle(MethodView):
    """One article."""

    @blueprint.arguments(AsOfSchema, location="query")
    @blueprint.response(200, ArticleSchema)
    @remembers
    @allow("read")
    def get(self, _given: dict[str, Any], article_id: Any) -> Response:
        """Return an article without its text."""
        session = reading()
        article = documents.get_article(session, str(article_id))
        # How far an article is changes with its claims, not with its version.
        return record_response(article_document(session, article), is_as_recorded=False)


@blueprint.route("/<uuid:article_id>/text")
class ArticleTexts(MethodView):
    """The text that selectors count in."""

    @blueprint.arguments(TextQuerySchema, location="query")
    @blueprint.response(200)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any], article_id: Any) -> Response:
        """Return the newest text, or the one with a number, byte for byte, as UTF-8."""
        session = reading()
        article = documents.get_article(session, str(article_id))
        kept = documents.text_of(session, article, given["version"])
        return Response(kept.text.encode(), content_type="text/plain; charset=utf-8")


@blueprint.route("/<uuid:article_id>/claims")
class ArticleClaims(MethodView):
    """The claims of an article."""

    @blueprint.arguments(ClaimsOfArticleQuerySchema, location="query")
    @blueprint.response(200, ClaimPageSchema)
    @remembers
    @allow("read")
    def get(self, given: dict[str, Any], article_id: Any) -> Response:
        """List an article's claims in text order."""
        session = reading()
        article = documents.get_article(session, str(article_id))
        is_private = is_signed_in()
        return list_response(
            session,
            filters.matching(session, article=article.uuid).paged,
            queries.ORDERS["article"],
            lambda s, rows: queries.documents_by_key(s, rows, is_private=is_private),
            limit=given["limit"] if "limit" in request.args else 200,
            cursor=given["cursor"],
            format=given["format"],
        )

    @blueprint.arguments(MarkClaimSchema)
    @blueprint.response(201, ClaimSchema)
    @allow("review")
    def post(self, data: dict[str, Any], article_id: Any) -> Response:
        """Make a claim of a span that the machine did not take."""
        with transaction() as session:
            article = documents.get_article(session, str(article_id))
            claim = services.mark_claim(session, article, data, actor=acting())
            return record_response(queries.document_of(session, claim, is_private=True), 201)


@blueprint.route("/<uuid:article_id>/coverage")
class Coverage(MethodView):
    """What has been looked at, and what has not."""

    @blueprint.arguments(AsOfSchema, location="query")
    @blueprint.response(200, CoverageSchema)
    @remembers
    @allow("read")
    def get(self, _given: dict[str, Any], article_id: Any) -> Response:
        """Return the coverage map: gapless segments, each with its state and the reason."""
        session = reading()
        return json_response(
            coverage.coverage_of(session, documents.get_article(session, str(article_id)))
        )


@blueprint.route("/<uuid:article_id>/segments")
class Segments(MethodView):
    """What people decided about stretches that are no claim."""

    @blueprint.arguments(MarkSegmentSchema)
    @blueprint.response(201, CoverageSchema)
    @allow("review")
    def post(self, data: dict[str, Any], article_id: Any) -> Response:
        """Say that a stretch is not checkable, or no claim, or take that back."""
        with transaction() as session:
            article = documents.get_article(session, str(article_id))
            place = {"start": data["start"], "end": data["end"], "actor": acting()}
            if data["state"] == "unchecked":
                services.unmark_segment(session, article, **place)
            else:
                said = {"state": data["state"], "reason": data.get("reason")}
                services.mark_segment(session, article, **place, **said)
            return json_response(coverage.coverage_of(session, article), 201)
