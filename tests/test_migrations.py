"""Migrations: up and down over real rows, and the same tables as the models."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text, update

import factories
from claims.filters import matching
from claims.queries import ORDERS
from db import Database
from migrations.metadata import is_ours, metadata
from migrations.running import downgrade, upgrade
from sources.models import ArticleText


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    upgrade(database)
    yield database
    database.engine.dispose()


class TestMigrations:
    # The index of the order in time is of an expression, which nothing compares.
    @pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
    def test_models_and_migrations_agree(self, database):
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"include_name": is_ours})
            found = compare_metadata(context, metadata)

        assert found == []

    def test_the_full_text_index_comes_and_goes_over_real_rows(self, database):
        with database.writing() as session:
            factories.make_article(session)

        downgrade(database, "0001")
        upgrade(database)
        downgrade(database, "base")

        with database.engine.connect() as connection:
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
        assert "claim" not in names

    def test_a_claim_written_before_the_index_is_found_by_it(self, database):
        with database.writing() as session:
            factories.make_article(session)
        downgrade(database, "0001")
        upgrade(database)

        with database.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT count(*) FROM claim_fts WHERE claim_fts MATCH 'bridge'"
            ).scalar()
        assert found == 1

    def test_what_has_no_words_is_set_aside_in_texts_kept_before(self, database):
        with database.writing() as session:
            factories.make_article(session)
            kept = session.execute(select(ArticleText)).scalar_one()
            expected = (kept.segments, kept.unchecked)
        downgrade(database, "0011")
        before = [
            [start, end, "unchecked" if state == "not_a_claim" else state, None]
            for start, end, state, _ in expected[0]
        ]
        with database.writing() as session:
            changed = {"segments": before, "unchecked": 3, "since": kept.since}
            session.execute(update(ArticleText).values(changed))
        upgrade(database)

        with database.writing() as session:
            kept = session.execute(select(ArticleText)).scalar_one()
            assert (kept.segments, kept.unchecked) == expected

    def test_the_order_in_time_is_read_from_its_index(self, database):
        with database.read_session() as session:
            found = matching(session).paged.order_by(*(column for column, _ in ORDERS["time"]))
            plan = session.execute(text("EXPLAIN QUERY PLAN " + _literally(found, session))).all()

        assert [row.detail for row in plan] == ["SCAN claim USING INDEX ix_claim_in_time"]


def _literally(statement, session):
    return str(statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
