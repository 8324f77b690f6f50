"""
The cast of an article: everyone and everything it speaks of, followed from the first word on.

The rules, in order, each explainable to a reader:

1. A name is the longest form of that name in the article.
2. "he" and "she" are the last person that fits, a subject before others; "they" the last people
   or body, "it" the last body or thing; one who speaks is no thing.
3. "the minister" is the last person with that role; "the company" the last organisation, "the
   court" the last one called so; "the deal" the deal that was described before.
4. Anyone else is somebody new, called as described ("a senior official").
5. Where two fit equally well, nobody is guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from claims.extraction.gazetteer import gazetteer
from claims.extraction.records import Entity, EntityType, Reference, ReferenceKind
from claims.extraction.tree import Range, Tree, tree_of

from .binding import (
    ACTING,
    DONE_BY_THINGS,
    DONE_TO_BODIES,
    blamed_in,
    is_source,
    object_of,
    owner_of,
    teller_of,
)
from .fitting import best, weight
from .mentions import Mention, Named, Sort
from .names import Names, name_range, without_article
from .people import people
from .phrases import described, is_bare, printed, with_joined

_MEMORY = 25
#: Under which name a document keeps its cast.
_KEPT = "dateline cast"
_RIVALRY = 40
_HE = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
_IT = frozenset({"it", "its"})
_THEY = frozenset({"they", "them", "their", "theirs"})
#: The relations of nouns that only describe another: "Minister Borg", "Borg, the minister".
_DESCRIBING = frozenset({"compound", "nmod", "amod", "appos", "attr", "npadvmod"})
_TELLING = frozenset({"compound", "nmod", "amod"})
#: Words for bodies that the state's may be called by.
_PUBLIC = frozenset(
    {"agency", "association", "body", "group", "institute", "institution", "organisation", "organization",
     "regulator", "watchdog"}
)  # fmt: skip
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def cast_of(doc: Doc, base: int = 0, entities: Sequence[Entity] = ()) -> Cast:
    """Return the cast of a parsed piece, followed once for all the steps that need it."""
    kept = doc.user_data.get(_KEPT)
    if kept is None or kept[0] != base or kept[1] is not entities:
        kept = doc.user_data[_KEPT] = (base, entities, Cast(tree_of(doc), base, entities))
    cast: Cast = kept[2]
    return cast


class Cast:
    """Resolves what a piece of an article speaks of; later words know of earlier ones."""

    def __init__(self, tree: Tree, base: int = 0, entities: Sequence[Entity] = ()) -> None:
        self.tree = tree
        self.words = people()
        self.names = Names(tree, base, entities)
        #: Who or what a word stands for, by the word that the others of its phrase hang on.
        self.by_token: dict[int, Named] = dict(self.names.by_token)
        self.references: list[Reference] = []
        self._base = base
        self._people: deque[Mention] = deque(maxlen=_MEMORY)
        self._others: deque[Mention] = deque(maxlen=_MEMORY)
        #: What was last described by a word, or by one that means the same.
        self._things: dict[str, Named] = {}
        self._titled = _titled(entities, base, tree)
        for named in self.names.earlier[-_MEMORY:]:
            self._enter(Mention(-1, named, -1, 0.0, False))
        self._walk()

    def _walk(self) -> None:
        tree, names = self.tree, self.names
        for i in range(tree.size):
            at = names.at.get(i)
            if at is not None:
                self._name(*at)
            if tree.tags[i] in {"PRP", "PRP$"}:
                self._pronoun(i)
            elif tree.pos[i] == "NOUN" and i not in names.by_token:
                # "The tanker Ana Luisa" is one thing, by its name.
                if tree.deps[i] != "compound" or tree.heads[i] not in self._titled:
                    self._noun(i)
            elif tree.pos[i] == "PROPN" and i not in names.by_token and self._is_title(i):
                self._person(i)
            elif i in self._titled:
                self._things[self._row(i)] = self._titled[i]
                self._mention(i, self._titled[i])

    def _enter(self, mention: Mention) -> None:
        is_person = mention.named.sort is Sort.PERSON
        (self._people if is_person else self._others).append(mention)

    def _mention(self, head: int, named: Named) -> None:
        tree = self.tree
        self.by_token[head] = named
        force, verb = weight(tree, head)
        speaks = named.sort is not Sort.PERSON and (
            is_source(tree, head, self.words.speaking)
            # "The Courier reported that the ferry sank when it struck a rock."
            or (tree.lemmas[tree.heads[head]] == "report" and self._is_public(named))
        )
        where, is_quoted = tree.sentence[head], tree.inside[head]
        self._enter(Mention(head, named, where, force, is_quoted, verb, is_source=speaks))

    def _refer(self, tokens: Range, named: Named, kind: ReferenceKind) -> None:
        start, end = self.tree.span(tokens)
        words = self.tree.text[start:end]
        if words != named.name:
            reference = Reference(self._base + start, self._base + end, words, named.name, kind)
            self.references.append(reference)

    # -- names -------------------------------------------------------------------------

    def _name(self, tokens: Range, named: Named) -> None:
        tree = self.tree
        head = self.names.head(tokens)
        self._mention(head, named)
        if named.sort is Sort.PERSON:
            self._refer(tokens, named, ReferenceKind.SHORT_NAME)
        before = self.by_token.get(tree.heads[head])
        if tree.deps[head] == "conj" and before is not None and not before.is_plural:
            sort = named.sort if before.sort is named.sort else Sort.BODY
            both = Named(f"{before.name} and {named.name}", sort, is_plural=True)
            force, verb = weight(tree, head)
            where = tree.sentence[head]
            self._enter(Mention(head, both, where, force, tree.inside[head], verb))

    # -- pronouns ----------------------------------------------------------------------

    def _pronoun(self, i: int) -> None:
        tree = self.tree
        word = tree.lower[i]
        if word in _HE:
            named = self._he(i, _HE[word])
        elif word in _THEY:
            named = self._they(i)
        elif word in _IT and not self._is_empty(i):
            named = self._it(i)
        else:
            return
        if named is not None:
            owns = tree.tags[i] == "PRP$"
            self._mention(i, named)
            kind = ReferenceKind.POSSESSIVE if owns else ReferenceKind.PRONOUN
            self._refer((i, i + 1), named, kind)

    def _he(self, i: int, pronoun: str) -> Named | None:
        def fits(named: Named) -> bool:
            return not named.is_plural and named.pronoun in {None, pronoun}

        mentions: Sequence[Mention] = self._people
        if self.tree.inside[i]:
            # Whoever speaks does not mean himself: only who is named in the quote is meant.
            mentions = [m for m in mentions if m.is_quoted]
        named = best(self.tree, i, mentions, fits, pronoun)
        if named is not None and not named.is_described:
            named.pronoun = pronoun
        return named

    def _they(self, i: int) -> Named | None:
        speaks = self._speaks(i)

        def fits(named: Named) -> bool:
            return named.is_plural if named.sort is not Sort.BODY else True

        bound, named = self._bound(i, fits)
        if bound:
            return named

        mentions = [*self._people, *self._others]
        if speaks:
            mentions = [m for m in mentions if m.named.sort is not Sort.THING]
        return best(self.tree, i, mentions, fits)

    def _it(self, i: int) -> Named | None:
        speaks = self._speaks(i)

        def fits(named: Named) -> bool:
            return not named.is_plural and not (speaks and named.sort is Sort.THING)

        bound, named = self._bound(i, fits)
        if bound:
            return named
        mentions: Sequence[Mention] = self._others
        if not speaks:
            mentions = [m for m in mentions if not m.is_source]
        if self.tree.lemmas[self.tree.heads[i]] in DONE_BY_THINGS:
            mentions = [m for m in mentions if m.named.sort is Sort.THING]
        governing = object_of(self.tree, i)
        if governing is not None and self.tree.lemmas[governing] not in DONE_TO_BODIES:
            # "Anyone would lose it", "a tsunami that followed it": a thing, and one that is near.
            here = self.tree.sentence[i]
            mentions = [m for m in mentions if m.named.sort is Sort.THING and m.sentence == here]
        named = best(self.tree, i, mentions, fits)
        if named is not None and named.sort is Sort.PLACE and self._rival(i):
            return None
        return named

    def _bound(self, i: int, fits: Callable[[Named], bool]) -> tuple[bool, Named | None]:
        """Return whether a pronoun is bound to a noun of its sentence, and what that stands for."""
        tree = self.tree
        owns = tree.tags[i] == "PRP$"
        told = None if owns else teller_of(tree, i, self.words.speaking)
        blamed = blamed_in(tree, i) if owns else None
        head = blamed if blamed is not None else owner_of(tree, i) if owns else told
        if head is None:
            return False, None
        if tree.child(head, "conj") is not None:
            return self._bound_to_both(i, head)
        named = self.by_token.get(head)
        if named is None and tree.pos[head] == "PROPN":
            named = Named(tree.words_of(name_range(tree, head)), Sort.BODY)
        if named is None:
            return blamed is not None or (owns and tree.pos[head] == "PRON"), None
        if told is not None and named.sort is Sort.PERSON and tree.lower[i] in _IT:
            if " " in named.name or named.role:
                return False, None
            # "Swedbank said it": one word that was taken for a person.
            named = Named(named.name, Sort.BODY)
        if named.sort is Sort.PERSON and not named.is_plural:
            return False, None
        if told is not None and named.sort is Sort.THING:
            return False, None
        return (True, named) if fits(named) else (False, None)

    def _bound_to_both(self, i: int, head: int) -> tuple[bool, Named | None]:
        tree = self.tree
        if tree.lower[i] not in _THEY:
            return False, None
        words = " ".join(tree.words_of(with_joined(tree, head)).split())
        return True, Named(words, Sort.BODY, is_plural=True, is_described=True)

    def _rival(self, i: int) -> bool:
        """Return whether a country is meant as well by what is called after it: "Russian"."""
        tree = self.tree
        first = tree.sentence_ranges[tree.sentence[i]][0]
        return "NORP" in tree.entities[max(first, i - _RIVALRY) : i]

    def _speaks(self, i: int) -> bool:
        tree = self.tree
        verbs = self.words.speaking | ACTING
        return tree.deps[i] == "nsubj" and tree.lemmas[tree.heads[i]] in verbs

    def _is_empty(self, i: int) -> bool:
        """Return whether "it" stands for nothing: "it is likely that ...", "it rained"."""
        tree = self.tree
        verb = tree.heads[i]
        if tree.deps[i] == "expl":
            return True
        if tree.deps[i] not in {"nsubj", "nsubjpass"} or tree.lemmas[verb] in self.words.speaking:
            return False
        if tree.deps[i] == "nsubjpass":
            return tree.child(verb, "ccomp", "xcomp") is not None
        if tree.lemmas[verb] in {"seem", "appear", "rain", "snow", "take"}:
            return True
        return tree.lemmas[verb] == "be" and any(
            tree.deps[c] in {"acomp", "attr", "ccomp", "xcomp", "advcl"} and c > verb
            for c in tree.children[verb][-4:]
        )

    # -- nouns -------------------------------------------------------------------------

    def _noun(self, i: int) -> None:
        tree = self.tree
        if tree.deps[i] in _DESCRIBING:
            self._describe(i)
            return
        sorts = self.words.nouns.get(tree.lemmas[i], ())
        if "person" in sorts:
            self._person(i)
        elif "group" in sorts:
            self._body(i)
        else:
            self._thing(i)

    def _is_title(self, i: int) -> bool:
        """Return whether a capitalised role stands for a person: "the Prime Minister"."""
        tree = self.tree
        role = "person" in self.words.nouns.get(tree.lower[i], ())
        return role and tree.deps[i] not in _DESCRIBING and tree.child(i, "det") is not None

    def _describe(self, i: int) -> None:
        """Let a description stand for the one it is of: "a spokesman, Peter Lund"."""
        head = self.tree.heads[i]
        if self.tree.deps[i] == "appos" and head in self.by_token:
            self.by_token[i] = self.by_token[head]
        elif self.tree.deps[i] == "attr" and self.tree.lemmas[i] not in self.words.nouns:
            self._thing(i)

    def _person(self, i: int) -> None:
        tree = self.tree
        apposed = tree.child(i, "appos")
        named = self.by_token.get(apposed) if apposed is not None else None
        plural = tree.tags[i] == "NNS"
        if named is not None and named.sort is Sort.PERSON and named.role is None:
            first, last = printed(tree, i)
            owner = tree.child(i, "poss")
            if owner is not None and tree.right[owner] <= i:
                first = max(first, tree.right[owner])
            named.role = without_article(tree.words_of((first, last)))
        if named is None and is_bare(tree, i, _DEFINITE):
            named = self._with_role(i, plural=plural)
            if named is not None:
                self._refer(printed(tree, i), named, ReferenceKind.ROLE)
        if named is None:
            pronoun = self.words.genders.get(tree.lemmas[i])
            named = Named(described(tree, i), Sort.PERSON, None, pronoun, plural, True)
        self._mention(i, named)

    def _with_role(self, i: int, *, plural: bool) -> Named | None:
        """Return the last person with a role, else the only one that it can be."""
        tree = self.tree
        role = tree.lemmas[i].lower()
        pronoun = self.words.genders.get(role)

        def has_role(named: Named) -> bool:
            if named.is_plural != plural or named.pronoun not in {None, pronoun or named.pronoun}:
                return False
            words = named.name if named.is_described else named.role or ""
            return role in words.lower().replace(",", " ").split() or (
                plural and tree.lower[i] in words.lower().split()
            )

        def can_be(named: Named) -> bool:
            known = named.is_described or named.role or named.is_plural
            return not known and named.pronoun in {None, pronoun or named.pronoun}

        found = best(tree, i, self._people, has_role)
        if found is not None or plural:
            return found
        if tree.words[i][0].isupper() or tree.child(i, "amod", "compound", "nmod") is not None:
            # "The Local Government Secretary" is a certain one.
            return None
        near = [m for m in self._people if tree.sentence[i] - m.sentence <= 2]
        unknown = {id(m.named): m.named for m in near if can_be(m.named)}
        with_role = any(has_role(m.named) for m in self._people)
        return next(iter(unknown.values())) if len(unknown) == 1 and not with_role else None

    def _body(self, i: int) -> None:
        tree = self.tree
        named = None
        if tree.tags[i] == "NN" and is_bare(tree, i, _DEFINITE):
            named = self._called(i)
            if named is not None:
                self._refer(printed(tree, i), named, ReferenceKind.BODY)
        if named is None:
            plural = tree.tags[i] == "NNS"
            named = Named(described(tree, i), Sort.BODY, is_plural=plural, is_described=True)
        self._mention(i, named)

    def _called(self, i: int) -> Named | None:
        """Return the last body that a noun can mean."""
        tree, word = self.tree, self.tree.lemmas[i]
        # "The disaster agency" is no other agency, and no other body.
        told = {tree.lower[c] for c in tree.children[i] if tree.deps[c] in _TELLING}

        def called_so(named: Named) -> bool:
            words = set(named.name.lower().split())
            return not named.is_plural and word in words and told <= words

        def fits(named: Named) -> bool:
            if word in self.words.place:
                return named.sort is Sort.PLACE and self._may_be(word, named)
            is_named = named.sort is Sort.BODY and not named.is_described
            return is_named and (word in _PUBLIC or not self._is_public(named))

        found = best(self.tree, i, self._others, called_so)
        if found is None and not told and (word in self.words.any_body or word in self.words.place):
            found = best(self.tree, i, self._others, fits)
        return found

    def _may_be(self, word: str, place: Named) -> bool:
        """Return whether a place is a country where that is asked for, and none where it is not."""
        last = place.name.lower().split()[-1]
        is_country = place.name in gazetteer().forms and last not in self.words.no_country
        return is_country == (word in self.words.country)

    def _is_public(self, body: Named) -> bool:
        """Return whether nobody would call a body a company: a ministry, a paper, an exchange."""
        return not self.words.public.isdisjoint(body.name.lower().split()) or (
            body.name in gazetteer().forms
        )

    def _thing(self, i: int) -> None:
        tree = self.tree
        plural = tree.tags[i] == "NNS"
        row = self._row(i)
        named = self._things.get(row) if is_bare(tree, i, _DEFINITE, alone=True) else None
        if named is not None and named.is_plural == plural:
            self._refer(printed(tree, i), named, ReferenceKind.THING)
        else:
            named = Named(described(tree, i), Sort.THING, is_plural=plural, is_described=True)
            if " " in without_article(named.name) or not is_bare(tree, i, _DEFINITE):
                self._things[row] = named
        self._mention(i, named)

    def _row(self, i: int) -> str:
        lemma = self.tree.lemmas[i]
        return self.words.things.get(lemma, lemma)


def _titled(entities: Sequence[Entity], base: int, tree: Tree) -> dict[int, Named]:
    """Return the named things of a piece, by the last word of each: laws, products, events."""
    kinds = {EntityType.LAW, EntityType.PRODUCT, EntityType.EVENT}
    found: dict[int, Named] = {}
    if not tree.size:
        return found
    ends = {base + end: i for i, end in enumerate(tree.ends)}
    first = bisect_left(entities, base, key=lambda entity: entity.start)
    for entity in entities[first : first + tree.size]:
        last = ends.get(entity.end)
        if entity.type in kinds and last is not None:
            found[last] = Named(entity.name, Sort.THING)
    return found
