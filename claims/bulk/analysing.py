"""
Analysis by several at once: processes of this machine, or the workers of a Dask scheduler.

Both hand results back in the order of what they were given and hold only a few at a time. What
an article breaks is its own: it comes back with the reason, and the rest goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import Any, Protocol

from claims import candidates
from claims.bulk.items import Item, Refused
from claims.bulk.ready import NewArticle, Statement
from claims.extraction.worker import Analyst
from claims.ingesting import Draft, read
from errors import DatelineError

#: What an item became: an article, a reason why not, or None where it is known already.
Outcome = NewArticle | Refused | None


#: Articles on their way for each process: they keep it busy while a batch is written.
AHEAD = 16

#: Bytes of the articles on their way.
MOST_HELD = 40_000_000


class Analysts(Protocol):
    """Who analyses."""

    def submit(self, item: Item) -> Iterator[tuple[Item, Outcome]]:
        """Hand in an article; yields what is done in the meantime."""
        ...

    def drain(self) -> Iterator[tuple[Item, Outcome]]:
        """Yield the rest."""
        ...

    def close(self) -> None:
        """End, whatever still waits."""
        ...


class LocalAnalysts:
    """Analyses in child processes of this one."""

    def __init__(
        self,
        workers: int,
        is_known: Callable[[str], bool],
        *,
        model: str,
        topics: str | None = None,
    ) -> None:
        self._analyst = Analyst(model, topics=topics, children=workers)
        self._threads = ThreadPoolExecutor(workers)
        self._is_known = is_known
        self._ahead = AHEAD * workers
        self._waiting: deque[tuple[Item, Future[Outcome]]] = deque()
        self._held = 0

    def submit(self, item: Item) -> Iterator[tuple[Item, Outcome]]:
        """Hand in an article; yields what is done in the meantime."""
        self._waiting.append((item, self._threads.submit(self._outcome, item)))
        self._held += item.size
        while len(self._waiting) > self._ahead or self._held > MOST_HELD:
            yield self._next()

    def drain(self) -> Iterator[tuple[Item, Outcome]]:
        """Yield the rest."""
        while self._waiting:
            yield self._next()

    def close(self) -> None:
        """End the processes, in the middle of an article, too."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._analyst.close()
        self._threads.shutdown()

    def _next(self) -> tuple[Item, Outcome]:
        item, future = self._waiting.popleft()
        self._held -= item.size
        return item, future.result()

    def _outcome(self, item: Item) -> Outcome:
        try:
            draft = analysed(self._analyst, item, self._is_known)
        except DatelineError as error:
            return Refused(item.place, item.size, told(error))
        return new_article(item, draft) if draft is not None else None


def analysed(analyst: Analyst, item: Item, is_known: Callable[[str], bool]) -> Draft | None:
    """
    Return an item's article with what was read out of it, None if its text is known already.

    :raises DatelineError: if it cannot be taken
    """
    given = dict(item.given)
    for name in ("published_on", "captured_on"):
        day = given.pop(name, None) if name == "published_on" else item.captured_on
        given[name] = date.fromisoformat(day) if day else None
    reading = read(analyst, **given)
    return None if is_known(reading.text) else reading.analysed(analyst)


def new_article(item: Item, draft: Draft) -> NewArticle:
    """Return an analysed article, ready to be kept."""
    found = draft.extraction
    return NewArticle(
        item=item,
        text=draft.text,
        published_on=draft.published_on.isoformat(),
        language=found.language,
        statements=[
            Statement(
                facts=candidates.statement_of(candidate, draft.text),
                score=f"{candidate.check_worthiness.score:.4f}",
                reasons=candidate.check_worthiness.reasons,
                reading=candidates.reading_of(candidate),
            )
            for candidate in found.candidates
        ],
        segments=[[s.start, s.end, s.state, s.reason] for s in found.segments],
        credits=found.credits,
        facts=_facts(draft),
    )


def _facts(draft: Draft) -> dict[str, Any]:
    names = ("title", "url", "publisher", "byline")
    return {name: value for name in names if (value := getattr(draft, name)) is not None}


def told(error: DatelineError) -> str:
    """Return an error's sentence, and what it says of each field."""
    fields = getattr(error, "fields", None) or {}
    return " ".join([str(error), *(f"{name}: {text}" for name, text in list(fields.items())[:3])])
