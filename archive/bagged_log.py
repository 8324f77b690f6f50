"""
The history in a bag, read before anything is kept: lines, root, checkpoints, signatures.

Nothing here touches the database. What only a subject's earlier events can show, the chains, is
checked when the lines are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.bag import Bag
from errors import HistoryBrokenError
from ledger import checkpoint, lines, log
from ledger.canonical import CanonicalError, parse_canonical
from ledger.checkpoint import Note
from ledger.commitments import commitment
from ledger.merkle import Frontier, leaf_hash
from ledger.signers import Signers

EVENTS = "data/log/events.ndjson"
DISCLOSURES = "data/log/disclosures.ndjson"
CHECKPOINT = "data/log/checkpoint.txt"
EARLIER = "data/log/checkpoints/"

_TEXTS = ("log", "type", "at", "subject", "actor")
_LONGEST = {"type": 40, "at": 27, "subject": 36, "actor": 36, "log": 36}

#: A sealed value as disclosed: its salt, and itself.
Opened = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint in a bag: its note as read, its exact text, and the time of its last event."""

    path: str
    note: Note
    text: str


@dataclass(frozen=True, slots=True)
class History:
    """A log whose lines give the roots that trusted keys signed."""

    log: str
    origin: str
    size: int
    root: bytes
    checkpoints: Sequence[Kept]
    vkeys: Sequence[str]
    #: The root at each size that was asked about.
    roots: Mapping[int, bytes]

    @property
    def newest(self) -> Kept:
        """Return the checkpoint over all of it."""
        return self.checkpoints[0]


def read_history(bag: Bag, *, trusted: Sequence[str] = (), sizes: Iterable[int] = ()) -> History:
    """
    Check a bag's log.

    :param trusted: keys known from elsewhere; without any, the log's first key
    :param sizes: further sizes whose roots are wanted
    :raises HistoryBrokenError: if lines do not follow or do not give a root
    :raises SignatureInvalidError: if no trusted key signed the newest checkpoint
    """
    kept = _checkpoints(bag)
    wanted = {found.note.size for found in kept} | set(sizes)
    reader = _Reader(wanted)
    for line in bag.lines(EVENTS):
        reader.take(line)
    newest = kept[0].note
    # A signature that does not hold says more than what was made of the lines below it.
    reader.signers.check([found.note for found in kept], trusted)
    if reader.size != newest.size:
        raise HistoryBrokenError(
            f"The log has {reader.size} lines; its checkpoint was signed over {newest.size}."
        )
    for found in kept:
        if reader.roots.get(found.note.size) != found.note.root:
            raise HistoryBrokenError(
                f"{found.path}: the log's lines do not give the root that was signed."
            )
    missing = reader.due - {found.note.size for found in kept}
    if missing:
        raise HistoryBrokenError(f"The checkpoint of size {min(missing)} is missing.")
    vkeys = [signer.vkey for signer in reader.signers.all()]
    return History(reader.log, newest.origin, reader.size, newest.root, kept, vkeys, reader.roots)


def _checkpoints(bag: Bag) -> list[Kept]:
    paths = [CHECKPOINT, *(path for path in bag.names() if path.startswith(EARLIER))]
    found = []
    for path in paths:
        try:
            text = bag.read(path).decode("utf-8")
        except UnicodeDecodeError as error:
            raise HistoryBrokenError(f"{path} is not UTF-8.") from error
        found.append(Kept(path, checkpoint.parse_note(text), text))
    return found


class _Reader:
    """What is known of a log while its lines come by."""

    def __init__(self, wanted: set[int]) -> None:
        self.log = ""
        self.signers = Signers()
        #: Sizes that a checkpoint was signed over, by what the log says.
        self.due: set[int] = set()
        self._frontier = Frontier()
        self._wanted = wanted
        self._at = ""
        self.roots = {0: self._frontier.root()} if 0 in wanted else {}

    @property
    def size(self) -> int:
        return self._frontier.size

    def take(self, line: bytes) -> None:
        seq = self.size
        body = body_of(line, seq)
        self.log = self.log or body["log"]
        for name, value in {"v": lines.VERSION, "log": self.log, "seq": seq}.items():
            if body[name] != value:
                raise HistoryBrokenError(
                    f"Line {seq} of the log has {name} {body[name]!r}; {value!r} follows."
                )
        if body["at"] < self._at:
            raise HistoryBrokenError(f"Line {seq} of the log is older than the one before.")
        self._at = body["at"]
        self.signers.see(body)
        self._frontier.append(leaf_hash(line))
        if body["type"] == log.HEADS:
            self.due.add(self.size)
        if self.size in self._wanted:
            self.roots[self.size] = self._frontier.root()


def body_of(line: bytes, seq: int) -> dict[str, Any]:
    """
    Read a line of the log.

    :raises HistoryBrokenError: if it is not one
    """
    try:
        body: dict[str, Any] = parse_canonical(line)
        fits = all(type(body[name]) is str for name in _TEXTS)
        fits = fits and all(len(body[name]) <= most for name, most in _LONGEST.items())
        fits = fits and all(type(body[name]) is int for name in ("v", "seq", "subject_seq"))
        fits = fits and isinstance(body["data"], dict) and isinstance(body["sealed"], dict)
        fits = fits and (body["prev"] is None or isinstance(body["prev"], str)) and len(body) == 11
        if fits:
            return body
    except (CanonicalError, KeyError, TypeError) as error:
        raise HistoryBrokenError(f"Line {seq} of the log cannot be read: {error}") from error
    raise HistoryBrokenError(f"Line {seq} of the log is not an event.")


def disclosed_by_event(bag: Bag) -> Iterator[dict[str, Opened]]:
    """
    Yield, for each event in turn and without end, the values that are disclosed about it.

    :raises HistoryBrokenError: naming the line that cannot be read or is out of order
    """
    seq, waiting = 0, {}
    last: tuple[int, str] = (-1, "")
    for number, line in enumerate(bag.lines(DISCLOSURES), start=1):
        place, salt, name, value = _disclosure(line, number)
        if (place, name) <= last:
            raise HistoryBrokenError(f"{DISCLOSURES} line {number}: it is out of order.")
        last = place, name
        while seq < place:
            yield waiting
            seq, waiting = seq + 1, {}
        waiting[name] = (salt, value)
    yield waiting
    while True:
        yield {}


def _disclosure(line: bytes, number: int) -> tuple[int, str, str, Any]:
    try:
        place, salt, name, value = parse_canonical(line)
        fits = type(place) is int and type(salt) is str and type(name) is str
        if fits and len(name) <= 60 and len(salt) == 32:
            return place, salt, name, value
    except (CanonicalError, ValueError, TypeError) as error:
        raise HistoryBrokenError(f"{DISCLOSURES} line {number} cannot be read: {error}") from error
    raise HistoryBrokenError(f"{DISCLOSURES} line {number} is not a disclosure.")


def check_opens(body: Mapping[str, Any], disclosed: Mapping[str, Opened]) -> None:
    """
    Refuse disclosed values that are not the ones that an event committed to.

    :raises HistoryBrokenError: naming the value
    """
    for name, (salt, value) in disclosed.items():
        if body["sealed"].get(name) != commitment(salt, name, value):
            raise HistoryBrokenError(
                f"The value {name} of event {body['seq']} is not the one that was committed to."
            )
