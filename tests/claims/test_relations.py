"""Judged relations: remembered, replaced, and what a contradicting decision makes stale."""

import pytest

import factories
from archive.audit import problems
from claims import relations, review, services
from claims.models import Claim, ClaimRelationKind
from claims.statuses import Action, Layer
from errors import ForbiddenError, InvalidInputError
from ledger.log import events_of
from permissions import Actor, Role

ANA = Actor("ana-pseudonym", Role.REVIEWER)
RICK = Actor("rick-pseudonym", Role.REPORTER)
ONE = review.Policy(approvals=1)

CONTRADICTS = ClaimRelationKind.CONTRADICTS
REFINES = ClaimRelationKind.REFINES


@pytest.fixture
def pair(session):
    first = factories.make_claim(session)
    text = "The minister said the bridge cost 60 million euros."
    words = "the bridge cost 60 million euros"
    second = factories.make_claim(
        session, text=text, candidates=(factories.candidate(text, words),)
    )
    return first, second


def judge(session, claim, other, relation=CONTRADICTS, judgement="confirmed", actor=ANA):
    return relations.judge(
        session, claim, other, relation=relation, judgement=judgement, actor=actor
    )


def decide(session, claim, verdict):
    was_decided = services.get_finding(session, claim, Layer.FACT).verdict is not None
    review.act(
        session,
        claim,
        layer=Layer.FACT,
        action=Action.PROPOSE,
        actor=ANA,
        policy=ONE,
        verdict=verdict,
        verdict_kind="update" if was_decided else None,
        rationale="It is on record.",
        override="The record itself is not at hand.",
    )


def status(session, claim):
    return services.get_claim(session, claim.uuid).status


class TestJudge:
    def test_the_same_judgement_again_changes_nothing(self, session, pair):
        first, second = pair

        judge(session, first, second)
        again = judge(session, second, first)

        assert again.is_confirmed
        assert [e.type for e, _ in events_of(session, first.uuid)][1:] == ["relation.judged"]
        assert [e.type for e, _ in events_of(session, second.uuid)] == ["claim.created"]

    def test_another_judgement_replaces_the_first_from_either_side(self, session, pair):
        first, second = pair
        judge(session, first, second)

        judge(session, second, first, judgement="refused")

        for claim in pair:
            held = relations.judgements_of(session, claim)
            assert [j.is_confirmed for j in held] == [False]
        assert list(problems(session)) == []

    def test_a_refinement_reads_one_way(self, session, pair):
        first, second = pair
        judge(session, first, second, REFINES)

        judge(session, second, first, REFINES, "refused")

        held = relations.judgements_of(session, first)
        assert {(j.is_confirmed, j.is_reverse) for j in held} == {(True, False), (False, True)}

    def test_a_claim_has_no_relation_to_itself(self, session, pair):
        with pytest.raises(InvalidInputError) as error:
            judge(session, pair[0], pair[0])

        assert "other_id" in error.value.fields

    def test_it_takes_a_reviewer(self, session, pair):
        with pytest.raises(ForbiddenError):
            judge(session, *pair, actor=RICK)

    def test_two_verdicts_that_exclude_each_other_go_stale_once_it_is_seen(self, session, pair):
        for claim in pair:
            decide(session, claim, "verified")

        judge(session, *pair)

        assert [status(session, claim) for claim in pair] == ["stale", "stale"]

    def test_a_true_and_an_untrue_claim_stay_decided(self, session, pair):
        first, second = pair
        decide(session, first, "verified")
        decide(session, second, "false")

        judge(session, *pair)

        assert [status(session, claim) for claim in pair] == ["verified", "false"]


class TestClaimDecided:
    def test_a_decided_claim_goes_stale_and_names_the_other(self, session, pair):
        first, second = pair
        decide(session, first, "verified")
        judge(session, *pair)
        assert status(session, first) == "verified"

        decide(session, second, "verified")

        because = services.get_finding(session, first, Layer.FACT).stale_because
        assert because["trigger"] == "contradicting_claim_decided"
        assert because["cause"] == second.uuid
        assert status(session, second) == "verified"

    def test_an_answer_that_agrees_asks_for_no_other(self, session, pair):
        first, second = pair
        decide(session, first, "verified")
        judge(session, *pair)
        decide(session, second, "verified")

        decide(session, first, "false")

        assert [status(session, claim) for claim in pair] == ["false", "verified"]
        assert list(problems(session)) == []

    @pytest.mark.parametrize(
        ("relation", "judgement"), [(CONTRADICTS, "refused"), (REFINES, "confirmed")]
    )
    def test_nothing_else_moves_the_ground(self, session, pair, relation, judgement):
        first, second = pair
        decide(session, first, "verified")
        judge(session, *pair, relation, judgement)

        decide(session, second, "verified")

        assert status(session, first) == "verified"


class TestPostRelation:
    def test_a_reviewer_judges_and_is_named(self, app, client, as_role):
        first, second = _two_claims(app)
        body = {"other_id": second, "relation": "repeats", "judgement": "refused"}

        answer = client.post(
            f"/api/v1/claims/{first}/relations", json=body, headers=as_role("reviewer")
        )

        assert answer.status_code == 201
        assert {name: answer.json[name] for name in body} == body

    @pytest.mark.parametrize(
        ("role", "change", "status"),
        [
            ("reporter", {}, 403),
            ("reviewer", {"relation": "resembles"}, 422),
            ("reviewer", {"judgement": None}, 422),
            ("reviewer", {"other_id": "00000000-0000-4000-8000-000000000000"}, 404),
        ],
    )
    def test_a_refused_judgement_leaves_no_trace(self, app, client, as_role, role, change, status):
        first, second = _two_claims(app)
        body = {"other_id": second, "relation": "repeats", "judgement": "confirmed", **change}

        answer = client.post(f"/api/v1/claims/{first}/relations", json=body, headers=as_role(role))

        assert answer.status_code == status
        with app.extensions["dateline.db"].read_session() as session:
            claim = services.get_claim(session, first)
            assert relations.judgements_of(session, claim) == []


def _two_claims(app):
    with app.extensions["dateline.db"].writing() as session:
        article = factories.make_article(session)
        rows = session.query(Claim).filter_by(article_id=article.id).order_by(Claim.start)
        return [claim.uuid for claim in rows]
