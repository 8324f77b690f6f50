"""What a reader may know beside its own words: the text around, the dateline, the day spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from claims.extraction.times.intervals import Read
from claims.extraction.times.tense import Tense, tense_at

Match = re.Match[str]

_MAY = re.compile(r"\b(?:Theresa|Mrs\.?|Ms\.?|Mr\.?|Minister|James|Brian) May\b")


@dataclass(slots=True)
class Context:
    """The text, its dateline, and the last day that the text named."""

    text: str
    dateline: date
    #: Whether 3/4/2021 is the third of April; None where nobody said.
    is_day_first: bool | None = None
    spoken_of: Read | None = None
    spoken_at: int = 0
    #: The last single day that the text named.
    spoken_day: date | None = None
    _is_may_a_person: bool | None = None

    @property
    def anchor(self) -> date:
        """Return the day that "the next day" counts from."""
        if self.spoken_of is not None and self.spoken_of.first is not None:
            return self.spoken_of.first
        return self.dateline

    @property
    def day(self) -> date:
        """Return the day that "the day" is: the last that was named, else the dateline's."""
        return self.spoken_day or self.dateline

    @property
    def has_person_called_may(self) -> bool:
        """Say whether the text names a person by the fifth month; looked up once."""
        if self._is_may_a_person is None:
            self._is_may_a_person = bool(_MAY.search(self.text))
        return self._is_may_a_person

    def tense(self, found: Match) -> Tense:
        """Return the tense of the verbs around a match."""
        return tense_at(self.text, found.start(), found.end())

    def is_ahead(self, found: Match) -> bool:
        """Say whether the verbs around a match announce something to come."""
        return self.tense(found) is Tense.AHEAD

    def before(self, found: Match, width: int = 24) -> str:
        """Return a few of the characters before a match."""
        return self.text[max(0, found.start() - width) : found.start()]

    def after(self, found: Match, width: int = 24) -> str:
        """Return a few of the characters after a match."""
        return self.text[found.end() : found.end() + width]


Reader = Callable[[Match, Context], Read | None]


def group(found: Match, name: str) -> str | None:
    """Return a named group in small letters, or None where the form has none."""
    given = found.groupdict().get(name)
    return given.lower() if given else None
