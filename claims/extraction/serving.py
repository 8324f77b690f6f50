"""
The child's side of the analysis: reads requests, answers them, and ends with its parent.

What one request may take of the processor is set for each; what the process may take of memory,
once. A text that breaks a limit ends the process, and the parent starts another.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import date
from typing import IO, Any

from claims.extraction.child import LENGTH
from claims.extraction.plain import to_plain
from errors import ExtractionError, TextTooLongError

#: Bytes of memory that the process may have.
MEMORY = 4 << 30

#: Seconds after which an orphan notices that it is one.
LOOK_AROUND = 2.0


def serve() -> None:
    """Answer requests until the parent is gone."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # A crash dumps nothing: what it would hold is somebody's article.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl-C is for the parent, which ends its children.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(os.getppid())
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not end up among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while (request := _read(sys.stdin.buffer)) is not None:
        _write(answers, _answer(request))


def _end_with(parent: int) -> None:
    """End this process soon after its parent, even in the middle of an analysis."""

    def look(_signal: int, _frame: Any) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, LOOK_AROUND, LOOK_AROUND)


def _read(pipe: IO[bytes]) -> dict[str, Any] | None:
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    size = LENGTH.unpack(head)[0]
    body = pipe.read(size)
    if len(body) < size:
        return None
    request: dict[str, Any] = json.loads(body)
    return request


def _write(pipe: IO[bytes], value: dict[str, Any]) -> None:
    body = json.dumps(value, ensure_ascii=True).encode()
    pipe.write(LENGTH.pack(len(body)) + body)
    pipe.flush()


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    _allow(request.pop("seconds"))
    try:
        return {"value": _TASKS[request.pop("task")](**request)}
    except TextTooLongError as error:
        return {"too_long": str(error)}
    except ExtractionError as error:
        return {"error": str(error)}
    except Exception:
        # Whatever one text breaks, the next one is still answered.
        logging.exception("A text could not be analysed")
        return {"error": "The text could not be analysed: it broke one of the steps."}


def _allow(seconds: float) -> None:
    """Let the process use that many more seconds of the processor."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


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
