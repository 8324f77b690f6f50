"""What the desk is, which keys it knows, what its words mean; and the API's documentation."""

from __future__ import annotations

from http import HTTPStatus

from flask import render_template

from accounts.auth import allow
from error_handlers import CODES
from web.views.blueprint import desk

#: Codes that no error of the domain has.
_SERVER = (
    (
        "method_not_allowed",
        405,
        "The address does not take the method; `Allow` names those it does.",
    ),
    ("busy", 503, "Too many writers at once; nothing was changed. Try again after `Retry-After`."),
)


@desk.get("/help")
@allow("open")
def help_page() -> str:
    """Show the keys and the words."""
    return render_template("help.html")


@desk.get("/docs")
@allow("open")
def docs() -> str:
    """Show the API's documentation, drawn from its own description."""
    return render_template("docs.html")


@desk.get("/docs/problems")
@allow("open")
def problems() -> str:
    """Explain every code that a problem document may carry."""
    found: dict[str, tuple[int, str]] = {}
    for error, status, code in CODES:
        found.setdefault(code, (status, (error.__doc__ or "").strip().splitlines()[0]))
    for code, status, meaning in _SERVER:
        found.setdefault(code, (status, meaning))
    phrases = {status: HTTPStatus(status).phrase for status, _ in found.values()}
    return render_template("problems.html", codes=sorted(found.items()), phrases=phrases)
