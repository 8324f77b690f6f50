"""
Reading a zip that somebody else made, without trusting a byte of it.

Every byte must belong to one member, to the directory or to its end; what a member says about
itself must be what the directory says of it; names must be safe on any file system. Nothing is
unpacked to disk, and nothing is read beyond the sizes that were checked first.
"""

from __future__ import annotations

import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, NoReturn

from errors import ArchiveError

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")

_MAX_16, _MAX_32 = 0xFFFF, 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8
_HAS_DESCRIPTOR, _UTF8_NAMES = 0x0008, 0x0800
#: Descriptor after the bytes, names in UTF-8, and how hard a deflater tried.
_KNOWN_FLAGS = _HAS_DESCRIPTOR | _UTF8_NAMES | 0x0006
_UNIX = 3
_DOS_FOLDER = 0x10
_ZIP64_EXTRA, _OTHER_NAME_EXTRA = 0x0001, 0x7075

CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold."""

    #: Bytes of all members, unpacked.
    max_bytes: int
    max_members: int = 200_000
    #: How many times its packed size a member may have; small ones may have any.
    max_ratio: int = 100
    small: int = 1 << 20
    max_path: int = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One member, as the directory and its own header agree about it."""

    name: str
    size: int
    packed: int
    crc: int
    flags: int
    method: int
    stamp: tuple[int, int]
    offset: int
    #: Where its bytes begin.
    start: int = 0

    @property
    def is_folder(self) -> bool:
        """Say whether this is only the name of a folder."""
        return self.name.endswith("/")


def refuse(reason: str, message: str) -> NoReturn:
    """Refuse an archive for a reason that callers can tell apart."""
    raise ArchiveError(message, reason)


def read_directory(file: BinaryIO, limits: Limits) -> list[Entry]:
    """
    List the members of a zip, in the order of their names in the directory, all headers checked.

    :raises ArchiveError: with a stable `reason`
    """
    length = file.seek(0, 2)
    start, size, count = _directory_place(file, length)
    if count > limits.max_members:
        refuse("too_many_files", f"The archive holds {count} files; {limits.max_members} may be.")
    file.seek(start)
    entries = list(_central_entries(file.read(size), count))
    check_names([entry.name for entry in entries], limits.max_path)
    _check_sizes(entries, limits)
    return _placed(file, entries, start)


def stream(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """
    Yield a member's bytes, unpacked.

    :raises ArchiveError: if they are not as many as announced, or their CRC is another
    """
    crc = size = 0
    for chunk in _inflated(file, entry) if entry.method == _DEFLATED else _stored(file, entry):
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
        if size > entry.size:
            break
        yield chunk
    if size != entry.size:
        refuse("size_mismatch", f"{entry.name} has not the {entry.size} bytes that it announces.")
    if crc != entry.crc:
        refuse("checksum_mismatch", f"The CRC of {entry.name} is not that of its bytes.")


def check_names(names: Iterable[str], max_path: int = 1_000) -> None:
    """
    Refuse names that are unsafe, stand twice, or would fall together on some file system.

    :raises ArchiveError: with a stable `reason`
    """
    files: dict[str, str] = {}
    for name in names:
        _check_path(name, max_path)
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in files:
            reason = "duplicate_name" if files[folded] == name else "name_clash"
            refuse(reason, f"{name!r} and {files[folded]!r} are one name.")
        files[folded] = name
    for folded, name in files.items():
        parts = folded.rstrip("/").split("/")
        for end in range(1, len(parts)):
            if "/".join(parts[:end]) in files:
                refuse("name_clash", f"{name!r} lies in what is a file.")


def _check_path(name: str, max_path: int) -> None:
    parts = name.removesuffix("/").split("/")
    is_unsafe = (
        len(name) > max_path
        or any(part in ("", ".", "..") for part in parts)
        or any(letter in '\\:"*?<>|' for letter in name)
        or any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in name)
        or any(part[-1] in " ." for part in parts)
    )
    if is_unsafe:
        refuse("unsafe_path", f"{name[:200]!r} is not a safe name for a file in an archive.")


def _directory_place(file: BinaryIO, length: int) -> tuple[int, int, int]:
    """Return where the directory begins, its size, and how many entries it has."""
    tail = _tail(file, length)
    at = length - _END.size
    _, disk, first_disk, here, count, size, start, comment = _END.unpack(tail[-_END.size :])
    if comment or disk or first_disk or here != count:
        refuse("not_a_zip", "The end of the archive is not that of a zip in one piece.")
    locator = tail[: -_END.size][-_LOCATOR.size :]
    if locator[:4] == b"PK\x06\x07":
        at -= _LOCATOR.size + _END_64.size
        start, size, count = _large_place(file, at, locator)
    elif count == _MAX_16 or _MAX_32 in (size, start):
        refuse("not_a_zip", "The zip announces sizes that it does not give.")
    if start + size != at:
        refuse("trailing_data", "Bytes lie between the archive's directory and its end.")
    return start, size, count


