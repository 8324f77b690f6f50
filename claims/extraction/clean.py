"""
What in an article is not its own prose: headers, teasers, credits, share lines.

Nothing is deleted: each stretch that is set aside is named with a reason, in the text's own
offsets, and shows in the coverage map. Scans are linear: line by line, with bounded patterns.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from claims.extraction.records import SetAside

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_HEADER = re.compile(
    r"[ \t]*(?:date|published|updated|posted)[ \t:]{1,3}\d{4}-\d{2}-\d{2}[ \t]*", re.I
)
_DATED = re.compile(rf"(?:{_MONTHS})\.? \d{{1,2}},? \d{{4}}|\d{{1,2}} (?:{_MONTHS})\.? \d{{4}}")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_PLACE = re.compile(
    rf"[ \t]*[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){{0,3}}(?:, [A-Z][\w.]{{1,15}})?"
    rf"(?:, (?:{_MONTHS})\.? \d{{1,2}}(?:, \d{{4}})?)?(?: \([A-Za-z .]{{2,30}}\))? ?(?:--|[-–—])[ \t]"
)
_TEASER = re.compile(
    r"\b(?:read (?:also|more|next)|also read|see also|must read|related(?: stories)?|watch|"
    r"more on this(?: story)?|in (?:pics|pictures)|don[’']t miss|recommended)[ \t]?[|:>»][ \t]?",
    re.I,
)
_CREDIT = re.compile(
    r"\((?:(?:with |additional )?(?:inputs?|contributions?|reporting|agency)[^()\n]{0,120}|"
    r"with agenc[^()\n]{0,80})\)",
    re.I,
)
_CREDIT_LINE = re.compile(
    r"[ \t]*(?:sources?:|reporting by|additional reporting by|edited by|editing by|"
    r"compiled by|with inputs from)[^\n]{0,160}",
    re.I,
)
_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("byline", re.compile(r"[ \t]*by [A-Z][^\n.]{2,80}$", re.I)),
    (
        "caption",
        re.compile(
            r"[ \t]*(?:photo|image|picture|file photo|caption)s?(?: by| credit)?[ :][^\n]{0,200}$",
            re.I,
        ),
    ),
    (
        "share",
        re.compile(
            r"[ \t]*(?:share (?:this|on|via)|follow us|tweet|sign up|subscribe|click here|advertisement)\b[^\n]{0,160}$",
            re.I,
        ),
    ),
    (
        "cookie",
        re.compile(
            r"[^\n]{0,80}\bcookies?\b[^\n]{0,80}\b(?:accept|consent|policy|settings|use)\b[^\n]{0,200}$",
            re.I,
        ),
    ),
    ("rights", re.compile(r"[ \t]*(?:©|\(c\)|copyright|all rights reserved)[^\n]{0,160}$", re.I)),
    ("link", re.compile(r"[ \t]*https?://\S{1,500}[ \t]*$")),
)
_FINITE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|can|could|may|might|should|did|does|do)\b"
)
_WORD = re.compile(r"\S+")

#: Words that begin a sentence and never end a headline.
_OPENERS = frozenset({"The", "A", "An", "In", "On", "This", "These", "It", "He", "She", "They"})

#: A longer line is prose, whatever it begins with; keeps every pattern's work bounded.
LONGEST_NOTE = 400


def set_aside(text: str) -> tuple[SetAside, ...]:
    """Return what is not the article's own prose, in text order, not overlapping."""
    found: list[SetAside] = []
    start = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        found.extend(_of_line(body, start))
        start += len(line)
    return tuple(found)


def _of_line(line: str, base: int) -> list[SetAside]:
    if not line.strip():
        return []
    if _HEADER.fullmatch(line):
        return [_note(line, base, 0, len(line), "dateline")]
    if len(line) <= LONGEST_NOTE:
        whole = _whole_line(line)
        if whole:
            return [_note(line, base, 0, len(line), whole)]
    return _inline(line, base)


def _whole_line(line: str) -> str | None:
    if _CREDIT_LINE.fullmatch(line):
        return "credit"
    if _DATED.fullmatch(line.strip()) or _ISO.fullmatch(line.strip()):
        return "dateline"
    for reason, pattern in _LINES:
        if pattern.match(line):
            return reason
    words = line.split()
    # A line of its own without an end is a headline.
    if len(words) <= 14 and line.rstrip()[-1].isalnum() and not _TEASER.search(line):
        return "heading"
    return None


def _inline(line: str, base: int) -> list[SetAside]:
    found = []
    place = _PLACE.match(line)
    if place:
        found.append(_note(line, base, 0, place.end(), "dateline"))
    position = place.end() if place else 0
    while position < len(line):
        teaser, credit = _TEASER.search(line, position), _CREDIT.search(line, position)
        first = min((m for m in (teaser, credit) if m), key=lambda m: m.start(), default=None)
        if first is None:
            break
        end = first.end() if first is credit else _teaser_end(line, first.end())
        reason = "credit" if first is credit else "teaser"
        found.append(_note(line, base, first.start(), end, reason))
        position = end
    return found


def _note(line: str, base: int, start: int, end: int, reason: str) -> SetAside:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return SetAside(base + start, base + end, reason)


def _teaser_end(line: str, start: int) -> int:
    """
    Return where a teaser's headline ends.

    A headline may be glued to the next sentence: `... will continue: India The law was passed`.
    """
    sentence = re.compile(r"[.?!](?=\s|$)").search(line, start)
    end = sentence.end() if sentence else len(line)
    glued = _glued(line, start, end)
    if glued is not None:
        return glued
    following = re.compile(r"\s{1,3}[A-Z][^.?!\n]{3,200}\?").match(line, end)
    # An explainer's headline often goes on as a question.
    return following.end() if following else end


def _glued(line: str, start: int, end: int) -> int | None:
    """Return where a headline that ends in `: Name` is followed by another sentence's subject."""
    colon = line.rfind(": ", start, end)
    if colon < 0:
        return None
    verb = _FINITE.search(line, colon + 2, end)
    if verb is None:
        return None
    run = list(_WORD.finditer(line, colon + 2, verb.start()))
    if len(run) < 2 or not run[0][0][:1].isupper():
        return None
    openers = [word for word in run[1:] if word[0] in _OPENERS]
    if openers:
        return openers[0].start() - 1
    return run[1].start() - 1 if all(word[0][:1].isupper() for word in run) else None


def credits_of(text: str, found: tuple[SetAside, ...]) -> tuple[str, ...]:
    """Return the credit lines without their brackets."""
    return tuple(text[a.start : a.end].strip("() \t") for a in found if a.reason == "credit")


def find_dateline(text: str) -> date | None:
    """Return the day that the head of the text names as its own, if it names one."""
    head = text[:600]
    for match in _ISO.finditer(head):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    for line in head.splitlines()[:6]:
        place, whole = _PLACE.match(line), _DATED.fullmatch(line.strip())
        dated = whole or (_DATED.search(place[0]) if place else None)
        if dated:
            return _as_date(dated[0])
    return None


def _as_date(words: str) -> date | None:
    plain = words.replace(",", "").replace(".", "")
    for form in ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(plain.replace("Sept ", "Sep "), form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
