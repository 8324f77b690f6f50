"""Addresses of the desk's own files: each carries its digest, so that none is served stale."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import url_for

STATIC = Path(__file__).resolve().parent / "static"


def asset(name: str) -> str:
    """Return the address of a file under `static/`."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
