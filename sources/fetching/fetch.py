"""Asks the fetching process for a page, and ends it when it takes too long."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from errors import FetchError, UrlNotAllowedError
from sources.fetching.guard import parse_target

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch."""

    #: Bytes of the page, uncompressed.
    most_bytes: int = 20_000_000
    most_redirects: int = 5
    #: Seconds that a connection or a read may take.
    patience: float = 10.0
    #: Seconds that all of it may take.
    whole: float = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as the server gave it: the last of its hops answered."""

    content: bytes
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    hops: tuple[str, ...]

    @property
    def media_type(self) -> str:
        """Return what the server says the bytes are."""
        named = {name.lower(): value for name, value in self.headers}
        return named.get("content-type", "application/octet-stream")[:120]


def fetch(url: str, *, allow: Iterable[str] = (), limits: Limits | None = None) -> Fetched:
    """
    Fetch a page, following redirects, every address decided by the guard.

    :raises UrlNotAllowedError: if it leads where it may not
    :raises FetchError: if the server does not give a page within the bounds
    """
    limits = limits or Limits()
    parse_target(url)
    job = {
        "url": url,
        "allow": list(allow),
        "most_bytes": limits.most_bytes,
        "most_redirects": limits.most_redirects,
        "patience": limits.patience,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "sources.fetching.child"],
            input=json.dumps(job).encode() + b"\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            # Nothing of ours: no proxy, no secret, no credentials file.
            env={"PYTHONDONTWRITEBYTECODE": "1", "HOME": "/nonexistent"},
            timeout=limits.whole,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FetchError(f"The page took longer than {limits.whole:g} seconds.") from error
    return _read(done.stdout)


def _read(answer: bytes) -> Fetched:
    head, _, content = answer.partition(b"\n")
    if not head:
        raise FetchError("The page took more memory or time than a fetch may.")
    found = json.loads(head)
    if "refused" in found:
        raise UrlNotAllowedError(found["refused"])
    if "failed" in found:
        raise FetchError(found["failed"])
    headers = tuple((name, value) for name, value in found["headers"])
    return Fetched(content, found["url"], found["status"], headers, tuple(found["hops"]))
