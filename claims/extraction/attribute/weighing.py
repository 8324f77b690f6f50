"""
Which candidates are attributions: a sum of weights over named features.

The weights are in `attribution_weights.toml`, fitted by `bench/fit_attribution.py`; a feature
that is not in the table weighs nothing. A positive sum is taken for an attribution.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from claims.extraction.tree import Tree

from .frames import Candidate
from .lexicon import lexicon
from .sources import Source
from .speech import Speech

_TABLE = Path(__file__).parent.parent / "attribution_weights.toml"
#: A statement, a comma and who told it leave little doubt, whatever the parser makes of them.
_TOLD_AFTER = 1.0
#: What hangs on a cue beyond its first children says nothing about it.
_FIRST_CHILDREN = 24
_PEOPLE = frozenset({"he", "she", "they", "i", "we", "you", "it", "who", "which", "that", "this"})
_NAMES = {"PERSON": "person", "ORG": "group", "GPE": "group", "NORP": "person"}
_OPENERS = frozenset(
    [
        "that",
        "to",
        "if",
        "whether",
        "how",
        "what",
        "why",
        "who",
        "when",
        "where",
        "which",
        "as",
        "for",
    ]
)


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature, read once."""
    if not _TABLE.exists():
        return {}
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in table["weights"].items()}


def sort_of(tree: Tree, source: Source | None) -> str:
    """Name what sort of source it is: a pronoun by itself, a person, a group, a document."""
    if source is None:
        return "none"
    head = source.head
    if tree.lower[head] in _PEOPLE:
        return tree.lower[head]
    if tree.entities[head] in _NAMES:
        return _NAMES[tree.entities[head]]
    found = lexicon().sources.get(tree.lemmas[head])
    if found:
        return found[0]
    return "name" if tree.pos[head] == "PROPN" else tree.pos[head].lower()


class Weigher:
    """Names the features of candidates and adds up their weights."""

    def __init__(
        self, tree: Tree, speech: Speech, table: Mapping[str, float] | None = None
    ) -> None:
        self.weights = weights() if table is None else table
        self.tree = tree
        self.speech = speech
        self.words = lexicon()

    def features(self, candidate: Candidate) -> Iterator[str]:
        """Yield the names of the features that a candidate has."""
        frame, part, cue = candidate.frame, candidate.part, candidate.cue
        tree = self.tree
        yield "bias"
        yield f"frame {frame}"
        yield from self._of_words(candidate)
        yield from self._of_cue(cue, frame)
        sort = sort_of(tree, candidate.source)
        yield f"source {sort}"
        yield f"source {sort} {frame}"
        for name in self._classes(candidate):
            yield f"source {sort} {part} of {name}"
        if candidate.source is not None:
            yield f"subject {candidate.source.how}"
            yield f"subject {candidate.source.how} {part}"
        yield from self._of_content(candidate)

    def _of_words(self, candidate: Candidate) -> Iterator[str]:
        tree, frame, part = self.tree, candidate.frame, candidate.part
        lemma = tree.lemmas[candidate.cue]
        classes = self._classes(candidate)
        for name in classes:
            yield f"{part} of {name}"
            yield f"{part} of {name} {frame}"
        if len(classes) == 1:
            yield f"{part} only of {classes[0]}"
        yield f"{part} {lemma}"
        yield f"{part} {lemma} {frame}"
        if candidate.second is not None and frame.endswith("prep"):
            preposition = tree.lower[candidate.second]
            fits = preposition in self.words.prepositions.get(lemma, ())
            yield f"preposition {preposition} {frame}"
            yield f"preposition {'fits' if fits else 'unknown'} {frame}"

    def _classes(self, candidate: Candidate) -> tuple[str, ...]:
        words = self.words
        table = {"verb": words.verbs, "noun": words.nouns, "adjective": words.adjectives}
        lemma = self.tree.lemmas[candidate.cue]
        return table.get(candidate.part, {}).get(lemma, ("unknown",))

    def _of_cue(self, cue: int, frame: str) -> Iterator[str]:
        tree = self.tree
        yield f"form {tree.tags[cue]}"
        yield f"form {tree.tags[cue]} {frame}"
        yield f"place {tree.deps[cue]}"
        yield f"place {tree.deps[cue]} {frame}"
        yield f"under {self._above(cue)}"
        if self.speech.inside[cue]:
            yield "cue in quote"
            yield f"cue in quote {frame}"
        elif cue in self.speech.by_cue:
            yield "cue has quote"
            yield f"cue has quote {frame}"
        if tree.paragraph[cue] == 0:
            yield "first paragraph"
        for child in tree.children[cue][:_FIRST_CHILDREN]:
            dep = tree.deps[child]
            if dep == "aux" and tree.tags[child] == "MD":
                yield f"modal {tree.lower[child]}"
            elif dep in {"neg", "ccomp", "dobj", "xcomp", "expl", "dative"}:
                yield f"beside {dep} {frame}"
            elif dep == "mark":
                yield f"mark {tree.lower[child]}"

    def _above(self, cue: int) -> str:
        """Name what a cue hangs on: the class of the verb above it, or its part of speech."""
        tree = self.tree
        head = tree.heads[cue]
        if head == cue:
            return "nothing"
        if tree.pos[head] == "VERB":
            return self.words.verbs.get(tree.lemmas[head], ("other verb",))[0]
        return tree.pos[head].lower()

    def _of_content(self, candidate: Candidate) -> Iterator[str]:
        tree, frame = self.tree, candidate.frame
        first, last = candidate.content[0]
        opener = tree.lower[first]
        if opener in _OPENERS:
            yield f"opens with {opener}"
        else:
            yield f"opens with {tree.pos[first]} {frame}"
        size = sum(b - a for a, b in candidate.content)
        bucket = next(limit for limit in (1, 2, 4, 8, 16, 32, 64, 10**9) if size <= limit)
        yield f"length {bucket}"
        yield f"length {bucket} {frame}"
        marked = self.speech.quoted_tokens((first, last))
        if marked and marked < last - first and not self.speech.inside[candidate.cue]:
            yield "content partly quoted"
            yield f"content partly quoted {frame}"
        yield f"pieces {min(len(candidate.content), 3)}"
        yield from self._of_topic(candidate)
        gap = first - candidate.cue
        if gap > 0:
            yield f"gap {min(gap, 6)} {frame}"

    def _of_topic(self, candidate: Candidate) -> Iterator[str]:
        """Yield what the first word that holds the content together is."""
        tree, frame = self.tree, candidate.frame
        first, last = candidate.content[0]
        head = next(
            (k for k in range(first, min(last, first + 12)) if not first <= tree.heads[k] < last),
            first,
        )
        if tree.entities[head]:
            yield f"topic named {tree.entities[head]}"
            yield f"topic named {tree.entities[head]} {frame}"
        elif tree.pos[head] == "NOUN":
            for name in self.words.nouns.get(tree.lemmas[head], ("thing",)):
                yield f"topic {name}"
                yield f"topic {name} {frame}"
            for name in self.words.sources.get(tree.lemmas[head], ()):
                yield f"topic {name}"
        else:
            yield f"topic {tree.tags[head]}"
            yield f"topic {tree.tags[head]} {frame}"

    def score(self, candidate: Candidate) -> float:
        """Add up the weights of a candidate's features, each counted once."""
        table = self.weights
        told = _TOLD_AFTER if candidate.is_joined else 0.0
        return told + sum(table.get(name, 0.0) for name in sorted(set(self.features(candidate))))
