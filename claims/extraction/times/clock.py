"""Readers of times of day."""

from __future__ import annotations

import re
from datetime import date

from claims.extraction.times import intervals
from claims.extraction.times.context import Found
from claims.extraction.times.days import weekday_date
from claims.extraction.times.intervals import TIME, Read
from claims.extraction.times.naming import DAY_WORD, month_in, nearest_year, year_in

_ZULU = re.compile(r"\b(?:UTC|GMT)\b(?!\s?[+-])", re.IGNORECASE)


def read_clock(found: Found) -> Read | None:
    """Read a time of day, on the day that stands with it or else the one named last."""
    words = found.words
    if words.startswith(("noon", "midnight")):
        hour, minute = (12 if words.startswith("noon") else 0), 0
    else:
        match = re.match(r"(\d{1,2})(?:[:.](\d{2}))?", words)
        if match is None:
            return None
        hour, minute = int(match[1]), int(match[2] or 0)
        is_named = re.search(
            r"[ap]\.?m\b|\b(?:utc|gmt|e[sd]t|ce?s?t|ist|bst|p[sd]t|c[sd]t|m[sd]t|jst|hours|hrs)\b|:",
            words,
        )
        if not is_named and not re.search(
            r"\b(?:at|until|by|from|around|about|since) $", found.before(8)
        ):
            return None
        if "." in match[0] and not is_named:
            return None
        if re.search(r"p\.?m\b", words) and hour < 12:
            hour += 12
        elif re.search(r"a\.?m\b", words) and hour == 12:
            hour = 0
        if (
            ":" in match[0]
            and not is_named
            and re.match(r"\s?(?:win|victory|defeat|draw|loss|lead)", found.after(12))
        ):
            return None
    moment = _day_beside(found)
    zone = "Z" if _ZULU.search(found.printed()) else ""
    return intervals.day(moment)._replace(
        type=TIME, value=f"{moment.isoformat()}T{hour:02}:{minute:02}{zone}"
    )


def _day_beside(found: Found) -> date:
    """Return the day that a time of day is on."""
    words = found.words
    month = month_in(words) if re.search(r"[a-z]{3,}\.? \d|\d [a-z]{3,}", words) else None
    if month:
        number = re.search(r"(?<![\d:.])(\d{1,2})(?:st|nd|rd|th)?(?![\d:.])(?!\s?[ap]\.?m)", words)
        year = year_in(words, found)
        if number:
            read = intervals.day_of(
                year or nearest_year(found, month, int(number[1])), month, int(number[1])
            )
            if read and read.earliest:
                return date.fromisoformat(read.earliest)
    if "yesterday" in words or "tomorrow" in words:
        return (
            intervals.shifted(found.dateline, -1 if "yesterday" in words else 1) or found.dateline
        )
    if DAY_WORD.search(words):
        return weekday_date(found) or found.dateline
    return found.dateline if "today" in words else found.named
