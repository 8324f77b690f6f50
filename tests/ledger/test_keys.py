"""The signing key's file: made once, for its owner alone, refused when others can read it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from ledger.keys import KeyFileError, load, load_or_create


class TestLoadOrCreate:
    def test_the_key_stays_the_same_and_is_its_owners_alone(self, path):
        first = load_or_create(path)

        assert load_or_create(path).public_bytes == first.public_bytes
        assert path.stat().st_mode & 0o777 == 0o600

    def test_what_it_signs_verifies(self, path):
        key = load_or_create(path)

        Ed25519PublicKey.from_public_bytes(key.public_bytes).verify(key.sign(b"x"), b"x")

    def test_many_at_once_get_one_key_and_leave_nothing_else(self, path):
        with ThreadPoolExecutor(8) as pool:
            keys = {key.public_bytes for key in pool.map(load_or_create, [path] * 16)}

        assert len(keys) == 1
        assert list(path.parent.iterdir()) == [path]

    def test_a_link_to_nowhere_is_not_followed(self, path, tmp_path):
        path.parent.mkdir()
        path.symlink_to(tmp_path / "elsewhere")

        with pytest.raises(KeyFileError):
            load_or_create(path)
        assert not (tmp_path / "elsewhere").exists()


class TestLoad:
    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o601])
    def test_a_key_that_others_can_reach_is_refused_with_what_to_do(self, path, mode):
        load_or_create(path)
        path.chmod(mode)

        with pytest.raises(KeyFileError, match="chmod 600"):
            load(path)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"not a key",
            X25519PrivateKey.generate().private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
        ],
        ids=["empty", "text", "another kind"],
    )
    def test_a_file_without_such_a_key_is_refused_and_kept(self, path, data):
        path.parent.mkdir()
        path.write_bytes(data)
        path.chmod(0o600)

        with pytest.raises(KeyFileError):
            load(path)
        assert path.read_bytes() == data

    def test_a_folder_is_refused(self, path):
        path.mkdir(parents=True, mode=0o700)

        with pytest.raises(KeyFileError, match="not a file"):
            load(path)

    def test_a_missing_key_is_refused(self, path):
        with pytest.raises(KeyFileError):
            load(path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "instance" / "log.key"
