"""
Increments: what changed between two exports, so that the later one can be made of the earlier.

An increment is a bag that says, file by file, which lines to copy from the earlier export and
which are new, with the script that does it (`apply.py`). What it gives is the later export, byte
for byte. Memory holds eight bytes for each line of the largest file.
"""

from __future__ import annotations

import hashlib
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from archive.bag import Bag, open_bag, write_bag
from archive.describing import HERE
from ledger.canonical import canonical

FORMAT = "dateline-increment/1"

#: Files that are compared by the line; others are carried whole where they differ.
_BY_LINE = (".ndjson", "manifest-sha256.txt")

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Increment:
    """What an increment is: the digests of the exports that it leads from and to, its size."""

    base: str
    target: str
    bytes: int


def write_increment(base: Path, target: Path, path: Path, *, most: int) -> Increment:
    """
    Write what leads from one export to another.

    :raises ArchiveError: if one of them is not a whole bag
    """
    with (
        open_bag(base, max_bytes=most) as old,
        open_bag(target, max_bytes=most) as new,
        tempfile.TemporaryDirectory(prefix="dateline-") as folder,
    ):
        plan = _Plan(old, new, Path(folder))
        head = {
            "format": FORMAT,
            "base": digest_of(base),
            "target": digest_of(target),
            "folder": new.folder,
        }
        steps = [head, *plan.steps()]
        members: dict[str, Iterable[bytes] | bytes] = {
            "data/steps.ndjson": [canonical(step) + b"\n" for step in steps],
            "data/apply.py": (HERE / "apply.py").read_bytes(),
            "data/zip_writing.py": (HERE / "zip_writing.py").read_bytes(),
            "data/README.txt": (HERE / "INCREMENT.txt").read_bytes(),
        }
        members |= {f"data/{name}": content() for name, content in plan.carried.items()}
        info = {**new.info, "External-Description": _told(old, new)}
        info.pop("Payload-Oxum", None)
        write_bag(path, f"{new.folder}-increment", sorted(members.items()), info)
    return Increment(str(head["base"]), str(head["target"]), path.stat().st_size)


def _told(old: Bag, new: Bag) -> str:
    first, last = (bag.info.get("External-Identifier", "?") for bag in (old, new))
    return f"Increment from {first} to {last}"


class _Plan:
    """The steps from one bag to another, and the contents that they carry."""

    def __init__(self, old: Bag, new: Bag, folder: Path) -> None:
        self._old, self._new, self._folder = old, new, folder
        self.carried: dict[str, Callable[[], Iterator[bytes]]] = {}

    def steps(self) -> Iterator[dict[str, Any]]:
        """Yield a step for each file, in the order in which they are written."""
        held = set(self._old.names())
        for path in self._new.in_order():
            if path in held and self._is_same(path):
                yield {"path": path, "same": True}
            elif path in held and path.endswith(_BY_LINE):
                yield self._by_line(path)
            else:
                name = self._name()
                self.carried[name] = lambda path=path: self._new.stream(path)  # type: ignore[misc]
                yield {"path": path, "new": name}

    def _name(self) -> str:
        return f"new/{len(self.carried):06}"

    def _is_same(self, path: str) -> bool:
        ours, theirs = self._old.digests.get(path), self._new.digests.get(path)
        if ours is not None or theirs is not None:
            return ours == theirs
        return self._old.read(path) == self._new.read(path)

    def _by_line(self, path: str) -> dict[str, Any]:
        """Keep the new lines in a file, and say which old ones come between them."""
        name = self._name()
        kept = self._folder / name.rpartition("/")[2]
        ranges: list[list[int]] = []
        with kept.open("wb") as file:
            for first, last, fresh in _matched(self._old, self._new, path, file):
                ranges.append([first, last, fresh])
        self.carried[name] = lambda: _chunks(kept)
        return {"path": path, "new": name, "lines": ranges}


def _matched(old: Bag, new: Bag, path: str, file: BinaryIO) -> Iterator[tuple[int, int, int]]:
    """
    Yield `(first, last, fresh)`: copy the old lines from first up to last, then so many new ones.

    Lines stand in the same order in both, so each is looked for after the one before.
    """
    index = _Index(old.lines(path))
    lines = enumerate(old.lines(path))
    first = last = fresh = at = 0
    for line in new.lines(path):
        place = index.after(line, at)
        found = None
        if place >= 0:
            found = next((held for number, held in lines if number == place), None)
        if found == line:
            if fresh or place != last:
                if last > first or fresh:
                    yield first, last, fresh
                first, fresh = place, 0
            at = last = place + 1
            continue
        at = place + 1 if found is not None else at
        fresh += 1
        file.write(line + b"\n")
    if last > first or fresh:
        yield first, last, fresh


class _Index:
    """Where lines stand, by eight bytes of their digest."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        rows = sorted((_short(line), number) for number, line in enumerate(lines))
        self._digests = array("Q", (digest for digest, _ in rows))
        self._places = array("Q", (number for _, number in rows))

    def after(self, line: bytes, at: int) -> int:
        """Return the first place of a line from one on, -1 if there is none."""
        digest = _short(line)
        place = bisect_left(self._digests, digest)
        while place < len(self._digests) and self._digests[place] == digest:
            if self._places[place] >= at:
                return self._places[place]
            place += 1
        return -1


def _short(line: bytes) -> int:
    return int.from_bytes(hashlib.sha256(line).digest()[:8], "big")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    found = hashlib.sha256()
    for chunk in _chunks(path):
        found.update(chunk)
    return found.hexdigest()
