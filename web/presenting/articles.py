"""
The checking copy: an article's text cut into pieces that say which claims they belong to.

The coverage map is gapless and cut wherever anything begins or ends, so claims may overlap and
nest: a piece carries the numbers of all of its claims and is drawn as the innermost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from web.presenting.claims import Card
from web.presenting.words import COVERAGE, plain

#: A line end followed by an empty line, or by several.
_BREAK = re.compile(r"\n(?:[^\S\n]*\n)+")

#: What ends the words before a stretch rather than beginning it.
_CLOSING = " \t\n\r,.;:!?…)]”’»|–—-"

#: Stretches drawn in the bar; a longer article's are joined until they fit.
MOST_STRETCHES = 600

#: Width of the bar in its own units.
WIDTH = 1000

#: Characters at the head of a text that are looked at for what to call it.
LONGEST_OPENING = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph that is one thing throughout."""

    start: int
    text: str
    state: str
    reason: str
    #: Cards of the claims that it belongs to, in the order in which they begin.
    cards: tuple[Card, ...] = ()
    #: Cards of the claims that begin here.
    begins: tuple[Card, ...] = ()

    @property
    def layers(self) -> tuple[Card, ...]:
        """Return its cards from the longest claim to the shortest: each is underlined."""
        return tuple(sorted(self.cards, key=lambda card: -card.length))

    @property
    def is_work_left(self) -> bool:
        """Say whether somebody has yet to look at it: a comma between two claims is no work."""
        return self.state == "unchecked" and any(letter.isalnum() for letter in self.text)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the coverage bar: where it lies, and which class it is drawn in."""

    x: float
    width: float
    look: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the bar and its legend show."""

    stretches: tuple[Stretch, ...]
    #: State, its words, its share of the characters in per cent.
    shares: tuple[tuple[str, str, int], ...]
    #: Why stretches were set aside, with how many characters.
    reasons: tuple[tuple[str, int], ...]
    facts_left: int

    @property
    def sentence(self) -> str:
        """Return the bar in words."""
        parts = ", ".join(f"{share} % {words}" for _, words, share in self.shares)
        return f"Of the article’s characters: {parts}." if parts else "The article has no text."


def name_of(title: str | None, text: str) -> str:
    """Return what an article is called: its title, else the words that it opens with."""
    if title:
        return title
    lines = (" ".join(line.split()) for line in text[:LONGEST_OPENING].splitlines())
    opening = next((line for line in lines if line.count(" ") > 2), "")
    if not opening:
        return "Untitled article"
    cut = opening if len(opening) <= 80 else opening[:80].rpartition(" ")[0]
    return f"Untitled: “{cut} …”"


def paragraphs(
    segments: Sequence[Mapping[str, Any]], cards: Mapping[str, Card]
) -> list[list[Piece]]:
    """Cut an article's coverage into paragraphs of pieces."""
    text = "".join(segment["text"] for segment in segments)
    begun: set[str] = set()
    found: list[list[Piece]] = [[]]
    for segment, start, end, is_first in _cuts(text, segments):
        if is_first and found[-1]:
            found.append([])
        ids = [claim_id for claim_id in segment["claim_ids"] if claim_id in cards]
        new = [claim_id for claim_id in ids if claim_id not in begun]
        begun.update(new)
        found[-1].append(
            Piece(
                start=start,
                text=text[start:end],
                state=segment["state"],
                reason=plain(segment["reason"]),
                cards=tuple(cards[claim_id] for claim_id in ids),
                begins=tuple(cards[claim_id] for claim_id in new),
            )
        )
    return [pieces for pieces in found if any(piece.text.strip() for piece in pieces)]


def _cuts(
    text: str, segments: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], int, int, bool]]:
    """Yield each segment's parts outside paragraph breaks, and whether one begins a paragraph."""
    breaks = [(found.start(), found.end()) for found in _BREAK.finditer(text)]
    index, is_first = 0, True
    for segment in segments:
        place, end = segment["start"], segment["end"]
        while place < end:
            while index < len(breaks) and breaks[index][1] <= place:
                index, is_first = index + 1, True
            low, high = breaks[index] if index < len(breaks) else (end, end)
            if low <= place < high:
                place = min(high, end)
                is_first = True
                continue
            stop = min(end, max(low, place))
            yield segment, place, stop, is_first
            place, is_first = stop, False


def left_over(segments: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """List the stretches that nobody has looked at, from their first word on."""
    found: list[Mapping[str, Any]] = []
    for segment in segments:
        words = segment["text"].rstrip().lstrip(_CLOSING)
        if segment["state"] == "unchecked" and any(letter.isalnum() for letter in words):
            start = segment["start"] + len(segment["text"].rstrip()) - len(words)
            found.append({"start": start, "end": start + len(words), "text": words})
    return found


def coverage(found: Mapping[str, Any], cards: Mapping[str, Card]) -> Coverage:
    """Return what the bar over an article shows."""
    segments = found["segments"]
    total = sum(segment["end"] - segment["start"] for segment in segments) or 1
    sizes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for segment in segments:
        # Spaces and line ends between claims are no work that is left.
        size = len(segment["text"].strip())
        sizes[segment["state"]] += size
        if segment["state"] == "not_a_claim" and segment["reason"] and size:
            reasons[plain(segment["reason"])] += size
    counted = sum(sizes.values()) or 1
    shares = tuple(
        (state, COVERAGE[state], round(100 * sizes[state] / counted))
        for state in COVERAGE
        if sizes[state]
    )
    return Coverage(
        stretches=tuple(_joined(_looks(segments, cards), total)),
        shares=shares,
        reasons=tuple(reasons.most_common()),
        facts_left=found.get("counts", {}).get("unchecked", 0),
    )


def _looks(
    segments: Iterable[Mapping[str, Any]], cards: Mapping[str, Card]
) -> Iterator[tuple[int, int, str]]:
    for segment in segments:
        inner = [cards[claim_id] for claim_id in segment["claim_ids"] if claim_id in cards]
        look = segment["state"].replace("_", "-")
        if inner:
            look = f"claim status-{min(inner, key=lambda card: card.length).look}"
        yield segment["start"], segment["end"], look


def _joined(looks: Iterable[tuple[int, int, str]], total: int) -> Iterator[Stretch]:
    """Join neighbours that look the same, and what is too narrow to be seen with the next."""
    narrowest = total / MOST_STRETCHES
    held: tuple[int, int, str] | None = None
    for start, end, look in looks:
        if held is None:
            held = (start, end, look)
        elif look == held[2] or held[1] - held[0] < narrowest:
            held = (held[0], end, look if held[1] - held[0] < narrowest else held[2])
        else:
            yield _stretch(held, total)
            held = (start, end, look)
    if held is not None:
        yield _stretch(held, total)


def _stretch(held: tuple[int, int, str], total: int) -> Stretch:
    start, end, look = held
    return Stretch(round(WIDTH * start / total, 2), round(WIDTH * (end - start) / total, 2), look)
