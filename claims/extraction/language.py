"""Which language a text is in, told by its function words; enough to tell English from others."""

from __future__ import annotations

import re

_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "at",
        "by",
        "it",
        "he",
        "from",
        "his",
        "be",
        "are",
        "were",
        "has",
        "have",
        "had",
        "not",
        "this",
        "but",
        "they",
        "which",
        "she",
        "will",
        "would",
        "said",
        "an",
        "or",
        "their",
        "its",
        "after",
        "who",
        "been",
        "more",
        "than",
    ]
)

_OTHERS: dict[str, frozenset[str]] = {
    "de": frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "ist",
            "nicht",
            "ein",
            "eine",
            "mit",
            "von",
            "den",
            "dem",
            "zu",
            "auf",
            "für",
            "sich",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "et",
            "est",
            "une",
            "un",
            "dans",
            "que",
            "qui",
            "pour",
            "pas",
            "sur",
            "du",
            "au",
            "avec",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "de",
            "que",
            "y",
            "en",
            "un",
            "una",
            "por",
            "con",
            "para",
            "del",
            "se",
            "no",
            "su",
        ]
    ),
    "it": frozenset(
        [
            "il",
            "lo",
            "la",
            "gli",
            "le",
            "di",
            "che",
            "e",
            "un",
            "una",
            "per",
            "con",
            "non",
            "del",
            "della",
            "sono",
        ]
    ),
    "pt": frozenset(
        [
            "o",
            "a",
            "os",
            "as",
            "de",
            "que",
            "e",
            "um",
            "uma",
            "para",
            "com",
            "não",
            "do",
            "da",
            "em",
            "por",
        ]
    ),
    "nl": frozenset(
        ["de", "het", "een", "en", "van", "is", "niet", "dat", "op", "te", "met", "voor", "zijn"]
    ),
}

#: Words looked at: the beginning of an article says enough.
SAMPLE = 2_000


def language_of(text: str, declared: str | None = None) -> str:
    """Return a language's code: the declared one, or the one whose function words prevail."""
    if declared:
        return declared.lower().split("-")[0]
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text[: SAMPLE * 8])][:SAMPLE]
    if not words:
        return "und"
    counts = {"en": sum(word in _ENGLISH for word in words)}
    counts |= {code: sum(word in known for word in words) for code, known in _OTHERS.items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    if counts[best] * 12 >= len(words):
        return best
    # Too few function words to tell: short headlines are taken as English if they look Latin.
    return "en" if text.isascii() or len(words) < 12 else "und"
