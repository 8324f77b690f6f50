"""
The append-only log in the database: recording, reading, replaying.

`record` is the one door for change: it writes the event's line, its disclosures and the tree's
new nodes, and has its projector change the tables, all in the caller's transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Integer, LargeBinary, TextClause, func, insert, select, text
from sqlalchemy.orm import Session

from errors import HistoryBrokenError
from ledger import clock, merkle
from ledger.canonical import canonical, parse
from ledger.commitments import commitment, new_salt
from ledger.events import WITHHELD, Event, NewEvent, project, project_all, projects
from ledger.models import Disclosure, LogEvent, LogState, Node

VERSION = 1

#: Type of the event that commits to the head of every subject's chain.
HEADS = "log.heads"

#: Rows read at a time where all of the log is walked.
BATCH = 1_000


_EVENT = LogEvent.__table__  # type: ignore[attr-defined]

#: Heads kept in memory while events are appended.
_MOST_HEADS = 20_000


@dataclass(frozen=True, slots=True)
class Head:
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
        self._leaves: dict[int, bytes] = {}
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._events: list[dict[str, Any]] = []
        self._disclosures: list[dict[str, Any]] = []

    def seal(self, event: NewEvent, actor: str) -> Event:
        """Make the next line of a new event, with fresh salts for what it seals."""
        self._at = max(self._at, clock.now())
        salts = {name: new_salt() for name in event.sealed}
        head = self._head(event.subject)
        body = {
            "v": VERSION,
            "log": self.log,
            "seq": self.size,
            "type": event.type,
            "at": self._at,
            "subject": event.subject,
            "subject_seq": head.subject_seq + 1 if head else 0,
            "prev": f"sha256:{head.leaf_hash.hex()}" if head else None,
            "actor": actor,
            "data": dict(event.data),
            "sealed": {
                name: commitment(salts[name], name, value) for name, value in event.sealed.items()
            },
        }
        disclosed = {name: (salts[name], value) for name, value in event.sealed.items()}
        return self.take(canonical(body), body, disclosed)

    def take(
        self, line: bytes, body: Mapping[str, Any], disclosed: Mapping[str, tuple[str, Any]]
    ) -> Event:
        """Take a finished line, new or from another copy of the log, as the next one."""
        leaf = merkle.leaf_hash(line)
        seq, subject = self.size, body["subject"]
        self._events.append(
            {
                "seq": seq,
                "line": line,
                "leaf_hash": leaf,
                "type": body["type"],
                "subject": subject,
                "subject_seq": body["subject_seq"],
                "at": body["at"],
                "actor": body["actor"],
            }
        )
        self._disclosures.extend(
            {"seq": seq, "name": name, "salt": salt, "value": canonical(value).decode()}
            for name, (salt, value) in disclosed.items()
        )
        self._heads[subject] = Head(body["subject_seq"], leaf)
        self._grow(leaf)
        self._at = body["at"]
        return _event(body, {name: value for name, (_, value) in disclosed.items()})

    def check_follows(self, body: Mapping[str, Any]) -> None:
        """
        Refuse a line from elsewhere that does not follow the last one here.

        :raises HistoryBrokenError: naming the line and what does not fit
        """
        head = self._head(body["subject"])
        expected = {
            "v": VERSION,
            "log": self.log,
            "seq": self.size,
            "subject_seq": head.subject_seq + 1 if head else 0,
            "prev": f"sha256:{head.leaf_hash.hex()}" if head else None,
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
        self._session.execute(insert(LogEvent.__table__), self._events)  # type: ignore[attr-defined]
        if self._disclosures:
            self._session.execute(insert(Disclosure.__table__), self._disclosures)  # type: ignore[attr-defined]
        rows = [
            {"level": level, "index": index, "hash": value}
            for (level, index), value in self._nodes.items()
        ]
        if rows:
            self._session.execute(insert(Node.__table__), rows)  # type: ignore[attr-defined]
        self._events, self._disclosures, self._nodes, self._leaves = [], [], {}, {}
        if len(self._heads) > _MOST_HEADS:
            self._heads.clear()

    def _head(self, subject: str) -> Head | None:
        if subject not in self._heads:
            self._heads[subject] = head_of(self._session, subject)
        return self._heads[subject]

    def _grow(self, leaf: bytes) -> None:
        """Keep each complete subtree that this leaf closes; the leaves stand in the events."""
        self._leaves[self.size] = leaf
        level, index, value = 0, self.size, leaf
        while index & 1:
            value = merkle.node_hash(self._node(level, index - 1), value)
            level, index = level + 1, index >> 1
            self._nodes[level, index] = value
        self.size += 1

    def _node(self, level: int, index: int) -> bytes:
        found = self._leaves.get(index) if level == 0 else self._nodes.get((level, index))
        return found if found is not None else node(self._session, level, index)


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
    if level == 0:
        statement = select(LogEvent.leaf_hash).where(LogEvent.seq == index)
    else:
        statement = select(Node.hash).where(Node.level == level, Node.index == index)
    found: bytes = session.execute(statement).scalar_one()
    return found


def inclusion_proof(session: Session, seq: int, size: int) -> list[bytes]:
    """Return the audit path of an event in the tree over the first `size`."""
    return _with_nodes(session, lambda get: merkle.inclusion_proof(get, seq, size))


def consistency_proof(session: Session, old: int, new: int) -> list[bytes]:
    """Return the proof that the first `new` events begin with the first `old`."""
    return _with_nodes(session, lambda get: merkle.consistency_proof(get, old, new))


def _with_nodes(session: Session, prove: Callable[[merkle.Reader], list[bytes]]) -> list[bytes]:
    """Make a proof twice: first to see which subtrees it asks for, then with all of them read."""
    wanted: list[tuple[int, int]] = []

    def asked(level: int, index: int) -> bytes:
        wanted.append((level, index))
        return merkle.EMPTY_ROOT

    prove(asked)
    found = nodes(session, wanted)
    return prove(lambda level, index: found[level, index])


def nodes(session: Session, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Return the hashes of complete subtrees, a statement each for leaves and the others."""
    leaves = [index for level, index in wanted if level == 0]
    inner = [place for place in wanted if place[0]]
    found: dict[tuple[int, int], bytes] = {}
    if leaves:
        held = select(_EVENT.c.seq, _EVENT.c.leaf_hash).where(_EVENT.c.seq.in_(leaves))
        found |= {(0, row.seq): row.leaf_hash for row in session.execute(held)}
    if inner:
        given = {f"{name}{n}": part for n, at in enumerate(inner) for name, part in zip("li", at)}  # noqa: B905
        for row in session.execute(_nodes_query(len(inner)), given):
            found[row.level, row.index] = row.hash
    return found


