"""
What was changed behind the archive's back, and whether it is found.

`python -m bench.tampering [CLAIMS]` flips one bit at 300 random places of an export, packed and
unpacked, and changes, deletes and swaps rows of a database, one at a time. `python -m
bench.tampering rows [CLAIMS [TABLE ...]]` goes through every row of every table, or of those named.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from archive import audit, comparing, replaying
from archive import models as archive_models
from archive.records import Level
from archive.verify import main as verify
from bench.archive import export, take
from bench.busy import fill
from db import Database
from ledger import models as ledger_models
from ledger.audit import problems_of_log
from sources import models as source_models

FLIPS = 300

#: The log's own tables; those that follow from it are compared with a replay.
LOG: tuple[type[SQLModel], ...] = (
    ledger_models.LogState,
    ledger_models.LogKey,
    ledger_models.Checkpoint,
    ledger_models.HeadPage,
    ledger_models.Absent,
    ledger_models.Node,
    ledger_models.LogEvent,
    ledger_models.Disclosure,
)

FOREIGN: tuple[type[SQLModel], ...] = (
    archive_models.ForeignLog,
    archive_models.ForeignEvent,
    archive_models.ForeignClaim,
)

#: Tables that nothing else tells of, and why.
UNTOLD = {
    "reviewer": "people are no part of the log",
    "attempt": "people are no part of the log",
    "sign_in": "people are no part of the log",
    "token": "people are no part of the log",
    "remembered_answer": "kept for a day, so that a request may be sent twice",
    "fixity_check": "what a check found is not found again by a check",
}

Found = Callable[[Session], bool]


def flips(path: Path, count: int, seed: int = 1) -> dict[str, int]:
    """Flip one bit at a time, of the zip and of the files in it; returns what was found."""
    chosen = random.Random(seed)
    original = path.read_bytes()
    found = {"packed": 0, "unpacked": 0, "named": 0}
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name, "copy.zip")
        for _ in range(count):
            copy.write_bytes(_flipped(original, chosen))
            found["packed"] += _told(copy) != ""
        zipfile.ZipFile(path).extractall(Path(name, "bag"))
        bag = next(Path(name, "bag").iterdir())
        files = sorted(p for p in bag.rglob("*") if p.is_file() and p.stat().st_size)
        sizes = [p.stat().st_size for p in files]
        for _ in range(count):
            (changed,) = chosen.choices(files, sizes)
            kept = changed.read_bytes()
            changed.write_bytes(_flipped(kept, chosen))
            told = _told(bag)
            found["unpacked"] += told != ""
            found["named"] += changed.relative_to(bag).as_posix() in told
            changed.write_bytes(kept)
    return found


def _flipped(content: bytes, chosen: random.Random) -> bytes:
    place = chosen.randrange(len(content))
    changed = bytearray(content)
    changed[place] ^= 1 << chosen.randrange(8)
    return bytes(changed)


def _told(path: Path) -> str:
    """Return what the verifier says of an export, nothing if it finds it whole."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        answer = verify([str(path)])
    return said.getvalue() if answer else ""


def rows(
    database: Database, most: int | None = None, only: Sequence[str] = ()
) -> dict[str, dict[str, int]]:
    """
    Change, delete and swap each row of each table; returns how many of them were found.

    :param most: rows of one table, spread over it; all of them by default
    :param only: names of tables; all of them by default
    """
    figures = {}
    with (
        database.write_session() as session,
        _unguarded(session),
        replaying.replayed(session) as copy,
    ):
        for table, keys, is_found in checked(copy):
            if not only or table.name in only:
                figures[table.name] = _of_table(session, table, keys, most, is_found)
                print(table.name, figures[table.name], file=sys.stderr, flush=True)
    return {name: found for name, found in figures.items() if found["tried"]}


def checked(copy: Session) -> Iterator[tuple[Table, list[str], Found]]:
    """Yield each table with what names a row in it, and the part of an audit that is about it."""
    for table, keys in replaying.compared():
        if table.name != ledger_models.LogKey.__tablename__:
            yield table, keys, partial(_differs, copy, table, keys)
    parts: list[tuple[tuple[type[SQLModel], ...], Callable[[Session], Iterable[str]]]] = [
        ((source_models.Blob,), audit.problems_of_blobs),
        (FOREIGN, audit.problems_of_foreign_logs),
        (LOG, problems_of_log),
    ]
    for models, problems in parts:
        for model in models:
            table = model.__table__  # type: ignore[attr-defined]
            keys = [column.name for column in table.primary_key]
            # How claims of other desks are counted here is told by nothing else.
            keys = ["foreign_id", "uuid"] if model is archive_models.ForeignClaim else keys
            yield table, keys, partial(_tells, problems)


