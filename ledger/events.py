"""
What an event is, before and after it stands in the log, and which function projects it.

A projector is registered for an event type by the room that owns the tables; the log calls it
live and on replay alike, and knows nothing of what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy.orm import Session


class Withheld:
    """The type of `WITHHELD`: a sealed value whose disclosure was erased or never given."""

    def __repr__(self) -> str:
        return "WITHHELD"

    def __bool__(self) -> bool:
        return False


#: Stands for a sealed value that is not disclosed.
WITHHELD = Withheld()

#: What readers see in place of a withheld text.
WITHHELD_TEXT = "[withheld]"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """
    An event to be recorded: public facts in `data`, free text and anything personal in `sealed`.

    Only the commitments to sealed values enter the log; the values lie beside it.
    """

    type: str
    subject: str
    data: Mapping[str, Any] = field(default_factory=dict)
    sealed: Mapping[str, Any] = field(default_factory=dict)


class Event(NamedTuple):
    """An event that stands in the log, its sealed values opened as far as they are disclosed."""

    seq: int
    type: str
    at: str
    subject: str
    subject_seq: int
    actor: str
    data: Mapping[str, Any]
    sealed: Mapping[str, Any]

    @property
    def key(self) -> int:
        """Return the key of the row that this event makes."""
        return self.seq + 1

    @property
    def version(self) -> int:
        """Return the version that this event gives to its subject."""
        return self.subject_seq + 1

    def text(self, name: str) -> str | None:
        """Return a sealed text: None if it was never given, a placeholder if it is withheld."""
        value = self.sealed.get(name)
        return WITHHELD_TEXT if value is WITHHELD else value

    def value(self, name: str, default: Any = None) -> Any:
        """Return a sealed value, or the default if it was never given or is withheld."""
        value = self.sealed.get(name, default)
        return default if value is WITHHELD else value


Projector = Callable[[Session, Event], None]
ManyProjector = Callable[[Session, Sequence[Event]], None]

_PROJECTORS: dict[str, Projector] = {}
_MANY_PROJECTORS: dict[str, ManyProjector] = {}

#: Most events of one type that are projected at once.
_RUN = 500


def projects(event_type: str) -> Callable[[Projector], Projector]:
    """Register the projector of an event type; a type has exactly one."""

    def register(function: Projector) -> Projector:
        if event_type in _PROJECTORS:
            raise RuntimeError(f"{event_type} has a projector already.")
        _PROJECTORS[event_type] = function
        return function

    return register


def projects_many(event_type: str) -> Callable[[ManyProjector], ManyProjector]:
    """
    Register the projector of an event type that takes a run of such events at once.

    It gives every row its `since` itself, and for one event does what it does for many.
    """

    def register(function: ManyProjector) -> ManyProjector:
        projects(event_type)(lambda session, event: function(session, [event]))
        _MANY_PROJECTORS[event_type] = function
        return function

    return register


def project_all(session: Session, events: Iterable[Event]) -> Iterator[Event]:
    """Change the tables by events in order, runs of one type at once; yields the last of each."""
    run: list[Event] = []
    for event in events:
        if run and (run[0].type != event.type or len(run) == _RUN):
            yield _project_run(session, run)
            run = []
        run.append(event)
    if run:
        yield _project_run(session, run)


def _project_run(session: Session, run: Sequence[Event]) -> Event:
    many = _MANY_PROJECTORS.get(run[0].type)
    if many is None:
        for event in run:
            project(session, event)
    else:
        many(session, run)
    return run[-1]


#: The event whose projector runs.
_projecting: ContextVar[int | None] = ContextVar("projecting", default=None)


def project(session: Session, event: Event) -> None:
    """Change the tables by one event; its sequence number marks the rows that it changes."""
    projector = _PROJECTORS.get(event.type)
    if projector is None:
        raise KeyError(f"No projector is registered for the event type {event.type}.")
    token = _projecting.set(event.seq)
    try:
        projector(session, event)
        session.flush()
    finally:
        _projecting.reset(token)


def projecting() -> int | None:
    """Return the sequence number of the event whose projector runs, if one does."""
    return _projecting.get()


def projected_seq() -> int:
    """
    Return the sequence number of the event whose projector runs.

    :raises RuntimeError: if none does: a projected table changes by its events alone
    """
    seq = _projecting.get()
    if seq is None:
        raise RuntimeError("Projected tables are changed by the projector of an event only.")
    return seq


def event_types() -> list[str]:
    """List the event types that have a projector."""
    return sorted(_PROJECTORS)
