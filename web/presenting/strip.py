"""
The timeline as a drawing: bars and dots over the years that hold anything, lane by lane.

A year takes the more room the more stands in it, and years that hold nothing are a gap, so that one
old date does not press all others together. The template draws it as SVG.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import sqrt
from typing import Any

from web.presenting.claims import look_of
from web.presenting.words import LANE

#: More marks than this are no picture any longer; the list beside it has them all.
MOST_MARKS = 200

#: Letters of a statement that are written beside its mark.
MOST_LETTERS = 54

WIDTH, LEFT = 1200, 96
ROW, HEAD, FOOT = 22, 26, 8

#: How wide the years are that hold nothing, a day's dot, and a side that is not known.
GAP, DOT, OPEN = 18, 9, 34

#: About how wide a letter is, and what is left free between two statements.
LETTER, BETWEEN = 6.3, 14

#: A year is divided where it is at least this wide.
DIVIDED = 300


@dataclass(frozen=True, slots=True)
class Tick:
    """A year, a quarter's first month, or a gap of years that hold nothing."""

    x: int
    label: str
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim in time: where it is drawn, and the words beside it."""

    claim_id: str
    x: int
    y: int
    width: int
    look: str
    label: str
    label_x: int
    #: Whether the words end at `label_x` instead of beginning there.
    is_before: bool
    full: str
    is_day: bool
    is_open: bool
    is_contradicted: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """All that is drawn, and how much room it takes."""

    width: int
    height: int
    ticks: Sequence[Tick]
    #: The name of each lane and where it begins.
    lanes: Sequence[tuple[str, int]]
    marks: Sequence[Mark]


def draw(items: Sequence[Mapping[str, Any]]) -> Strip | None:
    """Return the drawing of a timeline's items, or None where there is nothing to see in one."""
    dated = [item for item in items if item["earliest"] or item["latest"]]
    if not 1 < len(dated) <= MOST_MARKS:
        return None
    axis = Axis(dated)
    marks: list[Mark] = []
    lanes = []
    top = HEAD
    for lane, name in LANE.items():
        ours = [_mark(item, axis) for item in dated if item["lane"] == lane]
        if ours:
            lanes.append((name, top))
            placed, rows = _in_rows(ours, top)
            marks += placed
            top += rows * ROW + FOOT
    return Strip(WIDTH, top, axis.ticks(), lanes, marks)


class Axis:
    """Where each day stands from left to right."""

    def __init__(self, items: Sequence[Mapping[str, Any]]) -> None:
        named = [int(day[:4]) for item in items for day in _days(item)]
        held = Counter(named)
        years = sorted(held)
        gaps = sum(after - before > 1 for before, after in pairwise(years))
        weights = {year: 1 + sqrt(held[year]) for year in years}
        share = (WIDTH - LEFT - GAP * gaps - 2 * OPEN) / sum(weights.values())
        self._columns: dict[int, tuple[float, float]] = {}
        self._gaps: list[float] = []
        place, last = float(LEFT + OPEN), years[0]
        for year in years:
            if year - last > 1:
                self._gaps.append(place)
                place += GAP
            self._columns[year] = (place, share * weights[year])
            place += share * weights[year]
            last = year

    def place(self, day: str, *, is_end: bool = False) -> int:
        """Return where a day begins or ends."""
        found = date.fromisoformat(day)
        left, width = self._columns[found.year]
        past = found.timetuple().tm_yday - (0 if is_end else 1)
        return round(left + width * past / (366 if calendar.isleap(found.year) else 365))

    def ticks(self) -> list[Tick]:
        """Return what is written over the drawing, from left to right."""
        found = [Tick(round(place), "", is_gap=True) for place in self._gaps]
        for year, (left, width) in self._columns.items():
            found.append(Tick(round(left), str(year)))
            if width >= DIVIDED:
                months = [(month, calendar.month_abbr[month]) for month in (4, 7, 10)]
                found += [Tick(self.place(f"{year:04}-{m:02}-01"), name) for m, name in months]
        return sorted(found, key=lambda tick: tick.x)


def _days(item: Mapping[str, Any]) -> list[str]:
    return [day for day in (item["earliest"], item["latest"]) if day]


def _mark(item: Mapping[str, Any], axis: Axis) -> Mark:
    """Return an item's mark, in no row yet."""
    earliest, latest = item["earliest"], item["latest"]
    left = axis.place(earliest) if earliest else axis.place(latest, is_end=True) - OPEN
    right = axis.place(latest, is_end=True) if latest else left + OPEN
    width = max(right - left, DOT)
    label = str(item["headline"])
    if len(label) > MOST_LETTERS:
        label = label[: MOST_LETTERS - 1].rstrip() + "…"
    is_before = left + width + 6 + len(label) * LETTER > WIDTH
    return Mark(
        claim_id=item["claim_id"],
        x=left,
        y=0,
        width=width,
        look=look_of(item["status"]),
        label=label,
        label_x=left - 6 if is_before else left + width + 6,
        is_before=is_before,
        full=f"{item['display']}: {item['headline']}",
        is_day=earliest == latest,
        is_open=not (earliest and latest),
        is_contradicted=bool(item["conflicts_with"]),
    )


def _in_rows(marks: Sequence[Mark], top: int) -> tuple[list[Mark], int]:
    """Return the marks with each in the first row that has room, and how many rows there are."""
    ends: list[float] = []
    placed = []
    for mark in sorted(marks, key=_extent):
        left, right = _extent(mark)
        row = next((at for at, end in enumerate(ends) if end + BETWEEN <= left), len(ends))
        ends[row : row + 1] = [right]
        placed.append(replace(mark, y=top + row * ROW))
    return placed, len(ends)


def _extent(mark: Mark) -> tuple[float, float]:
    """Return from where to where a mark and its words reach."""
    length = len(mark.label) * LETTER
    if mark.is_before:
        return mark.label_x - length, mark.x + mark.width
    return mark.x, mark.label_x + length
