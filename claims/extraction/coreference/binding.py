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

#: What no body, no country and nobody does.
DONE_BY_THINGS = frozenset(
    {
        "capsize",
        "contain",
        "cost",
        "derail",
        "erupt",
        "expire",
        "explode",
        "measure",
        "sink",
        "span",
        "weigh",
    }
)

#: Who is named as the object of these did what is named after "for" or "over". The model takes
#: "fined" for a form of "fin".
BLAMING = frozenset(
    {
        "accuse", "applaud", "attack", "ban", "blame", "censure", "commend", "condemn", "criticise",
        "criticize", "denounce", "expel", "fault", "fin", "fine", "honour", "investigate", "penalise", "penalize",
        "praise", "prosecute", "punish", "rebuke", "reprimand", "sanction", "slam", "sue", "suspend", "thank",
    }
)  # fmt: skip
#: The same of what stands after "on" or "against" behind these.
PENALTIES = frozenset(
    {
        "action", "ban", "boycott", "case", "charge", "complaint", "criticism", "duty", "embargo", "fine",
        "inquiry", "investigation", "lawsuit", "measure", "penalty", "probe", "proceeding", "restriction",
        "sanction", "suit", "tariff",
    }
)  # fmt: skip
_AGAINST = frozenset({"on", "against", "at", "into"})
#: Children of a word that are looked at: a list of any length may hang on one.
_MOST_LOOKED_AT = 12


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


def blamed_in(tree: Tree, i: int) -> int | None:
    """Return who did what a possessive belongs to, by the verb: `fined the bank for its role`."""
    mark = tree.heads[tree.heads[i]]
    if tree.deps[tree.heads[i]] != "pobj" or tree.lower[mark] not in ("over", "for"):
        return None
    act = mark
    for _ in range(_STEPS):
        if tree.heads[act] == act or tree.pos[act] == "VERB":
            break
        act = tree.heads[act]
        found = _blamed_by(tree, act)
        if found is not None:
            return found if found < i else None
    return None


def _blamed_by(tree: Tree, act: int) -> int | None:
    if tree.lemmas[act] in PENALTIES and tree.pos[act] == "NOUN":
        return _against(tree, act)
    if tree.pos[act] != "VERB":
        return None
    done_to = tree.child(act, "dobj")
    if tree.lemmas[act] in BLAMING:
        # "fined Alpha Bank 3 million euros": the amount is the object then.
        return tree.child(act, "dative") or done_to
    if done_to is None or tree.lemmas[done_to] not in PENALTIES:
        return None
    return _against(tree, done_to) or _against(tree, act)


def _against(tree: Tree, i: int) -> int | None:
    for child in tree.children[i][:_MOST_LOOKED_AT]:
        if tree.deps[child] == "prep" and tree.lower[child] in _AGAINST:
            return tree.child(child, "pobj")
    return None


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
