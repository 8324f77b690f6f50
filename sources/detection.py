"""
Signs that one text got it from another: the same words, a credit line, "according to", a quote.

Pure: texts in, signs out. What is found is a suspicion that a person judges; nothing here knows
which publishers exist, so a name is only what a text calls somebody.
"""

from __future__ import annotations

import re
import struct
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

#: Phrases by which a text names where it has something from, each after what no such text lacks.
_CITATIONS = tuple(
    (needle, re.compile(pattern))
    for needle, pattern in (
        (
            "ccording to ",
            rf"\b[Aa]ccording to (?:a report (?:in|by) |reports (?:in|by) )?({_NAME})",
        ),
        ("iting ", rf"\b[Cc]iting (?:a report (?:in|by) )?({_NAME})"),
        (" reported by ", rf"\b[Aa]s (?:first )?reported by ({_NAME})"),
        ("old ", rf"\b[Tt]old ({_NAME})"),
        (" reported", rf"\b({_NAME}) (?:first )?reported\b"),
    )
)

#: Whom nobody names, by what they are; one of them or several.
_UNNAMED = (
    r"(?:official|source|person|diplomat|officer|aide|advis[eo]r|executive|insider|employee|"
    r"staffer|engineer|negotiator|investigator|lawmaker|banker|trader|commander|envoy|manager)s?"
    r"|people"
)
_VERB = r"(?:said|says|saying|told|tells|who|that|which|confirmed|added|claimed|spoke)\b"
_HOW_MANY = r"(?:an?|one|two|three|four|several|some|another|unnamed|anonymous)"
#: "a senior defence official", "two people close to the talks", "an official at the ministry".
_SPEAKER = re.compile(
    rf"\b{_HOW_MANY}(?P<before>(?: [^\W\d][\w’'-]*){{0,4}}?) (?P<head>{_UNNAMED})\b"
    r"(?P<after>(?: (?:at|in|of|from|close to|familiar with|briefed on|involved in|"
    rf"with (?:direct )?knowledge of)(?: (?:the|a|an))?(?: (?!{_VERB})[\w’'-]+){{1,3}})?)",
)
#: What makes an unnamed person one whose word is passed on.
_TELLING = re.compile(
    r"\b(?:said|says|told|tells|according to|confirmed|added|claimed|revealed|disclosed|"
    r"anonymity|anonymously|not (?:to )?be (?:named|identified))\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?](?=\W*\s|\W*\Z)|\n")

#: Of a text so many characters are read for whom it does not name.
MOST_LETTERS = 100_000

#: Characters of a sentence that are looked at, before an unnamed person and after.
MOST_AROUND = 300

#: What says no more of somebody than that there is somebody.
_ANYBODY = frozenset(("people", "person", "source", "insider"))

_MANY = (
    "about according added after again also anonymity anonymous another because been before being "
    "claimed close condition confirmed could declined direct disclosed familiar from have having "
    "identified into involved knowledge matter more named news only other over people person "
    "persons reporters revealed said says should some source sources speaking spoke spoken still "
    "than that their them then there they this told unnamed very wanted were what when which "
    "while will with would year years yesterday today"
)

#: Words that tell nothing of an unnamed person, nor of what they say.
_SMALL = frozenset(_MANY.split())

#: Words that what two unnamed people say must share: so many, and so much of the shorter.
LEAST_SAID = 4
LEAST_SAID_SHARE = 0.5
MOST_SPEAKERS = 20

