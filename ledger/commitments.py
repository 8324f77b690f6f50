"""
Commitments: how the log binds itself to a value without holding it.

The log keeps the hash of salt, name and value; the salt and the value lie beside the log, as a
disclosure. Deleting the disclosure erases the value for good, because the salt cannot be guessed,
and every proof over the log still holds.
"""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache
from typing import Any

from ledger.canonical import canonical, canonical_within

PREFIX = "sha256:"

#: Salts drawn at a time.
_DRAWN = 64


class Salts:
    """
    Fresh salts, drawn many at a time: asking the system for each would cost more than its hash.

    Whoever seals values makes one and drops it with the work, so that no two processes and no
    two transactions ever share what was drawn.
    """

    def __init__(self) -> None:
        self._drawn: list[str] = []

    def take(self) -> str:
        """Return a salt that was never given before."""
        if not self._drawn:
            digits = secrets.token_hex(16 * _DRAWN)
            self._drawn = [digits[at : at + 32] for at in range(0, len(digits), 32)]
        return self._drawn.pop()


def commitment(salt: str, name: str, value: Any) -> str:
    """Return what the log holds in place of a value: `sha256:` and the digest."""
    return commitment_to(salt, name, written(value))


def written(value: Any) -> bytes:
    """
    Return the canonical JSON of a value that will be committed to.

    :raises CanonicalError: also where it is nested so deep that its commitment's array is not
    """
    return canonical_within(value, "$[2]", 1)


def commitment_to(salt: str, name: str, value: bytes) -> str:
    """Return the commitment to a value whose canonical JSON is known."""
    opened = b"[%b,%b,%b]" % (canonical(salt), _name(name), value)
    return PREFIX + hashlib.sha256(opened).hexdigest()


@lru_cache(1_000)
def _name(name: str) -> bytes:
    return canonical(name)


def disclosure_line(seq: int, salt: str, name: str, value: Any) -> bytes:
    """Return the line that opens a commitment of event `seq`, without a line end."""
    return canonical([seq, salt, name, value])
