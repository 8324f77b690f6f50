"""The `flask` commands that look after the archive: keys, erasure, increments."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from config import Settings
from db import database, transaction
from errors import DatelineError

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
