"""Whoever puts a number on something states it: `Police put the number of dead at 23`. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from claims.extraction.tree import Tree

from .frames import Candidate
from .sources import subject

_SETTING = frozenset({"put", "estimate", "peg"})

#: Words from a thing to its number, at most.
_FARTHEST = 40


def settings(tree: Tree) -> Iterator[Candidate]:
    """Yield the statements in which somebody puts something at a number; all of it is claimed."""
    for i in range(tree.size):
        if tree.lemmas[i] not in _SETTING or tree.pos[i] != "VERB" or tree.child(i, "dobj") is None:
            continue
        at = next((c for c in tree.children[i] if c > i and tree.lower[c] == "at"), None)
        at = _at_below(tree, i) if at is None else at
        source = subject(tree, i)
        if at is None or source is None or source.how != "own" or not _counts(tree, at):
            continue
        content = (min(source.tokens[0], i), tree.right[i])
        while content[1] > i + 1 and tree.words[content[1] - 1] in {".", ";", "!"}:
            content = (content[0], content[1] - 1)
        yield Candidate(i, "setting", "verb", source, (content,), tree.lemmas[i])


def _at_below(tree: Tree, verb: int) -> int | None:
    """Return the "at" that the parser hung on the thing: `the number killed in Kampala at 23`."""
    thing = tree.child(verb, "dobj")
    if thing is None:
        return None
    last = min(tree.right[verb], thing + _FARTHEST) - 1
    return next((k for k in range(last, thing, -1) if tree.lower[k] == "at"), None)


def _counts(tree: Tree, at: int) -> bool:
    """Say whether a number follows within a few words."""
    near = range(at + 1, min(at + 5, tree.size))
    return any(tree.tags[k] == "CD" or tree.words[k][:1].isdigit() for k in near)
