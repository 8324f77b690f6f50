"""Staleness: every trigger, its cause, and answers that are right before any job has run."""

from datetime import timedelta

import pytest

import factories
from archive.audit import problems_of_tables
from claims import evidence, queries, review, services, staleness
from claims.facets import facet
from claims.filters import matching
from claims.models import Finding
from claims.statuses import Action, Layer
from errors import ForbiddenError
from ledger import clock
from ledger.log import events_of, log_size
from permissions import Actor, Role
from sources.models import DerivationBasis

ANA = Actor("ana-pseudonym", Role.REVIEWER)
BEN = Actor("ben-pseudonym", Role.REVIEWER)
EDITH = Actor("edith-pseudonym", Role.EDITOR)
RICK = Actor("rick-pseudonym", Role.REPORTER)

TWO = review.Policy()


@pytest.fixture
def claim(session):
    return factories.make_claim(session)


def cite(session, claim, source=None, *, layer="fact", relation="supports", **given):
    source = source or factories.make_source(session)
    given = {"layer": layer, "relation": relation, "basis": "primary", **given}
    return evidence.add_evidence(session, claim, source, given, actor=RICK)


def decide(session, claim, verdict="verified", *, layer=Layer.FACT, **given):
    given = {"verdict": verdict, "rationale": "It is on record.", **given}
    common = {"layer": layer, "policy": TWO}
    claim = services.get_claim(session, claim.uuid)
    claim = review.act(session, claim, action=Action.PROPOSE, actor=ANA, **common, **given)
    return review.act(session, claim, action=Action.APPROVE, actor=BEN, **common)


def because(session, claim, layer=Layer.FACT):
    """Return what made a finding stale: trigger and cause."""
    finding = services.get_finding(session, services.get_claim(session, claim.uuid), layer)
    found = finding.stale_because or {}
    return finding.state, found.get("trigger"), found.get("cause")


def shown(session, claim):
    return queries.document_of(session, services.get_claim(session, claim.uuid))


def statuses(session, **filters):
    found = session.execute(matching(session, **filters).paged).all()
    return [d["status"] for d in queries.documents_by_key(session, found)]


def move_clock(monkeypatch, **later):
    moment = clock.source() + timedelta(**later)
    monkeypatch.setattr(clock, "source", lambda: moment)


class TestEvidenceWithdrawn:
    def test_a_decision_without_its_decisive_evidence_goes_stale(self, session, claim):
        added = cite(session, claim, decisive=True)
        cite(session, claim)
        decide(session, claim)

        evidence.withdraw_evidence(session, added, reason="Forged.", actor=RICK)

        assert because(session, claim) == ("stale", "evidence_withdrawn", added.uuid)

    def test_so_does_one_that_is_left_with_too_little(self, session, claim):
        added = cite(session, claim)
        decide(session, claim)

        evidence.withdraw_evidence(session, added, reason="Forged.", actor=RICK)

        assert because(session, claim) == ("stale", "evidence_withdrawn", added.uuid)

    def test_one_that_has_enough_without_it_stands(self, session, claim):
        added = cite(session, claim)
        cite(session, claim)
        decide(session, claim)

        evidence.withdraw_evidence(session, added, reason="A duplicate.", actor=RICK)

        assert because(session, claim)[0] == "decided"

    def test_so_does_one_whose_contrary_evidence_is_no_longer_answered(self, session, claim):
        cite(session, claim)
        contrary = cite(session, claim, relation="disputes")
        answer = cite(session, claim, relation="qualifies", answers=contrary.uuid)
        decide(session, claim)

        evidence.withdraw_evidence(session, answer, reason="Mistaken.", actor=RICK)

        assert because(session, claim) == ("stale", "evidence_withdrawn", answer.uuid)

    def test_the_other_layer_is_not_moved(self, session, claim):
        added = cite(session, claim, decisive=True)
        cite(session, claim, layer="said", relation="attributes")
        decide(session, claim)
        decide(session, claim, layer=Layer.SAID)

        evidence.withdraw_evidence(session, added, reason="Forged.", actor=RICK)

        assert because(session, claim, Layer.SAID)[0] == "decided"
        assert shown(session, claim)["summary"] == "said: verified, fact: stale"


