"""
One noun put for another in the same words: "fined the bank", "fined the airline". Pure.

Two events that look alike are mostly told apart by one noun; no table holds them all, but where
it stands does: after the same article, before the same words, in statements else the same.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from claims.conflicts.lexicon import ANYBODY, LIGHT, PEOPLE, POLES, group_of, root_of
from claims.conflicts.statements import Statement
from claims.matching.words import fold, is_common

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BEFORE = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "that", "new", "of"})

#: Statements of more words are not aligned: they are read by what they share.
_MOST_WORDS = 60


def substituted(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return the two nouns of which one stands where the other does, None if there are none."""
    mine, theirs = _words(one), _words(other)
    if max(len(mine), len(theirs)) > _MOST_WORDS:
        return None
    for what, i, j, k, m in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if what != "replace" or j - i != 1 or m - k != 1:
            continue
        # "Lidköping hospital will": what a statement begins with tells one from another, too.
        is_new = mine[i] not in theirs and theirs[k] not in mine
        opens = i == k == 0 and j < len(mine) and _tells(mine[j]) and is_new
        if not opens and (i == 0 or mine[i - 1] not in _BEFORE):
            continue
        is_followed = (j == len(mine) and m == len(theirs)) or mine[j : j + 1] == theirs[m : m + 1]
        nouns = mine[i], theirs[k]
        if is_followed and all(_tells(word) for word in nouns):
            groups = [group_of(root_of(word)) for word in nouns]
            if groups[0] != groups[1] and not set(groups) <= PEOPLE | ANYBODY:
                return nouns
    return None


def _words(statement: Statement) -> list[str]:
    return [fold(word) for word in _WORD.findall(statement.bare)]


def _tells(word: str) -> bool:
    root = root_of(word)
    return not (is_common(root) or root in LIGHT or root in POLES or word[0].isdigit())
