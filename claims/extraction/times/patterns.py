"""
The one pattern that finds times: a group for each family, the longer families first.

No part repeats another that repeats, and every repetition is bounded, so that a text costs time in
proportion to its length.
"""

from __future__ import annotations

import re

from claims.extraction.times.words import VAGUE

_S = r"[ \u00a0\n\t]{1,2}"

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_LONG_MONTH = (
    r"(?:January|February|March|April|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.)"
)
_LONG_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
WEEKDAY = rf"(?:{_LONG_DAY}|(?:Mon|Tues|Tue|Weds|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)\.)"
_D = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR4 = r"(?:1[0-9]|20)\d{2}"
_SEASON = r"(?i:spring|summer|autumn|fall|winter)"

_ONES = (
    r"zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety"
)
_NUMBER = rf"(?i:(?<![\d.,])\d{{1,3}}(?:,\d{{3}}|\d{{0,2}})(?:\.\d{{1,2}})?|(?:{_ONES}|single)(?:[ -](?:{_ONES}|hundred|thousand)){{0,3}}|a hundred|a thousand)(?: and a half)?"
_VAGUE = "(?i:" + "|".join(sorted(VAGUE, key=len, reverse=True)) + ")"
_UNITS = (
    r"(?i:seconds?|minutes?|hours?|days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?"
    r"|semesters?|years?|decades?|century|centuries)"
)
#: Units that are told in a plural without a number.
_PLURALS = r"(?i:minutes|hours|days|weeks|months|years|decades|centuries)"
_CALENDAR_UNIT = r"(?i:day|weekend|week|fortnight|month|quarter|semester|year|decade|century)"
_ABOUT = (
    r"(?i:(?:more than|less than|fewer than|at least|at most|as many as|as long as|up to|well over"
    r"|just over|just under|about|around|almost|nearly|over|under|approximately|roughly)\s)"
)
_QUANTITY = rf"(?:{_NUMBER}|{_VAGUE}|(?i:half an?|an?|half a dozen|a dozen|a half))"
_BETWEEN = r"(?i:(?:consecutive|straight|full|whole|more|additional|long|successive|short|entire|additional|other|solid|calendar)\s)"
_DURATION = (
    rf"(?:{_ABOUT})?{_QUANTITY}[ \n\u00a0-](?:{_BETWEEN})?{_UNITS}"
    r"(?i:(?:-old|-long| old)\b| and a half\b)?"
)

_RELATIVE_WORD = (
    r"(?i:last|past|previous|preceding|prior|next|following|coming|upcoming|current|this|same"
    r"|that|present|final)"
)
#: Ranges inside larger units that a time may begin with.
_PART = (
    r"(?i:(?:the\s)?(?:very\s)?(?:beginning|start|end|close|middle|turn|latter half|latter part"
    r"|early part|first part|rest|remainder|course)\sof\s|(?:the\s)?"
    r"(?:early|late|mid|middle of|earlier|later)[\s-](?:in\s)?)"
)
_HALF = r"(?i:(?:the\s)?(?:first|second|last|latter)\shalf)"
_ORDINAL_QUARTER = r"(?i:(?:the\s)?(?:first|second|third|fourth|last|final)[\s-]quarter)"

_CLOCK = (
    r"(?:(?<![\d:.,])(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?\s?(?i:a\.m\.?|p\.m\.?|am\b|pm\b|hours\b|hrs\b)?"
    r"|(?<![\d:.,$€£])(?:1[0-2]|0?[1-9])\s?(?i:a\.m\.?|p\.m\.?|am\b|pm\b))"
)
_ZONE = r"(?:\s?\(?(?:UTC|GMT|EST|EDT|CET|CEST|IST|BST|PST|PDT|CST|CDT|MST|MDT|ET|PT|JST|AEST|SGT|MSK)\b(?:\s?[+-]\s?\d{1,2}(?::?\d{2})?)?\)?)"
_PART_OF_DAY = r"(?i:morning|afternoon|evening|night)"

_RELATIVE_YEAR = (
    r"(?i:(?:of\s)?(?:the\s)?(?:this|last|next|previous|following|current|coming|same|that)\s(?:financial\s|fiscal\s|calendar\s)?year"
    r"|of\sthe\s(?:financial\s|fiscal\s|calendar\s)?year|a\syear\s(?:ago|earlier|before)\b)"
)
_TO_YEAR = rf"(?:,?\s(?:of\s)?(?i:fiscal\s(?:year\s)?)?{_YEAR4}\b|\s{_RELATIVE_YEAR})"

_DATE = (
    rf"(?:{WEEKDAY},?\s(?i:the\s)?)?"
    rf"(?:{MONTH}\s{_D}(?:,?\s{_YEAR4}\b|\s(?i:last|this|next)\syear)?(?![\d:])"
    rf"|(?i:the\s)?{_D}\s(?i:of\s)?{MONTH}(?:,?\s{_YEAR4}\b|\s(?i:last|this|next)\syear)?(?![\w]))"
)

