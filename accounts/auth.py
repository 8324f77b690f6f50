"""
Who is asking, and whether they may: tokens, the session cookie, `allow` on every view.

A view that declares no permission keeps the application from starting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, request

from accounts import services
from config import Settings
from db import reading
from errors import UnauthenticatedError
from permissions import Actor, Permission, Role, require

COOKIE = "dateline_session"

View = TypeVar("View", bound=Callable[..., Any])


def settings() -> Settings:
    """Return the running application's settings."""
    found: Settings = current_app.extensions["dateline.settings"]
    return found


def allow(permission: Permission | str) -> Callable[[View], View]:
    """Declare what a view takes; `enforce` refuses whoever lacks it, before anything is read."""
    needed = Permission(permission)

    def declare(view: View) -> View:
        view.permission = needed  # type: ignore[attr-defined]
        return view

    return declare


def declared(app: Flask, endpoint: str, method: str) -> Permission | None:
    """Return what the view of an endpoint and a method takes, None where it declares nothing."""
    view = app.view_functions[endpoint]
    owner = getattr(view, "view_class", None)
    name = "get" if method == "HEAD" else method.lower()
    return getattr(getattr(owner, name, None) if owner else view, "permission", None)


def enforce() -> None:
    """
    Refuse a request whose sender may not do what its view does.

    :raises UnauthenticatedError: if nobody is signed in
    :raises ForbiddenError: if the role is too low
    """
    needed = declared(current_app, request.endpoint or "", request.method)  # type: ignore[arg-type]
    actor = current_actor()
    if needed is not None and needed is not Permission.OPEN:
        require(actor, needed, public_read=settings().public_read)


def current_actor() -> Actor | None:
    """
    Return whoever sends the request, or None.

    :raises UnauthenticatedError: if the token is nobody's
    """
    if "actor" not in g:
        g.actor, g.reviewer_name = _identify()
    actor: Actor | None = g.actor
    return actor


def acting() -> Actor:
    """
    Return whoever sends the request, on a route that needs somebody.

    :raises UnauthenticatedError: if nobody does
    """
    actor = current_actor()
    if actor is None:
        raise UnauthenticatedError("Sign in first.")
    return actor


def _identify() -> tuple[Actor | None, str | None]:
    header = request.headers.get("Authorization")
    cookie = request.cookies.get(COOKIE)
    if header is not None:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise UnauthenticatedError("Send the token as Authorization: Bearer dl_...")
        found = services.reviewer_of_token(reading(), token.strip())
        if found is None:
            raise UnauthenticatedError("The token is unknown or was revoked.")
    elif cookie:
        found = services.reviewer_of_cookie(reading(), cookie)
    else:
        found = None
    if found is None:
        return None, None
    return Actor(found.uuid, Role(found.role)), found.name


def is_signed_in() -> bool:
    """Say whether somebody in particular asks, so that notes, leases and names may be shown."""
    return current_actor() is not None


def check_permissions(app: Flask) -> None:
    """
    Refuse to start while any route declares no permission.

    :raises RuntimeError: naming each such route and method
    """
    missing = [
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if declared(app, rule.endpoint, method) is None
    ]
    if missing:
        raise RuntimeError(f"These routes declare no permission: {', '.join(missing)}")
