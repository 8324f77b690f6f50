"""
Words as the full-text index stores them: folded, and stemmed by Porter's algorithm. Pure.

The stems are those of SQLite's `porter unicode61` tokenizer, so that a word's frequency can be
looked up in the index itself.
"""

from __future__ import annotations

import functools
import re
import unicodedata

_WORD = re.compile(r"\w+")

#: Where words written as one meet: `BringBack2019`, `NATOAllies`.
_SEAM = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
)

_COMMON = (
    "a about after all also am amp an and any are as at be because been but by can could d did "
    "do does don for from get got had has have he her his how i if in into is it its just ll m "
    "me more my no not now of on or our out over re rt s she so t than that the their them then "
    "there they this to too up us ve via was we were what when where which who why will with "
    "would you your "
)

#: Words that stand in every text.
_STOP = frozenset(_COMMON.split())

#: Marks that newspapers print, and the plain ones.
_PLAIN = str.maketrans("‘’“”–—…\u00a0", "''\"\"--. ")


def fold(text: str) -> str:
    """Fold case and accents away."""
    text = text.translate(_PLAIN)
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text[:20_000])
    return "".join(c for c in parted if not unicodedata.combining(c)).lower()


def part_joined(text: str) -> str:
    """Part words that are written as one."""
    return _SEAM.sub(" ", text)


def tokens(text: str) -> list[str]:
    """Return the folded words of a text."""
    return _WORD.findall(fold(text))


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order."""
    return [stem(word) for word in tokens(text)]


def is_common(stemmed: str) -> bool:
    """Say whether a stem is a word that stands in every text."""
    return stemmed in _STOP_STEMS


_RUNS = re.compile("v+c+")

_SECOND = (
    ("ational", "ate"), ("ization", "ize"), ("iveness", "ive"), ("fulness", "ful"),
    ("ousness", "ous"), ("tional", "tion"), ("biliti", "ble"), ("entli", "ent"),
    ("ousli", "ous"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("iviti", "ive"),
    ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("logi", "log"), ("alli", "al"),
    ("ator", "ate"), ("bli", "ble"), ("eli", "e"),
)  # fmt: skip
_THIRD = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"),
    ("ness", ""), ("ful", ""),
)  # fmt: skip
_FOURTH = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous",
    "ive", "ize", "ion", "al", "er", "ic", "ou",
)  # fmt: skip


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a folded word's stem, by Porter's algorithm of 1980."""
    if len(word) < 3 or len(word) > 64 or not word.isascii():
        return word
    word = _participles(_plurals(word))
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(_replaced(word, _SECOND), _THIRD)
    word = _without_ending(word)
    return _without_last_letters(word)


def _shape(word: str) -> str:
    shape: list[str] = []
    for letter in word:
        is_vowel = letter in "aeiou" or (letter == "y" and bool(shape) and shape[-1] == "c")
        shape.append("v" if is_vowel else "c")
    return "".join(shape)


def _measure(word: str) -> int:
    return len(_RUNS.findall(_shape(word)))


def _has_vowel(word: str) -> bool:
    return "v" in _shape(word)


def _ends_short(word: str) -> bool:
    return len(word) > 2 and _shape(word)[-3:] == "cvc" and word[-1] not in "wxy"


def _plurals(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _participles(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and _has_vowel(rest):
            return _mended(rest)
    return word


def _mended(word: str) -> str:
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if len(word) > 1 and word[-1] == word[-2] and word[-1] not in "aeioulsz":
        return word[:-1]
    return word + "e" if _measure(word) == 1 and _ends_short(word) else word


def _replaced(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, other in endings:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + other if _measure(rest) > 0 else word
    return word


def _without_ending(word: str) -> str:
    for ending in _FOURTH:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            fits = _measure(rest) > 1 and (ending != "ion" or rest[-1:] in ("s", "t"))
            return rest if fits else word
    return word


def _without_last_letters(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _measure(rest) > 1 or (_measure(rest) == 1 and not _ends_short(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word


_STOP_STEMS = frozenset(stem(word) for word in _STOP) | _STOP
