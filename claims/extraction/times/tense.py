"""
Whether a time is told of something that was or announced for something to come.

"On Monday" is last Monday in a report and next Monday in an announcement: the verb that stands
nearest before the time in its sentence decides, else the nearest after it.
"""

from __future__ import annotations

import re

#: How far a verb is looked for, in code points.
REACH = 120

_AHEAD = re.compile(
    r"\b(?:will|won't|would|shall|should|may|might|'ll|going to|(?:is|are|was|were|be|been|being) "
    r"(?:due|set|scheduled|expected|slated|planned|likely|to)|to be|"
    r"(?:plan|hope|expect|intend|aim|want|need|prepare|agree|decide|promise|vow|pledge|propose)"
    r"(?:s|d|ed|ning|ing)? to|scheduled|due|slated|expected|upcoming|deadline|"
    r"starting|beginning|begins|starts|takes place|effective)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:said|says|told|announced|reported|added|was|were|had|has|have|did|"
    r"(?<!be )(?<!been )(?<!being )[a-z]{2,}ed|came|went|took|made|began|fell|rose|won|lost|met|sold|bought|saw|got|gave|held|"
    r"left|led|sent|spent|set off|struck|hit|shot|rang|ran|broke|grew|kept|paid|wrote|since)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:by|until|till|no later than)\s(?:the\s|next\s|this\s)?$", re.IGNORECASE)
_BOUNDARY = re.compile(r"[.!?;\n]\s|\n|[“”\"]")


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Say whether the words around a time announce something to come."""
    before = text[max(0, start - REACH) : start]
    before = before[max(_last(_BOUNDARY, before), 0) :]
    if _UNTIL.search(before):
        return True
    place = _last(_AHEAD, before), _last(_BACK, before)
    if place != (-1, -1):
        return place[0] >= place[1] and place[0] >= 0
    after = text[end : end + REACH]
    boundary = _BOUNDARY.search(after)
    after = after[: boundary.start()] if boundary else after
    ahead, back = _AHEAD.search(after), _BACK.search(after)
    return ahead is not None and (back is None or ahead.start() <= back.start())


def _last(pattern: re.Pattern[str], words: str) -> int:
    """Return where the last match of a pattern ends, or -1."""
    last = -1
    for match in pattern.finditer(words):
        last = match.end()
    return last
