"""
Facts set off by commas in mid-sentence: `The dam, which was built in 1998, belongs to a miner`.

The fact can be false while the sentence is true, so it is a claim of its own inside the other,
which reads alone without it. What only tells how somebody spoke is no fact.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from claims.extraction.grammar import FINITE, SUBJECTS, bare, first_of, has_tense, last_of

Range = tuple[int, int]

_RELATIVES = frozenset({"WDT", "WP", "WP$", "WRB"})

#: What people do who only speak: "who asked not to be named".
_SPEAKING = frozenset({"ask", "decline", "insist", "refuse", "request", "speak", "talk", "write"})
_ANONYMOUS = frozenset({"anonymity", "anonymous", "anonymously", "authorised", "authorized", "identified", "named", "quoted"})  # fmt: skip

#: Participles that set off what is known by the way, and only tie.
_TYING = frozenset(
    {"accord", "base", "call", "compare", "follow", "give", "include", "know", "name", "quote", "see", "speak"}
)  # fmt: skip

#: Shortest fact, in words.
SHORTEST = 3

#: Words from the comma to the relative: "most of which".
_LEADING = 4

#: Most facts inside one clause.
MOST = 3

#: Longest aside that is looked for, in words.
LONGEST = 40


def asides_in(doc: Doc, start: int, end: int) -> Iterator[tuple[Range, str]]:
    """Yield the facts between two commas of a clause, each with its form."""
    if doc[start].tag_ == "CC":
        return
    place, count = start + 1, 0
    while count < MOST and (comma := _comma(doc, place, end)) is not None:
        place = comma + 1
        found = _fact_after(doc, comma, end)
        if found is not None and not doc[found[0][1] + 1].is_space:
            yield found
            place, count = found[0][1], count + 1


def asides_of(doc: Doc, start: int, end: int, taken: set[int]) -> Iterator[tuple[Range, str]]:
    """Yield the facts about whoever speaks: `Ruiz, who voted against the plan, said`."""
    place = start
    while (comma := _comma(doc, place, end)) is not None:
        place = comma + 1
        found = _fact_after(doc, comma, end, is_open=True)
        if found is not None and taken.isdisjoint(range(*found[0])) and found[1] != "participle":
            yield found
            place = found[0][1]


def opening_of(doc: Doc, start: int, end: int) -> Range | None:
    """Return the fact that a clause opens with: `Founded in 1937, the bank is the oldest`."""
    top = doc[start]
    if top.tag_ != "VBN" or top.dep_ != "advcl" or top.lemma_.lower() in _TYING:
        return None
    comma = last_of(top) + 1
    if not start + SHORTEST <= comma < end - 1 or doc[comma].text != ",":
        return None
    is_passive = any(c.dep_ in ("aux", "auxpass", "mark", *SUBJECTS) for c in top.children)
    has_number = any(t.tag_ == "CD" for t in doc[start:comma])
    subject = next((c for c in top.head.children if c.dep_ in SUBJECTS), None)
    is_next = subject is not None and first_of(subject) == comma + 1
    return (start, comma) if has_number and is_next and not is_passive else None


def _comma(doc: Doc, start: int, end: int) -> int | None:
    return next((i for i in range(start, end - 2) if doc[i].text == ","), None)


def _fact_after(
    doc: Doc, comma: int, end: int, *, is_open: bool = False
) -> tuple[Range, str] | None:
    """Return a fact between two commas, or between one and the end, and its form."""
    first = comma + 1
    relative = _relative(doc, first, end)
    noun = _described(doc, first, end) if relative is None else None
    top = relative or noun or doc[first]
    form = (
        "relative" if relative is not None else "appositive" if noun is not None else "participle"
    )
    if form == "participle" and not _is_dated_participle(top):
        return None
    last = min(last_of(top) + 1, end, first + LONGEST)
    closing = next(
        (i for i in range(top.i, last) if doc[i].text == "," and _closes(doc, i, end)), last
    )
    closing = _whole(doc, closing, min(end, first + LONGEST))
    whole = bare(doc, first, closing)
    is_closed = closing < end and doc[closing].text == ","
    if whole is None or whole[1] - whole[0] < SHORTEST or not (is_closed or is_open):
        return None
    if doc[closing - 1].is_space or _only_speaks(doc, *whole):
        return None
    return (whole[0], closing), form


def _whole(doc: Doc, closing: int, end: int) -> int:
    """Return where a fact ends that the parser broke off before its comma."""
    for place in range(closing, end):
        token = doc[place]
        if token.text == ",":
            return place
        if token.is_punct or token.is_space or token.tag_ in FINITE:
            break
    return closing


def _closes(doc: Doc, comma: int, end: int) -> bool:
    """Say whether the sentence goes on after a comma with the verb of its subject."""
    after = next((t for t in doc[comma + 1 : min(end, comma + 4)] if t.pos_ != "ADV"), None)
    return after is not None and after.tag_ in ("VBD", "VBZ", "VBP", "MD")


def _relative(doc: Doc, first: int, end: int) -> Token | None:
    """Return the verb of a relative clause that begins at a place."""
    pronoun = next(
        (t for t in doc[first : min(end, first + _LEADING)] if t.tag_ in _RELATIVES), None
    )
    if pronoun is None or any(t.is_punct for t in doc[first : pronoun.i]):
        return None
    if pronoun.i > first and doc[pronoun.i - 1].tag_ != "IN":
        return None
    if pronoun.lower_ in ("what", "how", "why", "whatever", "whoever"):
        return None
    verb = pronoun
    for _ in range(_LEADING):
        if verb.dep_ == "relcl":
            # The parser takes "sails" for a noun.
            is_told = has_tense(verb) or (verb.tag_ == "NNS" and pronoun.head.i == verb.i)
            return verb if is_told and first_of(verb) >= first else None
        verb = verb.head
    return None


def _described(doc: Doc, first: int, end: int) -> Token | None:
    """Return the noun of an apposition that tells a fact: `a mason who was paid $8 a day`."""
    if doc[first].lower_ not in ("a", "an", "the"):
        return None
    for token in doc[first : min(end, first + LONGEST)]:
        if token.is_punct:
            return None
        is_relative = token.dep_ == "relcl" and has_tense(token)
        if is_relative and token.head.dep_ == "appos" and first_of(token.head) == first:
            return token.head
    return None


def _is_dated_participle(token: Token) -> bool:
    """Say whether a participle tells when or how much: `built in 1937`."""
    if token.tag_ != "VBN" or token.dep_ != "acl" or token.lemma_.lower() in _TYING:
        return False
    return any(t.tag_ == "CD" for t in token.subtree)


def _only_speaks(doc: Doc, start: int, end: int) -> bool:
    words = doc[start:end]
    if any(t.lower_ in _ANONYMOUS for t in words):
        return True
    return len(words) < 2 or (words[1].lemma_.lower() in _SPEAKING and len(words) < 6)
