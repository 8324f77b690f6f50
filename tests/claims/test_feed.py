"""The feed and the kinds of decision, over HTTP."""

import pytest

import factories


@pytest.fixture
def claim(app):
    with app.extensions["dateline.db"].writing() as session:
        return factories.make_claim(session, title="The bridge").uuid


@pytest.fixture
def desk(client, as_role, claim):
    """A desk of two that decides about the claim."""
    return Desk(client, as_role("reviewer"), as_role("reviewer"), claim)


class Desk:
    def __init__(self, client, ana, ben, claim):
        self.client, self.ana, self.ben, self.claim = client, ana, ben, claim

    def read(self):
        return self.client.get(f"/api/v1/claims/{self.claim}").json

    def act(self, who, **body):
        tag = {"If-Match": f'"{self.claim}-{self.read()["version"]}"'}
        url = f"/api/v1/claims/{self.claim}/reviews"
        return self.client.post(url, json=body, headers=who | tag)

    def decide(self, verdict=None, kind=None, **given):
        body = {"verdict": verdict, "verdict_kind": kind, "rationale": "We read it.", **given}
        if self.read()["findings"]["fact"]["state"] == "decided":
            self.act(self.ben, action="challenge", reason="Look again.")
        proposed = self.act(self.ana, action="propose", override="No time.", **body)
        assert proposed.status_code == 201, proposed.json
        return self.act(self.ben, action="approve").json

    def feed(self, **query):
        return self.client.get("/api/v1/feed.json", query_string=query).json


class TestFeed:
    def test_decisions_and_corrections_stand_newest_first(self, desk):
        desk.decide("verified")
        desk.decide("false", "correct", rationale="We misread the record.")

        items = desk.feed()["items"]

        assert [item["_dateline"]["verdict_kind"] for item in items] == ["correct", "assess"]
        assert items[0]["title"].startswith(
            "Correction, whether it is true: verified → false – “the bridge cost"
        )
        assert items[0]["content_text"].startswith("We misread the record.")
        assert items[0]["_dateline"]["supersedes"] == items[1]["_dateline"]["seq"]

    def test_it_is_a_json_feed(self, client, desk):
        desk.decide("unverifiable")

        answer = client.get("/api/v1/feed.json")

        assert answer.mimetype == "application/feed+json"
        assert answer.json["version"] == "https://jsonfeed.org/version/1.1"
        (item,) = answer.json["items"]
        assert {"id", "url", "title", "content_text", "date_published"} <= set(item)
        assert item["url"].endswith(f"/claims/{desk.claim}#finding-fact")
        assert "next_url" not in answer.json

    def test_overrides_are_shown(self, desk):
        desk.decide("verified")

        (item,) = desk.feed()["items"]

        assert item["_dateline"]["override"]["reason"] == "No time."
        assert item["_dateline"]["override"]["missing"] == ["support", "named_source"]
        assert "in spite of the desk's policy: No time." in item["content_text"]

    def test_what_is_only_proposed_or_sent_back_is_not_there(self, desk):
        desk.act(desk.ana, action="propose", verdict="unverifiable", rationale="A secret.")
        assert desk.feed()["items"] == []

        desk.act(desk.ben, action="send_back", reason="Why?")

        assert desk.feed()["items"] == []

    def test_pages_follow_each_other_to_the_end(self, client, desk):
        desk.decide("unverifiable")
        for _ in range(4):
            desk.decide("unverifiable", "update")
        seen, url = [], "/api/v1/feed.json?limit=2"
        while url:
            body = client.get(url.removeprefix("http://127.0.0.1:8000")).json
            seen += [item["_dateline"]["seq"] for item in body["items"]]
            url = body.get("next_url")

        assert len(seen) == len(set(seen)) == 5
        assert seen == sorted(seen, reverse=True)

    def test_corrections_alone_can_be_followed(self, desk):
        desk.decide("unverifiable")
        desk.decide("unverifiable", "update")
        desk.decide(None, "retract")

        items = desk.feed(kind="correct,retract")["items"]

        assert [item["_dateline"]["verdict_kind"] for item in items] == ["retract"]


class TestKinds:
    def test_a_later_decision_says_what_it_is(self, desk):
        desk.decide("unverifiable")
        desk.act(desk.ben, action="challenge", reason="Look again.")

        for kind in (None, "assess"):
            answer = desk.act(
                desk.ana,
                action="propose",
                verdict="unverifiable",
                rationale="Still.",
                verdict_kind=kind,
            )

            assert answer.status_code == 422
            assert answer.json["errors"][0]["field"] == "verdict_kind"

    @pytest.mark.parametrize("kind", ["update", "correct", "retract"])
    def test_a_first_one_changes_nothing_that_was(self, desk, kind):
        answer = desk.act(
            desk.ana,
            action="propose",
            verdict="unverifiable",
            rationale="We read it.",
            verdict_kind=kind,
        )

        assert answer.json["errors"][0]["field"] == "verdict_kind"

    def test_a_retraction_leaves_the_claim_as_before_the_first_decision(self, desk):
        desk.decide("verified")

        claim = desk.decide(None, "retract", rationale="It was never checked.")

        finding = claim["findings"]["fact"]
        assert (claim["status"], finding["state"], finding["verdict"]) == (
            "unreviewed",
            "open",
            None,
        )
        assert finding["verdict_kind"] == "retract"
        assert desk.decide("unverifiable")["status"] == "unverifiable"

    def test_a_retraction_puts_nothing_in_its_place(self, desk):
        desk.decide("verified")
        desk.act(desk.ben, action="challenge", reason="Look again.")

        answer = desk.act(
            desk.ana, action="propose", verdict="false", verdict_kind="retract", rationale="Wrong."
        )

        assert answer.json["errors"][0]["field"] == "verdict"

    def test_an_update_ends_what_was_held_and_a_correction_takes_it_back(self, client, desk):
        desk.decide("verified", valid_from="2021-01-01")
        desk.decide("false", "update", valid_from="2022-06-01")

        def held(about, **query):
            url = f"/api/v1/claims/{desk.claim}/verdicts"
            found = client.get(url, query_string={"about": about, **query}).json["held"]
            return found and found["status"]

        before = desk.read()["updated_at"]
        assert held("2022-01-01") == "verified"
        assert held("2022-06-01") == "false"

        desk.decide("unverifiable", "correct")

        assert held("2022-01-01") == "verified"
        assert held("2022-06-01") == "unverifiable"
        assert held("2022-06-01", as_of=before) == "false"
        assert held("2020-01-01") is None

    def test_days_that_end_before_they_begin_are_refused(self, desk):
        answer = desk.act(
            desk.ana,
            action="propose",
            verdict="unverifiable",
            rationale="We read it.",
            valid_from="2022-01-02",
            valid_to="2022-01-02",
        )

        assert answer.json["errors"][0]["field"] == "valid_to"
