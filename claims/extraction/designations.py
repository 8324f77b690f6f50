"""
Names told by their shape: laws, models of products, events.

`Clean Water Act of 1972`, `S-400`, `FA-50`, `Typhoon Amihan`, `21st India-Russia summit`. Sums of
money, dates, sections and scores look alike and are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.extraction.records import EntityType

Found = tuple[int, int, EntityType]

_LAW_WORDS = (
    "Act|Law|Code|Treaty|Convention|Constitution|Bill|Regulation|Directive|Charter|Protocol|Accords?|Agreement|"
    "Pact|Resolution|Ordinance|Decree|Statute|Amendment"
)
_LAW_WORD = re.compile(rf"\b(?:{_LAW_WORDS})\b")
_LAW = re.compile(
    r"(?<!\w)(?:[A-Z][\w’'-]{1,30} (?:(?:of|the|and|for|on|to|in|with|through|against|Of|The|And|For|On|To|In|With|Through|Against) ){0,2}){1,10}"
    rf"(?:{_LAW_WORDS})\b(?: of \d{{4}}| No\.? ?\d+| \d{{1,4}})?"
)
#: Capitals before a law's name that only open the sentence.
_OPENERS = re.compile(
    r"(?:(?:Under|In|By|With|On|The|This|That|A|An|And|But|For|If|When|After|Before|Since|Although|While|However|Through|To|From|"
    r"Its|His|Her|Their|Our|Both|Says?) (?:(?:the|a|an|its|their|his|her) )?)+(?=[A-Z])"
)
_MODEL = re.compile(
    r"(?<![\w$€£₹.,-])(?:[A-Z]{1,4}[a-z]{0,3}-\d{1,4}(?:-\d{1,3})?[A-Z]{0,3}|[A-Z]{1,4}\d{1,4}[A-Z]{0,3}|[A-Z]{2,4} \d{1,3}[A-Z]{0,2})"
    r"(?![\w%/-])(?![.,]\d)(?! ?(?:percent|per|million|billion|trillion|crore|lakh|bn|m|tn|trn|a litre|a day|rupees|dollars)\b)"
)
#: Words that make a model's look-alike something else.
_NO_MODEL = re.compile(
    r"[NPRK]\d{3,}|(?:In|On|At|By|The|May|Of|To|For|And|Q|H|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|No|As|Was|Is|It|All|Over|Up|Rs|Sh|KSh|"
    r"US|USD|EUR|GBP|INR|UK|EU|UN|CO|PM|AM|FY|GMT|IST|COVID|Covid|SARS|COP|G|M|A|B|U|UNDER|AGE|CHAPTER|PART|IN|ON|AT|BY|OF|TO|AND)[ -]?\d",
)
_STORM = re.compile(
    r"\b(?:(?:Super )?Typhoon|Hurricane|Cyclone|(?:Tropical )?(?:Storm|Depression)|Operation|Exercise) [A-Z][a-z]{2,15}\b"
)
_SHIP = re.compile(
    r"(?<![\w-])(?:MV|MT|MS|HMS|USS|INS|RMS|SS|FV|HMAS|HMNZS|USNS|BRP) [A-Z][\w’'-]{1,20}(?: [A-Z][\w’'-]{1,20})?"
)
_MARKETED = re.compile(
    r"\b(?:device|drug|vaccine|app|software|medicine|pill|jab|implant|car|rocket|treatment|satellite|telescope|weapon|missile|game|phone),? "
    r"(?:called|named|known as|marketed as|sold as|dubbed) ([A-Z][\w-]{1,25}(?: [A-Z0-9][\w-]{0,20})?)"
)
_EVENT = re.compile(
    r"(?<!\w)(?:(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][\w’'-]{1,20}) ){1,4}(?:[Ss]ummit|World Cup|Cup|Olympics|Olympic Games|Games|"
    r"Championships?|Open|Festival|Grand Prix|Marathon|Biennale|Expo|War|Revolution|Uprising|Masters)\b|\b(?:COP|G)-?\d{1,2} [Ss]ummit\b|\bCOP\d{2}\b"
)


def is_law(name: str) -> bool:
    """Say whether a name has a word that laws are called by."""
    return bool(_LAW_WORD.search(name))


def find_designations(text: str) -> Iterator[Found]:
    """Yield the laws, events and models in a text."""
    if _LAW_WORD.search(text):
        for match in _LAW.finditer(text):
            opener = _OPENERS.match(match[0])
            start = match.start() + (opener.end() if opener else 0)
            if " " in text[start : match.end()]:
                yield start, match.end(), EntityType.LAW
    for pattern in (_STORM, _EVENT):
        for match in pattern.finditer(text):
            opener = _OPENERS.match(match[0])
            yield match.start() + (opener.end() if opener else 0), match.end(), EntityType.EVENT
    for match in _SHIP.finditer(text):
        yield match.start(), match.end(), EntityType.PRODUCT
    for match in _MARKETED.finditer(text):
        yield match.start(1), match.end(1), EntityType.PRODUCT
    for match in _MODEL.finditer(text):
        if not _NO_MODEL.match(match[0]):
            yield match.start(), match.end(), EntityType.PRODUCT
