"""
One name for all mentions of one thing in one article.

The longest form that is printed, or the one an abbreviation stands for: `Long Name Act (LNA)` and
`LNA` are one law, `Mary Smith`, `Ms Smith` and `Smith` one person, `Marlow Rovers` and `Rovers`
one club; `EU` is the European Union everywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.gazetteer import gazetteer
from claims.extraction.records import Entity, EntityType

_SHORT = re.compile(r"(?:[’']s?)? ?\(([A-Z][A-Za-z0-9&.-]{1,11})\)")
_LONG = re.compile(r" ?\((?:the |The )?([A-Z][\w’'-]+(?: [\w’'-]+){1,9})\)")
_SMALL = frozenset(
    {"of", "the", "and", "for", "on", "to", "in", "de", "la", "du", "des", "through", "against"}
)

#: Words in the names of many bodies, which are short for none of them.
_COMMON = frozenset(
    ["bank", "party", "union", "ministry", "university", "court", "national", "supreme", "board", "house", "united", "new", "central", "general", "state", "federal", "city", "council", "republic", "people", "international", "world", "european", "american", "department", "north", "south", "east", "west", "air", "first", "great", "royal", "public", "police", "health", "institute", "group", "agency", "association", "office", "service", "green", "social", "democratic"]
)  # fmt: skip

#: Names that are looked for again; an article has some dozens.
MOST = 400

#: People with one surname that are told apart; an article has a handful.
NAMESAKES = 50


def named_alike(entities: tuple[Entity, ...], text: str) -> tuple[Entity, ...]:
    """Give mentions of one thing one name, type and role, and find those that were missed."""
    shorts = _abbreviations(entities, text)
    people = _People(entities)
    bodies = _short_bodies(entities)
    sought = {name: entity.type for name, entity in shorts.items()}
    sought |= {name: e.type for name, e in bodies.items() if _is_alone(name, e)}
    sought |= dict.fromkeys(people.surnames(), EntityType.PERSON)
    found = [*entities, *_missed(entities, sought, text)]
    named = [_named(entity, shorts, people, bodies) for entity in found]
    types = _types(named)
    roles = {e.name: e.role for e in reversed(named) if e.role}
    alike = [
        replace(
            entity,
            type=types[entity.name],
            role=roles.get(entity.name) if types[entity.name] is EntityType.PERSON else None,
        )
        for entity in named
    ]
    return tuple(sorted(alike, key=lambda entity: entity.start))


class _People:
    """The people of an article by surname; of two with one surname, the last named before."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._known: dict[str, list[tuple[int, str]]] = {}
        self._distinct: dict[str, dict[str, frozenset[str]]] = {}
        self._longest: dict[str, str | None] = {}
        full = {e.name for e in entities if e.type is EntityType.PERSON and " " in e.name}
        for entity in entities:
            if entity.name in full:
                surname = entity.name.split()[-1]
                self._known.setdefault(surname, []).append((entity.start, entity.name))
                namesakes = self._distinct.setdefault(surname, {})
                if len(namesakes) < NAMESAKES:
                    namesakes.setdefault(entity.name, frozenset(entity.name.split()))

    def surnames(self) -> Iterator[str]:
        """Yield the surnames that are long enough to be looked for."""
        return (name for name in self._known if len(name) > 2 and name[0].isupper())

    def full_name(self, name: str, start: int) -> str | None:
        """Return the longest form of a person's name; None where there is no longer one."""
        known = self._known.get(name.split()[-1])
        if known is None:
            return None
        if " " in name:
            if name not in self._longest:
                self._longest[name] = self._longest_of(name)
            return self._longest[name]
        place = bisect_right(known, (start, "\uffff"))
        return self.full_name(known[max(0, place - 1)][1], start)

    def _longest_of(self, name: str) -> str | None:
        parts = name.split()
        words = frozenset(parts)
        namesakes = self._distinct[parts[-1]]
        longer = [full for full, its in namesakes.items() if words <= its]
        return max(longer, key=lambda full: (len(full), full), default=None)


