"""Bringing a database to the newest schema, and asking whether it is there."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from archive.rebuilding import rebuild
from db import Database
from ledger import kept_heads
from sources.models import Article, Source

HERE = Path(__file__).resolve().parent


def configuration(connection: Connection) -> Config:
    """Return alembic's configuration for a connection."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Migrate the database up to a revision, all or nothing."""
    with database.writing() as session:
        command.upgrade(configuration(session.connection()), revision)
        if is_current(session.connection()):
            if _asks_for_replay(session):
                rebuild(session)
            kept_heads.complete(session)


def _asks_for_replay(session: Session) -> bool:
    """Say whether rows stand here from before their events were noted with them."""
    return any(
        session.execute(select(model.id).where(model.since < 0).limit(1)).first()
        for model in (Article, Source)
    )


def downgrade(database: Database, revision: str) -> None:
    """Migrate the database down to a revision, all or nothing."""
    with database.writing() as session:
        command.downgrade(configuration(session.connection()), revision)


def is_current(connection: Connection) -> bool:
    """Say whether the database is at the newest revision."""
    script = ScriptDirectory.from_config(configuration(connection))
    return (
        MigrationContext.configure(connection).get_current_revision() == script.get_current_head()
    )
