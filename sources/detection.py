"""
Signs that one text got it from another: the same words, a credit line, "according to", a quote.

Pure: texts in, signs out. What is found is a suspicion that a person judges; nothing here knows
which publishers exist, so a name is only what a text calls somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from itertools import islice

#: Words of a shingle.
SHINGLE = 5

#: A copy shares at least this much of the shorter text, and at least this many shingles.
LEAST_CONTAINED = 0.5
LEAST_SHARED = 20

#: Of the shingles of a long text, one in so many is kept to look copies up by.
SAMPLED = 4
#: A text of at most this many shingles keeps them all.
SHORT = 200

#: Sampled shingles that say how much of a text is shared before it is read.
LEAST_TELLING = 40

#: Words of a quote that nobody says by chance.
LEAST_QUOTED = 8
MOST_QUOTES = 50

#: Words looked at; a longer text is compared by its beginning.
MOST_WORDS = 20_000

_WORD = re.compile(r"\w+")

# A name: capitalised words, joined by the small words that names hold.
_REST = r"(?:[\w&’'-]|\.(?=\w)){0,40}"
_NAME = rf"(?:The )?[A-Z]{_REST}(?: (?:(?:of|the|for) )?[A-Z0-9]{_REST}){{0,5}}"
_NAMES = rf"({_NAME}(?:, {_NAME}){{0,4}}(?:,? and {_NAME})?)"

#: Lines by which a text says whose story it is.
_CREDITS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"\b[Ww]ith (?:additional )?(?:contributions?|inputs?|reporting|material|files|reports?) "
        rf"(?:from|by) {_NAMES}",
        rf"^\W{{0,3}}(?:[Ss]ource|[Cc]redit|[Cc]ourtesy|[Vv]ia)s?: {_NAMES}\W{{0,3}}$",
        rf"^\W{{0,2}}[—–] ?{_NAMES}\W{{0,3}}\Z",
        rf"\((?:c\) )?(?:[Cc]ourtesy|[Ss]ource):? {_NAMES}\)",
        rf"^[A-Z][A-Za-z .,'’0-9]{{1,60}} \({_NAMES}\) ?[—–-]",
        rf"^\(?(?:This (?:story|article|report) (?:was )?)?(?:first )?"
        rf"(?:published|appeared) (?:in|by|on) {_NAMES}\W{{0,3}}$",
    )
)

#: Phrases by which a text names where it has something from.
_CITATIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b[Aa]ccording to (?:a report (?:in|by) |reports (?:in|by) )?({_NAME})",
        rf"\b[Cc]iting (?:a report (?:in|by) )?({_NAME})",
        rf"\b[Aa]s (?:first )?reported by ({_NAME})",
        rf"\b[Tt]old ({_NAME})",
        rf"\b({_NAME}) (?:first )?reported\b",
    )
)

_QUOTE = re.compile(r"[“\"„«]([^“”\"„«»\n]{20,600})[”\"“»]")


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of a text to find copies of it by: hashes, and how many shingles it has."""

    shingles: int
    sample: frozenset[int]
    quotes: frozenset[int]

    @property
    def hashes(self) -> list[int]:
        """List all that is looked up, in order."""
        return sorted(self.sample | self.quotes)


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of the shorter of two texts stands in the other."""

    shared: int
    contained: float

    @property
    def is_copy(self) -> bool:
        """Say whether that is too much for chance."""
        return self.shared >= LEAST_SHARED and self.contained >= LEAST_CONTAINED


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that a text gives for where it got it from, and the words that say so."""

    name: str
    words: str


def words_of(text: str) -> list[str]:
    """Return a text's words as copies are compared by: case, marks and spaces do not matter."""
    if text.isascii():
        # Nothing in it changes what is a word when its case is folded.
        folded = islice(_WORD.finditer(text.lower()), MOST_WORDS)
        return [match.group() for match in folded]
    found = islice(_WORD.finditer(text), MOST_WORDS)
    return [match.group().casefold() for match in found]


def text_key(text: str) -> str | None:
    """Return a digest that two printings of the same words share; None for a mere scrap."""
    return key_of(words_of(text))


def key_of(words: Sequence[str]) -> str | None:
    """Return that digest of a text's words."""
    if len(words) < LEAST_SHARED:
        return None
    return sha256(" ".join(words).encode()).hexdigest()


