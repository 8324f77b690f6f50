"""The `flask` commands that look after the archive: keys, erasure, increments."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.orm import Session

from accounts import idempotency, services
from archive.erasing import GROUNDS, Plan
from archive.exporting import Export, describe, reading_at_checkpoint
from archive.increments import write_increment
from archive.making import make_export
from archive.records import Level, Scope, ScopeKind
from config import Settings
from db import database, transaction
from errors import DatelineError, NotFoundError
from ledger.keys import load_ring
from permissions import SYSTEM, Actor, Role
from schemas.archive import json_schemas

keys_group = AppGroup("keys", help="The keys that sign the log's checkpoints.")

#: Why a key's signature counts no longer.
REVOKED_BECAUSE = ("replaced", "lost", "disclosed")


def _settings() -> Settings:
    found: Settings = current_app.extensions["dateline.settings"]
    return found


@keys_group.command("show")
@with_appcontext
def show_keys() -> None:
    """Print the verification keys, the one that signs now last; publish that one elsewhere."""
    from ledger.keys import load_or_create
    from ledger.rotation import printed
    from ledger.signers import signers_of

    own = printed(load_or_create(_settings().key_path), _settings().log_origin)
    with database().read_session() as session:
        known = [signer for signer in signers_of(session).all() if signer.vkey != own]
    for signer in known:
        until = f", revoked by event {signer.revoked}" if signer.revoked is not None else ""
        click.echo(f"# since event {signer.added}{until}\n{signer.vkey}")
    click.echo(f"# signs now\n{own}")


@keys_group.command("rotate")
@with_appcontext
def rotate_key() -> None:
    """Put a new signing key in the place of the old one, which vouches for it."""
    from ledger import keys
    from ledger.rotation import printed, rotate

    path, origin = _settings().key_path, _settings().log_origin
    try:
        with transaction() as session:
            made = rotate(session, path, origin)
        keys.install_next(path)
    except DatelineError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Checkpoint {made.size} is signed by both keys. Publish the new one:")
    click.echo(printed(keys.load(path), origin))


@keys_group.command("revoke")
@click.argument("key")
@click.option("--ground", type=click.Choice(REVOKED_BECAUSE), default="replaced")
@with_appcontext
def revoke_key(key: str, ground: str) -> None:
    """Have the signatures of KEY, an id or a printed key, count no longer; its file is deleted."""
    from ledger import checkpoints, keys, rotation

    path, origin = _settings().key_path, _settings().log_origin
    try:
        with transaction() as session:
            vkey = rotation.find(checkpoints.active_keys(session), key)
            made = rotation.revoke(session, path, origin, vkey, ground)
        keys.forget(path, rotation.public_key(vkey))
    except DatelineError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Revoked {vkey}; checkpoint {made.size} is signed without it.")


@click.command()
@click.option("--containing", help="Every value that holds these words; - reads them from input.")
@click.option("--record", help="Id of a claim, article, source, piece of evidence or snapshot.")
@click.option("--name", "names", multiple=True, help="Only the record's values of this name.")
@click.option("--ground", type=click.Choice(GROUNDS), required=True)
@click.option("--note", help="Why, without saying what.")
@click.option("--by", help="Name of the person who erases; without it the system does.")
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and erase nothing.")
@with_appcontext
def erase(
    containing: str | None,
    record: str | None,
    names: tuple[str, ...],
    ground: str,
    note: str | None,
    by: str | None,
    dry_run: bool,
) -> None:
    """Erase values for good; the log says that it was done, on which ground and by whom."""
    from archive import erasing

    if (containing is None) == (record is None):
        raise click.UsageError("Give --containing or --record, one of them.")
    if containing == "-":
        containing = click.get_text_stream("stdin").read().strip()
    try:
        with transaction() as session:
            if containing is not None:
                plan = erasing.plan_containing(session, containing)
            else:
                plan = erasing.plan_of_record(session, str(record), names)
            _tell(plan)
            if dry_run:
                session.rollback()
                return
            erasing.erase(session, plan, ground=ground, note=note, actor=_actor(session, by))
            idempotency.forget(session, plan.texts)
    except DatelineError as error:
        raise click.ClickException(str(error)) from error
    for path in sorted((_settings().instance / "exports").glob("*")):
        path.unlink()
    if not database().compact():
        raise click.ClickException("Others read the database: stop them, then run flask compact.")
    click.echo("Erased. Backups and exports made before still hold it: destroy them.")


def _tell(plan: Plan) -> None:
    for subject, values in sorted(plan.values.items()):
        named = ", ".join(f"{name} of event {seq}" for seq, name in sorted(values))
        click.echo(f"{subject}: {named}")
    click.echo(
        f"{plan.count} values, {len(plan.blobs)} documents, "
        f"{len(plan.foreign)} claims of other desks."
    )
    for left in plan.left:
        click.echo(f"Cannot be erased: {left}", err=True)


def _actor(session: Session, name: str | None) -> Actor:
    if name is None:
        return SYSTEM
    reviewer = services.find_reviewer(session, name)
    if reviewer is None:
        raise NotFoundError(f"There is nobody named {name}.")
    return Actor(reviewer.uuid, Role(reviewer.role))


@click.command()
@with_appcontext
def compact() -> None:
    """Write the database anew without what was deleted from it."""
    if not database().compact():
        raise click.ClickException("Others read the database: stop them first.")
    click.echo("The database holds nothing that was deleted.")


def export_to(
    path: Path, disclosure: str, scope_kind: str, of: str | None, since: str | None
) -> Export:
    """
    Write an export, or an increment since the size or the file of an earlier one.

    :raises DatelineError: if there is no such scope or earlier export
    """
    settings = _settings()
    scope = Scope(ScopeKind(scope_kind), of)
    ring = load_ring(settings.key_path)
    size = int(since) if since is not None and since.isdigit() else None
    with reading_at_checkpoint(database(), ring, settings.log_origin) as (session, made):
        scope.check(session)
        found = describe(session, made, scope, Level(disclosure), size)
    if since is None or size is not None:
        _make(path, found, settings)
        return found
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        target = Path(folder, "target.zip")
        _make(target, found, settings)
        write_increment(Path(since), target, path, most=settings.max_import)
    return found


def _make(path: Path, export: Export, settings: Settings) -> None:
    make_export(
        database(),
        path,
        export,
        origin=settings.log_origin,
        schemas=json_schemas(),
        most=settings.max_import,
    )


@click.command("apply")
@click.argument("earlier", type=click.Path(exists=True, dir_okay=False))
@click.argument("increment", type=click.Path(exists=True, dir_okay=False))
@click.argument("later", type=click.Path(dir_okay=False))
def apply(earlier: str, increment: str, later: str) -> None:
    """Make the export LATER of the export EARLIER and an INCREMENT since."""
    from archive.apply import main

    sys.exit(main([earlier, increment, later]))
