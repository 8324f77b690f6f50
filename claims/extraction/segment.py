"""
Sentences into clauses that can be true or false alone.

Coordinated verbs, facts presupposed in noun phrases, appositions and relative clauses at the end
become clauses of their own; conditions stay with what they condition; what somebody said is kept
apart from the words that say so. A question or a fragment is no clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.records import AttributionSpan, Clause, Span

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_COMPLEMENTS = frozenset(
    {"dobj", "attr", "acomp", "prep", "ccomp", "xcomp", "agent", "oprd", "npadvmod", "advmod"}
)
_CURRENCY = frozenset({"$", "€", "£", "₹", "¥"})
_EDGES = frozenset({".", ",", ";", ":", "-", "–", "—", "!", "?", '"', "“", "”", "‘", "'", "’", "("})

#: What only leads over to a fact: "The comments come as deliveries have started".
_LEADS = frozenset(
    {
        "announcement",
        "comment",
        "criticism",
        "decision",
        "development",
        "disclosure",
        "move",
        "news",
        "remark",
        "report",
        "revelation",
        "statement",
        "visit",
        "warning",
    }
)

#: Shortest clause, in words.
SHORTEST = 3


def find_clauses(doc: Doc, attributions: Sequence[AttributionSpan] = ()) -> tuple[Clause, ...]:
    """Return the clauses of a parsed text, in text order; none crosses another."""
    found: list[Clause] = []
    for sentence in doc.sents:
        tokens = _bare(doc, sentence.start, sentence.end)
        if tokens is None or doc.text[: sentence.end_char].rstrip().endswith("?"):
            continue
        found.extend(_of_sentence(doc, sentence, tokens, attributions))
    return tuple(_uncrossed(found))


def _uncrossed(found: list[Clause]) -> Iterator[Clause]:
    last = -1
    for clause in sorted(found, key=lambda c: (c.start, -c.end)):
        if clause.start >= last:
            yield clause
            last = clause.end


def _bare(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Return a token range without the marks around it, None where nothing is left."""
    while start < end and (doc[start].is_space or doc[start].text in _EDGES):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _EDGES):
        end -= 1
    return (start, end) if end > start else None


def _of_sentence(
    doc: Doc, sentence: Words, whole: tuple[int, int], attributions: Sequence[AttributionSpan]
) -> Iterator[Clause]:
    here = [a for a in attributions if _touches(a, sentence)]
    said = [
        span
        for attribution in here
        for span in attribution.content
        if span.start < sentence.end_char and span.end > sentence.start_char
    ]
    for span in _outermost(said):
        tokens = _tokens_of(
            doc, max(span.start, sentence.start_char), min(span.end, sentence.end_char)
        )
        if tokens is not None:
            start, end = tokens
            # The conjunction belongs to the words that say so.
            while start < end - 1 and doc[start].lower_ == "that" and doc[start].dep_ == "mark":
                start += 1
            yield from _clauses(doc, start, end, sentence, is_said=True)
    if not here:
        yield from _clauses(doc, *whole, sentence, is_said=False)
        return
    rest = _beside_cue(doc, sentence, here, said)
    if rest is not None:
        yield from _clauses(doc, *rest, sentence, is_said=False)


def _touches(attribution: AttributionSpan, sentence: Words) -> bool:
    spans = (*attribution.content, *attribution.cue)
    return any(s.start < sentence.end_char and s.end > sentence.start_char for s in spans)


def _outermost(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _tokens_of(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    words = doc.char_span(start, end, alignment_mode="expand")
    return _bare(doc, words.start, words.end) if words is not None else None


def _beside_cue(
    doc: Doc, sentence: Words, here: list[AttributionSpan], said: list[Span]
) -> tuple[int, int] | None:
    """Return the main clause of a sentence whose cue stands in a clause that hangs on it."""
    root = sentence.root
    cues = {
        token.i
        for attribution in here
        for span in attribution.cue
        for token in sentence
        if span.start <= token.idx < span.end
    }
    if not cues or root.i in cues or any(s.start <= root.idx < s.end for s in said):
        return None
    hanging: set[int] = set()
    for place in cues:
        top = doc[place]
        while top.head.i != root.i and top.head.i != top.i:
            top = top.head
        if top.dep_ not in ("advcl", "relcl", "prep", "parataxis"):
            return None
        hanging |= {token.i for token in top.subtree}
    start = end = root.i
    while start > sentence.start and start - 1 not in hanging:
        start -= 1
    while end + 1 < sentence.end and end + 1 not in hanging:
        end += 1
    return _bare(doc, start, end + 1)


def _clauses(doc: Doc, start: int, end: int, sentence: Words, *, is_said: bool) -> Iterator[Clause]:
    head = _head(doc, start, end)
    led = None if is_said else _led_over(doc, head, start, end)
    if led is not None:
        start, end = led
        head = _head(doc, start, end)
    pieces = list(_coordinated(doc, head, start, end, is_said=is_said))
    subject = _span(doc, *_subject_range(doc, head)) if _subject_range(doc, head) else None
    for number, (first, last) in enumerate(pieces):
        form = "quote" if is_said else "clause"
        for piece, kind in _parts(doc, first, last, form):
            if _says_something(doc, *piece, kind):
                shared = subject if number and not _has_subject(doc, *piece) else None
                yield Clause(
                    start=doc[piece[0]].idx,
                    end=doc[piece[1] - 1].idx + len(doc[piece[1] - 1]),
                    sentence=Span(sentence.start_char, sentence.end_char),
                    subject=shared,
                    form=kind,
                )


def _span(doc: Doc, start: int, end: int) -> Span:
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def _head(doc: Doc, start: int, end: int) -> Token:
    """Return the token of a range that hangs on nothing inside it; a verb before a noun."""
    tops = [t for t in doc[start:end] if t.head.i == t.i or not start <= t.head.i < end]
    verbs = [t for t in tops if t.pos_ in ("VERB", "AUX")]
    return (verbs or tops or [doc[start]])[0]


def _led_over(doc: Doc, head: Token, start: int, end: int) -> tuple[int, int] | None:
    """Return the fact that a sentence only leads over to."""
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
    if head.lemma_.lower() not in ("come", "follow") or subject is None:
        return None
    if subject.lemma_.lower() not in _LEADS:
        return None
    clause = next((c for c in head.children if c.dep_ == "advcl" and c.i > head.i), None)
    if clause is None:
        return None
    first = min(t.i for t in clause.subtree)
    while first < clause.i and doc[first].dep_ in ("mark", "advmod"):
        first += 1
    return _bare(doc, first, max(t.i for t in clause.subtree) + 1)


def _coordinated(
    doc: Doc, head: Token, start: int, end: int, *, is_said: bool
) -> Iterator[tuple[int, int]]:
    """Cut before each further verb that has a tense, and so a truth, of its own."""
    begin, verb = start, head
    for joined in [c for c in head.conjuncts if start <= c.i < end and c.i > head.i]:
        if joined.pos_ not in ("VERB", "AUX") or not _has_tense(joined):
            continue
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in joined.children)
        if is_said and not own:
            continue
        first = min(t.i for t in joined.subtree)
        if not own and not _is_complete(verb, first):
            continue
        cut = first
        while cut - 1 > begin and (doc[cut - 1].dep_ in ("cc", "punct") or doc[cut - 1].is_punct):
            cut -= 1
        piece = _bare(doc, begin, cut)
        if piece is None or first <= begin:
            continue
        yield piece
        begin, verb = first, joined
        while begin < end and doc[begin].dep_ in ("cc", "punct") and begin < joined.i:
            begin += 1
    last = _bare(doc, begin, end)
    if last is not None:
        yield last


def _has_tense(verb: Token) -> bool:
    if verb.tag_ in _FINITE:
        return True
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in _FINITE for c in verb.children)


