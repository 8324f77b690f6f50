"""
Exports that take long: made by a process of its own, so that no request waits for them.

A job is a file beside the export that it makes; the process holds a lock on it while it works,
so a job whose process was killed is told from one under way. An export gets its name when it is
whole.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from archive.exporting import Export
from archive.making import make_export
from archive.records import Level, Scope, ScopeKind
from config import PREFIX, ROOT, Settings, read_settings
from db import Database
from errors import DatelineError

#: Processes begun here, kept until they end so that each is waited for.
_children: list[subprocess.Popen[bytes]] = []


class JobState(StrEnum):
    """Where a job stands."""

    WRITING = "writing"
    READY = "ready"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Job:
    """What became of an export that was asked for."""

    state: JobState
    reason: str | None = None


def start(folder: Path, export: Export, settings: Settings) -> None:
    """Have an export made by a process of its own; one that is under way is left alone."""
    if state_of(folder, export.id).state is JobState.WRITING:
        return
    path = folder / f"{export.id}.job"
    path.write_text(json.dumps(asdict(export)), "utf-8")
    with path.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The lock goes with the open file: it lasts as long as the process that inherits it.
        child = subprocess.Popen(
            [sys.executable, "-m", "archive.jobs", str(path)],
            cwd=ROOT,
            env={**os.environ, **environment_of(settings)},
            pass_fds=(file.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    _children.append(child)


def environment_of(settings: Settings) -> dict[str, str]:
    """Return settings as the environment that they are read from."""
    return {
        PREFIX + field.name.upper(): _text(getattr(settings, field.name))
        for field in fields(settings)
    }


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return str(int(value)) if isinstance(value, bool) else str(value)


def state_of(folder: Path, export_id: str) -> Job:
    """Say where the making of an export stands."""
    _children[:] = [child for child in _children if child.poll() is None]
    if (folder / f"{export_id}.zip").exists():
        return Job(JobState.READY)
    path = folder / f"{export_id}.job"
    if not path.exists():
        return Job(JobState.UNKNOWN)
    with path.open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return Job(JobState.WRITING)
        told = json.load(file)
    # It can have ended between the two looks.
    if (folder / f"{export_id}.zip").exists():
        return Job(JobState.READY)
    return Job(JobState.FAILED, told.get("failed") or "Its process ended early.")


def work(path: Path, settings: Settings) -> None:
    """Make the export that a job asks for, or write down why not."""
    from schemas.archive import json_schemas

    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    export = export_from(told)
    try:
        make_export(
            Database(settings.database),
            path.with_suffix(".zip"),
            export,
            origin=settings.log_origin,
            schemas=json_schemas(),
            most=settings.max_import,
        )
    except DatelineError as error:
        path.write_text(json.dumps({**told, "failed": str(error)}), "utf-8")
        raise SystemExit(1) from error


def export_from(told: Mapping[str, Any]) -> Export:
    """Read the description of an export."""
    scope = Scope(ScopeKind(told["scope"]["kind"]), told["scope"]["id"])
    return Export(told["id"], told["size"], scope, Level(told["level"]), told["since"])


if __name__ == "__main__":
    work(Path(sys.argv[1]), read_settings())
