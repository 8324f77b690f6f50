"""
Whether the log in the database is whole: every hash, chain, commitment and signature anew.

Events, values and subtrees are walked in batches, so memory does not grow with the log. What stands
before an event in its subject's chain is looked up by its number: two events cannot share one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from errors import SignatureInvalidError
from ledger import checkpoint, kept_heads, lines, log, merkle, signers, withholding
from ledger.canonical import CanonicalError, parse, parse_canonical
from ledger.checkpoint import Note
from ledger.commitments import commitment_to, written
from ledger.events import Event
from ledger.head_pages import HeadPages, Pages, PagesInMemory
from ledger.heads import Head
from ledger.models import Absent, Checkpoint, Disclosure, LogEvent, LogKey, Node
from ledger.statements import fetch

#: What stands before each event of a stretch in its subject's chain.
_BEFORE = """
SELECT e.seq, p.seq, p.leaf_hash FROM log_event AS e
JOIN log_event AS p ON p.subject = e.subject AND p.subject_seq = e.subject_seq - 1
WHERE e.seq >= ? AND e.seq <= ?
"""


class _Walk:
    """What is known of the log while its events come by."""

    def __init__(self, session: Session, pages: Pages) -> None:
        self.log = log.log_id(session)
        self.pages = pages
        #: Heads that are not in the map yet, and the last event that commits to one.
        self.moved: dict[str, Head] = {}
        self.last_heads = kept_heads.last(session)
        self.tree = merkle.Frontier()
        #: The root at each size that there is a checkpoint of.
        self.roots = dict.fromkeys(session.execute(select(Checkpoint.size)).scalars(), b"")
        #: Leaf hashes of the batch at hand.
        self.leaves: list[bytes] = []
        #: Events of the batch, opened.
        self.events: list[Event] = []
        #: The leaf hash before each event of the batch in its subject's chain.
        self.before: dict[int, bytes] = {}
        self.at = ""
        #: Sizes that a checkpoint was signed over, and the time of each.
        self.checkpoints: dict[int, str] = {}
        self.signers = signers.Signers()
        self.gone = withholding.withheld(session)
        rows = session.execute(select(Absent.seq, Absent.name))  # type: ignore[call-overload]
        self.absent = {(row.seq, row.name) for row in rows}

    @property
    def size(self) -> int:
        """Count the events that came by."""
        return self.tree.size + len(self.leaves)

    def grow(self) -> list[merkle.Node]:
        """Put the batch's leaves into the tree; lists the subtrees that are complete now."""
        grown: list[merkle.Node] = []
        start, first = 0, self.tree.size
        wanted = [size for size in self.roots if first < size <= self.size]
        for size in [*sorted(wanted), self.size]:
            grown += self.tree.extend(self.leaves[start : size - first])
            start = size - first
            if size in self.roots:
                self.roots[size] = self.tree.root()
        self.leaves = []
        return grown


def problems_of_log(session: Session) -> Iterator[str]:
    """Yield what is wrong with the log, each naming the place; nothing if it is whole."""
    for found, _ in walk(session):
        yield from found


def walk(session: Session, pages: Pages | None = None) -> Iterator[tuple[list[str], list[Event]]]:
    """
    Yield the log a stretch at a time: what is wrong there, each naming the place, and its events.

    The events are all there, their values opened, as long as nothing was wrong.

    :param pages: where to make the map of heads anew; in memory by default
    """
    state = _Walk(session, PagesInMemory() if pages is None else pages)
    for rows in log.batches(session, 0, None):
        yield list(_problems_of_batch(session, rows, state)), state.events
        state.events = []
    yield list(_problems_beside_events(session, state)), []


def _problems_of_batch(session: Session, rows: Sequence[Row[Any]], walk: _Walk) -> Iterator[str]:
    values = _values(session, rows)
    before = fetch(session, _BEFORE, (rows[0].seq, rows[-1].seq))
    walk.before = {seq: leaf for seq, earlier, leaf in before if earlier < seq}
    for row in rows:
        yield from _problems_of_event(row, walk, values.pop(row.seq, {}))
    yield from _problems_of_nodes(session, walk.grow())


def _problems_beside_events(session: Session, walk: _Walk) -> Iterator[str]:
    yield from _problems_of_orphans(session, walk)
    yield from _problems_of_other_nodes(session, walk.size)
    yield from _problems_of_heads(session, walk.pages)
    yield from _problems_of_keys(session, walk)
    yield from _problems_of_checkpoints(session, walk)


def _values(session: Session, rows: Sequence[Row[Any]]) -> dict[int, dict[str, tuple[str, str]]]:
    statement = "SELECT seq, name, salt, value FROM log_disclosure WHERE seq >= ? AND seq <= ?"
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for seq, name, salt, value in fetch(session, statement, (rows[0].seq, rows[-1].seq)):
        found.setdefault(seq, {})[name] = (salt, value)
    return found


