"""
Whether one of two statements says that something is not so, which the other says is. Pure.

What is negated must stand in the other statement: "left 15,000 homes without power" does not
negate that villages were flooded.
"""

from __future__ import annotations

import re

from claims.conflicts.antonyms import antonyms
from claims.conflicts.lexicon import DENIALS, LIGHT, group_of, opposed, root_of, without_phrases
from claims.conflicts.statements import Statement
from claims.matching.words import fold, is_common

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|neither|nor|nobody|nothing|nowhere|without|cannot|"
    r"fail(?:s|ed|ing)? to|fell short of|lack(?:s|ed)?|ran out of|free (?:of|from)|"
    r"refus(?:es|ed)(?: to)?|declin(?:es|ed) to|unable to|no longer|ruled out|"
    r"denie[sd]|deny(?:ing)?|reject(?:s|ed) (?:reports|claims)|"
    r"(?:vot(?:es?|ed|ing)|decided?|ruled|spoke|came out) against)\b|n['’]t\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"\b(?:no|not) (?:fewer|less|more|later|earlier) than\b|\bnot only\b|\bno doubt\b|"
    r"\bno\. ?(?=\d)|"
    r"\b(?:declin|refus)(?:es|ed) (?:to )?(?:say|comment|discuss|be named|confirm)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,;:.!?]\s|\b(?:because|although|while|after|before|when)\b", re.IGNORECASE
)

#: Who has none of a thing says nothing of what excludes it.
_OF_NOUNS = frozenset({"no", "without", "lack", "lacks", "lacked", "free of", "free from"})

#: Telling words after a negation of which the other statement must have one.
_REACH = 2


def is_turned(one: Statement, other: Statement) -> bool:
    """Say whether one says that it is so, and the other that it is not."""
    return is_negated(one, other) != is_negated(other, one)


def is_negated(statement: Statement, other: Statement) -> bool:
    """Say whether a statement negates what another speaks of; what is denied is negated."""
    text = _NO_NEGATION.sub(" ", statement.text)
    count = sum(_reaches(cue[0], text[cue.end() :], other) for cue in _NEGATION.finditer(text))
    denied = statement.verb is not None and root_of(statement.verb.casefold()) in DENIALS
    return (count + denied) % 2 == 1


def _reaches(cue: str, after: str, other: Statement) -> bool:
    """Say whether the words after a negation are such as the other statement has."""
    end = _CLAUSE_END.search(after)
    words = _WORD.findall(after[: end.start()] if end else after)
    roots = without_phrases([root_of(fold(word)) for word in words])
    telling = [s for s in roots if not is_common(s) and s not in LIGHT and len(s) > 1][:_REACH]
    if not telling:
        return True
    known = other.content.union(other.stems, other.roots)
    if any(s in known or group_of(s) in known for s in telling):
        return True
    if cue.casefold() in _OF_NOUNS:
        return False
    return bool(opposed(telling, other.stems) or antonyms(telling, other.stems))
