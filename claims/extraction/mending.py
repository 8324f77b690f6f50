"""
Verbs that the model often loses in news, given back to their sentences. Pure.

A noun with a participle after it is a phrase only where no full stop ends it: a sentence that is
printed as one, without any verb that has a tense, has that participle for its verb: "The painting
sold for $18 million."
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.grammar import FINITE
from claims.extraction.times.words import MONTHS, WEEKDAYS

#: Participles of what nobody does to it: "The first flight left at 9 a.m."
_GOING = frozenset(
    {
        "arrived", "began", "closed", "collapsed", "crashed", "departed", "died", "ended",
        "exploded", "landed", "left", "opened", "resigned", "retired", "sank", "started", "stopped",
    }
)  # fmt: skip
#: What names a day: "on 22 February", "on Monday".
_DAYS = frozenset((*MONTHS, *WEEKDAYS))
#: What many do, and what of them does, in sentences whose verb was taken for a noun.
_DONE_BY_MANY = frozenset(
    {
        "work",
        "live",
        "stand",
        "vote",
        "support",
        "back",
        "own",
        "use",
        "lack",
        "want",
        "need",
        "plan",
        "face",
    }
)
_PARTS = frozenset({"percent", "cent", "half", "quarter", "quarters", "third", "thirds", "most"})
#: Words from "cost" to the amount, at most.
_PRICED = 8


@Language.component("dateline_verbs")
def mended(doc: Doc) -> Doc:
    """Give back their verb to sentences that were read as a noun with a participle."""
    for token in doc:
        if token.tag_ == "VBN" and token.dep_ == "ccomp" and _does_itself(token):
            token.tag_ = "VBD"
    for sentence in doc.sents:
        _untangle(sentence)
        if _has_lost_tense(sentence):
            sentence.root.tag_ = "VBD" if sentence.root.tag_ == "VBN" else "VBP"
            continue
        verb = _lost_verb(sentence)
        if verb is not None:
            _raise(sentence.root, verb)
        elif (cost := _lost_cost(sentence)) is not None:
            _price(sentence.root, cost)
    return doc


def _untangle(sentence: Words) -> None:
    """Mend `The wolf caught near Zamora weighed 48 kilos`, where the wolf was said to catch."""
    first = sentence.root
    subject = next((c for c in first.lefts if c.dep_ in ("nsubj", "npadvmod")), None)
    verb = next((c for c in first.rights if c.dep_ == "conj" and c.tag_ in FINITE), None)
    if first.tag_ not in ("VBD", "VBN") or subject is None or verb is None or subject.tag_ == "PRP":
        return
    between = sentence.doc[first.i + 1 : verb.i]
    is_joined = any(t.dep_ in ("cc", "dobj", "ccomp", "xcomp") or _parts(t) for t in between)
    has_own = any(c.dep_ in ("nsubj", "nsubjpass", "cc") for c in verb.children)
    if is_joined or has_own or not len(between) or subject.right_edge.i != first.i - 1:
        return
    after = [c for c in first.rights if c.i > verb.i]
    verb.head, verb.dep_ = verb, "ROOT"
    first.tag_, first.dep_ = "VBN", "acl"
    first.head = subject
    subject.head, subject.dep_ = verb, "nsubj"
    for child in after:
        child.head = verb


def _does_itself(verb: Token) -> bool:
    """Say whether a "participle" has a subject and no helper: `He said workers joined the strike`."""
    kinds = {child.dep_ for child in verb.children if child.tag_ not in ("WDT", "WP")}
    return "nsubj" in kinds and kinds.isdisjoint({"aux", "auxpass", "agent"})


def _parts(token: Token) -> bool:
    """Say whether a mark parts two statements: that of "Girls' School" does not."""
    return token.is_punct and token.tag_ != "POS"


def _has_lost_tense(sentence: Words) -> bool:
    """Say whether a sentence's verb was taken for a form that nothing helps: `Half stand empty.`"""
    top = sentence.root
    if (
        not sentence.text.endswith(".")
        or top.tag_ not in ("VBN", "VB", "NN")
        or any(t.tag_ in FINITE for t in sentence)
    ):
        return False
    kinds = {child.dep_ for child in top.children}
    if top.tag_ == "NN" and "xcomp" not in kinds:
        return False
    return _does_itself(top)