def _differs(copy: Session, table: Table, keys: list[str], session: Session) -> bool:
    return any(comparing.differences(session, copy, table, keys))


def _tells(problems: Callable[[Session], Iterable[str]], session: Session) -> bool:
    return any(problems(session))


@contextlib.contextmanager
def _unguarded(session: Session) -> Iterator[None]:
    """Let rows be changed as no program of ours could: no references are checked."""
    raw = session.connection().connection.driver_connection
    assert raw is not None
    raw.execute("ROLLBACK")
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("BEGIN IMMEDIATE")
    yield
    raw.execute("ROLLBACK")
    raw.execute("PRAGMA foreign_keys=ON")
    raw.execute("BEGIN")


def _of_table(
    session: Session, table: Table, keys: list[str], most: int | None, is_found: Found
) -> dict[str, int]:
    raw = session.connection().connection.driver_connection
    assert raw is not None
    own = {c.name for c in table.primary_key} - set(keys)
    names = [column.name for column in table.c if column.name not in own]
    held = raw.execute(f"SELECT rowid, {_named(names)} FROM {table.name} ORDER BY rowid").fetchall()
    step = max(1, len(held) // most) if most else 1
    figures = {"tried": 0, "found": 0}
    for number in range(0, len(held), step):
        other = held[(number + 1) % len(held)]
        for statements in _attacks(table.name, names, keys, held[number], other, number):
            raw.execute("SAVEPOINT attack")
            try:
                # What the table itself refuses is not tried.
                with contextlib.suppress(sqlite3.IntegrityError):
                    for statement, values in statements:
                        raw.execute(statement, values)
                    figures["tried"] += 1
                    is_seen = is_found(session)
                    figures["found"] += is_seen
                    if not is_seen:
                        missed = str(statements)[:300]
                        print(table.name, "missed:", missed, file=sys.stderr, flush=True)
            finally:
                raw.execute("ROLLBACK TO attack")
                raw.execute("RELEASE attack")
                session.expunge_all()
    return figures


def _attacks(
    table: str, names: list[str], keys: list[str], row: Any, other: Any, number: int
) -> Iterator[list[tuple[str, tuple[Any, ...]]]]:
    """Yield the statements that change a row, delete it, and swap it with another."""
    name = names[number % len(names)]
    value = _other_value(row[1 + names.index(name)])
    yield [(f'UPDATE {table} SET "{name}" = ? WHERE rowid = ?', (value, row[0]))]
    yield [(f"DELETE FROM {table} WHERE rowid = ?", (row[0],))]
    rest = [column for column in names if column not in keys]
    mine, theirs = (
        tuple(found[1 + names.index(column)] for column in rest) for found in (row, other)
    )
    if rest and mine != theirs:
        # What is unique is moved out of the way first.
        settings = ", ".join(f'"{column}" = ?' for column in rest)
        statement = f"UPDATE {table} SET {settings} WHERE rowid = ?"
        away = tuple(_other_value(part) for part in mine)
        yield [
            (statement, (*away, row[0])),
            (statement, (*mine, other[0])),
            (statement, (*theirs, row[0])),
        ]


def _other_value(value: Any) -> Any:
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b"x"
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
    return 1 if value is None else value + 1


def _named(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def run(_shared: Path, claims: int = 100, most: int = 20) -> dict[str, Any]:
    """Tamper with an export and a database of so many claims."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, claims)
        export(folder, "desk.db", folder / "1.zip")
        database = Database(f"sqlite:///{folder}/desk.db")
        figures = {"flips": FLIPS, **flips(folder / "1.zip", FLIPS), "rows": rows(database, most)}
        database.engine.dispose()
    return figures


def every_row(claims: int, only: Sequence[str]) -> dict[str, dict[str, int]]:
    """Tamper with every row of a desk with so many claims, and of a copy without its notes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, claims)
        database = Database(f"sqlite:///{folder}/desk.db")
        figures = rows(database, only=only)
        database.engine.dispose()
        export(folder, "desk.db", folder / "1.zip", Level.PUBLIC)
        take(folder, "copy.db", folder / "1.zip")
        copy = Database(f"sqlite:///{folder}/copy.db")
        # Values that never came are remembered where the log was adopted without them.
        absent = ledger_models.Absent.__tablename__
        if not only or absent in only:
            figures |= rows(copy, only=[absent])
        copy.engine.dispose()
    return figures


if __name__ == "__main__":
    if sys.argv[1:2] == ["rows"]:
        size = int(sys.argv[2]) if sys.argv[2:] else 600
        print(json.dumps(every_row(size, sys.argv[3:]), indent=1))
    else:
        wanted = int(sys.argv[1]) if sys.argv[1:] else 1_000
        print(json.dumps(run(Path(), wanted, 10**9), indent=1))
