"""
Sentences whose verb the model took for a description: "The painting sold for $18 million." Pure.

A noun with a participle after it is a phrase only where no full stop ends it: a sentence that is
printed as one, without any verb that has a tense, has that participle for its verb.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.grammar import FINITE


@Language.component("dateline_verbs")
def mended(doc: Doc) -> Doc:
    """Give back their verb to sentences that were read as a noun with a participle."""
    for sentence in doc.sents:
        verb = _lost_verb(sentence)
        if verb is not None:
            _raise(sentence.root, verb)
    return doc


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
