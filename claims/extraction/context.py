"""
A claim readable alone: what stands elsewhere in the article is put in its place.

Pronouns and role nouns give way to what they stand for, relative times to days and years, and a
clause that shares a subject gets it in front. Each replacement is listed with its place in the
article; the printed text stays as it is. What is not certain is left as printed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.dated import adverb_words, bare_words
from claims.extraction.fronting import Host, compared, hung, is_change, promised
from claims.extraction.grammar import (
    CLEFT,
    SUBJECTS,
    governor_of,
    has_tense,
    head_of,
    is_to,
    subject_range,
)
from claims.extraction.records import (
    AttributionSpan,
    Clause,
    Entity,
    EntityType,
    Quantity,
    Reference,
    ReferenceKind,
    Replacement,
    Span,
    TimeExpression,
)
from claims.extraction.tree import tree_of

_JOINTS = frozenset({"and", "but", "or", "nor", "yet", "so"})
_RELATIVES = frozenset({"which", "who", "that", "whose", "where"})
_LEADING = frozenset({"aux", "auxpass", "neg", "advmod"})
_HELPERS = frozenset({"aux", "auxpass"})
_PREPOSITIONS = frozenset(
    {
        "about", "after", "and", "around", "at", "before", "between", "by", "during", "for", "from",
        "in", "of", "on", "or", "over", "since", "than", "through", "throughout", "till", "to",
        "until", "within",
    }
)  # fmt: skip
_DETERMINERS = frozenset(
    {"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"}
)
#: Words that stand for others themselves: no description with one is put in a word's place.
_PRONOUNS = frozenset(
    {
        "he", "her", "hers", "him", "his", "i", "it", "its", "me", "my", "our", "she", "their",
        "them", "they", "us", "we", "who", "which", "you", "your",
    }
)  # fmt: skip
_NOBODY = frozenset({"no", "none", "nobody", "neither", "nothing"})
_ADVERBS = frozenset({"npadvmod", "advmod", "tmod", "nmod"})
_NOUNS = frozenset({"nsubj", "nsubjpass", "poss", "compound", "pobj", "dobj", "amod", "conj"})

_POSSESSIVES = ("'s", "’s")

#: Longest description that is put in a pronoun's place, in characters.
LONGEST = 160

#: Words to a relative pronoun: "some of which".
_LEADING_WORDS = 4

#: Longest subject that is put in front, in words.
MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around the claims of one parsed piece of an article."""

    doc: Doc
    #: Where the piece begins in the article.
    base: int
    dateline: date
    #: In the article's offsets and order, like the entities.
    references: Sequence[Reference]
    #: In the piece's offsets.
    times: Sequence[TimeExpression]
    entities: Sequence[Entity]

    @property
    def text(self) -> str:
        """Return the piece's text; the document itself would put it together anew each time."""
        return tree_of(self.doc).text


def in_context(
    around: Surroundings,
    clause: Clause,
    *,
    host: Host | None = None,
    amounts: Sequence[Quantity] = (),
    attribution: AttributionSpan | None = None,
) -> tuple[str, tuple[Replacement, ...]]:
    """
    Return a claim's words readable alone, and what was replaced in them.

    :param host: the clause of its sentence that this one hangs on, if it does
    :param amounts: those of the clause, in the piece's offsets
    """
    start, end = around.base + clause.start, around.base + clause.end
    found = [
        *(_hanging(around, clause, host, amounts) if host else ()),
        *promised(around.text, around.base, clause, attribution),
        *_beginning(around, clause),
        *_set_off(around, clause),
        *_dated(around, clause),
        *_referring(around, start, end),
    ]
    replacements = tuple(_apart(found))
    return _replaced(around, start, end, replacements), replacements


def _hanging(
    around: Surroundings, clause: Clause, host: Host, amounts: Sequence[Quantity]
) -> Iterator[Replacement]:
    """Put what a fact hangs on in front, where its first word alone does not tell."""
    text, base = around.text, around.base
    if is_change(text, clause):

        def resolved(start: int, end: int) -> str:
            return _resolved(around, start, end)

        yield from compared(text, base, clause, host, amounts, around.times, resolved)
        return
    words = around.doc.char_span(clause.start, clause.end, alignment_mode="expand")
    # "..., when Norland bought ten ships": the word before is dropped, and the rest is whole.
    is_told = words is not None and (
        (
            clause.form == "relative"
            and (_is_dangling(words[0]) or any(_antecedent(around, words[0])))
        )
        or (clause.form == "participle" and any(_participle(around, words[0])))
    )
    if not is_told:
        yield from hung(clause, host, base)


