"""Making the file of an export or an increment as described, whatever the log did since."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from archive.exporting import Export, describe, reading_at_size, write_export
from archive.increments import write_increment
from db import Database
from errors import ImportConflictError
from ledger import withholding
from ledger.models import Checkpoint


def make_export(
    database: Database,
    path: Path,
    export: Export,
    *,
    origin: str,
    schemas: Mapping[str, Any],
    most: int,
) -> None:
    """
    Write an export, or the increment since an earlier one, to a file.

    :raises ImportConflictError: if the earlier export cannot be made anew after an erasure
    """
    if export.since is None:
        with reading_at_size(database, export.size) as session:
            write_export(session, path, export, origin=origin, schemas=schemas)
        return
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        target, base = Path(folder, "target.zip"), Path(folder, "base.zip")
        with reading_at_size(database, export.size) as session:
            check_unerased(session, export.since)
            write_export(session, target, _whole(session, export), origin=origin, schemas=schemas)
        with reading_at_size(database, export.since) as before:
            earlier = _whole(before, export, export.since)
            write_export(before, base, earlier, origin=origin, schemas=schemas)
        write_increment(base, target, path, most=most)


def _whole(session: Session, export: Export, size: int | None = None) -> Export:
    made = session.get_one(Checkpoint, size or export.size)
    return describe(session, made, export.scope, export.level)


def check_unerased(session: Session, size: int) -> None:
    """
    Refuse to make an earlier export anew that held values which were erased since.

    :raises ImportConflictError: naming what to do instead
    """
    for body in withholding.bodies(session):
        values = withholding.values_in(body["data"])
        if body["seq"] >= size and any(seq < size for seq, _ in values):
            raise ImportConflictError(
                "Values were erased since: only the earlier export itself shows what to leave out. "
                "Use flask export --since with its file."
            )
