"""
What was held, known at one time, about another: the two times of every decision. Pure.

A decision is recorded at a moment and says something about days, from `valid_from` up to but not
including `valid_to`; either end may be open. A later one holds where it says something. One that
corrects or takes back another names it in `supersedes`: that one was an error, and is not held
about any day once that is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a finding; a `status` of None takes the one before back."""

    seq: int
    kind: str
    status: str | None
    recorded_at: str
    valid_from: str | None = None
    valid_to: str | None = None
    published_at: str | None = None
    supersedes: int | None = None

    def is_about(self, day: str) -> bool:
        """Say whether it says something about a day."""
        return (self.valid_from or "") <= day and (self.valid_to is None or day < self.valid_to)


def held(decisions: Iterable[Decision], *, known_at: str, about: str) -> Decision | None:
    """Return the decision that was held about a day by what was known at a moment."""
    known = [decision for decision in decisions if decision.recorded_at <= known_at]
    errors = {decision.supersedes for decision in known}
    holding = [d for d in known if d.seq not in errors and d.is_about(about)]
    return max(holding, key=lambda decision: decision.seq, default=None)


def shown(decisions: Iterable[Decision], *, at: str) -> Decision | None:
    """Return the decision that readers were shown at a moment: the last that was published."""
    published = [d for d in decisions if d.published_at is not None and d.published_at <= at]
    return max(published, key=lambda d: (d.published_at or "", d.seq), default=None)
