"""
Which noun of its own sentence a pronoun is bound to, whatever else stands near.

`The bank said it would close` is about the bank, and `The krona lost a third of its value` about
the krona, even where the noun is none that is known; and whoever only says what is printed before
(`..., the survey said`) is not what the next sentence is about.
"""

from __future__ import annotations

from claims.extraction.tree import Tree

_SUBJECTS = ("nsubj", "nsubjpass")
_STEPS = 8

#: Only one who has a mind or a vote is the subject of these; `people.toml` has those for speech.
ACTING = frozenset(
    {
        "accept", "agree", "aim", "apologise", "apologize", "appeal", "appoint", "approve", "condemn",
        "consider", "criticise", "criticize", "decide", "decline", "demand", "employ", "estimate", "expect",
        "fear", "forecast", "hire", "hope", "insist", "intend", "know", "plan", "praise", "predict",
        "prefer", "propose", "refuse", "reject", "sack", "seek", "sue", "vote", "want", "welcome",
    }
)  # fmt: skip
#: What is done to bodies and countries, of which "it" as an object may speak.
DONE_TO_BODIES = frozenset(
    {
        "accuse", "acquire", "advise", "allow", "ask", "blame", "buy", "condemn", "criticise", "criticize",
        "fine", "found", "head", "help", "invade", "join", "lead", "leave", "oblige", "order", "own",
        "press", "ratify", "regulate", "run", "sell", "sue", "take", "tell", "urge", "warn",
    }
)  # fmt: skip


def teller_of(tree: Tree, i: int, speaking: frozenset[str]) -> int | None:
    """Return the one who says what the clause says whose subject a word is."""
    verb = tree.heads[i]
    if tree.deps[i] not in _SUBJECTS or tree.deps[verb] != "ccomp":
        return None
    cue = tree.heads[verb]
    if tree.lemmas[cue] not in speaking | ACTING or cue > i:
        return None
    return tree.child(cue, *_SUBJECTS)


def owner_of(tree: Tree, i: int) -> int | None:
    """Return the subject of the verb in whose clause a possessive stands, behind that subject."""
    verb = i
    for _ in range(_STEPS):
        if tree.heads[verb] == verb:
            break
        verb = tree.heads[verb]
        if tree.pos[verb] in ("VERB", "AUX") and tree.deps[verb] not in ("xcomp", "conj"):
            break
    subject = tree.child(verb, *_SUBJECTS)
    return subject if subject is not None and subject < i else None


def is_source(tree: Tree, i: int, speaking: frozenset[str]) -> bool:
    """Say whether a noun only says what stands before it: `..., the survey said`."""
    i = tree.heads[i] if tree.deps[i] == "appos" else i
    verb = tree.heads[i]
    if tree.deps[i] not in _SUBJECTS or tree.lemmas[verb] not in speaking | {
        "report",
        "show",
        "find",
    }:
        return False
    if tree.deps[verb] == "parataxis":
        return True
    told = tree.child(verb, "ccomp")
    return told is not None and told < i


def object_of(tree: Tree, i: int) -> int | None:
    """Return the verb or noun whose object a word is, through its preposition."""
    head = tree.heads[i]
    if tree.deps[i] == "pobj":
        return tree.heads[head]
    return head if tree.deps[i] in ("dobj", "dative") else None
