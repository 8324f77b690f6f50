"""Copying a desk while it runs: the SQLite database and the keys that sign for it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from db import Database
from ledger import keys


def back_up(database: Database, key: Path, path: Path) -> Path:
    """
    Copy the database to `path` and its keys beside it; returns where the signing key lies.

    Nobody but the owner can read any of it: the copy holds what exports withhold.
    """
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    source = database.engine.raw_connection()
    target = sqlite3.connect(path)
    try:
        source.driver_connection.backup(target)  # type: ignore[union-attr]
    finally:
        target.close()
        source.close()
    copied = path.with_suffix(".key")
    keys.copy_ring(key, copied)
    return copied