def _lost_cost(sentence: Words) -> Token | None:
    """Return the noun that must be a verb: `The rescue cost taxpayers $12 billion.`"""
    told = next((t.i for t in sentence if t.tag_ in FINITE), sentence.end)
    comma = next(
        (t.i for t in reversed(sentence.doc[sentence.start : told]) if t.text == ","), told
    )
    if not sentence.text.endswith("."):
        return None
    # "..., the trust said" may follow.
    for word in sentence.doc[sentence.start + 1 : min(comma, sentence.end - 1)]:
        if word.lower_ in ("cost", "costs") and word.tag_.startswith("NN"):
            after = sentence.doc[word.i + 1 : min(word.i + _PRICED, comma)]
            before = word.nbor(-1)
            is_phrase = before.dep_ == "det" or before.tag_ in ("JJ", "PRP$", "IN")
            return word if any(t.tag_ in ("$", "CD") for t in after) and not is_phrase else None
        if word.lower_ in _DONE_BY_MANY and word.tag_ == "NN" and sentence.root.lower_ in _PARTS:
            # "A quarter of the staff at Ormond Bank work from home."
            return word if word.nbor(-1).tag_ in ("NNP", "NNPS", "NNS") else None
    return None


def _price(top: Token, verb: Token) -> None:
    """Make of a noun the verb of what stands before it, with what stands after for its object."""
    doc = verb.doc
    sentence = verb.sent
    start, end = sentence.start, sentence.end
    if top.i > verb.i:
        end = next((i for i in range(verb.i, end) if doc[i].text == ","), end)
    own = [t for t in doc[start : verb.i] if t.head.i >= verb.i]
    above = next((t.i for t in reversed(doc[start : verb.i]) if t.tag_ == "IN"), None)
    rest = [t for t in doc[verb.i + 1 : end] if t.head.i <= verb.i or t.head.i == t.i]
    tags = {"costs": "VBZ", "cost": "VBD"}
    verb.tag_ = tags.get(verb.lower_, "VBP")
    verb.head, verb.dep_ = (top, "ccomp") if top.i > verb.i else (verb, "ROOT")
    if own:
        noun = own[-1]
        for word in own[:-1]:
            is_subject = word.i == start and word.tag_ == "VBG"
            word.head = verb if is_subject else noun
            word.dep_ = "csubj" if is_subject else word.dep_
        is_inside = above is not None and above > start
        noun.head, noun.dep_ = (doc[above], "pobj") if is_inside else (verb, "nsubj")
    if top.i < verb.i:
        top.head = verb
        top.dep_ = "csubj" if top.tag_ == "VBG" else "nsubj"
    for word in rest:
        word.head = verb
        word.dep_ = "punct" if word.is_punct else "dobj"


def _lost_verb(sentence: Words) -> Token | None:
    """Return the participle that must be the sentence's verb, None if it has another one."""
    top = sentence.root
    if not sentence.text.endswith(".") or not top.tag_.startswith("NN"):
        return None
    if any(token.tag_ in FINITE for token in sentence):
        return None
    is_none = top.lower_ == "total" or any(
        c.lower_ == "no" or c.dep_ == "nummod" for c in top.lefts
    )
    # "About 100 litres of oil leaked": the parser hangs it on the oil.
    of = [p for c in top.rights if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
    for verb in [*top.rights, *(c for p in of for c in p.rights)]:
        is_participle = verb.dep_ == "acl" and verb.tag_ == "VBN"
        # "No oil leaked", "40 acres burned in it": no phrase stands so by itself.
        is_told = is_none or _is_dated(verb)
        if is_participle and (is_told or _does_something(verb)):
            return verb
    return None


def _is_dated(verb: Token) -> bool:
    """Say whether a participle has a day of its own, and nobody by whom it was done."""
    kinds = {child.dep_ for child in verb.children}
    on = [c for c in verb.rights if c.lower_ == "on"]
    return "agent" not in kinds and any(t.lower_ in _DAYS for c in on for t in c.subtree)


def _does_something(verb: Token) -> bool:
    """Say whether a participle has an object, or a price, and nobody by whom it was done."""
    kinds = {child.dep_ for child in verb.children}
    if verb.lower_ in _GOING and any(t.like_num for t in verb.subtree):
        return "agent" not in kinds
    has_price = any(t.tag_ == "$" for c in verb.rights if c.dep_ == "prep" for t in c.subtree)
    # "Damaged between 200 and 300 houses".
    has_range = any(c.lower_ == "between" and c.i == verb.i + 1 for c in verb.rights)
    return "agent" not in kinds and ("dobj" in kinds or has_price or has_range)


def _raise(noun: Token, verb: Token) -> None:
    """Make the participle the sentence's verb, and the noun what it speaks of."""
    after = [child for child in noun.rights if child.i != verb.i]
    verb.tag_, verb.dep_ = "VBD", "ROOT"
    verb.head = verb
    noun.head, noun.dep_ = verb, "nsubj"
    for child in after:
        child.head = verb