def _tail(file: BinaryIO, length: int) -> bytes:
    """Return the last bytes, of which the very last must be the zip's end."""
    wanted = min(length, _END.size + _LOCATOR.size)
    file.seek(length - wanted)
    tail = file.read(wanted)
    if tail[-_END.size :][:4] == b"PK\x05\x06":
        return tail
    file.seek(max(0, length - _MAX_16 - _END.size))
    searched = file.read()
    place = searched.rfind(b"PK\x05\x06")
    if 0 <= place < len(searched) - _END.size:
        refuse("trailing_data", "Bytes follow the archive's end.")
    refuse("not_a_zip", "This is not a zip, or its end is cut off.")


def _large_place(file: BinaryIO, at: int, locator: bytes) -> tuple[int, int, int]:
    _, disk, found, disks = _LOCATOR.unpack(locator)
    file.seek(max(at, 0))
    record = file.read(_END_64.size)
    if at < 0 or found != at or disk or disks != 1 or record[:4] != b"PK\x06\x06":
        refuse("not_a_zip", "The zip64 end of the archive is not where it must be.")
    _, length, _, _, disk, first_disk, here, count, size, start = _END_64.unpack(record)
    if length != _END_64.size - 12 or disk or first_disk or here != count:
        refuse("not_a_zip", "The zip64 end of the archive is not that of a zip in one piece.")
    return start, size, count


def _central_entries(directory: bytes, count: int) -> Iterator[Entry]:
    at = 0
    for _ in range(count):
        fields = directory[at : at + _CENTRAL.size]
        if len(fields) < _CENTRAL.size or fields[:4] != b"PK\x01\x02":
            refuse("not_a_zip", "The archive's directory is broken.")
        of_content, of_entry = _CENTRAL.unpack(fields)[:10], _CENTRAL.unpack(fields)[10:]
        _, made_by, _, flags, method, time, date, crc, packed, size = of_content
        name_size, extra_size, comment_size, disk, _, attributes, offset = of_entry
        at += _CENTRAL.size
        name = _name(directory[at : at + name_size], flags)
        extra = directory[at + name_size : at + name_size + extra_size]
        at += name_size + extra_size + comment_size
        if disk or comment_size:
            refuse("not_a_zip", f"The directory's entry of {name} is not one that we read.")
        _check_kind(name, made_by, attributes, flags, method)
        size, packed, offset = _large_values(extra, size, packed, offset)
        yield Entry(name, size, packed, crc, flags, method, (time, date), offset)
    if at != len(directory):
        refuse("trailing_data", "Bytes follow the last entry of the archive's directory.")


def _name(encoded: bytes, flags: int) -> str:
    try:
        return encoded.decode("utf-8" if flags & _UTF8_NAMES else "ascii")
    except UnicodeDecodeError:
        refuse("unsafe_path", f"The name {encoded[:200]!r} is not UTF-8.")


def _check_kind(name: str, made_by: int, attributes: int, flags: int, method: int) -> None:
    if flags & ~_KNOWN_FLAGS or method not in (_STORED, _DEFLATED):
        refuse("unsupported_zip", f"{name} is encrypted or packed in a way that we do not read.")
    mode = attributes >> 16 if made_by >> 8 == _UNIX else 0
    kind = stat.S_IFMT(mode)
    allowed = stat.S_IFDIR if name.endswith("/") else stat.S_IFREG
    if kind not in (0, allowed) or (attributes & _DOS_FOLDER and not name.endswith("/")):
        refuse("not_a_file", f"{name} is a link or a device, not a file.")