_QUOTE = re.compile(r"[“\"„«]([^“”\"„«»\n]{20,600})[”\"“»]")


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of a text to find copies of it by: hashes, and how many shingles it has."""

    shingles: int
    sample: frozenset[int]
    quotes: frozenset[int]
    speakers: frozenset[int]

    @property
    def hashes(self) -> list[int]:
        """List all that is looked up, in order."""
        return sorted(self.sample | self.quotes | self.speakers)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody whom a text does not name: what it calls them, and what it has from them."""

    described: str
    #: What tells them from other people who are not named: `senior`, `defence`.
    marks: frozenset[str]
    #: What they are: `official`.
    head: str
    said: frozenset[str]

    @property
    def keys(self) -> Iterator[str]:
        """Yield what they are looked up by."""
        return (f"{mark} {self.head}" for mark in self.marks)


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
        return list(map(re.Match.group, islice(_WORD.finditer(text.lower()), MOST_WORDS)))
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
    digests = [blake2b(text, digest_size=8).digest() for text in map(str.encode, texts)]
    numbers = struct.unpack(f">{len(digests)}Q", b"".join(digests))
    # 63 bits: what every database keeps as a positive whole number.
    return frozenset([number >> 1 for number in numbers])


def print_of(text: str) -> Print:
    """Return what is kept of a text: the same shingle is kept of both texts that share it."""
    return print_of_words(text, words_of(text))


def print_of_words(text: str, words: Sequence[str]) -> Print:
    """Return what is kept of a text whose words are known."""
    shingles = _hashes(_runs(words))
    is_short = len(shingles) <= SHORT
    sample = frozenset(h for h in shingles if is_short or h % SAMPLED == 0)
    return Print(len(shingles), sample, quote_hashes(text), speaker_hashes(text))


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


def speakers_in(text: str) -> list[Speaker]:
    """List those whom a text passes on without a name, where it says more of them than that."""
    looked_at = text[:MOST_LETTERS]
    # Small letters are found much faster than either.
    small = looked_at.lower()
    # A few letters of some languages become two.
    small = small if len(small) == len(looked_at) else looked_at
    matches = islice(_SPEAKER.finditer(small), 10 * MOST_SPEAKERS)
    found = (_speaker(match, looked_at) for match in matches)
    return list(islice((each for each in found if each is not None), MOST_SPEAKERS))


def _sentence_of(match: re.Match[str]) -> str:
    """Return the sentence that an unnamed person stands in, as far as it is looked at."""
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - MOST_AROUND) : start]
    after = text[end : end + MOST_AROUND]
    first = max((found.end() for found in _STOP.finditer(before)), default=0)
    last = _STOP.search(after)
    return f"{before[first:]} {after[: last.start()] if last else after}"


def _speaker(match: re.Match[str], text: str) -> Speaker | None:
    around = _sentence_of(match)
    marks = _tokens(f"{match['before']} {match['after']}")
    if not marks or not _TELLING.search(around):
        return None
    head = match["head"].removesuffix("s").replace("adviser", "advisor")
    head = "person" if head in _ANYBODY else head
    described = " ".join(text[match.start() : match.end()].split())
    return Speaker(described, marks, head, _tokens(around) - marks)


def _tokens(text: str) -> frozenset[str]:
    """Return the words of a text that tell something, and its numbers."""
    found = (word.casefold() for word in re.findall(r"[0-9][0-9.,]*[0-9]|\w+", text))
    return frozenset(w for w in found if w not in _SMALL and (len(w) >= 4 or w[0].isdigit()))


def speaker_hashes(text: str) -> frozenset[int]:
    """Return the hashes by which a text's unnamed speakers are looked up, which are no others'."""
    return _hashes(f"\1{key}" for speaker in speakers_in(text) for key in speaker.keys)


def shared_speaker(one: str, other: str) -> str | None:
    """Return how the first text calls an unnamed person who told the other the same."""
    theirs = speakers_in(other)
    for speaker in speakers_in(one):
        if any(_is_same(speaker, another) for another in theirs):
            return speaker.described
    return None


def _is_same(one: Speaker, other: Speaker) -> bool:
    """Say whether two may be one person: described alike, and passed on with the same words."""
    is_alike = one.head == other.head and (one.marks <= other.marks or other.marks <= one.marks)
    shared = len(one.said & other.said)
    least = min(len(one.said), len(other.said))
    return is_alike and shared >= LEAST_SAID and shared >= LEAST_SAID_SHARE * least


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
    # To look for a word is a fraction of the price of a pattern that begins with either case.
    return _mentions([pattern for needle, pattern in _CITATIONS if needle in text], text)


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
