"""What a time is read against: the text, the dateline, and the day that was last named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from claims.extraction.times.intervals import Read
from claims.extraction.times.tense import looks_ahead


@dataclass(frozen=True, slots=True)
class Found:
    """An expression as printed, where it stands, and the days that it is counted from."""

    text: str
    start: int
    end: int
    dateline: date
    #: The day that the text named last, the dateline where it named none.
    named: date

    @property
    def words(self) -> str:
        """Return the expression in lower case, its white space folded."""
        return " ".join(self.text[self.start : self.end].lower().split())

    def printed(self) -> str:
        """Return the expression as printed, its white space folded."""
        return " ".join(self.text[self.start : self.end].split())

    def is_ahead(self) -> bool:
        """Say whether it is told of something to come."""
        return looks_ahead(self.text, self.start, self.end)

    def before(self, size: int = 24) -> str:
        """Return the words before it in lower case."""
        return re.sub(r"\s+", " ", self.text[max(0, self.start - size) : self.start].lower())

    def after(self, size: int = 24) -> str:
        """Return the words after it in lower case."""
        return re.sub(r"\s+", " ", self.text[self.end : self.end + size].lower())


#: From an expression to what it is read as; None for what looks like a time and is none.
Reader = Callable[[Found], Read | None]
