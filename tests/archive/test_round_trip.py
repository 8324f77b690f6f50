"""Exports: the same bytes from the same log, judged by others, and back again."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import jsonschema
import pytest

import factories
from archive.audit import problems
from archive.exporting import describe, write_export
from archive.importing import import_bag
from archive.records import Level, Scope, ScopeKind
from archive.verify import main as verify
from claims import evidence, review
from claims.models import Claim
from claims.statuses import Action, Layer
from db import Database
from errors import ArchiveError, ImportConflictError
from ledger import checkpoints
from ledger.keys import load_or_create
from migrations.running import upgrade
from permissions import SYSTEM, Actor, Role
from schemas.archive import json_schemas

ANA, BEN = Actor("a" * 8, Role.REVIEWER), Actor("b" * 8, Role.REVIEWER)


@pytest.fixture
def desk(tmp_path):
    """A database with an article, evidence, a decision and a note."""
    database = Database(f"sqlite:///{tmp_path / 'desk.db'}")
    upgrade(database)
    with database.writing() as session:
        claim = factories.make_claim(session, title="The bridge")
        source = factories.make_source(session)
        given = {"layer": "fact", "relation": "supports", "basis": "primary", "note": "a secret"}
        evidence.add_evidence(session, claim, source, given, actor=ANA)
        common = {"layer": Layer.FACT, "policy": review.Policy()}
        verdict = {"verdict": "verified", "rationale": "It is in the report."}
        session.refresh(claim)
        claim = review.act(session, claim, action=Action.PROPOSE, actor=ANA, **common, **verdict)
        review.act(session, claim, action=Action.APPROVE, actor=BEN, **common)
    yield database
    database.engine.dispose()


@pytest.fixture
def other(tmp_path):
    """An empty database."""
    database = Database(f"sqlite:///{tmp_path / 'other.db'}")
    upgrade(database)
    yield database
    database.engine.dispose()


@pytest.fixture
def export(tmp_path):
    """Write an export of a database and return its path."""
    key = load_or_create(tmp_path / "log.key")

    def write(database, name, *, scope=None, level=Level.FULL) -> Path:
        path, scope = tmp_path / name, scope or Scope()
        with database.writing() as session:
            made = checkpoints.make(session, key, "desk.example/log")
            found = describe(session, made, scope, level)
            write_export(session, path, found, origin="desk.example/log", schemas=json_schemas())
        return path

    return write


def take(database, path):
    with database.writing() as session:
        return import_bag(session, path, actor=SYSTEM, most=10**9)


def unpacked(path, folder):
    zipfile.ZipFile(path).extractall(folder)
    return next(folder.iterdir())


class TestExport:
    def test_the_same_log_gives_the_same_bytes(self, desk, export):
        assert export(desk, "1.zip").read_bytes() == export(desk, "2.zip").read_bytes()

    def test_bagit_and_sha256sum_find_it_whole(self, desk, export, tmp_path):
        bag = unpacked(export(desk, "1.zip"), tmp_path / "bag")

        summed = subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=bag)

        assert bagit.Bag(str(bag)).is_valid()
        assert summed.returncode == 0

    def test_its_own_verifier_needs_nothing_but_python(self, desk, export, tmp_path):
        bag = unpacked(export(desk, "1.zip"), tmp_path / "bag")

        run = subprocess.run(
            [sys.executable, "-I", "-S", "data/verify.py"], cwd=bag, capture_output=True, text=True
        )

        assert run.returncode == 0, run.stdout + run.stderr
        assert run.stdout.startswith("OK: ")

    def test_its_records_are_what_its_schemas_say(self, desk, export, tmp_path):
        bag = unpacked(export(desk, "1.zip"), tmp_path / "bag")

        for name in ("articles", "claims", "evidence", "sources"):
            schema = json.loads((bag / f"data/schemas/{name}.json").read_text())
            records = (bag / f"data/records/{name}.ndjson").read_bytes().split(b"\n")[:-1]
            assert records
            for record in records:
                jsonschema.validate(json.loads(record), schema)

    def test_a_public_one_holds_no_note(self, desk, export, tmp_path):
        public = unpacked(export(desk, "p.zip", level=Level.PUBLIC), tmp_path / "public")
        full = unpacked(export(desk, "f.zip"), tmp_path / "full")

        def holds(bag):
            return any(b"a secret" in p.read_bytes() for p in bag.rglob("*") if p.is_file())

        assert holds(full)
        assert not holds(public)
        assert verify([str(public)]) == 0

    def test_one_claim_discloses_nothing_of_another(self, desk, export, tmp_path):
        with desk.read_session() as session:
            claims = session.query(Claim).order_by(Claim.id).all()
            wanted = claims[1].uuid
        scope = Scope(ScopeKind.CLAIM, wanted)

        bag = unpacked(export(desk, "c.zip", scope=scope), tmp_path / "claim")

        records = (bag / "data/records/claims.ndjson").read_bytes().split(b"\n")[:-1]
        assert [json.loads(record)["id"] for record in records] == [wanted]
        assert verify([str(bag)]) == 0


class TestVerify:
    def test_a_changed_byte_is_found_in_every_file(self, desk, export, tmp_path, capsys):
        bag = unpacked(export(desk, "1.zip"), tmp_path / "bag")

        for path in sorted(p for p in bag.rglob("*") if p.is_file()):
            kept = path.read_bytes()
            if not kept:
                continue
            place = len(kept) // 2
            path.write_bytes(kept[:place] + bytes([kept[place] ^ 1]) + kept[place + 1 :])
            assert verify([str(bag)]) == 1, path
            assert path.name in capsys.readouterr().out
            path.write_bytes(kept)
        assert verify([str(bag)]) == 0

    def test_a_dropped_event_is_found(self, desk, export, tmp_path, capsys):
        bag = unpacked(export(desk, "1.zip"), tmp_path / "bag")
        path = bag / "data/log/events.ndjson"
        lines = path.read_bytes().split(b"\n")
        path.write_bytes(b"\n".join(lines[:2] + lines[3:]))

        assert verify([str(bag)]) == 1
        assert "seq" in capsys.readouterr().out

    def test_another_key_does_not_verify(self, desk, export, tmp_path, capsys):
        path = export(desk, "1.zip")
        stranger = load_or_create(tmp_path / "stranger.key")
        from ledger.checkpoint import verifier_key

        vkey = verifier_key("desk.example/log", stranger.public_bytes)

        assert verify([str(path), "--key", vkey]) == 1
        assert "no known key" in capsys.readouterr().out


class TestImport:
    def test_an_export_of_the_import_is_the_same_bytes(self, desk, other, export):
        path = export(desk, "1.zip")

        found = take(other, path)

        assert found.new > 0
        assert export(other, "2.zip").read_bytes() == path.read_bytes()

    def test_the_tables_are_those_of_the_log(self, desk, other, export):
        take(other, export(desk, "1.zip"))

        with other.read_session() as session:
            assert list(problems(session)) == []

    def test_twice_is_a_no_op(self, desk, other, export):
        path = export(desk, "1.zip")
        take(other, path)

        assert take(other, path).new == 0

    def test_a_later_export_adds_what_came_since(self, desk, other, export):
        take(other, export(desk, "1.zip"))
        with desk.writing() as session:
            factories.make_source(session, title="Another")
        later = export(desk, "2.zip")

        found = take(other, later)

        assert found.new == 2
        assert export(other, "3.zip").read_bytes() == later.read_bytes()

    def test_another_desks_log_is_refused_and_nothing_is_kept(self, desk, other, export):
        with other.writing() as session:
            factories.make_source(session)

        with pytest.raises(ImportConflictError):
            take(other, export(desk, "1.zip"))

        with other.read_session() as session:
            assert session.query(Claim).count() == 0

    @pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9])
    def test_a_damaged_one_is_refused_and_nothing_is_kept(self, desk, other, export, place):
        path = export(desk, "1.zip")
        body = bytearray(path.read_bytes())
        body[int(len(body) * place)] ^= 1
        path.write_bytes(body)

        with pytest.raises(ArchiveError):
            take(other, path)

        with other.read_session() as session:
            assert session.query(Claim).count() == 0


class TestAudit:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE claim SET text = 'something else' WHERE id = (SELECT min(id) FROM claim)",
            "DELETE FROM evidence",
            "UPDATE finding SET verdict = 'false' WHERE verdict = 'verified'",
            "UPDATE log_event SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2",
            "UPDATE log_disclosure SET value = '\"forged\"' WHERE name = 'rationale'",
            "UPDATE log_node SET hash = x'00' WHERE level = 1 AND \"index\" = 0",
            "INSERT INTO claim_topic VALUES ((SELECT min(id) FROM claim), 'invented', 0)",
        ],
        ids=["text", "row gone", "verdict", "time", "value", "node", "row new"],
    )
    def test_what_was_changed_behind_the_log_is_named(self, desk, statement):
        with desk.writing() as session:
            session.connection().exec_driver_sql(statement)

        with desk.read_session() as session:
            found = list(problems(session))

        assert found
        assert statement.split()[1 if statement.startswith("UPDATE") else 2] in found[0]
