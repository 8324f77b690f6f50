"""
One child process that analyses, seen from its parent: asked, timed, ended, never left behind.

Requests and answers are JSON, each after its length. Neither side of a pipe may block the
parent: a child that neither reads nor answers by the deadline is ended.
"""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LENGTH = struct.Struct(">I")

_MOST = 1 << 16

#: Seconds until a process that closed its pipe is over.
_MOMENT = 1


class Child:
    """A child process; used by one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "claims.extraction.serving"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            bufsize=0,
        )
        self._is_over = False
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        for pipe in (self._requests, self._answers):
            os.set_blocking(pipe.fileno(), False)

    @property
    def pid(self) -> int:
        """Return the process's number."""
        return self._process.pid

    def is_running(self) -> bool:
        """Say whether the process is there; one that ended is taken off the system's list."""
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], patience: float) -> dict[str, Any]:
        """
        Send a request and return its answer.

        :raises TimeoutError: if that takes more seconds than given
        :raises EOFError: if the child ended
        :raises OSError: if it cannot be written to
        """
        deadline = time.monotonic() + patience
        body = json.dumps(request, ensure_ascii=True).encode()
        self._send(memoryview(LENGTH.pack(len(body)) + body), deadline)
        size = LENGTH.unpack(self._receive(LENGTH.size, deadline))[0]
        answer: dict[str, Any] = json.loads(self._receive(size, deadline))
        return answer

    def was_killed(self) -> bool:
        """Say whether others killed it, as the system does where memory is short."""
        try:
            return not self._is_over and self._process.wait(_MOMENT) == -signal.SIGKILL
        except subprocess.TimeoutExpired:
            return False

    def end(self) -> None:
        """End the process and wait for it, so that no zombie stays."""
        self._is_over = True
        self._process.kill()
        self._process.wait()
        self._requests.close()
        self._answers.close()

    def _send(self, data: memoryview, deadline: float) -> None:
        while data:
            self._wait(self._requests.fileno(), select.POLLOUT, deadline)
            data = data[os.write(self._requests.fileno(), data[:_MOST]) :]

    def _receive(self, size: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < size:
            self._wait(self._answers.fileno(), select.POLLIN, deadline)
            part = os.read(self._answers.fileno(), min(size - len(received), _MOST))
            if not part:
                raise EOFError
            received += part
        return bytes(received)

    @staticmethod
    def _wait(file: int, what: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(file, what)
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1_000):
            raise TimeoutError
