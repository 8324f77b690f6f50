"""What is changed behind the archive's back is found: bits of an export, rows of a database."""

import pytest
from desks import decide, export_to, open_desk

import factories
from bench import tampering
from claims import services
from claims.models import Claim
from ledger import checkpoints
from ledger.keys import load_ring
from migrations.metadata import metadata
from permissions import Actor, Role
from sources.snapshots import Captured, take_snapshot


@pytest.fixture
def desk(tmp_path):
    """A desk with a decision, a corrected claim, a document and two checkpoints."""
    database = open_desk(tmp_path / "desk.db")
    editor = Actor("e" * 8, Role.EDITOR)
    with database.writing() as session:
        claim = factories.make_claim(session, title="The bridge")
        decide(session, claim)
        page = Captured(b"<p>The bridge</p>", "text/html", text="The bridge")
        take_snapshot(session, factories.make_source(session), page, actor=editor)
    with database.writing() as session:
        checkpoints.make(session, load_ring(tmp_path / "log.key"), "desk.example/log")
        claim = session.query(Claim).order_by(Claim.id).first()
        changes = {"topics": ["bridges"], "kind": "quantity"}
        services.correct_claim(session, claim, changes, actor=editor)
    yield database
    database.engine.dispose()


class TestFlips:
    def test_every_flipped_bit_is_found_and_its_file_named(self, desk, tmp_path):
        path = export_to(tmp_path / "1.zip", desk)

        found = tampering.flips(path, 60)

        assert found == {"packed": 60, "unpacked": 60, "named": 60}


class TestRows:
    def test_every_changed_deleted_or_swapped_row_is_found(self, desk, tmp_path):
        export_to(tmp_path / "1.zip", desk)

        figures = tampering.rows(desk, 8)

        assert figures["log_event"]["tried"] > 20
        assert {"claim", "claim_history", "finding", "evidence", "blob", "log_key"} <= set(figures)
        assert {name: f for name, f in figures.items() if f["tried"] != f["found"]} == {}


class TestTables:
    def test_each_is_told_of_or_has_a_reason_not_to_be(self, desk):
        with desk.read_session() as session:
            told = {table.name for table, _, _ in tampering.checked(session)}

        assert told & set(tampering.UNTOLD) == set()
        assert {name for name in metadata.tables if "_history" not in name} <= told | set(
            tampering.UNTOLD
        )
