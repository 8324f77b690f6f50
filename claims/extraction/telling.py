"""
Who said what where, given back to sentences that the model parses wrongly in news. Pure.

What follows "said in a statement that" is what was said, and hangs on the verb; so does what stands
before "the coast guard said". Who did it in "It was the cook who did it" is the cook.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.grammar import CLEFT, FINITE, SUBJECTS

_SAYING = frozenset(
    {
        "add",
        "admit",
        "announce",
        "argue",
        "claim",
        "confirm",
        "declare",
        "disclose",
        "insist",
        "report",
        "reveal",
        "say",
        "state",
        "tell",
        "warn",
        "write",
    }
)
#: In or at what something is said.
_PLACES = frozenset(
    {
        "blog",
        "briefing",
        "broadcast",
        "call",
        "circular",
        "conference",
        "email",
        "e-mail",
        "filing",
        "hearing",
        "interview",
        "letter",
        "meeting",
        "memo",
        "message",
        "note",
        "post",
        "release",
        "speech",
        "statement",
        "tweet",
        "video",
    }
)
_WHO = frozenset({"who", "that", "which"})
_STEPS = 6
#: Words from the verb to that place, at most.
_NEAR = 8


@Language.component("dateline_telling")
def retold(doc: Doc) -> Doc:
    """Hang what was said, and whoever said it, on the verb of saying."""
    for sentence in doc.sents:
        _uncleave(sentence)
        _take_source(sentence.root)
        if sentence.root.lemma_ in _SAYING:
            _give_subject(sentence.root)
    for token in doc:
        if token.lower_ == "that" and token.i:
            _give_clause(token.nbor(-1))
            _tell_verb(token)
    return doc


def _uncleave(sentence: Words) -> None:
    """Give `It was the cook, not the captain, who said` its verb, and the cook for its subject."""
    be = sentence.root
    it = next((c for c in be.lefts if c.lower_ == "it" and c.dep_ == "nsubj"), None)
    who = next((t for t in sentence[2:] if t.lower_ in _WHO and t.dep_ == "nsubj"), None)
    whoever = next((c for c in be.rights if c.dep_ == "attr"), None)
    if be.lemma_ != "be" or it is None or who is None or whoever is None:
        return
    verb = who.head
    is_negated = any(c.dep_ == "neg" and c.i < whoever.left_edge.i for c in be.children)
    is_named = who.lower_ == "who" or whoever.pos_ == "PROPN"
    if (
        verb.dep_ not in ("relcl", "ccomp")
        or not be.i < whoever.i < who.i < verb.i
        or is_negated
        or not is_named
    ):
        return
    rest = [c for c in be.children if c.i not in (it.i, whoever.i, verb.i)]
    verb.head, verb.dep_ = verb, "ROOT"
    whoever.head, whoever.dep_ = verb, "nsubj"
    who.dep_ = "mark"
    for word in (it, be):
        word.head, word.dep_ = verb, CLEFT
    for word in rest:
        word.head = whoever if word.i < who.i else verb
        word.dep_ = CLEFT if word.dep_ == "attr" else word.dep_
    # "Not the captain" is nobody's other name.
    for word in [c for c in whoever.rights if c.dep_ == "appos"]:
        if any(t.lower_ == "not" for t in word.doc[whoever.i + 1 : word.i]):
            word.dep_ = CLEFT


def _take_source(verb: Token) -> None:
    """Give a verb its subject in `According to Finans Norge, losses come to 3 billion`."""
    if verb.pos_ not in ("VERB", "AUX") or any(c.dep_ in SUBJECTS for c in verb.children):
        return
    by = next((c for c in verb.lefts if c.lower_ == "according"), None)
    to = next((c for c in by.children if c.dep_ == "prep"), None) if by is not None else None
    source = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    noun = (
        next((c for c in source.rights if c.dep_ == "appos"), None) if source is not None else None
    )
    if noun is not None and noun.left_edge.i and noun.left_edge.nbor(-1).text == ",":
        noun.head, noun.dep_ = verb, "nsubj"


def _tell_verb(that: Token) -> None:
    """Hang on the verb what was hung on the place: `said in a statement that it would close`."""
    clause = next((a for a in _above(that) if a.dep_ in ("acl", "relcl", "ccomp")), None)
    told = that.nbor(-1)
    if clause is not None and told.dep_ == "dobj" and told.head.lemma_ == "tell":
        # "Told the shareholders' meeting that the plant would close".
        if clause.head.i == told.i and any(c.dep_ in SUBJECTS for c in clause.children):
            clause.head, clause.dep_ = told.head, "ccomp"
        return
    noun = next((a for a in _above(that.nbor(-1)) if a.dep_ == "pobj" and a.i < that.i), None)
    if clause is None or noun is None:
        return
    place = clause.head
    if place.lemma_.lower() not in _PLACES or place.i > that.i or place.dep_ != "pobj":
        return
    verb = place.head.head
    if place.head.dep_ != "prep" or verb.lemma_ not in _SAYING or place.i - verb.i > _NEAR:
        return
    if any(c.dep_ in SUBJECTS for c in clause.children):
        clause.head, clause.dep_ = verb, "ccomp"


def _give_clause(verb: Token) -> None:
    """Make a clause of `after the society, a lawyers' group, argued that it was`."""
    if verb.lemma_ not in _SAYING or verb.i < 3 or verb.nbor(-1).text != "," or verb.dep_ == "ROOT":
        return
    noun = next((a for a in _above(verb.nbor(-2)) if a.dep_ == "pobj"), None)
    if noun is None or noun.head.lower_ not in ("after", "before") or noun.head.head.i >= noun.i:
        return
    if noun.right_edge.i not in (verb.i - 1, verb.i - 2) or noun.head.head.pos_ != "VERB":
        return
    if any(c.dep_ in SUBJECTS for c in verb.children):
        return
    mark, above = noun.head, noun.head.head
    noun.head, noun.dep_ = verb, "nsubj"
    verb.head, verb.dep_ = above, "advcl"
    mark.head, mark.dep_ = verb, "mark"


def _above(token: Token) -> list[Token]:
    """Return a word and the next few that it hangs on."""
    found = [token]
    while len(found) < _STEPS and found[-1].head.i != found[-1].i:
        found.append(found[-1].head)
    return found


def _give_subject(verb: Token) -> None:
    """Give a verb of saying whoever stands right before it: `..., news agency IRNA reported`."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
    if len(subjects) > 1 and subjects[-1].i - subjects[-2].i == 1:
        subjects[-2].head, subjects[-2].dep_ = subjects[-1], "compound"
    elif len(subjects) > 1:
        _give_told(verb, subjects[0])
    elif not subjects and verb.i > 1 and verb.nbor(-1).text == ",":
        _take_apposition(verb)


def _give_told(verb: Token, noun: Token) -> None:
    """Give a verb of saying what was told: `The ferry Santa Rita sank, the coast guard said`."""
    told = next((c for c in noun.rights if c.dep_ == "relcl" and c.tag_ in FINITE), None)
    name = next((c for c in told.lefts if c.dep_ == "nsubj"), None) if told is not None else None
    if told is None or name is None or name.left_edge.i != noun.i + 1 or name.pos_ != "PROPN":
        return
    told.head, told.dep_ = verb, "ccomp"
    noun.head, noun.dep_ = name, "compound"


def _take_apposition(verb: Token) -> None:
    """Take the phrase before `said` for its subject: `10 homes, the office, known as B, said`."""
    noun = next((a for a in _above(verb.nbor(-2)) if a.dep_ == "appos"), None)
    if noun is None or noun.left_edge.i < 1 or noun.left_edge.nbor(-1).text != ",":
        return
    if noun.right_edge.i >= verb.i - 2 and not noun.like_num:
        noun.head, noun.dep_ = verb, "nsubj"