@cache
def _nodes_query(count: int) -> TextClause:
    """Return the statement for so many subtrees; each is found by its key."""
    wanted = " OR ".join(f'(level = :l{n} AND "index" = :i{n})' for n in range(count))
    return text(f'SELECT level, "index", hash FROM log_node WHERE {wanted}').columns(  # noqa: S608
        level=Integer, index=Integer, hash=LargeBinary
    )


def root(session: Session, size: int) -> bytes:
    """Return the root of the tree over the first `size` events."""
    return merkle.root(lambda level, index: node(session, level, index), size)


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
    last = (
        select(LogEvent.subject, func.max(LogEvent.subject_seq).label("last"))
        .where(LogEvent.subject.in_(subjects))  # type: ignore[attr-defined]
        .group_by(LogEvent.subject)
        .subquery()
    )
    statement = select(LogEvent.subject, LogEvent.subject_seq, LogEvent.leaf_hash).join(
        last, (last.c.subject == LogEvent.subject) & (last.c.last == LogEvent.subject_seq)
    )
    return {row.subject: Head(row.subject_seq, row.leaf_hash) for row in session.execute(statement)}


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


def rows(session: Session, first: int, last: int | None) -> Iterator[LogEvent]:
    """Walk the log's rows by key, so that no cursor stays open between batches."""
    for batch in batches(session, first, last):
        yield from batch


def batches(session: Session, first: int, last: int | None) -> Iterator[Sequence[LogEvent]]:
    """Walk the log's rows by key, many at a time."""
    while last is None or first < last:
        statement = select(LogEvent).where(LogEvent.seq >= first)
        if last is not None:
            statement = statement.where(LogEvent.seq < last)
        found = session.execute(statement.order_by(LogEvent.seq).limit(BATCH)).scalars().all()
        if not found:
            return
        first = found[-1].seq + 1
        for row in found:
            session.expunge(row)
        yield found


def _opened(session: Session, rows: Sequence[LogEvent]) -> Iterator[Event]:
    if not rows:
        return
    disclosed: dict[int, dict[str, Any]] = {}
    wanted = [row.seq for row in rows]
    for start in range(0, len(wanted), BATCH):
        chunk = wanted[start : start + BATCH]
        found = session.execute(select(Disclosure).where(Disclosure.seq.in_(chunk))).scalars()
        for disclosure in found:
            values = disclosed.setdefault(disclosure.seq, {})
            values[disclosure.name] = parse(disclosure.value.encode())
            session.expunge(disclosure)
    for row in rows:
        yield _event(parse(row.line), disclosed.get(row.seq, {}))


def _event(body: Mapping[str, Any], disclosed: Mapping[str, Any]) -> Event:
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
