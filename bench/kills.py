"""
Imports that are killed at a random moment: the database holds none of the bag, or all of it.

Half of the moments lie anywhere in an import, half of them about its end, where it is committed.
`python -m bench.kills [KILLS]` kills the importing process with SIGKILL, opens the database
again, and counts what it finds.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from archive.audit import problems
from bench.archive import export, make, open_database, take
from db import Database
from ledger import log

CLAIMS = 200


def run(_shared: Path, kills: int = 5) -> dict[str, Any]:
    """Kill so many imports; the database is checked after each."""
    chosen = random.Random(1)
    found = {"kills": 0, "none": 0, "all": 0, "half": 0, "unsound": 0, "ended before": 0}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, CLAIMS)
        export(folder, "desk.db", folder / "1.zip")
        open_database(folder / "empty.db").engine.dispose()
        whole, began = _size_of(folder / "desk.db"), time.perf_counter()
        os.waitpid(_begin(folder), 0)
        lasts = time.perf_counter() - began
        while found["kills"] < kills:
            about_the_end = found["kills"] % 2 == 1
            is_killed = _kill_one(folder, lasts * chosen.uniform(0.85 * about_the_end, 1.05))
            found["kills" if is_killed else "ended before"] += 1
            if is_killed:
                _look_at(folder / "copy.db", whole, found)
    return {**found, "seconds of an import": round(lasts, 2)}


def _begin(folder: Path) -> int:
    """Begin an import into an empty database in a process of its own; returns its id."""
    for leftover in folder.glob("copy.db*"):
        leftover.unlink()
    shutil.copy(folder / "empty.db", folder / "copy.db")
    child = os.fork()
    if child == 0:
        try:
            take(folder, "copy.db", folder / "1.zip")
        finally:
            os._exit(0)
    return child


def _kill_one(folder: Path, after: float) -> bool:
    """Kill an import some seconds after it began; says whether it was still at work."""
    child = _begin(folder)
    # The moment is what is drawn here: nothing is waited for that could be asked.
    time.sleep(after)
    ended, _ = os.waitpid(child, os.WNOHANG)
    if ended:
        return False
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _look_at(path: Path, whole: int, found: dict[str, int]) -> None:
    database = Database(f"sqlite:///{path}")
    with database.read_session() as session:
        size = log.log_size(session)
        found["none" if size == 0 else "all" if size == whole else "half"] += 1
        sound = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
        found["unsound"] += sound != "ok" or any(problems(session))
    database.engine.dispose()


def _size_of(path: Path) -> int:
    database = Database(f"sqlite:///{path}")
    with database.read_session() as session:
        size = log.log_size(session)
    database.engine.dispose()
    return size


if __name__ == "__main__":
    print(json.dumps(run(Path(), int(sys.argv[1]) if sys.argv[1:] else 200)))
