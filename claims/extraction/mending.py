"""
What the model often parses wrongly in news, mended: lost verbs, and who said what where. Pure.

A noun with a participle after it is a phrase only where no full stop ends it: a sentence that is
printed as one, without any verb that has a tense, has that participle for its verb: "The painting
sold for $18 million." What follows "said in a statement that" is what was said, and hangs on the verb.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.grammar import FINITE, SUBJECTS

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
_STEPS = 6
#: Words from the verb to that place, at most.
_NEAR = 8


@Language.component("dateline_verbs")
def mended(doc: Doc) -> Doc:
    """Give back their verb to sentences that were read as a noun with a participle."""
    for sentence in doc.sents:
        verb = _lost_verb(sentence)
        if verb is not None:
            _raise(sentence.root, verb)
    return doc


@Language.component("dateline_telling")
def retold(doc: Doc) -> Doc:
    """Hang what was said, and whoever said it, on the verb of saying."""
    for sentence in doc.sents:
        if sentence.root.lemma_ in _SAYING:
            _give_subject(sentence.root)
    for token in doc:
        if token.lower_ == "that" and token.i:
            _give_clause(token.nbor(-1))
            _tell_verb(token)
    return doc


def _tell_verb(that: Token) -> None:
    """Hang on the verb what was hung on the place: `said in a statement that it would close`."""
    clause = next((a for a in _above(that) if a.dep_ in ("acl", "relcl", "ccomp")), None)
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
    elif not subjects and verb.i > 1 and verb.nbor(-1).text == ",":
        _take_apposition(verb)


def _take_apposition(verb: Token) -> None:
    """Take the phrase before `said` for its subject: `10 homes, the office, known as B, said`."""
    noun = next((a for a in _above(verb.nbor(-2)) if a.dep_ == "appos"), None)
    if noun is None or noun.left_edge.i < 1 or noun.left_edge.nbor(-1).text != ",":
        return
    if noun.right_edge.i >= verb.i - 2 and not noun.like_num:
        noun.head, noun.dep_ = verb, "nsubj"


def _lost_verb(sentence: Words) -> Token | None:
    """Return the participle that must be the sentence's verb, None if it has another one."""
    top = sentence.root
    if sentence[-1].text != "." or not top.tag_.startswith("NN"):
        return None
    if any(token.tag_ in FINITE for token in sentence):
        return None
    for verb in top.rights:
        if verb.dep_ == "acl" and verb.tag_ == "VBN" and _does_something(verb):
            return verb
    return None


def _does_something(verb: Token) -> bool:
    """Say whether a participle has an object, or a price, and nobody by whom it was done."""
    kinds = {child.dep_ for child in verb.children}
    has_price = any(t.tag_ == "$" for c in verb.rights if c.dep_ == "prep" for t in c.subtree)
    return "agent" not in kinds and ("dobj" in kinds or has_price)


def _raise(noun: Token, verb: Token) -> None:
    """Make the participle the sentence's verb, and the noun what it speaks of."""
    after = [child for child in noun.rights if child.i != verb.i]
    verb.tag_, verb.dep_ = "VBD", "ROOT"
    verb.head = verb
    noun.head, noun.dep_ = verb, "nsubj"
    for child in after:
        child.head = verb
