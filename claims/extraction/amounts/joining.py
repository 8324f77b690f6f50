"""
Neighbouring numbers as one amount or several: ranges, shared units, numbers left bare.

"$3-4 billion" is one amount with two ends; "from 3 to 5 percent" and "102 and 21 people" are
two that share a unit; a number that still has no unit is an amount only where the words
around it count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.extraction.amounts import nouns
from claims.extraction.amounts.context import Bound, is_before_month, previous_word
from claims.extraction.amounts.numerals import BLANK
from claims.extraction.amounts.pieces import Piece
from claims.extraction.amounts.words import word_list
from claims.extraction.records import QuantityKind


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount with one value, or with the two ends of a range."""

    start: int
    end: int
    kind: QuantityKind
    value: Decimal
    unit: str
    bound: Bound | None = None
    upper: Decimal | None = None


_HYPHEN = re.compile(rf"[{BLANK}]?[-–—‑][{BLANK}]?")
_TO = re.compile(rf"[{BLANK}-](?:to|through|till)[{BLANK}-]")
_AND = re.compile(rf"[{BLANK}](?:and|or)[{BLANK}]")
_OUT_OF = re.compile(rf"[{BLANK}](?:of|out of)[{BLANK}](?:(?:the|its|their|all)[{BLANK}])?")
_BETWEEN = re.compile(
    rf"\b(?:between|betwixt)[{BLANK}](?:(?:about|around|roughly|an estimated)[{BLANK}])?$",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\bfrom[{BLANK}](?:(?:about|around|roughly)[{BLANK}])?$", re.IGNORECASE)
#: "fell $1.43 to $78.20": by so much, to so much.
_MOVING = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|fallen|falls?|falling|drop\w*|gain\w*|los[te]\w*|losing|"
    r"climb\w*|jump\w*|slid\w*|slipp?\w*|sank|sink\w*|surg\w*|tumbl\w*|plung\w*|soar\w*|"
    r"add\w*|shed\w*|declin\w*|increas\w*|decreas\w*|grew|grow\w*|advanc\w*|up|down|shrank)"
    rf"[{BLANK}](?:by[{BLANK}]|another[{BLANK}]|(?:about|nearly|almost|some)[{BLANK}])?$",
    re.IGNORECASE,
)
#: "Prices rose from $3 to $4": two prices, and no range of them.
_CHANGED = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|fallen|falls?|falling|drop\w*|climb\w*|jump\w*|slid\w*|slipp?\w*|surg\w*|"
    r"tumbl\w*|plung\w*|soar\w*|declin\w*|increas\w*|decreas\w*|grew|grow\w*|shrank|cut|raised|lifted|lowered|reduced|"
    rf"doubled|tripled|halved|up|down|went|gone)[{BLANK}]from[{BLANK}](?:(?:about|around|roughly)[{BLANK}])?$",
    re.IGNORECASE,
)
_VOTED = re.compile(
    rf"\b(?:vot(?:ed?|es|ing)|ballot)[{BLANK}](?:(?:of|by|was|went)[{BLANK}])?$", re.IGNORECASE
)
_RANGING = re.compile(
    r"\b(?:rang\w+|vary|varies|varied|varying|anywhere|estimates?|spann?\w*|anything|price[sd]?)\b",
    re.IGNORECASE,
)


def join(text: str, pieces: Iterable[Piece]) -> list[Amount]:
    """Return the amounts that the pieces make, in order."""
    amounts: list[Amount] = []
    row = list(pieces)
    index = 0
    while index < len(row):
        piece = row[index]
        follower = row[index + 1] if index + 1 < len(row) else None
        link = _link(text, piece, follower)
        if follower is not None and link is not None:
            piece, follower = _share(piece, follower, link)
            row[index + 1] = follower
            if _is_range(text, piece, follower, link):
                amounts.append(_range(piece, follower))
                index += 2
                continue
            if _is_score(piece, follower, link):
                index += 2
                continue
        amount = _settle(text, piece, amounts)
        if amount is not None:
            amounts.append(amount)
        index += 1
    return amounts


@dataclass(frozen=True, slots=True)
class _Link:
    """How two pieces hang together: by a hyphen, "to", or "and"; and whether as a range."""

    is_hyphen: bool
    is_listing: bool
    is_ranging: bool
    #: The first is part of the second: "15 of 20 hostages".
    is_part: bool = False
    #: Both count votes: "voted 141 to 5", "by 217 votes to 213".
    is_vote: bool = False


