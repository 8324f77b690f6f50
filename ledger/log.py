"""
The append-only log in the database: recording, reading, replaying.

`record` is the one door for change: it writes the event's line, its disclosures and the tree's
new nodes, and has its projector change the tables, all in the caller's transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import orjson
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from db import insert_values
from errors import HistoryBrokenError
from ledger import clock, merkle
from ledger.canonical import canonical
from ledger.commitments import Salts, commitment_to, written
from ledger.events import WITHHELD, Event, NewEvent, project, project_all, projects
from ledger.lines import VERSION, line_of
from ledger.models import Disclosure, LogEvent, LogState, Node
from ledger.statements import fetch, marks

#: Type of the event that commits to the head of every subject's chain.
HEADS = "log.heads"

#: Rows read at a time where all of the log is walked.
BATCH = 1_000

_EVENT, _DISCLOSURE, _NODE = (model.__table__ for model in (LogEvent, Disclosure, Node))  # type: ignore[attr-defined]

_Found = TypeVar("_Found")

#: Subtrees read by one statement; SQLite's conditions may not grow without end.
_MOST_NODES = 200

#: Heads kept in memory while events are appended.
_MOST_HEADS = 20_000


class Head(NamedTuple):
    """The last event of one subject's chain."""

    subject_seq: int
    leaf_hash: bytes


def record(session: Session, event: NewEvent, *, actor: str) -> Event:
    """Append one event to the log and change the tables by it."""
    return record_all(session, [event], actor=actor)[0]


def record_all(session: Session, events: Sequence[NewEvent], *, actor: str) -> list[Event]:
    """Append events in order and change the tables by each; `actor` is a pseudonym or `system`."""
    appender = Appender(session)
    if len(events) > 1:
        appender.look_up(event.subject for event in events)
    recorded = [appender.seal(event, actor) for event in events]
    appender.write()
    for _ in project_all(session, recorded):
        pass
    session.flush()
    return recorded


class Appender:
    """Builds lines at the end of the log and writes them in one go."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.log = log_id(session)
        last = session.execute(
            select(LogEvent.seq, LogEvent.at).order_by(LogEvent.seq.desc()).limit(1)
        ).first()
        self.size = last.seq + 1 if last else 0
        self._at = last.at if last else ""
        self._heads: dict[str, Head | None] = {}
        self._salts = Salts()
        #: The right edge of the tree as far as it is written; read when it is first needed.
        self._edge: merkle.Frontier | None = None
        #: Rows that are not written yet, in the order of their tables' columns.
        self._events: list[tuple[Any, ...]] = []
        self._disclosures: list[tuple[Any, ...]] = []

    def seal(self, event: NewEvent, actor: str) -> Event:
        """Make the next line of a new event, with fresh salts for what it seals."""
        self._at = max(self._at, clock.now())
        subject_seq, prev = _following(self._head(event.subject))
        sealed = {}
        for name, value in event.sealed.items():
            salt, text = self._salts.take(), written(value)
            sealed[name] = commitment_to(salt, name, text)
            self._disclosures.append((self.size, name, salt, text.decode()))
        line = line_of(
            log=self.log,
            seq=self.size,
            type=event.type,
            at=self._at,
            subject=event.subject,
            subject_seq=subject_seq,
            prev=prev,
            actor=actor,
            data=event.data,
            sealed=sealed,
        )
        fresh = Event(
            self.size,
            event.type,
            self._at,
            event.subject,
            subject_seq,
            actor,
            event.data,
            event.sealed,
        )
        self._add(line, fresh)
        return fresh

    def take(
        self, line: bytes, body: Mapping[str, Any], disclosed: Mapping[str, tuple[str, Any]]
    ) -> Event:
        """Take a finished line from another copy of the log as the next one."""
        self._disclosures += [
            (self.size, name, salt, canonical(value).decode())
            for name, (salt, value) in disclosed.items()
        ]
        taken = event_of(body, {name: value for name, (_, value) in disclosed.items()})
        self._add(line, taken)
        return taken

    def _add(self, line: bytes, event: Event) -> None:
        leaf, (_, kind, at, subject, subject_seq, actor, *_) = merkle.leaf_hash(line), event
        self._events.append((self.size, line, leaf, kind, subject, subject_seq, at, actor))
        self._heads[subject] = Head(subject_seq, leaf)
        self._at = at
        self.size += 1

    def check_follows(self, body: Mapping[str, Any]) -> None:
        """
        Refuse a line from elsewhere that does not follow the last one here.

        :raises HistoryBrokenError: naming the line and what does not fit
        """
        subject_seq, prev = _following(self._head(body["subject"]))
        expected = {
            "v": VERSION,
            "log": self.log,
            "seq": self.size,
            "subject_seq": subject_seq,
            "prev": prev,
        }
        for name, value in expected.items():
            if body.get(name) != value:
                raise HistoryBrokenError(
                    f"Line {self.size} of the log has {name} {body.get(name)!r}; {value!r} follows."
                )
        if body["at"] < self._at:
            raise HistoryBrokenError(f"Line {self.size} of the log is older than the one before.")

    def look_up(self, subjects: Iterable[str]) -> None:
        """Read the heads of many subjects' chains at once, before their events are taken."""
        wanted = sorted(set(subjects) - self._heads.keys())
        for start in range(0, len(wanted), BATCH):
            chunk = wanted[start : start + BATCH]
            self._heads |= dict.fromkeys(chunk)
            self._heads |= heads_of(self._session, chunk)

    def write(self) -> None:
        """Write what was taken since the last time."""
        if not self._events:
            return
        if self._edge is None:
            self._edge = _edge(self._session, self._events[0][0])
        grown = self._edge.extend([row[2] for row in self._events])
        insert_values(self._session, _EVENT, self._events)
        insert_values(self._session, _DISCLOSURE, self._disclosures)
        # The leaves stand in the events; they come first, the subtrees above them after.
        insert_values(self._session, _NODE, grown[len(self._events) :])
        self._events, self._disclosures = [], []
        if len(self._heads) > _MOST_HEADS:
            self._heads.clear()

    def _head(self, subject: str) -> Head | None:
        if subject not in self._heads:
            self._heads[subject] = head_of(self._session, subject)
        return self._heads[subject]


