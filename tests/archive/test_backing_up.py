"""Backups: the database and every key that signs for it, for the owner alone."""

import stat

import pytest

import factories
from archive.audit import problems
from archive.backing_up import back_up
from db import Database
from ledger import checkpoint, checkpoints, keys, rotation
from ledger.checkpoint import parse_note

ORIGIN = "desk.example/log"


@pytest.fixture
def desk(app, session, settings):
    """A desk whose key was replaced and still counts."""
    factories.make_article(session)
    keys.load_or_create(settings.key_path)
    rotation.rotate(session, settings.key_path, ORIGIN)
    session.commit()
    keys.install_next(settings.key_path)
    return app


def restore(path, folder):
    """Put a backup where a desk looks for its database and keys, as the manual says."""
    folder.mkdir()
    path.rename(folder / "dateline.db")
    path.with_suffix(".key").rename(folder / "log.key")
    path.with_suffix(".key.replaced").rename(folder / "replaced-keys")
    return Database(f"sqlite:///{folder}/dateline.db")


class TestBackUp:
    def test_what_is_restored_is_whole_and_signs_with_both_keys(self, desk, settings, tmp_path):
        own = [keys.load(settings.key_path).public_bytes]
        path = tmp_path / "copy" / "backup.db"
        path.parent.mkdir()
        answer = desk.test_cli_runner().invoke(args=["backup", str(path)])

        restored = restore(path, tmp_path / "restored")
        ring = keys.load_ring(tmp_path / "restored" / "log.key")
        with restored.writing() as session:
            factories.make_article(session)
            note = parse_note(checkpoints.make(session, ring, ORIGIN).note)
            vkeys = checkpoints.active_keys(session)
            found = list(problems(session))

        assert answer.exit_code == 0
        assert [key.public_bytes for key in ring][:1] == own
        assert [checkpoint.is_signed_by(note, vkey) for vkey in vkeys] == [True, True]
        assert found == []
        restored.engine.dispose()

    def test_only_the_owner_reads_it(self, desk, settings, tmp_path):
        folder = tmp_path / "copy"
        folder.mkdir()
        back_up(desk.extensions["dateline.db"], settings.key_path, folder / "backup.db")

        files = [p for p in folder.rglob("*") if p.is_file()]
        assert len(files) == 3
        assert {stat.S_IMODE(p.stat().st_mode) for p in files} == {0o600}
        assert stat.S_IMODE((folder / "backup.key.replaced").stat().st_mode) == 0o700
