"""
How often somebody may try to sign in, per account and per address, or have a text checked.

Counters stand in the database, so that several processes count together, and are committed on
their own, so that a refused sign-in counts as well.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from accounts.models import Attempt
from db import Database
from errors import RateLimitedError
from ledger import clock

WINDOW = timedelta(minutes=15)

#: Attempts in a window for one account, and for one address.
PER_ACCOUNT = 10
PER_ADDRESS = 60

#: Texts in a window that one address may have checked without a sign-in.
CHECKS_PER_ADDRESS = 200


def count_attempt(database: Database, name: str, address: str) -> None:
    """
    Count an attempt to sign in.

    :raises RateLimitedError: if the account or the address has had its share
    """
    with database.writing() as session:
        session.execute(delete(Attempt).where(Attempt.window_ends_at < clock.now()))
        waits = [
            _count(session, f"account:{_folded(name)}", PER_ACCOUNT),
            _count(session, f"address:{_folded(address)}", PER_ADDRESS),
        ]
    wait = max(waits)
    if wait:
        raise RateLimitedError(
            f"Too many attempts to sign in; try again in {wait} seconds.", retry_after=wait
        )


def count_check(database: Database, address: str) -> None:
    """
    Count a text that somebody without a sign-in has checked: reading one takes seconds.

    :raises RateLimitedError: if the address has had its share
    """
    with database.writing() as session:
        session.execute(delete(Attempt).where(Attempt.window_ends_at < clock.now()))
        wait = _count(session, f"check:{_folded(address)}", CHECKS_PER_ADDRESS)
    if wait:
        raise RateLimitedError(
            f"Too many texts to check; sign in, or try again in {wait} seconds.", retry_after=wait
        )


def forget_attempts(session: Session, name: str) -> None:
    """Start an account's count anew, after somebody signed in."""
    session.execute(delete(Attempt).where(Attempt.key == f"account:{_folded(name)}"))


def _folded(name: str) -> str:
    # A digest: names may be longer than the key, and tried passwords may stand in their place.
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _count(session: Session, key: str, most: int) -> int:
    """Count one attempt; returns the seconds to wait, 0 while there are some left."""
    attempt = session.get(Attempt, key)
    if attempt is None:
        ends = clock.as_text(clock.source() + WINDOW)
        attempt = Attempt(key=key, count=0, window_ends_at=ends)
        session.add(attempt)
    attempt.count += 1
    session.flush()
    if attempt.count <= most:
        return 0
    ends_at = datetime.strptime(attempt.window_ends_at, clock.FORMAT).replace(tzinfo=UTC)
    return max(1, int((ends_at - clock.source()).total_seconds()))