def _is_complete(verb: Token, before: int) -> bool:
    """Say whether a verb says something without what follows the cut."""
    return any(c.dep_ in _COMPLEMENTS and verb.i < c.i < before for c in verb.children)


def _parts(doc: Doc, start: int, end: int, form: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Take a presupposed noun phrase, a last apposition or relative clause out of a clause."""
    tail = _tail(doc, start, end)
    stop = end
    if tail is not None:
        stop = tail[0][0]
        while stop > start and (doc[stop - 1].is_punct or doc[stop - 1].is_space):
            stop -= 1
    phrase = _presupposed(doc, start, stop) if form == "clause" else None
    if phrase is not None:
        yield phrase, "noun_phrase"
        rest = _bare(doc, phrase[1], stop)
        if rest is not None:
            yield rest, "predicate"
    else:
        yield (start, stop), form
    if tail is not None:
        yield tail


def _tail(doc: Doc, start: int, end: int) -> tuple[tuple[int, int], str] | None:
    """Return an apposition or a relative clause after a comma that runs to the end."""
    for token in doc[start:end]:
        if token.dep_ not in ("appos", "relcl"):
            continue
        first = min(t.i for t in token.subtree)
        last = max(t.i for t in token.subtree)
        if first <= start + 2 or doc[first - 1].text != "," or _only_marks(doc, last + 1, end) < 0:
            continue
        if token.dep_ == "appos" and (last - first < 5 or not _has_action(doc, first, last + 1)):
            continue
        if token.dep_ == "relcl" and last - first < 3:
            continue
        form = "appositive" if token.dep_ == "appos" else "relative"
        return (first, end), form
    return None


def _only_marks(doc: Doc, start: int, end: int) -> int:
    return 0 if all(doc[i].is_punct or doc[i].is_space for i in range(start, end)) else -1


def _has_action(doc: Doc, start: int, end: int) -> bool:
    return any(doc[i].pos_ == "VERB" for i in range(start, end))


def _presupposed(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Return a subject that states an amount of money as known: `The $5bn deal for ten ships`."""
    found = _subject_range(doc, _head(doc, start, end))
    if found is None or found[0] != start or found[1] - found[0] < 4 or found[1] >= end:
        return None
    words = doc[found[0] : found[1]]
    if words[0].lower_ not in ("the", "a", "an", "its", "their", "this", "that", "his", "her"):
        return None
    has_money = any(t.text in _CURRENCY or t.ent_type_ == "MONEY" for t in words)
    return found if has_money and words.root.pos_ in ("NOUN", "PROPN") else None


def _subject_range(doc: Doc, verb: Token) -> tuple[int, int] | None:
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return None
    tokens = [t.i for t in subject.subtree if t.i < verb.i]
    if not tokens:
        return None
    return _bare(doc, tokens[0], tokens[-1] + 1)


def _has_subject(doc: Doc, start: int, end: int) -> bool:
    return any(t.dep_ in ("nsubj", "nsubjpass", "expl") for t in doc[start:end])


def _says_something(doc: Doc, start: int, end: int, form: str) -> bool:
    """Say whether a piece is more than a fragment: a few words, and a verb unless it is a noun's."""
    words = sum(1 for token in doc[start:end] if token.is_alpha or token.like_num)
    if words < SHORTEST:
        return False
    if form in ("noun_phrase", "appositive"):
        return True
    return any(
        t.pos_ in ("VERB", "AUX") and (_has_tense(t) or form == "quote") for t in doc[start:end]
    )
