#!/usr/bin/env python3
"""Verify an export of Dateline with Python's standard library alone.

    python verify.py [--key VKEY] [--older-checkpoint FILE] [PATH]

PATH is the unpacked bag or its zip; by default the folder above this file. VKEY is a key that the
desk publishes elsewhere; without it the log's first key is trusted, which shows that the export is
whole but not whose it is. Prints what was checked, or each problem with its file and line; exits 0
or 1. README.txt says how to do the same by hand.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import struct
import sys
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

EVENTS = "data/log/events.ndjson"
DISCLOSURES = "data/log/disclosures.ndjson"

#: More problems than this say no more about the export.
MOST_PROBLEMS = 100

#: Lets one disclosure file be read beside the log without holding either.
Opener = Callable[[str], Iterator[bytes]]


#: What Python's reader of zips raises at broken ones: "not implemented" is its answer to a way of
#: packing that it does not know.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    LookupError,
    OverflowError,
)


class Folder:
    """A bag, unpacked or in a zip, read by path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("rb") if path.is_file() else None
        try:
            self._zip = zipfile.ZipFile(self._file) if self._file else None
        except _UNREADABLE:
            self.close()
            raise
        names = self._zip.namelist() if self._zip else []
        self._prefix = names[0].split("/")[0] + "/" if names else ""

    def close(self) -> None:
        """Close the zip, if it is one."""
        if self._file:
            self._file.close()

    def names(self) -> list[str]:
        """List the files, relative to the bag."""
        if self._zip:
            return [name[len(self._prefix) :] for name in self._zip.namelist()]
        return sorted(
            p.relative_to(self._path).as_posix()
            for p in self._path.rglob("*")
            if p.is_file() and "__pycache__" not in p.parts
        )

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a file's bytes in pieces."""
        if not self._zip:
            with (self._path / name).open("rb") as file:
                while chunk := file.read(1 << 20):
                    yield chunk
            return
        info = self._zip.getinfo(self._prefix + name)
        if info.compress_type == zipfile.ZIP_STORED:
            # As they lie there: what is wrong with them is told by digests, with its place.
            yield from self._stored(info)
            return
        with self._zip.open(info) as member:
            while chunk := member.read(1 << 20):
                yield chunk

    def _stored(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        at = info.header_offset + len(local_header(info))
        left = info.file_size
        while left:
            chunk = self._at(at, min(left, 1 << 20))
            if not chunk:
                raise ValueError(f"{info.filename} is cut off")
            at, left = at + len(chunk), left - len(chunk)
            yield chunk

    def _at(self, place: int, size: int) -> bytes:
        assert self._file is not None
        self._file.seek(place)
        return self._file.read(size)

    def problems(self) -> Iterator[str]:
        """Yield what in a zip is not as Dateline writes it: every byte outside the files."""
        if not self._zip:
            return
        if any(info.compress_type != zipfile.ZIP_STORED for info in self._zip.infolist()):
            yield "the zip was packed anew: unpack it and verify the folder"
            return
        end = 0
        for info in sorted(self._zip.infolist(), key=lambda info: info.header_offset):
            header = local_header(info)
            if info.header_offset != end or self._at(end, len(header)) != header:
                yield f"{info.filename}: its header in the zip is not as it was written"
            end = info.header_offset + len(header) + info.file_size
        listed = sorted(self._zip.infolist(), key=lambda info: info.filename)
        directory = b"".join(central_header(info) for info in listed)
        written = directory + end_records(len(listed), end, len(directory))
        if self._at(end, len(written) + 1) != written:
            yield "the zip's directory, at its end, is not as it was written"

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        return b"".join(self.chunks(name))

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a file's lines, split on line feeds and nothing else."""
        rest = b""
        for chunk in self.chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
        if rest:
            yield rest


# A zip as Dateline writes it: stored, dated 1 January 1980, mode 0644, zip64 above 1 MiB.
_LARGE = 1 << 20
_MAX = 0xFFFFFFFF


def local_header(info: zipfile.ZipInfo) -> bytes:
    """Return what stands before a member's bytes."""
    name, size = info.filename.encode(), info.file_size
    extra = struct.pack("<2H2Q", 1, 16, size, size) if size > _LARGE else b""
    needed, shown = (45, _MAX) if size > _LARGE else (20, size)
    fields = (needed, 0x0800, 0, 0, 0x21, info.CRC, shown, shown, len(name), len(extra))
    return struct.pack("<4s5H3I2H", b"PK\x03\x04", *fields) + name + extra


def central_header(info: zipfile.ZipInfo) -> bytes:
    """Return a member's entry in the directory."""
    name, size, offset = info.filename.encode(), info.file_size, info.header_offset
    large = ([size, size] if size >= _MAX else []) + ([offset] if offset >= _MAX else [])
    extra = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    needed = 45 if large or size > _LARGE else 20
    shown, at = min(size, _MAX), min(offset, _MAX)
    fields = (0x0300 | needed, needed, 0x0800, 0, 0, 0x21, info.CRC, shown, shown)
    more = (len(name), len(extra), 0, 0, 0, 0o100644 << 16, at)
    return struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *fields, *more) + name + extra