def _problems_of_event(
    row: Row[Any], walk: _Walk, values: Mapping[str, tuple[str, str]]
) -> Iterator[str]:
    where, seq = f"log_event {row.seq}", walk.size
    if row.seq != seq:
        yield f"{where}: event {seq} is missing"
    line = row.line if isinstance(row.line, bytes) else str(row.line).encode()
    leaf = merkle.leaf_hash(line)
    walk.leaves.append(leaf)
    if leaf != row.leaf_hash:
        yield f"{where}: the leaf hash is not that of the line"
    try:
        body, is_canonical = _read(line)
        if not is_canonical:
            yield f"{where}: the line is not canonical"
        yield from _problems_of_body(where, row, body, walk)
        opened: dict[str, Any] = {}
        yield from _problems_of_values(body, walk, values, opened)
        walk.events.append(log.event_of(body, opened))
        walk.signers.see(body)
        yield from _problems_of_commitment(where, body, leaf, walk)
        if body["type"] == log.HEADS:
            walk.checkpoints[body["seq"] + 1] = body["at"]
        walk.at = max(walk.at, body["at"])
    except (CanonicalError, KeyError, TypeError, AttributeError) as error:
        yield f"{where}: the line cannot be read: {error}"


def _problems_of_commitment(
    where: str, body: Mapping[str, Any], leaf: bytes, walk: _Walk
) -> Iterator[str]:
    """Follow the heads of all chains, and compare them with what an event commits to."""
    if body["subject"] != walk.log:
        walk.moved[body["subject"]] = (body["subject"], body["subject_seq"], leaf)
    is_commitment = body["type"] == log.HEADS
    if is_commitment or (len(walk.moved) >= kept_heads.STRETCH and body["seq"] < walk.last_heads):
        heads = HeadPages(walk.pages, is_own=True)
        heads.change(walk.moved.values())
        walk.moved.clear()
        if is_commitment and not kept_heads.is_committed(body["data"], heads.root()):
            yield f"{where}: it commits to other heads than the chains before have"


def _read(line: bytes) -> tuple[Any, bool]:
    """Read a line; says also whether it is written as it must be."""
    try:
        return parse_canonical(line), True
    except CanonicalError:
        return parse(line), False


def _problems_of_body(
    where: str, row: Row[Any], body: Mapping[str, Any], walk: _Walk
) -> Iterator[str]:
    columns = {name: getattr(row, name) for name in ("seq", "type", "subject", "subject_seq")}
    columns |= {"at": row.at, "actor": row.actor, "log": walk.log, "v": lines.VERSION}
    for name, value in columns.items():
        if body.get(name) != value:
            yield f"{where}: {name} is {value!r} in the table and {body.get(name)!r} in the line"
    before = walk.before.get(row.seq)
    if before is None and body.get("subject_seq") != 0:
        yield f"{where}: subject_seq does not follow"
    if body.get("prev") != (f"sha256:{before.hex()}" if before is not None else None):
        yield f"{where}: prev is not the hash of the subject's last event"
    if body["at"] < walk.at:
        yield f"{where}: it is older than the event before"


def _problems_of_values(
    body: Mapping[str, Any],
    walk: _Walk,
    values: Mapping[str, tuple[str, str]],
    opened: dict[str, Any],
) -> Iterator[str]:
    """Yield what is wrong with an event's values; those that are what they must be are opened."""
    seq, sealed = body["seq"], body["sealed"]
    for name, (salt, value) in values.items():
        where = f"log_disclosure {seq}/{name}"
        if (seq, name) in walk.gone:
            yield f"{where}: the value is here although it was erased"
            continue
        try:
            opened[name] = _open(sealed.get(name), salt, name, value)
        except (ValueError, TypeError, AttributeError):
            yield f"{where}: the value is not the one that was committed to"
    for name in sealed:
        place = (seq, name)
        if name in values or place in walk.gone:
            continue
        if place not in walk.absent:
            yield f"log_disclosure {seq}/{name}: the value is gone, and nobody erased it"
        walk.absent.discard(place)


def _open(expected: str | None, salt: str, name: str, value: str) -> Any:
    """
    Return a value as it was committed to.

    :raises ValueError: if it is another one, or written in another way
    """
    text = value.encode()
    found = orjson.loads(text)
    if written(found) != text or commitment_to(salt, name, text) != expected:
        raise ValueError("The commitment is to something else.")
    return found


