"""
The dateline of an article: the place and day printed at its head, and lines that only tell a day.

`find_dateline` reads the day that the text names as its own; "on Monday" is counted from it.
"""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )"
_DAY = (
    rf"(?:(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ -](?:{_MONTH})\.?,?[ -]\d{{4}})"
)
_CLOCK = (
    r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|\d{1,2})[ \t]?(?:[ap]\.?m\.?)?(?:[ \t]?(?:hrs?|hours))?"
    r"(?:[ \t](?:\(?[A-Z]{2,5}\)?|GMT[+-]\d{1,2}))?"
)
_ISO_DAY = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
_LABEL = (
    r"(?:date|(?:first |last |originally )?(?:published|updated|posted|modified|created|issued)"
    r"(?: on| at)?|(?:last|latest) update|updated? on|as of)"
)
_DATED = re.compile(_DAY)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")

_SEP = r"[ \t]{0,2}(?:[,|–—·•-]|at|on)?[ \t]{0,2}"
_STAMP = rf"(?:{_WEEKDAY}?(?:{_DAY}|{_ISO_DAY})(?:{_SEP}{_CLOCK})?|{_CLOCK}{_SEP}{_WEEKDAY}?(?:{_DAY}|{_ISO_DAY}))"
#: A line that only tells when the article appeared.
_DATE_LINE = re.compile(
    rf"[ \t]*(?:{_LABEL}[ \t]{{0,2}}:?[ \t]{{0,2}})?{_STAMP}"
    rf"(?:{_SEP}(?:{_LABEL}[ \t]{{0,2}}:?[ \t]{{0,2}})?(?:{_STAMP}|{_CLOCK}))?[ \t.]*",
    re.I,
)
_PUBLISHED_IN = re.compile(rf"[ \t]*Published in [A-Z][^\n,]{{1,60}},? ?(?:on )?{_DAY}[ \t.]*")
_CLOCK_LINE = re.compile(
    rf"[ \t]*(?:{_LABEL}[ \t:]{{1,3}}(?:\d{{1,2}}|an?|one|two|three|four|five|six|seven) "
    rf"(?:seconds?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?) ago|{_LABEL}[ \t:]{{1,3}}{_CLOCK}|"
    r"\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?)?(?: \(?[A-Z]{2,4}\)?)?|"
    r"(?:\d{1,2}|an?) (?:min(?:ute)?s?|hours?|days?|weeks?) ago|(?:just now|live)|"
    r"(?:reading time:? ?)?\d{1,2}[ -]min(?:ute)?s?(?: read)?|[^\n.]{0,60}[.|·•] ?\d{1,2}[ -]min(?:ute)?s? read)[ \t]*",
    re.I,
)

_CAPS = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"
_NAME = r"[A-Z][\w.’'-]{1,20}(?: (?:[A-Z][\w.’'-]{1,20}|of|de|del|la|the)){0,3}"
_AGENCY = r" ?\((?:[A-Z][\w.&/’ -]{1,30})\)"
#: After a place in capitals an agency may be in small letters: `BERLIN (dpa) -`.
_ANY_AGENCY = r" ?\((?:[A-Za-z][\w.&/’ -]{1,30})\)"
_WHEN = rf",? (?:{_MONTH})\.? \d{{1,2}}(?:, \d{{4}})?|,? \d{{1,2}} (?:{_MONTH})\.?(?: \d{{4}})?"
#: `NEW DELHI, Dec 14 (Reuters) - `, `SINGAPORE: `, `ATHENS, Greece (AP) — `.
_PLACE = re.compile(
    rf"[ \t]*(?:{_CAPS}(?:/{_CAPS})?(?:, {_NAME})?(?: \[{_NAME}\])?(?:{_WHEN})?(?:{_ANY_AGENCY})?[ \t]?"
    rf"(?:--|[-–—:|])(?=[ \t])|"
    rf"{_NAME}(?:, {_NAME})?(?: \[{_NAME}\])?(?:{_WHEN})?{_AGENCY}[ \t]?(?:--|[-–—:])(?=[ \t])|"
    rf"{_NAME}(?:, {_NAME})?(?: \[{_NAME}\])?(?:{_WHEN})[ \t]?(?:--|[-–—:])(?=[ \t])|"
    rf"{_NAME}(?:, {_NAME})?[ \t](?:--|[–—])(?=[ \t]{{1,3}}[\"“‘A-Z0-9])|"
    rf"{_NAME}(?:, {_NAME})?(?:{_WHEN}){_AGENCY}(?=[ \t])|"
    rf"(?:{_MONTH})\.? \d{{1,2}}(?:{_ANY_AGENCY})?[ \t](?:--|[-–—])(?=[ \t])|"
    rf"\((?:Reuters|AP|AFP|ANI|PTI|IANS|UPI|Xinhua|Bloomberg|CNN|BBC)\)[ \t]?(?:--|[-–—:])?(?=[ \t]))[ \t]{{1,3}}"
)
#: Capitals that open a sentence about something else than a place.
_NO_PLACE = re.compile(
    r"[ \t]*(?:READ|ALSO|WATCH|MORE|RELATED|UPDATE|UPDATED|BREAKING|EXCLUSIVE|PHOTOS?|VIDEO|OPINION|"
    r"ANALYSIS|EXPLAINED|FILE|KEY|NEWS|Q|A|Read|Also|Watch|Note|Key|Related|Photo|File|Image)\b"
)


#: Code points that a dateline takes at most.
LONGEST_PLACE = 160


def is_date_line(line: str) -> bool:
    """Say whether a line only tells on which day the article appeared."""
    return bool(_DATE_LINE.fullmatch(line) or _PUBLISHED_IN.fullmatch(line))


def is_clock_line(line: str) -> bool:
    """Say whether a line only tells how long ago, or how long it takes to read."""
    return bool(_CLOCK_LINE.fullmatch(line))


def place_end(line: str) -> int:
    """Return where a dateline at the head of a paragraph ends; 0 where there is none."""
    if _NO_PLACE.match(line):
        return 0
    match = _PLACE.match(line, 0, LONGEST_PLACE)
    return match.end() if match and line[match.end() :].strip() else 0


def find_dateline(text: str) -> date | None:
    """Return the day that the text names as its own, if it names one: at its head, or below it."""
    lines = text[:2_000].splitlines()[:20] + text[-600:].splitlines()[-6:]
    for line in lines:
        head = line if is_date_line(line[:200]) else line[: place_end(line)]
        found = day_in(head[:200])
        if found:
            return found
    return None


def day_in(words: str) -> date | None:
    """Return the first day that is written out in a few words."""
    for match in _ISO.finditer(words):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    dated = _DATED.search(words)
    return _as_date(dated[0]) if dated else None


def _as_date(words: str) -> date | None:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", words)
    plain = " ".join(plain.replace(",", " ").replace(".", " ").replace("-", " ").split())
    plain = re.sub(r"\bSept\b", "Sep", plain)
    for form in ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
