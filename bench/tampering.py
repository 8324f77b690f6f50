"""
What was changed behind the archive's back, and whether it is found.

`python -m bench.tampering [CLAIMS]` flips one bit at 300 random places of an export, packed and
unpacked, and changes, deletes and swaps rows of a database, one at a time.
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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from archive import audit, comparing, replaying
from archive.verify import main as verify
from bench.archive import export, make
from db import Database
from ledger import models as ledger_models
from ledger.audit import problems_of_log

FLIPS = 300

#: The log's own tables; those that follow from it are compared with a replay.
LOG: tuple[type[SQLModel], ...] = (
    ledger_models.LogState,
    ledger_models.LogEvent,
    ledger_models.Disclosure,
    ledger_models.Node,
    ledger_models.HeadPage,
    ledger_models.Checkpoint,
    ledger_models.LogKey,
)


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


def rows(database: Database, most: int | None = None) -> dict[str, dict[str, int]]:
    """
    Change, delete and swap each row of each table; returns how many of them were found.

    :param most: rows of one table, spread over it; all of them by default
    """
    tables = [model.__table__ for model in LOG]  # type: ignore[attr-defined]
    with database.write_session() as session, _unguarded(session):
        with replaying.replayed(session) as copy:
            figures = {t.name: _of_table(session, t, None, most, _by_log) for t in tables}
            for table, keys in replaying.compared():
                if table.name in figures:
                    continue

                def differs(session: Session, table: Table = table, keys: Any = keys) -> bool:
                    return any(comparing.differences(session, copy, table, keys))

                figures[table.name] = _of_table(session, table, keys, most, differs)
        figures["blob"] = _of_table(
            session,
            audit.Blob.__table__,  # type: ignore[attr-defined]
            None,
            most,
            lambda session: any(audit.problems_of_blobs(session)),
        )
    return {name: found for name, found in figures.items() if found["tried"]}


def _by_log(session: Session) -> bool:
    return any(problems_of_log(session))


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
    session: Session, table: Table, keys: list[str] | None, most: int | None, is_found: Any
) -> dict[str, int]:
    raw = session.connection().connection.driver_connection
    assert raw is not None
    keys = keys or [column.name for column in table.primary_key]
    names = [column.name for column in table.c if column.name != "entry"]
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
                    figures["found"] += is_found(session)
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
        make(folder, claims)
        export(folder, "desk.db", folder / "1.zip")
        database = Database(f"sqlite:///{folder}/desk.db")
        figures = {"flips": FLIPS, **flips(folder / "1.zip", FLIPS), "rows": rows(database, most)}
        database.engine.dispose()
    return figures


if __name__ == "__main__":
    print(json.dumps(run(Path(), int(sys.argv[1]) if sys.argv[1:] else 1_000, 10**9), indent=1))
