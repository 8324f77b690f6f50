"""Writing a bag's lines and values into a log, every chain and commitment checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from archive.bag import Bag
from archive.bagged_log import EVENTS, Opened, body_of, check_opens, disclosed_by_event
from errors import HistoryBrokenError
from ledger import kept_heads, log, withholding
from ledger.log import Appender
from ledger.models import Absent

#: Events written at a time.
BATCH = 500


def take_lines(session: Session, bag: Bag, known: int) -> set[withholding.Value]:
    """
    Write lines and disclosures from an event on; returns the values that they erase.

    :raises HistoryBrokenError: if a chain is broken, or a value or the heads are not the ones
        committed to
    """
    appender, erased = Appender(session), set()
    paired = zip(bag.lines(EVENTS), disclosed_by_event(bag), strict=False)
    fresh = islice(paired, known, None)
    while chunk := list(islice(fresh, BATCH)):
        bodies = [body_of(line, appender.size + place) for place, (line, _) in enumerate(chunk)]
        appender.look_up(body["subject"] for body in bodies)
        for body, (line, disclosed) in zip(bodies, chunk, strict=True):
            appender.check_follows(body)
            check_opens(body, disclosed)
            appender.take(line, body, disclosed)
            if withholding.is_withholding(body["type"]):
                erased.update(_erased_by(body))
        appender.write()
        for body in bodies:
            if body["type"] == log.HEADS:
                kept_heads.check(session, body)
        _keep_absent(session, bodies, [disclosed for _, disclosed in chunk])
    return erased


def _keep_absent(
    session: Session, bodies: Sequence[Mapping[str, Any]], opened: Sequence[Mapping[str, Opened]]
) -> None:
    """Remember which sealed values came without their disclosures."""
    absent = [
        {"seq": body["seq"], "name": name}
        for body, disclosed in zip(bodies, opened, strict=True)
        for name in body["sealed"]
        if name not in disclosed
    ]
    if absent:
        session.execute(insert(Absent), absent)


def _erased_by(body: Mapping[str, Any]) -> list[withholding.Value]:
    try:
        return withholding.values_in(body["data"])
    except (KeyError, TypeError, ValueError) as error:
        raise HistoryBrokenError(f"Event {body['seq']} does not say what was erased.") from error
