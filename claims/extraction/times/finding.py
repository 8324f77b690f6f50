"""Finds the times of a text in one pass, and says what the words before each do to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from claims.extraction.records import Precision, TimeExpression, TimeQualifier
from claims.extraction.times.context import Found
from claims.extraction.times.intervals import DATE, TIME, Read
from claims.extraction.times.patterns import PATTERN
from claims.extraction.times.readers import READERS

#: A day named further back than this, in code points, is no longer the one that is meant.
MEMORY = 400

_QUALIFIERS = (
    (re.compile(r"\b(?:by|until|till|up to|no later than) (?:the |about )?$"), TimeQualifier.BY),
    (re.compile(r"\b(?:before|prior to|ahead of) (?:the )?$"), TimeQualifier.BEFORE),
    (re.compile(r"\b(?:since|after|following) (?:the )?$"), TimeQualifier.AFTER),
    (
        re.compile(r"\b(?:about|around|circa|roughly|approximately|c\.|ca\.) (?:the )?$"),
        TimeQualifier.ABOUT,
    ),
)


def find_times(text: str, dateline: date) -> tuple[TimeExpression, ...]:
    """Return the times that a text names, in text order, not overlapping."""
    return tuple(_found(text, dateline))


def _found(text: str, dateline: date) -> Iterator[TimeExpression]:
    place, named, named_at = 0, dateline, -MEMORY
    while match := PATTERN.search(text, place):
        start, end = match.span()
        if end <= start:
            place = start + 1
            continue
        current = named if start - named_at < MEMORY else dateline
        found = Found(text, start, end, dateline, current)
        read = READERS[match.lastgroup or ""](found)
        if read is None:
            place = _after_first_word(text, start, end)
            continue
        place = end
        if read.type in (DATE, TIME) and read.precision is Precision.DAY and read.earliest:
            if read.earliest == read.latest:
                named, named_at = date.fromisoformat(read.earliest), end
        yield _expression(found, read)


def _after_first_word(text: str, start: int, end: int) -> int:
    """Return where to go on looking after what was no time: behind its first word."""
    place = start + 1
    while place < end and text[place - 1].isalnum() and text[place].isalnum():
        place += 1
    return place


def _expression(found: Found, read: Read) -> TimeExpression:
    earliest, latest, qualifier = read.earliest, read.latest, None
    if read.type in (DATE, TIME) and earliest is not None:
        qualifier = _qualifier(found)
        earliest, latest = _bounded(found, qualifier, earliest, latest)
    return TimeExpression(
        start=found.start,
        end=found.end,
        text=found.text[found.start : found.end],
        type=read.type,
        value=read.value,
        earliest=earliest,
        latest=latest,
        precision=read.precision,
        qualifier=qualifier,
    )


def _qualifier(found: Found) -> TimeQualifier | None:
    before = found.before(20)
    return next((word for pattern, word in _QUALIFIERS if pattern.search(before)), None)


def _bounded(
    found: Found, qualifier: TimeQualifier | None, earliest: str, latest: str | None
) -> tuple[str | None, str | None]:
    """Open the end of an interval that the word before it leaves open."""
    if qualifier is TimeQualifier.BY:
        return None, latest
    if qualifier is TimeQualifier.BEFORE:
        first = date.fromisoformat(earliest)
        return None, (first - timedelta(days=1)).isoformat() if first > date.min else None
    if qualifier is TimeQualifier.AFTER:
        # "Since 2019" includes 2019; "after 2019" does not.
        is_since = found.before(12).rstrip().endswith(("since", "since the"))
        return (earliest if is_since else latest), None
    return earliest, latest
