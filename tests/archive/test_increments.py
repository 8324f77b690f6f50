"""Increments: applied to the earlier export they give the later one, byte for byte."""

import subprocess
import sys

import pytest
from desks import ORIGIN, decide, export_to, open_desk, take, unpacked

import factories
from archive.apply import main as apply
from archive.exporting import describe, reading_at_checkpoint
from archive.increments import write_increment
from archive.making import make_export
from archive.records import Level, Scope
from claims.models import Claim
from errors import ImportConflictError, InvalidInputError
from ledger import log
from ledger.keys import load_ring
from permissions import SYSTEM
from schemas.archive import json_schemas
from sources.snapshots import Captured, take_snapshot

TEXT = "The harbour was dredged in 1990. Nobody asked why."


@pytest.fixture
def desk(tmp_path):
    """A desk with two claims."""
    database = open_desk(tmp_path / "desk.db")
    with database.writing() as session:
        factories.make_article(session)
    yield database
    database.engine.dispose()


@pytest.fixture
def earlier(desk, tmp_path):
    """An export, after which the desk changed what it held and added to it."""
    path = export_to(tmp_path / "1.zip", desk)
    with desk.writing() as session:
        decide(session, session.query(Claim).order_by(Claim.id.desc()).first())
        words = factories.candidate(TEXT, "The harbour was dredged in 1990")
        factories.make_article(session, text=TEXT, candidates=[words])
        page = Captured(b"<p>The harbour</p>", "text/html", text="The harbour")
        take_snapshot(session, factories.make_source(session), page, actor=SYSTEM)
    return path


@pytest.fixture
def later(desk, earlier, tmp_path):
    """The export of what the desk holds now."""
    return export_to(tmp_path / "2.zip", desk)


def since(database, size, path):
    """Write the increment since an earlier size, whose export need not be at hand."""
    ring = load_ring(path.parent / "log.key")
    with reading_at_checkpoint(database, ring, ORIGIN) as (session, made):
        found = describe(session, made, Scope(), Level.FULL, size)
    make_export(database, path, found, origin=ORIGIN, schemas=json_schemas(), most=10**9)
    return path


def size_of(desk):
    with desk.read_session() as session:
        return log.log_size(session)


class TestWriteIncrement:
    def test_applied_to_the_earlier_export_it_gives_the_later(self, earlier, later, tmp_path):
        path = tmp_path / "increment.zip"
        write_increment(earlier, later, path, most=10**9)

        assert apply([str(earlier), str(path), str(tmp_path / "made.zip")]) == 0

        assert (tmp_path / "made.zip").read_bytes() == later.read_bytes()
        assert path.stat().st_size < later.stat().st_size

    def test_the_script_inside_needs_nothing_but_python(self, earlier, later, tmp_path):
        write_increment(earlier, later, tmp_path / "increment.zip", most=10**9)
        bag = unpacked(tmp_path / "increment.zip", tmp_path / "bag")

        run = subprocess.run(
            [
                sys.executable,
                "-S",
                "-E",
                str(bag / "data/apply.py"),
                "1.zip",
                "increment.zip",
                "3.zip",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )

        assert run.returncode == 0, run.stdout + run.stderr
        assert (tmp_path / "3.zip").read_bytes() == later.read_bytes()

    def test_it_is_a_bag_that_carries_new_lines_only(self, earlier, later, tmp_path):
        write_increment(earlier, later, tmp_path / "increment.zip", most=10**9)

        bag = unpacked(tmp_path / "increment.zip", tmp_path / "bag")

        carried = b"".join(p.read_bytes() for p in (bag / "data/new").iterdir())
        assert b"harbour" in carried
        assert b"The minister said the bridge" not in carried

    def test_onto_another_export_it_is_refused(self, earlier, later, tmp_path, capsys):
        write_increment(earlier, later, tmp_path / "increment.zip", most=10**9)

        assert apply([str(later), str(tmp_path / "increment.zip"), str(tmp_path / "x.zip")]) == 1

        assert "is not the export" in capsys.readouterr().out
        assert not (tmp_path / "x.zip").exists()

    def test_a_damaged_one_makes_nothing(self, earlier, later, tmp_path):
        path = tmp_path / "increment.zip"
        write_increment(earlier, later, path, most=10**9)
        body = bytearray(path.read_bytes())
        body[body.index(b"harbour")] ^= 1
        path.write_bytes(body)

        assert apply([str(earlier), str(path), str(tmp_path / "x.zip")]) == 1
        assert not (tmp_path / "x.zip").exists()


class TestMakeExport:
    def test_since_a_size_it_continues_the_export_of_that_size(self, desk, tmp_path):
        first = export_to(tmp_path / "1.zip", desk)
        size = size_of(desk)
        with desk.writing() as session:
            decide(session, session.query(Claim).order_by(Claim.id).first())

        path = since(desk, size, tmp_path / "increment.zip")

        second = export_to(tmp_path / "2.zip", desk)
        assert apply([str(first), str(path), str(tmp_path / "made.zip")]) == 0
        assert (tmp_path / "made.zip").read_bytes() == second.read_bytes()

    def test_what_was_no_checkpoint_is_refused(self, desk, tmp_path):
        export_to(tmp_path / "1.zip", desk)

        with pytest.raises(InvalidInputError, match="checkpoint"):
            since(desk, 2, tmp_path / "x.zip")

    def test_after_an_erasure_it_takes_the_earlier_file(self, desk, tmp_path):
        from archive import erasing

        first = export_to(tmp_path / "1.zip", desk)
        size = size_of(desk)
        with desk.writing() as session:
            plan = erasing.plan_containing(session, "40 million")
            erasing.erase(session, plan, ground="rights", actor=SYSTEM)
        second = export_to(tmp_path / "2.zip", desk)

        with pytest.raises(ImportConflictError, match="erased since"):
            since(desk, size, tmp_path / "x.zip")
        write_increment(first, second, tmp_path / "increment.zip", most=10**9)

        assert apply([str(first), str(tmp_path / "increment.zip"), str(tmp_path / "m.zip")]) == 0
        assert (tmp_path / "m.zip").read_bytes() == second.read_bytes()
        assert b"40 million" not in (tmp_path / "increment.zip").read_bytes()

    def test_an_export_of_an_earlier_size_is_the_one_made_then(self, desk, tmp_path):
        first = export_to(tmp_path / "1.zip", desk)
        with desk.read_session() as session:
            ring = load_ring(tmp_path / "log.key")
        with reading_at_checkpoint(desk, ring, ORIGIN) as (session, made):
            found = describe(session, made, Scope(), Level.FULL)
        with desk.writing() as session:
            factories.make_source(session)

        path = tmp_path / "again.zip"
        make_export(desk, path, found, origin=ORIGIN, schemas=json_schemas(), most=10**9)

        assert path.read_bytes() == first.read_bytes()

    def test_what_was_made_imports_like_any_other(self, desk, tmp_path):
        first = export_to(tmp_path / "1.zip", desk)
        copy = open_desk(tmp_path / "copy.db")
        take(copy, first)
        size = size_of(desk)
        with desk.writing() as session:
            factories.make_source(session)
        increment = since(desk, size, tmp_path / "i.zip")
        apply([str(first), str(increment), str(tmp_path / "made.zip")])

        assert take(copy, tmp_path / "made.zip").outcome == "extended"
        copy.engine.dispose()