def _following(head: Head | None) -> tuple[int, str | None]:
    """Return the number of the event that follows in a chain, and what it names as the last."""
    return (head.subject_seq + 1, f"sha256:{head.leaf_hash.hex()}") if head else (0, None)


def log_id(session: Session) -> str:
    """Return the log's id, made at its first event."""
    state = session.get(LogState, 1)
    if state is None:
        state = LogState(log=str(uuid.uuid4()))
        session.add(state)
        session.flush()
    return state.log


def log_size(session: Session) -> int:
    """Count the log's events."""
    last: int | None = session.execute(select(func.max(LogEvent.seq))).scalar()
    return 0 if last is None else last + 1


def node(session: Session, level: int, index: int) -> bytes:
    """Return the hash of a complete subtree; level 0 is a leaf."""
    return nodes(session, [(level, index)])[level, index]


class Inclusion(NamedTuple):
    """That an event is in the log: its leaf hash, the root over so many events, the path there."""

    leaf_hash: bytes
    root: bytes
    proof: list[bytes]


class Consistency(NamedTuple):
    """That a log begins with what it was: both roots, and the path between them."""

    old_root: bytes
    new_root: bytes
    proof: list[bytes]


def inclusion(session: Session, seq: int, size: int) -> Inclusion:
    """Prove that an event is among the first `size`."""
    return with_nodes(
        session,
        lambda get: Inclusion(
            get(0, seq), merkle.root(get, size), merkle.inclusion_proof(get, seq, size)
        ),
    )


def consistency(session: Session, old: int, new: int) -> Consistency:
    """Prove that the first `new` events begin with the first `old`."""
    return with_nodes(
        session,
        lambda get: Consistency(
            merkle.root(get, old), merkle.root(get, new), merkle.consistency_proof(get, old, new)
        ),
    )


def inclusion_proof(session: Session, seq: int, size: int) -> list[bytes]:
    """Return the audit path of an event in the tree over the first `size`."""
    return with_nodes(session, lambda get: merkle.inclusion_proof(get, seq, size))


def consistency_proof(session: Session, old: int, new: int) -> list[bytes]:
    """Return the proof that the first `new` events begin with the first `old`."""
    return with_nodes(session, lambda get: merkle.consistency_proof(get, old, new))


def with_nodes(session: Session, prove: Callable[[merkle.Reader], _Found]) -> _Found:
    """Make a proof twice: first to see which subtrees it asks for, then with all of them read."""
    wanted: dict[tuple[int, int], None] = {}

    def asked(level: int, index: int) -> bytes:
        wanted[level, index] = None
        return merkle.EMPTY_ROOT

    prove(asked)
    found = nodes(session, list(wanted))
    return prove(lambda level, index: found[level, index])


