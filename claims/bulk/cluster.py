"""
Analysis by the workers of a Dask scheduler; one that is lost costs a retry, not an article.

The workers run in this environment with the project on their path; Dask is imported only where a
scheduler was named.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from claims.bulk.analysing import Outcome, analysed, new_article, told
from claims.bulk.items import Item, Refused
from claims.extraction.plain import from_plain, to_plain
from claims.extraction.records import Extraction
from claims.extraction.worker import Analyst
from claims.ingesting import Draft
from errors import DatelineError

#: How often an article is tried again after an error of the worker's.
RETRIES = 3

#: Articles on their way for each thread of a worker.
AHEAD = 4

#: Seconds to wait for the scheduler.
PATIENCE = 20


class NoSchedulerError(RuntimeError):
    """The scheduler that was named does not answer: there is no sense in going on."""


class ClusterAnalysts:
    """Analyses on the workers of a scheduler."""

    def __init__(
        self,
        address: str,
        is_known: Callable[[str], bool],
        *,
        model: str,
        topics: str | None = None,
    ) -> None:
        from distributed import Client

        try:
            self._client = Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NoSchedulerError(
                f"There is no scheduler at {address}. Start it, or mend the name."
            ) from error
        self._is_known = is_known
        self._model, self._topics = model, topics
        self._waiting: deque[tuple[Item, Any]] = deque()

    def submit(self, item: Item) -> Iterator[tuple[Item, Outcome]]:
        """Hand in an article; yields what is done in the meantime."""
        text = item.given.get("text")
        if text is not None and self._is_known(text):
            yield item, None
            return
        future = self._client.submit(
            analyse, item, self._model, self._topics, pure=False, retries=RETRIES
        )
        self._waiting.append((item, future))
        while len(self._waiting) > self._ahead():
            yield self._next()

    def drain(self) -> Iterator[tuple[Item, Outcome]]:
        """Yield the rest."""
        while self._waiting:
            yield self._next()

    def close(self) -> None:
        """Leave the scheduler; its workers stay."""
        self._client.close()

    def _ahead(self) -> int:
        return AHEAD * max(1, sum(self._client.nthreads().values()))

    def _next(self) -> tuple[Item, Outcome]:
        item, future = self._waiting.popleft()
        return item, self._outcome(item, future)

    def _outcome(self, item: Item, future: Any) -> Outcome:
        from distributed.scheduler import KilledWorker

        try:
            answer = future.result()
        except KilledWorker:
            return Refused(item.place, item.size, "Every worker that analysed it was lost.")
        if "refused" in answer:
            return Refused(item.place, item.size, answer["refused"])
        facts = answer["facts"]
        if self._is_known(facts["text"]):
            return None
        day = date.fromisoformat(facts.pop("published_on"))
        extraction = from_plain(Extraction, answer["extraction"])
        return new_article(item, Draft(extraction=extraction, published_on=day, **facts))


def analyse(item: Item, model: str, topics: str | None) -> dict[str, Any]:
    """Analyse an article on a worker, in a child process with limits as everywhere."""
    try:
        draft = analysed(_analyst(model, topics), item, lambda _: False)
    except DatelineError as error:
        return {"refused": told(error)}
    assert draft is not None
    names = ("text", "title", "url", "publisher", "byline")
    facts = {name: getattr(draft, name) for name in names}
    facts["published_on"] = draft.published_on.isoformat()
    return {"facts": facts, "extraction": to_plain(draft.extraction)}


@lru_cache(maxsize=2)
def _analyst(model: str, topics: str | None) -> Analyst:
    return Analyst(model, topics=topics)
