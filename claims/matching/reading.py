"""What is looked for, and what is held, read into the parts that are compared. Pure."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from claims.matching.words import fold, is_common, part_joined, stem, stems, tokens

#: Words of what is looked for that are read; the rest of a long text adds only noise.
MOST_WORDS = 120

#: Letters of a run that is looked for in both.
RUN = 5

_ADDRESS = re.compile(r"https?://\S+|\b(?:pic\.twitter\.com|t\.co)/\S+")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DAY = rf"{_MONTH} [0-9]{{1,2}}, [0-9]{{4}}"
#: "— Name (@handle) May 3, 2019": who posted it, and when.
_SIGNED = re.compile(
    rf"\s*[—–-]\s*(?P<name>[^—]{{0,80}}?)\s*\(@(?P<handle>\w+)\)\s*(?P<day>{_DAY})\s*$"
)
_DATED = re.compile(rf"(?P<day>{_DAY})\s*$")
_TAG = re.compile(r"[@#](\w+)")
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"[^\w\s]|_")
_PICTURED = re.compile(r"pic\.twitter|\bvideo\b|\bphoto", re.IGNORECASE)
_SHOWS = re.compile(r"\b(?:photo|video|picture|image|footage|clip|meme|screenshot)", re.IGNORECASE)

#: How many claims hold a stem.
Known = Callable[[str], int]


@dataclass(frozen=True)
class Wanted:
    """What is looked for."""

    #: The stems in order, common words left out.
    content: tuple[str, ...]
    #: The stems of whoever posted it.
    author: frozenset[str]
    #: Each stem's word, folded but whole.
    words: Mapping[str, str]
    #: Tags and handles as written together.
    joined: tuple[str, ...]
    letters: str
    day: date | None
    has_picture: bool

    @functools.cached_property
    def stems(self) -> frozenset[str]:
        """Return the different stems."""
        return frozenset(self.content)

    @functools.cached_property
    def everything(self) -> frozenset[str]:
        """Return the different stems, those of whoever posted it included."""
        return self.stems | self.author

    @functools.cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return the stems that follow each other."""
        return frozenset(itertools.pairwise(self.content))

    @functools.cached_property
    def grams(self) -> frozenset[str]:
        """Return the runs of letters, which forgive an ending or a joint."""
        letters = self.letters
        return frozenset(letters[i : i + RUN] for i in range(len(letters) - RUN + 1))

    @functools.cached_property
    def numbers(self) -> frozenset[str]:
        """Return the whole numbers among the words."""
        return frozenset(s for s in self.content if s.isdigit())

    @property
    def terms(self) -> tuple[str, ...]:
        """Return what the index is asked for."""
        return tuple(dict.fromkeys((*self.content, *sorted(self.author))))


@dataclass(frozen=True)
class Held:
    """A claim that is held, with the title of its article."""

    printed: str
    printed_title: str
    text: tuple[str, ...]
    title: tuple[str, ...]
    day: date | None

    @functools.cached_property
    def stems(self) -> frozenset[str]:
        """Return the different stems that are not in every text."""
        return frozenset(s for s in (*self.text, *self.title) if not is_common(s))

    @functools.cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return the stems that follow each other in the text, or in the title."""
        return frozenset((*_following(self.text), *_following(self.title)))

    @functools.cached_property
    def numbers(self) -> frozenset[str]:
        """Return the whole numbers among the words."""
        return frozenset(s for s in self.stems if s.isdigit())

    @functools.cached_property
    def text_counts(self) -> Counter[str]:
        """Return how often each stem stands in the text."""
        return Counter(self.text)

    @functools.cached_property
    def title_counts(self) -> Counter[str]:
        """Return how often each stem stands in the title."""
        return Counter(self.title)

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """Return the stems of the text's names."""
        return _names(self.printed, frozenset(self.title))

    @functools.cached_property
    def words(self) -> frozenset[str]:
        """Return the longer words."""
        both = tokens(f"{self.printed} {self.printed_title}")
        return frozenset(word for word in both if len(word) >= 4)

    @functools.cached_property
    def spelled(self) -> dict[str, str]:
        """Return the different stems that are not in every text, each with a word of it."""
        return dict(_telling(f"{self.printed} {self.printed_title}"))

    @property
    def letters(self) -> str:
        """Return the letters of text and title."""
        return _letters(f"{self.printed} {self.printed_title}")

    @functools.cached_property
    def shows_picture(self) -> bool:
        """Say whether the claim is about a picture."""
        return bool(_SHOWS.search(self.printed))


