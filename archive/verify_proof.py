#!/usr/bin/env python3
"""Verify the proof of one claim with Python's standard library alone.

    python verify_proof.py [--key VKEY] [PATH]

PATH is a proof.json; by default the one beside this file. VKEY is a key that the desk publishes
elsewhere; without it a key inside the proof is used, which shows that the proof is whole but not
whose it is. Prints what was shown, or why the proof is refused; exits 0 or 1.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class RefusedError(Exception):
    """The proof does not show what it says; the message says why."""


def canonical(value: Any) -> bytes:
    """Return canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def leaf_hash(line: bytes) -> bytes:
    """Return SHA-256(0x00 || line)."""
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


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


def verify_note(text: str, vkeys: Sequence[str]) -> tuple[int, bytes]:
    """Return size and root of a checkpoint that one of the keys signed."""
    body, blank, tail = text.rpartition("\n\n")
    parts = body.split("\n")
    if not blank or len(parts) < 3:
        raise RefusedError("the checkpoint is not a signed note")
    for vkey in vkeys:
        name, identity, printed = vkey.split("+", 2)
        raw = base64.b64decode(printed, validate=True)
        expected = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if raw[:1] != b"\x01" or expected.hex() != identity:
            raise RefusedError(f"{vkey} is not a verification key")
        for line in tail.split("\n"):
            signer, _, value = line[2:].partition(" ")
            signed = base64.b64decode(value, validate=True)
            if name == parts[0] == signer and signed[:4] == expected:
                if not ed25519_verify(raw[1:], (body + "\n").encode(), signed[4:]):
                    raise RefusedError(f"the checkpoint's signature by {vkey} is wrong")
                return int(parts[1]), base64.b64decode(parts[2], validate=True)
    raise RefusedError("no known key signed the checkpoint")


def verify_path(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Say whether a path leads from a leaf to the root, RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    position, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(sibling, value)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and value == root


def verify_head(subject: str, number: int, leaf: bytes, path: list[bytes], root: bytes) -> bool:
    """Say whether the map of heads gives this event as the subject's last one."""
    if len(path) > 256:
        return False
    place = int.from_bytes(hashlib.sha256(subject.encode()).digest(), "big")
    value = leaf_hash(canonical([subject, number, f"sha256:{leaf.hex()}"]))
    for depth, sibling in zip(range(len(path) - 1, -1, -1), path):  # noqa: B905
        is_right = place >> (255 - depth) & 1
        value = node_hash(sibling, value) if is_right else node_hash(value, sibling)
    return value == root


class Verifier:
    """Checks one proof; what does not hold is raised with the reason."""

    def __init__(self, proof: dict[str, Any], trusted: Sequence[str]) -> None:
        if proof.get("format") != "dateline-proof/1":
            raise RefusedError("this is not a proof of the format dateline-proof/1")
        self._proof = proof
        self._log = proof["log"]
        self._size, self._root = verify_note(proof["checkpoint"], trusted or proof["keys"])
        self.events = self.disclosed = self.withheld = 0

    def run(self) -> None:
        """Check everything."""
        heads, _ = self._event(self._proof["heads"], "heads")
        if heads["seq"] != self._size - 1 or heads["type"] != "log.heads":
            raise RefusedError("heads is not the last event before the checkpoint")
        if heads["subject"] != self._log:
            raise RefusedError("heads is not an event about the log itself")
        bodies: dict[int, dict[str, Any]] = {}
        named = [part["subject"] for part in self._proof["subjects"]]
        if len(set(named)) != len(named) or self._proof["claim"] not in named:
            raise RefusedError("the claim is not among the subjects, or a subject stands twice")
        for part in self._proof["subjects"]:
            for body in self._chain(part, bytes.fromhex(heads["data"]["heads"])):
                bodies[body["seq"]] = body
        self._values(bodies)

    def _event(self, entry: dict[str, Any], where: str) -> tuple[dict[str, Any], bytes]:
        """Check that a line stands in the log; returns the event and its leaf hash."""
        line = entry["line"].encode("utf-8")
        body: dict[str, Any] = json.loads(line)
        leaf = leaf_hash(line)
        path = [bytes.fromhex(step) for step in entry["path"]]
        if canonical(body) != line:
            raise RefusedError(f"{where}: the line is not canonical")
        if body["log"] != self._log or body["v"] != 1:
            raise RefusedError(f"{where}: it is an event of another log")
        if not verify_path(leaf, body["seq"], self._size, path, self._root):
            raise RefusedError(f"{where}: event {body['seq']} is not in the log, or was altered")
        return body, leaf

    def _chain(self, part: dict[str, Any], root: bytes) -> list[dict[str, Any]]:
        """Check that a subject's events are all of them, in order."""
        subject, previous, bodies = part["subject"], None, []
        for number, entry in enumerate(part["events"]):
            where = f"{subject} event {number}"
            body, leaf = self._event(entry, where)
            if body["subject"] != subject or body["subject_seq"] != number:
                raise RefusedError(f"{where}: it does not follow; one is missing or out of order")
            if body["prev"] != previous:
                raise RefusedError(f"{where}: prev is not the hash of the event before")
            previous = f"sha256:{leaf.hex()}"
            bodies.append(body)
        if not bodies:
            raise RefusedError(f"{subject}: there are no events")
        path = [bytes.fromhex(step) for step in part["head_path"]]
        if not verify_head(subject, len(bodies) - 1, leaf, path, root):
            raise RefusedError(
                f"{subject}: later events were left out, or the head's path is wrong"
            )
        self.events += len(bodies)
        return bodies

    def _values(self, bodies: dict[int, dict[str, Any]]) -> None:
        opened = set()
        for seq, salt, name, value in self._proof["disclosures"]:
            digest = hashlib.sha256(canonical([salt, name, value])).hexdigest()
            if bodies.get(seq, {}).get("sealed", {}).get(name) != f"sha256:{digest}":
                raise RefusedError(f"the value {name} of event {seq} is not what was committed to")
            opened.add((seq, name))
        sealed = {(seq, name) for seq, body in bodies.items() for name in body["sealed"]}
        self.disclosed, self.withheld = len(opened), len(sealed - opened)


#: What reading something else than a proof ends in.
UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    StopIteration,
    zipfile.BadZipFile,
)


def proof_in(path: Path) -> bytes:
    """Return the proof's bytes, from the file itself or the bundle that holds it."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as bundle:
        return bundle.read(next(n for n in bundle.namelist() if n.endswith("/proof.json")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the verifier; returns the exit code."""
    reader = argparse.ArgumentParser(description="Verify the proof of one claim.")
    reader.add_argument("path", nargs="?", type=Path)
    reader.add_argument("--key", action="append", default=[], help="a key published elsewhere")
    given = reader.parse_args(arguments)
    path = given.path or Path(__file__).resolve().with_name("proof.json")
    try:
        verifier = Verifier(json.loads(proof_in(path).decode("utf-8")), given.key)
        verifier.run()
    except RefusedError as reason:
        print(f"REFUSED: {reason}.")
        return 1
    except UNREADABLE as error:
        print(f"REFUSED: the proof cannot be read: {type(error).__name__} {error}.")
        return 1
    print(
        f"OK: {verifier.events} events, all there are, {verifier.disclosed} values disclosed, "
        f"{verifier.withheld} withheld."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
