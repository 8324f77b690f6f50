"""
Checkpoints as C2SP signed notes: the log's origin, size and root, signed with Ed25519.

    origin LF size LF base64(root) LF LF em-dash SP name SP base64(keyid || signature) LF ...

The signature covers everything before the blank line. A key's name is the origin; its id is the
first four bytes of SHA-256(name LF 0x01 key). Signatures by keys that a reader does not know are
passed over; a wrong signature by a key that it knows refuses the note.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from errors import SignatureInvalidError
from ledger.keys import SigningKey

#: C2SP's mark of an Ed25519 key.
ED25519 = b"\x01"

#: Longest note that is read; a real one has a few hundred characters.
MAX_NOTE = 100_000

_DASH = "\N{EM DASH} "
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]{1,200}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint as read: what it says, and the signatures below it."""

    origin: str
    size: int
    root: bytes
    #: The bytes that are signed.
    body: bytes
    #: `(name, key id, signature)`, as printed.
    signatures: tuple[tuple[str, bytes, bytes], ...]


def key_id(name: str, public_key: bytes) -> bytes:
    """Return the four bytes that tell keys of one name apart."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]


def verifier_key(name: str, public_key: bytes) -> str:
    """
    Return a key as C2SP prints it: `name+keyid+base64(0x01 || key)`.

    :raises ValueError: if the name cannot be told from the rest
    """
    _check_name(name)
    printed = base64.b64encode(ED25519 + public_key).decode()
    return f"{name}+{key_id(name, public_key).hex()}+{printed}"


def parse_verifier_key(vkey: str) -> tuple[str, bytes]:
    """
    Read a printed key: its name and its 32 bytes.

    :raises SignatureInvalidError: if it is not one, or its id is not its own
    """
    parts = vkey.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise SignatureInvalidError("A verification key reads name+keyid+base64.")
    name, identity, printed = parts
    raw = _decode(printed)
    if raw[:1] != ED25519 or len(raw) != 33 or key_id(name, raw[1:]).hex() != identity:
        raise SignatureInvalidError(f"The verification key of {name} is not an Ed25519 key.")
    return name, raw[1:]


def note_text(origin: str, size: int, root: bytes) -> str:
    """
    Return what is signed about a tree.

    :raises ValueError: if the origin has spaces, plus signs or control characters, or no length
    """
    _check_name(origin)
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def sign(origin: str, size: int, root: bytes, keys: Iterable[SigningKey]) -> str:
    """Return the signed note of a tree, with a signature line for each key."""
    body = note_text(origin, size, root)
    lines = []
    for key in keys:
        signed = key_id(origin, key.public_bytes) + key.sign(body.encode())
        lines.append(f"{_DASH}{origin} {base64.b64encode(signed).decode()}\n")
    return body + "\n" + "".join(lines)


def parse_note(text: str) -> Note:
    """
    Read a signed note; lines after the root are signed with it and otherwise passed over.

    :raises SignatureInvalidError: if it is not one
    """
    if len(text) > MAX_NOTE or _CONTROL.search(text):
        raise SignatureInvalidError("The checkpoint is too long or holds control characters.")
    body, blank, tail = text.rpartition("\n\n")
    parts = body.split("\n")
    if not blank or len(parts) < 3 or "" in parts or not _SIZE.fullmatch(parts[1]):
        raise SignatureInvalidError("A checkpoint has three lines, a blank one, and signatures.")
    root = _decode(parts[2])
    if len(root) != hashlib.sha256().digest_size:
        raise SignatureInvalidError("The checkpoint's root is not 32 bytes.")
    if not tail.endswith("\n"):
        raise SignatureInvalidError("The checkpoint has no signature, or its last line is cut off.")
    signatures = tuple(_signature(line) for line in tail[:-1].split("\n"))
    return Note(parts[0], int(parts[1]), root, (body + "\n").encode(), signatures)


def verify(note: Note, vkeys: Iterable[str]) -> str:
    """
    Return the first of the keys whose signature the note carries.

    :raises SignatureInvalidError: if none of them signed it, or the signature of any is wrong
    """
    signed = [vkey for vkey in vkeys if is_signed_by(note, vkey)]
    if not signed:
        raise SignatureInvalidError(f"No known key signed the checkpoint of size {note.size}.")
    return signed[0]


def is_signed_by(note: Note, vkey: str) -> bool:
    """
    Say whether the note carries a signature of this key.

    :raises SignatureInvalidError: if it does, and the signature is wrong
    """
    name, public_key = parse_verifier_key(vkey)
    wanted = name, key_id(name, public_key)
    for signer, identity, signature in note.signatures:
        if name != note.origin or (signer, identity) != wanted:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, note.body)
        except InvalidSignature as error:
            raise SignatureInvalidError(
                f"The signature of {name} on the checkpoint of size {note.size} is wrong."
            ) from error
        return True
    return False


def _signature(line: str) -> tuple[str, bytes, bytes]:
    """Read one signature line, whatever kind of key made it."""
    name, _, printed = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not _NAME.fullmatch(name):
        raise SignatureInvalidError("A line below the checkpoint is not a signature.")
    raw = _decode(printed)
    if len(raw) < 5:
        raise SignatureInvalidError(f"The signature of {name} is cut off.")
    return name, raw[:4], raw[4:]


def _decode(printed: str) -> bytes:
    """Read base64 that is written in the one usual way."""
    try:
        raw = base64.b64decode(printed, validate=True)
    except ValueError as error:
        raise SignatureInvalidError("A part of the checkpoint or key is not base64.") from error
    if base64.b64encode(raw).decode() != printed:
        raise SignatureInvalidError("A part of the checkpoint or key is not plain base64.")
    return raw


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot name a log: spaces, + and control characters are out.")
