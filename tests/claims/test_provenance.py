"""Tests of `claims/provenance.py`: the journalist's answer."""

from __future__ import annotations

import pytest
from test_revising import COST, FakeAnalyst, decide

import factories
from claims import evidence, relations, review, revising, services
from claims.appearances import appearances_of
from claims.models import ClaimRelationKind
from claims.provenance import provenance_of
from claims.statuses import Action, Layer
from claims.telling import decisions_in, in_words
from ledger.events import event_types
from permissions import SYSTEM
from sources import services as documents
from sources.models import DerivationBasis


def support(session, claim, source, **given):
    """Add evidence for the claim from a source."""
    basis = {"layer": "fact", "relation": "supports", "basis": "secondary"}
    return evidence.add_evidence(session, claim, source, basis | given, actor=SYSTEM)


def derive(session, child, parent, kind="republishes", basis=DerivationBasis.CONFIRMED):
    documents.judge_derivation(session, child, parent, kind=kind, basis=basis, actor=SYSTEM)


class TestSaid:
    def test_whom_it_was_told_is_named_where_it_was_told(self, session):
        claim = factories.make_claim(session)
        given = {"verb": "told", "venue": "RBC television", "said_on": None, "direct_quote": True}
        services.correct_claim(
            session,
            claim,
            {"claimant": {"name": "Ann", "role": "minister"}, "attribution": given},
            actor=SYSTEM,
        )

        said = provenance_of(session, claim)["said"]

        assert said["claimant"] == {"name": "Ann", "role": "minister"}
        assert (said["to_whom"], said["venue"]) == ("RBC television", "RBC television")
        assert said["direct_quote"] is True

    def test_what_the_article_says_itself_has_no_speaker(self, session):
        found = factories.candidate(factories.TEXT, COST)
        claim = factories.make_claim(session, candidates=(found,))

        assert provenance_of(session, claim)["said"]["claimant"] is None


class TestAppearances:
    def test_the_wire_was_first_and_papers_passed_it_on(self, session):
        claim = factories.make_claim(session)
        wire = factories.make_source(session, title="Wire", published_on="2021-12-01")
        paper = factories.make_source(session, title="Paper", published_on="2021-12-20")
        own = documents.get_source(session, article_of(session, claim).source_uuid)
        derive(session, own, wire)
        support(session, claim, paper, relation="repeats")
        derive(session, paper, own, kind="cites")

        found = appearances_of(session, claim)

        assert found["first_appearance"]["source"]["title"] == "Wire"
        assert [each["published_on"] for each in found["relays"]] == ["2021-12-14", "2021-12-20"]
        assert found["relays"][0]["claim_id"] == claim.uuid
        assert found["relays"][1]["relations"] == ["repeats"]
        assert found["relays"][1]["got_it_from"][0]["source_id"] == own.uuid

    def test_a_repeated_claim_elsewhere_and_a_source_without_a_day(self, session):
        claim = factories.make_claim(session)
        other = factories.make_claim(session, text=factories.TEXT + " So.")
        judgement = {"relation": ClaimRelationKind.REPEATS, "judgement": "confirmed"}
        relations.judge(session, claim, other, **judgement, actor=SYSTEM)
        support(session, claim, factories.make_source(session, title="Undated"))

        found = appearances_of(session, claim)

        assert found["relays"][0]["claim_id"] == other.uuid
        assert found["relays"][-1]["source"]["title"] == "Undated"

    def test_what_was_rejected_is_no_relay(self, session):
        claim = factories.make_claim(session)
        wire = factories.make_source(session, published_on="2021-12-01")
        own = documents.get_source(session, article_of(session, claim).source_uuid)
        derive(session, own, wire, basis=DerivationBasis.REJECTED)

        assert appearances_of(session, claim)["appearances"] == 1


def article_of(session, claim):
    from sources.models import Article

    return session.get_one(Article, claim.article_id)


class TestDecisions:
    def test_who_decided_on_which_version_is_named(self, session, actor_of):
        claim, ana, ben = factories.make_claim(session), actor_of("reviewer"), actor_of("editor")
        policy = review.Policy(approvals=2)
        common = {"layer": Layer.FACT, "policy": policy}
        given = {"verdict": "false", "rationale": "It cost 30.", "override": "I was there."}
        review.act(session, claim, action=Action.PROPOSE, actor=ana, **given, **common)
        review.act(session, claim, action=Action.APPROVE, actor=ben, **common)

        (decision,) = provenance_of(session, claim)["decisions"]

        assert (decision["proposed_by"], decision["decided_by"]) == (ana.id, ben.id)
        assert (decision["verdict"], decision["claim_version"]) == ("false", 2)
        assert (decision["rationale"], decision["override"]) == ("It cost 30.", "I was there.")
        assert decision["is_newest"] is True

    def test_a_history_without_decisions_has_none(self):
        assert decisions_in([]) == []


class TestChangedSince:
    def test_what_happened_to_claim_article_and_sources_is_told(self, session):
        claim = factories.make_claim(session)
        source = factories.make_source(session)
        support(session, claim, source)
        decide(session, claim)
        documents.add_notice(session, source, kind="corrected", note=None, actor=SYSTEM)
        article = article_of(session, claim)
        text = factories.TEXT.replace("40 million", "44 million")
        revision = revising.prepare(session, FakeAnalyst(), article, text=text)
        revising.keep(session, article, revision, actor=SYSTEM)

        told = [change["what"] for change in provenance_of(session, claim)["changed_since"]]

        assert told == [
            "a source was corrected by its publisher",
            "the article got a new text",
            "the claim is worded otherwise in the article's new text",
            "the decision went stale: the article's text changed",
        ]

    def test_before_a_decision_nothing_changed_since(self, session):
        assert provenance_of(session, factories.make_claim(session))["changed_since"] == []


class TestInWords:
    @pytest.mark.parametrize(
        ("kind", "data", "words"),
        [
            ("finding.decided", {"verdict": "partly_verified"}, "decided: partly verified"),
            ("finding.decided", {"verdict": None}, "the verdict was taken back"),
            ("finding.proposed", {}, "a proposal was made"),
            ("evidence.added", {"relation": "refutes"}, "evidence was added that refutes it"),
            ("something.new", {}, "something new"),
        ],
    )
    def test_events_are_told(self, kind, data, words):
        assert in_words(kind, data) == words

    def test_no_event_of_ours_is_told_without_its_words(self):
        data = dict.fromkeys(("relation", "anchor", "trigger", "kind", "judgement"), "exact")

        assert all(in_words(kind, data) for kind in event_types())
