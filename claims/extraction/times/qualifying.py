"""What the words before a time do to it: about, before, after, by; and what that leaves of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from claims.extraction.records import TimeQualifier
from claims.extraction.times.intervals import Read, moved

_WORDS = re.compile(
    r"(?<!\w)(?:(?P<by>by|until|till|up to|no later than|not later than|prior to and including)|(?P<before>before|prior to|ahead of|earlier than)"
    r"|(?P<since>since|as of|no earlier than|not earlier than|not before|no sooner than|beginning|starting|from)|(?P<after>after|following|later than)"
    r"|(?P<about>about|around|circa|roughly|approximately|c\.))\s(?:the\s|on\s|in\s)?$",
    re.I,
)
#: "Until Monday at the earliest", "by May at the latest".
_EDGE = re.compile(r"\s?,? at the (?P<which>earliest|latest|soonest)\b")
_ENDING = re.compile(r"(?:the )?(?:very )?(?:end|close) of ", re.I)


def qualified(before: str, text: str, after: str, read: Read, dateline: date) -> Read:
    """
    Return a time with the qualifier that the words around give it, its ends opened.

    :param text: the printed words of the time
    """
    if read.first is None or read.type not in ("DATE", "TIME"):
        return read
    if read.qualifier is not None:
        return _within(read, dateline)
    edge = _EDGE.match(after)
    if edge is not None and edge["which"] != "latest":
        return replace(read, last=None, qualifier=TimeQualifier.AFTER)
    if edge is not None:
        return replace(read, first=None, qualifier=TimeQualifier.BY)
    # "from 3 to 5 May": the word opens a range, whose ends are both there.
    found = _WORDS.search(before) if "/" not in read.value else None
    kind = found.lastgroup if found else None
    if kind == "about":
        return replace(read, qualifier=TimeQualifier.ABOUT)
    if kind == "by":
        return replace(read, first=None, qualifier=TimeQualifier.BY)
    if kind == "before" and _ENDING.match(text):
        # "Before the end of the year": by its last day, not before its last months.
        return replace(read, first=None, qualifier=TimeQualifier.BY)
    if kind == "before":
        return replace(read, first=None, last=moved(read.first, -1), qualifier=TimeQualifier.BEFORE)
    if kind == "since":
        return replace(read, last=None, qualifier=TimeQualifier.AFTER)
    if kind == "after":
        return replace(read, first=read.last, last=None, qualifier=TimeQualifier.AFTER)
    return read


def _within(read: Read, dateline: date) -> Read:
    """Return what `earlier this year` leaves of the year: up to the dateline, or from it on."""
    if read.first is None or read.last is None or not read.first <= dateline <= read.last:
        return replace(read, qualifier=None)
    if read.qualifier is TimeQualifier.BEFORE:
        return replace(read, last=dateline, qualifier=None)
    return replace(read, first=dateline, qualifier=None)
