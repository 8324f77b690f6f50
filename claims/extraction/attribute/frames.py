"""
Frames: the shapes in which a cue, its source and its content stand in a sentence.

Each frame proposes candidates; which of them are attributions is judged in `weighing.py`.

    clause          said that prices rose          clause_before  prices rose, he said
    parenthetical   prices, he said, rose          as_clause      prices rose, as he said
    infinitive      wants to go; urged them to go  gerund         suggested going
    object          criticised the deal            complement     called the deal a mistake
    prep            called for peace               object_prep    accused him of lying
    passive         the deal was criticised by X   participle     a book written by X
    quote           words in marks, with or without a clause beside them
    colon           told X on Monday: prices rose  headline       Poll: prices rose
    signature       "Prices rose." - Anna Borg
    *_short         the same, without what is joined to the content by a comma or a dash
    noun_*          the claim that ..., his plan to ..., criticism of ...
    adjective_*     is afraid that ..., willing to ..., worried about ...
    according       according to X
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.times.words import WEEKDAYS
from claims.extraction.tree import Range, Tree

from .lexicon import lexicon
from .ranges import joined, trimmed, within, without
from .sources import QUOTING, Source, agent, is_passive, phrase, subject
from .speech import Speech

_CLAUSES = ("ccomp",)
_LONGEST_NAME = 10
_AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
_VERB_FORMS = frozenset({"VERB", "AUX"})
_SAYING = frozenset({"say", "claim", "admit"})
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})
_DASHES = frozenset({"—", "–", "―", "--", "-"})
_EMPTY_VERBS = frozenset({"be", "have", "do", "will", "would", "may", "can", "could", "should"})
_LIGHT_VERBS = frozenset(
    [
        "have",
        "make",
        "give",
        "issue",
        "express",
        "take",
        "offer",
        "raise",
        "voice",
        "show",
        "hold",
        "lay",
        "set",
        "put",
        "release",
    ]
)


@dataclass(slots=True)
class Candidate:
    """A cue with a source and a content that might be an attribution."""

    cue: int
    frame: str
    part: str
    source: Source | None
    content: tuple[Range, ...]
    lemma: str
    #: The preposition or noun that belongs to the cue: "call *for*", "make a *promise*".
    second: int | None = None
    #: The parser took the cue for another statement, joined to what was told by a comma.
    is_joined: bool = False


class Framer:
    """Proposes the candidates of one article."""

    def __init__(self, tree: Tree, speech: Speech) -> None:
        self.tree = tree
        self.speech = speech
        self.words = lexicon()

    def candidates(self) -> Iterator[Candidate]:
        """Yield every candidate, in the order of the cues."""
        tree, words = self.tree, self.words
        for i in range(tree.size):
            part, lemma = tree.pos[i], tree.lemmas[i]
            if part in _VERB_FORMS:
                yield from self._of_verb(i)
            elif part == "NOUN" and lemma in words.nouns:
                yield from self._of_noun(i)
            elif part == "ADJ" and lemma in words.adjectives:
                yield from self._of_adjective(i)
            elif tree.words[i] == ":":
                yield from self._of_headline(i)
            if tree.words[i] in _DASHES:
                yield from self._signature(i)

    # -- verbs ---------------------------------------------------------------------------

    def _of_verb(self, i: int) -> Iterator[Candidate]:
        tree = self.tree
        if tree.deps[i] in _AUXILIARIES or tree.deps[i] == "amod":
            return
        if tree.lower[i] == "according":
            yield from self._according(i)
            return
        known = tree.lemmas[i] in self.words.verbs or i in self.speech.by_cue
        if not known and (tree.lemmas[i] in _EMPTY_VERBS or not self._has_clause(i)):
            return
        if self._passes_on(i):
            return
        source = subject(tree, i)
        yield from self._quotes(i, source or self._between(i))
        yield from self._colon(i, source)
        yield from self._parenthetical(i, source)
        yield from self._told_after(i, source)
        if is_passive(tree, i):
            yield from self._passive(i, source)
        if tree.deps[i] == "acl" and tree.tags[i] == "VBN":
            yield from self._participle(i)
            return
        yield from self._complements(i, source)

    def _passes_on(self, i: int) -> bool:
        """Return whether a verb only passes on what another said: "quoted him as saying"."""
        tree = self.tree
        if tree.lemmas[i] not in QUOTING:
            return False
        passed = (c for c in tree.children[i] if c > i and tree.lower[c] == "as")
        said = next((tree.child(c, "pcomp") for c in passed), None)
        return said is not None and self._has_clause(said)

    def _between(self, i: int) -> Source | None:
        """Return the name between a quote and its verb that the parser took for none's subject."""
        tree = self.tree
        if self.speech.how.get(i) != "after":
            return None
        first = self.speech.by_cue[i][-1][1]
        if not 0 < i - first <= _LONGEST_NAME or tree.pos[i - 1] != "PROPN":
            return None
        if any(tree.pos[k] in _VERB_FORMS or tree.words[k] == "," for k in range(first, i)):
            return None
        return Source(i - 1, (first, i), "own")

    def _has_clause(self, i: int) -> bool:
        return self.tree.child(i, "ccomp") is not None

    def _complements(self, i: int, source: Source | None) -> Iterator[Candidate]:
        tree = self.tree
        thing = tree.child(i, "dobj")
        for child in tree.children[i]:
            dep = tree.deps[child]
            if dep == "ccomp" and child > i:
                yield from self._clause(i, child, source)
            elif dep == "ccomp":
                yield from self._clause_before(i, child, source)
            elif dep == "xcomp" and child > i:
                frame = "gerund" if tree.tags[child] == "VBG" else "infinitive"
                if tree.pos[child] not in _VERB_FORMS:
                    frame = "predicate"
                yield from self._one(i, frame, source, tree.extent(child))
                short = self._loose_end(child, tree.right[child])
                if short < tree.right[child]:
                    yield from self._one(i, f"{frame}_short", source, (tree.left[child], short))
            elif dep == "prep" and child > i and tree.lower[child] != "by":
                yield from self._prep(i, child, thing, source)
            elif dep in {"acomp", "oprd", "attr"} and child > i and thing is None:
                yield from self._one(i, "predicate", source, tree.extent(child))
        if thing is not None and thing > i:
            yield from self._object(i, thing, source)

    def _one(
        self,
        i: int,
        frame: str,
        source: Source | None,
        *ranges: Range,
        part: str = "verb",
        second: int | None = None,
    ) -> Iterator[Candidate]:
        """Yield a candidate with its content cut to the paragraph, if anything is left."""
        tree = self.tree
        contents = []
        for tokens in ranges:
            paragraph = tree.paragraph_ranges[tree.paragraph[min(tokens[0], tree.size - 1)]]
            cut = trimmed(tree, within(tokens, paragraph))
            if cut is not None:
                contents.append(cut)
        if contents:
            yield Candidate(i, frame, part, source, tuple(contents), tree.lemmas[i], second)

    def _clause(self, i: int, child: int, source: Source | None) -> Iterator[Candidate]:
        tree = self.tree
        first, last = tree.extent(child)
        first, last = self._with_subject(i, child, max(first, i + 1)), self._whole_noun(last)
        is_owner = tree.tags[first + 1] == "POS" if first + 1 < tree.size else False
        if first == i + 1 < child - 1 and tree.lower[first] in WEEKDAYS and not is_owner:
            first += 1  # "said Wednesday prices rose": the day is that of the saying.
        yield from self._one(i, "clause", source, (first, last))
        short = self._loose_end(child, last)
        if short < last:
            yield from self._one(i, "clause_short", source, (first, short))
        rest = min(tree.right[i], tree.sentence_ranges[tree.sentence[i]][1])
        if rest > last + 1:
            yield from self._one(i, "clause_rest", source, (first, rest))

    def _with_subject(self, i: int, child: int, first: int) -> int:
        """Return where a clause begins whose subject the parser hung on the words before "that"."""
        tree = self.tree
        if tree.child(child, "nsubj", "nsubjpass", "csubj", "expl") is not None:
            return first
        between = range(first - 1, i, -1)
        that = next((k for k in between if tree.lower[k] == "that"), None)
        return first if that is None or first - that < 2 else that + 1

    def _whole_noun(self, last: int) -> int:
        """Return where the noun phrase ends that the parser broke off in its middle."""
        tree = self.tree
        if tree.pos[last - 1] not in _NOMINAL:
            return last
        while last < tree.size and (tree.pos[last] in _NOMINAL or tree.words[last] == "-"):
            if tree.sentence[last] != tree.sentence[last - 1]:
                break
            last += 1
        return last

    def _loose_end(self, head: int, last: int) -> int:
        """Return where what is only loosely joined to a content begins, after a comma or dash."""
        tree = self.tree
        for child in tree.children[head]:
            begins = tree.left[child]
            if (
                head < begins < last
                and tree.deps[child] in {"advcl", "relcl", "conj", "acl", "appos", "prep"}
                and tree.words[begins - 1] in {",", "—", "–", "--", "-", "and", "but", "(", ";"}
            ):
                return begins - 1
        return last

    def _clause_before(self, i: int, child: int, source: Source | None) -> Iterator[Candidate]:
        tree = self.tree
        around = self._cue_clause(i, source)
        first = min(tree.left[i], tree.left[child])
        yield from self._one(i, "clause_before", source, (first, around[0]))
        rest = tree.sentence_ranges[tree.sentence[i]][1]
        if around[1] + 2 < rest and tree.words[around[1]] == ",":
            after = (around[1] + 1, rest)
            yield from self._one(i, "clause_around", source, (first, around[0]), after)

    def _cue_clause(self, i: int, source: Source | None) -> Range:
        """Return the stretch of a cue that is put into or after what it introduces."""
        tree = self.tree
        first, last = i, i + 1
        if source is not None and source.how == "own":
            first, last = min(first, source.tokens[0]), max(last, source.tokens[1])
        for child in tree.children[i]:
            if tree.deps[child] in {"aux", "advmod", "neg", "mark"} and child < i:
                first = min(first, child)
            elif (
                tree.deps[child] in {"prep", "npadvmod", "advmod", "dobj", "dative", "prt"}
                and tree.left[child] == last
            ):
                last = tree.right[child]
        return first, last

    def _parenthetical(self, i: int, source: Source | None) -> Iterator[Candidate]:
        tree = self.tree
        head, dep = tree.heads[i], tree.deps[i]
        as_clause = dep == "advcl" and any(
            tree.deps[c] == "mark" and tree.lower[c] == "as" for c in tree.children[i]
        )
        if dep != "parataxis" and not as_clause:
            return
        own = tree.extent(i)
        whole = within(tree.extent(head), tree.sentence_ranges[tree.sentence[head]])
        frame = "as_clause" if as_clause else "parenthetical"
        around = own if as_clause else self._cue_clause(i, source)
        yield from self._one(i, frame, source, *without(whole, around))

    def _told_after(self, i: int, source: Source | None) -> Iterator[Candidate]:
        """Yield `Prices rose, Borg told the paper`, which the parser takes for two statements."""
        tree = self.tree
        if tree.deps[i] != "conj" or source is None or source.how != "own":
            return
        if _SAYING.isdisjoint(self.words.verbs.get(tree.lemmas[i], ())):
            return
        head, around = tree.heads[i], self._cue_clause(i, source)
        first = min(around[0], tree.left[source.head])
        is_told = tree.child(i, "ccomp", "xcomp") is None and source.head < i
        if not is_told or first < 1 or tree.words[first - 1] != ",":
            return
        whole = within(tree.extent(head), tree.sentence_ranges[tree.sentence[head]])
        begin = min(tree.left[head], whole[0])
        for found in self._one(i, "clause_before", source, (begin, first - 1)):
            found.is_joined = True
            yield found

    def _passive(self, i: int, source: Source | None) -> Iterator[Candidate]:
        tree = self.tree
        topic = tree.child(i, "nsubjpass")
        if topic is not None:
            yield from self._one(i, "passive", source, tree.extent(topic))
            more = tree.child(i, "xcomp", "oprd")
            if more is not None and more > i:
                ranges = tree.extent(topic), tree.extent(more)
                yield from self._one(i, "passive_more", source, *ranges)

    def _participle(self, i: int) -> Iterator[Candidate]:
        tree = self.tree
        source = agent(tree, i)
        if source is not None:
            head = tree.heads[i]
            yield from self._one(i, "participle", source, (tree.left[head], i))

    def _prep(
        self, i: int, child: int, thing: int | None, source: Source | None
    ) -> Iterator[Candidate]:
        tree = self.tree
        first, last = child + 1, tree.right[child]
        if first >= last:
            return
        frame = "prep" if thing is None or thing > child else "object_prep"
        yield from self._one(i, frame, source, (first, last), second=child)

    def _object(self, i: int, thing: int, source: Source | None) -> Iterator[Candidate]:
        tree = self.tree
        extent = tree.extent(thing)
        yield from self._one(i, "object", source, extent)
        short = self._loose_end(thing, extent[1])
        if short < extent[1]:
            yield from self._one(i, "object_short", source, (extent[0], short))
        rest = [
            c
            for c in tree.children[i]
            if c > thing and tree.deps[c] in {"oprd", "xcomp", "prep", "advcl", "acomp"}
        ]
        if rest:
            whole = (extent[0], tree.right[rest[-1]])
            frame = "complement" if tree.deps[rest[0]] in {"oprd", "acomp"} else "object_rest"
            yield from self._one(i, frame, source, whole)

    # -- quotes and colons -----------------------------------------------------------------

    def _quotes(self, i: int, source: Source | None) -> Iterator[Candidate]:
        tree, speech = self.tree, self.speech
        ranges = speech.by_cue.get(i)
        if not ranges:
            return
        how = speech.how[i]
        yield from self._whole(i, f"quote_{how}", source, ranges)
        clause = tree.child(i, "ccomp")
        if clause is None:
            return
        extent = within(tree.extent(clause), tree.sentence_ranges[tree.sentence[clause]])
        if extent[0] > i or how == "before":
            mixed = joined([(max(extent[0], i + 1), max(extent[1], i + 1)), *ranges])
        else:
            around = self._cue_clause(i, source)
            mixed = joined([(min(tree.left[i], extent[0]), around[0]), *ranges])
        if mixed != tuple(ranges):
            yield from self._whole(i, f"mixed_{how}", source, list(mixed))

    def _whole(
        self, i: int, frame: str, source: Source | None, ranges: list[Range]
    ) -> Iterator[Candidate]:
        contents = [cut for cut in (trimmed(self.tree, r) for r in ranges) if cut is not None]
        if contents:
            yield Candidate(i, frame, "verb", source, tuple(contents), self.tree.lemmas[i])

    def _colon(self, i: int, source: Source | None) -> Iterator[Candidate]:
        tree = self.tree
        colon = next(
            (
                k
                for k in range(i + 1, min(i + 16, tree.size))
                if tree.words[k] == ":" or tree.words[k] in {".", "!", "?"} or tree.is_space[k]
            ),
            None,
        )
        if colon is None or tree.words[colon] != ":" or colon + 1 >= tree.size:
            return
        end = tree.sentence_ranges[tree.sentence[colon + 1]][1]
        yield from self._one(i, "colon", source, (colon + 1, end))

    def _of_headline(self, i: int) -> Iterator[Candidate]:
        """Yield the headline "Poll: prices rose"."""
        tree = self.tree
        first, last = tree.paragraph_ranges[tree.paragraph[i]]
        before = range(first, i)
        if not 0 < len(before) <= 8 or i + 2 >= last:
            return
        if any(tree.pos[k] in _VERB_FORMS for k in before):
            return
        head = next((k for k in before if tree.heads[k] not in before), i - 1)
        source = Source(head, (first, i), "own")
        yield from self._one(i, "headline", source, (i + 1, last), part="colon")

    def _signature(self, i: int) -> Iterator[Candidate]:
        """Yield the quote with a name under it: "The show must go on." - Anna Borg."""
        tree = self.tree
        first, last = tree.paragraph_ranges[tree.paragraph[i]]
        quote = self.speech.ending_at(i)
        named = range(i + 1, min(last, i + 16))
        if quote is None or not named or tree.pos[i + 1] not in {"PROPN", "NOUN", "DET", "ADJ"}:
            return
        if quote[0] > first + 1 and not any(tree.is_space[k] for k in range(quote[1], i)):
            return
        end = next((k for k in named if tree.words[k] in {",", "."} or tree.is_space[k]), last)
        head = next((k for k in range(i + 1, end) if tree.heads[k] not in range(i + 1, end)), i + 1)
        source = Source(head, (i + 1, max(end, i + 2)), "own")
        yield from self._one(i, "signature", source, quote, part="colon")

    def _according(self, i: int) -> Iterator[Candidate]:
        tree = self.tree
        to = next((c for c in tree.children[i] if tree.lower[c] == "to"), None)
        head = None if to is None else tree.child(to, "pobj")
        if to is None or head is None:
            return
        source = Source(head, phrase(tree, head, outside=to), "own")
        around = (i, max(source.tokens[1], to + 1))
        clause = tree.heads[i]
        for _ in range(6):
            if tree.pos[clause] in _VERB_FORMS and tree.deps[clause] != "amod":
                break
            clause = tree.heads[clause]
        sentence = tree.sentence_ranges[tree.sentence[i]]
        whole = within(tree.extent(clause), sentence)
        for frame, extent in (("according", whole), ("according_sentence", sentence)):
            parts = without(extent, around)
            yield from self._one(i, frame, source, *parts, part="according", second=to)

    # -- nouns and adjectives --------------------------------------------------------------

    def _of_noun(self, i: int) -> Iterator[Candidate]:
        tree = self.tree
        source, verb = self._noun_source(i)
        for child in tree.children[i]:
            if child < i:
                continue
            dep = tree.deps[child]
            if dep in {"acl", "ccomp", "relcl", "xcomp"}:
                frame = self._noun_clause(child)
                yield from self._one(i, frame, source, tree.extent(child), part="noun", second=verb)
            elif dep == "prep" and tree.lower[child] in {
                "of",
                "about",
                "on",
                "for",
                "against",
                "to",
                "over",
                "in",
                "with",
                "toward",
            }:
                inner = (child + 1, tree.right[child])
                if inner[0] < inner[1] and not (source and source.tokens[0] == inner[0]):
                    yield from self._one(i, "noun_prep", source, inner, part="noun", second=child)

    def _noun_clause(self, child: int) -> str:
        tree = self.tree
        first = tree.lower[tree.left[child]]
        if first == "that":
            return "noun_that"
        if tree.tags[child] == "VB" or first == "to":
            return "noun_to"
        return "noun_clause"

    def _noun_source(self, i: int) -> tuple[Source | None, int | None]:
        """Return whose noun it is: a possessor, who it is of or by, or who makes it."""
        tree = self.tree
        owner = tree.child(i, "poss")
        if owner is not None:
            return Source(owner, phrase(tree, owner, outside=i), "own"), None
        for child in tree.children[i]:
            if tree.deps[child] == "prep" and tree.lower[child] in {"by", "from"}:
                head = tree.child(child, "pobj")
                if head is not None:
                    return Source(head, phrase(tree, head, outside=child), "agent"), None
        verb = tree.heads[i]
        if tree.deps[i] == "dobj" and tree.lemmas[verb] in _LIGHT_VERBS:
            return subject(tree, verb), verb
        return None, None

    def _of_adjective(self, i: int) -> Iterator[Candidate]:
        tree = self.tree
        verb = tree.heads[i]
        source = None
        if tree.deps[i] in {"acomp", "conj", "oprd", "attr"}:
            source = subject(tree, verb)
        elif tree.deps[i] in {"amod", "acl", "advcl"}:
            source = subject(tree, i)
        for child in tree.children[i]:
            if child < i:
                continue
            frame = {"ccomp": "adjective_that", "xcomp": "adjective_to"}.get(tree.deps[child])
            if frame is not None:
                yield from self._one(
                    i, frame, source, tree.extent(child), part="adjective", second=verb
                )
            elif tree.deps[child] == "prep" and child + 1 < tree.right[child]:
                inner = (child + 1, tree.right[child])
                yield from self._one(
                    i, "adjective_prep", source, inner, part="adjective", second=verb
                )
