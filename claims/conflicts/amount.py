"""An amount as it is compared. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

#: Stands for an end that is not bounded.
HUGE = Decimal(10) ** 40

#: The unit of a percent that something rose or fell by.
CHANGE = "percent of change"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a unit that can be compared, and what it may be at least and at most."""

    kind: str
    unit: str
    lower: Decimal
    upper: Decimal
    words: str
    is_exact: bool = True
    #: The unit as printed, where the other one was made from it.
    printed: str = ""

    @property
    def middle(self) -> Decimal:
        """Return what lies half way between the bounds."""
        return (self.lower + self.upper) / 2

    @property
    def room(self) -> Decimal:
        """Return how far the bounds lie from the middle."""
        return (self.upper - self.lower) / 2
