"""
A stretch of a sentence cut into clauses that can be true or false alone.

Cut is before each further verb that has a truth of its own, at semicolons and colons between
statements, and at concessions (`although`, `while`); a condition, a reason or a time stays with
what it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from claims.extraction.grammar import (
    FINITE,
    aims_of,
    bare,
    first_of,
    governor_of,
    has_own_subject,
    has_tense,
    head_of,
    is_complete,
    last_of,
    states,
)

Range = tuple[int, int]

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
_CONCESSIONS = frozenset({"although", "though", "while", "whereas"})

#: How deep cuts lie in cuts; real sentences need two or three.
DEEPEST = 8


def cut_clauses(doc: Doc, start: int, end: int, depth: int = 0) -> Iterator[Range]:
    """Yield the clauses of a token range, without the marks and conjunctions between them."""
    cut = _separated(doc, start, end) or _conceded(doc, start, end) if depth < DEEPEST else None
    if cut is None:
        yield from _coordinated(doc, head_of(doc, start, end), start, end)
        return
    for piece in cut:
        whole = bare(doc, *piece)
        if whole is not None:
            yield from cut_clauses(doc, *whole, depth + 1)


def led_over(doc: Doc, start: int, end: int) -> Range | None:
    """Return the fact that a sentence only leads over to."""
    head = head_of(doc, start, end)
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
    if head.lemma_.lower() not in ("come", "follow") or subject is None:
        return None
    if subject.lemma_.lower() not in _LEADS:
        return None
    clause = next((c for c in head.children if c.dep_ == "advcl" and c.i > head.i), None)
    if clause is None:
        return None
    first = first_of(clause)
    while first < clause.i and doc[first].dep_ in ("mark", "advmod"):
        first += 1
    return bare(doc, first, last_of(clause) + 1)


def _separated(doc: Doc, start: int, end: int) -> tuple[Range, ...] | None:
    """Cut at a semicolon or a colon that stands between two statements."""
    for place in range(start + 2, end - 2):
        if doc[place].text not in (";", ":") or not states(doc, place + 1, end):
            continue
        if not states(doc, start, place):
            continue
        # "The minister was cautious: ..." only leads over to what follows.
        if doc[place].text == ":" and _only_introduces(doc, start, place):
            return ((place + 1, end),)
        return ((start, place), (place + 1, end))
    return None


def _only_introduces(doc: Doc, start: int, end: int) -> bool:
    head = head_of(doc, start, end)
    is_short = not any(t.like_num or t.ent_type_ in ("DATE", "PERCENT") for t in doc[start:end])
    return is_short and head.lemma_ == "be" and any(c.dep_ == "acomp" for c in head.children)


def _conceded(doc: Doc, start: int, end: int) -> tuple[Range, ...] | None:
    """Cut between a statement and another that is conceded or set against it."""
    for place in range(start, end):
        token = doc[place]
        if token.lower_ not in _CONCESSIONS or token.dep_ not in ("mark", "advmod"):
            continue
        clause = token.head
        if (
            clause.dep_ not in ("advcl", "ccomp")
            or not has_tense(clause)
            or not has_own_subject(clause)
        ):
            continue
        first, last = first_of(clause), min(last_of(clause) + 1, end)
        if clause.i < start or first < start or doc[first].lower_ not in (*_CONCESSIONS, "even"):
            continue
        if first == start and last < end - 2:
            return (place + 1, last), (last, end)
        if first > start + 2 and last >= end - 1 and doc[first - 1].text == ",":
            return (start, first), (place + 1, end)
    return None


def _coordinated(doc: Doc, head: Token, start: int, end: int) -> Iterator[Range]:
    """Cut before each further verb that has a truth of its own."""
    begin, verb = start, head
    for joined in _joined(head, start, end):
        first = first_of(joined)
        if first <= begin or not _is_of_its_own(verb, joined, first, end):
            continue
        cut = first
        while cut - 1 > begin and _is_joint(doc[cut - 1]):
            cut -= 1
        piece = bare(doc, begin, cut)
        if piece is None:
            continue
        yield piece
        begin, verb = first, joined
        while begin < joined.i and _is_joint(doc[begin]):
            begin += 1
    last = bare(doc, begin, end)
    if last is not None:
        yield last


def _joined(head: Token, start: int, end: int) -> list[Token]:
    """Return the verbs joined to a head, and those beside it that hang on words outside."""
    verbs = [c for c in head.conjuncts if c.i > head.i and start <= c.i < end]
    verbs += [
        t
        for t in head.doc[head.i + 1 : end]
        if not start <= t.head.i < end and has_tense(t) and has_own_subject(t)
    ]
    verbs += [
        c for c in head.children if c.dep_ == "ccomp" and head.i < c.i < end and _is_spliced(c)
    ]
    verbs += [c for aim in aims_of(head) for c in aim.conjuncts if aim.i < c.i < end]
    found = {v.i: v for v in verbs if v.pos_ in ("VERB", "AUX")}
    return [found[place] for place in sorted(found)]


def _is_spliced(verb: Token) -> bool:
    """Say whether a statement stands after a semicolon: the parser hangs it on the one before."""
    first = first_of(verb)
    return first > 0 and verb.doc[first - 1].text == ";"


def _is_joint(token: Token) -> bool:
    return token.dep_ in ("cc", "punct", "preconj") or token.is_punct or token.is_space


def _is_of_its_own(verb: Token, joined: Token, first: int, end: int) -> bool:
    """Say whether a joined verb states something besides the first one."""
    if has_own_subject(joined) and (has_tense(joined) or _helper_of(verb) is not None):
        return True
    governor = governor_of(joined)
    if governor is not None:
        return _is_second_aim(governor, joined, first, end)
    if not is_complete(verb, first) or _only_describes(verb, first):
        return False
    if has_tense(joined):
        return True
    # "will buy ten ships and sell the old ones", "was fined and barred from racing".
    helper = _helper_of(verb)
    return (
        helper is not None
        and joined.tag_ == verb.tag_
        and is_complete(joined, end)
        and last_of(joined) - joined.i >= 2
    )


def _is_second_aim(governor: Token, joined: Token, first: int, end: int) -> bool:
    """Say whether something else is to come as well: `to begin in July and be completed by 2027`."""
    aim = next((a for a in aims_of(governor) if a.i < first), None)
    if aim is None or any(c.dep_ in ("dobj", "dative") for c in governor.children):
        return False
    return is_complete(aim, first) and is_complete(joined, end) and last_of(joined) - joined.i >= 2


def _only_describes(verb: Token, first: int) -> bool:
    """Say whether a "verb" is a participle between commas: `The works, spread over years, will`."""
    doc = verb.doc
    return (
        verb.tag_ in ("VBD", "VBN")
        and verb.i > 0
        and doc[verb.i - 1].text == ","
        and first > 0
        and doc[first - 1].text == ","
        and doc[first].dep_ != "cc"
    )


def _helper_of(verb: Token) -> Token | None:
    return next(
        (c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.tag_ in FINITE), None
    )
