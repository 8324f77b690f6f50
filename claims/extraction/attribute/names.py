"""
The people and bodies that an article names, and how each is called at its longest.

A person's short form ("Borg") stands for the longest form that ends in it ("Anna Borg"); of
two people with one surname, for the one whose full name stands last before it. A role is what
stands before the name or, set off by a comma, after it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from .lexicon import lexicon
from .tree import Range, Tree

_TITLES = frozenset(
    ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "prof", "prof.", "sir", "madam"]
)
_PERSON, _GROUP = "person", "group"
_LABELS = {"PERSON": _PERSON, "ORG": _GROUP, "GPE": _GROUP}
_ARTICLES = frozenset({"the", "a", "an", "our", "its", "their", "his", "her", "my", "your"})
_LONGEST_ROLE = 90


@dataclass(slots=True)
class Named:
    """A person or a body, with all that the article tells of it."""

    name: str
    sort: str
    role: str | None = None
    pronoun: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a name stands, and whether it is the subject of its sentence."""

    token: int
    named: Named
    is_subject: bool


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
    return _after_role(tree, first, last)


def _belongs(tree: Tree, i: int, head: int, entity: str) -> bool:
    if tree.is_space[i] or abs(i - head) > 12 or tree.paragraph[i] != tree.paragraph[head]:
        return False
    if entity in _LABELS:
        return tree.entities[i] == entity and tree.entity_ids[i] == tree.entity_ids[head]
    return tree.pos[i] == "PROPN" and tree.entities[i] not in _LABELS


def _after_role(tree: Tree, first: int, last: int) -> Range:
    """Leave out titles and roles that stand before a name, and a possessive after it."""
    people = lexicon().sources
    while last - 1 > first and tree.lower[last - 1] in {"'s", "’s", "'", "’"}:
        last -= 1
    for i in range(last - 2, first - 1, -1):
        word = tree.lower[i]
        if word in _TITLES or _PERSON in people.get(word.rstrip("."), ()):
            return i + 1, last
    while last - first > 1 and tree.lower[first] in _ARTICLES:
        first += 1
    return first, last


class Names:
    """Every name of an article, by its last word, in the order of the text."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.words = lexicon()
        self.by_token: dict[int, Named] = {}
        self.mentions: list[Mention] = []
        self._full: dict[str, list[tuple[int, Named]]] = {}
        found = self._find()
        for tokens, sort in found:
            if sort == _PERSON and tokens[1] - tokens[0] > 1:
                self._introduce(tokens)
        groups: dict[str, Named] = {}
        for tokens, sort in found:
            named = self._named(tokens, sort, groups)
            self._note(tokens, named)
        self._tokens = [mention.token for mention in self.mentions]

    def _find(self) -> list[tuple[Range, str]]:
        """Return the ranges of all names, each with what it names."""
        tree = self.tree
        found: list[tuple[Range, str]] = []
        i = 0
        while i < tree.size:
            sort = _LABELS.get(tree.entities[i])
            last = i + 1
            if sort is not None:
                while last < tree.size and tree.entity_ids[last] == tree.entity_ids[i]:
                    last += 1
                found.append((_after_role(tree, i, last), sort))
            i = last
        return found

    def _key(self, tokens: Range) -> str:
        return self.tree.lower[tokens[1] - 1]

    def _introduce(self, tokens: Range) -> None:
        name = self.tree.words_of(tokens)
        known = self._full.setdefault(self._key(tokens), [])
        if len(known) < 50 and all(named.name != name for _, named in known):
            known.append((tokens[0], Named(name, _PERSON)))

    def _named(self, tokens: Range, sort: str, groups: dict[str, Named]) -> Named:
        name = self.tree.words_of(tokens)
        person = self._person(tokens) if sort == _PERSON or name.lower() in self._full else None
        return person or groups.setdefault(name, Named(name, sort))

    def _person(self, tokens: Range) -> Named | None:
        """Return the person with this surname: the same name, the longest, the last before."""
        known = self._full.get(self._key(tokens), [])
        name = self.tree.words_of(tokens)
        if tokens[1] - tokens[0] > 1:
            longer = [n for _, n in known if _is_short_for(name, n.name)]
            return max(longer, key=lambda n: len(n.name), default=None)
        title = self._title_pronoun(tokens)
        fitting = [(at, n) for at, n in known if title is None or n.pronoun in {None, title}]
        before = [n for at, n in fitting if at < tokens[0]]
        return before[-1] if before else (fitting[0][1] if fitting else None)

    def _title_pronoun(self, tokens: Range) -> str | None:
        return self.words.genders.get(self.tree.lower[tokens[0] - 1]) if tokens[0] else None

    def _note(self, tokens: Range, named: Named) -> None:
        tree = self.tree
        head = tokens[1] - 1
        for i in range(*tokens):
            self.by_token[i] = named
            if tree.heads[i] not in range(*tokens):
                head = i
        self.mentions.append(Mention(tokens[0], named, tree.deps[head].startswith("nsubj")))
        if named.sort != _PERSON:
            return
        named.role = named.role or self._role(tokens, head)
        named.pronoun = named.pronoun or self._pronoun(tokens, named)

    def _pronoun(self, tokens: Range, named: Named) -> str | None:
        genders = self.words.genders
        hints = [self.tree.lower[tokens[0] - 1]] if tokens[0] else []
        hints += [named.name.split()[0].lower(), *(named.role or "").lower().split()[-1:]]
        return next((genders[hint] for hint in hints if hint in genders), None)

    def _role(self, tokens: Range, head: int) -> str | None:
        """Return what the words before a name, or the apposition after it, say that one is."""
        tree = self.tree
        before = self._words_before(tokens, head)
        if any(_PERSON in self.words.sources.get(tree.lower[i], ()) for i in before):
            return tree.words_of((before[0], tokens[0]))
        after = tree.child(head, "appos")
        if after is None or after < tokens[1] or tree.pos[after] == "PROPN":
            return None
        role = without_article(tree.words_of((tree.left[after], tree.right[after])))
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

    def person(self, head: int) -> Named | None:
        """Return the person whose name ends in this word."""
        return self._person((head, head + 1))

    def before(self, token: int) -> int:
        """Return how many mentions stand before a token."""
        return bisect_left(self._tokens, token)


def _describes(tree: Tree, i: int) -> bool:
    """Return whether a word can stand in a role: no punctuation, space, number or title."""
    letters = tree.words[i].replace("-", "").replace(".", "").replace("’", "").replace("'", "")
    return letters.isalpha() and tree.lower[i] not in _TITLES


def _is_short_for(short: str, name: str) -> bool:
    """Return whether every word of a short form stands in a longer name."""
    return set(short.split()) <= set(name.split())
