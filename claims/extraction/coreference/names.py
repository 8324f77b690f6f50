"""
The people, bodies and places that an article names, and how each is called at its longest.

A person's short form ("Borg") stands for the longest form that ends in it ("Anna Borg"); of
two people with one surname, for the one whose full name stands last before it. A role is what
stands before the name or, set off by a comma, after it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from claims.extraction.records import Entity, EntityType
from claims.extraction.tree import Range, Tree

from .mentions import Named, Sort
from .people import people

_TITLES = frozenset(
    ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "prof", "prof.", "sir", "madam"]
)
_LABELS = {"PERSON": Sort.PERSON, "ORG": Sort.BODY, "GPE": Sort.PLACE}
_TYPES = {
    EntityType.PERSON: Sort.PERSON,
    EntityType.ORG: Sort.BODY,
    EntityType.PLACE: Sort.PLACE,
}
_ARTICLES = frozenset({"the", "a", "an", "our", "its", "their", "his", "her", "my", "your"})
_LONGEST_ROLE = 90
#: Names of the article that a piece of it is told of: no pronoun reaches farther back.
_TOLD = 400
_NAMESAKES = 50


def without_article(words: str) -> str:
    """Return a noun phrase without the determiner that opens it."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else words


def name_range(tree: Tree, head: int) -> Range:
    """Return the proper name around a token: its entity, or the run of proper nouns."""
    first, last = head, head + 1
    entity = tree.entities[head]
    while first > 0 and _belongs(tree, first - 1, head, entity):
        first -= 1
    while last < tree.size and _belongs(tree, last, head, entity):
        last += 1
    return after_role(tree, first, last)


def _belongs(tree: Tree, i: int, head: int, entity: str) -> bool:
    if tree.is_space[i] or abs(i - head) > 12 or tree.paragraph[i] != tree.paragraph[head]:
        return False
    if entity in _LABELS:
        return tree.entities[i] == entity and tree.entity_ids[i] == tree.entity_ids[head]
    return tree.pos[i] == "PROPN" and tree.entities[i] not in _LABELS


def after_role(tree: Tree, first: int, last: int) -> Range:
    """Leave out titles and roles that stand before a name, and a possessive after it."""
    nouns = people().nouns
    last = next((i for i in range(first + 1, last) if tree.words[i] == "("), last)
    while last - 1 > first and tree.lower[last - 1] in {"'s", "’s", "'", "’"}:
        last -= 1
    for i in range(last - 2, first - 1, -1):
        word = tree.lower[i]
        if word in _TITLES or Sort.PERSON in nouns.get(word.rstrip("."), ()):
            return i + 1, last
    while last - first > 1 and tree.lower[first] in _ARTICLES:
        first += 1
    return first, last


