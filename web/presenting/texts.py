"""
Text out of documents, made safe to look at.

Characters that nobody sees can turn round what a sentence says: they are shown by name, and
what they would do is not done. Everything is escaped here or by the template.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby, islice

from markupsafe import Markup, escape

from web.presenting.days import moment_words

#: Joiners that scripts and emoji need between characters beyond ASCII.
_JOINERS = "\u200c\u200d"

#: First and last of the characters that choose how the one before them is drawn.
_VARIATIONS = ("\ufe00", "\ufe0f")

#: Characters that take no place or that steer how others are shown; line ends and tabs stay.
_HIDDEN_LETTERS = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_HIDDEN = re.compile(_HIDDEN_LETTERS)
_RUN = re.compile(f"{_HIDDEN_LETTERS}+")

#: A variation and a joiner: more hidden characters in a row serve no script.
_LONGEST_NEEDED = 2

#: Characters named of a run of different ones.
MOST_NAMED = 12

#: Runs named in one text; in what comes after, each hidden character is a box.
MOST_RUNS = 2_000

_BOX = "\N{WHITE SQUARE}"

_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s|\n")

#: Furthest that the sentence around a claim is looked for, in code points.
REACH = 320


def visible_text(text: str | None) -> Markup:
    """Return a text with every hidden character replaced by its name, and the rest escaped."""
    return Markup("").join(_visible(text or ""))


def _visible(text: str) -> Iterator[Markup]:
    place = 0
    for run in islice(_RUN.finditer(text), MOST_RUNS):
        yield escape(text[place : run.start()])
        yield from _run(text, run.start(), run.end())
        place = run.end()
    yield escape(_HIDDEN.sub(_BOX, text[place:]))


def _run(text: str, start: int, end: int) -> Iterator[Markup]:
    """Show hidden characters that follow each other: a long run of them stays short."""
    if end - start <= _LONGEST_NEEDED and all(_is_needed(text, at) for at in range(start, end)):
        yield escape(text[start:end])
        return
    place = start
    for letter, same in islice(groupby(text[start:end]), MOST_NAMED):
        count = sum(1 for _ in same)
        yield _named(letter, count)
        place += count
    if place < end:
        yield Markup(
            '<span class="hidden-character" data-length="{0}">and {0} others</span>'
        ).format(end - place)


def _is_needed(text: str, at: int) -> bool:
    """Say whether a joiner or a variation stands where a script or an emoji wants it."""
    before = at - 1
    if text[at] in _JOINERS and before > 0 and _is_variation(text[before]):
        before -= 1
    if before < 0 or not _is_drawn(text[before]):
        return False
    return _is_variation(text[at]) or (
        text[at] in _JOINERS and at + 1 < len(text) and _is_drawn(text[at + 1])
    )


def _is_variation(letter: str) -> bool:
    return _VARIATIONS[0] <= letter <= _VARIATIONS[1]


def _is_drawn(letter: str) -> bool:
    """Say whether a character beyond plain Latin takes a place of its own."""
    return ord(letter) > 0x2FF and not _HIDDEN.match(letter)


@lru_cache(maxsize=1_000)
def _named(letter: str, count: int) -> Markup:
    code = f"U+{ord(letter):04X}"
    name = unicodedata.name(letter, "a control character").lower()
    times = f" ×{count}" if count > 1 else ""
    return Markup(
        '<span class="hidden-character" data-length="{}" title="{} {}">{}{}</span>'
    ).format(count, code, name, code, times)


def boxed_text(text: str | None) -> str:
    """Return a text with a box for each hidden character, where no markup can stand."""
    return _HIDDEN.sub(_BOX, text or "")


def web_address(address: str | None) -> str:
    """Return an address that a browser may be sent to, or nothing for one of another kind."""
    is_web = bool(address) and re.match(r"https?://[^\s/]", address or "", re.IGNORECASE)
    return address or "" if is_web else ""


def hidden_characters(text: str) -> int:
    """Count the characters of a text that would not be seen."""
    return sum(
        run.end() - run.start()
        for run in _RUN.finditer(text)
        if run.end() - run.start() > _LONGEST_NEEDED
        or not all(_is_needed(text, at) for at in range(*run.span()))
    )


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a stretch in its sentence, cut where that is long."""
    low = max(0, start - REACH)
    before = text[low:start]
    ends = [found.end() for found in _SENTENCE_END.finditer(before)]
    if ends:
        before = before[ends[-1] :]
    elif low > 0:
        before = "… " + before.partition(" ")[2]
    if re.search(r"[.!?…][\"'”’»)\]]{0,3}$", text[max(start, end - 5) : end]):
        return before, ""
    after = text[end : end + REACH]
    stop = _SENTENCE_END.search(after)
    if stop:
        after = after[: stop.end()].rstrip()
    elif end + REACH < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after


def plain_words(message: str, names: Mapping[str, str]) -> str:
    """Return a message with pseudonyms replaced by names and moments as people read them."""
    named = _UUID.sub(lambda found: names.get(found[0], pseudonym(found[0])), message)
    return _MOMENT.sub(lambda found: moment_words(found[0]), named)


def pseudonyms_in(message: str) -> set[str]:
    """Return the pseudonyms that a message names."""
    return set(_UUID.findall(message))


def pseudonym(reviewer_id: str) -> str:
    """Return what a reviewer is called where names are not shown."""
    return "Dateline" if reviewer_id == "system" else f"Reviewer {reviewer_id[:6]}"
