"""
The archive at its size: export, import and export again, byte for byte, with peak memory.

`python -m bench.archive [CLAIMS]` makes a desk of invented claims through the services, then runs
each step in a process of its own and prints its seconds and the most memory it held, in megabytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

ORIGIN = "desk.example/log"
PER_ARTICLE = 50


def make(folder: Path, claims: int) -> None:
    """Fill a new database with articles of invented claims."""
    from claims import services
    from permissions import SYSTEM

    database = open_database(folder / "desk.db")
    for number in range(claims // PER_ARTICLE):
        text, found = invented(number)
        with database.writing() as session:
            services.ingest(session, text, found, published_on=date(2024, 1, 1), actor=SYSTEM)
    database.engine.dispose()


def invented(number: int) -> tuple[str, Any]:
    """Return an article's text and what a reader would have read in it."""
    from claims.extraction import records as r

    lines, candidates, segments, place = [], [], [], 0
    for i in range(PER_ARTICLE):
        words = f"{number + i} million euros"
        line = f"Mayor {chr(65 + i % 26)}. said bridge {number}-{i} cost {words}."
        start, end = place + line.index("bridge"), place + len(line) - 1
        value = str((number + i) * 10**6)
        candidates.append(
            r.Candidate(
                start=start,
                end=end,
                kind=r.Kind.QUANTITY,
                modality=r.Modality.ASSERTED,
                is_checkable=True,
                check_worthiness=r.CheckWorthiness(0.7, ("names an amount",)),
                claimant=r.Claimant(line.split(" said")[0]),
                quantities=(
                    r.Quantity(end - len(words), end, words, r.QuantityKind.MONEY, value, "EUR"),
                ),
                topics=("bridges",),
            )
        )
        segments += [r.Segment(place, start, "unchecked"), r.Segment(start, end, "claim")]
        segments.append(r.Segment(end, end + 2, "unchecked"))
        lines.append(line)
        place += len(line) + 1
    return "\n".join(lines) + "\n", r.Extraction("en", tuple(candidates), tuple(segments))


def export(folder: Path, name: str, path: Path, level: str = "full") -> None:
    """Write everything that a database holds."""
    from archive.exporting import describe, reading_at_checkpoint, write_export
    from archive.records import Level, Scope
    from ledger.keys import load_ring
    from schemas.archive import json_schemas

    database = open_database(folder / name)
    ring = load_ring(folder / "log.key")
    with reading_at_checkpoint(database, ring, ORIGIN) as (session, made):
        found = describe(session, made, Scope(), Level(level))
        write_export(session, path, found, origin=ORIGIN, schemas=json_schemas())


def take(folder: Path, name: str, path: Path) -> None:
    """Import a bag into a new database."""
    from archive.importing import import_bag
    from permissions import SYSTEM

    with open_database(folder / name).writing() as session:
        import_bag(session, path, actor=SYSTEM, most=10**11)


def audit(folder: Path, name: str) -> None:
    """Check everything that a database holds."""
    from archive.audit import problems

    with open_database(folder / name).read_session() as session:
        found = list(problems(session))
    assert not found, found[:3]


def open_database(path: Path) -> Any:
    """Open a database, brought to the newest schema if it is not."""
    from db import Database
    from migrations.running import is_current, upgrade

    database = Database(f"sqlite:///{path}")
    with database.engine.connect() as connection:
        is_new = not is_current(connection)
    if is_new:
        upgrade(database)
    return database


def measured(step: str, *arguments: object) -> dict[str, Any]:
    """Run a step in a process of its own; returns its seconds and peak memory."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "bench.archive", step, *map(str, arguments)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    memory = int(answer.stdout.split()[-1]) // 1024
    return {"seconds": round(time.perf_counter() - started, 1), "megabytes": memory}


def digest(path: Path) -> str:
    """Return a file's digest."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            found.update(chunk)
    return found.hexdigest()


def run(_shared: Path, claims: int = 2_000) -> dict[str, Any]:
    """Measure all steps with so many claims."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("DATELINE_BENCH")) as name:
        folder = Path(name)
        first, second = folder / "1.zip", folder / "2.zip"
        figures: dict[str, Any] = {"claims": claims}
        figures["make"] = measured("make", folder, claims)
        figures["export"] = measured("export", folder, "desk.db", first)
        figures["bytes"] = first.stat().st_size
        figures["verify"] = measured("verify", first)
        figures["import"] = measured("take", folder, "copy.db", first)
        figures["export again"] = measured("export", folder, "copy.db", second)
        figures["same bytes"] = digest(first) == digest(second)
        figures["audit"] = measured("audit", folder, "copy.db")
        return figures


def main(step: str, *given: str) -> None:
    """Run one step and print the most memory it held, in kilobytes."""
    if step == "make":
        make(Path(given[0]), int(given[1]))
    elif step == "export":
        export(Path(given[0]), given[1], Path(given[2]))
    elif step == "take":
        take(Path(given[0]), given[1], Path(given[2]))
    elif step == "audit":
        audit(Path(given[0]), given[1])
    elif step == "verify":
        from archive.verify import main as verify

        assert verify([given[0]]) == 0
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    if sys.argv[1:2] and not sys.argv[1].isdigit():
        main(*sys.argv[1:])
    else:
        print(json.dumps(run(Path(), int(sys.argv[1]) if sys.argv[1:] else 100_000), indent=1))
