"""Routes of the log and the archive: checkpoints, events, proofs, exports, imports."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Response, request, send_file, stream_with_context
from flask.views import MethodView

from accounts.auth import acting, allow, current_actor, settings
from archive import jobs
from archive.exporting import Export, describe, reading_at_checkpoint, reading_back_then
from archive.importing import import_bag
from archive.making import make_export
from archive.proving import bundle, proof_of
from archive.records import Level, Scope, ScopeKind
from claims.services import get_claim
from db import database, reading, transaction
from errors import InvalidInputError, NotFoundError, UnsupportedMediaTypeError
from ledger import checkpoints
from ledger import log as ledger_log
from ledger.keys import SigningKey, load_ring
from permissions import Permission, require
from schemas.archive import (
    ClaimProofQuerySchema,
    ConsistencyQuerySchema,
    CreateExportSchema,
    EventsQuerySchema,
    ExportSchema,
    ImportedSchema,
    ImportQuerySchema,
    ProofQuerySchema,
    json_schemas,
)
from schemas.base import Blueprint, json_response
from schemas.memento import moment_of

#: Seconds until it is worth asking again for an export under way.
RETRY_AFTER = "5"

log = Blueprint("log", __name__, url_prefix="/api/v1/log", description="The log")
exports = Blueprint("exports", __name__, url_prefix="/api/v1", description="Archive")


def signing_keys() -> list[SigningKey]:
    """Return this desk's signing key and those that it replaced."""
    return load_ring(settings().key_path)


@log.route("/checkpoint")
class CheckpointNow(MethodView):
    """The signed size and root of the log."""

    @log.response(200)
    @allow("read")
    def get(self) -> Response:
        """Return the log's newest checkpoint as a signed note, made now if the log has grown."""
        if checkpoints.is_current(reading()):
            note = checkpoints.latest(reading())
        else:
            with transaction() as session:
                note = checkpoints.make(session, signing_keys(), settings().log_origin)
        assert note is not None
        return Response(note.note, content_type="text/plain; charset=utf-8")


@log.route("/events")
class Events(MethodView):
    """The log's lines."""

    @log.arguments(EventsQuerySchema, location="query")
    @log.response(200)
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """Return events as NDJSON, the exact bytes that the tree is over."""
        first, last = given["from_"], given["to"]
        source = database()

        def lines() -> Iterator[bytes]:
            with source.read_session() as session:
                for line in ledger_log.lines(session, first, last):
                    yield line + b"\n"

        return Response(stream_with_context(lines()), mimetype="application/x-ndjson")


def _size(given: int | None) -> int:
    size = ledger_log.log_size(reading())
    if given is not None and given > size:
        raise InvalidInputError(
            f"The log has {size} events.", {"size": f"Ask for a size of at most {size}."}
        )
    return given or size


@log.route("/proof")
class InclusionProof(MethodView):
    """That an event is in the log."""

    @log.arguments(ProofQuerySchema, location="query")
    @log.response(200)
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """Return the audit path of an event, RFC 6962."""
        size = _size(given["size"])
        if given["seq"] >= size:
            raise InvalidInputError(
                f"Event {given['seq']} is not in a log of {size}.", {"seq": "Choose one below."}
            )
        found = ledger_log.inclusion(reading(), given["seq"], size)
        body = {
            "seq": given["seq"],
            "size": size,
            "leaf_hash": found.leaf_hash.hex(),
            "root": found.root.hex(),
            "proof": [step.hex() for step in found.proof],
        }
        return json_response(body)


@log.route("/consistency")
class ConsistencyProof(MethodView):
    """That the log of then begins the log of now."""

    @log.arguments(ConsistencyQuerySchema, location="query")
    @log.response(200)
    @allow("read")
    def get(self, given: dict[str, Any]) -> Response:
        """Return the proof that one size of the log begins another, RFC 6962."""
        new, old = _size(given["to"]), given["from_"]
        if old > new:
            raise InvalidInputError(
                f"A log of {old} cannot begin one of {new}.", {"from": "Give the smaller size."}
            )
        found = ledger_log.consistency(reading(), old, new)
        body = {
            "from": old,
            "to": new,
            "from_root": found.old_root.hex(),
            "to_root": found.new_root.hex(),
            "proof": [step.hex() for step in found.proof],
        }
        return json_response(body)


def export_folder() -> Path:
    folder = settings().instance / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@exports.route("/exports")
class Exports(MethodView):
    """Archives that can be verified without this server."""

    @exports.arguments(CreateExportSchema)
    @exports.response(201, ExportSchema)
    @exports.alt_response(202, schema=ExportSchema)
    @allow("ingest")
    def post(self, data: dict[str, Any]) -> Response:
        """Make an export; the same log and options give the same bytes. A long one answers 202."""
        return _export_response(*start_export(data))


