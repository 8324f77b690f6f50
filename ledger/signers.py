"""
Who signs the log's checkpoints: keys come and go by events of the log itself.

Whoever trusts one key can follow the log to the next: a key is vouched for by a checkpoint that a
trusted key signed and that covers the event which added it. A revoked key's signature counts for
checkpoints from before its revocation only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from errors import SignatureInvalidError
from ledger.checkpoint import Note, is_signed_by
from ledger.events import Event, projects
from ledger.models import LogKey

KEY_ADDED = "log.key_added"
KEY_REVOKED = "log.key_revoked"


@dataclass(slots=True)
class Signer:
    """A key and the numbers of the events that added and revoked it."""

    vkey: str
    added: int
    revoked: int | None = None

    def may_sign(self, size: int) -> bool:
        """Say whether its signature counts on a checkpoint of this size."""
        return self.added < size and (self.revoked is None or size <= self.revoked)


class Signers:
    """The keys of a log as its events come by."""

    def __init__(self, found: Iterable[Signer] = ()) -> None:
        self._found = {signer.vkey: signer for signer in found}

    def see(self, body: Mapping[str, Any]) -> None:
        """Take note of an event, if it is about a key."""
        if body["type"] == KEY_ADDED:
            vkey = str(body["data"].get("vkey"))
            self._found.setdefault(vkey, Signer(vkey, body["seq"]))
        elif body["type"] == KEY_REVOKED:
            signer = self._found.get(str(body["data"].get("vkey")))
            if signer is not None and signer.revoked is None:
                signer.revoked = body["seq"]

    def as_of(self, size: int) -> Signers:
        """Return the keys as they were when the log had that size."""
        return Signers(
            Signer(
                s.vkey, s.added, s.revoked if s.revoked is not None and s.revoked < size else None
            )
            for s in self._found.values()
            if s.added < size
        )

    def all(self) -> list[Signer]:
        """List the keys in the order in which they were added."""
        return sorted(self._found.values(), key=lambda signer: signer.added)

    def check(self, notes: Sequence[Note], trusted: Sequence[str] = ()) -> None:
        """
        Refuse checkpoints of which the newest is not vouched for.

        :param trusted: keys that are known from elsewhere; without any, the log's first key
        :raises SignatureInvalidError: naming the checkpoint
        """
        known = self.all()
        accepted = set(trusted) or {signer.vkey for signer in known[:1]}
        revoked = {signer.vkey: signer.revoked for signer in known}
        is_vouched = False
        for note in sorted(notes, key=lambda note: note.size):
            allowed = [signer.vkey for signer in known if signer.may_sign(note.size)]
            before = [v for v in accepted if revoked.get(v) is None or note.size <= revoked[v]]  # type: ignore[operator]
            is_vouched = any(is_signed_by(note, vkey) for vkey in before)
            if is_vouched:
                accepted |= set(allowed)
            elif not any(is_signed_by(note, vkey) for vkey in allowed):
                raise SignatureInvalidError(
                    f"No key that was valid then signed the checkpoint of size {note.size}."
                )
        if not is_vouched:
            raise SignatureInvalidError(
                "No trusted key signed the newest checkpoint, nor one that vouches for its key."
            )


def signers_of(session: Session) -> Signers:
    """Return the keys of the log in the database."""
    rows = session.execute(select(LogKey)).scalars()
    return Signers(Signer(row.vkey, row.added_seq, row.revoked_seq) for row in rows)


@projects(KEY_ADDED)
def _key_added(session: Session, event: Event) -> None:
    vkey = event.data["vkey"]
    if session.get(LogKey, vkey) is None:
        session.add(LogKey(vkey=vkey, added_seq=event.seq, added_at=event.at))
        session.flush()


@projects(KEY_REVOKED)
def _key_revoked(session: Session, event: Event) -> None:
    session.execute(
        update(LogKey)
        .where(LogKey.vkey == event.data["vkey"], LogKey.revoked_seq.is_(None))  # type: ignore[union-attr]
        .values(revoked_seq=event.seq, revoked_at=event.at)
    )
