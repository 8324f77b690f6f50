"""
Erasure as the log knows it: an event names the values whose disclosures were deleted.

A type that ends in `.withheld` carries `values`, a list of `[seq, name]`, and `blobs`, digests of
bytes that were deleted with them. The event outlives the values, so that their absence is no loss
and an older copy does not bring them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ledger.canonical import parse
from ledger.models import Disclosure, LogEvent

SUFFIX = ".withheld"

Value = tuple[int, str]


def is_withholding(event_type: str) -> bool:
    """Say whether events of this type name values that were erased."""
    return event_type.endswith(SUFFIX)


def values_in(data: Mapping[str, Any]) -> list[Value]:
    """List the values that such an event names."""
    return [(seq, name) for seq, name in data["values"]]


def bodies(session: Session) -> Iterator[dict[str, Any]]:
    """Yield the erasures in the log, oldest first."""
    statement = select(LogEvent.line).where(LogEvent.type.like(f"%{SUFFIX}"))  # type: ignore[attr-defined]
    for line in session.execute(statement.order_by(LogEvent.seq)).scalars():
        yield parse(line)


def withheld(session: Session) -> set[Value]:
    """Return all values that were erased."""
    return {value for body in bodies(session) for value in values_in(body["data"])}


def blobs(session: Session) -> set[str]:
    """Return the digests of all bytes that were erased."""
    return {digest for body in bodies(session) for digest in body["data"].get("blobs", [])}


def forget(session: Session, values: Iterable[Value]) -> int:
    """Delete the disclosures of values; returns how many there were."""
    count = 0
    for seq, name in sorted(set(values)):
        found = session.execute(
            delete(Disclosure).where(Disclosure.seq == seq, Disclosure.name == name)
        )
        count += found.rowcount  # type: ignore[attr-defined]
    return count
