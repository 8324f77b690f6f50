"""Words that negate, and what follows them. Pure."""

from __future__ import annotations

import re

from claims.conflicts.lexicon import LIGHT, root_of, without_phrases
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

#: Telling words after a negation of which the other statement must have one.
_REACH = 2


def negations_in(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each word that negates, folded, with the stems that it reaches."""
    plain = _NO_NEGATION.sub(" ", text)
    return tuple(
        (cue[0].casefold(), _reached(plain[cue.end() :])) for cue in _NEGATION.finditer(plain)
    )


def _reached(after: str) -> tuple[str, ...]:
    end = _CLAUSE_END.search(after)
    words = _WORD.findall(after[: end.start()] if end else after)
    roots = without_phrases([root_of(fold(word)) for word in words])
    telling = [s for s in roots if not is_common(s) and s not in LIGHT and len(s) > 1]
    return tuple(telling[:_REACH])
