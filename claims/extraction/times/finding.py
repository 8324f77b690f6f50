"""Going through a text once: the forms that may begin at a word, the longest that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from claims.extraction.records import TimeExpression
from claims.extraction.times import clock, lengths, printed, relative
from claims.extraction.times.context import Context, Match, Reader
from claims.extraction.times.extents import widened
from claims.extraction.times.grammar import FORMS, Form
from claims.extraction.times.intervals import Read
from claims.extraction.times.qualifying import qualified
from claims.extraction.times.ranges import join_ranges

_WORD = re.compile(r"[^\W_]+")
_DIGITS = frozenset("0123456789")
#: Words that end in digits and begin a form: `Q3`, `H1`, `FY22`.
_LETTER_AND_DIGITS = re.compile(r"(?:q|h)[1-4]|fy[0-9]{2}(?:[0-9]{2})?", re.A)

READERS: dict[str, Reader] = {
    "iso": printed.iso,
    "iso_week": printed.iso_week,
    "numeric": printed.numeric,
    "attacks": printed.attacks,
    "mdy": printed.calendar,
    "dmy": printed.calendar,
    "dm_range": printed.span_of_days,
    "month_range": printed.span_of_months,
    "month": printed.month,
    "nth_weekday": printed.nth_weekday,
    "weekday": relative.weekday,
    "weekdays": lengths.weekdays,
    "near": relative.near,
    "part": relative.part,
    "part_of": relative.part_of,
    "clock": clock.clock,
    "quarter": printed.quarter,
    "half": printed.half,
    "season": relative.season,
    "fiscal": printed.fiscal,
    "decade": printed.decade,
    "century": printed.century,
    "year_range": printed.span_of_years,
    "year": printed.year,
    "deictic": relative.deictic,
    "again": relative.again,
    "rolling": relative.rolling,
    "beside": relative.beside,
    "light": clock.light,
    "overnight": clock.overnight,
    "quarter_century": lengths.quarter_century,
    "first_of": lengths.first_of,
    "that_time": relative.that_time,
    "ordinal_day": relative.ordinal_day,
    "age": lengths.age,
    "length": lengths.length,
    "lengths": lengths.lengths,
    "long": lengths.long,
    "bare": lengths.bare,
    "every": lengths.every,
    "times_a": lengths.times_a,
    "adverb": lengths.adverb,
    "holiday": printed.holiday,
    "now": relative.now,
    "gone": relative.gone,
    "to_come": relative.to_come,
}


def find_times(
    text: str, dateline: date, *, is_day_first: bool | None = None, is_joined: bool = False
) -> tuple[TimeExpression, ...]:
    """
    Return the times that a text names, in text order, not overlapping.

    :param is_day_first: whether 3/4/2021 is the third of April, where the text does not show it
    :param is_joined: join `from March to May`, two times in TIMEX3, to the one stretch it names
    """
    if is_day_first is None:
        is_day_first = order_of_days(text)
    context = Context(text, dateline, is_day_first)
    reads = _anchored(text, list(_reads(context)))
    found = [_expression(context, start, end, read) for start, end, read in reads]
    return join_ranges(text, found) if is_joined else tuple(found)


_NUMERIC = re.compile(
    r"(?<![\w/.-])([0-3]?[0-9])[/.-]([0-3]?[0-9])[/.-](?:19|20)[0-9]{2}(?![\w/-])", re.A
)


def order_of_days(text: str) -> bool | None:
    """Say whether the text writes days before months in digits, or None where it never shows."""
    for found in _NUMERIC.finditer(text):
        first, second = int(found[1]), int(found[2])
        if (first > 12) != (second > 12):
            return first > 12
    return None


def _reads(context: Context) -> Iterator[tuple[int, int, Read]]:
    """Go through the text, and read at each word the longest form that can be read."""
    text, floor = context.text, 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < floor:
            continue
        forms = _forms(word[0])
        if not forms:
            continue
        best = _longest(context, forms, start)
        if best is None:
            continue
        end, read = best
        begin, read = widened(text, floor, start, read)
        _remember(context, read, end)
        yield begin, end, read
        floor = end


_ON = re.compile(r",? on |, ")


def _anchored(text: str, reads: list[tuple[int, int, Read]]) -> list[tuple[int, int, Read]]:
    """Give a time of day the day printed after it: `6 p.m. on Friday`."""
    for place, (start, end, read) in enumerate(reads[:-1]):
        begin, _, after = reads[place + 1]
        is_day = after.type == "DATE" and after.first is not None and after.first == after.last
        if read.is_adrift and is_day and _ON.fullmatch(text, end, begin):
            value = after.value + read.value[10:]
            reads[place] = start, end, replace(after, type="TIME", value=value)
    return reads


def _forms(word: str) -> tuple[Form, ...]:
    if word[0] in _DIGITS:
        return FORMS["#"] if len(word) < 12 else ()
    word = word.lower()
    forms = FORMS.get(word)
    if forms is None and len(word) < 7 and _LETTER_AND_DIGITS.fullmatch(word):
        return FORMS.get("fy" if word[0] == "f" else word[0], ())
    return forms or ()


def _longest(context: Context, forms: tuple[Form, ...], start: int) -> tuple[int, Read] | None:
    """Return where the longest form that can be read ends, and what it reads."""
    matches = []
    for form in forms:
        found = form.pattern.match(context.text, start)
        if found is not None and _is_whole(context.text, found):
            matches.append((found, form))
    matches.sort(key=lambda pair: -pair[0].end())
    for found, form in matches:
        read = READERS[form.name](found, context)
        if read is not None:
            return _without_stop(context.text, found.end()), read
    return None


_SENTENCE_STOP = re.compile(r"(?<=[A-Za-z]{3})\.(?:\s*$|\s+[A-Z\"“])")


def _without_stop(text: str, end: int) -> int:
    """Leave out a full stop that ends the sentence and not only a month cut short."""
    return end - 1 if _SENTENCE_STOP.match(text[max(0, end - 4) : end + 4], 3) else end


def _is_whole(text: str, found: Match) -> bool:
    """Say whether a match begins and ends with a word."""
    start, end = found.span()
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    return (
        end >= len(text)
        or not (text[end].isalnum() or text[end] == "_")
        or not text[end - 1].isalnum()
    )


def _remember(context: Context, read: Read, end: int) -> None:
    """Keep what the text spoke of last: "the same day" means it."""
    if read.first is not None and read.type in ("DATE", "TIME"):
        context.spoken_of, context.spoken_at = read, end
        if read.first == read.last:
            context.spoken_day = read.first


def _expression(context: Context, start: int, end: int, read: Read) -> TimeExpression:
    before = context.text[max(0, start - 24) : start]
    after = context.text[end : end + 24]
    read = qualified(before, context.text[start:end], after, read, context.dateline)
    return TimeExpression(
        start=start,
        end=end,
        text=context.text[start:end],
        type=read.type,
        value=read.value,
        earliest=read.first.isoformat() if read.first else None,
        latest=read.last.isoformat() if read.last else None,
        precision=read.precision,
        qualifier=read.qualifier,
    )
