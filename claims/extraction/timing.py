"""
When what a clause states happened: of the times printed in it, the one its main verb has.

A time inside a name, a description or a relative clause ("the 2023 budget", "which opened in 2019")
is that of something else. Where none is printed, the perfect says "by now".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token

from claims.extraction.grammar import is_to
from claims.extraction.predicate import main_verb
from claims.extraction.records import (
    Clause,
    Kind,
    Precision,
    Span,
    TimeExpression,
    TimeQualifier,
)
from claims.extraction.times import join_ranges

_PRESENT = frozenset({"has", "have", "'ve", "’ve", "'s", "’s"})
#: By these a time hangs on a noun and not on the verb.
_OF_NOUNS = frozenset({"poss", "compound", "nmod", "amod", "nummod", "appos"})
#: What is compared with another time is not of that time: "less than a year earlier".
_COMPARING = frozenset({"than", "compared"})
_DESCRIBING = frozenset({"relcl", "acl"})

#: How far up the tree the main verb is looked for.
FARTHEST = 30


def time_of(
    doc: Doc,
    text: str,
    clause: Clause,
    times: Sequence[TimeExpression],
    kind: Kind,
    *,
    dateline: date,
) -> TimeExpression | None:
    """
    Return when what a clause states happened, in the offsets of its piece of the text.

    :param text: the piece's text, which the parsed piece would put together anew each time
    """
    words = doc.char_span(clause.start, clause.end, alignment_mode="expand")
    main = main_verb(words) if words is not None and clause.form != "noun_phrase" else None
    perfect = _perfect(main) if main is not None else None
    dated = [t for t in times if t.earliest or t.latest]
    time = _chosen(doc, main, join_ranges(text, dated))
    today = dateline.isoformat()
    if time is not None:
        # "has risen since January": until now.
        is_open = perfect is not None and time.latest is None and time.earliest is not None
        return replace(time, latest=today) if is_open and (time.earliest or "") <= today else time
    if perfect is None or kind not in (Kind.EVENT, Kind.POSITION, Kind.CAUSATION):
        return None
    return TimeExpression(
        start=perfect.start,
        end=perfect.end,
        text=text[perfect.start : perfect.end],
        type="DATE",
        value="PAST_REF",
        earliest=None,
        latest=today,
        precision=Precision.OPEN,
        qualifier=TimeQualifier.BY,
    )


def _chosen(doc: Doc, main: Token | None, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """Return the time that hangs nearest on the main verb; one of the first in the text."""
    ranked = []
    for number, time in enumerate(times):
        rank = 1 if main is None else _rank(doc, main, time)
        if rank < _ELSEWHERE:
            ranked.append((time.type == "DURATION", rank, number))
    return times[min(ranked)[2]] if ranked else None


#: A time in a clause that only describes something in the statement.
_ELSEWHERE = 9


def _rank(doc: Doc, main: Token, time: TimeExpression) -> int:
    """Return 0 for a time of the verb, 1 for one of a noun, 2 for a clause that hangs on it."""
    words = doc.char_span(time.start, time.end, alignment_mode="expand")
    if words is None:
        return 2
    token, rank = words.root, 0
    for _ in range(FARTHEST):
        if token.i == main.i or token.head.i == token.i:
            break
        if token.dep_ in _DESCRIBING and token.pos_ in ("VERB", "AUX"):
            is_other = token.dep_ == "relcl" or is_to(token)
            return _ELSEWHERE if is_other else max(rank, 2)
        is_compared = token.lower_ in _COMPARING and time.qualifier is None
        if is_compared or _only_aims(token, main):
            return _ELSEWHERE
        if token.dep_ in _OF_NOUNS:
            rank = max(rank, 1)
        if token.dep_ in ("advcl", "ccomp", "pcomp"):
            rank = max(rank, 2)
        token = token.head
    return rank


def _only_aims(clause: Token, main: Token) -> bool:
    """
    Say whether a clause is only what something was done for, or how what it says came about.

    `It paid $3m to protect the reef by 2030`; `Founded in 2015, it has 240 employees`.
    """
    if clause.dep_ != "advcl" or any(c.dep_ == "mark" for c in clause.children):
        return False
    if clause.tag_ == "VB":
        return is_to(clause) and main.tag_ in ("VBD", "VBN") and clause.i > main.i
    return clause.tag_ == "VBN" and clause.i < main.i and main.tag_ in ("VBZ", "VBP")


def _perfect(main: Token) -> Span | None:
    """Return where a present perfect stands: `has already opened`."""
    if main.tag_ != "VBN":
        return None
    helper = next((c for c in main.children if c.dep_ == "aux" and c.lower_ in _PRESENT), None)
    others = any(c.dep_ == "aux" and c.tag_ == "MD" for c in main.children)
    if helper is None or others or helper.i > main.i:
        return None
    return Span(helper.idx, main.idx + len(main))
