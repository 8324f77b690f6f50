"""The log's signing key: made on the first run, readable by its owner alone."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from errors import IntegrityError

#: Longest key file that is read; a real one has about 120 bytes.
_MAX_SIZE = 10_000


class KeyFileError(IntegrityError):
    """The file of the signing key cannot be used; the message says what to do."""


class SigningKey:
    """An Ed25519 key that signs checkpoints."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @property
    def public_bytes(self) -> bytes:
        """Return the 32 bytes of the public key."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        return self._key.sign(data)


def load_or_create(path: Path) -> SigningKey:
    """
    Read the signing key, made first if there is none.

    :raises KeyFileError: if others can read the file, or it holds no such key
    """
    if not path.exists() and not path.is_symlink():
        _create(path)
    return load(path)


def load_ring(path: Path) -> list[SigningKey]:
    """
    Read the signing key, made first if there is none, and after it those that it replaced.

    :raises KeyFileError: if others can read one of them, or it is no such key
    """
    replaced = sorted(_folder_of(path).glob("*.key"))
    return [load_or_create(path), *(load(found) for found in replaced)]


def prepare_next(path: Path) -> SigningKey:
    """Return the key that is to replace the one at `path`, made if it was not made yet."""
    return load_or_create(_next(path))


def install_next(path: Path) -> None:
    """Put the prepared key in the place of the old one, which is kept beside it."""
    old = load(path).public_bytes
    kept = _folder_of(path) / f"{old.hex()[:16]}.key"
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    kept.unlink(missing_ok=True)
    os.link(path, kept)
    _sync_folder(kept.parent)
    _next(path).replace(path)
    _sync_folder(path.parent)


def forget(path: Path, public_key: bytes) -> bool:
    """Delete a replaced key by its public half; says whether there was one."""
    for found in sorted(_folder_of(path).glob("*.key")):
        if load(found).public_bytes == public_key:
            found.unlink()
            return True
    return False


def copy_ring(path: Path, target: Path) -> int:
    """
    Copy the signing key, the one that is to replace it and those that it replaced; returns how
    many. They lie to the copy as to the original, and only their owner can read them.
    """
    pairs = [(path, target), (_next(path), _next(target))]
    kept = sorted(_folder_of(path).glob("*.key"))
    pairs += [(found, _folder_of(target) / found.name) for found in kept]
    present = [(found, copy) for found, copy in pairs if found.exists()]
    for found, copy in present:
        copy.parent.mkdir(mode=0o700, exist_ok=True)
        copy.unlink(missing_ok=True)
        handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(_read(found))
        _sync_folder(copy.parent)
    return len(present)


def _folder_of(path: Path) -> Path:
    """Return where replaced keys lie; beside a key of another name, a folder of that name."""
    return path.with_name("replaced-keys" if path.name == "log.key" else f"{path.name}.replaced")


def _next(path: Path) -> Path:
    return path.with_name(path.name + ".next")


def load(path: Path) -> SigningKey:
    """
    Read a signing key.

    :raises KeyFileError: if there is none, others can read the file, or it holds no such key
    """
    try:
        key = serialization.load_pem_private_key(_read(path), password=None)
    except (ValueError, TypeError) as error:
        raise KeyFileError(f"{path.name} holds no signing key: restore it from a copy.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(f"{path.name} holds a key of another kind: restore it from a copy.")
    return SigningKey(key)


def _read(path: Path) -> bytes:
    """Read the file after a look at who else could, through one and the same descriptor."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise KeyFileError(f"The signing key {path.name} cannot be read: {error}.") from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise KeyFileError(f"{path.name} is not a file: move it away, or name another path.")
        if found.st_mode & 0o077:
            raise KeyFileError(f"Others can read the signing key {path.name}: run chmod 600 on it.")
        return os.read(handle, _MAX_SIZE)
    finally:
        os.close(handle)


def _create(path: Path) -> None:
    """Write a new key under its name in one step: of two at once, one wins for both."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    # mkstemp makes the file with O_EXCL and mode 0600; it gets its name when it is whole.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".key-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)
        _sync_folder(path.parent)
    except FileExistsError:
        return
    finally:
        Path(name).unlink()


def _sync_folder(folder: Path) -> None:
    """Have the new name outlive a power cut: without the key no later checkpoint verifies."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
