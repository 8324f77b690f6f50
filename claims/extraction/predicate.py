"""What a clause says of its subject: its main verb, the verb's helpers, and what negates it."""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.grammar import governor_of, has_tense, head_of
from claims.extraction.records import AttributionSpan, Clause, Predicate

_CONDITIONS = frozenset({"if", "unless", "provided"})
_NONE = frozenset({"no", "neither", "none", "nobody", "nothing", "nowhere"})
_HELPERS = frozenset({"aux", "auxpass"})

#: What the parser calls a content that "if" opens after "ask" or "know".
_ASKED = frozenset({"ccomp", "xcomp", "pcomp"})
_ASKING = frozenset({"ask", "check", "decide", "doubt", "know", "question", "see", "wonder"})


def predicate_of(doc: Doc, clause: Clause) -> Predicate:
    """Return what a clause turns on; an empty one where it has no verb."""
    words = doc.char_span(clause.start, clause.end, alignment_mode="expand")
    if words is None or clause.form == "noun_phrase":
        return Predicate()
    main = main_verb(words)
    if main is None:
        return Predicate(has_condition=_has_condition(words))
    governor = governor_of(main)
    if governor is not None and not words.start <= governor.i < words.end:
        return _second_aim(main, governor, words)
    helpers = _helpers(main)
    return Predicate(
        lemma=main.lemma_.lower(),
        tag=main.tag_,
        helpers=_plain(helpers),
        is_passive=any(c.dep_ == "auxpass" for c in main.children),
        is_negated=_is_negated(main, words),
        has_condition=_has_condition(words),
        aim=_aim(main),
        of=next((c.lemma_.lower() for c in main.children if c.dep_ in ("acomp", "attr")), ""),
        subject=_subject(main),
        particle=next(
            (c.lower_ for c in main.children if c.dep_ in ("prt", "prep") and c.i > main.i), ""
        ),
    )


def _second_aim(main: Token, governor: Token, words: Words) -> Predicate:
    """Return what a verb turns on that another one before the clause governs: `expected to ...`."""
    return Predicate(
        lemma=governor.lemma_.lower(),
        tag=governor.tag_,
        helpers=_plain(_helpers(governor)),
        is_passive=any(c.dep_ == "auxpass" for c in governor.children),
        is_negated=_is_negated(main, words),
        has_condition=_has_condition(words),
        aim=main.lemma_.lower(),
        of=next((c.lemma_.lower() for c in governor.children if c.dep_ == "acomp"), ""),
        subject=_subject(governor),
    )


def was_said(doc: Doc, attribution: AttributionSpan) -> bool:
    """Say whether what is told was told in the past and not word for word: "said it would"."""
    if attribution.is_direct_quote or not attribution.cue:
        return False
    words = doc.char_span(attribution.cue[0].start, attribution.cue[0].end, alignment_mode="expand")
    return words is not None and any(
        token.tag_ in ("VBD", "VBN") or (token.tag_ == "VBG" and token.head.tag_ == "VBD")
        for token in words
    )


def main_verb(words: Words) -> Token | None:
    """Return the verb that a stretch turns on."""
    head = head_of(words.doc, words.start, words.end)
    if head.pos_ in ("VERB", "AUX"):
        return _past_participle(head)
    behind = _behind_relative(head, words)
    if behind is not None:
        return behind
    return next((t for t in words if t.pos_ in ("VERB", "AUX") and t.dep_ not in _HELPERS), None)


def _behind_relative(noun: Token, words: Words) -> Token | None:
    """Return the verb that the parser took for a second relative clause: `The trust that runs it expects`."""
    clauses = [c for c in noun.children if c.dep_ == "relcl" and c.i < words.end]
    if len(clauses) < 2 or noun.dep_ != "ROOT":
        return None
    last = clauses[-1]
    is_relative = any(c.tag_ in ("WDT", "WP", "WP$", "WRB") for c in last.children)
    return last if has_tense(last) and not is_relative else None


def _past_participle(verb: Token) -> Token:
    """Return the verb after a participle that was taken for it: `The works, spread ..., will cost`."""
    if verb.tag_ not in ("VBD", "VBN") or verb.i == 0 or verb.nbor(-1).text != ",":
        return verb
    later = [
        c for c in verb.children if c.dep_ == "conj" and any(a.tag_ == "MD" for a in c.children)
    ]
    return later[0] if later and not any(c.dep_ == "cc" for c in verb.children) else verb


def _helpers(main: Token) -> tuple[str, ...]:
    """Return a verb's helpers, those of the verb it is joined to where it has none."""
    own = tuple(c.lower_ for c in main.children if c.dep_ in _HELPERS and c.i < main.i)
    if own or main.dep_ != "conj" or main.tag_ != main.head.tag_ or main.tag_ not in ("VB", "VBN"):
        return own
    return tuple(c.lower_ for c in main.head.children if c.dep_ in _HELPERS)


def _plain(helpers: tuple[str, ...]) -> tuple[str, ...]:
    """Return helpers without their contractions."""
    whole = {
        "'ll": "will",
        "’ll": "will",
        "wo": "will",
        "ca": "can",
        "'d": "would",
        "’d": "would",
        "'ve": "have",
        "’ve": "have",
    }
    return tuple(whole.get(helper, helper) for helper in helpers)


def _is_negated(main: Token, words: Words) -> bool:
    """Say whether the main verb is denied, by `not` or by a subject or an object that is none."""
    if any(c.dep_ == "neg" for c in main.children):
        return True
    for child in main.children:
        if child.dep_ not in ("nsubj", "nsubjpass", "dobj", "attr", "advmod", "preconj"):
            continue
        if child.lower_ in _NONE or child.lower_ == "never":
            return True
        if any(c.lower_ in _NONE and c.dep_ in ("det", "preconj", "neg") for c in child.children):
            return True
    return words[0].lower_ in ("neither", "nobody", "none", "no") or (
        len(words) > 1 and words[0].lower_ == "not" and words[1].lower_ in ("a", "one", "all")
    )


def _has_condition(words: Words) -> bool:
    return any(
        t.lower_ in _CONDITIONS and t.dep_ == "mark" and not _is_asked(t.head) for t in words
    )


def _is_asked(clause: Token) -> bool:
    """Say whether "if" opens what is asked or not known: `asked her if the bank was closed`."""
    verb = clause.head
    return clause.dep_ in _ASKED or (clause.i > verb.i and verb.lemma_.lower() in _ASKING)


def _aim(main: Token) -> str:
    """Return the verb in `plans to buy`, `is set to open`, `is to close`."""
    for child in main.children:
        if (
            child.dep_ == "xcomp"
            and child.i > main.i
            and any(c.lower_ == "to" for c in child.children)
        ):
            return str(child.lemma_.lower())
        if child.dep_ == "acomp":
            for aim in child.children:
                if aim.dep_ == "xcomp":
                    return str(aim.lemma_.lower())
    return ""


def _subject(main: Token) -> str:
    child = next((c for c in main.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return str(child.lemma_.lower()) if child is not None else ""