def _link(text: str, first: Piece, second: Piece | None) -> _Link | None:
    if second is None or not 0 < second.start - first.end <= 16:
        return None
    gap = text[first.end : second.start]
    before = text[max(0, first.start - 40) : first.start]
    if _HYPHEN.fullmatch(gap):
        return _Link(True, False, True)
    if _TO.fullmatch(gap):
        if _are_votes(first, second, before):
            return _Link(False, False, False, is_vote=True)
        is_range = _RANGING.search(before) is not None and _CHANGED.search(before) is None
        changes = _FROM.search(before) is not None and not is_range
        moves = first.kind is not None and _MOVING.search(before) is not None
        return _Link(False, False, not (changes or moves))
    if _AND.fullmatch(gap):
        is_between = _BETWEEN.search(before) is not None
        is_either = gap.strip(BLANK) == "or" and second.value - first.value == 1
        return _Link(False, not is_between, is_between or is_either)
    if _OUT_OF.fullmatch(gap):
        return _Link(False, True, False, is_part=True)
    return None


def _are_votes(first: Piece, second: Piece, before: str) -> bool:
    if second.kind is not None or first.kind not in (None, QuantityKind.COUNT):
        return False
    return first.unit.endswith("votes") if first.kind else _VOTED.search(before) is not None


def _share(first: Piece, second: Piece, link: _Link) -> tuple[Piece, Piece]:
    """Let a bare number take the unit of the other, and a small one its scale."""
    if link.is_vote:
        first, second = (
            replace(piece, kind=QuantityKind.COUNT, unit="votes") for piece in (first, second)
        )
    elif link.is_part:
        if first.kind is None and first.value != 1 and second.kind is QuantityKind.COUNT:
            first = replace(first, kind=second.kind, unit=second.unit)
    elif first.kind is None and second.kind is not None and not second.is_prefixed:
        first = replace(first, kind=second.kind, unit=second.unit, divisor=second.divisor)
        first = _rescaled(first, second)
    elif second.kind is None and first.is_prefixed and _may_be_money(second, link):
        second = replace(second, kind=first.kind, unit=first.unit)
        first = _rescaled(first, second)
    elif first.kind is second.kind is QuantityKind.MONEY and not link.is_listing:
        first = _rescaled(first, second)
    return first, second


def _may_be_money(piece: Piece, link: _Link) -> bool:
    number = piece.number
    if link.is_hyphen or (link.is_ranging and not link.is_listing):
        return True
    return number.scale > 1 or number.has_point


def _rescaled(first: Piece, second: Piece) -> Piece:
    """Return the first with the scale of the second: the 3 of "3 to 4 billion" is billions."""
    number, other = first.number, second.number
    is_bare = number.scale == 1 and (number.is_plain or number.has_point or number.is_word)
    if not is_bare or other.scale < 1000 or number.mantissa >= other.mantissa:
        return first
    return replace(first, number=replace(number, scale=other.scale))


def _is_range(text: str, first: Piece, second: Piece, link: _Link) -> bool:
    if not link.is_ranging or first.kind is None or first.kind is not second.kind:
        return False
    return first.unit == second.unit and first.value < second.value


def _range(first: Piece, second: Piece) -> Amount:
    kind = first.kind or QuantityKind.COUNT
    return Amount(first.start, second.end, kind, first.value, first.unit, upper=second.value)


def _is_score(first: Piece, second: Piece, link: _Link) -> bool:
    """Return whether two plain numbers joined by a hyphen are a result: "2-1", "52-35 votes"."""
    if not link.is_hyphen:
        return False
    numbers = first.number, second.number
    kinds = (None, QuantityKind.COUNT)
    return (
        all(number.is_plain for number in numbers) and first.kind in kinds and second.kind in kinds
    )


def _settle(text: str, piece: Piece, amounts: list[Amount]) -> Amount | None:
    """Return the amount of one piece: a bare number only where the words around it count."""
    if piece.kind is not None:
        return _single(piece, piece.kind, piece.unit)
    if piece.number.value == 1:
        return _one(text, piece)
    if whole := _part_of(text, piece):
        return whole
    if money := _elliptic_money(text, piece, amounts):
        return money
    if _is_vote(text, piece, amounts):
        return _single(piece, QuantityKind.COUNT, "votes")
    if _counts_alone(text, piece, amounts):
        return _single(piece, QuantityKind.COUNT, "")
    return None


def _single(piece: Piece, kind: QuantityKind, unit: str) -> Amount:
    return Amount(piece.start, piece.end, kind, piece.value, unit, piece.bound)


