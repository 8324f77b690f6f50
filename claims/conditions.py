"""
The condition that a prediction hangs on, in its own words: "if parliament approves". Pure.

A condition stands in the claim whose it is (`claims/extraction/segment.py`), so it is read from the
claim's text, as corrected, and never kept twice.
"""

from __future__ import annotations

import re

#: Words that open a condition; "even if" and "as if" open none.
_OPENING = re.compile(
    r"(?<!\beven )(?<!\bas )(?<!\bwhat )(?<!\bask )(?<!\basked )(?<!\bwhether or )"
    r"\b(?:(?:only )?if|unless|provided(?: that)?|providing that|on (?:the )?condition that|"
    r"(?:as|so) long as|assuming(?: that)?|subject to|"
    r"once(?! (?:again|more|a|an|every|in|per|and)\b))\s",
    re.IGNORECASE,
)
#: Words that a condition before its statement has at least: the opening, who, and does what.
_LEAST_WORDS = 3


def condition_of(text: str, kind: str, modality: str) -> str | None:
    """Return the words of the condition in a claim, None where it states without one."""
    found = _OPENING.search(text)
    if found is None or not (kind == "prediction" or modality == "conditional"):
        return None
    words = text[found.start() :]
    if not text[: found.start()].strip(" “\"'(,"):
        words = _before_its_statement(words)
    return words.strip(" ,;.”\"'") or None


def _before_its_statement(words: str) -> str:
    """Return what stands before the comma that ends a condition; "If France, ..." does not yet."""
    for comma in re.finditer(r",\s", words):
        if len(words[: comma.start()].split()) >= _LEAST_WORDS:
            return words[: comma.start()]
    return words
