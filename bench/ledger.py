"""The ledger in bulk: microseconds an event, and milliseconds a proof in a log of that size."""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from db import Database
from ledger import log
from ledger.events import NewEvent
from ledger.log import Appender
from migrations.running import upgrade

#: Events sealed and written at a time.
BATCH = 1_000

PROOFS = 500

#: Ids as services make them, which come in no order.
_SUBJECTS = random.Random(2)


#: Sizes that are measured by default.
SIZES = (20_000, 100_000)


def run(_shared: Path, *sizes: int) -> dict[str, Any]:
    """Measure logs of these sizes, each in a database of its own."""
    return {f"{size} events": measured(size) for size in sizes or SIZES}


def measured(events: int) -> dict[str, Any]:
    """Append events with one sealed value each, then prove some of them as the API does."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/ledger.db")
        upgrade(database)
        with database.writing() as session:
            appender, spent = Appender(session), 0.0
            for start in range(0, events, BATCH):
                fresh = [_event(start + place) for place in range(BATCH)]
                began = time.process_time()
                appender.look_up(event.subject for event in fresh)
                for event in fresh:
                    appender.seal(event, "system")
                appender.write()
                spent += time.process_time() - began
        with database.read_session() as session:
            chosen = random.Random(1).sample(range(events), PROOFS)
            began = time.process_time()
            for seq in chosen:
                log.inclusion(session, seq, events)
            proving = time.process_time() - began
        database.engine.dispose()
    return {
        "microseconds an event": round(spent / events * 1e6, 1),
        "milliseconds a proof": round(proving / PROOFS * 1e3, 3),
    }


def _event(number: int) -> NewEvent:
    return NewEvent(
        type="bench.event",
        subject=str(uuid.UUID(int=_SUBJECTS.getrandbits(128), version=4)),
        data={"number": number, "kind": "description"},
        sealed={"text": f"The bridge over river {number} cost {number} million euros."},
    )


if __name__ == "__main__":
    print(json.dumps(run(Path(), *map(int, sys.argv[1:])), indent=1))
