"""
Which attributions are statements: somebody told others that something is so.

People also hold wishes, plans and doubts ("expressed interest in", "rejected"); those are facts
about them in the article's own voice, not something that they claim to be true.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.grammar import has_tense, head_of
from claims.extraction.records import AttributionSpan, Span

_FARTHEST = 8

#: Verbs that tell whole statements.
_TELLING = frozenset({"add", "announce", "confirm", "report", "say", "tell", "warn"})
#: Verbs by which more is told, or is not.
_DISCLOSING = frozenset(
    {
        "acknowledge",
        "admit",
        "claim",
        "deny",
        "disclose",
        "mention",
        "promise",
        "reveal",
        "specify",
        "state",
    }
)
_TENSES = frozenset({"VBD", "VBZ", "VBP", "MD"})


@lru_cache(maxsize=1)
def statement_verbs() -> frozenset[str]:
    """Return the verbs by which something is stated."""
    with Path(__file__).with_name("statement_verbs.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["verbs"])


def are_statements(
    doc: Doc, attributions: Sequence[AttributionSpan]
) -> tuple[AttributionSpan, ...]:
    """Return the attributions by which somebody states something that can be true or false."""
    widened = (_whole(doc, a) for a in attributions)
    return tuple(a for a in widened if _is_statement(doc, a))


def _whole(doc: Doc, attribution: AttributionSpan) -> AttributionSpan:
    """Return an attribution of the whole of what was told, where only its end is in quotes."""
    cue = _cue(doc, attribution)
    if cue is None or len(attribution.content) != 1 or attribution.verb not in _TELLING:
        return attribution
    quoted = attribution.content[0]
    told = _told_before(cue)
    if told is None or not has_tense(told) or not _is_fragment(doc, quoted):
        return attribution
    first, last = told.left_edge, told.right_edge
    if last.idx < cue.idx < quoted.start and not attribution.is_direct_quote:
        # "..., he told shareholders at Tuesday's meeting": where it was told is not what.
        return replace(attribution, content=(Span(first.idx, last.idx + len(last)),))
    if not first.idx < quoted.start <= last.idx < cue.idx:
        return attribution
    whole = Span(first.idx, max(quoted.end, last.idx + len(last)))
    return replace(attribution, content=(whole,), is_direct_quote=False)


def _cue(doc: Doc, attribution: AttributionSpan) -> Token | None:
    """Return the verb by which something is told."""
    if not attribution.cue:
        return None
    words = doc.char_span(attribution.cue[0].start, attribution.cue[0].end, alignment_mode="expand")
    return words.root if words is not None and words.root.pos_ in ("VERB", "AUX") else None


def _told_before(cue: Token) -> Token | None:
    """Return the verb of what is told, where it stands before who tells it."""
    return next((c for c in cue.children if c.dep_ == "ccomp" and c.i < cue.i), None)


def _is_fragment(doc: Doc, span: Span) -> bool:
    words = doc.char_span(span.start, span.end, alignment_mode="expand")
    return words is not None and not any(t.tag_ in _TENSES for t in words)


def _is_statement(doc: Doc, attribution: AttributionSpan) -> bool:
    if attribution.claimant is None or not _has_clause(doc, attribution):
        return False
    if _is_untold(doc, attribution):
        return False
    if attribution.verb is None:
        # "Anna Borg: The dam is safe", or a name under a quote.
        return True
    verb = attribution.verb.split(" ")[0]
    if not attribution.is_direct_quote and _is_thing(doc, attribution):
        return False
    return attribution.is_direct_quote or verb in statement_verbs()


def _is_untold(doc: Doc, attribution: AttributionSpan) -> bool:
    """Say whether it was not said: `The minister did not say that the bridge would open`."""
    cue = _cue(doc, attribution)
    if cue is None or cue.lemma_ not in _TELLING | _DISCLOSING:
        return False
    return any(c.dep_ == "neg" or c.lower_ == "never" for c in cue.children)


def _has_clause(doc: Doc, attribution: AttributionSpan) -> bool:
    """Say whether the content has a verb with a tense, and does not begin as a question does."""
    for span in attribution.content:
        words = doc.char_span(span.start, span.end, alignment_mode="expand")
        if words is None or _asks(words):
            continue
        if any(token.tag_ in _TENSES and not _describes(token, words) for token in words):
            return True
    return _is_told_before(doc, attribution)


def _is_told_before(doc: Doc, attribution: AttributionSpan) -> bool:
    """Say whether a sentence ends with who said it: `A dam burst in Peru, the ministry said`."""
    cue = _cue(doc, attribution)
    if cue is None or attribution.verb not in _TELLING or attribution.is_direct_quote:
        return False
    told = _told_before(cue)
    return told is not None and told.i - told.left_edge.i >= 1 and told.right_edge.i - told.i >= 1


def _is_thing(doc: Doc, attribution: AttributionSpan) -> bool:
    """Say whether a content is a thing and no statement: `showed no emotion as it was read`."""
    words = doc.char_span(
        attribution.content[0].start, attribution.content[0].end, alignment_mode="expand"
    )
    if words is None or len(attribution.content) > 1:
        return False
    tops = [t for t in words if not words.start <= t.head.i < words.end]
    is_told = any(t.dep_ in ("ccomp", "xcomp", "parataxis") for t in tops)
    return bool(tops) and tops[0].dep_ == "dobj" and tops[0].pos_ == "NOUN" and not is_told


def _describes(verb: Token, words: Words) -> bool:
    """Say whether a verb only describes a noun of a content: `a comet that came from afar`."""
    for _ in range(_FARTHEST):
        if verb.dep_ == "relcl" and words.start <= verb.head.i < words.end:
            return True
        if not words.start <= verb.head.i < words.end or verb.head.i == verb.i:
            break
        verb = verb.head
    return False


def _asks(words: Words) -> bool:
    """Say whether a content is what was asked, and no condition: "if it fails, we pay" states."""
    opener = words[0]
    if opener.lower_ in ("how", "why"):
        return opener.tag_ == "WRB"
    if opener.lower_ not in ("if", "whether"):
        return False
    head = head_of(words.doc, words.start, words.end)
    return opener.head.i == head.i or opener.head.dep_ != "advcl"
