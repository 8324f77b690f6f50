"""
From what somebody sends to an article with its claims, in two steps.

`prepare` analyses, which takes a while and holds no lock; `keep` writes, in the caller's
transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from claims import services
from claims.extraction.clean import find_dateline
from claims.extraction.records import Extraction
from claims.extraction.worker import Analyst
from errors import InvalidInputError
from permissions import Actor
from sources.models import Article


@dataclass(frozen=True, slots=True)
class Draft:
    """An analysed article that is not kept yet."""

    text: str
    extraction: Extraction
    published_on: date
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's text and what is known about it, before it is analysed."""

    text: str
    published_on: date
    language: str | None
    facts: Mapping[str, Any]

    def analysed(self, analyst: Analyst) -> Draft:
        """
        Read the article's claims.

        :raises ExtractionError: if the text cannot be analysed
        """
        extraction = analyst.analyse(self.text, self.published_on, self.language)
        return Draft(self.text, extraction, self.published_on, **self.facts)


def prepare(analyst: Analyst, **given: Any) -> Draft:
    """
    Read an article's claims; what is given goes before what the page says of itself.

    :raises InvalidInputError: if no day of publication is given or found in the text
    :raises ExtractionError: if the text cannot be analysed
    """
    return read(analyst, **given).analysed(analyst)


def read(
    analyst: Analyst,
    *,
    text: str | None = None,
    html: str | None = None,
    published_on: date | None = None,
    captured_on: date | None = None,
    language: str | None = None,
    **facts: Any,
) -> Reading:
    """
    Read what an article says of itself; what is given goes before that.

    :param captured_on: the day to go by where neither page nor text names one
    :raises InvalidInputError: if no day of publication is given or found in the text
    :raises ExtractionError: if the page cannot be read
    """
    if html is not None:
        page = analyst.read_html(html)
        text = page["text"]
        found = page.get("published_on")
        published_on = published_on or (date.fromisoformat(found) if found else None)
        language = language or page.get("language")
        named = {name: page.get(name) for name in ("title", "url", "publisher", "byline")}
        facts = named | {name: value for name, value in facts.items() if value is not None}
    if not text or not text.strip():
        raise InvalidInputError("The article has no text.", {"html": "Send a page with text."})
    published_on = published_on or find_dateline(text) or captured_on
    if published_on is None:
        raise InvalidInputError(
            "The day of publication is not given, and the text does not name it.",
            {"published_on": "Give the day as YYYY-MM-DD."},
        )
    return Reading(text, published_on, language, facts)


def keep(session: Session, draft: Draft, *, actor: Actor) -> tuple[Article, bool]:
    """Keep a prepared article and its claims; the second value says whether it is new."""
    return services.ingest(
        session,
        draft.text,
        draft.extraction,
        published_on=draft.published_on,
        title=draft.title,
        url=draft.url,
        publisher=draft.publisher,
        byline=draft.byline,
        actor=actor,
    )
