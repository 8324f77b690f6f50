"""
Checkpoints as C2SP signed notes: the log's origin, size and root, signed with Ed25519.

    origin LF size LF base64(root) LF LF em-dash SP name SP base64(keyid || signature) LF

The key's name is the origin; its id is the first four bytes of SHA-256(name LF 0x01 key).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from errors import SignatureInvalidError
from ledger.keys import SigningKey

ED25519 = b"\x01"


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint as read: what it says, and the signatures below it."""

    origin: str
    size: int
    root: bytes
    body: bytes
    #: `(name, key id, signature)`, as printed.
    signatures: tuple[tuple[str, bytes, bytes], ...]


def key_id(name: str, public_key: bytes) -> bytes:
    """Return the four bytes that tell keys of one name apart."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]


def verifier_key(name: str, public_key: bytes) -> str:
    """Return a key as C2SP prints it: `name+keyid+base64(0x01 || key)`."""
    printed = base64.b64encode(ED25519 + public_key).decode()
    return f"{name}+{key_id(name, public_key).hex()}+{printed}"


def parse_verifier_key(vkey: str) -> tuple[str, bytes]:
    """
    Read a printed key: its name and its 32 bytes.

    :raises SignatureInvalidError: if it is not one, or its id is not its own
    """
    try:
        name, identity, printed = vkey.split("+", 2)
        raw = base64.b64decode(printed, validate=True)
    except (ValueError, binascii.Error) as error:
        raise SignatureInvalidError("A verification key reads name+keyid+base64.") from error
    if raw[:1] != ED25519 or len(raw) != 33 or key_id(name, raw[1:]).hex() != identity:
        raise SignatureInvalidError(f"The verification key of {name} is not an Ed25519 key.")
    return name, raw[1:]


def sign(origin: str, size: int, root: bytes, keys: Iterable[SigningKey]) -> str:
    """Return the signed note of a tree, with a signature line for each key."""
    body = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    lines = []
    for key in keys:
        signed = key_id(origin, key.public_bytes) + key.sign(body.encode())
        lines.append(f"\N{EM DASH} {origin} {base64.b64encode(signed).decode()}\n")
    return body + "\n" + "".join(lines)


def parse_note(text: str) -> Note:
    """
    Read a signed note.

    :raises SignatureInvalidError: if it is not one
    """
    body, blank, tail = text.partition("\n\n")
    parts = body.split("\n")
    if not blank or len(parts) != 3 or not parts[1].isascii() or not parts[1].isdigit():
        raise SignatureInvalidError("A checkpoint has three lines, a blank one, and signatures.")
    try:
        root = base64.b64decode(parts[2], validate=True)
        signatures = tuple(_signature(line) for line in tail.split("\n") if line)
    except (ValueError, binascii.Error) as error:
        raise SignatureInvalidError("The checkpoint's root or signature is not base64.") from error
    return Note(parts[0], int(parts[1]), root, (body + "\n").encode(), signatures)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    dash, name, printed = line.split(" ")
    raw = base64.b64decode(printed, validate=True)
    if dash != "\N{EM DASH}" or len(raw) != 68:
        raise ValueError("not a signature line")
    return name, raw[:4], raw[4:]


def verify(note: Note, vkeys: Iterable[str]) -> str:
    """
    Return the first of the keys whose signature the note carries.

    :raises SignatureInvalidError: if none of them signed it, or one's signature is wrong
    """
    for vkey in vkeys:
        name, public = parse_verifier_key(vkey)
        for signer, identity, signature in note.signatures:
            if (signer, identity) != (name, key_id(name, public)):
                continue
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(signature, note.body)
            except InvalidSignature as error:
                raise SignatureInvalidError(
                    f"The signature of {name} on the checkpoint of size {note.size} is wrong."
                ) from error
            return vkey
    raise SignatureInvalidError(f"No known key signed the checkpoint of size {note.size}.")
