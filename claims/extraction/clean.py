"""
What in an article is not its own prose: headers, teasers, credits, share lines.

Nothing is deleted: each stretch that is set aside is named with a reason, in the text's own
offsets, and shows in the coverage map. Scans are linear: line by line, with bounded patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.datelines import find_dateline, place_end
from claims.extraction.notes import (
    LONGEST_NOTE,
    is_bullet,
    is_teaser,
    may_be_heading,
    opens_list,
    opens_tags,
    sort_of_line,
)
from claims.extraction.records import SetAside
from claims.extraction.teasers import find_teaser

__all__ = ["credits_of", "find_dateline", "set_aside"]

_BRACKETS = re.compile(
    r"\((?P<credit>(?:with |additional )?(?:inputs?|contributions?|reporting|writing|editing|agency|agencies)\b[^()\n]{0,160}|"
    r"with (?:agenc|\w{2,12} (?:inputs?|contributions?))[^()\n]{0,80}|edited by[^()\n]{0,120})\)|"
    r"[(\[](?P<caption>(?:file |ap |representational )?(?:photo|image|picture|pic)s?\b[^()\[\]\n]{0,120})[)\]]",
    re.I,
)
_SIGNED = re.compile(
    r"(?<=[.!?”\"]) ?(?:(?:--|[–—-]) ?(?:with )?|\((?=[^()\n]{2,40}\)[ \t]*$))(?:Reuters|AP|AFP|ANI|PTI|IANS|UPI|Xinhua|Bloomberg|agencies)"
    r"(?:[ /,&]{1,3}(?:Reuters|AP|AFP|ANI|PTI|IANS|Xinhua|agencies))?\)?[ \t]*$",
    re.I,
)
_WRAPPED = re.compile(r"[^\s.!?:][ \t]*\n(?=[ \t]*[a-z(])")
_ENDS = (".", "!", "?", "”", '"', ")", ":", "…", "’", "'")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text and where it begins."""

    text: str
    start: int

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def set_aside(text: str) -> tuple[SetAside, ...]:
    """
    Return what is not the article's own prose, in text order, not overlapping.

    A text that is nothing but lines without an end is prose: somebody asks about a statement.
    """
    lines = list(_lines(text))
    found = list(_of_lines(lines, is_wrapped=_is_wrapped(text)))
    if not _leaves_prose(text, found):
        found = [note for note in found if note.reason != "heading"]
    return tuple(found)


def _leaves_prose(text: str, found: Sequence[SetAside]) -> bool:
    place = 0
    for note in found:
        if any(character.isalnum() for character in text[place : note.start]):
            return True
        place = note.end
    return any(character.isalnum() for character in text[place:])


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield Line(line.rstrip("\r\n"), start)
        start += len(line)


def _is_wrapped(text: str) -> bool:
    """Say whether lines break within sentences, as in mail: then a line's end says nothing."""
    breaks = sum(1 for _ in _WRAPPED.finditer(text))
    return breaks >= 3 and breaks * 3 >= text.count("\n")


def _of_lines(lines: Sequence[Line], *, is_wrapped: bool) -> Iterator[SetAside]:
    #: What headlines without prose between them belong to: `teaser` or `tags` after their head.
    under: str | None = None
    for place, line in enumerate(lines):
        if line.is_blank:
            continue
        reason = _whole_line(lines, place, is_wrapped=is_wrapped)
        if reason == "heading" and under is not None:
            reason = under
        if reason is None:
            under = None
            yield from _inline(line)
            continue
        if opens_tags(line.text):
            under = "tags"
        elif opens_list(line.text):
            under = "teaser"
        yield _note(line, 0, len(line.text), reason)


def _whole_line(lines: Sequence[Line], place: int, *, is_wrapped: bool) -> str | None:
    line = lines[place].text
    if len(line) > LONGEST_NOTE:
        return None
    is_inside = is_wrapped and _stands_in_paragraph(lines, place)
    reason = None if is_inside else sort_of_line(line)
    if reason == "byline" and _runs_on(lines, place):
        reason = None
    if reason is not None:
        return reason
    if is_teaser(line):
        teaser = find_teaser(line, 0)
        return "teaser" if teaser is None or teaser[1] >= len(line.rstrip()) else None
    if not is_inside and may_be_heading(line) and not _runs_on(lines, place):
        return None if find_teaser(line, 0) else "heading"
    return None


def _stands_in_paragraph(lines: Sequence[Line], place: int) -> bool:
    """Say whether a line has a neighbour right above or below."""
    above = place > 0 and not lines[place - 1].is_blank
    below = place + 1 < len(lines) and not lines[place + 1].is_blank
    return above or below


def _runs_on(lines: Sequence[Line], place: int) -> bool:
    """Say whether a line goes on in the next one, or is the end of a sentence from above."""
    below = lines[place + 1].text.lstrip() if place + 1 < len(lines) else ""
    if below[:1].islower():
        return True
    above = lines[place - 1].text.rstrip() if place else ""
    starts_small = lines[place].text.lstrip()[:1].islower()
    return bool(above) and starts_small and not above.endswith(_ENDS) and not is_bullet(above)


def _inline(line: Line) -> Iterator[SetAside]:
    text = line.text
    position = place_end(text)
    if position:
        yield _note(line, 0, position, "dateline")
    signed = _SIGNED.search(text, max(position, len(text) - 80))
    limit = signed.start() if signed else len(text)
    teaser, bracket = find_teaser(text, position), _BRACKETS.search(text, position)
    while position < limit:
        if bracket is not None and bracket.start() < position:
            bracket = _BRACKETS.search(text, position)
        if teaser is not None and teaser[0] < position:
            teaser = find_teaser(text, position)
        if teaser is None and bracket is None:
            break
        if bracket is None or (teaser is not None and teaser[0] < bracket.start()):
            assert teaser is not None
            start, end, reason = *teaser, "teaser"
        else:
            start, end = bracket.span()
            reason = "credit" if bracket["credit"] else "caption"
        yield _note(line, start, min(end, limit), reason)
        position = end
    if signed:
        yield _note(line, signed.start(), signed.end(), "credit")


def _note(line: Line, start: int, end: int, reason: str) -> SetAside:
    text = line.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return SetAside(line.start + start, line.start + end, reason)


def credits_of(text: str, found: tuple[SetAside, ...]) -> tuple[str, ...]:
    """Return the credit lines without their brackets."""
    return tuple(text[a.start : a.end].strip("() \t") for a in found if a.reason == "credit")
