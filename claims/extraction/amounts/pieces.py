"""
One number and what is printed with it: currency, percent, unit of measure, counted noun.

A piece without a kind is a number that may still become an amount by its neighbour ("10 to
15 percent") or by the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.extraction.amounts import context, currencies, measures, nouns
from claims.extraction.amounts.context import Bound
from claims.extraction.amounts.numerals import BLANK, EXACT, LETTER_SCALES, Numeral, scan
from claims.extraction.amounts.shares import Share, find_shares
from claims.extraction.records import QuantityKind, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A number with its words; `unit` is as for a quantity, `is_prefixed` of "$5", not "5%"."""

    start: int
    end: int
    number: Numeral
    kind: QuantityKind | None = None
    unit: str = ""
    divisor: Decimal = Decimal(1)
    is_negative: bool = False
    is_prefixed: bool = False
    #: The number is the subject of a verb that follows, or "strong" does.
    is_subject: bool = False
    bound: Bound | None = None

    @property
    def value(self) -> Decimal:
        """Return the value in the unit, with its sign."""
        value = EXACT.divide(self.number.value, self.divisor)
        return EXACT.minus(value) if self.is_negative else value


_LETTER = re.compile(r"[ \u00a0]?([kKmMbBtT]|cr|Cr)\b")
_ORDINAL = re.compile(rf"[{BLANK}](?:st|nd|rd|th)\b")
#: What every unit begins with; most numbers have none, and that is seen at a glance.
_UNIT_AHEAD = re.compile(rf"[{BLANK}]?-?(?:[^\W\d_]|[%°º€£₹₽₴₺₪₩₸¢/])")
_MINUS = "-−–"
_ONE = Decimal(1)


def read_pieces(text: str, taken: Sequence[Span]) -> Iterator[Piece]:
    """Yield the pieces of the text in order, none inside another."""
    blocked = _Blocks([*context.chains(text)])
    times = _Blocks(sorted(taken, key=lambda span: span.start))
    shares = list(find_shares(text))
    spoken = _Blocks([Span(share.start, share.end) for share in shares])
    floor = refused = 0
    waiting = iter(shares)
    share = next(waiting, None)
    for number in scan(text):
        while share is not None and share.start <= number.start:
            if share.start >= floor:
                yield _of_share(text, share, floor)
                floor = share.end
            share = next(waiting, None)
        if number.start < floor or blocked.holds(number.start) or spoken.holds(number.start):
            refused = max(refused, number.end)
            continue
        piece = _read(text, number, floor, is_taken=times.holds(number.start))
        if piece is None or _hangs_on(text, piece, refused):
            refused = number.end
            continue
        floor = piece.end
        yield piece
    while share is not None:
        if share.start >= floor:
            yield _of_share(text, share, floor)
            floor = share.end
        share = next(waiting, None)


