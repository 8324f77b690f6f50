"""
Teasers in the middle of prose, and where their headline ends.

A headline is often glued to the next sentence without a full stop: `Read also | Work will go on:
Minister The dam was built in 1970.`
"""

from __future__ import annotations

import re

_TEASER = re.compile(
    r"(?<![\w-])(?:(?i:also read|read (?:also|more|next)|see also|must[- ]read|also watch|don[’']t miss|more on this(?: story)?)|"
    r"(?:(?<=^)|(?<=[.!?”\"’)\]] ))(?:READ|Read|WATCH|Watch|RELATED|Related|EXPLAINED|Explained|In (?:pics|pictures|Pics|Pictures)|Recommended)"
    r"(?: (?:[Ss]tor(?:y|ies)|STOR(?:Y|IES)|[Nn]ews|[Aa]rticles?))?)[ \t]?[|:>»][ \t]?"
)
_STOP = re.compile(r"(?<![A-Z])(?<!\bMr)(?<!\bDr)(?<!\bMs)(?<!\bSt)[.?!][\"”’)]*(?=\s|$)")
_QUESTION = re.compile(r"\s{1,3}[A-Z][^.?!\n]{3,200}\?")
_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|can|could|may|might|should|did|does|do|said|told|added|"
    r"announced|warned|claimed|confirmed|noted|denied|described|reported|began|became|took|made|gave|came|"
    r"went|rose|fell|won|lost|called|asked|[a-z]{3,}ed)\b"
)
_WORD = re.compile(r"\S+")

#: Words that begin a sentence and never end a headline.
_OPENERS = frozenset(
    [
        "The", "A", "An", "In", "On", "At", "This", "These", "That", "Those", "It", "He", "She", "They", "We",
        "However", "But", "Earlier", "Meanwhile", "According", "After", "Before", "When", "While", "Although",
        "Under", "Since", "There", "His", "Her", "Their", "Its", "As", "If", "For", "Last", "Both", "Some",
        "Many", "Most", "Several", "Asked", "Speaking", "Responding", "With", "From", "More", "Nearly",
    ]
)  # fmt: skip
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "de",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "under",
        "with",
        "vs",
        "amid",
        "after",
        "before",
        "says",
    ]
)

#: No headline is longer.
LONGEST = 400


def find_teaser(line: str, start: int) -> tuple[int, int] | None:
    """Return where the next teaser begins and ends."""
    match = _TEASER.search(line, start)
    return (match.start(), _end(line, match.end())) if match else None


def _end(line: str, start: int) -> int:
    limit = min(len(line), start + LONGEST)
    stop = _STOP.search(line, start, limit)
    end = stop.end() if stop else limit
    glued = _after_colon(line, start, end) or _change_of_case(line, start, end)
    if glued is not None:
        return glued
    following = _QUESTION.match(line, end)
    # An explainer's headline often goes on as a question.
    return following.end() if following else end


def _after_colon(line: str, start: int, end: int) -> int | None:
    """Return where a headline that ends in `: Name` is followed by another sentence's subject."""
    colon = line.rfind(": ", start, end)
    verb = _VERB.search(line, colon + 2, end) if colon >= 0 else None
    if verb is None:
        return None
    run = list(_WORD.finditer(line, colon + 2, verb.start()))
    if len(run) < 2 or not run[0][0][:1].isupper():
        return None
    openers = [word for word in run[1:] if word[0] in _OPENERS]
    if openers:
        return openers[0].start() - 1
    return run[1].start() - 1 if all(word[0][:1].isupper() for word in run) else None


def _change_of_case(line: str, start: int, end: int) -> int | None:
    """
    Return where a capital in the middle begins a sentence.

    An opener (`The`, `In`, `He`) after a word that ends nothing, or a name with a past verb
    (`... from April Bhatkar said`); in a headline of capitals, where small letters set in.
    """
    words = list(_WORD.finditer(line, start, end))
    title = _is_title(words)
    for first, before, word, after in zip(words, words[1:], words[2:], words[3:], strict=False):
        if before[0][-1] in ":,;–—-|/“\"'‘(" or not word[0][:1].isupper():
            continue
        is_small = before[0].lower() in _SMALL
        if word[0].rstrip(",") in _OPENERS and (after[0][:1].islower() or not title):
            if not is_small:
                return word.start() - 1
        elif not title and not is_small and _is_end(first[0], before[0]):
            if _SAYS.match(line, word.start(), end):
                return word.start() - 1
    return None


def _is_end(before: str, word: str) -> bool:
    """Say whether a headline may end in a word: a common one, or a name after `in`."""
    return word[:1].islower() or (before in _SMALL and word[:1].isupper())


def _is_title(words: list[re.Match[str]]) -> bool:
    """Say whether a headline begins its words with capitals."""
    first = [w[0] for w in words[:6] if w[0].lower() not in _SMALL]
    return len(first) > 2 and all(not word[:1].islower() for word in first)


_SAYS = re.compile(
    r"(?:[A-Z][\w.’'-]*[ ]){1,5}(?:(?:also|has|had|later|further|on \w+day)[ ]){0,2}"
    r"(?:said|told|added|was|were|has|had|is|will|announced|warned|claimed|confirmed|noted|[a-z]{3,}ed)\b"
)
