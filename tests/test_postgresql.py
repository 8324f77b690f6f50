"""The same code on PostgreSQL: migrate, ingest, search, review, verify, export and back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

import factories
from accounts import services as accounts
from archive.audit import problems
from claims import filters, services
from claims.matching.frequencies import _HOLDING
from claims.matching.index import find_matches
from claims.models import Claim
from ledger import clock
from migrations.running import downgrade, upgrade
from permissions import SYSTEM, Role

_INDEXES = ("ix_claim_fts", "ix_article_fts")


@pytest.fixture
def app(postgresql_app):
    """The application on an empty PostgreSQL database of its own."""
    return postgresql_app


@pytest.fixture
def database(app):
    """The application's database."""
    return app.extensions["dateline.db"]


def past_questions(claim, as_of=None):
    paths = [
        f"/api/v1/claims/{claim.uuid}",
        f"/api/v1/claims/{claim.uuid}/provenance",
        "/api/v1/claims?sort=time&facet=topic,status",
        "/api/v1/claims?topic=money",
    ]
    return [p + ("&" if "?" in p else "?") + f"as_of={as_of}" for p in paths] if as_of else paths


def token(database, name, role):
    with database.writing() as session:
        reviewer = accounts.add_reviewer(session, name, Role(role))
        return {"Authorization": f"Bearer {accounts.issue_token(session, reviewer)}"}


class TestPostgresql:
    def test_two_people_verify_a_claim_that_full_text_finds(self, app, database, client):
        with database.writing() as session:
            factories.make_article(session)
        ana, ben = token(database, "ana", "reviewer"), token(database, "ben", "reviewer")

        claim = client.get("/api/v1/claims?q=bridges&facet=status").json["items"][0]
        url = f"/api/v1/claims/{claim['id']}/reviews"
        body = {
            "action": "propose",
            "verdict": "verified",
            "rationale": "It is on record.",
            "override": "The test decides without evidence.",
        }
        tag = {"If-Match": f'"{claim["id"]}-{claim["version"]}"'}
        proposed = client.post(url, json=body, headers=ana | tag)
        tag = {"If-Match": proposed.headers["ETag"]}
        approved = client.post(url, json={"action": "approve"}, headers=ben | tag)

        assert approved.json["status"] == "verified"
        with database.read_session() as session:
            assert list(problems(session)) == []

    def test_the_past_is_answered_as_it_was(self, app, database, client):
        with database.writing() as session:
            claim = factories.make_claim(session)
        before = [client.get(path).json for path in past_questions(claim)]
        moment = clock.now()
        with database.writing() as session:
            claim = services.get_claim(session, claim.uuid)
            changes = {"start": claim.start, "end": claim.end - 12, "topics": ["money"]}
            services.correct_claim(session, claim, changes, actor=SYSTEM)

        for _ in range(7):
            # The driver prepares a statement that it sees often: it must not remember tables.
            again = [client.get(path).json for path in past_questions(claim, moment)]
            now = [client.get(path).json for path in past_questions(claim)]

            assert again == before
            assert now != before
        with database.read_session() as session:
            assert list(problems(session)) == []

    def test_of_many_changes_on_one_version_one_wins(self, app, database):
        with database.writing() as session:
            source = factories.make_source(session)
        headers = token(database, "rick", "reporter")
        tag = {"If-Match": f'"{source.uuid}-1"'}

        def change(number):
            with app.test_client() as client:
                body = {"title": f"Title {number}"}
                url = f"/api/v1/sources/{source.uuid}"
                return client.patch(url, json=body, headers=headers | tag).status_code

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(change, range(16)))

        assert sorted(answers) == [200] + [412] * 15

    def test_the_claim_made_before_is_found_by_its_words_title_and_day(self, database):
        words = "The harbour bridge cost 40 million euros."
        with database.writing() as session:
            factories.make_article(
                session,
                text=words,
                title="A costly crossing",
                candidates=(factories.candidate(words, words),),
            )
            factories.make_article(session)
        with database.read_session() as session:
            best = find_matches(session, "Forty millions for bridges in the harbour")[0]
            by_title = find_matches(session, "costly crossings", published_on="2021-12-13")[0]
            odd = find_matches(session, "'quoted' \\ words & | ! : * <->")

            assert session.get_one(Claim, best.claim_id).text == words
            assert by_title.claim_id == best.claim_id
            assert odd == []

    def test_words_that_stand_in_the_title_alone_find_the_claim(self, database):
        words = "The harbour bridge cost 40 million euros."
        with database.writing() as session:
            for title, told in (("Astonishing crossings", words), (None, factories.TEXT)):
                found = (factories.candidate(told, told.split(".")[0]),)
                factories.make_article(session, text=told, title=title, candidates=found)
        with database.read_session() as session:
            # The stem of the last is another one to PostgreSQL.
            found = [find_matches(session, w) for w in ("crossing", "astonished", "astonishingly")]

            assert [[session.get_one(Claim, m.claim_id).text for m in best] for best in found] == [
                [words[:-1]]
            ] * 3

    def test_how_many_hold_a_word_is_read_from_the_indexes(self, database):
        with database.read_session() as session:
            session.execute(text("SET LOCAL enable_seqscan = off"))
            plan = session.execute(text(f"EXPLAIN {_HOLDING.text}"), {"words": "{}"}).scalars()

            used = {name for line in plan for name in _INDEXES if name in line}

        assert used == set(_INDEXES)

    def test_a_search_reads_the_index(self, database):
        with database.read_session() as session:
            session.execute(text("SET LOCAL enable_seqscan = off"))
            found = select(Claim.id).where(filters.full_text("bridge", "", "postgresql").condition)
            said = found.compile(dialect=session.get_bind().dialect)
            plan = session.connection().exec_driver_sql(f"EXPLAIN {said}", said.params).scalars()

            assert any("ix_claim_fts" in line for line in plan)

    def test_migrations_go_up_and_down_over_rows(self, database):
        with database.writing() as session:
            factories.make_article(session)

        downgrade(database, "0001")
        upgrade(database)

        with database.read_session() as session:
            assert list(problems(session)) == []
