"""From what the readers find to what is kept: known ones skipped, bad ones told, the rest in."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from claims.bulk.analysing import Analysts, LocalAnalysts, Outcome, told
from claims.bulk.cluster import ClusterAnalysts
from claims.bulk.files import read_files
from claims.bulk.items import Found, Item, Refused
from claims.bulk.keeping import Keeper
from claims.bulk.ready import NewArticle, segments_of, statements_of
from claims.extraction.clean import find_dateline
from claims.extraction.language import language_of
from claims.extraction.worker import Analyst
from db import Database
from errors import DatelineError, InvalidInputError
from permissions import SYSTEM

#: Objects made and not freed before those that only hold each other are looked for.
OBJECTS = 200_000

#: Reads what was found as the API would: a line of JSON, or fields.
Load = Callable[[Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for every article that says nothing else."""

    published_on: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Crew:
    """Who analyses: processes of this machine, or the workers of a scheduler."""

    #: Whose language model and topics are used.
    analyst: Analyst
    workers: int = 1
    scheduler: str | None = None

    def start(self, is_known: Callable[[str], bool]) -> Analysts:
        """Start those who analyse."""
        model, topics = self.analyst.model, self.analyst.topics
        if self.scheduler is not None:
            return ClusterAnalysts(self.scheduler, is_known, model=model, topics=topics)
        return LocalAnalysts(self.workers, is_known, model=model, topics=topics)


@dataclass(slots=True)
class Report:
    """What came of a run."""

    articles: int
    claims: int
    known: int
    refused: int
    #: Whether somebody ended the run before it was through.
    is_ended: bool = False


def take_in(
    files: Iterable[Path],
    database: Database,
    load: Load,
    defaults: Defaults,
    crew: Crew,
    *,
    on_done: Callable[[int], None],
    on_refused: Callable[[Refused], None],
) -> Report:
    """
    Take in the articles of some files; who interrupts it keeps what was read until then.

    :raises NoSchedulerError: if there is no scheduler where one was named
    """
    keeper = Keeper(database, SYSTEM)
    run = Ingest(keeper, crew, load, defaults, on_done=on_done, on_refused=on_refused)
    is_ended = False
    try:
        with _collecting_seldom():
            run.run(read_files(files))
    except KeyboardInterrupt:
        is_ended = True
    finally:
        run.close()
    if is_ended:
        run.finish()
    kept = keeper.kept
    return Report(kept.articles, kept.claims, kept.known, run.refused, is_ended)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """
    Look for cycles seldom: what a batch makes lives until it is written, and holds hardly any.

    Looking through it again and again would be a tenth of the work.
    """
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Ingest:
    """One run; reports bytes done and what is refused as it goes."""

    def __init__(
        self,
        keeper: Keeper,
        crew: Crew,
        load: Load,
        defaults: Defaults,
        *,
        on_done: Callable[[int], None],
        on_refused: Callable[[Refused], None],
    ) -> None:
        self._keeper = keeper
        self._crew = crew
        self._analysts: Analysts | None = None
        self._load = load
        self._defaults = defaults
        self._on_done = on_done
        self._on_refused = on_refused
        self.refused = 0

    def run(self, found: Found) -> None:
        """Take in all that is found."""
        for one in found:
            if isinstance(one, Refused):
                self._refuse(one)
                continue
            try:
                self._take(one)
            except DatelineError as error:
                self._refuse(Refused(one.place, one.size, told(error)))
        if self._analysts is not None:
            self._settle(self._analysts.drain())
        self.finish()

    def finish(self) -> None:
        """Keep what is collected."""
        for refused in self._keeper.flush():
            self._refuse(replace(refused, size=0))

    def close(self) -> None:
        """End those who analyse."""
        if self._analysts is not None:
            self._analysts.close()

    def _take(self, item: Item) -> None:
        given = {**_given(self._defaults), **self._load(item.given)}
        claims = given.pop("claims", None)
        item = replace(item, given=given)
        if claims is not None:
            self._keep(item, ready(item, claims))
            return
        if self._analysts is None:
            # The language model is loaded only where something is analysed.
            self._analysts = self._crew.start(self._keeper.is_known)
        self._settle(self._analysts.submit(item))

    def _settle(self, done: Iterator[tuple[Item, Outcome]]) -> None:
        for item, outcome in done:
            if isinstance(outcome, Refused):
                self._refuse(outcome)
            elif outcome is None:
                self._keeper.kept.known += 1
                self._on_done(item.size)
            else:
                self._keep(item, outcome)

    def _keep(self, item: Item, article: NewArticle) -> None:
        for refused in self._keeper.add(article):
            self._refuse(replace(refused, size=0))
        self._on_done(item.size)

    def _refuse(self, refused: Refused) -> None:
        self.refused += 1
        self._on_refused(refused)
        self._on_done(refused.size)


def _given(defaults: Defaults) -> dict[str, Any]:
    known = {"published_on": defaults.published_on, "publisher": defaults.publisher}
    return {name: value for name, value in known.items() if value is not None}


def ready(item: Item, claims: list[dict[str, Any]]) -> NewArticle:
    """
    Return an article that brings its claims.

    :raises InvalidInputError: if its day is not known, or a claim does not stand in its text
    """
    given = dict(item.given)
    text = given.pop("text", None)
    if text is None:
        raise InvalidInputError(
            "Claims need the text that they stand in.", {"text": "Send text, not html."}
        )
    found = given.pop("published_on", None) or find_dateline(text)
    if found is None:
        raise InvalidInputError(
            "The day of publication is not given, and the text does not name it.",
            {"published_on": "Give the day as YYYY-MM-DD."},
        )
    statements = statements_of(text, claims)
    return NewArticle(
        # What was read is not held until the batch is written.
        item=replace(item, given={}),
        text=text,
        published_on=str(found),
        language=language_of(text, given.pop("language", None)),
        statements=statements,
        segments=segments_of(text, statements),
        facts=given,
    )