def start_export(data: dict[str, Any]) -> tuple[Export, str, Path]:
    """Make an export, or begin one that takes long; the path stands when it is ready."""
    level = Level(data["disclosure"])
    if level is Level.FULL:
        require(acting(), Permission.EXPORT_FULL)
    scope = Scope(ScopeKind(data["scope"]), data.get("id"))
    scope.check(reading())
    origin = settings().log_origin
    if data["as_of"]:
        opened = reading_back_then(database(), moment_of(data["as_of"]))
    else:
        opened = reading_at_checkpoint(database(), signing_keys(), origin)
    with opened as (session, made):
        scope.check(session)
        export = describe(session, made, scope, level, data["since"])
    path = export_folder() / f"{export.id}.zip"
    if not path.exists() and export.size > settings().export_at_once:
        jobs.start(export_folder(), export, settings())
    elif not path.exists():
        make_export(
            database(),
            path,
            export,
            origin=origin,
            schemas=json_schemas(),
            most=settings().max_import,
        )
    return export, made.signed_at, path


def _export_response(export: Export, signed_at: str, path: Path) -> Response:
    is_ready = path.exists()
    location = f"/api/v1/exports/{export.id}"
    body = {
        "id": export.id,
        "state": "ready" if is_ready else "writing",
        "scope": export.scope.kind,
        "of": export.scope.id,
        "disclosure": export.level,
        "since": export.since,
        "log_size": export.size,
        "signed_at": signed_at,
        "bytes": path.stat().st_size if is_ready else None,
        "href": location,
    }
    headers = {"Location": location}
    if not is_ready:
        headers["Retry-After"] = RETRY_AFTER
    return json_response(body, 201 if is_ready else 202, headers)


@exports.route("/exports/<uuid:export_id>")
class OneExport(MethodView):
    """One export."""

    @exports.response(200)
    @exports.alt_response(202)
    @allow("ingest")
    def get(self, export_id: Any) -> Response:
        """Return the export as a zip, or 202 while it is written."""
        path = export_folder() / f"{export_id}.zip"
        job = jobs.state_of(export_folder(), str(export_id))
        if job.state is jobs.JobState.WRITING:
            body = {"id": str(export_id), "state": job.state}
            return json_response(body, 202, {"Retry-After": RETRY_AFTER})
        if job.state is not jobs.JobState.READY:
            why = f" {job.reason}" if job.reason else ""
            raise NotFoundError(f"There is no export {export_id}; make it anew.{why}")
        response = send_file(
            path,
            mimetype="application/zip",
            as_attachment=True,
            download_name=f"dateline-{export_id}.zip",
        )
        response.headers["Cache-Control"] = "private, no-store"
        return response


@exports.route("/claims/<uuid:claim_id>/proof")
class ClaimProof(MethodView):
    """That a claim's events are in the log, unaltered, and all of them."""

    @exports.arguments(ClaimProofQuerySchema, location="query")
    @exports.response(200)
    @allow("read")
    def get(self, given: dict[str, Any], claim_id: Any) -> Response:
        """Return a bundle with its own verifier, or the proof in it as JSON."""
        level = Level(given["disclosure"])
        if level is Level.FULL:
            require(current_actor(), Permission.EXPORT_FULL)
        get_claim(reading(), str(claim_id))
        origin = settings().log_origin
        with reading_at_checkpoint(database(), signing_keys(), origin) as (session, made):
            proof = proof_of(session, get_claim(session, str(claim_id)), made, level)
        if given["format"] == "json":
            return json_response(proof)
        name = f"dateline-proof-{claim_id}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(bundle(proof), mimetype="application/zip", headers=headers)


@exports.before_request
def _take_large_archives() -> None:
    """Let an archive be as large as an import may be; other bodies stay small."""
    if request.path == "/api/v1/imports":
        request.max_content_length = settings().max_import


@exports.route("/imports")
class Imports(MethodView):
    """Taking an export back in."""

    @exports.arguments(ImportQuerySchema, location="query")
    @exports.response(201, ImportedSchema)
    @allow("import")
    def post(self, given: dict[str, Any]) -> Response:
        """Import an export: all or nothing, and twice is a no-op."""
        if request.mimetype != "application/zip":
            raise UnsupportedMediaTypeError("Send the export as application/zip.")
        is_dry = given["dry_run"]
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            _receive(file)
            with transaction() as session:
                found = import_bag(
                    session,
                    Path(file.name),
                    actor=acting(),
                    most=settings().max_import,
                    trusted=given["key"],
                )
                if is_dry:
                    session.rollback()
        body = {
            "outcome": found.outcome,
            "log": found.log,
            "origin": found.origin,
            "log_size": found.size,
            "new_events": found.new,
            "known_events": found.known,
            "dry_run": is_dry,
        }
        return json_response(body, 201 if found.new and not is_dry else 200)


def _receive(file: Any) -> None:
    """Write the body to a file."""
    while chunk := request.stream.read(1 << 20):
        file.write(chunk)
    file.flush()
