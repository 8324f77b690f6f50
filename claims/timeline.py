"""
Claims in time: what happened, was said, was published, was decided, and when.

`build` takes claims in the contract's shape and returns items; the rest writes items for others
to read: TimelineJS3 and iCalendar. What has no date is listed as undated. Pure: no database, no
clock, and no day that was not given.
"""

from __future__ import annotations

import calendar
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger import clock

#: An item of the timeline, in the contract's shape.
Item = dict[str, Any]

_QUARTERS = ("first", "second", "third", "fourth")


@dataclass(slots=True)
class Timeline:
    """The items in the order of time, and the claims whose own time nobody knows."""

    items: list[Item] = field(default_factory=list)
    undated: list[Item] = field(default_factory=list)


def build(claims: Iterable[Mapping[str, Any]]) -> Timeline:
    """
    Return the timeline of claims.

    Each may carry `published_on`, the day of its article, and `conflicts_with`, the ids of the
    claims that contradict it, beside what the contract has.
    """
    timeline = Timeline()
    for claim in claims:
        for lane, time in _times(claim):
            timeline.items.append(_item(claim, lane, time))
        if not _is_dated(claim.get("time")):
            timeline.undated.append(
                {
                    "claim_id": claim["id"],
                    "headline": _headline(claim),
                    "status": claim.get("status"),
                }
            )
    timeline.items.sort(key=_order)
    return timeline


