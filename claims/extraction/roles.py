"""What an article says a person is: `Defence Minister`, `head of the CGTF union`."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from claims.extraction.attribute.lexicon import lexicon

TITLES = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "prof", "prof.", "sir", "dame", "lord", "lady", "madam", "justice", "shri", "smt"}
)  # fmt: skip
#: Honours and offices that are printed after a name and are none of it, for a pattern.
HONOURS = "QC|KC|MP|MEP|MLA|OBE|CBE"
_MORE = frozenset(
    {
        "ecologist", "economist", "spokesman", "archbishop", "archaeologist", "astronomer", "epidemiologist", "geologist",
        "fisherman", "driver", "striker", "goalkeeper", "midfielder", "teacher", "pilot", "climatologist", "virologist",
        "sprinter", "swimmer", "boxer", "cyclist", "runner", "jumper", "golfer", "gymnast", "batter", "batsman", "bowler",
        "winger", "defender", "quarterback", "pitcher", "shot-putter", "putter", "survivor", "campaigner", "activist",
        "barrister", "solicitor", "baker", "biologist", "chemist", "physicist", "historian", "oceanographer", "meteorologist",
        "seismologist", "veteran", "widow", "singer", "actor", "actress", "rapper", "novelist", "painter", "king", "queen",
        "investigator", "co-leader", "lawmaker", "whip", "vice-president", "president", "prosecutor", "head", "boss", "manager",
    }
)  # fmt: skip
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})
_LONGEST_BEFORE = 10
_LONGEST_AFTER = 14


def is_role(token: Token) -> bool:
    """Say whether a noun tells what a person is."""
    word = token.lower_.rstrip(".")
    sorts = lexicon().sources
    return (
        word in _MORE
        or "person" in sorts.get(word, ())
        or "person" in sorts.get(token.lemma_.lower(), ())
    )


def role_before(doc: Doc, start: int) -> tuple[int, str] | None:
    """Return where the role right before a name begins, and its words."""
    first = start = _before_title(doc, start)
    has_role = False
    while first > 0 and start - first < _LONGEST_BEFORE:
        token = doc[first - 1]
        if not _describes(token) or token.lower_ in TITLES:
            break
        first -= 1
        has_role = has_role or is_role(token)
    while first < start and doc[first].lower_ in _ARTICLES:
        first += 1
    if first < start and doc[first].tag_ == "POS":
        return None
    if not has_role or not any(is_role(t) for t in doc[max(first, start - 3) : start]):
        return None
    return first, doc[first:start].text


def _before_title(doc: Doc, start: int) -> int:
    """Return where the title before a name begins: `health minister Dr Azra Bughio`."""
    return start - 1 if start > 1 and doc[start - 1].lower_ in TITLES else start


def role_beside(doc: Doc, start: int, end: int) -> str | None:
    """Return the role set off by a comma after a name, or before it: `The premier, Jo Tan,`."""
    if end + 2 < len(doc) and doc[end].text == ",":
        last = end + 1
        while last < len(doc) and last - end < _LONGEST_AFTER and not _ends(doc, last):
            last += 1
        words = doc[end + 1 : last]
        opens = words.text and (
            words[0].lower_ in _ARTICLES or words[0].pos_ in ("NOUN", "PROPN", "ADJ")
        )
        if opens and last < len(doc) and any(is_role(t) for t in words[:6]):
            return _without_article(words.text)
    if start > 1 and doc[start - 1].text == ",":
        found = role_before(doc, start - 1)
        if found is not None and found[0] > 0 and doc[found[0] - 1].lower_ in _ARTICLES:
            return found[1]
    return None


def _describes(token: Token) -> bool:
    """Say whether a word may stand in a role before a name."""
    if token.is_space or token.ent_type_ in ("PERSON", "DATE", "TIME", "MONEY", "PERCENT"):
        return False
    return (
        token.pos_ in ("NOUN", "PROPN", "ADJ", "PART") or token.text == "-" or token.tag_ == "POS"
    )


def _ends(doc: Doc, place: int) -> bool:
    token = doc[place]
    return (
        token.is_space
        or token.text in (",", ".", ";", ":", "(", '"', "“", "”")
        or (token.pos_ in ("VERB", "AUX") and token.tag_ != "VBG")
    )


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else words
