"""NDJSON: an article a line, with or without its claims; lines are read as they come."""

from __future__ import annotations

from pathlib import Path

from claims.bulk.items import Found, Item, Refused

#: A longer line is no article; it is skipped without being held.
MOST_BYTES = 20_000_000


def read_ndjson(file: Path) -> Found:
    """Yield the lines of a file, each with its number."""
    with file.open("rb") as lines:
        number = 0
        while line := lines.readline(MOST_BYTES + 1):
            number += 1
            place, size = f"{file}:{number}", len(line)
            if size > MOST_BYTES:
                while line and not line.endswith(b"\n"):
                    line = lines.readline(MOST_BYTES)
                    size += len(line)
                yield Refused(place, size, f"The line has {size} bytes; at most {MOST_BYTES}.")
            elif line.strip():
                yield Item(place, size, {"line": line})