def _apart(found: Sequence[Replacement]) -> Iterator[Replacement]:
    """Yield the replacements in order, the first of those that overlap."""
    last = -1
    for one in sorted(found, key=lambda r: (r.start, r.end > r.start, -r.end)):
        if one.start >= last:
            yield one
            last = one.end


def _replaced(
    around: Surroundings, start: int, end: int, replacements: Sequence[Replacement]
) -> str:
    text, base = around.text, around.base
    parts, place = [], start
    for one in replacements:
        words = one.replacement
        if (one.start > start or any(parts)) and words.startswith("The "):
            words = f"the {words[4:]}"
        parts += [text[place - base : one.start - base], words]
        place = one.end
    whole = "".join([*parts, text[place - base : end - base]])
    opened = start
    for one in replacements:
        # What stands before the first word that is put in front was dropped.
        opened = one.end if one.start == opened and not one.replacement else opened
    is_begun = any(r.start in (start, opened) and r.replacement for r in replacements)
    # "Founded in 1937, the bank is the oldest": what it opened with is a claim of its own.
    is_begun = is_begun or text[start - base : opened - base].rstrip().endswith(",")
    return whole[:1].upper() + whole[1:] if is_begun else whole


def _beginning(around: Surroundings, clause: Clause) -> Iterator[Replacement]:
    """Drop a dangling conjunction; put a shared subject, or a relative's noun, in front."""
    doc, base = around.doc, around.base
    words = doc.char_span(clause.start, clause.end, alignment_mode="expand")
    if words is None:
        return
    first = words[0]
    if len(words) > 1 and _is_dangling(first):
        after = words[1].idx
        yield Replacement(
            base + first.idx, base + after, around.text[first.idx : after], replacement=""
        )
        first = words[1]
    if cleft := _cleft(words):
        yield from _uncleft(around, cleft)
        return
    if clause.form == "relative":
        yield from _antecedent(around, first, clause.subject)
        return
    if clause.form == "participle":
        yield from _participle(around, first, clause.subject)
        return
    subject = _shared_subject(doc, words.start, words.end)
    if subject is not None:
        span, helpers = subject
        start, stop = doc[span[0]].idx, doc[span[1] - 1].idx + len(doc[span[1] - 1])
        named = _resolved(around, base + start, base + stop)
        front = " ".join([named, *helpers]) + " "
        place = base + first.idx
        yield Replacement(place, place, "", front)


def _cleft(words: Words) -> tuple[Token, Token] | None:
    """Return the verb "was" and the word "who" of `It was the cook who said`."""
    it = next((t for t in words[:-2] if t.lower_ == "it" and t.dep_ == CLEFT), None)
    if it is None or it.nbor(1).dep_ != CLEFT:
        return None
    who = next((c for c in it.head.lefts if c.dep_ == "mark" and c.tag_ in ("WP", "WDT")), None)
    return (it.nbor(1), who) if who is not None and who.i < words.end else None


def _uncleft(around: Surroundings, cleft: tuple[Token, Token]) -> Iterator[Replacement]:
    """Leave out "It was" and "who"."""
    be, who = cleft
    text, base = around.text, around.base
    start, whoever = be.nbor(-1).idx, be.nbor(1).idx
    if be.nbor(-1).is_title:
        opened = text[whoever].upper()
        yield Replacement(base + start, base + whoever + 1, text[start : whoever + 1], opened)
    else:
        # "At the meeting it was the cook": what stands before is set off.
        gap = start - len(text[:start]) + len(text[:start].rstrip())
        comma = "" if text[gap - 1] == "," else ","
        yield Replacement(base + gap, base + whoever, text[gap:whoever], f"{comma} ")
    after = who.nbor(1).idx
    yield Replacement(base + who.idx, base + after, text[who.idx : after], "")