class TestOrigins:
    @pytest.fixture
    def papers(self, session, claim):
        """Two papers that seem to know it independently, and the claim verified on them."""
        papers = [
            factories.make_source(session, kind="article", title=name, publisher=name)
            for name in ("Post", "Times")
        ]
        cite(session, claim, papers[0])
        cite(session, claim, papers[1], basis="secondary")
        decide(session, claim)
        return papers

    def judge(self, session, child, parent, basis, actor=EDITH):
        return staleness.judge_derivation(
            session, child, parent, kind="republishes", basis=basis, actor=actor
        )

    def test_a_derivation_that_is_confirmed_later_makes_it_stale(self, session, claim, papers):
        self.judge(session, papers[0], papers[1], DerivationBasis.CONFIRMED)

        assert because(session, claim) == ("stale", "origins_fell", papers[0].uuid)

    def test_so_does_one_origin_further_up(self, session, claim, papers):
        wire = factories.make_source(session, kind="wire", title="Wire")
        self.judge(session, papers[0], wire, DerivationBasis.DECLARED)
        assert because(session, claim)[0] == "decided"

        self.judge(session, papers[1], wire, DerivationBasis.DECLARED)

        assert because(session, claim)[0] == "stale"

    @pytest.mark.parametrize("basis", [DerivationBasis.DETECTED, DerivationBasis.REJECTED])
    def test_a_suspicion_or_a_refusal_moves_nothing(self, session, claim, papers, basis):
        self.judge(session, papers[0], papers[1], basis)

        assert because(session, claim)[0] == "decided"

    def test_what_an_editor_judged_a_reporter_does_not_judge_anew(self, session, claim, papers):
        self.judge(session, papers[0], papers[1], DerivationBasis.REJECTED)

        with pytest.raises(ForbiddenError):
            self.judge(session, papers[0], papers[1], DerivationBasis.DECLARED, RICK)

    def test_a_source_that_turns_out_a_party_no_longer_carries_it(self, session, claim):
        source = factories.make_source(session)
        cite(session, claim, source)
        decide(session, claim)

        staleness.change_source(session, source, {"is_interested": True}, actor=RICK)

        assert because(session, claim) == ("stale", "origins_fell", source.uuid)

    def test_what_an_override_lacked_from_the_start_cannot_fall(self, session, claim):
        source = factories.make_source(session, kind="post")
        cite(session, claim, source, basis="secondary")
        decide(session, claim, override="It is urgent.")

        staleness.change_source(session, source, {"is_interested": True}, actor=RICK)

        assert because(session, claim)[0] == "decided"


class TestNotices:
    @pytest.mark.parametrize("kind", ["corrected", "retracted"])
    def test_what_rests_on_the_source_goes_stale(self, session, claim, kind):
        source = factories.make_source(session)
        cite(session, claim, source)
        decide(session, claim)

        staleness.add_notice(session, source, kind=kind, note="Wrong.", actor=EDITH)

        assert because(session, claim) == ("stale", f"source_{kind}", source.uuid)

    def test_so_does_what_rests_on_a_copy_of_it(self, session, claim):
        wire = factories.make_source(session, kind="wire", title="Wire")
        copy = factories.make_source(session)
        staleness.judge_derivation(
            session, copy, wire, kind="republishes", basis=DerivationBasis.DECLARED, actor=RICK
        )
        cite(session, claim, copy)
        decide(session, claim)

        staleness.add_notice(session, wire, kind="retracted", note=None, actor=EDITH)

        assert because(session, claim) == ("stale", "source_retracted", wire.uuid)

    def test_context_carries_no_decision(self, session, claim):
        source = factories.make_source(session)
        cite(session, claim, source, relation="context")
        cite(session, claim)
        decide(session, claim)

        staleness.add_notice(session, source, kind="retracted", note=None, actor=EDITH)

        assert because(session, claim)[0] == "decided"


class TestProposals:
    def test_a_proposal_whose_ground_moves_goes_back(self, session, claim):
        cite(session, claim)
        claim = services.get_claim(session, claim.uuid)
        given = {"verdict": "verified", "rationale": "On record."}
        claim = review.act(
            session,
            claim,
            layer=Layer.FACT,
            action=Action.PROPOSE,
            actor=ANA,
            policy=TWO,
            **given,
        )

        claim = services.correct_claim(session, claim, {"kind": "law"}, actor=BEN)

        last = events_of(session, claim.uuid)[-1][0]
        assert (claim.status, last.type) == ("unreviewed", "finding.sent_back")
        assert last.data["trigger"] == "claim_edited"

    def test_a_decision_that_was_closed_meanwhile_wants_another_look(self, session, claim):
        cite(session, claim)
        claim = decide(session, claim)
        common = {"layer": Layer.FACT, "policy": TWO, "actor": EDITH}
        claim = review.act(session, claim, action=Action.CLOSE, reason="duplicate", **common)

        claim = review.act(session, claim, action=Action.REOPEN, **common)

        assert because(session, claim) == ("stale", "reopened", None)


