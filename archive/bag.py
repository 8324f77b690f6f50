"""
BagIt 1.0 bags in a zip: written so that the same content is the same bytes, read with suspicion.

Names are sorted, nothing is compressed, dates and modes are fixed; what a member holds is written
as it comes, so memory stays flat. A reader refuses whatever two readers could see differently.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from archive.zip_reading import Entry, Limits, read_directory, refuse, stream
from archive.zip_writing import ZipWriter
from errors import ArchiveError, HistoryBrokenError

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

#: Longest tag file or manifest that is read whole.
MAX_TAG = 100_000_000

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
        with unfinished.open("w+b") as file:
            _write(file, name, members, info)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write(
    file: BinaryIO,
    name: str,
    members: Iterable[tuple[str, Iterable[bytes] | bytes]],
    info: Mapping[str, str],
) -> None:
    bag = ZipWriter(file)
    payload: dict[str, str] = {}
    size = 0
    for member, content in members:
        written = bag.add(f"{name}/{member}", content)
        payload[member] = written.sha256
        size += written.size
    facts = {**info, "Payload-Oxum": f"{size}.{len(payload)}"}
    tags = {
        "bag-info.txt": "".join(f"{k}: {v}\n" for k, v in sorted(facts.items())).encode(),
        "bagit.txt": DECLARATION,
        "manifest-sha256.txt": manifest(payload),
    }
    digests = {tag: bag.add(f"{name}/{tag}", body).sha256 for tag, body in sorted(tags.items())}
    bag.add(f"{name}/tagmanifest-sha256.txt", manifest(digests))
    bag.close()


def manifest(digests: Mapping[str, str]) -> bytes:
    """Return a manifest of files by their SHA-256, sorted by name."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def open_bag(path: Path, *, max_bytes: int) -> Bag:
    """
    Open a bag after checking all of it: names, sizes, digests.

    :raises ArchiveError: with a reason, if anything is not as it should be
    """
    file = path.open("rb")
    try:
        bag = Bag(file, read_directory(file, Limits(max_bytes)))
        bag.check()
    except BaseException:
        file.close()
        raise
    return bag


class Bag:
    """A bag that was checked; its payload is read by path."""

    def __init__(self, file: BinaryIO, entries: Iterable[Entry]) -> None:
        self._file = file
        #: The bag's folder inside the zip.
        self.folder, self._entries = _inside_one_folder(entries)
        self.info: dict[str, str] = {}
        #: The digest of each payload file, as the manifest has it.
        self.digests: dict[str, str] = {}

    def __enter__(self) -> Bag:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def names(self) -> list[str]:
        """List the paths inside the bag, sorted."""
        return sorted(self._entries)

    def in_order(self) -> list[str]:
        """List the paths inside the bag as they were written."""
        return sorted(self._entries, key=lambda path: self._entries[path].offset)

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
            refuse("archive_unsafe", f"The bag has no {path}.")
        yield from stream(self._file, entry)

    def lines(self, path: str) -> Iterator[bytes]:
        """
        Yield a member's lines, split on line feeds and nothing else.

        :raises ArchiveError: if the last one is cut off
        """
        rest: list[bytes] = []
        for chunk in self.stream(path):
            *whole, last = chunk.split(b"\n")
            for line in whole:
                rest.append(line)
                yield b"".join(rest)
                rest.clear()
            rest.append(last)
        if any(rest):
            raise HistoryBrokenError(f"{path} does not end with a line feed.")

    def check(self) -> None:
        """
        Check names and digests of the whole bag.

        :raises ArchiveError: naming the member and what is wrong with it
        """
        if "fetch.txt" in self._entries:
            refuse("archive_unsafe", "The bag wants files fetched; that is not done.")
        if self._tag("bagit.txt") != DECLARATION.decode():
            refuse("archive_unsafe", "bagit.txt is not that of a BagIt 1.0 bag.")
        tags = self._check_manifest("tagmanifest-sha256.txt")
        self.digests = self._check_manifest("manifest-sha256.txt")
        for name in self._entries:
            if name not in tags and name not in self.digests and name != "tagmanifest-sha256.txt":
                refuse("manifest_mismatch", f"{name} is in no manifest.")
        for line in self._tag("bag-info.txt").splitlines():
            key, _, value = line.partition(": ")
            self.info[key] = value

    def _check_manifest(self, listing: str) -> dict[str, str]:
        """Compare every file that a manifest lists with its digest."""
        listed: dict[str, str] = {}
        for line in self._tag(listing).splitlines():
            match = _MANIFEST_LINE.fullmatch(line)
            if match is None:
                refuse("manifest_mismatch", f"A line of {listing} cannot be read.")
            digest = hashlib.sha256()
            for chunk in self.stream(match[2]):
                digest.update(chunk)
            if digest.hexdigest() != match[1]:
                refuse("manifest_mismatch", f"{match[2]} is not the file that {listing} lists.")
            listed[match[2]] = match[1]
        return listed

    def _tag(self, path: str) -> str:
        entry = self._entries.get(path)
        if entry is not None and entry.size > MAX_TAG:
            refuse("too_large", f"{path} is longer than any real one.")
        try:
            return self.read(path).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ArchiveError(f"{path} is not UTF-8.", "archive_unsafe") from error


def _inside_one_folder(entries: Iterable[Entry]) -> tuple[str, dict[str, Entry]]:
    found: dict[str, Entry] = {}
    folders: set[str] = set()
    for entry in entries:
        folder, _, path = entry.name.partition("/")
        folders.add(folder)
        if entry.is_folder:
            continue
        if not path:
            refuse("archive_unsafe", f"{entry.name} is not in the bag's folder.")
        found[path] = entry
    if len(folders) != 1:
        refuse("archive_unsafe", "The zip does not hold one folder and nothing else.")
    return folders.pop(), found
