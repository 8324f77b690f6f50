"""Stretches of marks and spaces, where nobody has anything to look at. Pure."""

from __future__ import annotations

#: What a stretch without a letter or a digit is, and why.
MARKS = ("not_a_claim", "marks and spaces")


def has_words(text: str) -> bool:
    """Say whether a stretch has a letter or a digit."""
    return any(map(str.isalnum, text))
