"""What of a claim's history everybody may read, and what only people who signed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ledger.canonical import parse
from ledger.models import LogEvent


def public_history(history: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a history without the verdicts and reasons that were proposed and never decided."""
    decided: set[str] = set()
    found = []
    for event in reversed(history):
        layer = event["data"].get("layer", "")
        shown = dict(event)
        if event["type"] == "finding.decided":
            decided.add(layer)
        elif event["type"] == "finding.proposed":
            if layer not in decided:
                shown |= {"data": {"layer": layer}, "values": {}}
            decided.discard(layer)
        found.append(shown)
    return found[::-1]


def undecided_proposals(session: Session, size: int) -> frozenset[int]:
    """Return the events, among the first `size`, that proposed what was never decided by then."""
    types = ("finding.proposed", "finding.decided")
    statement = (
        select(LogEvent.seq, LogEvent.subject, LogEvent.type, LogEvent.line)
        .where(LogEvent.type.in_(types), LogEvent.seq < size)  # type: ignore[attr-defined]
        .order_by(LogEvent.seq)
        .execution_options(yield_per=1_000)
    )
    found: set[int] = set()
    last: dict[tuple[str, str], int] = {}
    for row in session.execute(statement):
        key = (row.subject, parse(row.line)["data"]["layer"])
        if row.type == "finding.proposed":
            found.add(row.seq)
            last[key] = row.seq
        else:
            found.discard(last.get(key, -1))
    return frozenset(found)
