"""Routes of accounts: sign in and out, who am I, reviewers."""

from __future__ import annotations

from typing import Any

from flask import Response, g, request
from flask.views import MethodView
from sqlalchemy import select

from accounts import limits, services
from accounts.auth import COOKIE, acting, allow, settings
from accounts.models import Reviewer
from db import database, reading, transaction
from permissions import Role
from schemas.accounts import CreateReviewerSchema, ReviewerSchema, SignInSchema
from schemas.base import Blueprint, json_response

blueprint = Blueprint("accounts", __name__, url_prefix="/api/v1", description="People")


def _document(reviewer: Reviewer) -> dict[str, Any]:
    return {"id": reviewer.uuid, "name": reviewer.name, "role": reviewer.role}


def sign_in(name: str, password: str) -> tuple[Reviewer, str]:
    """
    Return who signed in and the cookie that says so.

    :raises RateLimitedError: after too many attempts, whatever the password
    :raises BadCredentialsError: if name and password are nobody's
    """
    limits.count_attempt(database(), name, request.remote_addr or "unknown")
    services.check_password(reading(), name, password)
    with transaction() as session:
        reviewer = services.check_password(session, name, password)
        services.renew_hash(reviewer, password)
        limits.forget_attempts(session, name)
        old = request.cookies.get(COOKIE)
        if old:
            services.end_session(session, old)
        return reviewer, services.start_session(session, reviewer, hours=settings().session_hours)


def give_cookie(response: Response, cookie: str) -> Response:
    """Put the session's cookie on a response."""
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=settings().session_hours * 3600,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


@blueprint.route("/sign-in")
class SignIns(MethodView):
    """A browser's session."""

    @blueprint.arguments(SignInSchema)
    @blueprint.response(200, ReviewerSchema)
    @allow("open")
    def post(self, data: dict[str, Any]) -> Response:
        """Sign in with a name and a password; the answer sets the session's cookie."""
        reviewer, cookie = sign_in(data["name"], data["password"])
        return give_cookie(json_response(_document(reviewer)), cookie)

    @blueprint.response(204)
    @allow("read")
    def delete(self) -> Response:
        """Sign out."""
        with transaction() as session:
            services.end_session(session, request.cookies.get(COOKIE, ""))
        response = Response(status=204)
        response.delete_cookie(COOKIE)
        return response


@blueprint.route("/me")
class Me(MethodView):
    """Whoever asks."""

    @blueprint.response(200, ReviewerSchema)
    @allow("ingest")
    def get(self) -> Response:
        """Say who I am and which role I have."""
        actor = acting()
        return json_response({"id": actor.id, "name": g.reviewer_name, "role": actor.role})


@blueprint.route("/reviewers")
class Reviewers(MethodView):
    """The people of this desk."""

    @blueprint.response(200, ReviewerSchema(many=True))
    @allow("administer")
    def get(self) -> Response:
        """List the reviewers by name."""
        found = reading().execute(select(Reviewer).order_by(Reviewer.name)).scalars()
        return json_response([_document(reviewer) for reviewer in found])

    @blueprint.arguments(CreateReviewerSchema)
    @blueprint.response(201, ReviewerSchema)
    @allow("administer")
    def post(self, data: dict[str, Any]) -> Response:
        """Add a reviewer."""
        with transaction() as session:
            reviewer = services.add_reviewer(
                session, data["name"], Role(data["role"]), password=data.get("password")
            )
            return json_response(_document(reviewer), 201)
