"""
Who a source is: its name as the article prints it at its longest, its role.

The rules, in order, each explainable to a reader:

1. A name is the longest form of that name in the article.
2. "who", "which" and "that" are the noun that they stand for.
3. "he" and "she" are the last person before them that fits, a subject before others; "it" and
   "they" the last body, or for "they" the last plural source.
4. "the minister" is the last person with that role, else the last without a known role; "the
   company" is the last body named.
5. Anyone else is kept as described ("a senior official"): nobody is guessed.
"""

from __future__ import annotations

from claims.extraction.records import Claimant

from .lexicon import lexicon
from .names import Mention, Named, Names, name_range, without_article
from .sources import Source
from .speech import Speech
from .tree import Tree

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SINGULAR = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
_BODY = frozenset({"it", "its", "they", "their", "them"})
#: A pronoun does not reach farther back than this many mentions.
_MEMORY = 25
_LONGEST_NAME = 160
_UNNAMED = frozenset({"source", "sources", "some", "many", "others", "people", "one"})
_PLACES = frozenset({"country", "nation", "state", "city", "town"})


class Claimants:
    """Resolves the sources of one article, in the order of the text."""

    def __init__(self, tree: Tree, speech: Speech) -> None:
        self.tree = tree
        self.speech = speech
        self.words = lexicon()
        self.names = Names(tree)
        self._last_described: Claimant | None = None

    def claimant(self, source: Source) -> Claimant:
        """Return who a source is."""
        tree = self.tree
        head = source.head
        word = tree.lower[head]
        if word in _RELATIVE and tree.pos[head] in {"PRON", "DET", "SCONJ"}:
            head = self._antecedent(head)
            word = tree.lower[head]
        if word in _SINGULAR:
            return self._pronoun(head, _SINGULAR[word]) or Claimant(tree.words[head])
        if word in _BODY:
            return self._body(head) or Claimant(tree.words[head])
        found = self._named(head, source) or self._role_noun(head)
        return found or self._described(head, source)

    def _antecedent(self, head: int) -> int:
        """Return the noun that a relative pronoun stands for."""
        tree = self.tree
        verb = head
        for _ in range(4):
            verb = tree.heads[verb]
            if tree.deps[verb] == "relcl":
                return tree.heads[verb]
        return head

    def _named(self, head: int, source: Source) -> Claimant | None:
        tree = self.tree
        if tree.child(head, "conj") is not None and source.head == head:
            return Claimant(self._printed(source))
        named = self.names.by_token.get(head)
        if named is None and tree.pos[head] == "PROPN":
            words = tree.words_of(name_range(tree, head))
            person = self.names.person(head)
            named = person or Named(words, "group")
        if named is None or (tree.pos[head] == "NOUN" and named.sort == "person"):
            return None
        return _as_claimant(named)

    def _pronoun(self, head: int, pronoun: str) -> Claimant | None:
        """Return the last person that a pronoun fits, a subject before any other."""
        fitting = [
            mention
            for mention in self._recent(head)
            if mention.named.sort == "person" and mention.named.pronoun in {None, pronoun}
        ]
        outside = [m for m in fitting if not self.speech.inside[m.token]] or fitting
        chosen = next((m for m in outside if m.is_subject), outside[0] if outside else None)
        return _as_claimant(chosen.named) if chosen else None

    def _body(self, head: int) -> Claimant | None:
        recent = [m for m in self._recent(head) if m.named.sort == "group"]
        chosen = next((m for m in recent if m.is_subject), recent[0] if recent else None)
        return _as_claimant(chosen.named) if chosen else None

    def _recent(self, head: int) -> list[Mention]:
        """Return the mentions before a token, the last one first."""
        until = self.names.before(head)
        return self.names.mentions[max(0, until - _MEMORY) : until][::-1]

    def _role_noun(self, head: int) -> Claimant | None:
        """Return whom a definite role noun stands for: "the minister", "the company"."""
        tree = self.tree
        determiner = tree.child(head, "det")
        if determiner is None or tree.lower[determiner] not in {"the", "this"}:
            return None
        if tree.tags[head] in {"NNS", "NNPS"} or tree.child(head, "prep", "acl", "relcl"):
            return None
        sorts = self.words.sources.get(tree.lemmas[head], ())
        if "person" in sorts:
            return self._with_role(head)
        if "group" in sorts and tree.child(head, "compound", "poss") is None:
            return self._body(head)
        return None

    def _with_role(self, head: int) -> Claimant | None:
        role = self.tree.lemmas[head]
        people = [m.named for m in self._recent(head) if m.named.sort == "person"]
        fitting = [p for p in people if p.role and role in p.role.lower().split()]
        unknown = [p for p in people if not p.role]
        chosen = next(iter(fitting or unknown), None)
        return _as_claimant(chosen) if chosen else None

    def _described(self, head: int, source: Source) -> Claimant:
        tree = self.tree
        sorts = self.words.sources.get(tree.lemmas[head], ())
        unnamed = "person" in sorts or tree.lower[head] in _UNNAMED
        return Claimant(self._printed(source), is_anonymous=unnamed)

    def _printed(self, source: Source) -> str:
        words = " ".join(self.tree.words_of(source.tokens).split())
        words = words.strip(' ,:;–—-"“”')[:_LONGEST_NAME]
        return without_article(words) if words[:4].lower() == "the " else words


def _as_claimant(named: Named) -> Claimant:
    return Claimant(named.name, named.role)
