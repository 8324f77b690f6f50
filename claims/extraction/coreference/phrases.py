"""Noun phrases: how they are printed without what only hangs on them, and what is definite."""

from __future__ import annotations

from claims.extraction.tree import Range, Tree

_LONGEST = 16
_AFTER = frozenset({"prep"})
#: What makes a noun one of several: it is not known by its word alone.
_TELLS_APART = ("prep", "acl", "relcl", "poss", "nummod", "appos", "ccomp")


def is_bare(tree: Tree, head: int, determiners: frozenset[str], *, alone: bool = False) -> bool:
    """Return whether a noun has one of these determiners and nothing that tells it apart."""
    determiner = tree.child(head, "det")
    if determiner is None or tree.lower[determiner] not in determiners:
        return False
    if tree.child(head, *_TELLS_APART) is not None:
        return False
    return not alone or tree.child(head, "amod", "compound", "nmod") is None


def printed(tree: Tree, head: int) -> Range:
    """Return a noun with what stands before it in its phrase."""
    first = head
    while first > tree.left[head] and head - first < _LONGEST:
        word = first - 1
        if tree.is_space[word] or tree.words[word] in {",", ";", ":", "(", '"', "“", "”"}:
            break
        first -= 1
    return first, head + 1


def described(tree: Tree, head: int) -> str:
    """Return a noun phrase as printed, as far as its last preposition reaches in one line."""
    first, last = printed(tree, head)
    for child in tree.children[head]:
        if child != last or tree.deps[child] not in _AFTER:
            continue
        end = tree.right[child]
        if end - first > _LONGEST or any(
            tree.words[k] in {",", "—", "("} for k in range(last, end)
        ):
            break
        last = end
    return " ".join(tree.words_of((first, last)).split())


def with_joined(tree: Tree, head: int) -> Range:
    """Return a noun with what stands before it and the nouns that are joined to it."""
    first, last = printed(tree, head)
    following = tree.child(head, "conj")
    while following is not None and following - first < _LONGEST:
        last = following + 1
        following = tree.child(following, "conj")
    return first, last
