"""Checkpoints and keys: signed notes verify, altered ones do not."""

import pytest

from errors import SignatureInvalidError
from ledger import checkpoint
from ledger.keys import load_or_create

ORIGIN = "desk.example/log"
ROOT = b"\x07" * 32


@pytest.fixture
def key(tmp_path):
    return load_or_create(tmp_path / "log.key")


@pytest.fixture
def vkey(key):
    return checkpoint.verifier_key(ORIGIN, key.public_bytes)


class TestVerify:
    def test_a_signed_note_verifies_with_its_key(self, key, vkey):
        note = checkpoint.parse_note(checkpoint.sign(ORIGIN, 5, ROOT, [key]))

        assert checkpoint.verify(note, [vkey]) == vkey
        assert (note.origin, note.size, note.root) == (ORIGIN, 5, ROOT)

    def test_another_size_does_not_verify(self, key, vkey):
        text = checkpoint.sign(ORIGIN, 5, ROOT, [key]).replace("\n5\n", "\n6\n")

        with pytest.raises(SignatureInvalidError):
            checkpoint.verify(checkpoint.parse_note(text), [vkey])

    def test_an_unknown_key_does_not_verify(self, key, tmp_path):
        other = load_or_create(tmp_path / "other.key")
        note = checkpoint.parse_note(checkpoint.sign(ORIGIN, 5, ROOT, [key]))

        with pytest.raises(SignatureInvalidError):
            checkpoint.verify(note, [checkpoint.verifier_key(ORIGIN, other.public_bytes)])


class TestLoadOrCreate:
    def test_the_key_stays_the_same_and_is_its_owners_alone(self, tmp_path):
        path = tmp_path / "log.key"

        assert load_or_create(path).public_bytes == load_or_create(path).public_bytes
        assert path.stat().st_mode & 0o777 == 0o600

    def test_a_key_that_others_can_read_is_refused(self, tmp_path):
        path = tmp_path / "log.key"
        load_or_create(path)
        path.chmod(0o644)

        with pytest.raises(SystemExit, match="chmod 600"):
            load_or_create(path)
