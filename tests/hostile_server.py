"""A web server on 127.0.0.2 that breaks the rules, as raw sockets can, for tests of fetching."""

from __future__ import annotations

import gzip
import socket
import threading

#: 1,000 members of a megabyte of zeros each: a gigabyte in about a megabyte.
BOMB = gzip.compress(b"\0" * 1_000_000) * 1_000

PAGE = b"<html><body><article><p>The bridge opened in 1932.</p></article></body></html>"


def answer(body: bytes, headers: str = "") -> bytes:
    """Return a whole answer with these headers besides the usual."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n{headers}\r\n".encode("latin-1") + body


def redirect(to: str) -> bytes:
    """Return an answer that sends the client on."""
    return f"HTTP/1.1 302 F\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")


class HostileServer:
    """Serves `pages`, a path to the bytes that are sent for it; counts its visitors."""

    def __init__(self, address: str = "127.0.0.2") -> None:
        self.pages: dict[str, bytes] = {}
        self.requests: list[bytes] = []
        self._held = threading.Event()
        self._socket = socket.create_server((address, 0))
        self.host = f"{address}:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.host}{path}"

    def close(self) -> None:
        """Stop serving."""
        self._held.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            request = client.recv(65_536)
            self.requests.append(request)
            path = request.split(b" ")[1].decode("latin-1") if b" " in request else "/"
            try:
                self._send(client, path)
            except OSError:
                return

    def _send(self, client: socket.socket, path: str) -> None:
        if path == "/endless":
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            for _ in range(5_000):
                client.sendall(b"<p>x</p>" * 8_192)
        elif path == "/never":
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx")
            self._held.wait(60)
        else:
            client.sendall(self.pages.get(path, answer(PAGE)))
