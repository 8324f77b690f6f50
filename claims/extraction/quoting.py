"""
Who stated what: quotes with and without marks, `according to`, colons, and who is meant.

A cue verb with a subject and a clause that it governs, a quotation beside it, or a colon after
it makes an attribution. Which verbs are cues stands in `quotation_cues.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.records import AttributionSpan, Claimant, Span, TimeExpression

_OPEN = {'"', "“", "„", "«"}
_CLOSE = {'"', "”", "»"}
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"ccomp", "xcomp"})

#: Sentences that a quotation may go on over.
LONGEST_QUOTE = 12


@lru_cache(maxsize=1)
def cues() -> dict[str, frozenset[str]]:
    """Return the cue words by what they govern."""
    with Path(__file__).with_name("quotation_cues.toml").open("rb") as file:
        return {name: frozenset(words) for name, words in tomllib.load(file).items()}


def find_attributions(
    doc: Doc, *, dateline: date, times: Sequence[TimeExpression] = ()
) -> tuple[AttributionSpan, ...]:
    """Return the attributions of a parsed text, in text order."""
    names = _Names(doc)
    quotes = _quotations(doc)
    found: list[AttributionSpan] = []
    for sentence in doc.sents:
        for token in sentence:
            read = _of_verb(token, sentence, quotes) or _according(token, sentence)
            if read is not None:
                source, cue, content = read
                found.append(_attribution(doc, names, times, source, cue, content, sentence))
        names.saw(sentence)
    found.extend(_continued(doc, found, quotes))
    return tuple(sorted(found, key=lambda a: (a.content[0].start, a.content[-1].end)))


Read = tuple[list[Token], list[Token], list[tuple[int, int]]]


def _of_verb(token: Token, sentence: Words, quotes: list[tuple[int, int]]) -> Read | None:
    lemma = token.lemma_.lower()
    known = cues()
    if token.pos_ not in ("VERB", "AUX") or lemma not in known["clause"] | known["colon"]:
        return None
    subject = _subject(token)
    if subject is None:
        return None
    source = _phrase(subject)
    cue = [t for t in token.children if t.dep_ in ("aux", "neg", "prt")] + [token]
    if lemma in known["clause"]:
        content = _quoted(token, sentence, quotes) or _clause(token, subject)
        if content:
            return source, sorted(cue, key=lambda t: t.i), content
    colon = _after_colon(token, sentence, subject)
    return (source, sorted(cue, key=lambda t: t.i), colon) if colon else None


def _subject(verb: Token) -> Token | None:
    """Return a verb's subject, its own or that of the verb it is joined to."""
    seen = 0
    while seen < 4:
        own = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
        if own is not None:
            return own if own.pos_ in ("NOUN", "PROPN", "PRON") else None
        if verb.dep_ != "conj":
            return None
        verb, seen = verb.head, seen + 1
    return None


def _phrase(noun: Token) -> list[Token]:
    """Return a noun's phrase without the clauses that hang on it."""
    left = [t for t in noun.subtree if not _hangs_on_clause(t, noun)]
    return left or [noun]


def _hangs_on_clause(token: Token, noun: Token) -> bool:
    for _ in range(40):
        if token.i == noun.i:
            return False
        if token.dep_ in ("relcl", "acl", "advcl"):
            return True
        if token.dep_ in ("punct", "appos") and token.i > noun.i:
            return True
        token = token.head
    return True


def _clause(verb: Token, subject: Token) -> list[tuple[int, int]] | None:
    """Return the clause that a verb governs, as token ranges that leave the verb's own words out."""
    for child in verb.children:
        if child.dep_ not in _CLAUSES or child.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
            continue
        if child.dep_ == "xcomp" and verb.lemma_.lower() not in cues()["intent"]:
            continue
        tokens = [t for t in child.subtree if t.i != verb.i]
        start, end = tokens[0].i, tokens[-1].i + 1
        if start < verb.i < end:
            return None
        doc = verb.doc
        while start < end and (doc[start].is_punct or doc[start].lower_ == "that"):
            start += 1
        while end > start and (doc[end - 1].is_punct and doc[end - 1].text not in _CLOSE):
            end -= 1
        if end - start >= 2:
            return [(start, end)]
    return None


