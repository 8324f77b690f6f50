"""The map of heads in the database: brought up at each checkpoint, and never trusted blindly."""

import pytest
from sqlalchemy import select, text

import factories
from archive.audit import problems
from claims import services
from ledger import checkpoints, heads, kept_heads, log
from ledger.head_pages import Branch
from ledger.keys import load_ring
from ledger.models import HeadPage, LogEvent
from migrations.running import downgrade, upgrade
from permissions import Actor, Role

EDITOR = Actor("e" * 8, Role.EDITOR)

BREAKING = {
    "gone": "DELETE FROM log_head_page",
    "no page": "UPDATE log_head_page SET content = x'02'",
    "another": "UPDATE log_head_page SET content = zeroblob(length(content))",
}


@pytest.fixture
def checkpoint(session, tmp_path):
    """A function that makes a checkpoint and returns what its last event commits to."""
    keys = load_ring(tmp_path / "log.key")

    def make():
        made = checkpoints.make(session, keys, "desk.example/log")
        body = log.events(session, made.size - 1)
        return next(body).data

    return make


def at_once(session):
    """Return what a checkpoint must commit to, from the heads of all subjects."""
    found = list(checkpoints.heads(session))
    return {"heads": heads.heads_root(found).hex(), "subjects": len(found)}


def correct(session, claim, topic):
    services.correct_claim(session, claim, {"topics": [topic]}, actor=EDITOR)


def pages(session):
    return dict(session.execute(select(HeadPage.name, HeadPage.content)).all())


class TestBringUp:
    def test_each_checkpoint_commits_to_the_heads_of_all_subjects(self, session, checkpoint):
        claim = factories.make_claim(session)
        for number in range(3):
            assert checkpoint() == at_once(session)
            correct(session, claim, f"topic-{number}")

    @pytest.mark.parametrize("breaking", BREAKING.values(), ids=BREAKING)
    def test_pages_that_are_not_as_written_are_made_anew(self, session, checkpoint, breaking):
        claim = factories.make_claim(session)
        checkpoint()
        session.execute(text(breaking))
        correct(session, claim, "bridges")

        assert checkpoint() == at_once(session)
        assert list(problems(session)) == []

    def test_a_log_of_nothing_has_no_heads(self, session):
        log.log_id(session)

        assert kept_heads.bring_up(session, 0) == Branch(0, heads.heads_root([]))


class TestOfCheckpoint:
    def test_the_newest_one_has_the_kept_map(self, session, checkpoint):
        claim = factories.make_claim(session)
        checkpoint()

        kept = kept_heads.of_checkpoint(session, log.log_size(session))

        assert kept.proof(claim.uuid) == heads.heads_proof(checkpoints.heads(session), claim.uuid)

    def test_an_earlier_one_has_it_no_longer(self, session, checkpoint):
        claim = factories.make_claim(session)
        checkpoint()
        earlier = log.log_size(session)
        correct(session, claim, "bridges")
        checkpoint()

        assert kept_heads.of_checkpoint(session, earlier) is None


class TestComplete:
    def test_a_database_from_before_gets_its_map(self, app, tmp_path):
        database = app.extensions["dateline.db"]
        with database.writing() as session:
            factories.make_claim(session)
            checkpoints.make(session, load_ring(tmp_path / "log.key"), "desk.example/log")
            kept = pages(session)
        downgrade(database, "0013")

        upgrade(database)

        with database.read_session() as session:
            assert pages(session) == kept != {}


class TestAudit:
    @pytest.mark.parametrize("breaking", BREAKING.values(), ids=BREAKING)
    def test_pages_that_are_not_as_written_are_found(self, session, checkpoint, breaking):
        factories.make_claim(session)
        checkpoint()
        session.execute(text(breaking))

        assert [problem.split(":")[0] for problem in problems(session)] == ["log_head_page "]

    def test_an_event_that_commits_to_other_heads_is_found(self, session, checkpoint, monkeypatch):
        factories.make_claim(session)
        monkeypatch.setattr(kept_heads, "bring_up", lambda *_: Branch(1, b"0" * 32))
        checkpoint()
        seq = session.execute(select(LogEvent.seq).where(LogEvent.type == log.HEADS)).scalar_one()

        found = list(problems(session))

        assert f"log_event {seq}: it commits to other heads than the chains before have" in found
