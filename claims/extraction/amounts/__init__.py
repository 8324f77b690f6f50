"""
The amounts in a text: money, percents, measures and counts, with the bounds set on them.

`find_amounts` reads them by rules of how English newspapers print numbers; it knows no
language model. A year, a date, an hour, an age, a section, a score or the number of a model
is not an amount, nor is a length of time: that belongs to the reader of times.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from claims.extraction.amounts.context import limits
from claims.extraction.amounts.joining import Amount, join
from claims.extraction.amounts.numerals import EXACT
from claims.extraction.amounts.pieces import read_pieces
from claims.extraction.records import Quantity, QuantityKind, Span

__all__ = ["find_amounts"]


def find_amounts(text: str, *, taken: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """
    Return the amounts of the text in order, none overlapping another.

    `value` is the number printed, the first of a range. Where `lower` or `upper` is set, the
    amount is what lies between them; "about" and "nearly" are taken to allow a tenth.

    :param taken: where times were read; a bare number in one of them is no amount
    """
    return tuple(_quantity(text, amount) for amount in join(text, read_pieces(text, taken)))


def _quantity(text: str, amount: Amount) -> Quantity:
    is_whole = amount.kind is QuantityKind.COUNT
    lower, upper = limits(amount.value, amount.bound, is_whole=is_whole)
    if amount.upper is not None:
        lower, upper = amount.value, amount.upper
    return Quantity(
        start=amount.start,
        end=amount.end,
        text=text[amount.start : amount.end],
        kind=amount.kind,
        value=_plain(amount.value),
        unit=amount.unit,
        lower=None if lower is None else _plain(lower),
        upper=None if upper is None else _plain(upper),
    )


def _plain(value: Decimal) -> str:
    """Return the decimal without exponent, trailing zeros or negative zero."""
    return format(value.normalize(EXACT), "f") if value else "0"