def _large_values(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Take the sizes that do not fit 32 bits out of the extra field."""
    values = [size, packed, offset]
    wanted = [place for place, value in enumerate(values) if value == _MAX_32]
    large = _extra(extra)
    if len(large) != 8 * len(wanted):
        refuse("header_mismatch", "The zip64 field of an entry does not fit its sizes.")
    for place, value in zip(wanted, struct.unpack(f"<{len(wanted)}Q", large), strict=True):
        values[place] = value
    return values[0], values[1], values[2]


def _extra(extra: bytes) -> bytes:
    """Return the zip64 field among extra fields."""
    found = b""
    at = 0
    while at < len(extra):
        if len(extra) - at < 4:
            refuse("header_mismatch", "An extra field is cut off.")
        kind, length = struct.unpack_from("<2H", extra, at)
        if at + 4 + length > len(extra):
            refuse("header_mismatch", "An extra field is cut off.")
        if kind == _OTHER_NAME_EXTRA:
            refuse("header_mismatch", "An entry has a second name.")
        if kind == _ZIP64_EXTRA:
            found = extra[at + 4 : at + 4 + length]
        at += 4 + length
    return found


def _check_sizes(entries: list[Entry], limits: Limits) -> None:
    total = 0
    for entry in entries:
        total += entry.size
        if total > limits.max_bytes:
            refuse("too_large", f"The archive holds more than {limits.max_bytes} bytes, unpacked.")
        if entry.size > limits.small and entry.size > limits.max_ratio * entry.packed:
            refuse("zip_bomb", f"{entry.name} unpacks to over {limits.max_ratio} times its size.")
        if entry.is_folder and entry.size:
            refuse("not_a_file", f"{entry.name} is a folder with bytes.")


def _placed(file: BinaryIO, entries: list[Entry], end: int) -> list[Entry]:
    """Check that members follow each other from the first byte to the directory."""
    placed = {}
    at = 0
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if entry.offset != at:
            refuse("header_mismatch", f"{entry.name} does not begin where the one before ends.")
        found = _local_entry(file, entry)
        at = found.start + found.packed
        if at > end:
            refuse("header_mismatch", f"{entry.name} runs into the archive's directory.")
        at += _descriptor_size(file, found, at) if found.flags & _HAS_DESCRIPTOR else 0
        placed[entry.name] = found
    if at != end:
        refuse("trailing_data", "Bytes lie between the last member and the archive's directory.")
    return [placed[entry.name] for entry in entries]


def _local_entry(file: BinaryIO, entry: Entry) -> Entry:
    file.seek(entry.offset)
    fields = file.read(_LOCAL.size)
    if len(fields) < _LOCAL.size or fields[:4] != b"PK\x03\x04":
        refuse("header_mismatch", f"{entry.name} has no header where the directory says.")
    _, _, flags, method, time, date, crc, packed, size, name_size, extra_size = _LOCAL.unpack(
        fields
    )
    name = file.read(name_size)
    extra = file.read(extra_size)
    size, packed, _ = _large_values(extra, size, packed, 0)
    own = (_name(name, flags), flags, method, (time, date))
    if own != (entry.name, entry.flags, entry.method, entry.stamp):
        refuse("header_mismatch", f"The header of {entry.name} is not what the directory says.")
    sums = (crc, packed, size)
    is_later = bool(flags & _HAS_DESCRIPTOR) and sums == (0, 0, 0)
    if not is_later and sums != (entry.crc, entry.packed, entry.size):
        refuse("header_mismatch", f"The sizes of {entry.name} are not what the directory says.")
    if entry.method == _STORED and entry.size != entry.packed:
        refuse("header_mismatch", f"{entry.name} is stored, yet has two sizes.")
    return replace(entry, start=file.tell())


def _descriptor_size(file: BinaryIO, entry: Entry, at: int) -> int:
    file.seek(at)
    found = file.read(24)
    for layout in ("<3I", "<I2Q"):
        plain = struct.pack(layout, entry.crc, entry.packed, entry.size)
        for written in (b"PK\x07\x08" + plain, plain):
            if found.startswith(written):
                return len(written)
    refuse("header_mismatch", f"What follows {entry.name} is not what the directory says.")


def _stored(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """Yield the bytes as they lie there; the file may be read elsewhere in between."""
    at, end = entry.start, entry.start + entry.packed
    while at < end:
        file.seek(at)
        chunk = file.read(min(CHUNK, end - at))
        if not chunk:
            refuse("size_mismatch", f"{entry.name} is cut off.")
        at += len(chunk)
        yield chunk


def _inflated(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in _stored(file, entry):
            rest = packed
            while rest and not inflater.eof:
                yield inflater.decompress(rest, CHUNK)
                rest = inflater.unconsumed_tail
            if rest or inflater.unused_data:
                break
        while not inflater.eof and (more := inflater.decompress(inflater.unconsumed_tail, CHUNK)):
            yield more
    except zlib.error as error:
        raise ArchiveError(f"{entry.name} cannot be unpacked: {error}.", "size_mismatch") from error
    if not inflater.eof or inflater.unused_data:
        refuse("size_mismatch", f"{entry.name} cannot be unpacked: it ends early or late.")
