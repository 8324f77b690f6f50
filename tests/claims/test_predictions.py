"""Tests of `claims/predictions.py`: nothing is true before its day, and records count all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import factories
from claims import predictions, review, services
from claims.extraction.records import Kind
from claims.statuses import Action, Layer
from errors import HistoryBrokenError, InvalidInputError
from ledger import clock, log
from ledger.events import NewEvent
from permissions import SYSTEM


@pytest.fixture
def at(monkeypatch):
    """Set the clock to a day."""

    def go(day):
        moment = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
        monkeypatch.setattr(clock, "source", lambda: moment)

    go("2026-03-01")
    return go


def predicted(session, due="2030-01-01", year=2030):
    text = f"Ann said the bridge will open in {year}. Nobody asked."
    found = factories.candidate(
        text,
        f"the bridge will open in {year}",
        claimant="Ann",
        kind=Kind.PREDICTION,
        due_on=due,
    )
    return factories.make_claim(session, text=text, candidates=(found,))


def decide(session, claim, verdict, kind=None, **given):
    return review.act(
        session,
        services.get_claim(session, claim.uuid),
        layer=Layer.FACT,
        action=Action.PROPOSE,
        actor=SYSTEM,
        policy=review.Policy(approvals=1),
        verdict=verdict,
        verdict_kind=kind,
        rationale="It is so.",
        override="I know it.",
        **given,
    )


class TestOutcomeDay:
    @pytest.mark.parametrize("verdict", ["verified", "partly_verified"])
    def test_nothing_comes_true_before_its_day(self, session, at, verdict):
        with pytest.raises(InvalidInputError, match="due on 2030-01-01"):
            decide(session, predicted(session), verdict)

    def test_a_validity_to_come_does_not_bring_the_day_forward(self, session, at):
        with pytest.raises(InvalidInputError, match="due on"):
            decide(session, predicted(session), "verified", valid_from="2030-01-01")

    @pytest.mark.parametrize("due", ["2026-02-01", None])
    def test_another_day_written_into_it_does_not_either(self, session, at, due):
        claim = predicted(session)
        decide(session, claim, "pending_outcome")
        services.correct_claim(session, claim, {"due_on": due}, actor=SYSTEM)

        with pytest.raises(InvalidInputError, match="due on 2030-01-01"):
            decide(session, claim, "verified", "correct")

    def test_two_people_who_take_the_waiting_back_free_it(self, session, at):
        claim = predicted(session)
        decide(session, claim, "pending_outcome")
        services.correct_claim(session, claim, {"due_on": "2026-02-01"}, actor=SYSTEM)
        decide(session, claim, None, "retract")

        assert decide(session, claim, "verified").status == "verified"

    def test_on_its_day_it_can_come_true(self, session, at):
        claim = predicted(session)
        decide(session, claim, "pending_outcome")
        at("2030-01-01")

        assert decide(session, claim, "verified", "update").status == "verified"

    def test_a_day_moved_ahead_of_a_decision_makes_it_stale(self, session, at):
        claim = predicted(session, due="2026-02-01")
        decide(session, claim, "verified")

        corrected = services.correct_claim(session, claim, {"due_on": "2030-01-01"}, actor=SYSTEM)

        assert corrected.status == "stale"
        assert predictions.outcome_day(session, corrected) == "2030-01-01"

    def test_a_history_from_elsewhere_cannot_hold_it_either(self, session, at):
        claim = predicted(session)
        proposal = {"layer": "fact", "verdict": "verified", "verdict_kind": "assess"}
        proposed = NewEvent(
            "finding.proposed", claim.uuid, {**proposal, "resting_state": "open"}, {}
        )
        log.record(session, proposed, actor=SYSTEM.id)

        decided = NewEvent("finding.decided", claim.uuid, proposal | {"approvals": 1}, {})

        with pytest.raises(HistoryBrokenError, match="before that day"):
            log.record(session, decided, actor=SYSTEM.id)


class TestRecord:
    def test_what_two_articles_pass_on_is_one_prediction(self, session, at):
        first = predicted(session)
        text = "Nobody asked. Ann said the bridge will open in 2030."
        words = "the bridge will open in 2030"
        found = factories.candidate(
            text, words, claimant="Ann", kind=Kind.PREDICTION, due_on="2030-01-01"
        )
        other = factories.make_claim(session, text=text, candidates=(found,))
        decide(session, other, "pending_outcome")

        record = predictions.record_of(session, "Ann", most=20)

        assert (record["predictions"], record["open"]) == (1, 1)
        assert [(c["id"], c["also"]) for c in record["claims"]] == [(other.uuid, [first.uuid])]

    def test_outcomes_are_counted_and_add_up(self, session, at):
        outcomes = (("02-01", "verified"), ("02-02", "false"), ("02-03", "unverifiable"))
        for year, (day, verdict) in enumerate(outcomes, start=2030):
            decide(session, predicted(session, f"2026-{day}", year), verdict)
        predicted(session, "2026-02-04", 2038)
        predicted(session, "2040-01-01", 2039)

        record = predictions.record_of(session, "Ann", most=20)

        counts = {name: record[name] for name in record if name not in ("claims", "claimant")}
        assert counts == {
            "predictions": 5,
            "due": 4,
            "came_true": 1,
            "partly": 0,
            "did_not": 1,
            "undetermined": 1,
            "open": 2,
        }
        assert [claim["due_on"] for claim in record["claims"]][-1] == "2040-01-01"

    def test_somebody_who_predicted_nothing_has_an_empty_record(self, app, client):
        answer = client.get("/api/v1/claimants/predictions?name=Nobody")

        assert (answer.json["predictions"], answer.json["claims"]) == (0, [])

    def test_a_name_is_needed(self, client):
        assert client.get("/api/v1/claimants/predictions").json["code"] == "validation_failed"
