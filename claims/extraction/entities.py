"""
Named things: people with their role, organisations, places, products, laws, events.

The language model's names are corrected by rules of a general kind: names known beforehand
(`gazetteer.py`), names told by their shape (`designations.py`), and the words around them. Mentions
of one thing in one article share a name: `naming.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc
from spacy.tokens import Span as Words

from claims.extraction.dated import DAY_NAMES
from claims.extraction.designations import Found, find_designations, is_law
from claims.extraction.gazetteer import gazetteer
from claims.extraction.naming import named_alike
from claims.extraction.records import Entity, EntityType
from claims.extraction.roles import HONOURS, TITLES, is_role, role_before, role_beside
from claims.extraction.written_out import find_written_out

__all__ = ["find_entities", "named_alike"]

_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORG,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "PRODUCT": EntityType.PRODUCT,
    "LAW": EntityType.LAW,
    "EVENT": EntityType.EVENT,
}
#: Of two readings of the same words the narrower type wins: a law is no organisation.
_RANK = {EntityType.LAW: 0, EntityType.EVENT: 1, EntityType.PRODUCT: 2, EntityType.PLACE: 3}

_CAPITALS = re.compile(r"(?<![\w.-])[A-Z][A-Z&]{2,7}(?![\w-])")
_NO_NAME = re.compile(
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    rf"{DAY_NAMES}|Covid(?:-19)?|COVID(?:-19)?|Coronavirus|Christmas|Easter|Ramadan|Diwali|"
    r"Turnout|Inflation|Unemployment|Malaria|Measles|Cholera|Ebola|Coal|Gold|Internet|Parliamentary|"
    r"[a-z].*|\W*|\d.*|[A-Z]{1,3}\$?\d[\d.,]*(?:bn|trn|tn|m|k)?|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d+)s?)$"
)
_PLACES_AFTER = frozenset(
    {
        "airport", "area", "bay", "beach", "bridge", "city", "coast", "county", "desert", "district", "forest", "harbour",
        "hill", "island", "islands", "lake", "mountains", "municipality", "peninsula", "port", "prefecture", "province",
        "region", "river", "state", "station", "suburb", "territory", "town", "valley", "village", "volcano",
    }
)  # fmt: skip
_ROLES_AFTER = frozenset(
    {"minister", "ministry", "ministries", "secretary", "ministers", "editor", "correspondent"}
)
_CUT = re.compile(
    rf"(?:\s*[\n(\[|:;]| (?:on|in) {DAY_NAMES}\b| (?:{HONOURS}|Jr)$).*$",
    re.S,
)
#: Capitals before a name that are no part of it.
_OPENING = re.compile(r"(?:Opposition|Ruling|Former|Then|Sources?) (?=[A-Z])")
#: "Social Democrats": members stand for their party.
_PARTIES = re.compile(
    r"(?:[A-Z][a-z]+ )*(?:Democrats|Republicans|Conservatives|Liberals|Greens|Socialists|Tories|Nationalists|Communists)$"
)
_TRAILING = re.compile(r"(?:[’']s?|[,.\s\"”’-]+)$")


def find_entities(doc: Doc, base: int = 0) -> tuple[Entity, ...]:
    """Return the named things of a piece of the text that begins at `base`, in its order."""
    text = doc.text
    known = list(_known(text))
    written = [(*span, _written_type(text[slice(*span)])) for span in find_written_out(text)]
    found = [*known, *written, *find_designations(text), *_of_model(doc), *_abbreviated(text)]
    found = [f for f in found if not any(w[0] <= f[0] and f[1] <= w[1] and f != w for w in written)]
    taken = {(start, end) for start, end, _ in known}
    order = sorted(
        set(found), key=lambda f: (f[0], -f[1], (f[0], f[1]) not in taken, _RANK.get(f[2], 9))
    )
    kept: list[Entity] = []
    last = -1
    for start, end, kind in order:
        if start >= last and end - start > 1 and re.search(r"\w\.?\w", text[start:end]):
            role = _role(doc, start, end) if kind is EntityType.PERSON else None
            kept.append(Entity(base + start, base + end, text[start:end], kind, role))
            last = end
    return tuple(kept)


def _written_type(name: str) -> EntityType:
    return EntityType.LAW if is_law(name.split()[-1]) else EntityType.ORG


def _known(text: str) -> Iterator[Found]:
    table = gazetteer()
    for match in table.pattern.finditer(text):
        yield match.start(), match.end(), table.forms[match[0]][1]


def _abbreviated(text: str) -> Iterator[Found]:
    """Yield runs of capitals: names of bodies, unless they are words in capitals."""
    none = gazetteer().none
    for match in _CAPITALS.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()].strip()
        is_shouted = bool(re.match(r" [A-Z]{2,}\b", text[match.end() : match.end() + 12]))
        if match[0] not in none and not is_shouted and not before.endswith("#"):
            yield match.start(), match.end(), EntityType.ORG


def _of_model(doc: Doc) -> Iterator[Found]:
    """Yield the language model's names, trimmed, and of the type that the words around them tell."""
    text = doc.text
    for entity in doc.ents:
        kind = _TYPES.get(entity.label_)
        if kind is None and entity.label_ == "NORP" and _PARTIES.search(entity.text):
            kind = EntityType.ORG
        if kind is None:
            continue
        words = _trimmed(doc, entity, is_person=kind is EntityType.PERSON)
        if words is None or _NO_NAME.match(words.text):
            continue
        start, end = words.start_char, words.end_char
        cut = _CUT.search(words.text)
        end = start + cut.start() if cut else end
        start += _prefix(doc, words)
        trailing = _TRAILING.search(text, start, end)
        if trailing and not re.search(
            r"\b[A-Z]\.$|\b(?:Co|Inc|Ltd|Corp|Jr|Sr)\.$", text[start:end]
        ):
            end = trailing.start()
        if end - start > 1:
            told = _type_of(doc, words, kind)
            if told is not None:
                yield start, end, told


