"""
Bodies that are written out beside their abbreviation: `Medicines and Healthcare products Regulatory
Agency (MHRA)` is one name, whatever the language model makes of its parts. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORT = re.compile(r"(?:[’']s?)? ?\(([A-Z][A-Za-z&.-]{1,11})\)")
_WORD = re.compile(r"[A-Z]\.(?:[A-Z]\.)*|[\w&’'-]+")
#: Longest name, in characters and in words.
_LONGEST = 120
_MOST_WORDS = 14
#: Small words that may stand inside such a name.
_SMALL = frozenset(
    {"and", "for", "in", "of", "on", "the", "to", "&", "de", "la", "against", "with"}
)


def find_written_out(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the names stand whose initials follow in brackets."""
    for match in _SHORT.finditer(text):
        letters = re.sub(r"[^A-Za-z]", "", match[1]).upper()
        start = _beginning(text, match.start(), letters)
        if start is not None:
            yield start, match.start()


def _beginning(text: str, end: int, letters: str) -> int | None:
    """Return where the name begins that ends at a place and has these initials."""
    low = max(0, end - _LONGEST)
    words = [w for w in _WORD.finditer(text, low, end) if w.start() > low or low == 0]
    place = end
    for count, word in enumerate(reversed(words)):
        if count >= _MOST_WORDS or text[word.end() : place].strip(" \u00a0"):
            return None
        if word[0][0].islower() and word[0] not in _SMALL and count == 0:
            return None
        place = word.start()
        chosen = words[len(words) - count - 1 :]
        if count and word[0][0].isupper() and _spelled([w[0] for w in chosen], letters):
            return place
    return None


def _spelled(words: list[str], letters: str) -> bool:
    """Say whether the initials of words are these letters; small words may be left out."""
    reached = {0}
    for word in words:
        parts = [p for p in re.split(r"[.-]", word) if p]
        initials = "".join(part[0] for part in parts).upper()
        following = {r + len(initials) for r in reached if letters.startswith(initials, r)}
        following |= {r + 1 for r in reached if letters.startswith(initials[:1], r)}
        reached = following | (reached if word[0].islower() or word == "&" else set())
        if not reached:
            return False
    return len(letters) in reached