def _named(
    entity: Entity, shorts: dict[str, Entity], people: _People, bodies: dict[str, Entity]
) -> Entity:
    name = entity.name
    if name in shorts:
        return replace(entity, name=_canonical(shorts[name].name), type=shorts[name].type)
    if name in gazetteer().forms:
        shared, kind = gazetteer().forms[name]
        return replace(entity, name=shared, type=kind)
    is_alone = " " not in name
    if entity.type is EntityType.PERSON or is_alone:
        full = people.full_name(name, entity.start)
        if full is not None:
            return replace(entity, name=full, type=EntityType.PERSON)
    if name in bodies and entity.type is not EntityType.PLACE:
        return replace(entity, name=bodies[name].name, type=bodies[name].type)
    return entity


def _canonical(name: str) -> str:
    known = gazetteer().forms.get(name)
    return known[0] if known else name


def _types(named: Sequence[Entity]) -> dict[str, EntityType]:
    """Return one type for each name: the one told most often, the first of equals."""
    counts: dict[str, Counter[EntityType]] = {}
    for entity in named:
        # One word alone that nothing beside it explains is often taken for a person.
        is_weak = entity.type is EntityType.PERSON and " " not in entity.name and not entity.role
        counts.setdefault(entity.name, Counter())[entity.type] += 1 if is_weak else 4
    return {name: count.most_common(1)[0][0] for name, count in counts.items()}


def _abbreviations(entities: Sequence[Entity], text: str) -> dict[str, Entity]:
    """Return the abbreviations that stand in brackets beside a name, with what they stand for."""
    found: dict[str, Entity] = {}
    for entity in entities:
        short = _SHORT.match(text, entity.end, entity.end + 20)
        if short and _abbreviates(short[1], entity.name):
            found.setdefault(short[1], entity)
        long = _LONG.match(text, entity.end, entity.end + 120)
        if long and " " not in entity.name and _abbreviates(entity.name, long[1]):
            found.setdefault(entity.name, replace(entity, name=long[1]))
    return found


def _abbreviates(short: str, name: str) -> bool:
    """Say whether an abbreviation is made of a name's initials."""
    letters = re.sub(r"[^A-Za-z]", "", short).upper()
    words = re.findall(r"[\w’']+", name)
    initials = "".join(w[0] for w in words if w[0].isupper() or w not in _SMALL).upper()
    if len(name) <= len(short) or not letters or letters[0] != name[0].upper():
        return bool(re.fullmatch(r"G-?\d{1,2}", short)) and name.startswith("Group of")
    return set(letters) <= set(initials) or _spells(letters, name)


def _spells(letters: str, name: str) -> bool:
    """Say whether letters stand in a name in their order: `Interpol`, `Asean`."""
    rest = iter(name.upper())
    return len(name.split()) > 1 and all(letter in rest for letter in letters)


def _short_bodies(entities: Sequence[Entity]) -> dict[str, Entity]:
    """Return the first or last words that stand for one longer name alone: `Marlow Rovers`."""
    found: dict[str, dict[str, Entity]] = {}
    for entity in entities:
        words = entity.name.split()
        if len(words) < 2 or entity.type not in (EntityType.ORG, EntityType.EVENT):
            continue
        for word in {words[0], words[-1]}:
            if word.lower() not in _COMMON and word[0].isupper() and len(word) > 3:
                found.setdefault(word, {}).setdefault(entity.name, entity)
    return {word: next(iter(names.values())) for word, names in found.items() if len(names) == 1}


def _is_alone(word: str, entity: Entity) -> bool:
    """Say whether a capital word alone can only mean a longer name: `Rovers`, a storm's name."""
    words = entity.name.split()
    is_last = len(words) == 2 and word == words[-1]
    return is_last and (entity.type is EntityType.EVENT or word.endswith("s"))


def _missed(
    entities: Sequence[Entity], sought: dict[str, EntityType], text: str
) -> Iterator[Entity]:
    """Yield the mentions of known short forms that were not told as names."""
    names = [*sought][:MOST]
    if not names:
        return
    spans = sorted((e.start, e.end) for e in entities)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
    for match in pattern.finditer(text):
        place = bisect_right(spans, (match.start(), len(text)))
        if place and spans[place - 1][1] > match.start():
            continue
        if place < len(spans) and spans[place][0] < match.end():
            continue
        yield Entity(match.start(), match.end(), match[0], sought[match[0]])
