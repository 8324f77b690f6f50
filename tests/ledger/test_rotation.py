"""Keys: a new one is vouched for by the old, a revoked one counts no longer."""

import pytest

import factories
from errors import InvalidInputError, SignatureInvalidError
from ledger import checkpoint, checkpoints, keys, rotation
from ledger.checkpoint import parse_note
from ledger.signers import Signer, Signers, signers_of

ORIGIN = "desk.example/log"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "log.key"


def key_id(path):
    return rotation.printed(keys.load(path), ORIGIN).split("+", 2)[1]


def sign_now(session, path):
    factories.make_source(session)
    return parse_note(checkpoints.make(session, keys.load_ring(path), ORIGIN).note)


def rotated(session, path):
    made = rotation.rotate(session, path, ORIGIN)
    keys.install_next(path)
    return parse_note(made.note)


class TestRotate:
    def test_both_keys_sign_the_checkpoint_of_the_change(self, session, path):
        old = rotation.printed(keys.load_or_create(path), ORIGIN)

        note = rotated(session, path)

        new = rotation.printed(keys.load(path), ORIGIN)
        assert old != new
        assert checkpoint.is_signed_by(note, old)
        assert checkpoint.is_signed_by(note, new)

    def test_whoever_knows_the_old_key_follows_to_the_new_one(self, session, path):
        old = rotation.printed(keys.load_or_create(path), ORIGIN)
        first = sign_now(session, path)
        notes = [first, rotated(session, path)]
        rotation.revoke(session, path, ORIGIN, old, "replaced")
        notes.append(sign_now(session, path))

        signers_of(session).check(notes, [old])

        assert not checkpoint.is_signed_by(notes[-1], old)

    def test_one_that_broke_off_goes_on_with_the_key_it_recorded(self, session, path):
        keys.load_or_create(path)
        rotation.rotate(session, path, ORIGIN)

        rotated(session, path)

        assert len(checkpoints.active_keys(session)) == 2

    def test_files_are_their_owners_alone(self, session, path):
        keys.load_or_create(path)
        rotated(session, path)

        files = [path, *path.with_name("replaced-keys").iterdir()]
        assert len(files) == 2
        assert {p.stat().st_mode & 0o777 for p in files} == {0o600}


class TestRevoke:
    def test_the_key_that_signs_now_is_not_revoked(self, session, path):
        sign_now(session, path)

        with pytest.raises(InvalidInputError, match="rotate"):
            rotation.revoke(session, path, ORIGIN, key_id(path), "lost")

    def test_an_unknown_key_is_named(self, session, path):
        sign_now(session, path)

        with pytest.raises(InvalidInputError, match="00000000"):
            rotation.revoke(session, path, ORIGIN, "00000000", "lost")

    def test_a_revoked_key_put_back_signs_nothing(self, session, path):
        keys.load_or_create(path)
        kept, identity = path.read_bytes(), key_id(path)
        rotated(session, path)
        rotation.revoke(session, path, ORIGIN, identity, "disclosed")
        path.write_bytes(kept)

        with pytest.raises(keys.KeyFileError, match="revoked"):
            sign_now(session, path)


class TestSigners:
    @pytest.fixture
    def signed(self, tmp_path):
        made = [keys.load_or_create(tmp_path / name) for name in ("1", "2", "3")]
        vkeys = [rotation.printed(key, ORIGIN) for key in made]

        def sign(size, *which):
            text = checkpoint.sign(ORIGIN, size, bytes(32), [made[i] for i in which])
            return parse_note(text)

        return vkeys, sign

    def test_a_key_that_nobody_vouched_for_is_refused(self, signed):
        (first, second, _), sign = signed
        signers = Signers([Signer(first, 0), Signer(second, 5)])

        with pytest.raises(SignatureInvalidError, match="vouches"):
            signers.check([sign(3, 0), sign(8, 1)])

    def test_a_key_signs_nothing_before_it_was_added(self, signed):
        (first, second, _), sign = signed
        signers = Signers([Signer(first, 0), Signer(second, 5)])

        with pytest.raises(SignatureInvalidError, match="size 3"):
            signers.check([sign(3, 1), sign(8, 0, 1)])

    def test_a_revoked_key_signs_nothing_afterwards(self, signed):
        (first, second, _), sign = signed
        signers = Signers([Signer(first, 0, revoked=9), Signer(second, 5)])

        signers.check([sign(8, 0, 1), sign(12, 1)], [first])
        with pytest.raises(SignatureInvalidError, match="size 12"):
            signers.check([sign(8, 0, 1), sign(12, 0)], [first])

    def test_a_new_key_vouches_for_what_the_old_one_signed(self, signed):
        (first, second, _), sign = signed
        signers = Signers([Signer(first, 0), Signer(second, 5)])

        signers.check([sign(3, 0), sign(8, 0, 1), sign(12, 1)], [second])

    def test_a_stranger_s_key_vouches_for_nothing(self, signed):
        (first, _, third), sign = signed

        with pytest.raises(SignatureInvalidError):
            Signers([Signer(first, 0)]).check([sign(3, 0)], [third])
