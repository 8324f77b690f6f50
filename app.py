"""create_app(): wires the parts and decides nothing."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import flask_smorest
import orjson
from flask import Flask, Response, current_app, g, request

import cli
import db
import error_handlers
from accounts import idempotency
from accounts.auth import allow, check_permissions, current_actor, enforce
from claims.extraction.topics import topics_table
from claims.extraction.worker import Analyst
from config import ROOT, SettingError, Settings, read_settings, secret_key
from errors import ExtractionError
from web import contract, monitoring, security

#: Where routes come from: a module and the blueprint in it.
BLUEPRINTS = (
    "accounts.api:blueprint",
    "sources.api:blueprint",
    "sources.snapshot_api:blueprint",
    "claims.api.articles:blueprint",
    "claims.api.versions:blueprint",
    "claims.api.claims:blueprint",
    "claims.api.mementos:blueprint",
    "claims.api.evidence:blueprint",
    "claims.api.evidence:of_sources",
    "claims.api.relations:blueprint",
    "claims.api.similar:blueprint",
    "claims.api.search:blueprint",
    "claims.api.timeline:blueprint",
    "claims.api.desk:blueprint",
    "claims.api.feed:blueprint",
    "archive.api:log",
    "archive.api:exports",
    "archive.foreign_api:blueprint",
    "archive.interchange_api:blueprint",
    "web.views:desk",
    "web.monitoring:blueprint",
)


class Dateline(Flask):
    """The application: each request is one piece of work, committed before it is answered."""

    def dispatch_request(self) -> Any:
        """Run a view, remember its answer where a key asks for that, and commit once."""
        if request.routing_exception is not None:
            if error_handlers.wants_page():
                # The page that says so shows who is signed in, as every other does.
                with db.unit_of_work():
                    current_actor()
            self.raise_routing_exception(request)
        with db.unit_of_work() as work:
            enforce()
            key = idempotency.request_key()
            if key is None:
                response = self.make_response(super().dispatch_request())
                work.commit()
                return response
            try:
                return self._answer_once(work, key)
            finally:
                idempotency.end_request()

    def _answer_once(self, work: db.Work, key: str) -> Response:
        actor = current_actor()
        name = actor.id if actor else "anonymous"
        idempotency.request_digest()
        work.on_write = lambda session: idempotency.check(session, name, key)
        try:
            idempotency.check(db.reading(), name, key)
            response = self.make_response(super().dispatch_request())
        except idempotency.AnsweredBeforeError as known:
            return known.response
        if 200 <= response.status_code < 300 and not response.is_streamed:
            with db.transaction() as session:
                idempotency.remember(session, name, key, response)
        work.commit()
        return response


class Api(flask_smorest.Api):
    """The OpenAPI layer, without error handling of its own."""

    def _register_error_handlers(self) -> None:
        """Leave errors to error_handlers.py."""

    def _openapi_json(self) -> Response:
        """Return the description of the API, with what its schemas do not say."""
        spec = contract.described(current_app, self.spec.to_dict())
        return Response(orjson.dumps(spec), mimetype="application/json")


def create_app(settings: Settings | None = None) -> Dateline:
    """Return the application for these settings, or for the environment's."""
    settings = settings or read_settings()
    app = Dateline("dateline", root_path=str(ROOT), template_folder="web/templates")
    app.static_folder = str(ROOT / "web" / "static")
    app.config.update(
        TESTING=settings.testing,
        PROPAGATE_EXCEPTIONS=False,
        MAX_CONTENT_LENGTH=settings.max_body,
        MAX_FORM_MEMORY_SIZE=settings.max_body,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        API_TITLE="Dateline",
        API_VERSION="v1",
        OPENAPI_VERSION="3.0.3",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        SEND_FILE_MAX_AGE_DEFAULT=86_400,
    )
    app.extensions["dateline.settings"] = settings
    app.extensions["dateline.secret"] = secret_key(settings)
    # Its child process, with the language model, starts at the first analysis.
    app.extensions["dateline.analyst"] = _analyst(settings)
    db.init_app(app, settings).check()
    error_handlers.init_app(app)
    security.init_app(app)
    monitoring.init_app(app)
    _register(app)
    cli.init_app(app)
    check_permissions(app)
    return app


def _analyst(settings: Settings) -> Analyst:
    """Return what analyses articles, its table of topics read once to see that it can be."""
    path = str(Path(settings.topics).resolve()) if settings.topics else None
    try:
        topics_table(path)
    except ExtractionError as error:
        raise SettingError(f"DATELINE_TOPICS: {error}") from error
    return Analyst(settings.spacy_model, topics=path)


def _register(app: Flask) -> None:
    api = Api(app)
    for name in BLUEPRINTS:
        module, _, attribute = name.partition(":")
        blueprint = getattr(import_module(module), attribute)
        if isinstance(blueprint, flask_smorest.Blueprint):
            api.register_blueprint(blueprint)
        else:
            app.register_blueprint(blueprint)
    # Files and the contract are everybody's.
    for endpoint in ("static", "api-docs.openapi_json"):
        app.view_functions[endpoint] = allow("open")(partial(app.view_functions[endpoint]))
    g_names = ("actor", "reviewer_name")

    @app.teardown_request
    def _forget(_error: BaseException | None) -> None:
        for name in g_names:
            g.pop(name, None)