def _following(sequence: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    content = [s for s in sequence if not is_common(s)]
    yield from itertools.pairwise(content)


def read_wanted(text: str, published_on: str | None = None, known: Known | None = None) -> Wanted:
    """
    Read what is looked for: a claim's words, or a post with its signature.

    :param published_on: the day of it; else the day that a post is signed with
    :param known: tells how many claims hold a stem, to part tags in small letters
    """
    has_picture = bool(_PICTURED.search(text))
    words, who, day = _without_signature(_ADDRESS.sub(" ", text))
    joined = tuple(fold(tag) for tag in _TAG.findall(words))
    readable = part_joined(_TAG.sub(lambda match: _parted(match[1], known), words))
    content = _telling(readable)[:MOST_WORDS]
    author = _telling(_parted(who, known))
    return Wanted(
        content=tuple(stemmed for stemmed, _ in content),
        author=frozenset(stemmed for stemmed, _ in author),
        words=dict((*author, *content)),
        joined=joined,
        letters=_letters(readable),
        day=date.fromisoformat(published_on) if published_on else day,
        has_picture=has_picture,
    )


def _telling(text: str) -> list[tuple[str, str]]:
    """Return the stems of a text's words, each with its word, common ones left out."""
    found = ((stem(word), word) for word in tokens(text))
    return [(stemmed, word) for stemmed, word in found if not is_common(stemmed)]


@functools.lru_cache(maxsize=4_096)
def read_held(text: str, title: str | None, published_on: str | None) -> Held:
    """Read a claim that is held."""
    return Held(
        printed=text,
        printed_title=title or "",
        text=tuple(stems(text)),
        title=tuple(stems(title or "")),
        day=date.fromisoformat(published_on) if published_on else None,
    )


def _names(text: str, title: frozenset[str]) -> frozenset[str]:
    """Return the stems of words with a capital; the first word counts where the title has it."""
    found = [stem(fold(word)) for word in _WORD.findall(text) if word[:1].isupper()]
    first = _WORD.search(text)
    is_first = bool(found) and first is not None and first[0][:1].isupper()
    sure = found[1:] if is_first and found[0] not in title else found
    return frozenset(name for name in sure if not is_common(name))


def _without_signature(text: str) -> tuple[str, str, date | None]:
    """Return a post's words, who signed it, and its day."""
    signed = _SIGNED.search(text[-300:])
    found = signed or _DATED.search(text[-40:])
    if found is None:
        return text, "", None
    who = f"{signed['name']} {signed['handle']}" if signed else ""
    words = text[: len(text) - len(found[0])]
    try:
        day = datetime.strptime(found["day"], "%B %d, %Y").date()  # noqa: DTZ007
    except ValueError:
        return text, who, None
    return words, who, day


def _parted(joined: str, known: Known | None) -> str:
    """Part words written as one, by their capitals, or else by the words that are known."""
    parted = part_joined(joined)
    if known is None or " " in parted.strip():
        return f" {parted} "
    words = part_by_words(fold(joined), known)
    return f" {joined} {' '.join(words)} " if len(words) > 1 else f" {joined} "


def part_by_words(joined: str, known: Known) -> tuple[str, ...]:
    """Part a run of small letters into known words, the longest ones best; empty if none fit."""
    joined = joined[:40]
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(joined)
    for end in range(1, len(joined) + 1):
        for start in range(max(0, end - 14), end):
            before, word = best[start], joined[start:end]
            if before is None or not _is_word(word, known):
                continue
            score = before[0] + (len(word) - 2.2 if len(word) > 2 else -0.6)
            held = best[end]
            if held is None or score > held[0]:
                best[end] = (score, (*before[1], word))
    found = best[-1]
    return found[1] if found else ()


def _is_word(word: str, known: Known) -> bool:
    if len(word) < 3:
        return is_common(word)
    return is_common(stem(word)) or known(stem(word)) >= 2


def _letters(text: str) -> str:
    return " ".join(_MARK.sub("", fold(text)).split())
