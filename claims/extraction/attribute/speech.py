"""
Quoted stretches and the verbs that introduce them.

A quote belongs to the verb right after its closing mark (`," said X`), else to the verb that
leads up to its opening mark (`X said, "`), else to whoever was speaking before it: a quote
goes on after its cue (`," X said. "...`) and into the next paragraph.
"""

from __future__ import annotations

from itertools import accumulate

from claims.extraction.tree import Range, Tree

from .lexicon import lexicon

_SAYING = frozenset({"say", "claim", "ask", "admit", "deny", "urge", "think", "blame", "name"})
_LEADING = frozenset({"say", "claim", "ask", "admit", "deny"})
#: A verb farther from the mark than this does not introduce the quote.
_REACH = 40
#: Paragraphs of a quote that wait for the one that tells whose it is.
_WAITING = 12
_STOPS = frozenset({".", "!", "?"})


class Speech:
    """The quotes of an article by the token of the verb that introduces each."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.quoted = tree.quoted
        self.ranges = self._with_ends()
        self.inside = [False] * (tree.size + 1)
        for first, last in self.ranges:
            self.inside[first:last] = [True] * (last - first)
        self._by_end = {last: (first, last) for first, last in self.ranges if last > first}
        self._before = [0, *accumulate(self.inside)]
        #: Quotes by cue, and how the cue stands to the first of them.
        self.by_cue: dict[int, list[Range]] = {}
        self.how: dict[int, str] = {}
        self._assign()

    def quoted_tokens(self, tokens: Range) -> int:
        """Return how many tokens of a range stand in quotation marks."""
        return self._before[tokens[1]] - self._before[tokens[0]]

    def ending_at(self, token: int) -> Range | None:
        """Return the quote that ends right before a token, or before the space before it."""
        before = token
        while before > 0 and self.tree.is_space[before - 1]:
            before -= 1
        return self._by_end.get(before)

    def _assign(self) -> None:
        previous: int | None = None
        waiting: list[Range] = []
        for number, tokens in enumerate(self.ranges):
            if tokens[1] - tokens[0] < 3:
                continue
            cue, how = self._cue_of(number)
            if cue is None and previous is not None and self._goes_on(number, previous):
                cue, how = previous, "on"
            if cue is None:
                # A paragraph whose quote stays open may be told whose it is in the next one.
                waiting = [*waiting, tokens] if self._stays_open(number) else []
                waiting = waiting[-_WAITING:]
                continue
            if how == "after" and number and self._stays_open(number - 1):
                self.by_cue.setdefault(cue, []).extend(waiting)
            waiting = []
            self.by_cue.setdefault(cue, []).append(tokens)
            self.how.setdefault(cue, how)
            previous = cue

    def _stays_open(self, number: int) -> bool:
        """Return whether a quote is left open and the next paragraph opens it again."""
        if self.quoted[number].is_closed or number + 1 >= len(self.ranges):
            return False
        tree, following = self.tree, self.ranges[number + 1][0]
        here = tree.paragraph[self.ranges[number][0]]
        return 0 < tree.paragraph[following] - here <= 2 and (
            following == tree.paragraph_ranges[tree.paragraph[following]][0]
        )

    def _with_ends(self) -> list[Range]:
        """Return the quotes; one whose closing mark was lost ends where its speaker is told."""
        return [
            tokens if quoted.is_closed else (tokens[0], self._told_at(tokens))
            for quoted, tokens in zip(self.quoted, self.tree.quoted_ranges, strict=True)
        ]

    def _told_at(self, tokens: Range) -> int:
        """Return the end of a quote that goes over into ", said X" or ", X said"."""
        tree = self.tree
        first, last = tokens
        bounds = tree.sentence_ranges[tree.sentence[first]][1] if first < tree.size else first
        for i in range(first + 3, min(last, bounds, first + _REACH) - 2):
            if tree.words[i] != ",":
                continue
            verb = next((k for k in range(i + 1, min(i + 5, last)) if self._says(k, _SAYING)), None)
            if verb is not None and all(
                tree.pos[k] in {"PROPN", "PRON", "DET", "NOUN", "AUX"} for k in range(i + 1, verb)
            ):
                return i + 1
        return last

    def _cue_of(self, number: int) -> tuple[int | None, str]:
        first, last = self.ranges[number]
        following = self.ranges[number + 1][0] if number + 1 < len(self.ranges) else None
        preceding = self.ranges[number - 1][1] if number else 0
        if self._leads_on(last):
            cue = self._verb_after(last, following)
            if cue is not None:
                return cue, "after"
        cue = self._verb_before(first, preceding)
        return cue, "before"

    def _leads_on(self, last: int) -> bool:
        """Return whether a quote ends so that its sentence can go on after the mark."""
        tree = self.tree
        ends = [tree.words[i] for i in range(max(0, last - 2), last)]
        after = tree.words[last] if last < tree.size else ""
        return not any(word in {".", ";"} for word in ends) or after in {","}

    def _verb_after(self, last: int, following: int | None) -> int | None:
        tree = self.tree
        if last >= tree.size:
            return None
        end = min(last + _REACH, tree.size, following or tree.size)
        for i in range(last, end):
            if tree.words[i] in _STOPS or tree.words[i] in {";", ":"} or "\n" in tree.words[i]:
                return None
            if self._says(i, _SAYING):
                return i
        return None

    def _verb_before(self, first: int, preceding: int) -> int | None:
        tree = self.tree
        for i in range(first - 1, max(preceding, first - _REACH, 0) - 1, -1):
            word = tree.words[i]
            if word in _STOPS or word == ";":
                return None
            if "\n" in word and not (i and tree.words[i - 1] == ":"):
                return None
            if self._says(i, _SAYING):
                return i
        return None

    def _says(self, i: int, wanted: frozenset[str]) -> bool:
        tree = self.tree
        if tree.pos[i] != "VERB" or tree.deps[i] == "amod":
            return False
        return not wanted.isdisjoint(lexicon().verbs.get(tree.lemmas[i], ()))

    def _goes_on(self, number: int, previous: int) -> bool:
        """Return whether a quote without a verb goes on with the one before it."""
        tree, first = self.tree, self.ranges[number][0]
        gap = tree.paragraph[first] - tree.paragraph[previous]
        begins = first == 0 or tree.is_space[first - 1] or tree.words[first - 1] in _STOPS
        if gap == 0:
            return begins
        starts_paragraph = first == tree.paragraph_ranges[tree.paragraph[first]][0]
        before = self.quoted[number - 1] if number else None
        ended_open = before is not None and not before.is_closed
        return gap <= 2 and starts_paragraph and (ended_open or self._fills_paragraph(number))

    def _fills_paragraph(self, number: int) -> bool:
        first, last = self.ranges[number]
        bounds = self.tree.paragraph_ranges[self.tree.paragraph[first]]
        return first == bounds[0] and last >= bounds[1] - 1