def _quotations(doc: Doc) -> list[tuple[int, int]]:
    """Return the token ranges between quotation marks; one that is never closed ends its line."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for token in doc:
        if opened is None and token.text in _OPEN:
            opened = token.i
        elif opened is not None and (token.text in _CLOSE or "\n" in token.text):
            if token.i - opened > 2:
                found.append((opened + 1, token.i))
            opened = None
    if opened is not None and len(doc) - opened > 2:
        found.append((opened + 1, len(doc)))
    return found


def _quoted(
    verb: Token, sentence: Words, quotes: list[tuple[int, int]]
) -> list[tuple[int, int]] | None:
    """Return the whole quotations of a sentence that stand beside its cue."""
    inside = [
        (max(start, sentence.start), end)
        for start, end in quotes
        if start < sentence.end and end > sentence.start and not start <= verb.i < end
    ]
    whole = [span for span in inside if span[1] - span[0] >= 4]
    return whole or None


def _after_colon(verb: Token, sentence: Words, subject: Token) -> list[tuple[int, int]] | None:
    """Return what follows a colon after the cue: the sentence's rest, or the next sentence."""
    if subject.i > verb.i + 3 and subject.i > verb.i:
        return None
    doc = verb.doc
    colon = next((t for t in doc[verb.i : sentence.end] if t.text == ":"), None)
    if colon is None:
        return None
    start = colon.i + 1
    while start < len(doc) and (doc[start].is_space or doc[start].text in _OPEN):
        start += 1
    if start >= len(doc):
        return None
    end = sentence.end if start < sentence.end else doc[start].sent.end
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return [(start, end)] if end - start >= 3 else None


def _according(token: Token, sentence: Words) -> Read | None:
    """Read `according to X`: all the rest of its sentence is what X says."""
    doc = token.doc
    if token.lower_ != "according" or token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    noun = next((t for t in doc[token.i + 1].children if t.dep_ == "pobj"), None)
    if noun is None or noun.sent.start != sentence.start:
        return None
    source = [t for t in noun.subtree if not _hangs_on_clause(t, noun)] or [noun]
    before, after = (sentence.start, token.i), (source[-1].i + 1, sentence.end)
    pieces = [_stripped(doc, *piece) for piece in (before, after)]
    content = [piece for piece in pieces if piece[1] - piece[0] >= 3]
    return (source, [token, doc[token.i + 1]], content) if content else None


