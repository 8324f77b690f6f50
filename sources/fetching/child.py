"""
The process that fetches: one address in, one page or one refusal out.

It has no database, no key and no session of anybody's; its memory and time are limited, and it
ends after one page. Reads one line of JSON, writes one line of JSON and then the bytes.
"""

from __future__ import annotations

import json
import resource
import socket
import ssl
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpcore

from errors import FetchError, UrlNotAllowedError
from sources.fetching.guard import Target, check_addresses, parse_target

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: Bytes of headers and number of them that a real page stays under.
MOST_HEADER_BYTES = 32_768
MOST_HEADERS = 200

MEMORY = 1 << 30
CPU_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Job:
    """What is fetched and within which bounds; times in seconds, sizes in bytes."""

    url: str
    allow: tuple[str, ...]
    most_bytes: int
    most_redirects: int
    patience: float


class GuardedBackend(httpcore.NetworkBackend):
    """Connects only where the guard lets it, to the very address that was decided on."""

    def __init__(self, allow: Iterable[str]) -> None:
        self._allow = tuple(allow)
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """Look the host up, refuse it or connect to one of its addresses."""
        address = f"[{host}]" if ":" in host else host
        target = parse_target(f"http://{address}:{port}/")
        try:
            found = socket.getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise FetchError(f"{host} cannot be found: {error.strerror}.") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        chosen = check_addresses(target, addresses, self._allow)[0]
        return self._backend.connect_tcp(chosen, port, timeout, local_address, socket_options)

    def connect_unix_socket(self, *_args: Any, **_kwargs: Any) -> httpcore.NetworkStream:
        """Refuse: no page lives in a local socket."""
        raise UrlNotAllowedError("Local sockets are not fetched from.")


def run(job: Job) -> tuple[dict[str, Any], bytes]:
    """
    Fetch a page, following redirects through the guard.

    :raises UrlNotAllowedError: if it leads where it may not
    :raises FetchError: if the server does not give a page within the bounds
    """
    hops, url = [job.url], job.url
    with httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(), network_backend=GuardedBackend(job.allow)
    ) as pool:
        for _ in range(job.most_redirects + 1):
            page, onward = _get(pool, parse_target(url), job)
            if onward is None:
                return {**page[0], "url": url, "hops": hops}, page[1]
            url = urljoin(url, onward)
            hops.append(url)
    raise FetchError(f"The page redirects more than {job.most_redirects} times.")


def _get(
    pool: httpcore.ConnectionPool, target: Target, job: Job
) -> tuple[tuple[dict[str, Any], bytes], str | None]:
    """Return the answer at one address, and where it sends us on, if it does."""
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    headers = {"User-Agent": "Dateline", "Accept": "*/*", "Accept-Encoding": "identity"}
    patience = dict.fromkeys(("connect", "read", "write", "pool"), job.patience)
    try:
        with pool.stream("GET", url, headers=headers, extensions={"timeout": patience}) as answer:
            found = _headers(answer.headers)
            if answer.status in _REDIRECTS:
                return ({}, b""), _header(found, "location") or _no_location()
            if answer.status != 200:
                raise FetchError(f"The server answered {answer.status}.")
            body = b"".join(_capped(_decoded(answer.iter_stream(), found), job.most_bytes))
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise FetchError(f"The page could not be fetched: {type(error).__name__}.") from error
    return ({"status": answer.status, "headers": _kept(found)}, body), None


def _no_location() -> str:
    raise FetchError("The server redirects without saying where.")


def _headers(raw: list[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    size = sum(len(name) + len(value) for name, value in raw)
    if size > MOST_HEADER_BYTES or len(raw) > MOST_HEADERS:
        raise FetchError("The server's headers are larger than any real page's.")
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw]


def _header(headers: list[tuple[str, str]], name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name), None)


#: Not kept: how the bytes were sent, and what is between the server and one visitor.
_DROPPED = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection"}
    | {"set-cookie", "www-authenticate"}
)


def _kept(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _DROPPED]


def _decoded(chunks: Iterable[bytes], headers: list[tuple[str, str]]) -> Iterator[bytes]:
    """Yield the body uncompressed; a server that compresses unasked is bounded all the same."""
    encoding = (_header(headers, "content-encoding") or "identity").strip().lower()
    if encoding == "identity":
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"The server sent the encoding {encoding[:40]!r}, which is not read.")
    try:
        yield from _unpacked(chunks)
    except zlib.error as error:
        raise FetchError("The server's compressed bytes are broken.") from error


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what compressed bytes hold, a bounded piece at a time, one member after another."""
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for chunk in chunks:
        rest = chunk
        while rest:
            yield unpack.decompress(rest, 1 << 16)
            rest = unpack.unconsumed_tail
            if unpack.eof:
                rest = unpack.unused_data
                unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)


def _capped(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise FetchError(f"The page is larger than {most} bytes.")
        yield chunk


def main() -> None:
    """Do the one job on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    given = json.loads(sys.stdin.buffer.readline())
    try:
        head, body = run(Job(**{**given, "allow": tuple(given["allow"])}))
    except UrlNotAllowedError as error:
        head, body = {"refused": str(error)}, b""
    except FetchError as error:
        head, body = {"failed": str(error)}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)


if __name__ == "__main__":
    main()