def _prefix(doc: Doc, words: Words) -> int:
    """Return the length of what stands before a name and is none of it: `Peru's Ministry of ...`."""
    opening = _OPENING.match(words.text)
    if opening:
        return opening.end()
    owner = next((t for t in words[1:-1] if t.tag_ == "POS"), None)
    table = gazetteer()
    if owner is None or doc[owner.i + 1].lower_ not in table.bodies:
        return 0
    is_known = doc[words.start : owner.i].text in table.forms
    return doc[owner.i + 1].idx - words.start_char if is_known else 0


def _trimmed(doc: Doc, entity: Words, *, is_person: bool) -> Words | None:
    """Leave out articles, titles and roles before a name, and a possessive or a score after it."""
    first, last = entity.start, entity.end
    while first < last and (
        doc[first].lower_ in ("the", "a", "an") or doc[first].is_space or doc[first].is_punct
    ):
        first += 1
    while last > first and (doc[last - 1].tag_ == "POS" or doc[last - 1].is_space):
        last -= 1
    if is_person:
        for place in range(last - 2, first - 1, -1):
            if doc[place].lower_ in TITLES or (is_role(doc[place]) and last - place > 1):
                first = place + 1
                break
        digits = [i for i in range(first + 1, last) if doc[i].text[:1].isdigit() or doc[i].is_space]
        last = digits[0] if digits else last
    return doc[first:last] if last > first else None


def _type_of(doc: Doc, words: Words, kind: EntityType) -> EntityType | None:
    """Return the type that a name's own words, or those beside it, tell; None where it is no name."""
    if kind in (EntityType.LAW, EntityType.PRODUCT, EntityType.EVENT):
        return None if kind is EntityType.LAW and not is_law(words.text) else kind
    if _is_no_name(doc, words):
        return None
    return _by_its_words(words) or _by_its_neighbours(doc, words, kind) or kind


def _is_no_name(doc: Doc, words: Words) -> bool:
    """Say whether a "name" is a common word with a capital, or the beginning of a role."""
    if len(words) == 1 and (words[0].tag_ in ("NN", "NNS", "JJ") or words[0].lower_ == "party"):
        return True
    if words.text in gazetteer().demonyms:
        return True
    after = doc[words.end] if words.end < len(doc) else None
    return len(words) < 3 and after is not None and after.lower_ in _ROLES_AFTER