def end_records(count: int, start: int, size: int) -> bytes:
    """Return what stands after the directory."""
    head = b""
    if count >= 0xFFFF or start >= _MAX or size >= _MAX:
        fields = (44, 0x0300 | 45, 45, 0, 0, count, count, size, start)
        head = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", *fields)
        head += struct.pack("<4sIQI", b"PK\x06\x07", 0, start + size, 1)
    number = min(count, 0xFFFF)
    fields = (0, 0, number, number, min(size, _MAX), min(start, _MAX), 0)
    return head + struct.pack("<4s4H2IH", b"PK\x05\x06", *fields)


def canonical(value: Any) -> bytes:
    """Return canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def _refuse(text: str) -> Any:
    raise ValueError(f"{text} is not an integer")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def parse(line: bytes) -> Any:
    """Read a line that must be canonical."""
    value = json.loads(
        line.decode("utf-8"),
        parse_float=_refuse,
        parse_constant=_refuse,
        object_pairs_hook=_pairs,
    )
    if canonical(value) != line:
        raise ValueError("the line is not canonical")
    return value


def leaf_hash(line: bytes) -> bytes:
    """Return SHA-256(0x00 || line)."""
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The root of a growing RFC 6962 tree, in memory that grows with its height."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, bytes]] = []
        self.size = 0

    def add(self, leaf: bytes) -> None:
        """Append a leaf."""
        level, value = 0, leaf
        while self._stack and self._stack[-1][0] == level:
            value = node_hash(self._stack.pop()[1], value)
            level += 1
        self._stack.append((level, value))
        self.size += 1

    def root(self) -> bytes:
        """Return the root of what was added."""
        if not self._stack:
            return hashlib.sha256(b"").digest()
        value = self._stack[-1][1]
        for _, left in reversed(self._stack[:-1]):
            value = node_hash(left, value)
        return value


# Ed25519 verification, RFC 8032 section 5.1.7, in plain integers.
_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_I = pow(2, (_P - 1) // 4, _P)

Point = tuple[int, int, int, int]


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(number: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = _add(result, point)
        point = _add(point, point)
        number >>= 1
    return result


def _recover(y: int, sign: int) -> int | None:
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    if square == 0:
        return None if sign else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _I % _P
    if (x * x - square) % _P:
        return None
    return _P - x if x & 1 != sign else x


def _point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = _recover(y, sign)
    return None if x is None else (x, y, 1, x * y % _P)


_BY = 4 * pow(5, _P - 2, _P) % _P
_BX = _recover(_BY, 0) or 0
_BASE: Point = (_BX, _BY, 1, _BX * _BY % _P)


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether a signature over a message was made with the key of these 32 bytes."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _point(public), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= _L:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % _L
    left, right = _times(scalar, _BASE), _add(commitment, _times(challenge, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % _P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % _P == 0


class Note:
    """A checkpoint: origin, size, root, and the signatures below."""

    def __init__(self, text: bytes) -> None:
        body, blank, tail = text.decode("utf-8").partition("\n\n")
        self.origin, size, root = body.split("\n")
        if not blank or not size.isascii() or not size.isdigit():
            raise ValueError("a checkpoint has three lines, a blank one and signatures")
        self.size = int(size)
        self.root = base64.b64decode(root, validate=True)
        self.body = (body + "\n").encode()
        self.signatures = [line.split(" ") for line in tail.split("\n") if line]

    def is_signed_by(self, vkey: str) -> bool:
        """Say whether a key signed it; a wrong signature by it refuses the note."""
        name, identity, printed = vkey.split("+", 2)
        raw = base64.b64decode(printed, validate=True)
        expected = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if expected.hex() != identity or raw[:1] != b"\x01" or name != self.origin:
            return False
        for _, signer, value in self.signatures:
            signed = base64.b64decode(value, validate=True)
            if signer == name and signed[:4] == expected:
                if not ed25519_verify(raw[1:], self.body, signed[4:]):
                    raise ValueError(f"the signature by {vkey} is wrong")
                return True
        return False


class Keys:
    """The keys of a log: `vkey` to the events that added and revoked it."""

    def __init__(self) -> None:
        self.found: dict[str, list[int | None]] = {}

    def see(self, body: dict[str, Any]) -> None:
        """Take note of an event, if it is about a key."""
        if body["type"] == "log.key_added":
            self.found.setdefault(body["data"]["vkey"], [body["seq"], None])
        elif body["type"] == "log.key_revoked":
            period = self.found.get(body["data"]["vkey"])
            if period is not None and period[1] is None:
                period[1] = body["seq"]

    def may_sign(self, vkey: str, size: int) -> bool:
        """Say whether a key's signature counts on a checkpoint of this size."""
        added, revoked = self.found.get(vkey, [0, None])
        return (added or 0) < size and (revoked is None or size <= revoked)

    def problems(self, notes: Sequence[tuple[str, Note]], trusted: Sequence[str]) -> Iterator[str]:
        """Yield checkpoints that no valid key signed; the newest must be vouched for."""
        accepted = set(trusted or list(self.found)[:1])
        newest, is_vouched = "", False
        for name, note in sorted(notes, key=lambda pair: pair[1].size):
            newest = name
            try:
                signed = [v for v in {*accepted, *self.found} if note.is_signed_by(v)]
            except ValueError as error:
                yield f"{name}: {error}"
                return
            valid = [vkey for vkey in signed if self.may_sign(vkey, note.size)]
            if not valid:
                why = "its key was revoked before" if signed else "no known key signed it"
                yield f"{name}: {why}"
            is_vouched = bool(accepted.intersection(valid))
            if is_vouched:
                accepted |= {vkey for vkey in self.found if self.may_sign(vkey, note.size)}
        if not is_vouched:
            yield f"{newest}: no trusted key signed it, nor one that vouches for its key"


