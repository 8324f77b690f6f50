"""The one clock: UTC as text with microseconds, which sorts as it reads. Tests replace `now`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
_TEXT = "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ"


def _utc() -> datetime:
    return datetime.now(UTC)


#: Replaced by tests that need another time.
source = _utc

#: The moment that questions about the past are asked of.
_then: ContextVar[datetime | None] = ContextVar("then", default=None)


@contextmanager
def stopped_at(moment: str) -> Iterator[None]:
    """Answer as at a moment in the past: leases and due dates of then, not of now."""
    token = _then.set(datetime.strptime(moment, FORMAT).replace(tzinfo=UTC))
    try:
        yield
    finally:
        _then.reset(token)


def _moment() -> datetime:
    return _then.get() or source()


def now() -> str:
    """Return this moment, `2026-03-01T10:00:00.000000Z`."""
    return as_text(_moment())


def today() -> str:
    """Return this day in UTC, `2026-03-01`."""
    return _moment().date().isoformat()


def as_text(moment: datetime) -> str:
    """Write a moment as the log does."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    # The same as FORMAT gives, at a fraction of the price: every event has its time.
    return _TEXT % _parts(moment)


def _parts(m: datetime) -> tuple[int, ...]:
    return m.year, m.month, m.day, m.hour, m.minute, m.second, m.microsecond


def in_minutes(minutes: int) -> str:
    """Return the moment that many minutes from now."""
    return as_text(_moment() + timedelta(minutes=minutes))


def in_days(days: int) -> str:
    """Return the day that many days from today."""
    return (_moment().date() + timedelta(days=days)).isoformat()


def shifted(day: date, days: int) -> date:
    """Return the day so many days later, or earlier, or the calendar's end where it has none."""
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))