def shingles_of(text: str) -> frozenset[int]:
    """Return the hashes of all runs of five words."""
    return _hashes(_runs(words_of(text)))


def _runs(words: Sequence[str]) -> Iterator[str]:
    ahead = (words[start:] for start in range(SHINGLE))
    return map(" ".join, zip(*ahead, strict=False))


def _hashes(texts: Iterable[str]) -> frozenset[int]:
    # 63 bits: what every database keeps as a positive whole number.
    return frozenset(
        int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1 for text in texts
    )


def print_of(text: str) -> Print:
    """Return what is kept of a text: the same shingle is kept of both texts that share it."""
    return print_of_words(text, words_of(text))


def print_of_words(text: str, words: Sequence[str]) -> Print:
    """Return what is kept of a text whose words are known."""
    shingles = _hashes(_runs(words))
    is_short = len(shingles) <= SHORT
    sample = frozenset(h for h in shingles if is_short or h % SAMPLED == 0)
    return Print(len(shingles), sample, quote_hashes(text))


def quote_hashes(text: str) -> frozenset[int]:
    """Return the hashes of a text's long quotes, which are none of any shingle's."""
    return _hashes(f"\0{key}" for key, _ in quotes_of(text))


def quotes_of(text: str) -> list[tuple[str, str]]:
    """List a text's long quotes: folded to be compared, and as printed."""
    found: dict[str, str] = {}
    for match in _QUOTE.finditer(text):
        words = words_of(match.group(1))
        if len(words) >= LEAST_QUOTED and len(found) < MOST_QUOTES:
            found.setdefault(" ".join(words), match.group(1).strip(" ,"))
    return list(found.items())


def shared_quote(one: str, other: str) -> str | None:
    """Return the longest quote that two texts print alike, as the first prints it."""
    theirs = {key for key, _ in quotes_of(other)}
    shared = [(key, shown) for key, shown in quotes_of(one) if key in theirs]
    return max(shared, key=lambda pair: len(pair[0]), default=(None, None))[1]


def can_be_copy(shared: int, smaller: int) -> bool:
    """
    Say whether two texts are worth comparing word by word.

    :param shared: shingles that both share, of the one in four that is kept of every text
    :param smaller: how many of those the text with fewer has
    """
    # Of so many, half cannot be shared and less than a quarter seen by chance.
    return smaller < LEAST_TELLING or shared >= smaller * LEAST_CONTAINED / 2


def overlap_of(one: frozenset[int], other: frozenset[int]) -> Overlap:
    """Return how much of the shorter of two texts stands in the other, by their shingles."""
    least = min(len(one), len(other))
    shared = len(one & other)
    return Overlap(shared, shared / least if least else 0.0)


def credits_in(text: str) -> list[Mention]:
    """List whose story a text says that it is, each name once."""
    return _mentions(_CREDITS, text)


def citations_in(text: str) -> list[Mention]:
    """List whom a text names for where it has something from, each name once."""
    return _mentions(_CITATIONS, text)


def _mentions(patterns: Sequence[re.Pattern[str]], text: str) -> list[Mention]:
    found: dict[str, Mention] = {}
    for pattern in patterns:
        for match in pattern.finditer(text):
            for name in _split(match.group(1)):
                found.setdefault(name.casefold(), Mention(name, " ".join(match.group().split())))
    return list(found.values())


def _split(names: str) -> Iterator[str]:
    for name in re.split(r", and |, | and ", names):
        cleaned = name.strip(" .,-’'")
        if len(cleaned) > 1:
            yield cleaned


def name_forms(name: str) -> list[str]:
    """List what a printed name may be called where it is known, the longest first."""
    bare = re.sub(r"[’']s$", "", name.removeprefix("The "))
    words = bare.split()
    shorter = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
    return [form for each in shorter for form in (each, f"The {each}")]


def is_agency_name(name: str) -> bool:
    """Say whether a credited name is one that stands for itself, not `Agencies` or a byline."""
    generic = {"agencies", "agency", "staff", "wires", "bureau", "correspondent", "photo", "file"}
    return not generic.intersection(words_of(name))


def best_of(found: Iterable[tuple[float, str]], most: int) -> list[str]:
    """Return the keys with the highest counts, at most so many, in a fixed order."""
    ranked = sorted(found, key=lambda pair: (-pair[0], pair[1]))
    return [key for _, key in ranked[:most]]