class Names:
    """Every name of a piece of an article, in its order, and the names before the piece."""

    def __init__(self, tree: Tree, base: int = 0, entities: Sequence[Entity] = ()) -> None:
        self.tree = tree
        self.words = people()
        self.by_token: dict[int, Named] = {}
        #: The last names before the piece, the very last one last.
        self.earlier: list[Named] = []
        self._full: dict[str, list[tuple[int, Named]]] = {}
        self._bodies: dict[str, Named] = {}
        self._remember(_before(entities, base))
        self._told = _told(entities, base, tree)
        found = self._find()
        for tokens, sort in found:
            if sort is Sort.PERSON and tokens[1] - tokens[0] > 1:
                self._introduce(tree.words_of(tokens), tokens[0])
        #: Where each name stands, by its first word.
        self.at: dict[int, tuple[Range, Named]] = {}
        for tokens, sort in found:
            named = self._named(tokens, sort)
            self.at[tokens[0]] = (tokens, named)
            self._note(tokens, named)

    def _remember(self, entities: Sequence[Entity]) -> None:
        for entity in entities:
            sort = _TYPES.get(entity.type)
            if sort is None:
                continue
            if sort is Sort.PERSON:
                named = self._introduce(entity.name, -1)
                named.role = named.role or entity.role
                named.pronoun = named.pronoun or self._pronoun(None, named)
            else:
                named = self._bodies.setdefault(entity.name, Named(entity.name, sort))
            self.earlier.append(named)

    def _find(self) -> list[tuple[Range, Sort]]:
        """Return the ranges of all names, each with what it names."""
        tree = self.tree
        found: list[tuple[Range, Sort]] = []
        sorts: dict[int, Sort] = {}
        i = 0
        while i < tree.size:
            last = self._end(i)
            sort = _LABELS.get(tree.entities[i]) or self._missed(i, last, sorts)
            if sort is not None:
                tokens = after_role(tree, i, last)
                sort = self._told.get(tokens[0], sort)
                sort = Sort.PERSON if self._is_person(tokens) else sort
                sorts.update((k, sort) for k in range(*tokens))
                found.append((tokens, sort))
            i = last
        return found

    def _end(self, first: int) -> int:
        """Return where the entity that begins here ends, or the run of unmarked proper nouns."""
        tree, last = self.tree, first + 1
        if tree.entity_ids[first]:
            while last < tree.size and tree.entity_ids[last] == tree.entity_ids[first]:
                last += 1
        elif tree.pos[first] == "PROPN":
            while last < tree.size and tree.pos[last] == "PROPN" and not tree.entity_ids[last]:
                last += 1
        return last

    def _missed(self, first: int, last: int, sorts: dict[int, Sort]) -> Sort | None:
        """Return what a name is that the recogniser left out, where its own words tell."""
        tree = self.tree
        if tree.entity_ids[first] or tree.pos[first] != "PROPN" or last - first < 2:
            return None
        if self._is_person(after_role(tree, first, last)):
            return Sort.PERSON
        head = self.head((first, last))
        return sorts.get(tree.heads[head]) if tree.deps[head] == "conj" else None

    def _is_person(self, tokens: Range) -> bool:
        """Return whether a name begins as people's do: the recogniser takes some for bodies."""
        tree = self.tree
        first, last = tokens
        return (
            2 <= last - first <= 3
            and tree.lower[first] in self.words.given
            and all(tree.words[k].isalpha() and tree.words[k].istitle() for k in range(*tokens))
            and tree.lower[last - 1] not in self.words.nouns
        )

    def _introduce(self, name: str, at: int) -> Named:
        known = self._full.setdefault(name.split()[-1].lower(), [])
        for _, named in known:
            if named.name == name:
                return named
        named = Named(name, Sort.PERSON)
        if len(known) < _NAMESAKES:
            known.append((at, named))
        return named

    def _named(self, tokens: Range, sort: Sort) -> Named:
        name = self.tree.words_of(tokens)
        known = sort is Sort.PERSON or name.lower() in self._full
        person = self._person(tokens) if known else None
        return person or self._bodies.setdefault(name, Named(name, sort))

    def _person(self, tokens: Range) -> Named | None:
        """Return the person with this surname: the same name, the longest, the last before."""
        known = self._full.get(self.tree.lower[tokens[1] - 1], [])
        if tokens[1] - tokens[0] > 1:
            name = self.tree.words_of(tokens)
            longer = [n for _, n in known if _is_short_for(name, n.name)]
            return max(longer, key=lambda n: len(n.name), default=None)
        title = self._title_pronoun(tokens)
        fitting = [(at, n) for at, n in known if title is None or n.pronoun in {None, title}]
        before = [n for at, n in fitting if at < tokens[0]]
        return before[-1] if before else (fitting[0][1] if fitting else None)

    def person(self, head: int) -> Named | None:
        """Return the person whose name ends in this word."""
        return self._person((head, head + 1))

    def _title_pronoun(self, tokens: Range) -> str | None:
        return self.words.genders.get(self.tree.lower[tokens[0] - 1]) if tokens[0] else None

    def head(self, tokens: Range) -> int:
        """Return the word of a name that the others hang on."""
        heads = self.tree.heads
        return next((i for i in range(*tokens) if heads[i] not in range(*tokens)), tokens[1] - 1)

    def _note(self, tokens: Range, named: Named) -> None:
        for i in range(*tokens):
            self.by_token[i] = named
        if named.sort is Sort.PERSON:
            named.role = named.role or self._role(tokens, self.head(tokens))
            named.pronoun = named.pronoun or self._pronoun(tokens, named)

    def _pronoun(self, tokens: Range | None, named: Named) -> str | None:
        genders = self.words.genders
        hints = [self.tree.lower[tokens[0] - 1]] if tokens and tokens[0] else []
        given = named.name.split()
        hints += [given[0].lower()] if len(given) > 1 else []
        hints += (named.role or "").lower().split()[-1:]
        return next((genders[hint] for hint in hints if hint in genders), None)

    def _role(self, tokens: Range, head: int) -> str | None:
        """Return what the words before a name, or the apposition after it, say that one is."""
        tree = self.tree
        before = self._words_before(tokens, head)
        if any(Sort.PERSON in self.words.nouns.get(tree.lower[i], ()) for i in before):
            return tree.words_of((before[0], tokens[0]))
        after = tree.child(head, "appos")
        if after is None or after < tokens[1] or tree.pos[after] == "PROPN":
            return None
        role = without_article(tree.words_of((tree.left[after], tree.right[after])))
        if not any(character.isalpha() for character in role):
            # "Anna Borg, 61," tells an age.
            return None
        return role.rstrip(" ,.") if len(role) <= _LONGEST_ROLE and "\n" not in role else None

    def _words_before(self, tokens: Range, head: int) -> range:
        """Return the words of a noun phrase that stand before the name in it."""
        tree = self.tree
        begins = max(min(tree.left[head], tokens[0]), tokens[0] - 12)
        first = tokens[0]
        while first > begins and _describes(tree, first - 1):
            first -= 1
        if first < tokens[0] and tree.lower[first] in _ARTICLES:
            first += 1
        return range(first, tokens[0])


def _before(entities: Sequence[Entity], base: int) -> Sequence[Entity]:
    """Return the last entities before a piece, as many as it is told of."""
    last = bisect_left(entities, base, key=lambda entity: entity.start)
    return entities[max(0, last - _TOLD) : last]


def _told(entities: Sequence[Entity], base: int, tree: Tree) -> dict[int, Sort]:
    """Return what the names of a piece are, by the first word of each."""
    if not tree.size:
        return {}
    first = bisect_left(entities, base, key=lambda entity: entity.start)
    starts = {base + start: i for i, start in enumerate(tree.starts)}
    found = {}
    for entity in entities[first : first + tree.size]:
        place = starts.get(entity.start)
        if place is not None and entity.type in _TYPES:
            found[place] = _TYPES[entity.type]
    return found


def _describes(tree: Tree, i: int) -> bool:
    """Return whether a word can stand in a role: no punctuation, space, number or title."""
    letters = tree.words[i].replace("-", "").replace(".", "").replace("’", "").replace("'", "")
    return letters.isalpha() and tree.lower[i] not in _TITLES


def _is_short_for(short: str, name: str) -> bool:
    """Return whether every word of a short form stands in a longer name."""
    return set(short.split()) <= set(name.split())
