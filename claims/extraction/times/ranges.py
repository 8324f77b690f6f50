"""Two times that are the ends of one stretch: `between March and May`, `from 2014 to 2018`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from claims.extraction.records import TimeExpression
from claims.extraction.times.intervals import moved
from claims.extraction.times.intervals import year as a_year

_OPENING = re.compile(r"\b(?P<word>from|between|since)\s$", re.I)
_MIDDLE = re.compile(r"\s(?:to|until|till|through|and|up to)\s(?:the\s)?|\s?[-–—]\s?", re.I)


def join_ranges(text: str, times: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """Return the times with those two by two joined that are the ends of one range."""
    joined: list[TimeExpression] = []
    for time in times:
        whole = _joined(text, joined[-1], time) if joined else None
        if whole is None:
            joined.append(time)
        else:
            joined[-1] = whole
    return tuple(joined)


def _joined(text: str, first: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    if first.type != "DATE" or last.type != "DATE" or "/" in first.value + last.value:
        return None
    if last.start - first.end > 12:
        return None
    middle = text[first.end : last.start]
    opening = _OPENING.search(text[max(0, first.start - 9) : first.start])
    word = opening["word"].lower() if opening else None
    if not _MIDDLE.fullmatch(middle):
        return None
    if ("and" in middle and word != "between") or (
        word is None and middle.strip() in ("to", "and")
    ):
        return None
    return _spanning(text, first, last)


def _spanning(text: str, first: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    """Return one time from the first day of one to the last of the other."""
    earliest, latest = first.earliest, last.latest
    value = first.value
    # "from March to May 2019": the year stands once, for both.
    has_own_year = re.search(r"[0-9]{4}", first.text) is not None
    given = re.search(r"[0-9]{4}", last.text)
    if (
        not has_own_year
        and given
        and re.search(r"[A-Za-z]{3}", first.text)
        and a_year(int(given[0]))
    ):
        earliest = earliest and f"{int(given[0]):04}{earliest[4:]}"
        value = f"{int(given[0]):04}{value[4:]}"
    end = last.value
    if earliest and latest and earliest > latest == end and "day" in last.text:
        # "from Monday to Friday": the weekday after, not the one before.
        following = moved(date.fromisoformat(latest), 7)
        latest = end = following.isoformat() if following else latest
    if earliest is None or latest is None or earliest > latest:
        return None
    return replace(
        first,
        end=last.end,
        text=text[first.start : last.end],
        value=f"{value}/{end}",
        earliest=earliest,
        latest=latest,
        qualifier=None,
    )