FAMILIES: dict[str, str] = {
    "iso": r"(?<![\d-])\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?![\d-])",
    "nine_eleven": r"(?<![\d/])9/11(?![\d/])",
    "numeric": r"(?<![\d/.-])(?:0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(?:0?[1-9]|[12]\d|3[01])(?P=mark)(?:\d{4}|\d{2})(?![\d/-]|\.\d)",
    "clock": (
        rf"{_CLOCK}{_ZONE}?(?:,?\s(?i:on\s)?(?:{_DATE}|{WEEKDAY}|(?i:today|yesterday|tomorrow)\b))?"
        rf"|\b(?i:noon|midnight)\b{_ZONE}?(?:\s(?:{WEEKDAY}|(?i:today|yesterday|tomorrow)))?"
    ),
    "date": rf"\b{_DATE}",
    "of_month": (rf"\b(?:{_PART})?(?i:(?:last|this|next|past)\s)?{MONTH}(?:{_TO_YEAR})"),
    "fiscal": (
        rf"\b(?:{_PART})?(?i:(?:the\s)?(?:fiscal|financial)[\s-](?:year\s)?)(?:{_YEAR4}(?:[/–-]\d{{2,4}})?)\b"
        rf"|\b(?:{_PART})?(?i:(?:the\s|this\s|last\s|next\s|current\s)?(?:(?:current|last|next|previous)\s)?(?:fiscal|financial)\syear\b)"
        r"|\bFY[\s-]?(?:\d{4}(?:[/–-]\d{2,4})?|\d{2}(?:[/–-]\d{2})?)\b"
    ),
    "quarter": (
        rf"\b(?:{_PART})?(?:{_ORDINAL_QUARTER}(?:{_TO_YEAR})?|Q[1-4](?:[\s-]?{_YEAR4})?\b|\b[1-4]Q(?:[\s-]?(?:{_YEAR4}|\d{{2}}))?\b)"
    ),
    "half": (
        rf"\b{_HALF}(?:{_TO_YEAR}|\sof\s(?i:the\s(?:year|month|decade|century)))|\bH[12]\s{_YEAR4}\b"
    ),
    "season": (
        rf"\b(?:{_PART})?(?:(?i:the\s)?(?i:last|this|next|past|previous|following|coming)\s{_SEASON}\b"
        rf"|(?i:the\s)?{_SEASON}(?:{_TO_YEAR})|(?<=\b[iI]n\s)(?i:the\s)?{_SEASON}\b(?!\s(?i:of)\b)|(?<=\b[iI]n\sthe\s){_SEASON}\b)"
    ),
    "ordinal_unit": (
        rf"\b(?i:the\s)(?i:first|second|third|fourth|fifth|last|final)\s(?i:week|day|month|weekend|days|weeks|months)\sof\s"
        rf"(?:{MONTH}(?:{_TO_YEAR})?|{_YEAR4}|(?i:(?:the|this|last|next)\s(?:year|month|week|decade)))\b"
    ),
    "century": (
        rf"\b(?:{_PART})?(?i:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)|(?i:sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first|twenty\sfirst))[\s-](?i:century|centuries)\b"
        r"|\b(?i:the\s)?(?i:turn\sof\sthe\s)(?:(?i:century|millennium))\b"
    ),
    "decade": (
        rf"\b(?i:the\s)?(?:{_PART})?(?i:the\s)?(?:{_YEAR4[:-5]}\d0'?s\b)"
        rf"|\b(?i:the\s)?(?:{_PART})?(?i:the\s)?(?:['’`]?[2-9]0'?s\b|(?i:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b)"
    ),
    "years": rf"(?<![\d.,$€£-]){_YEAR4}\s?[-–—/]\s?(?:{_YEAR4}|\d{{2}})(?![\d%-]|[.,]\d|/\d)",
    "ago": (
        rf"\b(?i:the\ssame\s(?:period|time|month|day|week|quarter)\s)?"
        rf"(?:(?:{_DURATION})|(?:{_PLURALS}|(?i:long|ages)))\s(?i:ago|earlier|later|from\snow|hence|previously|beforehand|afterwards?)\b"
    ),
    "same_of": (
        r"\b(?i:the\ssame\s(?:period|time|month|quarter)\s(?:of\s|in\s)?(?:the\s)?(?:last|previous|prior)\syear)\b"
        rf"|\b(?i:the\ssame\s(?:period|time|month|quarter)\s(?:of\s|in\s)){_YEAR4}\b"
    ),
    "each": (
        rf"\b(?i:every|each)\s(?i:single\s|other\s)?(?:{_NUMBER}\s)?(?:{_UNITS}|{WEEKDAY}(?:\s{_PART_OF_DAY})?|{_PART_OF_DAY}|{_LONG_MONTH}|{_SEASON})\b"
        rf"|\b{_LONG_DAY}s\b"
        r"|\b(?i:once|twice|(?:two|three|four|five|six|\d)\stimes)\s(?i:an?|per|every|each)\s(?i:day|week|month|year|hour|minute|quarter|decade)\b"
        r"|\b(?i:per|a|an)\s(?i:annum)\b"
        r"|\b(?i:daily|weekly|monthly|quarterly|annually|yearly|hourly|nightly|biweekly|bimonthly|biannual|bi-weekly|bi-monthly|semiannual)\b"
    ),
    "span": (
        rf"\b(?i:the\s|these\s|those\s|his\s|her\s|its\s|their\s|our\s)?(?i:last|past|next|coming|previous|first|final|following|recent|prior|preceding)\s"
        rf"(?:(?:{_NUMBER}|{_VAGUE}|(?i:half))\s|(?i:couple\sof\s|half[\s-])){_UNITS}\b(?!\s(?i:ago)\b)"
        rf"|\b(?i:the\s)?(?i:past|last|recent|coming|previous|next)\s(?:{_PLURALS})\b"
    ),
    "unit_of_rel": (
        rf"\b(?:{_PART})(?:(?i:the\s)?{_RELATIVE_WORD}\s{_CALENDAR_UNIT}|(?i:the\s){_CALENDAR_UNIT}|{_YEAR4}|{_LONG_MONTH}|(?i:the\s)?(?i:today|yesterday|tomorrow)|(?i:the\s)?{_PART_OF_DAY})\b(?!['’]s\b)?"
    ),
    "day_part": (
        rf"\b(?:(?i:early|late|later|earlier)\s)?(?:(?i:on\s)?(?:{WEEKDAY}|(?i:yesterday|tomorrow|this|today|last(?=\snight\b)))\s{_PART_OF_DAY})\b"
        r"|\b(?i:tonight|overnight)\b"
    ),
    "relative": (
        rf"\b(?i:the\s)?{_RELATIVE_WORD}\s(?i:full\s|calendar\s|trading\s|business\s|whole\s)?{_CALENDAR_UNIT}\b(?!-)"
        rf"|\b(?i:last|next|this|past)\s(?:{_LONG_MONTH}|May)(?:\s{_D}\b)?"
    ),
    "weekday": (
        rf"\b(?:(?i:last|next|this|early|late|the\sfollowing|the\sprevious|the\snext)\s)?{_LONG_DAY}\b(?:\s(?i:last|next)\s(?i:week)|\sweek\b)?"
        rf"|\b(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.(?=\s)"
    ),
    "near": (
        r"\b(?i:the\sday\s(?:before\syesterday|after\stomorrow)|(?:earlier|later|late|early)\stoday|today|yesterday|tomorrow)\b(?!['’]s\s[A-Z][a-z]+\sT)"
    ),
    "holiday": (
        r"\b(?:(?:last|this|next)\s)?(?:Christmas(?:\s(?:Day|Eve))?|New\sYear['’]?s?(?:\s(?:Day|Eve))|Halloween|Valentine['’]s\sDay|Boxing\sDay|Thanksgiving(?:\sDay)?|Easter(?:\s(?:Sunday|Monday))?|Good\sFriday|Labou?r\sDay|Memorial\sDay|Veterans\sDay|Independence\sDay|Bastille\sDay|May\sDay)\b(?:\s\d{4}\b)?"
    ),
    "month": rf"\b(?:{_PART})?(?:{_LONG_MONTH}(?!\s?[-–]?\d)|(?<=[iI]n\s)May|(?<=[sS]ince\s)May|(?<=[bB]y\s)May|(?<=[uU]ntil\s)May|(?<=[oO]f\s)May|(?<=[eE]arly\s)May|(?<=[lL]ate\s)May)\b",
    "year": rf"(?<![\d.,$€£#/:–—-])\b{_YEAR4}(?!\d|%|[.,]\d|[-–/:][A-Za-z0-9])",
    "duration": rf"\b{_DURATION}\b(?!\s(?i:of\sage)\b)",
    "ordinal_span": (
        r"\b(?i:(?:an?|the|its|their|his|her)\s)?(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
        rf"\s(?i:consecutive|straight|successive)\s{_CALENDAR_UNIT}\b"
    ),
    "plural": rf"\b(?i:over\sthe\s)?(?<![-–]){_PLURALS}\b(?!\s(?i:old|of\sage))",
    "the_unit": r"\b(?i:the\s(?:day|week|month|year))\b(?=\s*[.,;)]|\s(?:in|at|on|as|and|to|with|down|up|after|before)\b|$)",
    "at_time": (
        r"\b(?i:(?:at\s)?(?:the\s)?(?:time\sbeing|moment|present\stime)|at\s(?:this|that)\stime|nowadays|these\sdays|currently|at\spresent|right\snow|now|the\spresent(?=\s*[.,;)]))\b"
    ),
    "then": r"\b(?i:(?:at\s)?(?:that|the\ssame)\stime)\b(?=\s*[.,;)]|\s(?:of|in|the|it|he|she|they|when)\b)",
    "past": r"\b(?i:recently|in\srecent\shistory|in\sthe\spast(?!\s\w)|the\spast(?=\s*[.,;)])|the\srecent\spast|once\supon\sa\stime|lately)\b",
    "recent": r"\b(?i:recent)\b",
    "future": r"\b(?i:very\ssoon|soon|(?:the\s)?(?:near|foreseeable|immediate|distant)\sfuture|the\sfuture)\b(?!\s(?:after|as)\b)",
}

PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in FAMILIES.items()))
