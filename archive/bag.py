"""
BagIt 1.0 bags in a zip: written so that the same content is the same bytes, read with suspicion.

Names are sorted, nothing is compressed, dates and modes are fixed; what a member holds is written
as it comes, so memory stays flat. A reader refuses whatever two readers could see differently.
"""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO

from errors import ArchiveError

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

#: The oldest date that a zip can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)

#: Members of one bag; more than any desk's snapshots.
MOST_MEMBERS = 200_000

#: How much larger than the archive its content may be.
MOST_RATIO = 200

CHUNK = 1 << 20

_MANIFEST_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def write_bag(
    path: Path,
    name: str,
    members: Iterable[tuple[str, Iterable[bytes] | bytes]],
    info: Mapping[str, str],
) -> None:
    """
    Write a bag as a zip at `path`, in one step: an unfinished one never stands there.

    :param name: the bag's folder inside the zip
    :param members: payload paths (`data/...`) in sorted order, each with its content
    :param info: what bag-info.txt says
    """
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("wb") as file:
            _write(file, name, members, info)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write(
    file: IO[bytes],
    name: str,
    members: Iterable[tuple[str, Iterable[bytes] | bytes]],
    info: Mapping[str, str],
) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as bag:
        payload: dict[str, str] = {}
        size = 0
        for member, content in members:
            digest, length = _add(bag, f"{name}/{member}", content)
            payload[member] = digest
            size += length
        facts = {**info, "Payload-Oxum": f"{size}.{len(payload)}"}
        tags = {
            "bag-info.txt": "".join(f"{k}: {v}\n" for k, v in sorted(facts.items())).encode(),
            "bagit.txt": DECLARATION,
            "manifest-sha256.txt": _manifest(payload),
        }
        digests = {tag: _add(bag, f"{name}/{tag}", body)[0] for tag, body in sorted(tags.items())}
        _add(bag, f"{name}/tagmanifest-sha256.txt", _manifest(digests))


