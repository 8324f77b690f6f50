"""Tests of `claims/revising.py`: what a new text does to an article's claims."""

from __future__ import annotations

import pytest
from sqlalchemy import select

import factories
from archive.audit import problems
from claims import coverage, evidence, review, revising, services
from claims.extraction.records import Quantity, QuantityKind
from claims.models import Claim, Finding
from claims.statuses import Action, Layer
from errors import StaleVersionError
from ledger import log
from permissions import SYSTEM
from sources import services as documents

COST = "the bridge cost 40 million euros"
OPENED = "It opened in 1932"


class FakeAnalyst:
    """Finds these words in any text, where they stand in it."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def analyse(self, text, dateline, language=None):
        found = [factories.candidate(text, words) for words in self.words if words in text]
        return factories.extraction_of(text, found)


def revise(session, article, text, *words):
    prepared = revising.prepare(session, FakeAnalyst(*words), article, text=text)
    return revising.keep(session, article, prepared, actor=SYSTEM)


def claims_of(session, article):
    query = select(Claim).where(Claim.article_id == article.id).order_by(Claim.id)
    return session.execute(query.execution_options(populate_existing=True)).scalars().all()


def decide(session, claim):
    review.act(
        session,
        claim,
        layer=Layer.FACT,
        action=Action.PROPOSE,
        actor=SYSTEM,
        policy=review.Policy(approvals=1),
        verdict="false",
        rationale="It is on record.",
        override="Everybody saw it.",
    )


class TestKeep:
    def test_claims_that_moved_keep_their_findings(self, session):
        article = factories.make_article(session)
        first = claims_of(session, article)[0]
        decide(session, first)

        revised = revise(session, article, "Updated. " + factories.TEXT, COST, OPENED)

        cost, opened = claims_of(session, article)
        assert [anchor for _, anchor in revised.anchors] == ["moved", "moved"]
        assert revised.added == []
        assert (cost.status, cost.text_version, opened.anchor) == ("false", 2, "moved")
        text = documents.text_of(session, article).text
        assert text[cost.start : cost.end] == cost.text == COST

    def test_a_claim_whose_words_changed_goes_stale_with_its_new_words(self, session):
        article = factories.make_article(session)
        decide(session, claims_of(session, article)[0])
        text = factories.TEXT.replace("40 million", "44 million")

        revised = revise(session, article, text, "the bridge cost 44 million euros", OPENED)

        cost, opened = claims_of(session, article)
        because = session.get(Finding, (cost.id, "fact")).stale_because
        assert dict(revised.anchors) == {cost.uuid: "changed", opened.uuid: "exact"}
        assert (cost.text, cost.status) == ("the bridge cost 44 million euros", "stale")
        assert (because["trigger"], because["cause"]) == ("text_changed", article.uuid)

    def test_what_the_new_text_says_beside_becomes_a_claim(self, session):
        article = factories.make_article(session)

        revised = revise(
            session, article, factories.TEXT + " It is red.", COST, OPENED, "It is red"
        )

        assert len(revised.added) == 1
        assert services.get_claim(session, revised.added[0]).text == "It is red"

    def test_a_claim_that_is_gone_keeps_the_selector_of_its_text(self, session):
        article = factories.make_article(session)
        opened = claims_of(session, article)[1]
        decide(session, opened)

        revised = revise(session, article, factories.TEXT.replace(OPENED + ". ", ""), COST)

        opened = claims_of(session, article)[1]
        assert revised.anchors[1] == (opened.uuid, "lost")
        assert (opened.text, opened.text_version, opened.status) == (OPENED, 1, "stale")

    def test_a_claim_that_comes_back_is_found_again(self, session):
        article = factories.make_article(session)
        revise(session, article, factories.TEXT.replace(OPENED + ". ", ""), COST)

        revised = revise(session, article, "So. " + factories.TEXT, COST, OPENED)

        assert [anchor for _, anchor in revised.anchors] == ["moved", "moved"]
        assert revised.added == []

    def test_offsets_inside_a_claim_move_with_it(self, session):
        text = factories.TEXT
        start = text.index("40 million")
        amount = Quantity(
            kind=QuantityKind.MONEY,
            value="40000000",
            unit="EUR",
            lower=None,
            upper=None,
            text="40 million euros",
            start=start,
            end=start + len("40 million euros"),
        )
        found = factories.candidate(text, COST, quantities=(amount,))
        article = factories.make_article(session, candidates=(found,))

        revise(session, article, "Updated. " + text, COST)

        moved = claims_of(session, article)[0].quantities[0]
        assert ("Updated. " + text)[moved["start"] : moved["end"]] == "40 million euros"

    def test_the_same_text_again_changes_nothing(self, session):
        article = factories.make_article(session)
        size = log.log_size(session)

        revised = revise(session, article, factories.TEXT)

        assert (revised.is_new, len(revised.anchors)) == (False, 2)
        assert log.log_size(session) == size

    def test_a_text_that_follows_another_one_is_refused(self, session):
        article = factories.make_article(session)
        prepared = revising.prepare(session, FakeAnalyst(), article, text="Something else.")
        revise(session, article, "Another text.")

        with pytest.raises(StaleVersionError):
            revising.keep(session, article, prepared, actor=SYSTEM)

    def test_marks_of_people_go_with_their_words(self, session, actor_of):
        article, ana = factories.make_article(session), actor_of("reviewer")
        start = factories.TEXT.index("Nobody")
        place = {"start": start, "end": len(factories.TEXT)}
        services.mark_segment(
            session, article, **place, state="not_checkable", reason="A mood.", actor=ana
        )

        revise(session, article, "Updated. " + factories.TEXT, COST, OPENED)

        last = coverage.coverage_of(session, article)["segments"][-1]
        assert (last["text"][:6], last["state"], last["reason"]) == (
            "Nobody",
            "not_checkable",
            "A mood.",
        )

    def test_decisions_that_quote_words_that_are_gone_go_stale(self, session):
        cited = factories.make_article(session)
        other = factories.make_claim(session, text=factories.TEXT + " Really.")
        source = documents.get_source(session, cited.source_uuid)
        given = {"layer": "fact", "relation": "refutes", "basis": "primary", "quote": OPENED}
        evidence.add_evidence(session, other, source, given, actor=SYSTEM)
        decide(session, services.get_claim(session, other.uuid))

        revise(session, cited, factories.TEXT.replace("1932", "1933"), COST)

        assert services.get_claim(session, other.uuid).status == "stale"

    def test_a_replay_gives_the_same_tables(self, session):
        article = factories.make_article(session)
        decide(session, claims_of(session, article)[0])
        revise(session, article, factories.TEXT.replace("40", "44"), OPENED)
        revise(session, article, "So. " + factories.TEXT, COST, OPENED)

        assert list(problems(session)) == []
