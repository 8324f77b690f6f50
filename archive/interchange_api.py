"""Routes of the field's formats: ClaimReviews of other desks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Response, request
from flask.views import MethodView
from sqlalchemy.orm import Session

from accounts.auth import acting, allow
from archive import claimreview_importing as importing
from archive.claimreview_reading import find_reviews, scripts_of
from db import reading, transaction
from errors import DatelineError, MalformedJsonError, UnsupportedMediaTypeError
from schemas.archive import ForeignReviewPageSchema, ImportedReviewsSchema
from schemas.base import Blueprint, json_response
from schemas.paging import PageQuerySchema, list_response
from schemas.reading import check_texts, read_json
from sources.models import Source

blueprint = Blueprint(
    "interchange", __name__, url_prefix="/api/v1", description="Formats of the field"
)


def _dump(_session: Session, rows: Sequence[Any]) -> list[dict[str, Any]]:
    return importing.documents_of(rows)


def _reviews_in_body() -> tuple[list[Mapping[str, Any]], int]:
    """Return the ClaimReviews of a JSON body or a page, and how many scripts could not be read."""
    if request.mimetype in ("application/json", "application/ld+json"):
        return list(find_reviews(read_json(request.get_data()))), 0
    if request.mimetype == "text/html":
        scripts = list(_scripts(request.get_data()))
        found = [review for value in scripts for review in find_reviews(value)]
        return found, sum(value is None for value in scripts)
    raise UnsupportedMediaTypeError(
        "Send application/json, application/ld+json, or a page as text/html."
    )


def _scripts(page: bytes) -> Iterator[Any]:
    """Yield the values of a page's scripts; None where one is not JSON that can be kept."""
    try:
        text = page.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedJsonError(f"The page is not UTF-8 at byte {error.start}.") from error
    check_texts(text)
    for script in scripts_of(text):
        try:
            yield read_json(script.strip().encode())
        except DatelineError:
            yield None


@blueprint.route("/imports/claimreview")
class ImportedReviews(MethodView):
    """What other desks concluded, in their own words."""

    @blueprint.arguments(PageQuerySchema, location="query")
    @blueprint.response(200, ForeignReviewPageSchema)
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """List the reviews of other desks, newest first, with their labels and their defects."""
        return list_response(
            reading(),
            importing.reviews_query(),
            [(Source.id, True)],
            _dump,
            limit=given["limit"],
            cursor=given["cursor"],
            format=given["format"],
        )

    @blueprint.response(201, ImportedReviewsSchema)
    @allow("add_evidence")
    def post(self) -> Response:
        """Keep ClaimReviews as sources: one, many, a DataFeed or a page; never as our verdict."""
        found, unreadable = _reviews_in_body()
        with transaction() as session:
            items = importing.import_reviews(session, found, actor=acting())
        outcomes = [item["outcome"] for item in items]
        counts = {name: outcomes.count(name) for name in ("taken", "known", "refused")}
        body = {"items": items, "counts": counts, "unreadable_scripts": unreadable}
        return json_response(body, 201 if counts["taken"] else 200)
