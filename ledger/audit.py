"""Whether the log in the database is whole: every hash, chain, commitment and signature anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from errors import SignatureInvalidError
from ledger import checkpoint, checkpoints, log, merkle
from ledger.canonical import CanonicalError, canonical, parse
from ledger.commitments import commitment
from ledger.models import Checkpoint, Disclosure, LogEvent, Node


def problems_of_log(session: Session) -> Iterator[str]:
    """Yield what is wrong with the log, each naming the place; nothing if it is whole."""
    leaves: list[bytes] = []
    heads: dict[str, tuple[int, bytes]] = {}
    last_at, own = "", log.log_id(session)
    for row in log.rows(session, 0, None):
        yield from _problems_of_event(row, len(leaves), own, heads, last_at)
        leaf = merkle.leaf_hash(row.line)
        leaves.append(leaf)
        heads[row.subject] = (row.subject_seq, leaf)
        last_at = row.at
    yield from _problems_of_nodes(session, leaves)
    yield from _problems_of_disclosures(session)
    yield from _problems_of_checkpoints(session, leaves)


def _problems_of_event(
    row: LogEvent, seq: int, own: str, heads: dict[str, tuple[int, bytes]], last_at: str
) -> Iterator[str]:
    where = f"log_event {row.seq}"
    if row.seq != seq:
        yield f"{where}: event {seq} is missing"
    try:
        body = parse(row.line)
        if canonical(body) != row.line:
            yield f"{where}: the line is not canonical"
    except CanonicalError as error:
        yield f"{where}: {error}"
        return
    if merkle.leaf_hash(row.line) != row.leaf_hash:
        yield f"{where}: the leaf hash is not that of the line"
    columns = {name: getattr(row, name) for name in ("seq", "type", "subject", "subject_seq")}
    columns |= {"at": row.at, "actor": row.actor, "log": own, "v": log.VERSION}
    for name, value in columns.items():
        if body.get(name) != value:
            yield f"{where}: {name} is {value!r} in the table and {body.get(name)!r} in the line"
    head = heads.get(row.subject)
    if body.get("subject_seq") != (head[0] + 1 if head else 0):
        yield f"{where}: subject_seq does not follow"
    if body.get("prev") != (f"sha256:{head[1].hex()}" if head else None):
        yield f"{where}: prev is not the hash of the subject's last event"
    if row.at < last_at:
        yield f"{where}: it is older than the event before"


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


def _problems_of_disclosures(session: Session) -> Iterator[str]:
    statement = (
        select(Disclosure, LogEvent.line)
        .join(LogEvent, LogEvent.seq == Disclosure.seq)
        .order_by(Disclosure.seq, Disclosure.name)
        .execution_options(yield_per=log.BATCH)
    )
    for disclosure, line in session.execute(statement):
        sealed = parse(line).get("sealed", {})
        value = parse(disclosure.value.encode())
        if sealed.get(disclosure.name) != commitment(disclosure.salt, disclosure.name, value):
            yield (
                f"log_disclosure {disclosure.seq}/{disclosure.name}: "
                "the value is not the one that was committed to"
            )


def _problems_of_checkpoints(session: Session, leaves: Sequence[bytes]) -> Iterator[str]:
    keys = checkpoints.known_keys(session)
    node = None
    for kept in session.execute(select(Checkpoint).order_by(Checkpoint.size)).scalars():
        where = f"log_checkpoint {kept.size}"
        try:
            note = checkpoint.parse_note(kept.note)
            checkpoint.verify(note, keys)
        except SignatureInvalidError as error:
            yield f"{where}: {error}"
            continue
        if note.size != kept.size or note.size > len(leaves):
            yield f"{where}: the log has {len(leaves)} events, the note says {note.size}"
            continue
        node = node or _reader(leaves)
        if merkle.root(node, note.size) != note.root:
            yield f"{where}: the root is not that of the log"


def _reader(leaves: Sequence[bytes]) -> merkle.NodeReader:
    """Return a reader over all subtrees, computed once."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append(
            [merkle.node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
        )
    return lambda level, index: levels[level][index]
