"""The `flask` commands: serve, migrate, seed, due, ingest, export, verify, users, backup."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from config import Settings
from db import database, transaction
from errors import DatelineError
from permissions import SYSTEM, Role

#: Requests that one server process answers at a time; more than analyses that may wait
#: (`claims/extraction/worker.py`), fewer than the database's connections allow.
THREADS = 8

db_group = AppGroup("db", help="The database's schema.")
user_group = AppGroup("user", help="The people of this desk.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    from archive import commands

    own = (db_group, user_group, serve, seed, due, ingest, export, import_, verify, backup)
    for command in (*own, commands.keys_group, commands.erase, commands.compact, commands.apply):
        app.cli.add_command(command)


def _settings() -> Settings:
    found: Settings = current_app.extensions["dateline.settings"]
    return found


def on_newest_schema(command: Callable[..., None]) -> Callable[..., None]:
    """Refuse to run a command on a database that another version made."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        from migrations.running import is_current

        with database().engine.connect() as connection:
            if not is_current(connection):
                raise click.ClickException(
                    "The database has not this version's schema. Run `flask db upgrade` first."
                )
        command(*args, **kwargs)

    return run


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True)
@with_appcontext
@on_newest_schema
def serve(host: str, port: int, workers: int) -> None:
    """Serve the desk and the API."""
    from granian import Granian
    from granian.constants import Interfaces

    database().engine.dispose()
    server = Granian(
        "app:create_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # While some wait for an analysis, the others still answer.
        blocking_threads=THREADS,
        factory=True,
        working_dir=Path(__file__).resolve().parent,
        log_access=False,
    )
    server.serve()


@db_group.command("upgrade")
@click.argument("revision", default="head")
@with_appcontext
def db_upgrade(revision: str) -> None:
    """Bring the database to the newest schema."""
    from migrations.running import upgrade

    upgrade(database(), revision)
    click.echo("The database is up to date.")


@db_group.command("downgrade")
@click.argument("revision")
@with_appcontext
def db_downgrade(revision: str) -> None:
    """Take the database back to an older schema."""
    from migrations.running import downgrade

    downgrade(database(), revision)


@user_group.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--token", "wants_token", is_flag=True, help="Print a new API token, last.")
@click.option("--password", default=None, help="A password; asked for if neither is given.")
@with_appcontext
@on_newest_schema
def user_add(name: str, role: str, wants_token: bool, password: str | None) -> None:
    """Add a person, or give one that exists a token or a new password."""
    from accounts import services

    if password is None and not wants_token:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with transaction() as session:
        reviewer = services.find_reviewer(session, name)
        if reviewer is None:
            reviewer = services.add_reviewer(session, name, Role(role), password=password)
            click.echo(f"Added {name} as {role}.")
        elif password is not None:
            services.set_password(reviewer, password)
        if reviewer.role != role:
            reviewer.role = role
        if wants_token:
            click.echo(services.issue_token(session, reviewer))


@click.command()
@click.option("--if-empty", is_flag=True, help="Only where there is no article yet.")
@with_appcontext
@on_newest_schema
def seed(if_empty: bool) -> None:
    """Load the example articles, sources, people and decisions; twice changes nothing."""
    from sqlalchemy import select

    from seeds.loading import load
    from sources.models import Article

    kept = _settings().instance / "sign-ins.txt"
    with database().read_session() as session:
        is_empty = session.execute(select(Article.id).limit(1)).first() is None
    if is_empty or not if_empty:
        load(current_app.extensions["dateline.analyst"], sign_ins=kept, echo=click.echo)
    elif kept.exists():
        click.echo(f"Sign-ins (name, password, role):\n{kept.read_text('utf-8').rstrip()}")


@click.command()
@with_appcontext
@on_newest_schema
def due() -> None:
    """Record which decisions went stale because a day has come; run it once a day."""
    from claims import staleness

    with transaction() as session:
        count = staleness.settle_all(session)
    click.echo(f"{count} decisions want another look.")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--published-on", type=click.DateTime(["%Y-%m-%d"]), default=None)
