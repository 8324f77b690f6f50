"""The archive on PostgreSQL: erasing, bags taken in whole, and logs of other desks."""

import pytest
from desks import decide, export_to, open_decided, take
from sqlalchemy import text

import factories
from archive.audit import problems
from archive.models import ForeignClaim
from archive.verify import main as verify
from claims.models import Claim

NAME = "Quillfeather"

TEXT = f"Mr {NAME} said the bridge cost 40 million euros. It opened in 1932."


@pytest.fixture
def app(postgresql_app):
    """The application on an empty PostgreSQL database of its own."""
    return postgresql_app


@pytest.fixture
def desk(app):
    """A desk on whose article one name stands, and which decided another claim."""
    database = app.extensions["dateline.db"]
    with database.writing() as session:
        said = factories.candidate(TEXT, "the bridge cost 40 million euros", claimant=NAME)
        factories.make_article(session, text=TEXT, candidates=(said,), title=f"{NAME} speaks")
        decide(session, factories.make_claim(session))
    return database


@pytest.fixture
def theirs(tmp_path):
    """Another desk, on SQLite, with a decision."""
    database = open_decided(tmp_path / "theirs.db")
    yield database
    database.engine.dispose()


def places_of(session, words):
    """Return the tables whose rows hold a word, as the server prints them."""
    tables = session.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
    return [
        name
        for name in tables.scalars().all()
        if session.execute(
            text(f'SELECT count(*) FROM "{name}" AS row_ WHERE row_::text ILIKE :words'),
            {"words": f"%{words}%"},
        ).scalar()
    ]


class TestErase:
    def test_the_name_is_in_no_table_and_the_rest_verifies(self, app, desk, tmp_path):
        with desk.read_session() as session:
            assert "claim" in places_of(session, NAME)

        run = app.test_cli_runner().invoke(
            args=["erase", "--containing", NAME, "--ground", "court_order"]
        )

        assert run.exit_code == 0, run.output
        with desk.read_session() as session:
            assert places_of(session, NAME) == []
            assert list(problems(session)) == []
        bag = export_to(tmp_path / "after.zip", desk)
        assert verify([str(bag)]) == 0
        assert NAME.encode() not in bag.read_bytes()


class TestTake:
    def test_into_an_empty_desk_the_same_bytes_come_out(self, app, theirs, tmp_path):
        bag = export_to(tmp_path / "1.zip", theirs, key=tmp_path / "their.key")
        database = app.extensions["dateline.db"]

        take(database, bag)

        again = export_to(tmp_path / "2.zip", database, key=tmp_path / "their.key")
        assert again.read_bytes() == bag.read_bytes()
        with database.read_session() as session:
            assert list(problems(session)) == []

    def test_claims_of_another_desk_are_kept_apart(self, desk, theirs, tmp_path):
        with desk.read_session() as session:
            ours = session.query(Claim).count()
        bag = export_to(
            tmp_path / "t.zip", theirs, origin="other.example/log", key=tmp_path / "their.key"
        )

        assert take(desk, bag).outcome == "foreign_added"
        assert take(desk, bag).outcome == "foreign_known"

        with desk.read_session() as session:
            assert session.query(Claim).count() == ours
            assert session.query(ForeignClaim).count() == 2
            assert list(problems(session)) == []
