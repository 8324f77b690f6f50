"""
Commitments: how the log binds itself to a value without holding it.

The log keeps the hash of salt, name and value; the salt and the value lie beside the log, as a
disclosure. Deleting the disclosure erases the value for good, because the salt cannot be guessed,
and every proof over the log still holds.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from ledger.canonical import canonical

PREFIX = "sha256:"


def new_salt() -> str:
    """Make a fresh salt: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def commitment(salt: str, name: str, value: Any) -> str:
    """Return what the log holds in place of a value: `sha256:` and the digest."""
    return PREFIX + hashlib.sha256(canonical([salt, name, value])).hexdigest()


def disclosure_line(seq: int, salt: str, name: str, value: Any) -> bytes:
    """Return the line that opens a commitment of event `seq`, without a line end."""
    return canonical([seq, salt, name, value])
