"""
Quotation marks: which stretches of an article stand between them.

A mark opens or closes by its own shape or, where it is straight, by the space around it.
A stretch never closes in another paragraph: newspapers leave the marks of a quote that goes
on open at the paragraph's end and open it again on the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[“”„«»\"]|''|``")
_OPENS = frozenset("“„«") | {"``"}
_CLOSES = frozenset("”»")
_BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks, the marks included."""

    start: int
    end: int
    is_opened: bool = True
    is_closed: bool = True


def _side(text: str, start: int, end: int) -> str:
    """Say whether a mark can open, close, or do either."""
    mark = text[start:end]
    if mark in _OPENS:
        return "open"
    if mark in _CLOSES:
        return "close"
    space_before = start == 0 or text[start - 1].isspace() or text[start - 1] in "([—–-:"
    space_after = end >= len(text) or text[end].isspace() or text[end] in ")],.;:!?—–"
    if space_before and not space_after:
        return "open"
    if space_after and not space_before:
        return "close"
    return "either"


def _paragraphs(text: str) -> list[tuple[int, int]]:
    bounds, first = [], 0
    for gap in _BREAK.finditer(text):
        bounds.append((first, gap.start()))
        first = gap.end()
    return [*bounds, (first, len(text))]


def find_quoted(text: str) -> list[Quoted]:
    """Return the stretches between quotation marks, in order, none crossing another."""
    found: list[Quoted] = []
    for first, last in _paragraphs(text):
        found.extend(_quoted_in(text, first, last))
    return found


def _quoted_in(text: str, first: int, last: int) -> list[Quoted]:
    found: list[Quoted] = []
    opened: int | None = None
    free = first
    for mark in _MARK.finditer(text, first, last):
        side = _side(text, mark.start(), mark.end())
        if opened is None and side == "close":
            # The opening mark was lost: what runs from the last quote to here was quoted.
            found.append(Quoted(free, mark.end(), is_opened=False))
            free = mark.end()
        elif opened is None:
            opened = mark.start()
        elif side != "open":
            found.append(Quoted(opened, mark.end()))
            opened, free = None, mark.end()
        elif mark.group() in _OPENS and text[opened] in _OPENS:
            continue
        else:
            found.append(Quoted(opened, mark.start(), is_closed=False))
            opened = mark.start()
    if opened is not None:
        found.append(Quoted(opened, last, is_closed=False))
    return found