def nodes(session: Session, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Return the hashes of complete subtrees, read by one statement unless they are many."""
    found: dict[tuple[int, int], bytes] = {}
    for start in range(0, len(wanted), _MOST_NODES):
        chunk = wanted[start : start + _MOST_NODES]
        leaves = [index for level, index in chunk if level == 0]
        inner = [part for place in chunk if place[0] for part in place]
        rows = fetch(session, _nodes_query(len(leaves), len(inner) // 2), leaves + inner)
        found |= {(level, index): value for level, index, value in rows}
    return found


def _nodes_query(leaves: int, inner: int) -> str:
    """Return the statement for so many leaves and other subtrees, each found by its key."""
    parts = []
    if leaves:
        parts.append(f"SELECT 0, seq, leaf_hash FROM log_event WHERE seq IN ({marks(leaves)})")  # noqa: S608
    if inner:
        places = marks(inner, '(level = ? AND "index" = ?)', " OR ")
        parts.append(f'SELECT level, "index", hash FROM log_node WHERE {places}')  # noqa: S608
    return " UNION ALL ".join(parts)


def _edge(session: Session, size: int) -> merkle.Frontier:
    """Read the right edge of the tree over the first `size` events."""
    return with_nodes(session, lambda get: merkle.Frontier.of(get, size))


def root(session: Session, size: int) -> bytes:
    """Return the root of the tree over the first `size` events."""
    return with_nodes(session, lambda get: merkle.root(get, size))


def head_of(session: Session, subject: str) -> Head | None:
    """Return the head of a subject's chain, or None where it has no event."""
    row = session.execute(
        select(LogEvent.subject_seq, LogEvent.leaf_hash)
        .where(LogEvent.subject == subject)
        .order_by(LogEvent.subject_seq.desc())
        .limit(1)
    ).first()
    return Head(row.subject_seq, row.leaf_hash) if row else None


def heads_of(session: Session, subjects: Sequence[str]) -> dict[str, Head]:
    """Return the heads of those of these subjects' chains that have an event."""
    if not subjects:
        return {}
    last = (
        "SELECT subject, max(subject_seq) AS last FROM log_event "  # noqa: S608
        f"WHERE subject IN ({marks(len(subjects))}) GROUP BY subject"
    )
    statement = (
        f"SELECT e.subject, e.subject_seq, e.leaf_hash FROM ({last}) AS h "  # noqa: S608
        "JOIN log_event AS e ON e.subject = h.subject AND e.subject_seq = h.last"
    )
    return {subject: Head(seq, leaf) for subject, seq, leaf in fetch(session, statement, subjects)}


def lines(session: Session, first: int = 0, last: int | None = None) -> Iterator[bytes]:
    """Yield the exact bytes of events, from `first` up to but not including `last`."""
    for row in rows(session, first, last):
        yield row.line


def events(session: Session, first: int = 0, last: int | None = None) -> Iterator[Event]:
    """Yield events in order, their sealed values opened as far as they are disclosed."""
    batch: list[Any] = []
    for row in rows(session, first, last):
        batch.append(row)
        if len(batch) == BATCH:
            yield from _opened(session, batch)
            batch = []
    yield from _opened(session, batch)


def events_of(session: Session, subject: str) -> list[tuple[Event, bytes]]:
    """List a subject's events, oldest first, each with its leaf hash."""
    rows = session.execute(
        select(LogEvent).where(LogEvent.subject == subject).order_by(LogEvent.subject_seq)
    ).scalars()
    found = list(rows)
    return list(zip(_opened(session, found), (row.leaf_hash for row in found), strict=True))


def events_after(session: Session, seq: int, subjects: Sequence[str], *, most: int) -> list[Event]:
    """List the events of these subjects after one, oldest first, up to a number of them."""
    statement = (
        select(LogEvent)
        .where(LogEvent.seq > seq, LogEvent.subject.in_(subjects))
        .order_by(LogEvent.seq)
        .limit(most)
    )
    return list(_opened(session, list(session.execute(statement).scalars())))


def replay(session: Session, recorded: Iterable[Event]) -> int:
    """Change the tables by events that stand in a log already; returns how many."""
    count = 0
    for count, event in enumerate(recorded, start=1):  # noqa: B007
        project(session, event)
    session.flush()
    return count


def rows(session: Session, first: int, last: int | None) -> Iterator[Row[Any]]:
    """Walk the log's rows by key, so that no cursor stays open between batches."""
    for batch in batches(session, first, last):
        yield from batch


def batches(session: Session, first: int, last: int | None) -> Iterator[Sequence[Row[Any]]]:
    """Walk the log's rows by key, many at a time."""
    while last is None or first < last:
        statement = select(_EVENT).where(_EVENT.c.seq >= first)
        if last is not None:
            statement = statement.where(_EVENT.c.seq < last)
        found = session.execute(statement.order_by(_EVENT.c.seq).limit(BATCH)).all()
        if not found:
            return
        first = found[-1].seq + 1
        yield found


def _opened(session: Session, rows: Sequence[Any]) -> Iterator[Event]:
    disclosed: dict[int, dict[str, Any]] = {}
    wanted = [row.seq for row in rows]
    for start in range(0, len(wanted), BATCH):
        chunk = wanted[start : start + BATCH]
        statement = (
            f"SELECT seq, name, value FROM log_disclosure WHERE seq IN ({marks(len(chunk))})"  # noqa: S608
        )
        for seq, name, value in fetch(session, statement, chunk):
            # What stands here was written by `canonical`, and the audit says whether it still is.
            disclosed.setdefault(seq, {})[name] = orjson.loads(value)
    for row in rows:
        yield event_of(orjson.loads(row.line), disclosed.get(row.seq, {}))


def event_of(body: Mapping[str, Any], disclosed: Mapping[str, Any]) -> Event:
    """Return the event of a line, its sealed values opened as far as they are disclosed."""
    return Event(
        seq=body["seq"],
        type=body["type"],
        at=body["at"],
        subject=body["subject"],
        subject_seq=body["subject_seq"],
        actor=body["actor"],
        data=body["data"],
        sealed={name: disclosed.get(name, WITHHELD) for name in body["sealed"]},
    )


@projects(HEADS)
def _heads_change_nothing(_session: Session, _event: Event) -> None:
    """Commit to the chains' heads; the tables stay as they are."""
