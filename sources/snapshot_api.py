"""
Routes of snapshots: sources as captured, uploaded or fetched behind the guard.

The bytes are given back as a download, sandboxed and never as a page of this origin.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, request
from flask.views import MethodView
from sqlalchemy.orm import Session

from accounts.auth import acting, allow, settings
from claims import drift
from db import reading, transaction
from errors import ExtractionError, InvalidInputError, TextNotAllowedError
from permissions import Permission, require
from schemas.base import Blueprint, json_body, json_response, load
from schemas.paging import PageQuerySchema, list_response
from schemas.reading import check_texts
from schemas.sources import FetchSchema, SnapshotPageSchema, SnapshotQuerySchema, SnapshotSchema
from sources import services, snapshots
from sources.fetching import fetch
from sources.models import Snapshot, Source
from sources.snapshots import Captured

blueprint = Blueprint("snapshots", __name__, url_prefix="/api/v1/sources", description="Documents")

#: Longest text that is read out of a page, in bytes.
MOST_READ = 2_000_000

#: Codecs of Python's that no document is written in; one takes hours over a long one.
_NO_CHARSETS = {
    "idna",
    "punycode",
    "raw-unicode-escape",
    "raw_unicode_escape",
    "undefined",
    "unicode-escape",
    "unicode_escape",
    "utf-7",
}


def captured_from_request(source: Source) -> Captured:
    """Return what the request uploads, or what it asks to be fetched."""
    if request.mimetype == "application/json":
        given = load(FetchSchema(), json_body())
        return fetched(given.get("url") or source.url)
    upload = request.files.get("file")
    if upload is not None:
        return uploaded(upload.read(), upload.content_type)
    return uploaded(request.get_data(), request.content_type)


def uploaded(content: bytes, media_type: str | None) -> Captured:
    """
    Return a document that somebody sends.

    :raises InvalidInputError: if it is empty
    """
    if not content:
        raise InvalidInputError(
            "There is nothing to keep.", {"file": "Send the document, or the address of a page."}
        )
    media_type = (media_type or "application/octet-stream")[:120]
    return Captured(content, media_type, text=text_in(content, media_type))


def fetched(url: str | None) -> Captured:
    """
    Return a page, fetched behind the guard.

    :raises FetchError: if it is not to be had
    """
    if url is None:
        raise InvalidInputError("The source has no address.", {"url": "Give the url to fetch."})
    page = fetch(url, allow=settings().fetch_allow)
    return Captured(
        page.content,
        page.media_type,
        text=text_in(page.content, page.media_type),
        final_url=page.url,
        http={
            "status": page.status,
            "headers": [list(pair) for pair in page.headers],
            "hops": list(page.hops),
        },
    )


def keep(session: Session, source: Source, captured: Captured) -> dict[str, Any]:
    """Keep a capture, and make stale what rested on words that are gone from the source."""
    snapshot = snapshots.take_snapshot(session, source, captured, actor=acting())
    drifted = drift.source_captured(session, source, snapshot)
    return snapshots.snapshot_document(snapshot, source.uuid) | {"drifted": drifted}


def text_in(content: bytes, media_type: str) -> str | None:
    """Return what a person reads in a document, or None where it is no text that can be read."""
    kind, _, parameters = media_type.partition(";")
    kind = kind.strip().lower()
    if not kind.startswith("text/") and kind not in ("application/xhtml+xml", "application/json"):
        return None
    if len(content) > MOST_READ or b"\0" in content:
        return None
    named = parameters.lower().partition("charset=")[2].strip(" \"'") or "utf-8"
    text = _decoded(content, named)
    if text is None or "html" not in kind:
        return text
    try:
        found: str = current_app.extensions["dateline.analyst"].read_html(text)["text"]
    except ExtractionError:
        # The bytes are worth keeping though nothing could be read out of them.
        return None
    return found or None


def _decoded(content: bytes, charset: str) -> str | None:
    """Return a document's text, or None where it is none in that charset, or none to be kept."""
    try:
        if codecs.lookup(charset).name in _NO_CHARSETS:
            return None
        text = content.decode(charset)
        check_texts(text)
    except (ValueError, LookupError, TextNotAllowedError):
        return None
    return text


@blueprint.route("/<uuid:source_id>/snapshots")
class Snapshots(MethodView):
    """A source as captured."""

    @blueprint.arguments(PageQuerySchema, location="query")
    @blueprint.response(200, SnapshotPageSchema)
    @allow("read")
    def get(self, given: dict[str, Any], source_id: Any) -> Response:
        """List a source's snapshots, newest first."""
        source = services.get_source(reading(), str(source_id))

        def dump(_session: Session, rows: Sequence[Any]) -> list[dict[str, Any]]:
            return [snapshots.snapshot_document(row.Snapshot, source.uuid) for row in rows]

        return list_response(
            reading(),
            snapshots.snapshots_query(source),
            [(Snapshot.id, True)],
            dump,
            limit=given["limit"],
            cursor=given["cursor"],
            format=given["format"],
        )

    @blueprint.response(201, SnapshotSchema)
    @allow("add_evidence")
    def post(self, source_id: Any) -> Response:
        """Capture a source: send the document, or JSON with the url to fetch."""
        require(acting(), Permission.ADD_EVIDENCE)
        source = services.get_source(reading(), str(source_id))
        captured = captured_from_request(source)
        with transaction() as session:
            source = services.get_source(session, str(source_id))
            body = keep(session, source, captured)
        location = f"{blueprint.url_prefix}/{source_id}/snapshots/{body['id']}"
        return json_response(body, 201, {"Location": location})


@blueprint.route("/<uuid:source_id>/snapshots/<uuid:snapshot_id>")
class OneSnapshot(MethodView):
    """One capture of a source."""

    @blueprint.arguments(SnapshotQuerySchema, location="query")
    @blueprint.response(200)
    @allow("read")
    def get(self, given: dict[str, Any], source_id: Any, snapshot_id: Any) -> Response:
        """Return the bytes as a download, or with `format=text` what was read in them."""
        session = reading()
        source = services.get_source(session, str(source_id))
        snapshot = snapshots.get_snapshot(session, source, str(snapshot_id))
        if given["format"] == "json":
            return json_response(snapshots.snapshot_document(snapshot, source.uuid))
        if given["format"] == "text":
            return Response(snapshot.text or "", content_type="text/plain; charset=utf-8")
        response = Response(
            snapshots.content_of(session, snapshot), content_type="application/octet-stream"
        )
        response.headers["Content-Disposition"] = f'attachment; filename="{snapshot.sha256}"'
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response
