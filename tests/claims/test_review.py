"""Review: states, leases, the second person, the version that was seen."""

import pytest

import factories
from claims import evidence, review, services
from claims.statuses import Action, Layer
from errors import (
    ForbiddenError,
    IllegalTransitionError,
    InvalidInputError,
    LeaseHeldError,
    StaleVersionError,
    TwoPersonRuleError,
)
from ledger import clock
from ledger.log import events_of
from permissions import Actor, Role

ANA = Actor("ana-pseudonym", Role.REVIEWER)
BEN = Actor("ben-pseudonym", Role.REVIEWER)
EDITH = Actor("edith-pseudonym", Role.EDITOR)
RICK = Actor("rick-pseudonym", Role.REPORTER)

#: Most tests here are not about the gate.
WHY = "The test decides without evidence."

TWO = review.Policy()
ONE = review.Policy(approvals=1)


@pytest.fixture
def claim(session):
    return factories.make_claim(session)


def act(session, claim, action, actor=ANA, *, layer=Layer.FACT, policy=TWO, **given):
    return review.act(
        session, claim, layer=layer, action=action, actor=actor, policy=policy, **given
    )


def propose(session, claim, actor=ANA, **given):
    given = {"verdict": "verified", "rationale": "It is on record.", "override": WHY, **given}
    return act(session, claim, Action.PROPOSE, actor, **given)


def types(session, claim):
    return [event.type for event, _ in events_of(session, claim.uuid)]


class TestPropose:
    def test_the_claim_waits_for_a_second_person(self, session, claim):
        claim = propose(session, claim)

        assert claim.status == "proposed"
        assert types(session, claim) == ["claim.created", "finding.proposed"]

    def test_a_proposal_names_a_verdict(self, session, claim):
        with pytest.raises(InvalidInputError) as error:
            act(session, claim, Action.PROPOSE, rationale="why")

        assert "verdict" in error.value.fields
        assert types(session, claim) == ["claim.created"]

    def test_a_desk_of_one_decides_at_once(self, session, claim):
        claim = propose(session, claim, policy=ONE)

        assert claim.status == "verified"

    def test_a_reporter_may_not(self, session, claim):
        with pytest.raises(ForbiddenError):
            propose(session, claim, RICK)

    def test_a_prediction_is_not_verified_before_its_day(self, session, claim):
        services.correct_claim(session, claim, {"due_on": "2999-01-01"}, actor=ANA)
        claim = services.get_claim(session, claim.uuid)

        with pytest.raises(InvalidInputError, match="pending_outcome"):
            propose(session, claim)

    def test_pending_outcome_needs_a_day(self, session, claim):
        with pytest.raises(InvalidInputError):
            propose(session, claim, verdict="pending_outcome")


class TestApprove:
    def test_a_second_person_decides(self, session, claim):
        claim = propose(session, claim)

        claim = act(session, claim, Action.APPROVE, BEN)

        finding = services.get_finding(session, claim, Layer.FACT)
        assert claim.status == "verified"
        assert (finding.proposed_by, finding.decided_by) == (ANA.id, BEN.id)

    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR, Role.ADMIN])
    def test_the_proposer_cannot_be_the_second_person(self, session, claim, role):
        proposer = Actor("someone", role)
        claim = propose(session, claim, proposer)

        with pytest.raises(TwoPersonRuleError):
            act(session, claim, Action.APPROVE, proposer)

        assert claim.status == "proposed"

    def test_evidence_after_the_proposal_keeps_it_from_being_approved(self, session, claim):
        claim = propose(session, claim)
        source = factories.make_source(session)
        given = {"layer": "fact", "relation": "refutes", "basis": "primary"}
        evidence.add_evidence(session, claim, source, given, actor=RICK)
        claim = services.get_claim(session, claim.uuid)

        with pytest.raises(StaleVersionError):
            act(session, claim, Action.APPROVE, BEN)

    def test_a_version_that_was_not_seen_is_refused(self, session, claim):
        claim = propose(session, claim)

        with pytest.raises(StaleVersionError):
            act(session, claim, Action.APPROVE, BEN, version=claim.version - 1)

    def test_an_open_finding_cannot_be_approved(self, session, claim):
        with pytest.raises(IllegalTransitionError, match="take, propose"):
            act(session, claim, Action.APPROVE, BEN)


class TestLayers:
    def test_confirming_the_quote_never_confirms_the_fact(self, session, claim):
        claim = propose(session, claim, layer=Layer.SAID)

        claim = act(session, claim, Action.APPROVE, BEN, layer=Layer.SAID)

        assert services.get_finding(session, claim, Layer.SAID).verdict == "verified"
        assert services.get_finding(session, claim, Layer.FACT).verdict is None
        assert claim.status == "unreviewed"

    def test_a_claim_of_the_articles_own_has_no_said_layer(self, session):
        article = factories.make_article(
            session, candidates=[factories.candidate(factories.TEXT, "It opened in 1932")]
        )
        from sqlalchemy import select

        from claims.models import Claim

        claim = session.execute(select(Claim).where(Claim.article_id == article.id)).scalar_one()

        with pytest.raises(InvalidInputError) as error:
            propose(session, claim, layer=Layer.SAID)

        assert "layer" in error.value.fields


