"""What machines ask about the server: is it up, is it ready, how busy is it."""

from __future__ import annotations

import time
from collections import Counter

from flask import Blueprint, Flask, Response, g, request

from accounts.auth import allow
from db import database
from migrations.running import is_current

blueprint = Blueprint("monitoring", __name__)

_requests: Counter[tuple[str, int]] = Counter()
_seconds: Counter[str] = Counter()


def init_app(app: Flask) -> None:
    """Count requests and how long they take, per route, in this process."""

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        _requests[route, response.status_code] += 1
        _seconds[route] += time.perf_counter() - g.get("started", time.perf_counter())  # type: ignore[assignment]
        return response


@blueprint.get("/healthz")
@allow("open")
def healthz() -> Response:
    """Say that the process is up."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@allow("open")
def readyz() -> Response:
    """Say whether the database answers and has the newest schema."""
    with database().engine.connect() as connection:
        ready = is_current(connection)
    text = "ok\n" if ready else "the database is not migrated: run flask db upgrade\n"
    return Response(text, 200 if ready else 503, mimetype="text/plain")


@blueprint.get("/metrics")
@allow("open")
def metrics() -> Response:
    """Count requests and their seconds, as Prometheus reads them."""
    lines = ["# TYPE dateline_requests_total counter"]
    lines += [
        f'dateline_requests_total{{route="{route}",status="{status}"}} {count}'
        for (route, status), count in sorted(_requests.items())
    ]
    lines.append("# TYPE dateline_request_seconds_total counter")
    lines += [
        f'dateline_request_seconds_total{{route="{route}"}} {seconds:.6f}'
        for route, seconds in sorted(_seconds.items())
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain; version=0.0.4")
