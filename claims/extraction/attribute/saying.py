"""When and where something was said: the time and the venue that modify a cue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from claims.extraction.coreference.names import without_article
from claims.extraction.records import Span, TimeExpression
from claims.extraction.tree import Range, Tree

from .lexicon import lexicon

#: The relations by which a time or a place hangs on the verb that it modifies.
_HANGS = frozenset(
    [
        "prep",
        "pobj",
        "npadvmod",
        "advmod",
        "nmod",
        "compound",
        "nummod",
        "det",
        "amod",
        "dep",
        "dobj",
        "dative",
        "appos",
        "pcomp",
    ]
)
_STEPS = 6
#: "An interview with X", "a statement to parliament".
_KEPT = frozenset({"with", "of", "to"})
_NEAR = 4
_PUBLISHED = frozenset({"air", "broadcast", "date", "issue", "post", "publish", "release"})
_ADDRESSED = frozenset({"tell", "inform", "assure", "remind", "brief", "notify"})


class Times:
    """The times of an article, found by place."""

    def __init__(self, tree: Tree, times: Sequence[TimeExpression]) -> None:
        self.tree = tree
        self.times = sorted(
            (time for time in times if time.type in {"DATE", "TIME"}), key=lambda t: t.start
        )
        self._starts = [time.start for time in self.times]

    def said_on(self, cue: int, content: tuple[Span, ...]) -> TimeExpression | None:
        """Return the time that modifies a cue: it hangs on it and is no part of the content."""
        tree = self.tree
        first, last = tree.span(tree.sentence_ranges[tree.sentence[cue]])
        low = max(bisect_left(self._starts, first), 0)
        high = bisect_left(self._starts, last)
        fitting = []
        for time in self.times[low:high]:
            if any(time.start < span.end and span.start < time.end for span in content):
                continue
            token = bisect_left(tree.ends, time.start + 1)
            if token < tree.size and (self._hangs(token, cue, time) or _follows(token, cue)):
                fitting.append((abs(token - cue), time.start, time))
            if len(fitting) > 20:
                break
        return min(fitting, key=lambda f: f[:2])[2] if fitting else None

    def _hangs(self, token: int, cue: int, time: TimeExpression) -> bool:
        tree = self.tree
        start, end = time.start, time.end
        for _ in range(_STEPS):
            if token == cue:
                return True
            inside = all(start <= tree.starts[i] < end for i in (token, tree.heads[token]))
            # "In a report published on Monday": that day it was said.
            is_published = tree.deps[token] == "acl" and tree.lemmas[token] in _PUBLISHED
            if tree.deps[token] not in _HANGS and not inside and not is_published:
                return False
            if tree.heads[token] == token:
                return False
            token = tree.heads[token]
        return token == cue


def _follows(token: int, cue: int) -> bool:
    return 0 < token - cue <= _NEAR


def venue(tree: Tree, cue: int, content: tuple[Range, ...]) -> str | None:
    """Return whom or where it was told: "RBC television", "summit", "interview with X"."""
    words = lexicon()
    for child in tree.children[cue]:
        if any(first <= child < last for first, last in content):
            continue
        if tree.lemmas[cue] in _ADDRESSED and tree.deps[child] in {"dobj", "dative"}:
            if tree.pos[child] in {"NOUN", "PROPN"}:
                return _printed(tree, child, content)
        elif tree.deps[child] == "prep" and tree.lower[child] in words.venue_prepositions:
            place = tree.child(child, "pobj")
            if place is not None and _is_venue(tree, place):
                return _printed(tree, place, content)
    return None


def _is_venue(tree: Tree, place: int) -> bool:
    known = lexicon().venues
    return (
        tree.lemmas[place] in known
        or tree.lower[place] in known
        or (tree.entities[place] == "ORG" and tree.lower[tree.heads[place]] in {"on", "to", "with"})
    )


def _printed(tree: Tree, head: int, content: tuple[Range, ...]) -> str:
    """Return the place as printed, without a determiner, a time or a clause after it."""
    first, last = tree.extent(head)
    for child in tree.children[head]:
        if child > head and (tree.deps[child] != "prep" or tree.lower[child] not in _KEPT):
            last = min(last, tree.left[child])
    for begins, _ in content:
        if first < begins < last:
            last = begins
    words = " ".join(tree.words_of((first, max(last, head + 1))).split())
    return without_article(words.strip(' ,:;"“”'))
