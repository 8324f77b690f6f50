"""What each event about the archive does to the tables: so far, nothing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ledger.events import Event, projects

#: Type of the event that says what was kept of another desk's log.
TAKEN = "log.foreign_taken"


@projects(TAKEN)
def _foreign_taken(_session: Session, _event: Event) -> None:
    """Say what was taken; the tables of our own claims stay as they are."""
