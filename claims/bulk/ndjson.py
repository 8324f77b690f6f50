"""NDJSON, plain or gzipped: an article a line, with or without its claims, read as they come."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path
from typing import IO

from claims.bulk.gzipped import BROKEN, REMEDY, opened
from claims.bulk.items import Found, Item, Refused

#: A longer line is no article; it is skipped without being held.
MOST_BYTES = 20_000_000


def read_ndjson(file: Path) -> Found:
    """Yield the lines of a file, each with its number."""
    number = read = 0
    with opened(file) as (plain, raw):
        try:
            while line := plain.readline(MOST_BYTES + 1):
                number += 1
                length = len(line) + (_skipped(plain, line) if len(line) > MOST_BYTES else 0)
                # Of a compressed file, what counts is how far it is read.
                size, read = (raw.tell() - read, raw.tell()) if raw is not plain else (length, 0)
                if number == 1:
                    line = line.removeprefix(BOM_UTF8)
                place = f"{file}:{number}"
                if length > MOST_BYTES:
                    reason = f"The line has {length} bytes; at most {MOST_BYTES}."
                    yield Refused(place, size, reason)
                elif line.strip():
                    yield Item(place, size, {"line": line})
        except BROKEN as error:
            yield Refused(f"{file}, after line {number}", 0, f"It breaks here: {error} {REMEDY}")


def _skipped(lines: IO[bytes], line: bytes) -> int:
    """Read over the rest of a line; returns how long that is."""
    length = 0
    while line and not line.endswith(b"\n"):
        line = lines.readline(MOST_BYTES)
        length += len(line)
    return length
