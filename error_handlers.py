"""Which status and problem code each error gets, once; every 4xx and 5xx is problem+json."""

from __future__ import annotations

import http
import logging
from typing import Any

import orjson
from flask import Flask, Response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadHost, HTTPException, MethodNotAllowed, SecurityError

import errors

log = logging.getLogger("dateline")

#: Error class -> status and code. The first class that fits counts, so the narrow stand first.
CODES: tuple[tuple[type[errors.DatelineError], int, str], ...] = (
    (errors.TextNotAllowedError, 422, "text_not_allowed"),
    (errors.InvalidInputError, 422, "validation_failed"),
    (errors.MalformedJsonError, 400, "malformed_json"),
    (errors.JsonTooDeepError, 400, "json_too_deep"),
    (errors.DuplicateKeyError, 400, "duplicate_key"),
    (errors.UnsupportedMediaTypeError, 415, "unsupported_media_type"),
    (errors.PayloadTooLargeError, 413, "payload_too_large"),
    (errors.UnauthenticatedError, 401, "unauthenticated"),
    (errors.BadCredentialsError, 401, "bad_credentials"),
    (errors.ForbiddenError, 403, "forbidden"),
    (errors.CsrfRejectedError, 403, "csrf_rejected"),
    (errors.RateLimitedError, 429, "rate_limited"),
    (errors.NotFoundError, 404, "not_found"),
    (errors.PreconditionRequiredError, 428, "precondition_required"),
    (errors.IdempotencyKeyReusedError, 422, "idempotency_key_reused"),
    (errors.StaleVersionError, 412, "precondition_failed"),
    (errors.LeaseHeldError, 409, "lease_held"),
    (errors.TwoPersonRuleError, 409, "two_person_rule"),
    (errors.GateNotMetError, 409, "gate_not_met"),
    (errors.ConflictError, 409, "illegal_transition"),
    (errors.ExtractionError, 422, "validation_failed"),
    (errors.UrlNotAllowedError, 422, "url_not_allowed"),
    (errors.FetchError, 422, "validation_failed"),
    (errors.SignatureInvalidError, 422, "signature_invalid"),
    (errors.HistoryBrokenError, 422, "history_broken"),
    (errors.ImportConflictError, 409, "import_conflict"),
    (errors.ArchiveError, 422, "validation_failed"),
    (errors.StorageFullError, 507, "storage_full"),
    (errors.IntegrityError, 500, "internal_error"),
)

#: Codes of what the web server itself refuses.
_HTTP_CODES = {
    400: "validation_failed",
    404: "not_found",
    405: "method_not_allowed",
    413: "payload_too_large",
    415: "unsupported_media_type",
    422: "validation_failed",
}

#: Where clients of Google's Fact Check Tools API ask, and the words that they know for a status.
GOOGLE_PREFIX = "/v1alpha1/"
GOOGLE_STATUSES = {
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}


def init_app(app: Flask) -> None:
    """Answer every error in the one shape."""
    app.register_error_handler(errors.DatelineError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(Exception, _unexpected)


def classify(error: errors.DatelineError) -> tuple[int, str]:
    """Return the status and the code of an error."""
    for kind, status, code in CODES:
        if isinstance(error, kind):
            return status, code
    raise TypeError(f"{type(error).__name__} has no status; give it one in error_handlers.py.")


def problem(
    status: int, code: str, detail: str, fields: dict[str, str] | None = None, **extra: Any
) -> Response:
    """Return a problem document, or its page where a person asked."""
    title = http.HTTPStatus(status).phrase
    if request.path.startswith(GOOGLE_PREFIX):
        return _google_problem(status, detail, fields)
    if wants_page():
        page = render_template(
            "error.html", status=status, title=title, detail=detail, fields=fields or {}
        )
        return Response(page, status, mimetype="text/html")
    body: dict[str, Any] = {
        "type": f"/docs/problems#{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        **extra,
    }
    if fields:
        body["errors"] = [{"field": name, "message": text} for name, text in fields.items()]
    return Response(orjson.dumps(body), status, mimetype="application/problem+json")


def _google_problem(status: int, detail: str, fields: dict[str, str] | None) -> Response:
    """Return an error in the shape that clients of Google's APIs read."""
    status = 400 if status == 422 else status
    told = "; ".join(f"{name}: {message}" for name, message in (fields or {}).items())
    error = {
        "code": status,
        "message": f"{detail} ({told})" if told else detail,
        "status": GOOGLE_STATUSES.get(status, "INTERNAL" if status >= 500 else "INVALID_ARGUMENT"),
    }
    return Response(orjson.dumps({"error": error}), status, mimetype="application/json")


def wants_page() -> bool:
    """Say whether the request comes from a person's browser, for a page of the desk."""
    if request.path.startswith(("/api/", "/v1alpha1/", "/openapi")):
        return False
    best = request.accept_mimetypes.best_match(["application/json", "text/html"])
    return best == "text/html" and "text/html" in request.headers.get("Accept", "")


def _domain_error(error: errors.DatelineError) -> Response:
    status, code = classify(error)
    if status >= 500:
        log.error("%s: %s", type(error).__name__, error)
    response = problem(status, code, str(error), getattr(error, "fields", None), **_more(error))
    if isinstance(error, errors.RateLimitedError):
        response.headers["Retry-After"] = str(error.retry_after)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _more(error: errors.DatelineError) -> dict[str, Any]:
    """Return what an error tells beside its sentence: a gate's conditions, an archive's fault."""
    if isinstance(error, errors.ArchiveError):
        return {"reason": error.reason}
    if not isinstance(error, errors.GateNotMetError):
        return {}
    conditions = [
        {"code": code, "met": False, "explanation": text} for code, text in error.missing.items()
    ]
    return {"conditions": conditions}


def _http_error(error: HTTPException) -> Response:
    if error.response is not None and error.code is None:
        return Response(error.response.get_data(), error.response.status_code)
    status = error.code or 500
    if 300 <= status < 400:
        found = error.get_response()
        return Response(found.get_data(), status, headers=dict(found.headers))
    details = {
        404: "There is nothing at this address.",
        405: "This address does not take this method.",
        413: "The body is larger than this server takes.",
    }
    detail = details.get(status) or error.description or "The request cannot be taken."
    fields = None
    if isinstance(error, (BadHost, SecurityError)):
        detail = "The request is addressed to a host that this server is not."
        fields = {"Host": "Send the name by which the server is known."}
    response = problem(status, _HTTP_CODES.get(status, "validation_failed"), detail, fields)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _database_error(error: OperationalError) -> Response:
    text = str(error.orig)
    log.error("The database refused: %s", text)
    if "full" in text or "No space" in text or "disk I/O" in text:
        return problem(507, "storage_full", "There is no space left; nothing was changed.")
    if "locked" in text or "busy" in text:
        response = problem(503, "busy", "Too many writers at once; nothing was changed.")
        response.headers["Retry-After"] = "1"
        return response
    return problem(500, "internal_error", "Something went wrong here; nothing was changed.")


def _unexpected(error: Exception) -> Response:
    log.error("Unexpected error on %s %s", request.method, request.path, exc_info=error)
    return problem(500, "internal_error", "Something went wrong here; nothing was changed.")
