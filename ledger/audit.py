"""Whether the log in the database is whole: every hash, chain, commitment and signature anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from errors import SignatureInvalidError
from ledger import checkpoint, log, merkle, signers, withholding
from ledger.canonical import CanonicalError, canonical, parse
from ledger.checkpoint import Note
from ledger.commitments import commitment
from ledger.models import Absent, Checkpoint, Disclosure, LogEvent, LogKey, Node

Value = tuple[int, str]


class _Walk:
    """What is known of the log while its events come by."""

    def __init__(self, session: Session) -> None:
        self.log = log.log_id(session)
        self.leaves: list[bytes] = []
        self.heads: dict[str, tuple[int, bytes]] = {}
        self.at = ""
        #: Sizes that a checkpoint was signed over, and the time of each.
        self.checkpoints: dict[int, str] = {}
        self.signers = signers.Signers()
        self.gone = withholding.withheld(session)
        rows = session.execute(select(Absent.seq, Absent.name))  # type: ignore[call-overload]
        self.absent = {(row.seq, row.name) for row in rows}


def problems_of_log(session: Session) -> Iterator[str]:
    """Yield what is wrong with the log, each naming the place; nothing if it is whole."""
    walk = _Walk(session)
    for rows in log.batches(session, 0, None):
        values = _values(session, rows)
        for row in rows:
            yield from _problems_of_event(row, walk, values.pop(row.seq, {}))
    yield from _problems_of_orphans(session, walk)
    yield from _problems_of_nodes(session, walk.leaves)
    yield from _problems_of_keys(session, walk)
    yield from _problems_of_checkpoints(session, walk)


def _values(session: Session, rows: Sequence[LogEvent]) -> dict[int, dict[str, tuple[str, str]]]:
    statement = select(Disclosure).where(
        Disclosure.seq >= rows[0].seq, Disclosure.seq <= rows[-1].seq
    )
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for kept in session.execute(statement).scalars():
        found.setdefault(kept.seq, {})[kept.name] = (kept.salt, kept.value)
        session.expunge(kept)
    return found


def _problems_of_event(
    row: LogEvent, walk: _Walk, values: Mapping[str, tuple[str, str]]
) -> Iterator[str]:
    where, seq = f"log_event {row.seq}", len(walk.leaves)
    if row.seq != seq:
        yield f"{where}: event {seq} is missing"
    line = row.line if isinstance(row.line, bytes) else str(row.line).encode()
    leaf = merkle.leaf_hash(line)
    walk.leaves.append(leaf)
    if leaf != row.leaf_hash:
        yield f"{where}: the leaf hash is not that of the line"
    try:
        body = parse(line)
        if canonical(body) != line:
            yield f"{where}: the line is not canonical"
        yield from _problems_of_body(where, row, body, walk)
        yield from _problems_of_values(body, walk, values)
        walk.signers.see(body)
        if body["type"] == log.HEADS:
            walk.checkpoints[body["seq"] + 1] = body["at"]
        walk.heads[body["subject"]] = (body["subject_seq"], leaf)
        walk.at = max(walk.at, body["at"])
    except (CanonicalError, KeyError, TypeError, AttributeError) as error:
        yield f"{where}: the line cannot be read: {error}"


def _problems_of_body(
    where: str, row: LogEvent, body: Mapping[str, Any], walk: _Walk
) -> Iterator[str]:
    columns = {name: getattr(row, name) for name in ("seq", "type", "subject", "subject_seq")}
    columns |= {"at": row.at, "actor": row.actor, "log": walk.log, "v": log.VERSION}
    for name, value in columns.items():
        if body.get(name) != value:
            yield f"{where}: {name} is {value!r} in the table and {body.get(name)!r} in the line"
    head = walk.heads.get(body["subject"])
    if body.get("subject_seq") != (head[0] + 1 if head else 0):
        yield f"{where}: subject_seq does not follow"
    if body.get("prev") != (f"sha256:{head[1].hex()}" if head else None):
        yield f"{where}: prev is not the hash of the subject's last event"
    if body["at"] < walk.at:
        yield f"{where}: it is older than the event before"


def _problems_of_values(
    body: Mapping[str, Any], walk: _Walk, values: Mapping[str, tuple[str, str]]
) -> Iterator[str]:
    seq, sealed = body["seq"], body["sealed"]
    for name, (salt, value) in values.items():
        where = f"log_disclosure {seq}/{name}"
        if (seq, name) in walk.gone:
            yield f"{where}: the value is here although it was erased"
        elif not _opens(sealed.get(name), salt, name, value):
            yield f"{where}: the value is not the one that was committed to"
    for name in sealed:
        place = (seq, name)
        if name in values or place in walk.gone:
            continue
        if place not in walk.absent:
            yield f"log_disclosure {seq}/{name}: the value is gone, and nobody erased it"
        walk.absent.discard(place)


def _opens(expected: str | None, salt: str, name: str, value: str) -> bool:
    try:
        parsed = parse(value.encode())
        is_written_so = canonical(parsed).decode() == value
        return is_written_so and commitment(salt, name, parsed) == expected
    except (CanonicalError, UnicodeEncodeError, AttributeError):
        return False


def _problems_of_orphans(session: Session, walk: _Walk) -> Iterator[str]:
    """Yield values beside the log that no event of it sealed."""
    size = len(walk.leaves)
    statement = select(Disclosure.seq, Disclosure.name).where(
        (Disclosure.seq >= size) | (Disclosure.seq < 0)
    )
    for seq, name in session.execute(statement):
        yield f"log_disclosure {seq}/{name}: there is no such event"
    for seq, name in sorted(walk.absent - walk.gone):
        yield f"log_absent {seq}/{name}: the value is not absent"


def _problems_of_nodes(session: Session, leaves: Sequence[bytes]) -> Iterator[str]:
    """Compare the stored subtrees with those that the leaves give."""
    level, hashes = 0, list(leaves)
    while len(hashes) > 1:
        level += 1
        hashes = [
            merkle.node_hash(hashes[index], hashes[index + 1])
            for index in range(0, len(hashes) - 1, 2)
        ]
        statement = select(Node.index, Node.hash).where(Node.level == level)
        stored = {row.index: row.hash for row in session.execute(statement)}
        for index, expected in enumerate(hashes):
            if stored.pop(index, None) != expected:
                yield f"log_node {level}/{index}: the hash is not that of its leaves"
        for index in stored:
            yield f"log_node {level}/{index}: there is no such subtree"
    beyond = select(Node.level, Node.index).where((Node.level > level) | (Node.level < 1))
    for found, index in session.execute(beyond):
        yield f"log_node {found}/{index}: there is no such subtree"


def _problems_of_keys(session: Session, walk: _Walk) -> Iterator[str]:
    expected = {signer.vkey: (signer.added, signer.revoked) for signer in walk.signers.all()}
    for row in session.execute(select(LogKey).order_by(LogKey.vkey)).scalars():
        if expected.pop(row.vkey, None) != (row.added_seq, row.revoked_seq):
            yield f"log_key {row.vkey}: the log says otherwise"
    for vkey in expected:
        yield f"log_key {vkey}: the row is missing"


def _problems_of_checkpoints(session: Session, walk: _Walk) -> Iterator[str]:
    notes: list[Note] = []
    node = merkle.reader_of(walk.leaves)
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
        if note.size != kept.size or note.size > len(walk.leaves):
            yield f"{where}: the log has {len(walk.leaves)} events, the note says {note.size}"
        elif merkle.root(node, note.size) != note.root:
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