class TestLease:
    def test_somebody_elses_lease_is_respected_and_named(self, session, claim):
        claim = act(session, claim, Action.TAKE)

        with pytest.raises(LeaseHeldError, match=ANA.id):
            propose(session, claim, BEN)

    def test_the_holder_proposes(self, session, claim):
        claim = act(session, claim, Action.TAKE)

        assert propose(session, claim).status == "proposed"

    def test_a_lease_that_ran_out_holds_nobody_back(self, session, claim, monkeypatch):
        claim = act(session, claim, Action.TAKE)
        later = clock.source().replace(year=clock.source().year + 1)
        monkeypatch.setattr(clock, "source", lambda: later)

        assert propose(session, claim, BEN).status == "proposed"

    def test_release_gives_it_back(self, session, claim):
        claim = act(session, claim, Action.TAKE)

        assert act(session, claim, Action.RELEASE).status == "unreviewed"


class TestSendBack:
    def test_the_finding_is_open_again_and_the_reason_recorded(self, session, claim):
        claim = propose(session, claim)

        claim = act(session, claim, Action.SEND_BACK, BEN, reason="Which report?")

        assert claim.status == "unreviewed"
        assert events_of(session, claim.uuid)[-1][0].text("reason") == "Which report?"


class TestChallenge:
    def test_a_decision_goes_stale_and_its_verdict_stays_readable(self, session, claim):
        claim = propose(session, claim)
        claim = act(session, claim, Action.APPROVE, BEN)

        claim = act(session, claim, Action.CHALLENGE, ANA, reason="The report was retracted.")

        finding = services.get_finding(session, claim, Layer.FACT)
        assert (claim.status, finding.verdict) == ("stale", "verified")
        assert finding.stale_because["trigger"] == "challenge"


class TestClose:
    def test_only_an_editor_closes(self, session, claim):
        with pytest.raises(ForbiddenError):
            act(session, claim, Action.CLOSE, ANA, reason="opinion")

    def test_a_closed_finding_can_be_reopened(self, session, claim):
        claim = act(session, claim, Action.CLOSE, EDITH, reason="opinion")
        assert claim.status == "closed"

        assert act(session, claim, Action.REOPEN, EDITH).status == "unreviewed"


class TestCorrectClaim:
    def test_a_decided_finding_goes_stale(self, session, claim):
        claim = propose(session, claim)
        claim = act(session, claim, Action.APPROVE, BEN)

        claim = services.correct_claim(session, claim, {"kind": "law"}, actor=ANA)

        assert (claim.kind, claim.status) == ("law", "stale")

    def test_naming_a_claimant_opens_the_said_layer(self, session):
        article = factories.make_article(session)
        from sqlalchemy import select

        from claims.models import Claim

        query = select(Claim).where(Claim.article_id == article.id, Claim.claimant_name.is_(None))
        claim = session.execute(query).scalar_one()

        given = {"claimant": {"name": "The mayor", "role": None}}
        claim = services.correct_claim(session, claim, given, actor=ANA)

        assert services.get_finding(session, claim, Layer.SAID).state == "open"

    def test_a_span_outside_the_text_is_refused(self, session, claim):
        with pytest.raises(InvalidInputError):
            services.correct_claim(session, claim, {"end": 10_000}, actor=ANA)


class TestWithdrawEvidence:
    def test_a_decision_on_decisive_evidence_goes_stale(self, session, claim):
        source = factories.make_source(session)
        given = {"layer": "fact", "relation": "supports", "basis": "primary", "decisive": True}
        added = evidence.add_evidence(session, claim, source, given, actor=RICK)
        claim = propose(session, services.get_claim(session, claim.uuid))
        claim = act(session, claim, Action.APPROVE, BEN)

        evidence.withdraw_evidence(session, added, reason="It was forged.", actor=RICK)

        assert services.get_claim(session, claim.uuid).status == "stale"

    def test_a_quote_that_the_source_does_not_print_is_refused(self, session, claim):
        article = factories.make_article(
            session,
            text="Another text about 12 bridges. It is short.",
            candidates=[
                factories.candidate("Another text about 12 bridges. It is short.", "It is short")
            ],
        )
        from sources.services import get_source

        source = get_source(session, article.source_uuid)
        given = {"layer": "fact", "relation": "supports", "basis": "primary", "quote": "13 bridges"}

        with pytest.raises(InvalidInputError) as error:
            evidence.add_evidence(session, claim, source, given, actor=RICK)

        assert "quote" in error.value.fields