def _set_off(around: Surroundings, clause: Clause) -> Iterator[Replacement]:
    """Leave out the facts that commas set off: each is a claim of its own."""
    text, base = around.text, around.base
    for aside in clause.asides:
        if aside.start == clause.start:
            end = text.index(",", aside.end) + 1
            end += len(text[end:]) - len(text[end:].lstrip())
            yield Replacement(base + aside.start, base + end, text[aside.start : end], "")
            continue
        start = text.rfind(",", clause.start, aside.start)
        end = text.find(",", aside.end, clause.end) + 1
        if start >= 0 and not text[start + 1 : aside.start].strip() and end == aside.end + 1:
            # "Bayview Lettings, a landlord, which was sold in 2019, owed": the apposition stays.
            is_second = "," in text[clause.start : start] and clause.start == _opening(
                around, clause
            )
            yield Replacement(base + start, base + end, text[start:end], "," if is_second else "")


def _opening(around: Surroundings, clause: Clause) -> int | None:
    """Return where a clause's subject begins."""
    words = around.doc.char_span(clause.start, clause.end, alignment_mode="expand")
    span = subject_range(around.doc, head_of(around.doc, words.start, words.end)) if words else None
    return int(around.doc[span[0]].idx) if span else None


def _is_dangling(first: Token) -> bool:
    is_joint = first.dep_ == "cc" and first.lower_ in _JOINTS
    is_joint = is_joint or (
        first.lower_ == "when" and first.dep_ == "advmod" and first.head.dep_ == "relcl"
    )
    return is_joint or (first.dep_ == "mark" and first.lower_ == "that")


def _shared_subject(
    doc: Doc, start: int, end: int
) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    """Return the subject that a clause shares, and the helping verbs that it shares with it."""
    verb = head_of(doc, start, end)
    if verb.pos_ not in ("VERB", "AUX") or any(c.dep_ == "mark" for c in verb.children):
        return None
    governor = governor_of(verb)
    if governor is not None:
        return _governed(doc, governor, verb, start)
    owner = verb
    for _ in range(8):
        if any(c.dep_ in SUBJECTS or c.dep_ == "expl" for c in owner.children):
            break
        # "Plans to apply and expects an answer": the parser may join the second to "apply".
        is_aim = owner.i != verb.i and owner.dep_ == "xcomp" and has_tense(verb)
        if (owner.dep_ != "conj" and not is_aim) or owner.head.pos_ not in ("VERB", "AUX"):
            return None
        owner = owner.head
    owner = _told_before(owner, verb)
    whole = subject_range(doc, owner)
    span = _without_asides(doc, whole) if whole else None
    if span is None or span[1] > start or span[1] - span[0] > MOST_WORDS:
        return None
    if any(t.lower_ in _RELATIVES for t in doc[span[0] : span[1]]):
        return None
    helpers = () if owner.i == verb.i else _shared_helpers(owner, verb)
    return (span, helpers) if helpers is not None else None


def _governed(
    doc: Doc, governor: Token, verb: Token, start: int
) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    """Return the subject and the words between it and a second aim: `is expected to`."""
    whole = subject_range(doc, governor)
    span = _without_asides(doc, whole) if whole else None
    if span is None or span[1] > start or span[1] - span[0] > MOST_WORDS:
        return None
    if doc[span[0]].lower_ in _RELATIVES or governor.i >= start:
        return None
    words = [t for t in (*governor.children, governor) if span[1] <= t.i <= governor.i]
    words = [t for t in words if t.i == governor.i or t.dep_ in _LEADING]
    words += [c for c in governor.children if c.dep_ == "acomp" and c.i > governor.i]
    leading = [t.text for t in words] + ([] if is_to(verb) else ["to"])
    return span, tuple(leading)


def _told_before(owner: Token, verb: Token) -> Token:
    """Return what was told where a verb goes on with it: `It cost $5m, he said, and was sold`."""
    told = next((c for c in owner.children if c.dep_ == "ccomp" and c.i < owner.i), None)
    told = owner.head if owner.dep_ == "parataxis" and owner.head.i < owner.i else told
    joint = next((c for c in owner.children if c.dep_ == "cc" and owner.i < c.i < verb.i), None)
    if told is None or joint is None or joint.i == 0 or joint.nbor(-1).text != ",":
        return owner
    return told if any(c.dep_ in SUBJECTS for c in told.children) else owner


