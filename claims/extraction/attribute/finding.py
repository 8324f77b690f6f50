"""
Find who stated what in a parsed article.

Frames propose candidates, weights judge them, and the best reading of each cue, and of each
stretch, becomes an attribution with its claimant, its time and its venue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from claims.extraction.coreference.cast import cast_of
from claims.extraction.records import AttributionSpan, Claimant, Entity, Span, TimeExpression
from claims.extraction.tree import Range, Tree, tree_of

from .claimants import Claimants
from .frames import Candidate, Framer
from .lexicon import lexicon
from .nesting import with_chains
from .rivals import Scored, unrivalled
from .saying import Times, venue
from .setting import settings
from .speech import Speech
from .weighing import Weigher

_GROUP = frozenset({"aux", "auxpass", "neg", "advmod"})


def find_attributions(
    doc: Doc,
    *,
    dateline: date,
    times: Sequence[TimeExpression] = (),
    base: int = 0,
    entities: Sequence[Entity] = (),
    weights: Mapping[str, float] | None = None,
) -> tuple[AttributionSpan, ...]:
    """
    Return the attributions of a parsed article, in the order of their cues.

    :param dateline: the article's day; times come resolved against it already
    :param times: the times of the same text, of which the one that modifies a cue is taken
    :param base: where the parsed piece begins in the article
    :param entities: the named things of the whole article: those before the piece can be meant
    :param weights: of the features of a candidate; those of the table unless others are tried
    """
    if not len(doc):
        return ()
    tree = tree_of(doc)
    speech = Speech(tree)
    claimants = Claimants(tree, cast_of(doc, base, entities))
    moments = Times(tree, times)
    found = [
        _attribution(tree, speech, candidate, claimants, moments)
        for candidate in (_without_telling(tree, c) for c in chosen(tree, speech, weights))
    ]
    known = {span.start for attribution in found for span in attribution.cue}
    found += [
        _attribution(tree, speech, candidate, claimants, moments)
        for candidate in settings(tree)
        if tree.starts[candidate.cue] not in known
    ]
    return with_chains(sorted(found, key=lambda a: a.cue[0].start))


def _without_telling(tree: Tree, candidate: Candidate) -> Candidate:
    """Leave off a participle that tells of the telling: ", the paper said, citing officials"."""
    after = candidate.content[-1][0]
    is_telling = (
        candidate.frame == "clause_around"
        and len(candidate.content) > 1
        and tree.tags[after] == "VBG"
        and tree.heads[after] == candidate.cue
        and tree.lemmas[after] in lexicon().verbs
    )
    return replace(candidate, content=candidate.content[:-1]) if is_telling else candidate


def chosen(
    tree: Tree, speech: Speech, weights: Mapping[str, float] | None = None
) -> list[Candidate]:
    """Return the candidate that each cue is best read as, where it is an attribution at all."""
    weigher = Weigher(tree, speech, weights)
    best: dict[int, Scored] = {}
    for candidate in Framer(tree, speech).candidates():
        score = weigher.score(candidate)
        if score > 0 and (candidate.cue not in best or score > best[candidate.cue][0]):
            best[candidate.cue] = (score, candidate)
    return unrivalled([best[cue] for cue in sorted(best)])


def _attribution(
    tree: Tree, speech: Speech, candidate: Candidate, claimants: Claimants, moments: Times
) -> AttributionSpan:
    source = candidate.source
    claimant: Claimant | None = None if source is None else claimants.claimant(source)
    content = tuple(Span(*tree.span(tokens)) for tokens in candidate.content)
    return AttributionSpan(
        source=() if source is None else (Span(*tree.span(source.tokens)),),
        cue=_cue_spans(tree, candidate),
        content=content,
        verb=_verb(tree, candidate),
        claimant=claimant,
        said_on=moments.said_on(candidate.cue, content),
        # "According to the Statistics Office" names no place where it was said.
        venue=None
        if candidate.part == "according"
        else venue(tree, candidate.cue, candidate.content),
        is_direct_quote=_is_quoted(speech, candidate.content),
    )


def _verb(tree: Tree, candidate: Candidate) -> str | None:
    """Return the lemma of the cue: a verb's, a noun's, or "according to"."""
    if candidate.part == "according":
        return "according to"
    return None if candidate.part == "colon" else tree.lemmas[candidate.cue]


def _cue_spans(tree: Tree, candidate: Candidate) -> tuple[Span, ...]:
    """Return the cue with its auxiliaries and adverbs and, apart from it, its preposition."""
    cue = candidate.cue
    first = cue
    while first > 0 and tree.heads[first - 1] == cue and tree.deps[first - 1] in _GROUP:
        first -= 1
    last = cue + 1
    if tree.child(cue, "prt") == last:
        last += 1
    spans = [(first, last)]
    second = candidate.second
    if second == last:
        spans = [(first, last + 1)]
    elif second is not None and not any(a <= second < b for a, b in candidate.content):
        spans.append((second, second + 1))
    return tuple(Span(*tree.span(tokens)) for tokens in sorted(spans))


def _is_quoted(speech: Speech, content: tuple[Range, ...]) -> bool:
    """Return whether at least half of the content stands in quotation marks."""
    size = sum(last - first for first, last in content)
    return 2 * sum(speech.quoted_tokens(tokens) for tokens in content) >= size
