"""
The route that clients of the Google Fact Check Tools API know, with its parameters and shapes.

Errors of this route have the shape that such clients read (`error_handlers.py`).
"""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import urlsplit

from flask import Response
from flask.views import MethodView

from accounts.auth import allow, settings
from archive.claimreview import LABELS, Desk
from claims.searching import Decided, search
from db import reading
from errors import InvalidInputError
from schemas.base import Blueprint, json_response
from schemas.search import FoundPageSchema, SearchQuerySchema

blueprint = Blueprint("search", __name__, url_prefix="/v1alpha1", description="Search")


@blueprint.route("/claims:search")
class ClaimSearch(MethodView):
    """Has this been checked? Answered as the Fact Check Tools API does."""

    @blueprint.arguments(SearchQuerySchema, location="query")
    @blueprint.response(200, FoundPageSchema)
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """Search through decided claims."""
        desk = Desk(settings().desk_name, settings().base_url)
        token = given.get("page_token")
        offset = _read_token(token) if token else given["offset"]
        wanted = given.get("publisher")
        if wanted and not _is_site(wanted, desk):
            return json_response({})
        found, has_more = search(
            reading(),
            given.get("query"),
            language=given.get("language"),
            most_days=given.get("most_days"),
            offset=offset,
            limit=given["page_size"],
        )
        body: dict[str, Any] = {"claims": [_document(each, desk) for each in found]}
        if has_more:
            body["nextPageToken"] = _write_token(offset + given["page_size"])
        # An empty list is left out, as the original does.
        return json_response(body if found else {})


def _document(found: Decided, desk: Desk) -> dict[str, Any]:
    claim, article = found.claim, found.article
    document = {
        "text": claim.normalized_text or claim.text,
        "claimant": claim.claimant_name or article.publisher,
        "claimDate": f"{claim.said_earliest or article.published_on}T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": desk.name, "site": _site(desk)},
                "url": desk.page_of(claim.uuid),
                "title": article.title or claim.text,
                "reviewDate": found.finding.decided_at,
                "textualRating": LABELS[found.finding.verdict or ""],
                "languageCode": article.language,
            }
        ],
    }
    return {name: value for name, value in document.items() if value is not None}


def _site(desk: Desk) -> str:
    return (urlsplit(desk.base_url).hostname or "").removeprefix("www.")


def _is_site(wanted: str, desk: Desk) -> bool:
    """Say whether a filter like `www.example.org` means this desk."""
    host = urlsplit(wanted if "://" in wanted else f"//{wanted}").hostname or ""
    return host.lower().removeprefix("www.") == _site(desk).lower()


def _write_token(offset: int) -> str:
    return base64.urlsafe_b64encode(f"from {offset}".encode()).decode().rstrip("=")


def _read_token(token: str) -> int:
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (ValueError, binascii.Error):
        raw = b""
    word, _, number = raw.partition(b" ")
    if word != b"from" or not number.isdigit() or len(number) > 6:
        raise InvalidInputError(
            "The page token is not one that this search gave out.",
            {"pageToken": "Send the nextPageToken of the page before, or none."},
        )
    return int(number)
