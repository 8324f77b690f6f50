"""
ClaimReviews as other desks publish them, read leniently. Pure: no database, no clock.

What real feeds hold is taken as it is: wrappers (`DataFeed`, `DataFeedItem`, `@graph`, arrays),
an author that is a list, numbers as strings. Each defect has a code. The publisher's label stays
the publisher's: nothing here turns it into a verdict. The rules are schema.org's and Google's for
`ClaimReview`: `claimReviewed`, `url` and `reviewRating.alternateName` are required there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

#: Levels of wrappers that are opened.
DEEPEST = 20

#: ClaimReviews taken in one import.
MOST_REVIEWS = 10_000

#: A label of more words than this is a paragraph, not a label.
MOST_LABEL_WORDS = 8

_CONTAINERS = ("@graph", "dataFeedElement", "item", "itemListElement", "claimReview")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_SCRIPT = re.compile(r"<script\b[^<>]{0,500}application/ld\+json[^<>]{0,500}>", re.IGNORECASE)
_SCRIPT_END = re.compile("</script", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class Rating:
    """A publisher's rating: its label in its own words, and its number on its own scale."""

    label: str | None = None
    value: str | None = None
    best: str | None = None
    worst: str | None = None


@dataclass(frozen=True, slots=True)
class ForeignReview:
    """One ClaimReview of another desk, and what was found wrong with it."""

    raw: Mapping[str, Any]
    claim: str | None
    rating: Rating
    url: str | None = None
    publisher: str | None = None
    claimant: str | None = None
    published_on: str | None = None
    language: str | None = None
    #: Where the claim appeared, as the publisher says.
    appearances: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def is_readable(self) -> bool:
        """Say whether there is a claim in it at all."""
        return self.claim is not None


def find_reviews(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield every ClaimReview in a JSON-LD value, however it is wrapped, in order."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from find_reviews(item, depth + 1)
    elif isinstance(value, Mapping):
        if "ClaimReview" in _types(value):
            yield value
            return
        for name in _CONTAINERS:
            if name in value:
                yield from find_reviews(value[name], depth + 1)


def read_review(raw: Mapping[str, Any]) -> ForeignReview:
    """Read one ClaimReview, with a code for each defect."""
    codes: list[str] = []
    item = _first(raw.get("itemReviewed"))
    author = _first(raw.get("author")) or _first(raw.get("publisher"))
    publisher = _name(author)
    if publisher is None:
        codes.append("no-author")
    claim = _text(raw.get("claimReviewed"))
    if claim is None:
        codes.append("no-claim")
    return ForeignReview(
        raw=raw,
        claim=claim,
        rating=_rating(_first(raw.get("reviewRating")), codes),
        url=_url(raw.get("url"), codes),
        publisher=publisher,
        claimant=_name(_first(item.get("author"))) if isinstance(item, Mapping) else None,
        published_on=_day(raw.get("datePublished"), codes),
        language=_text(raw.get("inLanguage")),
        appearances=tuple(_appearances(item)),
        warnings=tuple(dict.fromkeys(codes)),
    )


def _types(value: Mapping[str, Any]) -> set[str]:
    found = value.get("@type")
    names = found if isinstance(found, list) else [found]
    return {
        re.sub(r"^(?:https?://schema\.org/|schema:)", "", name)
        for name in names
        if isinstance(name, str)
    }


def _first(value: Any) -> Any:
    if isinstance(value, list):
        return _first(value[0]) if value else None
    return value


def _text(value: Any) -> str | None:
    """Return a text with something in it, also where it stands in a list or a language map."""
    value = _first(value)
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name")
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    return _text(value.get("name")) if isinstance(value, Mapping) else _text(value)


def _rating(value: Any, codes: list[str]) -> Rating:
    if not isinstance(value, Mapping):
        codes.append("no-rating")
        return Rating(label=_text(value))
    label = _text(value.get("alternateName")) or _text(value.get("name"))
    if label is None:
        codes.append("no-label")
    numbers = [_number(value.get(name)) for name in ("ratingValue", "bestRating", "worstRating")]
    codes.extend(_scale_codes(numbers, is_given=value.get("ratingValue") not in (None, "")))
    if label and len(label.split()) > MOST_LABEL_WORDS:
        codes.append("label-is-prose")
    return Rating(label, *numbers)


def _scale_codes(numbers: list[str | None], *, is_given: bool) -> Iterator[str]:
    rating, best, worst = (float(n) if n is not None else None for n in numbers)
    if rating is None:
        yield "scale-invalid" if is_given else "no-numeric-rating"
    elif best is None or worst is None:
        yield "scale-incomplete"
    elif not min(best, worst) <= rating <= max(best, worst) or best == worst:
        yield "scale-invalid"


def _number(value: Any) -> str | None:
    """Return a number as its digits; publishers write it as a string as well."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    return text if _NUMBER.fullmatch(text) else None


def _url(value: Any, codes: list[str]) -> str | None:
    text = _text(value)
    if text is None:
        codes.append("no-url")
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in text:
        codes.append("bad-url")
        return None
    return text


def _day(value: Any, codes: list[str]) -> str | None:
    """Return the day of a date, a time or a time with an offset in any ISO form."""
    text = _text(value)
    if text is None:
        codes.append("no-date")
        return None
    match = _ISO.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        return datetime.strptime(text, "%B %d, %Y").date().isoformat()  # noqa: DTZ007
    except ValueError:
        codes.append("bad-date")
        return None


def _appearances(item: Any) -> Iterator[str]:
    """Yield the addresses where the claim appeared, from a claim or from an older CreativeWork."""
    if not isinstance(item, Mapping):
        return
    for name in ("firstAppearance", "appearance", "url", "sameAs"):
        found = item.get(name)
        for entry in found if isinstance(found, list) else [found]:
            address = entry.get("url") if isinstance(entry, Mapping) else entry
            if isinstance(address, str) and address.startswith(("http://", "https://")):
                yield address


def scripts_of(html: str) -> Iterator[str]:
    """Yield the bodies of a page's JSON-LD scripts, as printed."""
    place = 0
    while match := _SCRIPT.search(html, place):
        ending = _SCRIPT_END.search(html, match.end())
        place = ending.start() if ending else len(html)
        yield html[match.end() : place]
