"""Tests of `claims/conditions.py`: what a prediction hangs on, in its own words."""

from __future__ import annotations

import pytest

import factories
from claims.conditions import condition_of
from claims.extraction.records import Kind


class TestConditionOf:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("The bank could cut rates if wage growth eases", "if wage growth eases"),
            ("If parliament approves, the army will buy tanks", "If parliament approves"),
            ("If France, Spain and Italy agree, taxes rise", "If France, Spain and Italy agree"),
            ("The deal goes through unless regulators object", "unless regulators object"),
            ("“If we win, taxes will fall”", "If we win"),
            ("It takes effect once parliament approves it", "once parliament approves it"),
            ("Jets will come provided that they agree.", "provided that they agree"),
        ],
    )
    def test_it_is_given_in_the_words_of_the_claim(self, text, words):
        assert condition_of(text, "prediction", "conditional") == words

    @pytest.mark.parametrize(
        "text",
        [
            "Sanctions would harm a partner",
            "Sales will fall even if prices drop",
            "It will open once again in May",
            "It will look as if nothing happened",
        ],
    )
    def test_what_is_no_condition_is_none(self, text):
        assert condition_of(text, "prediction", "conditional") is None

    def test_a_statement_of_what_was_has_none(self):
        assert condition_of("They asked if it was true", "event", "asserted") is None


class TestOverHttp:
    def test_claim_and_record_of_predictions_name_it(self, app, client):
        text = "Ann said taxes will fall if parliament approves."
        found = factories.candidate(
            text,
            "taxes will fall if parliament approves",
            claimant="Ann",
            kind=Kind.PREDICTION,
        )
        with app.extensions["dateline.db"].writing() as session:
            claim = factories.make_claim(session, text=text, candidates=(found,)).uuid

        shown = client.get(f"/api/v1/claims/{claim}").json["condition"]
        record = client.get("/api/v1/claimants/predictions?name=Ann").json["claims"][0]["condition"]

        assert shown == record == "if parliament approves"
