"""Readers of weekdays, of today and the days beside it, and of their parts."""

from __future__ import annotations

import re
from datetime import date

from claims.extraction.times import intervals
from claims.extraction.times.context import Found
from claims.extraction.times.intervals import DATE, TIME, Read
from claims.extraction.times.naming import DAY_WORD
from claims.extraction.times.words import PARTS_OF_DAY, weekday_of


def read_weekday(found: Found) -> Read | None:
    """Read a weekday: the last one in a report, the next in an announcement."""
    moment = weekday_date(found)
    return intervals.day(moment) if moment else None


_NOT_DAYS = re.compile(
    r"\b(?:black|bloody|good|cyber|super|ash|palm|fat|shrove|easter|maundy|holy) $"
)


def weekday_date(found: Found) -> date | None:
    """Return the day that a weekday stands for."""
    words = found.words
    match = DAY_WORD.search(words)
    if match is None or _NOT_DAYS.search(found.before(12)):
        return None
    back = (
        found.dateline.weekday() - weekday_of(match[1] + "day" if len(match[1]) > 4 else match[1])
    ) % 7
    if re.search(r"\bnext\b", words) or (words.endswith("week") and "last" not in words):
        return intervals.shifted(found.dateline, (7 - back) % 7 or 7)
    if "last" in words:
        return intervals.shifted(found.dateline, -(back or 7))
    if back and (re.match(r"this\b", words) or found.is_ahead()):
        if not re.match(r"this\b", words) or not _is_told(found):
            return intervals.shifted(found.dateline, 7 - back)
    return intervals.shifted(found.dateline, -back)


def _is_told(found: Found) -> bool:
    return not found.is_ahead()


def read_near(found: Found) -> Read | None:
    """Read `today` and the days beside it."""
    words = found.words
    shift = 0
    if "yesterday" in words:
        shift = -2 if "before" in words else -1
    elif "tomorrow" in words:
        shift = 2 if "after" in words else 1
    elif words == "today" and re.match(r"['’]s\b", found.after(3)):
        return Read(DATE, "PRESENT_REF")
    moment = intervals.shifted(found.dateline, shift)
    return intervals.day(moment) if moment else None


def read_day_part(found: Found) -> Read | None:
    """Read `Monday morning`, `last night`, `tonight`."""
    words = found.words
    code = next((c for name, c in PARTS_OF_DAY.items() if name in words), "NI")
    moment: date | None = found.dateline
    if DAY_WORD.search(words):
        moment = weekday_date(found)
    elif "yesterday" in words or "last night" in words:
        moment = intervals.shifted(found.dateline, -1)
    elif "tomorrow" in words:
        moment = intervals.shifted(found.dateline, 1)
    if moment is None:
        return None
    return intervals.day(moment)._replace(type=TIME, value=f"{moment.isoformat()}T{code}")