class TestDays:
    @pytest.fixture
    def prediction(self, session, claim):
        """A claim that waits for its outcome, for another ten days."""
        due = clock.in_days(10)
        claim = services.correct_claim(session, claim, {"due_on": due}, actor=ANA)
        return decide(session, claim, "pending_outcome")

    @pytest.mark.parametrize(("days", "status"), [(9, "pending_outcome"), (10, "stale")])
    def test_the_day_of_the_outcome_shows_everywhere(
        self, session, prediction, monkeypatch, days, status
    ):
        move_clock(monkeypatch, days=days)

        assert shown(session, prediction)["status"] == status
        assert statuses(session, status=[status]) == [status]
        assert (status, 1) in facet(session, "status", matching(session))
        counts = queries.status_counts(session, [prediction.article_id])
        assert counts[prediction.article_id][status] == 1

    def test_it_names_the_day_as_its_cause(self, session, prediction, monkeypatch):
        move_clock(monkeypatch, days=10)

        finding = shown(session, prediction)["findings"]["fact"]

        assert finding["stale_because"]["trigger"] == "due"
        assert finding["stale_because"]["cause"] == prediction.due_on
        assert finding["verdict"] == "pending_outcome"

    @pytest.mark.parametrize(("days", "state"), [(5, "decided"), (6, "stale")])
    def test_a_decision_is_looked_at_again_by_its_day(
        self, session, claim, monkeypatch, days, state
    ):
        decide(session, claim, "unverifiable", review_by=clock.in_days(5))

        move_clock(monkeypatch, days=days)

        assert shown(session, claim)["findings"]["fact"]["state"] == state

    def test_the_job_records_what_was_answered_already(self, session, prediction, monkeypatch):
        move_clock(monkeypatch, days=11)
        before = shown(session, prediction)["findings"]["fact"]

        assert staleness.settle_all(session) == 1

        assert because(session, prediction) == ("stale", "due", prediction.due_on)
        after = shown(session, prediction)["findings"]["fact"]
        assert (after["state"], after["verdict"]) == (before["state"], before["verdict"])
        assert staleness.settle_all(session) == 0
        assert list(problems_of_tables(session)) == []

    def test_acting_on_it_records_the_day_first(self, session, prediction, monkeypatch):
        move_clock(monkeypatch, days=11)

        claim = review.act(
            session,
            services.get_claim(session, prediction.uuid),
            layer=Layer.FACT,
            action=Action.TAKE,
            actor=ANA,
            policy=TWO,
        )

        assert [e.type for e, _ in events_of(session, claim.uuid)][-2:] == [
            "finding.staled",
            "finding.taken",
        ]

    def test_what_is_refused_records_nothing(self, session, claim):
        size = log_size(session)

        staleness.settle(session, claim, Layer.FACT)

        assert log_size(session) == size


class TestNeeds:
    def test_contrary_evidence_after_a_decision_wants_another_look(self, session, claim):
        cite(session, claim)
        decide(session, claim)
        assert statuses(session, needs=["another_look"]) == []

        contrary = cite(session, claim, relation="refutes")

        assert statuses(session, needs=["contrary_evidence"]) == ["verified"]
        cite(session, claim, relation="qualifies", answers=contrary.uuid)
        assert statuses(session, needs=["contrary_evidence"]) == []

    def test_a_proposal_that_nobody_can_approve_does(self, session, claim):
        claim = services.get_claim(session, claim.uuid)
        given = {"verdict": "unverifiable", "rationale": "Nobody can know."}
        review.act(
            session,
            claim,
            layer=Layer.FACT,
            action=Action.PROPOSE,
            actor=ANA,
            policy=TWO,
            **given,
        )

        cite(session, claim)

        assert statuses(session, needs=["outdated_proposal"]) == ["proposed"]

    def test_so_do_what_is_stale_and_what_is_overdue(self, session, claim, monkeypatch):
        services.correct_claim(session, claim, {"due_on": clock.in_days(1)}, actor=ANA)
        assert statuses(session, needs=["overdue"]) == []

        move_clock(monkeypatch, days=1)

        assert statuses(session, needs=["overdue"]) == ["unreviewed"]
        assert statuses(session, needs=["stale"]) == []

    def test_a_finding_keeps_who_decided_it_when_it_goes_stale(self, session, claim):
        cite(session, claim)
        claim = decide(session, claim)

        services.correct_claim(session, claim, {"kind": "law"}, actor=ANA)

        finding = session.get(Finding, (claim.id, "fact"), populate_existing=True)
        assert (finding.proposed_by, finding.decided_by) == (ANA.id, BEN.id)
