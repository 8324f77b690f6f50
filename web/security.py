"""What every answer carries and every change must show: security headers, and no other site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask, Response, request

from accounts.auth import COOKIE
from errors import CsrfRejectedError

_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}

#: Conditions that hold a date, or, in quotes, an entity tag.
_DATED = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}


def init_app(app: Flask) -> None:
    """Check every change and mark every answer."""
    app.before_request(check_site)
    app.before_request(ignore_impossible_dates)
    app.after_request(add_headers)


def check_site() -> None:
    """
    Refuse a change that another site's page sends.

    :raises CsrfRejectedError: if it comes from elsewhere, or cannot show that it does not
    """
    if request.method in _SAFE:
        return
    has_cookie = COOKIE in request.cookies
    # Who sends a token is known by it alone, and no page can have a browser send one elsewhere.
    has_token = "Authorization" in request.headers
    if has_token and not has_cookie:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise CsrfRejectedError("This change comes from another site's page.")
        return
    origin = request.headers.get("Origin")
    if origin is not None:
        if not _is_own(origin):
            raise CsrfRejectedError("This change comes from another site's page.")
        return
    if has_cookie and not has_token:
        raise CsrfRejectedError("Send Sec-Fetch-Site or Origin with a signed-in change.")


def _is_own(origin: str) -> bool:
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:
        return False


def ignore_impossible_dates() -> None:
    """Leave out conditions on a year beyond any calendar: a date that is none is ignored."""
    for name in _DATED:
        given = request.environ.get(name, "")
        if '"' not in given and re.search("[0-9]{5}", given):
            del request.environ[name]


def add_headers(response: Response) -> Response:
    """Add the security headers, and keep answers to one person out of shared caches."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.update(("Cookie", "Authorization", "Accept"))
    return response
