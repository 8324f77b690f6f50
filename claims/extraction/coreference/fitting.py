"""
Which of the mentions before it a pronoun or a noun stands for.

A mention counts for more the nearer its sentence is, and as a subject. Where two things fit
equally well, nothing is returned: a reader could not tell either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from claims.extraction.tree import Tree

from .mentions import Mention, Named

#: A pronoun does not reach farther back than this many sentences.
FARTHEST = 8
#: Two that are nearer to each other than this fit equally well.
_EQUAL = 0.3
_MAIN_SUBJECT, _SUBJECT, _OTHER, _OWNER = 1.5, 1.0, 0.25, -0.5
_OWNER_OF_SUBJECT = 0.75
_KNOWN_GENDER = 0.5
_ACROSS_MARKS = -3.0
_STEPS = 8


def weight(tree: Tree, head: int) -> tuple[float, int | None]:
    """Return how much in the foreground a noun stands, and the verb that it is the subject of."""
    for _ in range(_STEPS):
        # "The contractor, Daniel Ruiz, pleaded": the name is the subject as well.
        if tree.deps[head] not in ("conj", "appos") or tree.heads[head] == head:
            break
        head = tree.heads[head]
    dep, verb = tree.deps[head], tree.heads[head]
    if dep in {"nsubj", "nsubjpass"}:
        is_main = tree.heads[verb] == verb or tree.deps[verb] == "ROOT"
        return (_MAIN_SUBJECT if is_main else _SUBJECT), verb
    if dep == "poss" and tree.deps[verb] in {"nsubj", "nsubjpass"}:
        return _OWNER_OF_SUBJECT, None
    if dep in {"poss", "compound", "nmod", "amod"}:
        return _OWNER, None
    # "according to Borg": whoever is cited is in the foreground too.
    if dep == "pobj" and tree.lower[tree.heads[verb]] == "according":
        return _MAIN_SUBJECT, None
    return _OTHER, None


def best(
    tree: Tree,
    token: int,
    mentions: Iterable[Mention],
    fits: Callable[[Named], bool],
    pronoun: str | None = None,
) -> Named | None:
    """Return what fits best of the mentions before a token, None where two fit alike."""
    scores: dict[int, tuple[float, Named]] = {}
    known = list(mentions)
    beside = {id(m.named) for m in known if _is_beside(tree, token, m)}
    for mention in known:
        distance = tree.sentence[token] - mention.sentence
        if distance > FARTHEST or not fits(mention.named) or id(mention.named) in beside:
            continue
        score = mention.weight - distance
        if pronoun is not None and mention.named.pronoun == pronoun:
            score += _KNOWN_GENDER
        if mention.is_quoted != tree.inside[token]:
            score += _ACROSS_MARKS
        held = scores.get(id(mention.named))
        if held is None or score > held[0]:
            scores[id(mention.named)] = (score, mention.named)
    ranked = sorted(scores.values(), key=lambda s: -s[0])
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _EQUAL:
        return None
    return ranked[0][1] if ranked else None


def _is_beside(tree: Tree, token: int, mention: Mention) -> bool:
    """Return whether a mention is the subject of the verb whose object a pronoun is."""
    if tree.tags[token] == "PRP$" or mention.subject_of is None:
        return False
    head = tree.heads[token]
    if tree.deps[token] == "pobj":
        head = tree.heads[head]
    elif tree.deps[token] not in {"dobj", "dative"}:
        return False
    for _ in range(_STEPS):
        if head == mention.subject_of or tree.deps[head] != "conj":
            break
        head = tree.heads[head]
    return head == mention.subject_of
