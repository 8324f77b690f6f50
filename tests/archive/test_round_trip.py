"""Exports: the same bytes from the same log, judged by others, and back again."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import bagit
import jsonschema
import pytest
import rfc8785
from desks import ORIGIN, decide, export_to, open_desk, take, unpacked
from rocrate.rocrate import ROCrate

import factories
from archive.audit import problems
from archive.describing import dictionary
from archive.records import Level, Scope, ScopeKind
from archive.verify import main as verify
from claims.models import Claim
from errors import ArchiveError
from ledger.keys import load_or_create
from permissions import SYSTEM
from schemas.archive import json_schemas
from sources.snapshots import Captured, take_snapshot


@pytest.fixture
def desk(tmp_path):
    """A database with an article, evidence, a decision and a note."""
    database = open_desk(tmp_path / "desk.db")
    with database.writing() as session:
        decide(session, factories.make_claim(session, title="The bridge"))
    yield database
    database.engine.dispose()


@pytest.fixture
def other(tmp_path):
    """An empty database."""
    database = open_desk(tmp_path / "other.db")
    yield database
    database.engine.dispose()


@pytest.fixture
def export(tmp_path):
    """Write an export of a database and return its path."""

    def write(database, name, **options) -> Path:
        return export_to(tmp_path / name, database, **options)

    return write


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

        checked = set()
        for path in sorted((bag / "data").glob("*/*.ndjson")):
            schema = json.loads((bag / f"data/schemas/{path.stem}.json").read_text())
            records = path.read_bytes().split(b"\n")[:-1]
            for record in records:
                jsonschema.validate(json.loads(record), schema)
                checked.add(path.stem)

        assert {"articles", "claims", "evidence", "sources"} <= checked

    def test_every_field_of_its_dictionary_has_a_meaning(self):
        told = dictionary(json_schemas()).decode()

        assert "| `claimant` | Claimant" in told
        assert [line for line in told.split("\n") if line.endswith("|  |")] == []

    def test_rocrate_reads_its_metadata(self, desk, export, tmp_path):
        bag = unpacked(export(desk, "1.zip"), tmp_path / "bag")

        crate = ROCrate(str(bag / "data"))

        assert crate.metadata.id == "ro-crate-metadata.json"
        assert crate.root_dataset["license"]["name"] == "Terms"
        paths = {entity.id for entity in crate.data_entities}
        assert "log/events.ndjson" in paths
        assert all((bag / "data" / path).exists() for path in paths)

    def test_its_canonical_lines_are_those_of_rfc_8785(self, desk, export, tmp_path):
        bag = unpacked(export(desk, "1.zip"), tmp_path / "bag")

        for path in (bag / "data").glob("*/*.ndjson"):
            for line in path.read_bytes().split(b"\n")[:-1]:
                assert rfc8785.dumps(json.loads(line)) == line

    def test_it_holds_what_was_captured_and_the_text_read_in_it(self, desk, export, tmp_path):
        page = Captured(b"<p>The bridge</p>", "text/html", text="The bridge")
        with desk.writing() as session:
            take_snapshot(session, factories.make_source(session), page, actor=SYSTEM)

        bag = unpacked(export(desk, "1.zip"), tmp_path / "bag")

        digest = hashlib.sha256(page.content).hexdigest()
        assert (bag / f"data/snapshots/{digest}").read_bytes() == page.content
        assert (bag / f"data/snapshots/{digest}.txt").read_text() == "The bridge"
        assert verify([str(bag)]) == 0

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

        vkey = verifier_key(ORIGIN, stranger.public_bytes)

        assert verify([str(path), "--key", vkey]) == 1
        assert "no trusted key" in capsys.readouterr().out


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


class TestExportCommand:
    def test_what_was_written_is_said(self, app, tmp_path):
        with app.extensions["dateline.db"].writing() as session:
            claim = factories.make_claim(session).uuid
        path = tmp_path / "1.zip"

        run = app.test_cli_runner().invoke(
            args=["export", str(path), "--scope", "claim", "--id", claim, "--disclosure", "public"]
        )

        assert f"Wrote {path}: the claim {claim}, public, of " in run.output

    @pytest.mark.parametrize(
        ("given", "told"), [(["--id", "x"], "has no id"), (["--scope", "claim"], "needs its id")]
    )
    def test_an_id_goes_with_a_scope_and_a_scope_with_an_id(self, app, tmp_path, given, told):
        path = tmp_path / "1.zip"

        run = app.test_cli_runner().invoke(args=["export", str(path), *given])

        assert told in run.output
        assert not path.exists()
