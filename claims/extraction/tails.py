"""
Facts that hang on a clause: in its subject, or after its last comma.

`The $5bn deal for ten ships` states an amount as known; an apposition, a relative clause, a
participle (`killing 58 people`) or a comparison (`down from 37%`, `the most since 2007`) adds a
fact that can be false while the clause is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from claims.extraction.grammar import FINITE, bare, first_of, head_of, last_of, subject_range

Range = tuple[int, int]

_CURRENCY = frozenset({"$", "€", "£", "₹", "¥"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "this", "that", "his", "her", "our"})

#: What the parser takes for verbs after a number: "£29m".
_SCALES = frozenset({"m", "bn", "k", "tn", "trn"})

#: Participles that tie, and state nothing.
_TYING = frozenset(
    {
        "accord", "add", "assume", "bar", "base", "begin", "cite", "compare", "concern", "consider",
        "depend", "end", "exclude", "follow", "give", "include", "involve", "mean", "note", "pend",
        "quote", "range", "regard", "say", "speak", "start", "use", "write",
    }
)  # fmt: skip
_RANKS = frozenset(
    {
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "only", "record", "last", "most", "least", "best", "worst",
    }
)  # fmt: skip
_PARTS = frozenset({"most", "many", "some", "several", "half", "all", "none", "few"})
_COMPARED = frozenset(
    {
        "more",
        "less",
        "fewer",
        "above",
        "below",
        "higher",
        "lower",
        "ahead",
        "behind",
        "times",
        "twice",
    }
)
#: Most facts that one clause trails.
MOST = 4


def parts_of(doc: Doc, start: int, end: int, form: str) -> Iterator[tuple[Range, str]]:
    """Yield a clause and the facts that hang on it, each with its form, in text order."""
    tails: list[tuple[Range, str]] = []
    stop = end
    while len(tails) < MOST:
        tail = _tail(doc, start, stop)
        if tail is None:
            break
        tails.insert(0, tail)
        rest = bare(doc, start, tail[0][0])
        if rest is None:
            break
        stop = rest[1]
    phrase = _presupposed(doc, start, stop) if form == "clause" else None
    if phrase is None:
        yield (start, stop), form
    else:
        yield phrase, "noun_phrase"
        predicate = bare(doc, phrase[1], stop)
        if predicate is not None:
            yield predicate, "predicate"
    for (first, last), kind in tails:
        yield from _joined_participles(doc, first, last, kind)


def _tail(doc: Doc, start: int, end: int) -> tuple[Range, str] | None:
    """Return the outermost fact after a comma that runs to the end."""
    for comma in range(start + 2, end - 2):
        if doc[comma].text != ",":
            continue
        first = comma + 1
        kind = _kind_of(doc, first, end)
        if kind is not None:
            whole = bare(doc, first, end)
            return (whole, kind) if whole is not None else None
    return None


def _kind_of(doc: Doc, first: int, end: int) -> str | None:
    """Return what sort of fact a range after a comma is."""
    if end - first < 3:
        return None
    top = head_of(doc, first, end)
    if first_of(top) < first or last_of(top) < _last_word(doc, first, end):
        return _comparison(doc, first, end)
    if top.dep_ == "relcl":
        return "relative" if end - first >= 3 else None
    if _is_participle(doc, top, first, end):
        return "participle"
    if top.dep_ == "appos" and end - first >= 6 and _has_action(doc, first, end):
        return "appositive"
    return _comparison(doc, first, end)


def _last_word(doc: Doc, start: int, end: int) -> int:
    while end - 1 > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return end - 1


def _is_participle(doc: Doc, top: Token, first: int, end: int) -> bool:
    """Say whether a range is `killing 58 people` or `driven by higher prices`."""
    if top.i > first + 1 or end - first < 4 or top.lemma_.lower() in _TYING - {"follow"}:
        return False
    if any(c.dep_ in ("mark", "nsubj", "nsubjpass", "aux", "auxpass") for c in top.children):
        return False
    if top.tag_ == "VBG":
        return top.dep_ in ("advcl", "acl", "ccomp", "conj", "dep") and top.lemma_ != "follow"
    return top.tag_ in ("VBN", "VBD") and any(c.dep_ == "agent" for c in top.children)


def _comparison(doc: Doc, first: int, end: int) -> str | None:
    """Return `appositive` for a rank, a change or a difference: `the most since 2007`."""
    words = [token.lower_ for token in doc[first:end]]
    if len(words) < 4 or words[0] in ("and", "or", "but", "including", "with", "as", "compared"):
        return None
    has_number = any(t.like_num or any(c.isdigit() for c in t.text) for t in doc[first:end])
    if words[0] in ("up", "down") and has_number and ("from" in words or "on" in words):
        return "appositive"
    if any(t.tag_ in FINITE and t.text not in _SCALES for t in doc[first : first + 4]):
        return None
    if words[0] in _PARTS and words[1] == "of":
        return None if words[2] in ("which", "whom", "whose") else "appositive"
    is_ranked = words[0] in _DETERMINERS and any(
        t.tag_ in ("JJS", "RBS") or t.lower_ in _RANKS for t in doc[first : first + 5]
    )
    if is_ranked:
        return "appositive"
    starts_with_number = (
        doc[first].like_num or doc[first].text in _CURRENCY or words[0][0].isdigit()
    )
    compared = next((i for i, w in enumerate(words[1:6], start=1) if w in _COMPARED), None)
    # "In Veneto, 40 percent of patients wait more": a statement, and no difference.
    between = doc[first : first + (compared or 0)]
    is_stated = any(t.tag_ in FINITE and t.text not in _SCALES for t in between)
    is_difference = compared is not None and starts_with_number and not is_stated
    return "appositive" if is_difference else None


def _joined_participles(doc: Doc, first: int, last: int, kind: str) -> Iterator[tuple[Range, str]]:
    """Cut `killing 58 people and leaving 15,000 without power` in two."""
    if kind != "participle":
        yield (first, last), kind
        return
    begin = first
    top = head_of(doc, first, last)
    for joined in [c for c in top.conjuncts if top.i < c.i < last and c.tag_ == top.tag_]:
        cut = first_of(joined)
        if last - cut < 3 or cut - begin < 3 or top.tag_ != "VBG":
            continue
        whole = bare(doc, begin, cut)
        if whole is not None:
            trimmed = whole[1]
            while trimmed > whole[0] and doc[trimmed - 1].dep_ in ("cc", "punct"):
                trimmed -= 1
            yield (whole[0], trimmed), kind
        begin = cut
    rest = bare(doc, begin, last)
    if rest is not None:
        yield rest, kind


def _has_action(doc: Doc, start: int, end: int) -> bool:
    return any(doc[i].pos_ == "VERB" for i in range(start, end))


def _presupposed(doc: Doc, start: int, end: int) -> Range | None:
    """Return a subject that states an amount of money as known: `The $5bn deal for ten ships`."""
    found = subject_range(doc, head_of(doc, start, end))
    if found is None or found[0] != start or found[1] - found[0] < 4 or found[1] >= end:
        return None
    words = doc[found[0] : found[1]]
    if words[0].lower_ not in _DETERMINERS or words.root.pos_ not in ("NOUN", "PROPN"):
        return None
    # Money in a clause that only describes the subject is not what the subject states.
    described = {t.i for c in words.root.children if c.dep_ == "relcl" for t in c.subtree}
    has_money = any(
        (t.text in _CURRENCY or t.ent_type_ == "MONEY") and t.i not in described for t in words
    )
    return found if has_money else None
