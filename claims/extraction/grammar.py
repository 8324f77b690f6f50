"""Questions about a parsed stretch of text that the cutting of clauses asks again and again."""

from __future__ import annotations

from spacy.tokens import Doc, Token

#: Tags of the forms that have a tense.
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})

#: What hangs "It was" on the verb of `It was the cook who said`.
CLEFT = "dep"

#: How far up verbs that are joined to each other are followed.
_FARTHEST = 8

_COMPLEMENTS = frozenset(
    {
        "dobj",
        "attr",
        "acomp",
        "prep",
        "ccomp",
        "xcomp",
        "agent",
        "oprd",
        "npadvmod",
        "advmod",
        "dative",
    }
)
_EDGES = frozenset(
    {".", ",", ";", ":", "-", "–", "—", "--", "!", "?", '"', "“", "”", "‘", "'", "’", "(", "•", "*", "…"}
)  # fmt: skip


#: Letters that stand for a unit after a number, with the full stop that the tokenizer leaves.
_UNITS = frozenset({"m.", "h.", "k.", "b.", "t.", "g.", "s.", "p.", "c.", "f."})


def is_unit_with_stop(token: Token) -> bool:
    """Say whether a full stop was taken for part of a unit: `about £40m.`, `155 km/h.`"""
    if token.text not in _UNITS or token.i == 0:
        return False
    before = token.nbor(-1)
    return before.text == "/" or before.text[-1].isdigit()


def bare(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Return a token range without the marks around it, None where nothing is left."""
    while start < end and (doc[start].is_space or doc[start].text in _EDGES):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _EDGES):
        end -= 1
    if end > start and doc[end - 1].text == ")" and not any(t.text == "(" for t in doc[start:end]):
        return bare(doc, start, end - 1)
    return (start, end) if end > start else None


def head_of(doc: Doc, start: int, end: int) -> Token:
    """Return the token of a range that hangs on nothing inside it; a verb before a noun."""
    first: Token | None = None
    for token in doc[start:end]:
        above = token.head.i
        if above == token.i or not start <= above < end:
            if token.pos_ in ("VERB", "AUX"):
                return token
            first = first or token
    return first if first is not None else doc[start]


def has_tense(verb: Token) -> bool:
    """Say whether a verb has a tense of its own, or a helper that has one."""
    if verb.tag_ in FINITE:
        return True
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in FINITE for c in verb.children)


def has_own_subject(verb: Token) -> bool:
    """Say whether a verb has a subject of its own."""
    return any(c.dep_ in SUBJECTS or c.dep_ == "expl" for c in verb.children)


def has_subject(doc: Doc, start: int, end: int) -> bool:
    """Say whether a subject stands in a range."""
    return any(t.dep_ in SUBJECTS or t.dep_ == "expl" for t in doc[start:end])


def states(doc: Doc, start: int, end: int) -> bool:
    """Say whether a range has a verb with a tense that has a subject: it can be true alone."""
    return any(
        t.pos_ in ("VERB", "AUX") and has_tense(t) and has_own_subject(t) for t in doc[start:end]
    )


def is_complete(verb: Token, before: int) -> bool:
    """Say whether a verb says something without what follows a place."""
    return any(c.dep_ in _COMPLEMENTS and verb.i < c.i < before for c in verb.children)


def subject_range(doc: Doc, verb: Token) -> tuple[int, int] | None:
    """Return where a verb's subject stands."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return None
    tokens = [t.i for t in subject.subtree if t.i < verb.i]
    return bare(doc, tokens[0], tokens[-1] + 1) if tokens else None


def first_of(token: Token) -> int:
    """Return where what hangs on a token begins."""
    return int(token.left_edge.i)


def last_of(token: Token) -> int:
    """Return where what hangs on a token ends."""
    return int(token.right_edge.i)


def aims_of(verb: Token) -> list[Token]:
    """Return the verbs in `plans to buy`, `is expected to open`, `is due to close`."""
    above = [verb, *(c for c in verb.children if c.dep_ == "acomp")]
    return [
        c
        for top in above
        for c in top.children
        if c.dep_ == "xcomp" and c.i > verb.i and c.tag_ == "VB" and is_to(c)
    ]


def is_to(verb: Token) -> bool:
    """Say whether a verb has `to` before it."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def governor_of(verb: Token) -> Token | None:
    """Return the verb whose second aim a verb is: "is expected" for `..., and be completed`."""
    first = verb
    for _ in range(_FARTHEST):
        if first.dep_ != "conj":
            break
        first = first.head
    if first.i == verb.i or first.dep_ != "xcomp" or first.tag_ != "VB" or has_own_subject(verb):
        return None
    if verb.tag_ in FINITE or (verb.tag_ == "VBN" and has_tense(verb)):
        return None
    above = first.head
    above = above.head if above.dep_ == "acomp" else above
    return above if above.pos_ in ("VERB", "AUX") and above.i < first.i else None
