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

from claims.extraction.grammar import CLEFT, FINITE, SUBJECTS
from claims.extraction.times.words import MONTHS, WEEKDAYS

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
#: Participles of what nobody does to it: "The first flight left at 9 a.m."
_GOING = frozenset(
    {
        "arrived", "began", "closed", "collapsed", "crashed", "departed", "died", "ended",
        "exploded", "landed", "left", "opened", "resigned", "retired", "sank", "started", "stopped",
    }
)  # fmt: skip
#: What names a day: "on 22 February", "on Monday".
_DAYS = frozenset((*MONTHS, *WEEKDAYS))
_WHO = frozenset({"who", "that", "which"})
_STEPS = 6
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
#: Words from the verb to that place, at most.
_NEAR = 8


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
