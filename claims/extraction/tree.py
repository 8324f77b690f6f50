"""
A parsed article as flat lists: what the finder of attributions reads of a spaCy `Doc`.

Going through `Token` objects costs more than all the rules together, so each attribute is
fetched once for the whole article. Token ranges are `(first, last + 1)`.
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, SENT_START, TAG
from spacy.tokens import Doc

from claims.extraction.quotes import find_quoted

Range = tuple[int, int]
#: A token with more children keeps the first of each relation, so as not to be searched again.
_MANY = 8
#: Under which name a document keeps its tree.
_KEPT = "dateline tree"


def tree_of(doc: Doc) -> Tree:
    """Return the tree of a parsed article, read once for all the steps that need it."""
    tree: Tree | None = doc.user_data.get(_KEPT)
    if tree is None:
        tree = doc.user_data[_KEPT] = Tree(doc)
    return tree


class Tree:
    """Tokens, their heads and the extent of every subtree, by token index."""

    def __init__(self, doc: Doc) -> None:
        self._firsts: dict[int, dict[str, int]] = {}
        self.text: str = doc.text
        self.size = len(doc)
        self.words: list[str] = [token.text for token in doc]
        self.lower: list[str] = [word.lower() for word in self.words]
        self._read_attributes(doc)
        self._read_offsets(doc)
        self._read_quotes()
        self._read_extents()
        self._read_paragraphs()

    def _read_attributes(self, doc: Doc) -> None:
        columns = doc.to_array([HEAD, DEP, POS, TAG, LEMMA, ENT_TYPE, SENT_START, ENT_IOB])
        names: dict[int, str] = {0: ""}
        strings = doc.vocab.strings

        def spelled(column: int) -> list[str]:
            values: list[int] = columns[:, column].tolist()
            for value in set(values).difference(names):
                names[value] = strings[value]
            return [names[value] for value in values]

        offsets: list[int] = columns[:, 0].astype("int64").tolist()
        self.heads = [i + offset for i, offset in enumerate(offsets)]
        self.deps, self.pos, self.tags = spelled(1), spelled(2), spelled(3)
        self.lemmas = [lemma.lower() for lemma in spelled(4)]
        self.entities = spelled(5)
        self.sentence = self._sentences(columns[:, 6].astype("int64").tolist())
        self.entity_ids = self._entities(columns[:, 7].tolist())

    @staticmethod
    def _entities(marks: list[int]) -> list[int]:
        """Number the entity of each token, 0 where there is none; 3 is where one begins."""
        numbers, count = [], 0
        for mark in marks:
            count += mark == 3
            numbers.append(count if mark in {1, 3} else 0)
        return numbers

    def _sentences(self, starts: list[int]) -> list[int]:
        """Number the sentence of each token, and keep where each sentence lies."""
        numbers: list[int] = []
        firsts: list[int] = []
        for i, start in enumerate(starts):
            if start == 1 or i == 0:
                firsts.append(i)
            numbers.append(len(firsts) - 1)
        ends = [*firsts[1:], self.size] if firsts else []
        self.sentence_ranges: list[Range] = list(zip(firsts, ends, strict=True))
        return numbers

    def _read_offsets(self, doc: Doc) -> None:
        self.starts: list[int] = [token.idx for token in doc]
        self.ends = [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]
        self.is_space = [word.isspace() for word in self.words]

    def _read_quotes(self) -> None:
        """Find the stretches between quotation marks, and which tokens stand in one."""
        self.quoted = find_quoted(self.text)
        self.quoted_ranges: list[Range] = []
        self.inside = [False] * (self.size + 1)
        for quoted in self.quoted:
            first = bisect_left(self.ends, quoted.start + 1)
            last = max(first, bisect_left(self.starts, quoted.end))
            self.quoted_ranges.append((first, last))
            self.inside[first:last] = [True] * (last - first)

    def _read_extents(self) -> None:
        """Find each token's children and the stretch that its subtree covers."""
        self.children: list[list[int]] = [[] for _ in range(self.size)]
        order: list[int] = []
        for i, head in enumerate(self.heads):
            if head == i:
                order.append(i)
            else:
                self.children[head].append(i)
        for i in order:
            order.extend(self.children[i])
        self.left = list(range(self.size))
        self.right = list(range(1, self.size + 1))
        for i in reversed(order):
            head = self.heads[i]
            self.left[head] = min(self.left[head], self.left[i])
            self.right[head] = max(self.right[head], self.right[i])

    def _read_paragraphs(self) -> None:
        """Number the paragraph of each token: a line break ends one."""
        self.paragraph: list[int] = []
        self.paragraph_ranges: list[Range] = []
        first = number = 0
        for i in range(self.size):
            self.paragraph.append(number)
            if self.is_space[i] and "\n" in self.words[i]:
                self.paragraph_ranges.append((first, i))
                first, number = i + 1, number + 1
        self.paragraph_ranges.append((first, self.size))

    def child(self, i: int, *deps: str) -> int | None:
        """Return the first child of a token with one of these relations."""
        children = self.children[i]
        if len(children) > _MANY:
            firsts = self._firsts.get(i)
            if firsts is None:
                firsts = {self.deps[child]: child for child in reversed(children)}
                self._firsts[i] = firsts
            return min((firsts[dep] for dep in deps if dep in firsts), default=None)
        for child in children:
            if self.deps[child] in deps:
                return child
        return None

    def extent(self, i: int) -> Range:
        """Return the stretch of a token's subtree."""
        return self.left[i], self.right[i]

    def span(self, tokens: Range) -> tuple[int, int]:
        """Return a range of tokens as offsets into the text."""
        return self.starts[tokens[0]], self.ends[tokens[1] - 1]

    def words_of(self, tokens: Range) -> str:
        """Return the printed words of a range of tokens."""
        start, end = self.span(tokens)
        return self.text[start:end]