@click.option("--publisher", default=None)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--scheduler", default=None, help="Analyse on the workers of a Dask scheduler.")
@with_appcontext
@on_newest_schema
def ingest(
    paths: tuple[Path, ...],
    published_on: Any,
    publisher: str | None,
    workers: int,
    scheduler: str | None,
) -> None:
    """
    Take in articles: text, HTML, NDJSON, WARC, or folders of them.

    What is here already is skipped, so a run that was ended goes on; what cannot be taken is
    reported, and the rest goes on.
    """
    from claims.bulk import running
    from claims.bulk.cluster import NoSchedulerError
    from claims.bulk.files import find_files
    from schemas.bulk import load_found

    files = find_files(paths)
    day = published_on.date().isoformat() if published_on else None
    length = sum(file.stat().st_size for file in files)
    crew = running.Crew(current_app.extensions["dateline.analyst"], workers, scheduler)
    with click.progressbar(length=length, label="Ingesting", file=sys.stderr) as bar:
        try:
            report = running.take_in(
                files,
                database(),
                load_found,
                running.Defaults(day, publisher),
                crew,
                on_done=bar.update,
                on_refused=lambda one: click.echo(f"\n{one.place}: {one.reason}", err=True),
            )
        except NoSchedulerError as error:
            raise click.ClickException(str(error)) from error
    click.echo(
        f"{report.articles} articles with {report.claims} claims taken in, "
        f"{report.known} were here already, {report.refused} could not be taken."
    )
    if report.is_ended:
        click.echo(
            "Stopped before the end. Run it again with the same words: it goes on.", err=True
        )
        sys.exit(130)
    sys.exit(1 if report.refused else 0)


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--disclosure", type=click.Choice(["public", "full"]), default="full")
@click.option("--scope", type=click.Choice(["all", "article", "claim"]), default="all")
@click.option("--id", "of", default=None, help="The article or claim.")
@click.option("--since", default=None, help="Log size of an earlier export, or its file.")
@with_appcontext
@on_newest_schema
def export(path: Path, disclosure: str, scope: str, of: str | None, since: str | None) -> None:
    """Write an archive that can be verified without Dateline, or what changed since an earlier."""
    from archive.commands import export_to

    try:
        found = export_to(path, disclosure, scope, of, since)
    except DatelineError as error:
        raise click.ClickException(str(error)) from error
    what = "everything" if found.scope.id is None else f"the {found.scope.kind} {found.scope.id}"
    click.echo(
        f"Wrote {path}: {what}, {found.level}, of {found.size} events; {path.stat().st_size} bytes."
    )


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and keep nothing.")
@click.option("--key", "keys", multiple=True, help="A key of the desk, known from elsewhere.")
@with_appcontext
@on_newest_schema
def import_(path: Path, dry_run: bool, keys: tuple[str, ...]) -> None:
    """Take an export into this database: all of it or nothing."""
    from archive.importing import import_bag

    most = _settings().max_import
    try:
        with transaction() as session:
            found = import_bag(session, path, actor=SYSTEM, most=most, trusted=keys)
            if dry_run:
                session.rollback()
    except DatelineError as error:
        raise click.ClickException(f"{path}: {error}") from error
    would = "Would take" if dry_run else "Took"
    click.echo(
        f"{would} {found.new} events of {found.origin} ({found.outcome}); "
        f"{found.known} were here already."
    )


@click.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--no-record", is_flag=True, help="Do not keep the result.")
@with_appcontext
def verify(path: Path | None, no_record: bool) -> None:
    """Check the database, or an export at PATH; names every record that is not as recorded."""
    if path is not None:
        from archive.verify import main

        sys.exit(main([str(path)]))
    from archive.fixity import Check

    check = Check(database())
    for problem in check.problems():
        click.echo(problem)
    if not no_record:
        check.record()
    click.echo("All is as recorded." if not check.count else f"{check.count} problems.")
    sys.exit(1 if check.count else 0)


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(path: Path) -> None:
    """Copy the database and all signing keys while the desk runs (SQLite)."""
    from archive.backing_up import back_up

    if not database().is_sqlite:
        raise click.ClickException("Use pg_dump for PostgreSQL.")
    copied = back_up(database(), _settings().key_path, path)
    click.echo(f"Wrote {path}, its key {copied.name} and, beside it, the keys that it replaced.")
