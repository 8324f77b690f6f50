"""
A zip whose bytes follow from its members alone: stored, fixed dates and modes, no tool's habits.

A member's header says its size before its bytes do, so members up to `HELD` bytes are held back
until their size is known; larger ones get a header with room for any size, filled in afterwards.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

#: Members up to this size have the plain header; larger ones that of zip64.
HELD = 1 << 20

#: Files are `-rw-r--r--`, regular, as Unix writes it.
_MODE = 0o100644 << 16
_UNIX = 3 << 8
_UTF8_NAMES = 0x0800
#: 1 January 1980, the first day that a zip can write.
_DATE = 0x0021
_PLAIN, _ZIP64 = 20, 45
_MAX_16, _MAX_32 = 0xFFFF, 0xFFFFFFFF

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of one member."""

    name: str
    size: int
    sha256: str
    crc: int
    offset: int


class ZipWriter:
    """Writes members one after the other, then the directory, sorted by name."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._position = 0
        self._written: list[Written] = []

    def add(self, name: str, content: bytes | Iterable[bytes]) -> Written:
        """Write one member as its bytes come, and return what they were."""
        offset = self._position
        sums = _Sums()
        chunks = sums.through([content] if isinstance(content, bytes) else content)
        held = _take(chunks, sums)
        is_whole = sums.size <= HELD
        self._write(local_header(name, sums.crc, sums.size))
        for chunk in held:
            self._write(chunk)
        if not is_whole:
            for chunk in chunks:
                self._write(chunk)
            self._file.seek(offset - self._position, 1)
            self._file.write(local_header(name, sums.crc, sums.size))
            self._file.seek(0, 2)
        written = Written(name, sums.size, sums.sha256.hexdigest(), sums.crc, offset)
        self._written.append(written)
        return written

    def close(self) -> None:
        """Write the directory of all members."""
        start = self._position
        for written in sorted(self._written, key=lambda written: written.name):
            self._write(central_header(written.name, written.crc, written.size, written.offset))
        self._write(end_records(len(self._written), start, self._position - start))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._position += len(data)


class _Sums:
    """Size and checksums of the bytes that pass through."""

    def __init__(self) -> None:
        self.size = 0
        self.crc = 0
        self.sha256 = hashlib.sha256()

    def through(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.size += len(chunk)
            self.crc = zlib.crc32(chunk, self.crc)
            self.sha256.update(chunk)
            yield chunk


def _take(chunks: Iterator[bytes], sums: _Sums) -> list[bytes]:
    """Hold chunks back until they end or are too many."""
    held = []
    for chunk in chunks:
        held.append(chunk)
        if sums.size > HELD:
            break
    return held


def local_header(name: str, crc: int, size: int) -> bytes:
    """Return what stands before a member's bytes."""
    encoded = name.encode()
    is_large = size > HELD
    extra = struct.pack("<2H2Q", 1, 16, size, size) if is_large else b""
    shown = _MAX_32 if is_large else size
    needed = _ZIP64 if is_large else _PLAIN
    fields = (needed, _UTF8_NAMES, 0, 0, _DATE, crc, shown, shown, len(encoded), len(extra))
    return _LOCAL.pack(b"PK\x03\x04", *fields) + encoded + extra


def central_header(name: str, crc: int, size: int, offset: int) -> bytes:
    """Return a member's entry in the directory."""
    encoded = name.encode()
    large = [size, size] if size >= _MAX_32 else []
    large += [offset] if offset >= _MAX_32 else []
    extra = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    needed = _ZIP64 if large or size > HELD else _PLAIN
    shown, at = min(size, _MAX_32), min(offset, _MAX_32)
    fields = (_UNIX | needed, needed, _UTF8_NAMES, 0, 0, _DATE, crc, shown, shown)
    lengths = (len(encoded), len(extra), 0, 0, 0)
    return _CENTRAL.pack(b"PK\x01\x02", *fields, *lengths, _MODE, at) + encoded + extra


def end_records(count: int, start: int, size: int) -> bytes:
    """Return what stands after the directory, which begins at `start` and has `size` bytes."""
    head = b""
    if count >= _MAX_16 or start >= _MAX_32 or size >= _MAX_32:
        head = _END_64.pack(
            *(b"PK\x06\x06", 44, _UNIX | _ZIP64, _ZIP64, 0, 0, count, count, size, start)
        )
        head += _LOCATOR.pack(b"PK\x06\x07", 0, start + size, 1)
    number, length, at = min(count, _MAX_16), min(size, _MAX_32), min(start, _MAX_32)
    return head + _END.pack(b"PK\x05\x06", 0, 0, number, number, length, at, 0)