_OF = re.compile(
    rf"[{BLANK}]of[{BLANK}](?:(?P<pronoun>them|whom|which|us|those)\b|"
    rf"(?:the|its|their|his|her|these|those|our|my)\b|[A-Z][\w-]{{0,30}}"
    rf"(?:[{BLANK}][A-Z][\w-]{{0,30}})?['’]s?(?=[{BLANK}]))"
)
_KILLING = word_list("casualty_verbs")
_PARTED = re.compile(rf"[{BLANK}](?:in|at|from|for|on|to|by|of)[{BLANK}](?:the[{BLANK}])?[A-Z]")
_NEXT_WORD = re.compile(rf"[{BLANK}]([A-Za-z]+)")
_AGE_BOUNDS = frozenset({"over", "under", "above", "below", "around", "about", "to", "almost"})
_SENTENCE_END = re.compile(r"[.!?]['’”\")]*\s")
#: How far back the currency of "from $5 billion to 6 billion" is looked for.
_ELLIPSIS = 120


_CASUALTY = re.compile(
    rf"[{BLANK}](?P<noun>[a-z-]+(?:[{BLANK}](?!(?:was|is|has|had|were)\b)[a-z-]+){{0,2}}?)[{BLANK}]"
    rf"(?:(?:was|is|has|had|has been|had been|were)[{BLANK}])?(?:also[{BLANK}])?"
    r"(?:killed|injured|wounded|hurt|died|dead|missing|arrested|shot|detained|hospitali[sz]ed)\b"
)
_SINGULAR = re.compile(rf"[{BLANK}](?P<noun>[a-z-]+)\b")


def _one(text: str, piece: Piece) -> Amount | None:
    """Read "one" as a count only of a casualty or under a bound: "one man" is mostly "a man"."""
    previous = (previous_word(text, piece.start) or "").lower()
    counts = piece.bound is not None or previous in _KILLING
    match = (_SINGULAR if counts else _CASUALTY).match(text, piece.end)
    if match is None or nouns.is_barred(match["noun"]):
        return None
    one = _single(piece, QuantityKind.COUNT, match["noun"])
    return replace(one, end=match.end("noun"))


def _part_of(text: str, piece: Piece) -> Amount | None:
    """Read "ten of its plants" as a count of plants."""
    match = _OF.match(text, piece.end)
    if match is None:
        return None
    if match["pronoun"]:
        return _single(piece, QuantityKind.COUNT, "")
    noun = nouns.counted_after(text, match.end()).noun
    if noun is None:
        return None
    unit = text[noun.start : noun.end]
    return replace(_single(piece, QuantityKind.COUNT, unit), end=noun.end)


def _elliptic_money(text: str, piece: Piece, amounts: list[Amount]) -> Amount | None:
    """Read a bare number of millions after money in the same sentence as the same money."""
    last = amounts[-1] if amounts else None
    if last is None or last.kind is not QuantityKind.MONEY or piece.number.scale < 1_000_000:
        return None
    between = text[last.end : piece.start]
    if len(between) > _ELLIPSIS or _SENTENCE_END.search(between):
        return None
    return _single(piece, QuantityKind.MONEY, last.unit)


#: How the other side voted: "187 votes in favour and 97 against".
_SIDE = re.compile(
    rf"[{BLANK}](?:against|in[{BLANK}]favou?r|for|opposed|abstained|abstentions)\b", re.IGNORECASE
)


def _is_vote(text: str, piece: Piece, amounts: list[Amount]) -> bool:
    """Return whether the number counts votes as the one before it does."""
    last = amounts[-1] if amounts else None
    if last is None or not last.unit.endswith("votes") or not piece.number.is_plain:
        return False
    between = text[last.end : piece.start]
    return (
        len(between) < 40
        and not _SENTENCE_END.search(between)
        and bool(_SIDE.match(text, piece.end))
    )


def _counts_alone(text: str, piece: Piece, amounts: list[Amount]) -> bool:
    number = piece.number
    if number.has_point:
        return False
    if number.scale >= 1000 or not (number.is_plain or number.is_word):
        return True
    previous = (previous_word(text, piece.start) or "").lower()
    if piece.is_subject or previous in _KILLING:
        return True
    if piece.bound is not None and not (previous in _AGE_BOUNDS and piece.value <= 120):
        return True
    return _is_parallel(text, piece, amounts) or _next_word(text, piece.end) == "more"


def _is_parallel(text: str, piece: Piece, amounts: list[Amount]) -> bool:
    """Return whether the number divides a count up: "470 jets, 250 from Airbus and 220 from"."""
    last = amounts[-1] if amounts else None
    if last is None or last.kind is not QuantityKind.COUNT or piece.start - last.end > 40:
        return False
    between = text[last.end : piece.start].rstrip()
    if not between.endswith((",", ":", ";", " and")) or _SENTENCE_END.search(between):
        return False
    return _PARTED.match(text, piece.end) is not None and not is_before_month(text, piece.end)


def _next_word(text: str, end: int) -> str | None:
    match = _NEXT_WORD.match(text, end)
    return match[1].lower() if match else None
