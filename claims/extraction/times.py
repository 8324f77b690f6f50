"""
Times as printed, resolved against the dateline: TIMEX3-like types and values, and the interval
of days that each names. Own rules, no language model; nothing is invented.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from claims.extraction.records import Precision, TimeExpression, TimeQualifier

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1, "a few": 3, "several": 3}
_M = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_N = r"(?:\d{1,3}|a few|several|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = r"(?:day|week|month|year|decade|hour|minute)s?"

_PATTERN = re.compile(
    rf"""
    (?P<iso>(?<![\d-])\d{{4}}-\d{{2}}-\d{{2}}(?![\d-]))
  | (?P<mdy>\b{_M}\ \d{{1,2}}(?:st|nd|rd|th)?(?:,?\ \d{{4}})?\b)
  | (?P<dmy>\b\d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?{_M}(?:,?\ \d{{4}})?(?!\w))
  | (?P<my>\b{_M},?\ (?:of\ )?\d{{4}}\b)
  | (?P<quarter>\b(?:the\ )?(?:first|second|third|fourth)\ quarter(?:\ of\ \d{{4}})?\b|\bQ[1-4]\ \d{{4}}\b)
  | (?P<season>\b(?:spring|summer|autumn|fall|winter)\ (?:of\ )?\d{{4}}\b)
  | (?P<endof>\b(?:the\ )?(?:end|close)\ of\ (?:the\ (?:year|month|week|decade)|(?:this|next|last)\ (?:year|month|week)|\d{{4}})\b)
  | (?P<partof>\b(?:earlier|later)\ (?:this|last|next)\ (?:year|month|week)\b|\bearlier\ today\b)
  | (?P<ago>\b{_N}\ {_UNIT}\ (?:ago|earlier|later)\b)
  | (?P<rel>\b(?:last|this|next|past|the\ past|the\ last|the\ previous|the\ same)\ (?:year|month|week|decade|quarter|century)\b)
  | (?P<relday>\b(?:last|next|this)\ (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)
  | (?P<day>\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)
  | (?P<near>\b(?:today|yesterday|tomorrow|tonight)\b)
  | (?P<decade>\bthe\ (?:1[6-9]|20)\d0s\b|(?<!\w)(?:1[6-9]|20)\d0s\b)
  | (?P<range>\b(?:1[6-9]|20)\d{{2}}\ ?[-–]\ ?(?:(?:1[6-9]|20)\d{{2}}|\d{{2}})\b)
  | (?P<year>(?<![\d.,$€£-])\b(?:1[6-9]|20)\d{{2}}\b(?![\d%]|[.,]\d|-[A-Za-z0-9]))
  | (?P<month>\b(?:January|February|March|April|June|July|August|September|October|November|December)\b|(?<=[iI]n\ )May\b)
  | (?P<span>\b{_N}[\ -]{_UNIT}\b|\b(?:a|the\ past|the\ last)\ decade\b)
  | (?P<now>\b(?:now|currently|at\ present|nowadays)\b)
  | (?P<past>\b(?:recently|previously|formerly)\b)
  | (?P<future>\b(?:soon|in\ the\ future)\b)
    """,
    re.X,
)
_YEAR_CUES = re.compile(
    r"(?:\b(?:in|since|by|of|until|till|from|before|after|during|early|late|mid|around|about|and|to|"
    r"through|the|for|between|circa|year|passed|ended|ending|as of)[ -]|^|[(,;]\s?)$",
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|to|plans?|scheduled|due|expected|set|next|hopes?)\b", re.I
)


def find_times(text: str, dateline: date) -> tuple[TimeExpression, ...]:
    """Return the times that a text names, in text order, not overlapping."""
    found = []
    for match in _PATTERN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "year" and not _is_year(text, match):
            continue
        read = _READERS[kind](match[0], dateline, text, match)
        if read is not None:
            found.append(_expression(text, match, read))
    return tuple(found)


def _is_year(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + 16]
    if re.match(r" ?(?:percent|per cent|people|troops|dollars|euros|km|m\b|kg|tons?)", after):
        return False
    return bool(_YEAR_CUES.search(before)) or bool(
        re.match(r"\s+[a-zA-Z]", after) and before.rstrip()[-1:].isalpha() and int(match[0]) >= 1900
    )


Read = tuple[str, str, str | None, str | None, Precision]

Reader = Callable[[str, date, str, re.Match[str]], Read | None]


def _expression(text: str, match: re.Match[str], read: Read) -> TimeExpression:
    kind, value, earliest, latest, precision = read
    before = text[max(0, match.start() - 24) : match.start()].lower()
    qualifier = None
    if kind in ("DATE", "TIME") and earliest is not None:
        qualifier = _qualifier(before, match.lastgroup or "")
        if qualifier is TimeQualifier.BEFORE or qualifier is TimeQualifier.BY:
            latest = _day_before(earliest) if qualifier is TimeQualifier.BEFORE else latest
            earliest = None
        elif qualifier is TimeQualifier.AFTER:
            earliest, latest = (
                (earliest if re.search(r"since (?:the )?$", before) else latest),
                None,
            )
    return TimeExpression(
        start=match.start(),
        end=match.end(),
        text=match[0],
        type=kind,
        value=value,
        earliest=earliest,
        latest=latest,
        precision=precision,
        qualifier=qualifier,
    )


def _qualifier(before: str, kind: str) -> TimeQualifier | None:
    if re.search(r"\b(?:by|until|till) (?:the )?$", before):
        return TimeQualifier.BY
    if re.search(r"\bbefore (?:the )?$", before):
        return TimeQualifier.BEFORE
    if re.search(r"\b(?:since|after) (?:the )?$", before):
        return TimeQualifier.AFTER
    if re.search(r"\b(?:about|around|circa|roughly|approximately) $", before):
        return TimeQualifier.ABOUT
    return None


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _day_read(day: date) -> Read:
    return "DATE", day.isoformat(), day.isoformat(), day.isoformat(), Precision.DAY


def _month_read(year: int, month: int) -> Read:
    last = date(year, month, monthrange(year, month)[1])
    first = date(year, month, 1)
    return "DATE", f"{year}-{month:02}", first.isoformat(), last.isoformat(), Precision.MONTH


def _year_read(year: int) -> Read:
    return "DATE", f"{year}", f"{year:04}-01-01", f"{year:04}-12-31", Precision.YEAR


def _iso(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    try:
        return _day_read(date.fromisoformat(words))
    except ValueError:
        return None


def _calendar(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    """Read a day and a month, the year taken from the dateline where it is not printed."""
    numbers = [int(n) for n in re.findall(r"\d+", words)]
    name = re.search(r"[A-Za-z]{3,}", re.sub(r"\d+(?:st|nd|rd|th)?|of", " ", words))
    month = _MONTHS.get(name[0].lower()[:4], _MONTHS.get(name[0].lower()[:3])) if name else None
    day = next((n for n in numbers if n <= 31), None)
    year = next((n for n in numbers if n > 31), None)
    if month is None or day is None:
        return None
    try:
        if year is not None:
            return _day_read(date(year, month, day))
        return _day_read(_nearest(dateline, month, day, is_future=_looks_ahead(text, match)))
    except ValueError:
        return None


def _nearest(dateline: date, month: int, day: int, *, is_future: bool) -> date:
    found = date(dateline.year, month, day)
    if is_future and found < dateline:
        return date(dateline.year + 1, month, day)
    if not is_future and found > dateline + timedelta(days=31):
        return date(dateline.year - 1, month, day)
    return found


def _looks_ahead(text: str, match: re.Match[str]) -> bool:
    """Say whether the words before a time announce something to come."""
    before = text[max(0, match.start() - 80) : match.start()]
    sentence = re.split(r"[.!?]\s", before)[-1]
    verb = re.search(r"\b(?:said|told|announced|was|were|had|met|signed|claimed|added)\b", sentence)
    ahead = _FUTURE.search(sentence)
    return bool(ahead) and (verb is None or (ahead is not None and ahead.start() > verb.start()))


def _month_year(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    month = _MONTHS.get(words[:4].lower().strip(". "), _MONTHS.get(words[:3].lower()))
    return _month_read(int(words[-4:]), month) if month else None


def _month(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    month = _MONTHS[words.lower()]
    year = dateline.year
    if month > dateline.month and not _looks_ahead(text, match):
        year -= 1
    elif month < dateline.month and _looks_ahead(text, match):
        year += 1
    return _month_read(year, month)


def _year(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    return _year_read(int(words))


def _range(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    first, last = re.findall(r"\d+", words)
    last = first[:2] + last if len(last) == 2 else last
    if int(last) <= int(first):
        return None
    return (
        "DURATION",
        f"P{int(last) - int(first)}Y",
        f"{first}-01-01",
        f"{last}-12-31",
        Precision.YEAR,
    )


def _decade(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    year = int(re.findall(r"\d{4}", words)[0])
    return "DATE", str(year)[:3], f"{year}-01-01", f"{year + 9}-12-31", Precision.DECADE


def _quarter(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    ordinals = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    number = next((n for w, n in ordinals.items() if w in words.lower()), None)
    number = number or int(words[1])
    year = re.search(r"\d{4}", words)
    value = int(year[0]) if year else dateline.year
    first, last = _month_read(value, 3 * number - 2), _month_read(value, 3 * number)
    return "DATE", f"{value}-Q{number}", first[2], last[3], Precision.QUARTER


def _season(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    year = int(words[-4:])
    code, months = {
        "spring": ("SP", (3, 5)),
        "summer": ("SU", (6, 8)),
        "autumn": ("FA", (9, 11)),
        "fall": ("FA", (9, 11)),
        "winter": ("WI", (12, 2)),
    }[words.split()[0].lower()]
    last_year = year + 1 if code == "WI" else year
    first, last = _month_read(year, months[0]), _month_read(last_year, months[1])
    return "DATE", f"{year}-{code}", first[2], last[3], Precision.QUARTER


def _unit_interval(unit: str, dateline: date, step: int) -> Read:
    """Read the year, month, week, quarter or decade that many steps from the dateline's."""
    if unit == "year":
        return _year_read(dateline.year + step)
    if unit == "month":
        month = dateline.year * 12 + dateline.month - 1 + step
        return _month_read(month // 12, month % 12 + 1)
    if unit == "quarter":
        number = dateline.year * 4 + (dateline.month - 1) // 3 + step
        year, quarter = number // 4, number % 4 + 1
        first, last = _month_read(year, 3 * quarter - 2), _month_read(year, 3 * quarter)
        return "DATE", f"{year}-Q{quarter}", first[2], last[3], Precision.QUARTER
    if unit == "decade":
        year = dateline.year // 10 * 10 + 10 * step
        return "DATE", str(year)[:3], f"{year}-01-01", f"{year + 9}-12-31", Precision.DECADE
    if unit == "century":
        year = dateline.year // 100 * 100 + 100 * step
        return "DATE", str(year)[:2], f"{year}-01-01", f"{year + 99}-12-31", Precision.OPEN
    monday = dateline - timedelta(days=dateline.weekday()) + timedelta(weeks=step)
    iso = monday.isocalendar()
    sunday = monday + timedelta(days=6)
    return (
        "DATE",
        f"{iso.year}-W{iso.week:02}",
        monday.isoformat(),
        sunday.isoformat(),
        Precision.DAY,
    )


_STEPS = {"last": -1, "next": 1, "this": 0, "previous": -1, "same": 0}


def _relative(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    *before, unit = words.lower().split()
    if "past" in before or before[:2] == ["the", "last"]:
        # "The past year" ends with the dateline.
        days = {"week": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3652}.get(unit, 36524)
        first = (dateline - timedelta(days=days)).isoformat()
        code = {"week": "P1W", "month": "P1M", "quarter": "P3M", "year": "P1Y", "decade": "P10Y"}
        return "DURATION", code.get(unit, "P100Y"), first, dateline.isoformat(), Precision.OPEN
    return _unit_interval(unit, dateline, _STEPS[before[-1]])


def _part_of(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    """Read `earlier this year`: from its beginning to the dateline; `later`: from there on."""
    if words.lower() == "earlier today":
        return _day_read(dateline)
    side, which, unit = words.lower().split()
    kind, value, first, last, precision = _unit_interval(unit, dateline, _STEPS[which])
    if which == "this" and side == "earlier":
        last = dateline.isoformat()
    elif which == "this":
        first = dateline.isoformat()
    return kind, value, first, last, precision


def _end_of(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    lower = words.lower()
    year = re.search(r"\d{4}$", lower)
    if year:
        _, value, first, last, precision = _year_read(int(year[0]))
    else:
        which = next((w for w in ("next", "last") if f" {w} " in lower), "this")
        _, value, first, last, precision = _unit_interval(
            lower.split()[-1], dateline, _STEPS[which]
        )
    return "DATE", value, first, last, precision


def _weekday(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    """Read a weekday: the last one in a report, the next in an announcement."""
    *which, name = words.lower().split()
    offset = (dateline.weekday() - _DAYS.index(name)) % 7
    if which == ["next"] or (which != ["last"] and _looks_ahead(text, match)):
        return _day_read(dateline + timedelta(days=(7 - offset) % 7 or 7))
    if which == ["last"] and offset == 0:
        offset = 7
    return _day_read(dateline - timedelta(days=offset))


def _near(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    shift = {"yesterday": -1, "tomorrow": 1}.get(words.lower(), 0)
    return _day_read(dateline + timedelta(days=shift))


def _ago(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    *number, unit, side = words.lower().split()
    unit, count = unit.rstrip("s"), _number(" ".join(number))
    if side != "ago" or count is None:
        return _span(" ".join([*number, unit]), dateline, text, match)
    if unit in ("hour", "minute"):
        return _day_read(dateline)
    if unit == "day":
        return _day_read(dateline - timedelta(days=count))
    if dateline.year - count * (10 if unit == "decade" else 1) < 1:
        return None
    return _unit_interval(unit, dateline, -count)


def _number(words: str) -> int | None:
    return int(words) if words.isdigit() else _NUMBERS.get(words)


def _span(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
    parts = re.split(r"[ -]", words.lower())
    unit = parts[-1].rstrip("s")
    count = _number(" ".join(parts[:-1])) or 1
    code = {"day": "D", "week": "W", "month": "M", "year": "Y", "hour": "H", "minute": "M"}
    if unit == "decade":
        return "DURATION", f"P{10 * count}Y", None, None, Precision.OPEN
    prefix = "PT" if unit in ("hour", "minute") else "P"
    return "DURATION", f"{prefix}{count}{code[unit]}", None, None, Precision.OPEN


def _reference(value: str) -> Reader:
    def read(words: str, dateline: date, text: str, match: re.Match[str]) -> Read | None:
        return "DATE", value, None, None, Precision.OPEN

    return read


_READERS: dict[str, Reader] = {
    "iso": _iso,
    "mdy": _calendar,
    "dmy": _calendar,
    "my": _month_year,
    "quarter": _quarter,
    "season": _season,
    "endof": _end_of,
    "partof": _part_of,
    "ago": _ago,
    "rel": _relative,
    "relday": _weekday,
    "day": _weekday,
    "near": _near,
    "decade": _decade,
    "range": _range,
    "year": _year,
    "month": _month,
    "span": _span,
    "now": _reference("PRESENT_REF"),
    "past": _reference("PAST_REF"),
    "future": _reference("FUTURE_REF"),
}
