"""
Named things: people with their role, organisations, places, products, laws with abbreviation.

Mentions of one thing in one article share a name: `Long Name Act (LNA)` and `LNA` are one law,
`Mary Smith` and `Smith` one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from claims.extraction.records import Entity, EntityType

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

#: Model names: letters and digits, with at most a hyphen or a space between.
_MODEL = re.compile(
    r"(?<![\w$€£-])[A-Z][A-Za-z]{0,3}(?:-| )?\d{1,4}[A-Z]{0,3}(?![\w%-])(?! (?:percent|million))"
)
_LAW = re.compile(
    r"(?<!\w)(?:[A-Z][\w’'-]{1,30} (?:(?:of|the|and|for|on|to|in|through|Through|Against) ){0,2}){1,10}"
    r"(?:Act|Law|Code|Treaty|Convention|Constitution|Bill)\b(?: of \d{4})?"
)
_SHORT = re.compile(r" ?\(([A-Z][A-Z0-9&-]{1,11})\)")

#: Words that make a model look-alike something else.
_NOT_MODELS = re.compile(
    r"(?:In|On|At|By|The|May|Of|To|For|And|Q|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|No|As|Was|Is|It|All|Over|Up|Rs|US|UK|EU|UN|CO|H) ?\d",
    re.I,
)


def find_entities(doc: Doc, base: int = 0) -> tuple[Entity, ...]:
    """Return the named things of a piece of the text that begins at `base`, in its order."""
    text = doc.text
    found = [(*_trimmed(text, m.start(), m.end()), EntityType.LAW) for m in _laws(text)]
    found += [
        (m.start(), m.end(), EntityType.PRODUCT)
        for m in _MODEL.finditer(text)
        if not _NOT_MODELS.match(m[0])
    ]
    for entity in doc.ents:
        kind = _TYPES.get(entity.label_)
        if kind is not None:
            start, end = _trimmed(text, entity.start_char, entity.end_char)
            found.append((start, end, kind))
    kept: list[Entity] = []
    last = -1
    # Of two readings of the same words the narrower type wins: a law is no organisation.
    rank = (EntityType.LAW, EntityType.PRODUCT, EntityType.PERSON)
    order = {kind: rank.index(kind) if kind in rank else len(rank) for kind in EntityType}
    for start, end, kind in sorted(set(found), key=lambda f: (f[0], -f[1], order[f[2]])):
        if start >= last and end - start > 1 and re.search(r"\w\w", text[start:end]):
            kept.append(Entity(base + start, base + end, text[start:end], kind))
            last = end
    return tuple(kept)


def _laws(text: str) -> list[re.Match[str]]:
    # Only where such a word stands at all: the pattern itself is dear.
    if not re.search(r"\b(?:Act|Law|Code|Treaty|Convention|Constitution|Bill)\b", text):
        return []
    return list(_LAW.finditer(text))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out an article before a name and a possessive after it."""
    words = text[start:end]
    article = re.match(r"(?:[Tt]he|[Aa]n?) ", words)
    start += article.end() if article else 0
    possessive = re.search(r"[’']s?$", text[start:end])
    return start, start + possessive.start() if possessive else end


def named_alike(entities: tuple[Entity, ...], text: str) -> tuple[Entity, ...]:
    """Give mentions of one thing one name: the longest form, or the one an abbreviation is of."""
    shorts = _abbreviations(entities, text)
    people = {e.name for e in entities if e.type is EntityType.PERSON and " " in e.name}
    surnames = {full.split()[-1]: full for full in sorted(people, key=lambda n: (len(n), n))}
    named = []
    for entity in (*entities, *_missed(entities, shorts, text)):
        long = shorts.get(entity.name)
        if long is not None:
            named.append(Entity(entity.start, entity.end, long.name, long.type, entity.role))
        elif entity.type is EntityType.PERSON or entity.name in surnames:
            full = surnames.get(entity.name.split()[-1], entity.name)
            kind = EntityType.PERSON if entity.name in surnames else entity.type
            named.append(Entity(entity.start, entity.end, full, kind, entity.role))
        else:
            named.append(entity)
    return tuple(sorted(named, key=lambda entity: entity.start))


def _abbreviations(entities: tuple[Entity, ...], text: str) -> dict[str, Entity]:
    """Return the abbreviations that stand in brackets after a name, with what they stand for."""
    found: dict[str, Entity] = {}
    for entity in entities:
        short = _SHORT.match(text, entity.end, entity.end + 16)
        if short and _abbreviates(short[1], entity.name):
            found.setdefault(short[1], entity)
    return found


def _abbreviates(short: str, name: str) -> bool:
    """Say whether an abbreviation is made of a name's initials."""
    initials = "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())
    return len(name) > len(short) and short[0] == name[0] and set(short) <= set(initials.upper())


def _missed(entities: tuple[Entity, ...], shorts: dict[str, Entity], text: str) -> Iterator[Entity]:
    """Yield the mentions of known abbreviations that were not told as names."""
    if not shorts:
        return
    taken = {place for e in entities for place in (e.start, e.end)}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, shorts))})(?!\w)")
    for match in pattern.finditer(text):
        if match.start() not in taken:
            yield Entity(match.start(), match.end(), match[0], shorts[match[0]].type)