def _add(bag: zipfile.ZipFile, name: str, content: Iterable[bytes] | bytes) -> tuple[str, int]:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    entry.create_system = 3
    digest, size = hashlib.sha256(), 0
    chunks = (content,) if isinstance(content, bytes) else content
    # Always with 64-bit sizes: how long a member gets is not known when it begins.
    with bag.open(entry, "w", force_zip64=True) as target:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return digest.hexdigest(), size


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def open_bag(path: Path, *, max_bytes: int) -> Bag:
    """
    Open a bag after checking all of it: names, sizes, digests.

    :raises ArchiveError: with a reason, if anything is not as it should be
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise ArchiveError("This is not a zip.", "archive_unsafe") from error
    try:
        bag = Bag(archive, path, max_bytes)
        bag.check()
    except zipfile.BadZipFile as error:
        archive.close()
        raise ArchiveError(f"The zip is damaged: {error}", "archive_unsafe") from error
    except ArchiveError:
        archive.close()
        raise
    return bag


class Bag:
    """A bag that was checked; its payload is read by path."""

    def __init__(self, archive: zipfile.ZipFile, path: Path, max_bytes: int) -> None:
        self._archive = archive
        self._path = path
        self._max_bytes = max_bytes
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self.info: dict[str, str] = {}

    def __enter__(self) -> Bag:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._archive.close()

    def names(self) -> list[str]:
        """List the paths inside the bag, sorted."""
        return sorted(self._entries)

    def read(self, path: str) -> bytes:
        """
        Return the bytes of a member.

        :raises ArchiveError: if there is no such member
        """
        return b"".join(self.stream(path))

    def stream(self, path: str) -> Iterator[bytes]:
        """
        Yield the bytes of a member in pieces.

        :raises ArchiveError: if there is no such member
        """
        entry = self._entries.get(path)
        if entry is None:
            raise ArchiveError(f"The bag has no {path}.", "archive_unsafe")
        with self._archive.open(entry) as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def check(self) -> None:
        """
        Check names, sizes and digests of the whole bag.

        :raises ArchiveError: naming the member and what is wrong with it
        """
        self._check_frame()
        self._check_names()
        if "fetch.txt" in self._entries:
            raise ArchiveError("The bag wants files fetched; that is not done.", "archive_unsafe")
        if self.read("bagit.txt") != DECLARATION:
            raise ArchiveError("bagit.txt is not that of a BagIt 1.0 bag.", "archive_unsafe")
        tags = self._check_manifest("tagmanifest-sha256.txt")
        payload = self._check_manifest("manifest-sha256.txt")
        listed = {*tags, *payload, "tagmanifest-sha256.txt"}
        for name in self._entries:
            if name not in listed:
                raise ArchiveError(f"{name} is in no manifest.", "manifest_mismatch")
        for line in self.read("bag-info.txt").decode().splitlines():
            key, _, value = line.partition(": ")
            self.info[key] = value

    def _check_frame(self) -> None:
        """Compare the directory with the file: nothing before, between or after the members."""
        entries = self._archive.infolist()
        if not entries or len(entries) > MOST_MEMBERS:
            raise ArchiveError(f"The zip has {len(entries)} members.", "archive_unsafe")
        size = self._path.stat().st_size
        total = sum(entry.file_size for entry in entries)
        if total > self._max_bytes or total > max(size, CHUNK) * MOST_RATIO:
            raise ArchiveError(f"The zip would unpack to {total} bytes.", "archive_too_large")
        with self._path.open("rb") as file:
            file.seek(size - 22)
            tail = file.read(22)
            if tail[:4] != b"PK\x05\x06" or tail[20:] != b"\0\0":
                raise ArchiveError("Something stands after the zip's end.", "archive_unsafe")
            for entry in entries:
                self._check_local_name(file, entry)

    def _check_local_name(self, file: IO[bytes], entry: zipfile.ZipInfo) -> None:
        file.seek(entry.header_offset)
        head = file.read(30)
        length = int.from_bytes(head[26:28], "little")
        flags = int.from_bytes(head[6:8], "little")
        encoding = "utf-8" if flags & 0x800 else "cp437"
        local = file.read(length)
        if head[:4] != b"PK\x03\x04" or local != entry.orig_filename.encode(encoding, "replace"):
            raise ArchiveError(
                f"{entry.filename} has another name inside the zip.", "archive_unsafe"
            )
        if entry.flag_bits & 0x1:
            raise ArchiveError(f"{entry.filename} is encrypted.", "archive_unsafe")

    def _check_names(self) -> None:
        folders, folded = set(), set()
        for entry in self._archive.infolist():
            name = entry.filename
            parts = name.split("/")
            kind = stat.S_IFMT(entry.external_attr >> 16)
            if "\\" in entry.orig_filename or ":" in name or not name.isprintable():
                raise ArchiveError(f"The name {name!r} is not safe.", "archive_unsafe")
            if name.startswith("/") or any(part in ("", ".", "..") for part in parts):
                raise ArchiveError(f"The path {name!r} is not safe.", "archive_unsafe")
            if kind not in (0, stat.S_IFREG):
                raise ArchiveError(f"{name} is not a plain file.", "archive_unsafe")
            if name.casefold() in folded:
                raise ArchiveError(f"{name} stands there twice.", "archive_unsafe")
            folded.add(name.casefold())
            if len(parts) < 2:
                raise ArchiveError(f"{name} is not in the bag's folder.", "archive_unsafe")
            folders.add(parts[0])
            self._entries["/".join(parts[1:])] = entry
        if len(folders) != 1:
            raise ArchiveError("The zip holds more than one folder.", "archive_unsafe")

    def _check_manifest(self, manifest: str) -> set[str]:
        """Compare every file that a manifest lists with its digest."""
        listed: set[str] = set()
        for line in self.read(manifest).decode("utf-8", "replace").splitlines():
            match = _MANIFEST_LINE.fullmatch(line)
            if match is None:
                raise ArchiveError(f"A line of {manifest} cannot be read.", "manifest_mismatch")
            digest = hashlib.sha256()
            for chunk in self.stream(match[2]):
                digest.update(chunk)
            if digest.hexdigest() != match[1]:
                raise ArchiveError(
                    f"{match[2]} is not the file that {manifest} lists.", "manifest_mismatch"
                )
            listed.add(match[2])
        return listed