def _without_asides(doc: Doc, span: tuple[int, int]) -> tuple[int, int]:
    """Leave out what stands after a comma and only says more: `the bank, which ..., `."""
    comma = next((i for i in range(*span) if doc[i].text == ","), None)
    head = head_of(doc, *span)
    if comma is None or head.i > comma or any(c.dep_ == "conj" for c in head.children):
        return span
    return span[0], comma


def _shared_helpers(owner: Token, verb: Token) -> tuple[str, ...] | None:
    """Return the helpers that a joined verb leaves out, None where that is not certain."""
    shared = [c for c in owner.children if c.dep_ in _HELPERS]
    is_passive = any(c.dep_ == "auxpass" for c in shared)
    if has_tense(verb):
        # "was built ... and repaired": the parser may take the second for a past tense.
        has_object = any(c.dep_ in ("dobj", "attr", "acomp") for c in verb.children)
        own = any(c.dep_ in _HELPERS for c in verb.children)
        return () if own or has_object or not shared or verb.tag_ not in ("VBD", "VBN") else None
    negated = any(c.dep_ == "neg" for c in owner.children)
    if negated or not shared or verb.tag_ != owner.tag_ or (is_passive and verb.tag_ != "VBN"):
        return None
    return tuple(c.text for c in shared)


def _antecedent(
    around: Surroundings, first: Token, subject: Span | None = None
) -> Iterator[Replacement]:
    """Put the noun in the place of `which`, `whose` or `where`, where it stands right before."""
    doc = around.doc
    pronoun = next(
        (t for t in doc[first.i : first.i + _LEADING_WORDS] if t.lower_ in _RELATIVES), None
    )
    verb = _relative_verb(pronoun) if pronoun is not None else None
    if pronoun is None or verb is None:
        return
    span = _described(doc, verb.head, first.i) or subject
    if span is None:
        return
    base = around.base
    named = _resolved(around, base + span.start, base + span.end)
    if pronoun.lower_ == "whose":
        named += "'" if named.endswith("s") else "'s"
    elif pronoun.lower_ == "where":
        named = f"In {_opened_small(named)},"
    elif pronoun.i > first.i and doc[pronoun.i - 1].lower_ != "of":
        return
    start = base + pronoun.idx
    yield Replacement(start, start + len(pronoun), pronoun.text, named)


def _relative_verb(pronoun: Token) -> Token | None:
    """Return the verb of the clause that a relative pronoun opens, where it is its subject."""
    word = pronoun
    for _ in range(_LEADING_WORDS):
        above = word.head
        if above.dep_ == "relcl":
            is_place = pronoun.lower_ == "where" and word.dep_ == "advmod"
            return above if word.dep_ in SUBJECTS or is_place else None
        word = above
    return None


def _described(doc: Doc, noun: Token, first: int) -> Span | None:
    """Return where the noun stands that a clause after a comma describes: right before it."""
    if first < 2 or not doc[first - 1].is_punct or noun.i != first - 2:
        return None
    # "The bridge over the river, which ..." may mean either.
    if noun.dep_ == "conj" or (noun.dep_ == "pobj" and noun.head.head.pos_ not in ("VERB", "AUX")):
        return None
    edge = noun.left_edge
    if noun.pos_ not in ("NOUN", "PROPN") or noun.i - edge.i > MOST_WORDS:
        return None
    return Span(edge.idx, noun.idx + len(noun))


def _opened_small(words: str) -> str:
    """Return a description as it stands inside a sentence."""
    return f"the{words[3:]}" if words.startswith("The ") else words


def _participle(
    around: Surroundings, first: Token, subject: Span | None = None
) -> Iterator[Replacement]:
    """Put what a participle describes in front of it: `The bridge, built in 1937, carries`."""
    doc, noun = around.doc, first.head
    if first.tag_ != "VBN" or first.dep_ not in ("acl", "advcl"):
        return
    if first.dep_ == "advcl":
        noun = next((c for c in noun.children if c.dep_ in SUBJECTS), noun)
    span = _described(doc, noun, first.i) or subject
    if span is None:
        return
    base = around.base
    named = _resolved(around, base + span.start, base + span.end)
    verb = "were" if noun.tag_ in ("NNS", "NNPS") else "was"
    place = base + first.idx
    small = first.text[:1].lower()
    yield Replacement(place, place + 1, first.text[:1], f"{named} {verb} {small}")


def _dated(around: Surroundings, clause: Clause) -> Iterator[Replacement]:
    for time in around.times:
        if clause.start <= time.start and time.end <= clause.end:
            yield from _with_day(around, time, clause)


