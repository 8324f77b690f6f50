"""
The forms that times are printed in, as short patterns filed under the word they begin with.

A form is one head: what it is made of, and the words it may begin with (`#` for digits). No
pattern repeats a repetition, and none runs beyond a dozen words, so reading stays linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from claims.extraction.times.words import (
    CENTURIES,
    DECADES,
    EASTER,
    HOLIDAYS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    UNITS,
    WEEKDAYS,
)

#: One gap between words: a new line only where the sentence goes on.
_GAP = r"(?:[ \t\u00a0]{1,2}|\r?\n(?=[a-z0-9]))"

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORD_NUMBER = rf"(?:(?:a|one|two) hundred|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES})"
_VAGUE = r"(?:an? (?:few|couple(?: of)?|number of|handful of)|several|many|some|few|numerous|multiple|multi|(?:dozens|hundreds|thousands|tens) of)"
_COUNT = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})?(?:\.[0-9]{{1,2}})?|(?:{_WORD_NUMBER})(?: and a half)?|{_VAGUE}|a dozen|half(?: an?)?|an?|single)"
_UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|weekends?|months?|quarters?|years?|decades?|century|centuries)"
_BIG_UNIT = r"(?:day|night|week|weekend|fortnight|month|quarter|year|decade|century)"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|\b))"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_SHORT_DAY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.?)"
_SHORT_DAYS = ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun")
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
_DATE_NUMBER = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_PART = r"(?:morning|afternoon|evening|night)"
_ZONE = r"(?: ?\(?(?:UTC|GMT|BST|CET|CEST|EST|EDT|ET|CST|CDT|CT|MST|MDT|PST|PDT|PT|IST|JST|AEST|local time)(?: ?[+-] ?[0-9]{1,2}(?::?[0-9]{2})?)?\b\)?)"
_CLOCK = rf"(?:(?:[01]?[0-9]|2[0-4])[:.][0-5][0-9](?::[0-5][0-9])?(?: ?(?:a\.m\.|p\.m\.|am|pm|a\.m|p\.m|hours|hrs)(?!\w))?|(?:1[0-2]|0?[1-9])(?: ?(?:a\.m\.|p\.m\.|am|pm|a\.m|p\.m)(?!\w)| o['’]clock)|(?:[01][0-9]|2[0-3])[0-5][0-9](?: hrs\b|(?= (?:GMT|UTC)\b))|noon\b|midnight\b){_ZONE}?"
_BETWEEN = r"(?:consecutive|straight|full|more|additional|whole|long|successive|calendar|working|business|trading|further|extra|school|short|entire|model)"
_THIS_YEAR = rf"(?:(?:this|last|next|that|the (?:same|current|previous|following|next|last|past|prior)) year|the year|{_YEAR}|(?:the )?(?:fiscal|financial)(?: year)? {_YEAR})"
_OF_YEAR = rf"(?:,? (?:of |in )?(?P<of>{_THIS_YEAR})(?![-–][0-9]|\w))"
_DEICTIC = r"(?:the same|that same|this same|that very|the current|the previous|the following|the next|the last|the past|the coming|the preceding|the prior|this|last|next|that|current|previous|past|this past|this coming|the)"
_FUTURES = r"(?:near|foreseeable|distant|immediate|not-too-distant|not too distant|very near)"

_HOLIDAY = "|".join(
    name.replace(".", r"\.")
    .replace("years", "year['’]?s")
    .replace("valentines", "valentine['’]?s")
    .replace("patricks", "patrick['’]?s")
    for name in sorted([*HOLIDAYS, *EASTER], key=len, reverse=True)
)

#: Name, the words it may begin with, pattern. The longest form that can be read wins; of two as long, the one listed first.
_FORMS: list[tuple[str, str, str]] = [
    (
        "iso",
        "#",
        r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?:(?:T| )(?P<t>[0-2][0-9]:[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?P<z>Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9-])",
    ),
    (
        "iso",
        "#",
        r"(?P<y>(?:1[5-9]|20)[0-9]{2})/(?P<m>0?[1-9]|1[0-2])/(?P<d>[0-3]?[0-9])(?![0-9/])",
    ),
    ("iso_week", "#", rf"(?P<y>{_YEAR})-W(?P<w>[0-5][0-9])(?![0-9-])"),
    (
        "numeric",
        "#",
        r"(?P<a>[0-3]?[0-9])(?P<sep>[/.-])(?P<b>[0-3]?[0-9])(?P=sep)(?P<y>(?:1[5-9]|20)[0-9]{2})(?![0-9]|[/.-][0-9])",
    ),
    ("numeric", "#", r"(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])/(?P<y>[0-9]{2})(?![0-9/])"),
    ("attacks", "#", r"9/11(?![0-9/])"),
    (
        "mdy",
        "MONTH DAY",
        rf"(?:(?P<wd>{_SHORT_DAY}),? )?(?P<m>{_MONTH}) (?:the )?(?P<d>{_DATE_NUMBER})(?![0-9]|[:.,/-][0-9]|\w)(?:,? (?P<y>{_YEAR})(?!\w|[.,][0-9]))?",
    ),
    (
        "dmy",
        "# the DAY",
        rf"(?:(?P<wd>{_SHORT_DAY}),? )?(?:the )?(?P<d>{_DATE_NUMBER})[ -](?:of )?(?P<m>{_MONTH})(?:[,-]? ?(?P<y>{_YEAR})(?!\w|[.,][0-9]))?",
    ),
    (
        "dm_range",
        "#",
        rf"(?P<d>{_DATE_NUMBER})(?: ?[-–—] ?| (?:to|and) )(?P<d2>{_DATE_NUMBER}) (?:of )?(?P<m>{_MONTH})(?:,? (?P<y>{_YEAR})(?!\w))?",
    ),
    (
        "dm_range",
        "MONTH",
        rf"(?P<m>{_MONTH}) (?P<d>{_DATE_NUMBER})(?: ?[-–—] ?| to )(?P<d2>{_DATE_NUMBER})(?![0-9]|[:.,/-][0-9]|\w)(?:,? (?P<y>{_YEAR})(?!\w))?",
    ),
    ("month_range", "MONTH", rf"(?P<m>{_MONTH})[-–—](?P<m2>{_MONTH})(?:,? (?P<y>{_YEAR})(?!\w))?"),
    (
        "month",
        "MONTH this last next",
        rf"(?:(?P<which>this|last|next|this past|this coming) )?(?P<m>{_MONTH}){_OF_YEAR}?",
    ),
    (
        "nth_weekday",
        "first second third fourth last the",
        rf"(?:the )?(?P<nth>first|second|third|fourth|last) (?P<wd>{_WEEKDAY}) (?:of|in) (?P<m>{_MONTH}){_OF_YEAR}?",
    ),
    (
        "weekday",
        "DAY this last next the",
        rf"(?:(?P<which>this|last|next|this past|this coming|the following|the previous|the next) )?(?P<wd>{_WEEKDAY})(?: (?P<part>{_PART}))?(?!s?\w)(?: (?P<rel>last|next|this) week)?",
    ),
    (
        "weekdays",
        "DAY every each",
        rf"(?:(?:every|each) (?:other )?(?P<wd>{_WEEKDAY})(?: {_PART})?|(?P<wds>{_WEEKDAY})(?:s| {_PART}s))",
    ),
    (
        "near",
        "the today yesterday tomorrow tonight day",
        rf"(?:the )?(?P<near>today|yesterday|tomorrow)(?: (?P<part>{_PART}))?|(?P<tonight>tonight)|(?P<before>(?:the )?day (?:before yesterday|after tomorrow))",
    ),
    (
        "part",
        "this last that the",
        rf"(?P<which>this|last|that|the same|the following|the next|the previous) (?P<part>{_PART})",
    ),
    (
        "part_of",
        "the",
        rf"the (?P<part>{_PART}) of (?P<m>{_MONTH}) (?P<d>{_DATE_NUMBER})(?:,? (?P<y>{_YEAR}))?",
    ),
    (
        "light",
        "dawn daybreak sunrise dusk sunset nightfall",
        rf"(?P<light>dawn|daybreak|sunrise|dusk|sunset|nightfall)(?: (?:(?P<wd>{_WEEKDAY})|(?P<near>today|yesterday|tomorrow)))?(?![\w-])",
    ),
    ("overnight", "overnight", r"overnight(?![\w-])"),
    (
        "beside",
        "the",
        r"the (?P<unit>day|night|week|month|year) (?P<which>before|after)(?=[.,;:)?!]|\Z| (?:and|but|when|in|at)\b)",
    ),
    (
        "clock",
        "# noon midnight",
        rf"(?P<clock>{_CLOCK})(?:,? (?:(?P<wd>{_WEEKDAY})(?: {_PART})?|(?P<near>today|yesterday|tomorrow)))?",
    ),
    (
        "quarter",
        "the its their last this next previous current fiscal ORDINAL",
        rf"(?:the |its |their )?(?:(?P<which>last|this|next|previous|current|fiscal) )?(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)[ -](?:fiscal )?quarter{_OF_YEAR}?",
    ),
    ("quarter", "q", rf"Q(?P<q>[1-4])(?:[ -]?(?P<of>{_YEAR})| (?:of )?(?P<of2>{_THIS_YEAR}))?"),
    (
        "half",
        "the first second #",
        rf"(?:the )?(?P<h>first|second|1st|2nd)[ -]half(?: of (?P<of>{_THIS_YEAR})|(?= (?:results?|profits?|earnings|revenues?|sales|loss)))(?!\w)",
    ),
    ("half", "h", rf"H(?P<h>[12])[ -](?:of )?(?P<of>{_YEAR})"),
    (
        "season",
        "SEASON this last next the",
        rf"(?:(?P<which>this|last|next|this past|this coming|the|the following) )?(?P<s>{_SEASON})(?:(?: of)? (?P<of>{_YEAR})(?!\w))?",
    ),
    (
        "fiscal",
        "the fiscal financial",
        rf"(?:the )?(?:fiscal|financial)(?: year)? (?P<y>{_YEAR})(?:[-–/](?P<y2>{_YEAR}|[0-9]{{2}}))?(?![0-9-])",
    ),
    (
        "fiscal",
        "fy",
        rf"FY ?[’']?(?P<y>{_YEAR}|[0-9]{{2}})(?:[-–/](?P<y2>{_YEAR}|[0-9]{{2}}))?(?![0-9-])",
    ),
    (
        "fiscal",
        "this last next the",
        r"(?:(?P<which>this|last|next|the|the (?:current|previous|last|next|coming)) )(?:fiscal|financial) year",
    ),
    ("decade", "the #", r"(?:the )?(?P<y>(?:1[5-9]|20)[0-9]0)['’]?s"),
    ("decade", "the #", r"(?:the )?['’‘]?(?P<yy>[2-9]0)s"),
    ("decade", "the", rf"the (?P<word>{'|'.join(DECADES)})"),
    (
        "century",
        "the # CENTURY",
        rf"(?:the (?=\w+(?:-first)? ))?(?:(?P<n>[0-9]{{1,2}})(?:st|nd|rd|th)|(?P<word>{'|'.join(CENTURIES)}))[ -]century",
    ),
    (
        "year_range",
        "#",
        rf"(?P<y>{_YEAR}) ?[-–—/] ?(?P<y2>{_YEAR}|[0-9]{{2}})(?![0-9]|[-–/.,][0-9]|\w)",
    ),
    ("year", "#", rf"(?P<y>{_YEAR})(?![0-9%]|[.,:/][0-9]|[-–][0-9])"),
    (
        "deictic",
        "the this last next that current previous past",
        rf"(?P<which>{_DEICTIC}) (?P<unit>{_BIG_UNIT})(?![\w-])",
    ),
    (
        "again",
        "the",
        rf"the (?:same|year-ago|comparable|corresponding|prior-year) (?P<unit>period|day|week|month|quarter|time)(?: (?:of |in )?(?:(?:a|one) year (?:ago|earlier|before)|(?P<of>(?:the )?(?:last|previous|prior) year|{_YEAR})))?(?!\w)",
    ),
    (
        "rolling",
        "the our its their his her these this past last next coming following previous recent ensuing preceding upcoming",
        rf"(?:(?:the|our|its|their|his|her|these|this) )?(?P<which>past|last|next|coming|following|previous|recent|ensuing|preceding|upcoming) (?:(?P<n>{_COUNT}) )?(?:{_BETWEEN} )?(?P<unit>{_UNIT})(?![\w-])",
    ),
    (
        "first_of",
        "the its their his her",
        rf"(?:the|its|their|his|her) (?:first|final|initial|opening) (?P<n>{_COUNT}) (?P<unit>{_UNIT})",
    ),
    (
        "ordinal_day",
        "a an the for",
        rf"(?:an?|the|for) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:consecutive|straight|successive) (?P<unit>{_BIG_UNIT})",
    ),
    ("that_time", "that", r"that time(?=[,.;])"),
    (
        "ordinal_day",
        "second third fourth fifth sixth seventh eighth ninth tenth",
        rf"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:consecutive |straight |successive )?(?P<unit>{_BIG_UNIT}) in a row",
    ),
    ("age", "COUNT", rf"(?P<n>{_COUNT})(?P<dash>[- ])years?[- ]olds?"),
    (
        "length",
        "COUNT",
        rf"(?P<n>{_COUNT})(?P<dash>[ -])(?:{_BETWEEN} )?(?P<unit>{_UNIT})(?: and a half(?! \w+s\b)| (?:and|or) (?P<n2>{_COUNT}) (?P<unit2>{_UNIT}))?(?:[- ](?P<after>ago|earlier|later|from now|from today|hence|previously)(?!\w))?",
    ),
    ("length", "half", r"(?P<n>half)[- ](?P<unit>century|decade|year)"),
    ("quarter_century", "a quarter", r"(?:a )?quarter(?:[- ]| of a )century(?! ago)"),
    (
        "lengths",
        "COUNT",
        rf"(?P<n>{_COUNT})(?: ?[-–] ?| to | or )(?P<n2>{_COUNT})[ -](?P<unit>{_UNIT})(?: (?P<after>ago|earlier|later)(?!\w))?",
    ),
    (
        "long",
        "COUNT UNIT UNITS",
        rf"(?:(?P<n>{_COUNT})-)?(?:(?P<unit>day|week|month|year|decade|century|hour|minute)s?-long|(?P<old>day|week|month|decade|century|days|weeks|months|years|decades|centuries)-old)",
    ),
    (
        "bare",
        "UNITS",
        r"(?P<unit>minutes|hours|days|weeks|months|years|decades|centuries)(?: (?P<after>ago|earlier|later))?(?![\w-])",
    ),
    ("bare", "the", r"the (?P<unit>years|decades|months|weeks|days)(?![\w-])"),
    (
        "every",
        "every each",
        rf"(?:every|each) (?:(?P<n>{_COUNT}|other|second) )?(?P<unit>{_UNIT}|{_PART})",
    ),
    (
        "times_a",
        "once twice three four five",
        rf"(?:once|twice|(?:three|four|five) times) (?:an?|per|every|each) (?P<unit>{_UNIT})",
    ),
    (
        "adverb",
        "hourly daily nightly weekly fortnightly monthly quarterly annually annual yearly",
        r"(?P<word>hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|annually|annual|yearly)",
    ),
    ("holiday", "HOLIDAY", rf"(?P<name>{_HOLIDAY})(?:(?:,| of)? (?P<y>{_YEAR}))?"),
    (
        "now",
        "right now currently presently nowadays these at the",
        r"(?:right )?now|currently|presently|nowadays|these days|(?:at )?the moment|the present(?: (?:time|day))?|the time being",
    ),
    (
        "gone",
        "very recently recent previously the",
        r"(?:very )?recently|recent|previously|the (?:recent |distant |not-too-distant )?past",
    ),
    (
        "to_come",
        "very fairly pretty soon the near foreseeable distant immediate",
        rf"(?:very |fairly |pretty )?soon|the (?:{_FUTURES} )?future|(?<=[iI]n\x20)(?:{_FUTURES} )?future|near-term",
    ),
]

#: What a name in capitals in the table above stands for.
_CLASSES: dict[str, Iterable[str]] = {
    "MONTH": MONTHS,
    "DAY": [*WEEKDAYS, *(f"{name}s" for name in WEEKDAYS), *_SHORT_DAYS],
    "SEASON": SEASONS,
    "CENTURY": {name.split("-")[0] for name in CENTURIES},
    "ORDINAL": ORDINALS,
    "COUNT": [
        *NUMBERS,
        "#",
        "several",
        "many",
        "some",
        "few",
        "numerous",
        "multiple",
        "multi",
        "dozens",
        "hundreds",
        "thousands",
        "tens",
        "half",
        "ten",
    ],
    "UNIT": UNITS,
    "UNITS": [*(f"{unit}s" for unit in UNITS), "centuries"],
    "HOLIDAY": {re.split(r"[ .]", name)[0] for name in [*HOLIDAYS, *EASTER]}
    | {"new", "valentine", "valentines"},
}


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name, and its pattern."""

    name: str
    pattern: re.Pattern[str]


#: A space of a pattern is a gap between words, unless it stands in a class of characters.
_SPACES = re.compile(r"\[[^\]]*\]| ")


def _gap(found: re.Match[str]) -> str:
    return _GAP if found[0] == " " else found[0]


def _filed() -> dict[str, tuple[Form, ...]]:
    filed: dict[str, list[Form]] = {}
    for name, beginnings, pattern in _FORMS:
        form = Form(name, re.compile(_SPACES.sub(_gap, pattern), re.I | re.A))
        words = {w for b in beginnings.split() for w in _CLASSES.get(b, [b])}
        for word in words:
            filed.setdefault(word, []).append(form)
    return {word: tuple(forms) for word, forms in filed.items()}


#: The forms that may begin with a word in small letters; `#` stands for any digits.
FORMS: dict[str, tuple[Form, ...]] = _filed()
