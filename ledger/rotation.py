"""Changing the signing key: a new one vouched for by the old, and an old one revoked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from errors import InvalidInputError
from ledger import checkpoint, checkpoints, keys
from ledger.keys import SigningKey
from ledger.models import Checkpoint


def rotate(session: Session, path: Path, origin: str) -> Checkpoint:
    """
    Have a new key sign beside the old one: both sign the checkpoint that covers its coming.

    The caller commits, and then puts the new key in place with `keys.install_next`. If it ends
    in between, the next rotation goes on with the key that was recorded.
    """
    old, new = keys.load_ring(path), keys.prepare_next(path)
    # What came before is signed by the old key alone: nothing depends on the new one yet.
    checkpoints.make(session, old, origin)
    checkpoints.add_key(session, checkpoint.verifier_key(origin, new.public_bytes))
    return checkpoints.make(session, [old[0], new, *old[1:]], origin)


def revoke(session: Session, path: Path, origin: str, key_id: str, ground: str) -> Checkpoint:
    """
    Have a key's signature count no longer, from a checkpoint on that the others sign.

    :raises InvalidInputError: if there is no such key, or it is the one that signs
    """
    ring = keys.load_ring(path)
    vkey = find(checkpoints.active_keys(session), key_id)
    if vkey == checkpoint.verifier_key(origin, ring[0].public_bytes):
        raise InvalidInputError(
            "This key signs the checkpoints now: put another in its place first, with rotate.",
            {"key": "Name a key that was replaced."},
        )
    checkpoints.revoke_key(session, vkey, ground)
    return checkpoints.make(session, ring, origin)


def find(vkeys: Sequence[str], key_id: str) -> str:
    """
    Return the key with this id, or written out.

    :raises InvalidInputError: if there is none
    """
    for vkey in vkeys:
        if key_id in (vkey, vkey.split("+", 2)[1]):
            return vkey
    raise InvalidInputError(f"No key {key_id} signs this log.", {"key": "See `flask keys show`."})


def public_key(vkey: str) -> bytes:
    """Return the 32 bytes of a printed key."""
    return checkpoint.parse_verifier_key(vkey)[1]


def printed(key: SigningKey, origin: str) -> str:
    """Return a key as it is published."""
    return checkpoint.verifier_key(origin, key.public_bytes)