class _Blocks:
    """Spans in order, asked about positions in order."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._next = 0

    def holds(self, position: int) -> bool:
        """Return whether a span covers the position; positions never go back."""
        while self._next < len(self._spans) and self._spans[self._next].end <= position:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next].start <= position


def _hangs_on(text: str, piece: Piece, refused: int) -> bool:
    """Return whether the number is tied to one that is no amount: the 11 of "2010-11"."""
    if not refused or piece.kind not in (None, QuantityKind.COUNT):
        return False
    gap = text[refused : piece.start] if piece.start - refused < 7 else ""
    if gap in ("-", "–", "/") or gap.strip(BLANK) == "to":
        return True
    return piece.kind is None and gap.strip(BLANK) in ("and", "or", "&", ",")


def _of_share(text: str, share: Share, floor: int) -> Piece:
    number = Numeral(share.start, share.end, share.value, _ONE, is_word=True, has_point=True)
    bound = context.bound_before(text, share.start, floor)
    return Piece(share.start, share.end, number, share.kind, share.unit, bound=bound)


def _read(text: str, number: Numeral, floor: int, *, is_taken: bool) -> Piece | None:
    piece = _with_unit(text, number, floor)
    if piece is None:
        if is_taken or _is_no_amount(text, number):
            return None
        piece = _count(text, number)
        if piece is None:
            return None
    piece = _signed(text, piece, floor)
    bound = context.bound_before(text, piece.start, floor) or context.bound_after(text, piece.end)
    if bound is None and piece.end != number.end:
        bound = context.bound_after(text, number.end)
    return piece if bound is None else replace(piece, bound=bound)


def _with_unit(text: str, number: Numeral, floor: int) -> Piece | None:
    """Return the number with a unit that leaves no doubt: money, percent, measure."""
    if not number.is_word and (money := _money_before(text, number, floor)):
        return money
    if not _UNIT_AHEAD.match(text, number.end):
        return None
    if context.is_part_of_name(text, number) or context.is_clock(text, number):
        return None
    if percent := measures.percent_after(text, number.end):
        return Piece(number.start, percent.end, number, QuantityKind.PERCENT, percent.name)
    if money := _money_after(text, number):
        return money
    unit = measures.measure_after(text, number.end, is_digits=not number.is_word)
    if unit is None or context.is_one_of_a_kind(text, number):
        return None
    return Piece(number.start, unit.end, number, QuantityKind.MEASURE, unit.name)


def _is_large(number: Numeral) -> bool:
    """Return whether a scale or commas show that the number counts, not labels."""
    return number.scale >= 1000 or not (number.is_plain or number.is_word or number.has_point)


def _lettered(text: str, number: Numeral) -> Numeral:
    """Return the number with the letter after it as its scale: "1.2m", "500k"."""
    match = _LETTER.match(text, number.end) if number.scale == 1 else None
    if match is None or number.is_word:
        return number
    scale = LETTER_SCALES[match[1].lower()]
    return replace(number, end=match.end(), scale=scale, is_plain=False, has_point=False)


def _money_before(text: str, number: Numeral, floor: int) -> Piece | None:
    scaled = _lettered(text, number)
    currency = currencies.before(text, number.start, floor, is_large=_is_large(scaled))
    if currency is None:
        return None
    start = currency.edge
    currency = currencies.trailing(text, scaled.end, replace(currency, edge=scaled.end))
    return Piece(start, currency.edge, scaled, QuantityKind.MONEY, currency.code, is_prefixed=True)


def _money_after(text: str, number: Numeral) -> Piece | None:
    currency = currencies.after(text, number.end, is_large=_is_large(number))
    if currency is None and not number.is_word:
        scaled = _lettered(text, number)
        if scaled is not number:
            number = scaled
            currency = currencies.after(text, number.end, is_large=True)
    if currency is None:
        return None
    return Piece(
        number.start, currency.edge, number, QuantityKind.MONEY, currency.code, currency.divisor
    )


def _is_no_amount(text: str, number: Numeral) -> bool:
    return (
        context.is_part_of_name(text, number)
        or context.is_clock(text, number)
        or context.is_day_of_month(text, number)
        or context.is_reference(text, number)
        or context.is_year(text, number)
        or _ORDINAL.match(text, number.end) is not None
        or number.mantissa == 0
        or context.is_odds(text, number)
    )


def _count(text: str, number: Numeral) -> Piece | None:
    """Return the number as a count, or as a bare number when no noun shows what it counts."""
    if text[number.end : number.end + 1].isalpha():
        scaled = _lettered(text, number)
        if scaled is number or nouns.counted_after(text, scaled.end).noun is None:
            return None
        number = scaled
    counted = nouns.counted_after(text, number.end)
    if counted.is_time or context.is_anaphor(text, number):
        return None
    is_label = counted.is_name and not context.takes_names(text, number)
    if counted.noun is None or is_label or number.value == 1:
        return Piece(number.start, number.end, number, is_subject=counted.is_subject)
    unit = text[counted.noun.start : counted.noun.end]
    return Piece(number.start, counted.noun.end, number, QuantityKind.COUNT, unit)


def _signed(text: str, piece: Piece, floor: int) -> Piece:
    """Take in a minus sign; before a count a dash is only a dash."""
    if piece.kind in (None, QuantityKind.COUNT):
        return piece
    before = text[max(0, piece.start - 10) : piece.start]
    if piece.start > floor and before[-1] in _MINUS and not before[-2:-1].strip(" (\n\u00a0"):
        return replace(piece, start=piece.start - 1, is_negative=True)
    word = before.lower().endswith("minus ") and not before.lower().endswith("or minus ")
    if word and piece.start - 6 >= floor:
        return replace(piece, start=piece.start - 6, is_negative=True)
    return piece
