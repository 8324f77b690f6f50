"""
Sentences into clauses that can be true or false alone.

What somebody said is kept apart from the words that say so; each stretch is then cut into its
clauses (`clauses.py`) and the facts that hang on them (`tails.py`). A question or a fragment is no
clause, and no clause crosses another: only what commas set off lies inside one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.asides import asides_in, asides_of, opening_of
from claims.extraction.clauses import cut_clauses, led_over
from claims.extraction.grammar import (
    FINITE,
    bare,
    first_of,
    has_own_subject,
    has_subject,
    has_tense,
    head_of,
    is_unit_with_stop,
    subject_range,
)
from claims.extraction.records import AttributionSpan, Clause, Span
from claims.extraction.tails import parts_of
from claims.extraction.tree import tree_of

Range = tuple[int, int]

#: Shortest clause, in words.
SHORTEST = 3

#: Forms of clauses that facts are set off in.
_WITH_ASIDES = frozenset({"clause", "quote", "predicate"})

#: What joins a fact of its own to who said another.
_LEADING_OVER = frozenset({"as", "while", "although", "though"})

#: Words from a cue to the comma after it: "said in a statement on Monday, as".
LEADING = 12

#: How far up the verbs that a verb is joined to are followed.
FARTHEST = 8

#: How deep what is said lies in what is said.
DEEPEST = 4


def find_clauses(doc: Doc, attributions: Sequence[AttributionSpan] = ()) -> tuple[Clause, ...]:
    """Return the clauses of a parsed text, in text order; none crosses another."""
    found: list[Clause] = []
    # Those that come later wait here, the next one last; each is looked at only near its words.
    waiting = sorted(attributions, key=_first_place)[::-1]
    near: list[tuple[int, AttributionSpan]] = []
    for sentence in doc.sents:
        tokens = bare(doc, sentence.start, sentence.end)
        start_char, end_char = sentence.start_char, sentence.end_char
        while waiting and _first_place(waiting[-1]) < end_char:
            near.append((_last_place(waiting[-1]), waiting.pop()))
        near = [one for one in near if one[0] > start_char]
        if tokens is None or _asks(doc, sentence.start, sentence.end):
            continue
        here = [a for _, a in near if _touches(a, start_char, end_char)]
        for form, (start, end) in _stretches(doc, tokens, here, is_said=False):
            found.extend(_clauses(doc, start, end, sentence, form))
    return tuple(_uncrossed(found))


def _first_place(attribution: AttributionSpan) -> int:
    return min((s.start for s in (*attribution.content, *attribution.cue)), default=0)


def _last_place(attribution: AttributionSpan) -> int:
    return max((s.end for s in (*attribution.content, *attribution.cue)), default=0)


def _touches(attribution: AttributionSpan, start: int, end: int) -> bool:
    return any(s.start < end and s.end > start for s in (*attribution.content, *attribution.cue))


def _uncrossed(found: list[Clause]) -> Iterator[Clause]:
    last = -1
    asides: tuple[Span, ...] = ()
    for clause in sorted(found, key=lambda c: (c.start, -c.end)):
        if clause.start >= last:
            yield clause
            last, asides = clause.end, clause.asides
        elif Span(clause.start, clause.end) in asides:
            yield clause


def _asks(doc: Doc, start: int, end: int) -> bool:
    while end > start and (doc[end - 1].is_space or doc[end - 1].is_quote):
        end -= 1
    return end > start and doc[end - 1].text.endswith("?")


def _stretches(
    doc: Doc,
    whole: Range,
    attributions: Sequence[AttributionSpan],
    *,
    is_said: bool,
    depth: int = 0,
) -> Iterator[tuple[str, Range]]:
    """Yield what is said, and what is left beside the words that say so."""
    form = "quote" if is_said else "clause"
    if not attributions:
        yield form, whole
        return
    first, last = doc[whole[0]].idx, doc[whole[1] - 1].idx + len(doc[whole[1] - 1])
    said = _outermost(
        [s for a in attributions for s in a.content if s.start < last and s.end > first]
    )
    for span in said:
        tokens = _said_tokens(doc, max(span.start, first), min(span.end, last))
        if tokens is None or _asks(doc, tokens[0], min(tokens[1] + 1, len(doc))):
            continue
        inner = [a for a in attributions if _lies_in(a, span)] if depth < DEEPEST else []
        yield from _stretches(doc, tokens, inner, is_said=True, depth=depth + 1)
    cues = _cues(doc, whole, attributions, said)
    beside = [*_beside_cues(doc, whole, cues, said), *_after_cue(doc, whole, cues, said)]
    for rest in beside:
        yield form, rest
    taken = {*cues, *_tokens_of(doc, whole, said), *(i for rest in beside for i in range(*rest))}
    for aside, kind in asides_of(doc, *whole, taken):
        yield kind, aside


def _said_tokens(doc: Doc, start: int, end: int) -> Range | None:
    words = doc.char_span(start, end, alignment_mode="expand")
    tokens = bare(doc, words.start, words.end) if words is not None else None
    if tokens is None:
        return None
    first, last = tokens
    # The conjunction belongs to the words that say so.
    while first < last - 1 and doc[first].lower_ == "that" and doc[first].tag_ == "IN":
        first += 1
    # "..., he said, as aid reached the towns": the second half states something of its own.
    is_led = doc[first].lower_ in ("as", "while") and doc[first].dep_ == "mark"
    if is_led and first and doc[first - 1].text == "," and last - first > SHORTEST:
        first += has_tense(doc[first].head)
    return first, last


def _outermost(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _tokens_of(doc: Doc, whole: Range, spans: Sequence[Span]) -> Iterator[int]:
    """Yield the tokens that begin in spans, which are in order."""
    number = 0
    for token in doc[whole[0] : whole[1]]:
        while number < len(spans) and spans[number].end <= token.idx:
            number += 1
        if number < len(spans) and spans[number].start <= token.idx:
            yield token.i


def _lies_in(attribution: AttributionSpan, span: Span) -> bool:
    """Say whether an attribution is made within what somebody said."""
    spans = (*attribution.cue, *attribution.content)
    inside = all(span.start <= s.start and s.end <= span.end for s in spans)
    return inside and bool(attribution.cue) and span not in attribution.content


def _cues(
    doc: Doc, whole: Range, attributions: Sequence[AttributionSpan], said: Sequence[Span]
) -> frozenset[int]:
    """Return the tokens that say somebody said something, outside of what is said."""
    spans = [
        s
        for a in attributions
        for s in a.cue
        if not any(o.start <= s.start and s.end <= o.end for o in said)
    ]
    return frozenset(
        token.i
        for token in doc[whole[0] : whole[1]]
        if any(s.start <= token.idx < s.end for s in spans)
    )


def _beside_cues(
    doc: Doc, whole: Range, cues: frozenset[int], said: Sequence[Span]
) -> Iterator[Range]:
    """Yield the statements of a sentence that its cues hang on, or that are joined to them."""
    start, end = whole
    root = head_of(doc, start, end)
    if not cues or any(s.start <= root.idx < s.end for s in said):
        return
    if root.i in cues:
        yield from _joined_to(doc, root, whole, cues, said)
        return
    hanging: set[int] = set()
    for place in cues:
        top = doc[place]
        while top.head.i not in (root.i, top.i) and start <= top.head.i < end:
            if top.dep_ == "relcl":
                break
            top = top.head
        if top.dep_ not in ("advcl", "relcl", "prep", "parataxis", "conj"):
            return
        hanging |= {token.i for token in top.subtree}
    first = last = root.i
    while first > start and first - 1 not in hanging:
        first -= 1
    while last + 1 < end and last + 1 not in hanging:
        last += 1
    while last > root.i and doc[last].dep_ in ("cc", "punct"):
        last -= 1
    rest = bare(doc, first, last + 1)
    if rest is not None:
        yield rest


def _after_cue(
    doc: Doc, whole: Range, cues: frozenset[int], said: Sequence[Span]
) -> Iterator[Range]:
    """Yield what goes on after who said it: `..., he said, as aid reached the towns`."""
    end = whole[1]
    first = max(cues, default=end) + 1
    comma = next((i for i in range(first, min(end, first + LEADING)) if doc[i].text == ","), None)
    if comma is None or any(s.end > doc[comma].idx for s in said):
        return
    rest = bare(doc, comma + 1, end)
    if rest is None or first_of(head_of(doc, *rest)) < rest[0]:
        return
    top, begin = head_of(doc, *rest), rest[0]
    if top.dep_ != "advcl" or top.head.i not in cues or not has_tense(top):
        return
    if doc[begin].lower_ in _LEADING_OVER and has_subject(doc, *rest):
        yield begin + 1, rest[1]


def _joined_to(
    doc: Doc, cue: Token, whole: Range, cues: frozenset[int], said: Sequence[Span]
) -> Iterator[Range]:
    """Yield the statements that stand beside a cue: `..., he said, and the bank closed`."""
    for joined in cue.conjuncts:
        tokens = {t.i for t in joined.subtree}
        is_apart = tokens.isdisjoint(cues) and not any(
            s.start <= doc[i].idx < s.end for i in tokens for s in said
        )
        if is_apart and joined.pos_ in ("VERB", "AUX") and has_tense(joined):
            rest = bare(doc, max(min(tokens), whole[0]), min(max(tokens) + 1, whole[1]))
            if rest is not None:
                yield rest


def _clauses(doc: Doc, start: int, end: int, sentence: Words, form: str) -> Iterator[Clause]:
    led = led_over(doc, start, end) if form == "clause" else None
    if led is not None:
        start, end = led
    shared = subject_range(doc, head_of(doc, start, end))
    subject = _span(doc, *shared) if shared else None
    for number, (first, last) in enumerate(cut_clauses(doc, start, end)):
        for piece, kind in parts_of(doc, first, last, form):
            is_shared = bool(number) and not has_subject(doc, *piece)
            if _says_something(doc, *piece, kind, is_shared=is_shared):
                span = _marked(doc, _span(doc, *piece), piece[1])
                whole = Clause(
                    start=span.start,
                    end=span.end,
                    sentence=Span(sentence.start_char, sentence.end_char),
                    subject=subject if is_shared else None,
                    form=kind,
                )
                asides = tuple(_asides(doc, piece, whole)) if kind in _WITH_ASIDES else ()
                yield replace(whole, asides=tuple(Span(a.start, a.end) for a in asides))
                yield from asides


def _asides(doc: Doc, piece: Range, whole: Clause) -> Iterator[Clause]:
    """Yield the facts set off by commas inside a clause."""
    start, end = piece
    opened = opening_of(doc, start, end)
    named = subject_range(doc, head_of(doc, start, end)) if opened else None
    if opened and named:
        words = _span(doc, *opened)
        yield Clause(words.start, words.end, whole.sentence, _span(doc, *named), "participle")
    for (first, last), form in asides_in(doc, start, end):
        words = _span(doc, first, last)
        # "Jean Holroyd, 71, from Halifax, whose implant snapped, called": what the clause opens with.
        opening = next(i for i in range(start, first) if doc[i].text == ",")
        named = subject_range(doc, head_of(doc, start, end))
        is_subject = named is not None and named[0] == start and named[1] > first
        yield Clause(
            start=words.start,
            end=words.end,
            sentence=whole.sentence,
            subject=_span(doc, start, opening) if is_subject else None,
            form=form,
        )


def _span(doc: Doc, start: int, end: int) -> Span:
    last = doc[end - 1]
    # "It cost £40m." ends before its full stop, though the tokenizer takes "m." for one word.
    is_unit = is_unit_with_stop(last) and (end == len(doc) or bool(doc[end].is_sent_start))
    return Span(doc[start].idx, last.idx + len(last) - is_unit)


def _marked(doc: Doc, span: Span, end: int) -> Span:
    """Take in the mark that closes a quote which begins within a piece and ends with it."""
    words = tree_of(doc).text[span.start : span.end]
    is_open = words.count('"') % 2 or words.count("“") > words.count("”")
    if not is_open or words[0] in '"“' or end >= len(doc) or doc[end].text not in ('"', "”"):
        return span
    return Span(span.start, doc[end].idx + len(doc[end]))


def _lost_its_subject(doc: Doc, start: int, end: int) -> bool:
    """Say whether the verb of a piece has no subject that a reader could be told of."""
    verb = head_of(doc, start, end)
    if verb.pos_ not in ("VERB", "AUX") or not has_tense(verb) or has_subject(doc, start, end):
        return False
    for _ in range(FARTHEST):
        if has_own_subject(verb):
            return False
        if verb.dep_ != "conj":
            break
        verb = verb.head
    # "Asks", "sleeps": without a subject the parser often takes a noun for the verb.
    return doc[start].tag_ in FINITE


def _says_something(doc: Doc, start: int, end: int, form: str, *, is_shared: bool) -> bool:
    """Say whether a piece is more than a fragment: a few words, and a verb unless it is a noun's."""
    words = sum(1 for token in doc[start:end] if token.is_alpha or token.like_num)
    verbs = [t for t in doc[start:end] if t.pos_ in ("VERB", "AUX")]
    # "... and will appeal" is whole with the subject that it shares.
    if words < (SHORTEST - 1 if is_shared and len(verbs) > 1 else SHORTEST):
        return False
    if form in ("noun_phrase", "appositive", "participle"):
        return True
    if not is_shared and form in ("clause", "quote") and _lost_its_subject(doc, start, end):
        return False
    return any(has_tense(t) or form == "quote" or is_shared for t in verbs)