def _by_its_words(words: Words) -> EntityType | None:
    table = gazetteer()
    lower = [token.lower_.rstrip(".") for token in words]
    if len(lower) > 1 and (
        lower[-1] in table.bodies or (lower[0] in table.bodies and "of" in lower)
    ):
        return EntityType.ORG
    is_short = len(lower) == 1 and re.fullmatch(r"[A-Z&]{3,8}", words.text) is not None
    return EntityType.ORG if is_short and words.text not in table.forms else None


#: What bears names that are else given to people: `the ferry Alva`, `Hurricane Maria`.
_NAMED_THINGS = {
    **dict.fromkeys(
        [
            "boat",
            "carrier",
            "cruiser",
            "destroyer",
            "ferry",
            "freighter",
            "frigate",
            "liner",
            "lifeboat",
            "minesweeper",
            "satellite",
            "ship",
            "spacecraft",
            "submarine",
            "tanker",
            "trawler",
            "tugboat",
            "vessel",
            "warship",
            "yacht",
        ],
        EntityType.PRODUCT,
    ),
    **dict.fromkeys(["cyclone", "hurricane", "storm", "typhoon"], EntityType.EVENT),
}


def _by_its_neighbours(doc: Doc, words: Words, kind: EntityType) -> EntityType | None:
    table = gazetteer()
    before = doc[words.start - 1] if words.start else None
    after = doc[words.end : words.end + 5]
    is_alone = len(words) == 1
    if before is not None and before.lower_ in table.makers:
        return EntityType.ORG
    if before is not None and kind is not EntityType.ORG and before.lower_ in _NAMED_THINGS:
        return _NAMED_THINGS[before.lower_]
    if _is_place(doc, words, kind):
        return EntityType.PLACE
    if (
        is_alone
        and before is not None
        and before.lower_ in ("in", "near")
        and words.text not in table.forms
    ):
        return EntityType.PLACE if words[0].lower_ not in table.bodies | {"congress"} else kind
    if not is_alone and len(after) > 1 and after[0].text == "," and after[1].lower_ == "who":
        return EntityType.PERSON
    is_human = before is not None and (before.lower_ in TITLES or is_role(before))
    if is_human and 2 <= len(words) <= 4 and all(t.text[:1].isupper() for t in words):
        return EntityType.PERSON
    if kind is not EntityType.PERSON:
        return None
    if (
        len(after) > 2
        and after[0].text == ","
        and any(t.lower_ in table.makers for t in after[1:4])
    ):
        return EntityType.ORG
    # "The Euroferry Olympia": a ship, not a person.
    is_thing = not is_alone and before is not None and before.lower_ == "the"
    return EntityType.PRODUCT if is_thing else None


def _is_place(doc: Doc, words: Words, kind: EntityType) -> bool:
    """Say whether the words beside a name tell that it is a place: `Cajamarca region`."""
    table = gazetteer()
    after = doc[words.end] if words.end < len(doc) else None
    last = words[-1]
    is_body = last.lower_ in table.bodies or (len(words) == 1 and words.text.isupper())
    if after is not None and after.lower_ in _PLACES_AFTER:
        return kind is not EntityType.ORG or (len(words) == 1 and not is_body)
    # "Eindhoven-based", "its island of Reunion", ", 71, from Halifax,".
    if words.end + 1 < len(doc) and after is not None and after.text == "-":
        return doc[words.end + 1].lower_ in ("based", "born")
    if words.start < 2 or is_body or len(words) > 2:
        return False
    before = doc[words.start - 2 : words.start]
    if before[1].lower_ == "of" and before[0].lower_ in _PLACES_AFTER - {"area", "state"}:
        return True
    return before[1].lower_ == "from" and before[0].text == ","


def _role(doc: Doc, start: int, end: int) -> str | None:
    words = doc.char_span(start, end, alignment_mode="expand")
    if words is None:
        return None
    before = role_before(doc, words.start)
    return before[1] if before else role_beside(doc, words.start, words.end)
