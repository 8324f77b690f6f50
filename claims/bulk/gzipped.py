"""Files that may be compressed: opened by what they begin with, not by their name."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_MAGIC = b"\x1f\x8b"

#: What reading raises where a file ends too early or its bytes are not what was written.
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile)

#: What to do about a file that breaks.
REMEDY = "Get the file again, whole; what came before is kept and will be skipped."


class _Gzipped(gzip.GzipFile):
    """Gives what there is, so that what stands before a break is read before it is found."""

    def read(self, size: int | None = -1) -> bytes:
        """Read at most so many bytes, perhaps fewer; none at the end alone."""
        return super().read(size) if size is None or size < 0 else self.read1(size)


@contextmanager
def opened(file: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Open a file to be read plain; gives the file itself, too, for how far it is read."""
    with file.open("rb") as raw:
        if raw.peek(2)[:2] != _MAGIC:
            yield raw, raw
            return
        with _Gzipped(fileobj=raw) as plain:
            yield plain, raw  # type: ignore[misc]
