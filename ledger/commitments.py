"""
Commitments to sealed values, and the disclosures that open them.

A commitment says nothing about its value without the salt: deleting the disclosure erases the
value for good, while the log and every proof over it stay as they are.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from ledger.canonical import canonical


def new_salt() -> str:
    """Return a fresh salt: 32 hex digits."""
    return secrets.token_hex(16)


def commitment(salt: str, name: str, value: Any) -> str:
    """Return `sha256:` and the digest of canonical `[salt,name,value]`."""
    return "sha256:" + hashlib.sha256(canonical([salt, name, value])).hexdigest()


def disclosure_line(seq: int, salt: str, name: str, value: Any) -> bytes:
    """Return the line that opens one sealed value: canonical `[seq,salt,name,value]`."""
    return canonical([seq, salt, name, value])