def _problems_of_orphans(session: Session, walk: _Walk) -> Iterator[str]:
    """Yield values beside the log that no event of it sealed."""
    size = walk.size
    statement = select(Disclosure.seq, Disclosure.name).where(
        (Disclosure.seq >= size) | (Disclosure.seq < 0)
    )
    for seq, name in session.execute(statement):
        yield f"log_disclosure {seq}/{name}: there is no such event"
    for seq, name in sorted(walk.absent - walk.gone):
        yield f"log_absent {seq}/{name}: the value is not absent"


def _problems_of_nodes(session: Session, grown: Sequence[merkle.Node]) -> Iterator[str]:
    """Compare stored subtrees with those that the leaves give."""
    ranges: dict[int, list[int]] = {}
    for level, index, _ in grown:
        if level:
            ends = ranges.setdefault(level, [index, index])
            ends[0], ends[1] = min(ends[0], index), max(ends[1], index)
    statement = (
        'SELECT "index", hash FROM log_node WHERE level = ? AND "index" >= ? AND "index" <= ?'
    )
    stored = {
        (level, index): value
        for level, ends in ranges.items()
        for index, value in fetch(session, statement, (level, *ends))
    }
    for level, index, expected in grown:
        if level and stored.get((level, index)) != expected:
            yield f"log_node {level}/{index}: the hash is not that of its leaves"


def _problems_of_other_nodes(session: Session, size: int) -> Iterator[str]:
    """Yield subtrees that a log of this size does not have."""
    levels = range(1, size.bit_length())
    for level in levels:
        beyond = 'SELECT "index" FROM log_node WHERE level = ? AND ("index" < 0 OR "index" >= ?)'
        for (index,) in fetch(session, beyond, (level, size >> level)):
            yield f"log_node {level}/{index}: there is no such subtree"
    statement = select(Node.level, Node.index).where(
        (Node.level >= max(levels.stop, 1)) | (Node.level < 1)
    )
    for found, index in session.execute(statement):
        yield f"log_node {found}/{index}: there is no such subtree"


def _problems_of_heads(session: Session, pages: Pages) -> Iterator[str]:
    """Compare the pages of the map of heads with those that the log gives."""
    expected, held = pages.all(), kept_heads.PagesInTable(session).all()
    left, right = next(expected, None), next(held, None)
    while left or right:
        if left is None or (right is not None and right[0] < left[0]):
            yield f"log_head_page {right and right[0]}: there is no such page"
            right = next(held, None)
            continue
        where = f"log_head_page {left[0]}"
        if right is None or left[0] < right[0]:
            yield f"{where}: the page is missing"
        else:
            if left != right:
                yield f"{where}: the heads are not those of the chains"
            right = next(held, None)
        left = next(expected, None)


def _problems_of_keys(session: Session, walk: _Walk) -> Iterator[str]:
    expected = {signer.vkey: (signer.added, signer.revoked) for signer in walk.signers.all()}
    for row in session.execute(select(LogKey).order_by(LogKey.vkey)).scalars():
        if expected.pop(row.vkey, None) != (row.added_seq, row.revoked_seq):
            yield f"log_key {row.vkey}: the log says otherwise"
    for vkey in expected:
        yield f"log_key {vkey}: the row is missing"


def _problems_of_checkpoints(session: Session, walk: _Walk) -> Iterator[str]:
    notes: list[Note] = []
    due = dict(walk.checkpoints)
    for kept in session.execute(select(Checkpoint).order_by(Checkpoint.size)).scalars():
        where = f"log_checkpoint {kept.size}"
        if due.pop(kept.size, None) != kept.signed_at:
            yield f"{where}: the log says that it was signed at another time, or never"
        try:
            note = checkpoint.parse_note(kept.note)
        except SignatureInvalidError as error:
            yield f"{where}: {error}"
            continue
        if note.size != kept.size or note.size > walk.size:
            yield f"{where}: the log has {walk.size} events, the note says {note.size}"
        elif walk.roots[note.size] != note.root:
            yield f"{where}: the root is not that of the log"
        else:
            yield from _problems_of_signature(where, note, walk)
            notes.append(note)
    for size in due:
        yield f"log_checkpoint {size}: the row is missing"
    if notes:
        try:
            walk.signers.check(notes)
        except SignatureInvalidError as error:
            yield f"log_checkpoint: {error}"


def _problems_of_signature(where: str, note: Note, walk: _Walk) -> Iterator[str]:
    """Check every signature, also where another one would do."""
    known = {signer.vkey for signer in walk.signers.all()}
    try:
        signed = [vkey for vkey in known if checkpoint.is_signed_by(note, vkey)]
    except SignatureInvalidError as error:
        yield f"{where}: {error}"
        return
    if len(signed) != len(note.signatures):
        yield f"{where}: a signature is not by a key of this log"


def event_count(session: Session) -> int:
    """Count the events of the log."""
    return session.execute(select(func.count()).select_from(LogEvent)).scalar_one()