class Heads:
    """The map of the last events of all subjects, as `log.heads` commits to it."""

    def __init__(self, heads: dict[str, tuple[int, bytes]]) -> None:
        rows = []
        for subject, (number, leaf) in heads.items():
            place = int.from_bytes(hashlib.sha256(subject.encode()).digest(), "big")
            rows.append((place, leaf_hash(canonical([subject, number, f"sha256:{leaf.hex()}"]))))
        rows.sort()
        self._places = [place for place, _ in rows]
        self._leaves = [leaf for _, leaf in rows]

    def root(self) -> bytes:
        """Return the hash over all of them."""
        return self._branch(0, len(self._places), 0)

    def _branch(self, first: int, last: int, depth: int) -> bytes:
        if first == last:
            return hashlib.sha256(b"").digest()
        if last - first == 1:
            return self._leaves[first]
        shift = 255 - depth
        middle = bisect_left(self._places, (self._places[first] >> shift | 1) << shift, first, last)
        return node_hash(
            self._branch(first, middle, depth + 1), self._branch(middle, last, depth + 1)
        )


class Verifier:
    """Checks one export and keeps the problems it finds."""

    def __init__(self, bag: Folder, trusted: Sequence[str], older: list[bytes]) -> None:
        self._bag = bag
        self._trusted = trusted
        self._older = older
        self._keys = Keys()
        self.problems: list[str] = []
        self.events = self.disclosed = self.withheld = 0

    def say(self, problem: str) -> None:
        """Keep a problem."""
        self.problems.append(problem)

    def run(self) -> None:
        """Check everything."""
        self.problems.extend(self._bag.problems())
        self._manifests()
        try:
            notes = self._notes()
        except (KeyError, OSError, ValueError, binascii.Error) as error:
            self.say(f"data/log/checkpoint.txt: cannot be read: {error}")
            return
        try:
            self._log(notes)
            self._records()
        except (KeyError, OSError, ValueError) as error:
            self.say(f"a file is missing or cannot be read: {error}")

    def _manifests(self) -> None:
        listed = {"tagmanifest-sha256.txt"}
        present = set(self._bag.names())
        for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
            if manifest not in present:
                self.say(f"{manifest}: missing")
                continue
            for number, line in enumerate(self._bag.lines(manifest), 1):
                expected, _, name = line.decode("utf-8", "replace").partition("  ")
                listed.add(name)
                if name not in present:
                    self.say(f"{manifest} line {number}: {name} is missing")
                    continue
                digest = hashlib.sha256()
                for chunk in self._bag.chunks(name):
                    digest.update(chunk)
                if digest.hexdigest() != expected:
                    self.say(f"{name}: its SHA-256 is not the one in {manifest}")
        for name in sorted(present - listed):
            self.say(f"{name}: in no manifest")

    def _notes(self) -> list[tuple[str, Note]]:
        """Read the checkpoints, the newest first."""
        names = ["data/log/checkpoint.txt"]
        names += [n for n in self._bag.names() if n.startswith("data/log/checkpoints/")]
        texts = [(name, self._bag.read(name)) for name in names]
        texts += [(f"older checkpoint {i}", text) for i, text in enumerate(self._older, 1)]
        return [(name, Note(text)) for name, text in texts]

    def _log(self, notes: list[tuple[str, Note]]) -> None:
        tree = Tree()
        roots = {note.size: b"" for _, note in notes}
        heads: dict[str, tuple[int, bytes]] = {}
        opened = self._disclosures()
        log = at = ""
        last: dict[str, Any] = {}
        if 0 in roots:
            roots[0] = tree.root()
        for seq, line in enumerate(self._bag.lines(EVENTS)):
            where = f"{EVENTS} line {seq + 1}"
            leaf = leaf_hash(line)
            tree.add(leaf)
            if tree.size in roots:
                roots[tree.size] = tree.root()
            try:
                body = parse(line)
                log = log or body["log"]
                self._event(where, body, seq, log, at, heads)
                self._values(where, body["sealed"], opened(seq))
                self._keys.see(body)
                heads[body["subject"]] = (body["subject_seq"], leaf)
                at, last = body["at"], body
            except (ValueError, KeyError, TypeError) as error:
                self.say(f"{where} (seq {seq}): {error}")
            if len(self.problems) >= MOST_PROBLEMS:
                return
        self.events = tree.size
        for name, note in notes:
            if note.size > tree.size:
                self.say(f"{name}: signed over {note.size} events, the log has {tree.size}")
            elif roots[note.size] != note.root:
                self.say(f"{name}: the log's root at size {note.size} is not the signed one")
        if notes[0][1].size != tree.size:
            self.say(f"{EVENTS}: {tree.size} events, the checkpoint covers {notes[0][1].size}")
        for problem in self._keys.problems(notes, self._trusted):
            self.say(problem)
        heads.pop(log, None)
        if last.get("type") != "log.heads":
            self.say(f"{EVENTS}: the last event does not commit to the heads of all subjects")
        elif not isinstance(last["data"], dict) or (
            last["data"].get("heads") != Heads(heads).root().hex()
        ):
            self.say(f"{EVENTS} line {tree.size}: it commits to other heads than the events have")

    def _event(
        self,
        where: str,
        body: dict[str, Any],
        seq: int,
        log: str,
        at: str,
        heads: dict[str, tuple[int, bytes]],
    ) -> None:
        head = heads.get(body["subject"])
        expected = {
            "v": 1,
            "log": log,
            "seq": seq,
            "subject_seq": head[0] + 1 if head else 0,
            "prev": f"sha256:{head[1].hex()}" if head else None,
        }
        for name, value in expected.items():
            if body[name] != value:
                self.say(f"{where} (seq {seq}): {name} is {body[name]!r}, {value!r} follows")
        if body["at"] < at:
            self.say(f"{where} (seq {seq}): older than the event before")

    def _disclosures(self) -> Callable[[int], dict[str, tuple[str, Any]]]:
        """Return a function that gives the opened values of each event in turn."""
        lines = enumerate(self._bag.lines(DISCLOSURES), 1)
        waiting: list[tuple[int, str, str, Any]] = []

        def read() -> tuple[int, str, str, Any] | None:
            for number, line in lines:
                try:
                    seq, salt, name, value = parse(line)
                    return seq, salt, name, value
                except (ValueError, TypeError) as error:
                    self.say(f"{DISCLOSURES} line {number}: {error}")
            return None

        def opened(seq: int) -> dict[str, tuple[str, Any]]:
            found = {}
            while True:
                entry = waiting.pop() if waiting else read()
                if entry is None:
                    return found
                if entry[0] > seq:
                    waiting.append(entry)
                    return found
                found[entry[2]] = (entry[1], entry[3])

        return opened

    def _values(
        self, where: str, sealed: dict[str, str], opened: dict[str, tuple[str, Any]]
    ) -> None:
        for name, expected in sealed.items():
            if name not in opened:
                self.withheld += 1
                continue
            salt, value = opened.pop(name)
            self.disclosed += 1
            digest = hashlib.sha256(canonical([salt, name, value])).hexdigest()
            if expected != f"sha256:{digest}":
                self.say(f"{where}: the disclosed {name} is not what was committed to")
        for name in opened:
            self.say(f"{where}: {name} is disclosed but was never sealed")

    def _records(self) -> None:
        for name in self._bag.names():
            if not name.startswith("data/records/"):
                continue
            for number, line in enumerate(self._bag.lines(name), 1):
                try:
                    parse(line)
                except ValueError as error:
                    self.say(f"{name} line {number}: {error}")
        for name in self._bag.names():
            if name.startswith("data/snapshots/") and not name.endswith(".txt"):
                digest = hashlib.sha256(self._bag.read(name)).hexdigest()
                if digest != name.rsplit("/", 1)[-1]:
                    self.say(f"{name}: its bytes have another digest")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the verifier; returns the exit code."""
    reader = argparse.ArgumentParser(description="Verify an export of Dateline.")
    reader.add_argument("path", nargs="?", type=Path)
    reader.add_argument("--key", action="append", default=[], help="a key published elsewhere")
    reader.add_argument("--older-checkpoint", action="append", type=Path, default=[])
    given = reader.parse_args(arguments)
    path = given.path or Path(__file__).resolve().parent.parent
    try:
        bag = Folder(path)
        try:
            verifier = Verifier(bag, given.key, [p.read_bytes() for p in given.older_checkpoint])
            verifier.run()
        finally:
            bag.close()
    except (*_UNREADABLE, OSError) as error:
        print(f"{path}: cannot be read: {error}")
        return 1
    for problem in verifier.problems[:MOST_PROBLEMS]:
        print(problem)
    if verifier.problems:
        print(f"NOT VERIFIED: {len(verifier.problems)} problems.")
        return 1
    print(
        f"OK: {verifier.events} events, {verifier.disclosed} values disclosed, "
        f"{verifier.withheld} withheld."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
