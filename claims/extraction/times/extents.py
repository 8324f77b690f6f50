"""Words before a time that belong to it: `late 2006`, `the end of the year`, `over a decade`."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.extraction.records import TimeQualifier
from claims.extraction.times.intervals import Read, part_of

#: How far back such words reach.
_REACH = 48

_PART = re.compile(
    r"(?:(?<=\s)|(?<=[(“\"'])|^)(?:the )?(?:very )?(?P<word>early|late|mid|earlier|later)(?P<dash>[- ])(?P<tail>(?:in |on )?)(?:the )?['’‘]?$",
    re.I,
)
_PART_OF = re.compile(
    r"(?:(?<=\s)|(?<=[(“\"'])|^)(?:the )?(?:very )?(?P<word>beginning|start|early part|early days|first part|middle|end|close|latter part|latter half|second half|first half|remainder|rest|turn) of (?P<the>the )?$",
    re.I,
)
_ABOUT = re.compile(
    r"(?:(?<=\s)|(?<=[(“\"'])|^)(?P<words>(?:just |well |slightly |a little )?(?:over|under)|(?:more|less|longer|fewer) than|no (?:more|less|fewer) than|at (?:least|most)|about|around|nearly|almost|approximately|roughly|some|up to|as (?:little|much|many|long) as|close to|an estimated|another) $",
    re.I,
)
_THIRDS = {
    "early": 0,
    "mid": 1,
    "late": 2,
    "beginning": 0,
    "start": 0,
    "early part": 0,
    "early days": 0,
    "first part": 0,
    "turn": 0,
    "middle": 1,
    "end": 2,
    "close": 2,
    "latter part": 2,
}


def widened(text: str, floor: int, start: int, read: Read) -> tuple[int, Read]:
    """
    Take in the words before a time that belong to it; nothing before `floor` is touched.

    `early`, `mid` and `late` leave the first, middle and last third of the time, as do its
    beginning, middle and end.
    """
    begin = max(floor, start - _REACH)
    before = text[begin:start]
    if (
        read.type == "DURATION"
        and read.value[0] == "P"
        and text[start : start + 3].lower() != "the"
    ):
        found = _ABOUT.search(before)
        return (begin + found.start() if found else start), read
    if read.first is None and not read.value.startswith("FY"):
        return start, read
    found = _PART_OF.search(before) or _PART.search(before)
    if found is None or read.value[4:5] == "/":
        return start, read
    word = found["word"].lower()
    if word in ("earlier", "later") or found.groupdict().get("tail"):
        return _earlier(text, begin, found, start, read)
    if word.endswith("half"):
        return begin + found.start(), _half(read, word)
    if read.type == "TIME" or word in ("remainder", "rest"):
        return (begin + found.start() if read.type == "TIME" else start), read
    return begin + found.start(), part_of(read, _THIRDS[word])


def _half(read: Read, word: str) -> Read:
    if read.precision.value != "year" or read.first is None or read.last is None:
        return read
    if word.startswith("first"):
        return replace(read, value=f"{read.value}-H1", last=read.first.replace(month=6, day=30))
    return replace(read, value=f"{read.value}-H2", first=read.first.replace(month=7, day=1))


def _earlier(
    text: str, begin: int, found: re.Match[str], start: int, read: Read
) -> tuple[int, Read]:
    """Take in `earlier` and `later`; what they leave of the time, the dateline decides later."""
    word = found["word"].lower()
    if word in ("earlier", "later") and found["dash"] == " ":
        qualifier = TimeQualifier.BEFORE if word == "earlier" else TimeQualifier.AFTER
        return begin + found.start(), replace(read, qualifier=qualifier)
    if (
        word in _THIRDS and text[start : start + 3].lower() in ("the", "thi", "las", "nex")
    ) or "the" in found[0].lower()[4:]:
        return begin + found.start(), part_of(read, _THIRDS.get(word, 0))
    return start, read
