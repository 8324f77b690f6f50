"""
Whose words: the noun phrase that is the subject of a cue.

A verb's own subject comes first; a verb without one borrows the subject of the verb that it is
joined to, or the noun that it modifies ("a letter urging them to go").
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.extraction.tree import Range, Tree

#: No verb borrows its subject over more steps: longer chains are the parser's mistakes.
_FARTHEST = 6
#: Verbs of one who passes on what another said.
QUOTING = frozenset({"quote", "cite"})
_SUBJECTS = ("nsubj", "nsubjpass")
_BORROWING = frozenset({"conj", "xcomp", "advcl", "pcomp", "ccomp", "dep", "parataxis", "prep"})


@dataclass(frozen=True, slots=True)
class Source:
    """The head word of a source, the range of its phrase, and how it was found."""

    head: int
    tokens: Range
    how: str


def phrase(tree: Tree, head: int, *, outside: int) -> Range:
    """Return a noun phrase around its head that does not reach over another word."""
    first, last = tree.extent(head)
    if head < outside < last:
        last = outside
    elif first <= outside < head:
        first = outside + 1
    bounds = tree.paragraph_ranges[tree.paragraph[head]]
    first, last = max(first, bounds[0]), min(last, bounds[1])
    while last - 1 > head and tree.words[last - 1] in {",", "-", "—", "–", '"', "”"}:
        last -= 1
    return first, last


def is_passive(tree: Tree, verb: int) -> bool:
    """Return whether a verb is passive."""
    return tree.child(verb, "nsubjpass", "auxpass", "agent") is not None


def agent(tree: Tree, verb: int) -> Source | None:
    """Return the one by whom something is said."""
    by = tree.child(verb, "agent")
    if by is None:
        by = next((c for c in tree.children[verb] if c > verb and tree.lower[c] == "by"), None)
    head = None if by is None else tree.child(by, "pobj")
    if head is None:
        return None
    return Source(head, phrase(tree, head, outside=verb), "agent")


def subject(tree: Tree, verb: int) -> Source | None:
    """Return the source that a verb has or borrows."""
    if is_passive(tree, verb):
        return agent(tree, verb)
    quoted = _quoted(tree, verb)
    if quoted is not None:
        return Source(quoted, phrase(tree, quoted, outside=verb), "own")
    current, how = verb, "own"
    for _ in range(_FARTHEST):
        head = tree.child(current, *_SUBJECTS)
        if head is not None:
            if tree.deps[head] == "nsubjpass" and current == verb:
                return None
            return Source(head, phrase(tree, head, outside=current), how)
        if tree.deps[current] in {"acl", "relcl"}:
            head = tree.heads[current]
            if tree.tags[current] == "VBN" and current == verb:
                return agent(tree, verb)
            return Source(head, _noun_before(tree, head, current), "noun")
        if tree.deps[current] not in _BORROWING or tree.heads[current] == current:
            return None
        how = "joined" if tree.deps[current] == "conj" and how != "borrowed" else "borrowed"
        current = tree.heads[current]
    return None


def _quoted(tree: Tree, verb: int) -> int | None:
    """Return who says in "quoted the minister as saying"."""
    by = tree.heads[verb]
    if tree.deps[verb] != "pcomp" or tree.lower[by] != "as":
        return None
    quoting = tree.heads[by]
    return tree.child(quoting, "dobj", "nsubjpass") if tree.lemmas[quoting] in QUOTING else None


def _noun_before(tree: Tree, head: int, modifier: int) -> Range:
    """Return a noun phrase up to the clause that modifies it."""
    first, last = tree.extent(head)
    if modifier > head:
        last = min(last, tree.left[modifier])
    return min(first, head), max(last, head + 1)