def _stripped(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return start, end


def _attribution(
    doc: Doc,
    names: _Names,
    times: Sequence[TimeExpression],
    source: list[Token],
    cue: list[Token],
    content: list[tuple[int, int]],
    sentence: Words,
) -> AttributionSpan:
    spans = tuple(Span(doc[s].idx, doc[e - 1].idx + len(doc[e - 1])) for s, e in content)
    verb = cue[-1]
    return AttributionSpan(
        source=(_span_of(source),),
        cue=(_span_of(cue),),
        content=spans,
        verb=verb.lemma_.lower() if verb.pos_ in ("VERB", "AUX") else "according to",
        claimant=names.claimant(source),
        said_on=_said_on(times, sentence, spans),
        venue=_venue(verb),
        is_direct_quote=any(
            doc[s - 1].text in _OPEN or doc[s].text in _OPEN for s, _ in content if s > 0
        ),
    )


def _span_of(tokens: list[Token]) -> Span:
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return Span(first.idx, last.idx + len(last))


def _said_on(
    times: Sequence[TimeExpression], sentence: Words, content: tuple[Span, ...]
) -> TimeExpression | None:
    """Return the day in the cue's part of the sentence, which is when it was said."""
    for time in times:
        is_here = sentence.start_char <= time.start < sentence.end_char
        if is_here and time.type in ("DATE", "TIME") and time.earliest is not None:
            if not any(span.start <= time.start < span.end for span in content):
                return time
    return None


def _venue(verb: Token) -> str | None:
    """Return to whom, or where, something was said."""
    addressed = cues()["addressed"]
    if verb.lemma_.lower() in addressed:
        heard = next((c for c in verb.children if c.dep_ in ("dobj", "dative")), None)
        if heard is not None and heard.pos_ in ("PROPN", "NOUN"):
            return _plain(heard)
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("at", "in", "to", "on", "during"):
            place = next((c for c in child.children if c.dep_ == "pobj"), None)
            if place is not None and place.lemma_.lower() in cues()["venues"]:
                return _plain(place)
    return None


def _plain(noun: Token) -> str:
    """Return a noun with the words before it, its article left out."""
    words = [t for t in noun.subtree if t.i <= noun.i and t.dep_ not in ("det", "poss")]
    return noun.doc.text[words[0].idx : noun.idx + len(noun)]


class _Names:
    """Who was named so far, to know whom `he` and a bare surname mean."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._people = {e.text for e in doc.ents if e.label_ == "PERSON"}
        self._last_person: Claimant | None = None
        self._last_body: Claimant | None = None
        self._by_role: dict[str, Claimant] = {}

    def saw(self, sentence: Words) -> None:
        """Remember whom a sentence names."""
        for entity in sentence.ents:
            if entity.label_ == "PERSON":
                self._last_person = self._person(entity)
            elif entity.label_ in ("ORG", "GPE") and entity.root.dep_ in _SUBJECTS:
                self._last_body = Claimant(_without_article(entity.text))

    def _person(self, entity: Words) -> Claimant:
        full = self._full(entity.text)
        role = _role_before(entity) or _role_after(entity)
        known = next((c for c in self._by_role.values() if c.name == full), None)
        found = Claimant(full, role or (known.role if known else None))
        if role:
            self._by_role[role.split()[-1].lower()] = found
        return found

    def _full(self, name: str) -> str:
        plain = name.removesuffix("’s").removesuffix("'s")
        longer = [
            other
            for other in self._people
            if " " in other and other.split()[-1] == plain.split()[-1]
        ]
        return max([plain, *(o.removesuffix("’s").removesuffix("'s") for o in longer)], key=len)

    def claimant(self, source: list[Token]) -> Claimant:
        """Return whom a source phrase means; somebody unnamed stays as they are described."""
        first, last = min(t.i for t in source), max(t.i for t in source)
        words = self._doc[first : last + 1]
        person = next((e for e in words.ents if e.label_ == "PERSON"), None)
        if person is not None:
            return self._person(person)
        text = words.text
        if text.lower() in _PRONOUNS:
            known = self._last_body if text.lower() == "it" else self._last_person
            return known or self._last_person or Claimant(text, is_anonymous=True)
        role = words[-1].lower_
        if role in self._by_role and words[0].lower_ in ("the", "this"):
            return self._by_role[role]
        body = next((e for e in words.ents if e.label_ in ("ORG", "GPE", "NORP")), None)
        if body is not None and body.end >= words.end - 1 and body.label_ != "NORP":
            return Claimant(_without_article(text))
        is_named = any(token.pos_ == "PROPN" for token in words)
        return Claimant(_without_article(text) if is_named else text, is_anonymous=not is_named)


def _without_article(text: str) -> str:
    return text[4:] if text[:4] in ("the ", "The ") else text


def _role_before(entity: Words) -> str | None:
    """Return the title before a name: `Foreign Minister` of `Foreign Minister Jane Doe`."""
    doc, start = entity.doc, entity.start
    while start > entity.sent.start and _is_title(doc[start - 1]):
        start -= 1
    while start < entity.start and doc[start].lower_ in ("the", "when", "then", "and", "its"):
        start += 1
    words = doc[start : entity.start].text.strip(" ,\n")
    return words or None


def _is_title(token: Token) -> bool:
    if token.is_punct or token.is_space:
        return False
    return token.dep_ in ("compound", "amod", "nmod", "poss", "case") and token.pos_ in (
        "PROPN",
        "ADJ",
        "NOUN",
    )


def _role_after(entity: Words) -> str | None:
    """Return the apposition after a name: `Jane Doe, the foreign minister,`."""
    for child in entity.root.children:
        if child.dep_ == "appos" and child.i > entity.root.i:
            words = [t for t in child.subtree if not _hangs_on_clause(t, child)]
            return entity.doc[words[0].i : words[-1].i + 1].text.strip(" ,\n")
    return None


def _continued(
    doc: Doc, found: list[AttributionSpan], quotes: list[tuple[int, int]]
) -> list[AttributionSpan]:
    """Give a quotation without a cue of its own to whoever was quoted in the sentence before."""
    more = []
    covered = [(s.start, s.end) for a in found for s in a.content]
    for start, end in quotes:
        first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        if end - start < 5 or any(s < last and e > first for s, e in covered):
            continue
        before = [a for a in found if a.is_direct_quote and 0 <= first - a.content[-1].end <= 200]
        if before:
            said = before[-1]
            more.append(
                AttributionSpan(
                    source=said.source,
                    cue=said.cue,
                    content=(Span(first, last),),
                    verb=said.verb,
                    claimant=said.claimant,
                    said_on=said.said_on,
                    venue=said.venue,
                    is_direct_quote=True,
                )
            )
    return more


def attribution_of(
    start: int, end: int, attributions: Sequence[AttributionSpan]
) -> AttributionSpan | None:
    """Return the innermost attribution whose content covers most of a span."""
    best: AttributionSpan | None = None
    size = 0
    for attribution in attributions:
        shared = sum(
            max(0, min(end, span.end) - max(start, span.start)) for span in attribution.content
        )
        length = sum(span.end - span.start for span in attribution.content)
        if shared * 10 >= (end - start) * 7 and (best is None or length < size):
            best, size = attribution, length
    return best