def _with_day(around: Surroundings, time: TimeExpression, clause: Clause) -> Iterator[Replacement]:
    doc, text = around.doc, around.text
    words = doc.char_span(time.start, time.end)
    if words is None:
        return
    first, last = words.start, words.end
    before = doc[first - 1].lower_ if first and doc[first - 1].idx >= clause.start else ""
    bare = bare_words(time, around.dateline)
    new = ""
    if before in _PREPOSITIONS:
        new = bare if bare is not None and time.text.lower() != "today" else ""
    elif words.root.dep_ in _ADVERBS or words[0].dep_ == "prep":
        new = adverb_words(time, around.dateline) or ""
    elif words.root.dep_ in _NOUNS:
        new = bare if bare is not None and not bare.startswith("the week") else ""
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    if new[:1].isdigit() and " " in new and text[end : end + 2] in _POSSESSIVES:
        # "Saturday's fire": the 22 July 2023 fire.
        end += 2
        new = "" if before in _DETERMINERS else f"the {new}"
    if new and end <= clause.end and new != text[start:end]:
        if start == clause.start:
            new = new[:1].upper() + new[1:]
        yield Replacement(around.base + start, around.base + end, text[start:end], new)


def _referring(around: Surroundings, start: int, end: int) -> Iterator[Replacement]:
    """Yield what stands for something named elsewhere."""
    references = around.references
    place = bisect_left(references, start, key=lambda r: r.start)
    while place < len(references) and references[place].start < end:
        reference = references[place]
        place += 1
        if reference.end > end or _is_clear(around, reference, start):
            continue
        new = _name(around, reference)
        if new and new.casefold() != reference.text.casefold():
            yield Replacement(reference.start, reference.end, reference.text, new)


def _is_clear(around: Surroundings, reference: Reference, start: int) -> bool:
    """Say whether a claim says already what a reference stands for, and speaks of nobody else."""
    text, base = around.text, around.base
    rest = text[reference.end - base : reference.end - base + 1]
    if reference.kind is ReferenceKind.PRONOUN and rest in ("'", "’"):
        return True
    before = text[start - base : reference.start - base]
    if reference.referent.endswith(reference.text) and text.endswith(
        reference.referent, 0, reference.end - base
    ):
        return True
    if reference.referent not in before:
        return False
    if reference.kind not in (ReferenceKind.PRONOUN, ReferenceKind.POSSESSIVE):
        return reference.kind is ReferenceKind.SHORT_NAME
    first = bisect_left(around.entities, start, key=lambda e: e.start)
    last = bisect_left(around.entities, reference.start, first, key=lambda e: e.start)
    for entity in around.entities[first:last]:
        is_other = entity.name not in reference.referent and reference.referent not in entity.name
        if is_other and entity.type in (EntityType.PERSON, EntityType.ORG, EntityType.PLACE):
            return False
    return True


def _name(around: Surroundings, reference: Reference) -> str:
    """Return what is put in a reference's place, empty where it would not be read."""
    name = reference.referent
    # "No distress call was sent before it crashed": it is not the call.
    if name.partition(" ")[0].lower() in _NOBODY:
        return ""
    if len(name) > LONGEST or not _PRONOUNS.isdisjoint(name.lower().split()):
        return ""
    is_named = reference.kind in (ReferenceKind.ROLE, ReferenceKind.SHORT_NAME)
    first = name.partition(" ")[0].lower()
    if first in ("a", "an"):
        name = f"the {name.partition(' ')[2]}"
    elif not is_named and first not in _DETERMINERS and _takes_article(around, reference):
        name = f"the {name}"
    if reference.kind is not ReferenceKind.POSSESSIVE:
        return name
    return name + ("'" if name.endswith("s") else "'s")


def _takes_article(around: Surroundings, reference: Reference) -> bool:
    """Say whether a thing is called `the ...`, as the article itself writes it."""
    if reference.kind is ReferenceKind.THING:
        return True
    text = around.text
    return f" the {reference.referent}" in text or f"The {reference.referent}" in text


def _resolved(around: Surroundings, start: int, end: int) -> str:
    """Return a stretch of the article with what it refers to in its place."""
    return _replaced(around, start, end, tuple(_apart(list(_referring(around, start, end)))))
