#!/usr/bin/env python3
"""Make a later export of an earlier one and an increment, with Python's standard library alone.

    python apply.py EARLIER.zip INCREMENT.zip LATER.zip

The result is the later export byte for byte, which is checked before it gets its name. The file
zip_writing.py lies beside this one.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

try:
    from archive.zip_writing import ZipWriter
except ImportError:
    # Inside an increment the two lie side by side.
    from zip_writing import ZipWriter  # type: ignore[no-redef]

CHUNK = 1 << 20


class NotApplicableError(Exception):
    """The increment does not lead from this export; the message says why."""


class Zip:
    """A bag in a zip, read by path."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        self._prefix = self._zip.namelist()[0].split("/")[0] + "/"

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield a member's bytes in pieces."""
        with self._zip.open(self._prefix + path) as member:
            while chunk := member.read(CHUNK):
                yield chunk

    def lines(self, path: str) -> Iterator[bytes]:
        """Yield a member's lines with their line feeds."""
        rest = b""
        for chunk in self.chunks(path):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from (line + b"\n" for line in whole)
        if rest:
            yield rest


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def content_of(step: dict[str, Any], base: Zip, increment: Zip) -> Iterator[bytes]:
    """Yield the bytes of one file of the later export."""
    if step.get("same"):
        yield from base.chunks(step["path"])
    elif "lines" not in step:
        yield from increment.chunks(f"data/{step['new']}")
    else:
        old, new = enumerate(base.lines(step["path"])), increment.lines(f"data/{step['new']}")
        for first, last, fresh in step["lines"]:
            copied = first
            while copied < last:
                number, line = next(old)
                if number == copied:
                    copied += 1
                    yield line
            for _ in range(fresh):
                yield next(new)


def whole(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield bytes in larger pieces."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= CHUNK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def apply(earlier: Path, path: Path, later: Path) -> None:
    """Write the later export."""
    base, increment = Zip(earlier), Zip(path)
    steps = (json.loads(line) for line in increment.lines("data/steps.ndjson"))
    head = next(steps)
    if head["format"] != "dateline-increment/1":
        raise NotApplicableError(f"{path} is not an increment of the format dateline-increment/1")
    if digest_of(earlier) != head["base"]:
        raise NotApplicableError(f"{earlier} is not the export that {path} leads from")
    unfinished = later.with_name(later.name + ".part")
    try:
        with unfinished.open("w+b") as file:
            writer = ZipWriter(file)
            for step in steps:
                name = f"{head['folder']}/{step['path']}"
                writer.add(name, whole(content_of(step, base, increment)))
            writer.close()
        if digest_of(unfinished) != head["target"]:
            raise NotApplicableError(
                "what was made is not the later export: the increment is broken"
            )
        unfinished.replace(later)
    finally:
        unfinished.unlink(missing_ok=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if len(given) != 3:
        print(__doc__)
        return 2
    try:
        apply(*map(Path, given))
    except NotApplicableError as reason:
        print(f"Not applied: {reason}.")
        return 1
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, StopIteration) as error:
        print(f"Not applied: {type(error).__name__} {error}.")
        return 1
    print(f"Wrote {given[2]}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
