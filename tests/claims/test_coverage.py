"""Tests of `claims/coverage.py`: what of an article and of the desk is left."""

from __future__ import annotations

import pytest
from test_revising import FakeAnalyst, claims_of, decide

import factories
from archive.audit import problems
from claims import coverage, review, revising, services
from claims.statuses import Action, Layer
from errors import InvalidInputError
from permissions import SYSTEM
from sources import services as documents

#: What the machine left before and after the two claims of a made article; a full stop is nothing.
STRETCHES = 2


def standing(session, article):
    return coverage.standings_of(session, [article])[article.id]


def set_aside(session, article, actor=SYSTEM):
    """Mark every stretch that nobody looked at."""
    for segment in coverage.coverage_of(session, article)["segments"]:
        if segment["state"] == "unchecked":
            place = {"start": segment["start"], "end": segment["end"]}
            services.mark_segment(
                session, article, **place, state="not_checkable", reason=None, actor=actor
            )


class TestStanding:
    def test_claims_and_stretches_are_left(self, session):
        article = factories.make_article(session)

        assert standing(session, article).facts_left == 2 + STRETCHES
        assert not standing(session, article).is_checked

    def test_an_article_is_checked_when_all_is_decided_closed_or_set_aside(self, session):
        article = factories.make_article(session)
        first, second = claims_of(session, article)
        decide(session, first)
        set_aside(session, article)
        assert standing(session, article).facts_left == 1

        review.act(
            session,
            second,
            layer=Layer.FACT,
            action=Action.CLOSE,
            actor=SYSTEM,
            policy=review.Policy(),
            reason="opinion",
        )

        assert standing(session, article).document() == {
            "checked": True,
            "facts_left": 0,
            "needs_attention": 0,
        }

    def test_a_claim_that_cannot_be_checked_is_not_left(self, session):
        article = factories.make_article(session)
        claim = claims_of(session, article)[0]
        services.correct_claim(session, claim, {"checkable": False}, actor=SYSTEM)

        assert standing(session, article).facts_left == 1 + STRETCHES

    def test_stale_and_lost_claims_need_attention(self, session):
        article = factories.make_article(session)
        decide(session, claims_of(session, article)[0])
        text = factories.TEXT.replace("40 million", "44 million").replace("It opened in 1932. ", "")
        revision = revising.prepare(session, FakeAnalyst(), article, text=text)
        article = revising.keep(session, article, revision, actor=SYSTEM).article

        assert standing(session, article).needs_attention == 2

    def test_many_articles_take_as_many_statements_as_one(self, session, counted):
        articles = [factories.make_article(session, text=f"{factories.TEXT} {n}") for n in range(5)]
        for article in articles:
            set_aside(session, article)

        one = counted(lambda: coverage.standings_of(session, articles[:1]))
        five = counted(lambda: coverage.standings_of(session, articles))

        assert one == five

    def test_a_part_of_a_stretch_is_left_if_it_has_words(self, session):
        text = "Rain fell. Hail fell; nobody came. Snow fell."
        found = (factories.candidate(text, "Rain fell."),)
        article = factories.make_article(session, text=text, candidates=found)
        for words in ("Hail fell", "Snow fell"):
            start = text.index(words)
            services.mark_claim(
                session, article, {"start": start, "end": start + len(words)}, actor=SYSTEM
            )

        found = coverage.coverage_of(session, article)

        assert found["counts"] == {"claim": 3, "unchecked": 1, "not_a_claim": 2}
        assert standing(session, article).facts_left == 3 + 1

    def test_no_text_is_read_of_what_nobody_touched(self, session, monkeypatch):
        article = factories.make_article(session)
        monkeypatch.setattr(coverage, "_over", None)
        monkeypatch.setattr(coverage, "_NEWEST_TEXT", None)

        assert standing(session, article).facts_left == 2 + STRETCHES

    def test_marks_beside_a_claim_are_not_left(self, session):
        text = "Rain fell. Hail fell."
        found = (factories.candidate(text, "Rain fell"), factories.candidate(text, "Hail fell"))
        article = factories.make_article(session, text=text, candidates=found)

        assert standing(session, article).facts_left == len(found)


class TestUnmarking:
    def test_what_was_set_aside_can_be_taken_back(self, session):
        article = factories.make_article(session)
        set_aside(session, article)
        last = coverage.coverage_of(session, article)["segments"][-1]

        services.unmark_segment(
            session, article, start=last["start"], end=last["end"], actor=SYSTEM
        )

        assert coverage.coverage_of(session, article)["segments"][-1]["state"] == "unchecked"
        assert documents.get_article(session, article.uuid).version == 1 + STRETCHES + 1
        assert list(problems(session)) == []

    def test_what_nobody_marked_cannot_be_taken_back(self, session):
        article = factories.make_article(session)

        with pytest.raises(InvalidInputError):
            services.unmark_segment(session, article, start=0, end=4, actor=SYSTEM)


class TestDesk:
    def test_all_articles_are_counted(self, session):
        done = factories.make_article(session)
        for claim in claims_of(session, done):
            decide(session, claim)
        set_aside(session, done)
        factories.make_article(session, text=factories.TEXT + " More.")

        assert coverage.desk_of(session) == {
            "articles": 2,
            "articles_checked": 1,
            "claims": 4,
            "facts_left": 2 + STRETCHES,
            "needs_attention": 0,
            "overdue": 0,
        }


class TestOverHttp:
    def test_articles_say_how_far_they_are_and_marks_come_and_go(self, app, client, as_role):
        with app.extensions["dateline.db"].writing() as session:
            url = f"/api/v1/articles/{factories.make_article(session).uuid}"
        headers = as_role("reviewer")
        mark = {"start": 0, "end": 4, "state": "not_a_claim", "reason": "A name."}
        before = client.get(url).json

        marked = client.post(f"{url}/segments", json=mark, headers=headers)
        taken = {**mark, "state": "unchecked"}
        del taken["reason"]
        back = client.post(f"{url}/segments", json=taken, headers=headers)

        assert (before["checked"], before["facts_left"]) == (False, 2 + STRETCHES)
        assert marked.json["segments"][0]["state"] == "not_a_claim"
        assert back.json["segments"][0]["state"] == "unchecked"
        assert client.post(f"{url}/segments", json=taken, headers=headers).status_code == 422
        assert client.get("/api/v1/desk").json["facts_left"] == 2 + STRETCHES
        assert client.get("/api/v1/articles").json["items"][0]["facts_left"] == 2 + STRETCHES


@pytest.fixture
def counted(session):
    """Count the statements that something runs."""
    from sqlalchemy import event

    def count(work):
        seen = []
        connection = session.connection()

        def note(*args):
            seen.append(args)

        event.listen(connection, "before_cursor_execute", note)
        work()
        event.remove(connection, "before_cursor_execute", note)
        return len(seen)

    return count
