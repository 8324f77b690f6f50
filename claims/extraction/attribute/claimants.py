"""
Who a source is: its name as the article prints it at its longest, its role.

Names, pronouns and role nouns are resolved by the cast of the article (`coreference/cast.py`);
"who", "which" and "that" are the noun that they stand for; anyone else is kept as described ("a
senior official"): nobody is guessed.
"""

from __future__ import annotations

import re

from claims.extraction.coreference.cast import Cast
from claims.extraction.coreference.mentions import Named, Sort
from claims.extraction.coreference.names import name_range, without_article
from claims.extraction.records import Claimant
from claims.extraction.tree import Tree

from .lexicon import lexicon
from .sources import Source

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_LONGEST_NAME = 160
#: What a comma sets off after whoever is described: "an official, speaking on condition of ...".
_ASIDE = re.compile(
    r", (?:(?:and |but )?not|who|whom|whose|which|where|when|[a-z]\w*ing|[a-z]\w*ed|known|seen|held|led|built)\b.*$",
    re.S,
)
_UNNAMED = frozenset({"source", "sources", "some", "many", "others", "people", "one"})


class Claimants:
    """Says who the sources of one article are."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        self.tree = tree
        self.words = lexicon()
        self.cast = cast
        self._known: dict[int, Claimant] = {}

    def claimant(self, source: Source) -> Claimant:
        """Return who a source is."""
        tree = self.tree
        head = source.head
        if tree.lower[head] in _RELATIVE and tree.pos[head] in {"PRON", "DET", "SCONJ"}:
            head = self._antecedent(head)
            if head != source.head:
                source = Source(head, (min(tree.left[head], head), head + 1), "own")
        head = self._role_behind(head, source)
        if tree.child(head, "conj") is not None and source.head == head:
            return Claimant(self._printed(source))
        named = self.cast.by_token.get(head) or self._name_like(head)
        if named is not None and not named.is_described:
            return Claimant(named.name, named.role)
        called = self._called(head) or self._described(head, source)
        # Whoever is spoken of again is called as when described first.
        return called if named is None else self._known.setdefault(id(named), called)

    def _antecedent(self, head: int) -> int:
        """Return the noun that a relative pronoun stands for."""
        tree = self.tree
        verb = head
        for _ in range(4):
            verb = tree.heads[verb]
            if tree.deps[verb] == "relcl":
                return tree.heads[verb]
        return head

    def _role_behind(self, head: int, source: Source) -> int:
        """Return the role that a body's name stands before: `a Department of Health spokesman`."""
        tree = self.tree
        last = source.tokens[1] - 1
        if last <= head or tree.pos[last] != "NOUN" or tree.pos[head] != "PROPN":
            return head
        is_plain = not any(tree.words[k] == "," for k in range(head, last))
        return (
            last if is_plain and "person" in self.words.sources.get(tree.lemmas[last], ()) else head
        )

    def _name_like(self, head: int) -> Named | None:
        """Return the name that the parser did not tell as one."""
        tree = self.tree
        if tree.pos[head] != "PROPN":
            return None
        person = self.cast.names.person(head)
        return person or Named(tree.words_of(name_range(tree, head)), Sort.BODY)

    def _called(self, head: int) -> Claimant | None:
        """Return the name that follows a description: `The ferry's operator, Adriamed Lines,`."""
        tree = self.tree
        beside = tree.child(head, "appos")
        if (
            beside is None
            or tree.pos[beside] != "PROPN"
            or tree.words[tree.left[beside] - 1] != ","
        ):
            return None
        named = self.cast.by_token.get(beside) or self._name_like(beside)
        if named is None or named.is_described:
            return None
        role = without_article(" ".join(tree.words_of((tree.left[head], head + 1)).split()))
        return Claimant(named.name, named.role or role)

    def _described(self, head: int, source: Source) -> Claimant:
        tree = self.tree
        sorts = self.words.sources.get(tree.lemmas[head], ())
        unnamed = "person" in sorts or tree.lower[head] in _UNNAMED
        return Claimant(self._printed(source), is_anonymous=unnamed)

    def _printed(self, source: Source) -> str:
        words = " ".join(self.tree.words_of(source.tokens).split())
        words = _ASIDE.sub("", words).strip(' ,:;–—-"“”')[:_LONGEST_NAME]
        return without_article(words) if words[:4].lower() == "the " else words