def _times(claim: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the lanes that a claim has a time in, each with that time."""
    said_on = (claim.get("attribution") or {}).get("said_on")
    candidates = (
        ("happened", claim.get("time")),
        ("said", said_on),
        ("published", _on_day(claim.get("published_on"))),
        ("decided", _on_day(_decided_at(claim.get("findings") or {}))),
    )
    for lane, time in candidates:
        if time is not None and _is_dated(time):
            yield lane, time


def _is_dated(time: Mapping[str, Any] | None) -> bool:
    return bool(time and (time.get("earliest") or time.get("latest")))


def _on_day(moment: str | None) -> dict[str, Any] | None:
    if not moment:
        return None
    return {"earliest": moment[:10], "latest": moment[:10], "precision": "day"}


def _decided_at(findings: Mapping[str, Any]) -> str | None:
    """Return when the claim was decided: its fact where that is, else whether it was said."""
    decided = ((findings.get(layer) or {}).get("decided_at") for layer in ("fact", "said"))
    return next((moment for moment in decided if moment), None)


def _item(claim: Mapping[str, Any], lane: str, time: Mapping[str, Any]) -> Item:
    return {
        "claim_id": claim["id"],
        "lane": lane,
        "earliest": time.get("earliest"),
        "latest": time.get("latest"),
        "precision": time.get("precision") or "day",
        "display": display(time),
        "headline": _headline(claim),
        "status": claim.get("status"),
        "conflicts_with": list(claim.get("conflicts_with") or ()),
    }


def _headline(claim: Mapping[str, Any]) -> str:
    return " ".join(str(claim.get("normalized_text") or claim["text"]).split())


def _order(item: Item) -> tuple[str, str, str, str]:
    first = item["earliest"] or item["latest"]
    return first, item["latest"] or first, str(item["claim_id"]), item["lane"]


# Times in words


def display(time: Mapping[str, Any]) -> str:
    """Return a time in words, as fine as it is known: `2019`, `by 14 December 2021`."""
    try:
        earliest, latest = _day(time.get("earliest")), _day(time.get("latest"))
    except ValueError:
        return " to ".join(str(time[k]) for k in ("earliest", "latest") if time.get(k))
    precision, qualifier = time.get("precision") or "day", time.get("qualifier")
    if earliest and latest:
        words = _interval(earliest, latest, precision)
        return f"about {words}" if qualifier == "about" else words
    if latest:
        return _until(latest, precision, is_before=qualifier == "before")
    return _since(earliest, precision) if earliest else ""


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _interval(earliest: date, latest: date, precision: str) -> str:
    """Return an interval by the calendar's own names where it has one."""
    if earliest == latest:
        return _in_full(earliest)
    if not (earliest.day == 1 and _ends_month(latest)):
        return _between(earliest, latest)
    if earliest.month == 1 and latest.month == 12:
        return _years(earliest.year, latest.year, precision)
    if earliest.year != latest.year:
        return f"{_month(earliest)} to {_month(latest)}"
    if earliest.month == latest.month:
        return _month(earliest)
    if precision == "quarter" and latest.month == earliest.month + 2 and latest.month % 3 == 0:
        return f"the {_QUARTERS[latest.month // 3 - 1]} quarter of {latest.year}"
    return f"{calendar.month_name[earliest.month]} to {_month(latest)}"


def _years(first: int, last: int, precision: str) -> str:
    if first == last:
        return str(first)
    if precision == "decade" and first % 10 == 0 and last == first + 9:
        return f"the {first}s"
    return f"{first} to {last}"


def _between(earliest: date, latest: date) -> str:
    if earliest.year != latest.year:
        return f"between {_in_full(earliest)} and {_in_full(latest)}"
    if earliest.month != latest.month:
        return (
            f"between {earliest.day} {calendar.month_name[earliest.month]} and {_in_full(latest)}"
        )
    return f"between {earliest.day} and {_in_full(latest)}"


def _until(latest: date, precision: str, *, is_before: bool) -> str:
    """Return the words for a time of which only the last possible day is known."""
    if is_before and latest < date.max:
        return f"before {_unit_from(clock.shifted(latest, 1), precision)}"
    unit = _unit_to(latest, precision)
    return f"by {unit}" if unit == _in_full(latest) else f"by the end of {unit}"


def _since(earliest: date, precision: str) -> str:
    """Return the words for a time of which only the first possible day is known."""
    if _unit_to(earliest, precision) != _in_full(earliest):
        return f"after {_unit_to(earliest, precision)}"
    return f"from {_unit_from(earliest, precision)}"


def _unit_from(day: date, precision: str) -> str:
    """Return the calendar unit that begins on this day, at most as coarse as the precision."""
    if precision == "decade" and (day.month, day.day, day.year % 10) == (1, 1, 0):
        return f"the {day.year}s"
    if precision in ("year", "decade") and (day.month, day.day) == (1, 1):
        return str(day.year)
    if precision == "quarter" and day.day == 1 and day.month % 3 == 1:
        return f"the {_QUARTERS[day.month // 3]} quarter of {day.year}"
    return _month(day) if precision == "month" and day.day == 1 else _in_full(day)


def _unit_to(day: date, precision: str) -> str:
    """Return the calendar unit that ends on this day, at most as coarse as the precision."""
    if precision == "decade" and (day.month, day.day, day.year % 10) == (12, 31, 9):
        return f"the {day.year - 9}s"
    if precision in ("year", "decade") and (day.month, day.day) == (12, 31):
        return str(day.year)
    if precision == "quarter" and day.month % 3 == 0 and _ends_month(day):
        return f"the {_QUARTERS[day.month // 3 - 1]} quarter of {day.year}"
    return _month(day) if precision == "month" and _ends_month(day) else _in_full(day)


def _ends_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _month(day: date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"


def _in_full(day: date) -> str:
    return f"{day.day} {_month(day)}"


# TimelineJS3


def to_timelinejs(items: Iterable[Item]) -> dict[str, Any]:
    """
    Return items as TimelineJS3 reads them, with dates only as fine as they are known.

    It puts texts into the page as HTML, so they are escaped here.
    """
    return {"events": [_event(item) for item in items]}


def _event(item: Item) -> dict[str, Any]:
    precision = item["precision"]
    starts = _partial(item["earliest"], precision, is_end=False) if item["earliest"] else None
    ends = _partial(item["latest"], precision, is_end=True) if item["latest"] else None
    event = {
        "unique_id": f"{item['lane']}-{item['claim_id']}",
        "group": item["lane"],
        # A time with one known end stands at that end; `display_date` says which it is.
        "start_date": starts or ends,
        "display_date": item["display"],
        "text": {
            "headline": html.escape(item["headline"]),
            "text": html.escape(str(item["status"] or "")),
        },
    }
    if starts and ends and starts != ends:
        event["end_date"] = ends
    return event


def _partial(day: str, precision: str, *, is_end: bool) -> dict[str, int]:
    """Return one end of a time without the parts that only stand for a whole month or year."""
    found = date.fromisoformat(day)
    year, month = {"year": found.year}, {"year": found.year, "month": found.month}
    if precision != "day":
        if (found.month, found.day) == ((12, 31) if is_end else (1, 1)) and precision in (
            "year",
            "decade",
            "open",
        ):
            return year
        if _ends_month(found) if is_end else found.day == 1:
            return month
    return month | {"day": found.day}


# iCalendar

#: The time stamp of an event that nobody stamped: the same items give the same bytes.
UNSTAMPED = "19700101T000000Z"

#: Octets in a line before it is folded (RFC 5545, 3.1).
_LINE = 75

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def to_ics(items: Iterable[Item], *, stamp: str = UNSTAMPED, domain: str = "dateline") -> str:
    """
    Return items as an iCalendar of all-day events (RFC 5545).

    :param stamp: the DTSTAMP of every event, in UTC
    :param domain: what makes the ids of the events ours
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//Timeline//EN"]
    for item in items:
        lines += _vevent(item, stamp, domain)
    lines.append("END:VCALENDAR")
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _vevent(item: Item, stamp: str, domain: str) -> list[str]:
    first = date.fromisoformat(item["earliest"] or item["latest"])
    last = date.fromisoformat(item["latest"] or item["earliest"])
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escape(str(item['claim_id']))}-{item['lane']}@{domain}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{_compact(first)}",
    ]
    if last < date.max:
        # The end of an event is the first day that it no longer covers.
        lines.append(f"DTEND;VALUE=DATE:{_compact(clock.shifted(max(first, last), 1))}")
    return [
        *lines,
        f"SUMMARY:{_escape(item['headline'])}",
        f"DESCRIPTION:{_escape(_description(item))}",
        f"CATEGORIES:{_escape(item['lane'])}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _description(item: Item) -> str:
    return f"{str(item['lane']).capitalize()}: {item['display']}. Status: {item['status']}."


def _compact(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escape(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return _CONTROLS.sub("", text)


def _fold(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none cut inside a character."""
    pieces = []
    octets = line.encode()
    start, room = 0, _LINE
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[start:end])
        # Every further line begins with a space, which counts.
        start, room = end, _LINE - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode()
