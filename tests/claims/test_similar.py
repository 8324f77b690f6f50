"""What is held already: beside a claim, and about a text that is not kept."""

import pytest

FIRST = "The harbour authority said the new bridge cost 40 million euros."
OTHER = "Opposition leader Paula Reyes said the new bridge cost 60 million euros."
DOLLARS = "The new bridge cost 47 million dollars, a report said."
ELSEWHERE = "The library bought 300 books in May."


@pytest.fixture
def post(client, as_role):
    headers = as_role("reporter")

    def send(text, day="2021-12-14"):
        body = {"text": text, "published_on": day, "publisher": "Daily"}
        answer = client.post("/api/v1/articles", json=body, headers=headers)
        return next(c for c in answer.json["claims"] if "bridge" in c["text"] or "library" in text)

    return send


def similar(client, claim):
    return client.get(f"/api/v1/claims/{claim['id']}/similar").json["items"]


class TestSimilar:
    def test_a_conflict_names_both_amounts(self, client, post):
        first, other = post(FIRST), post(OTHER)
        post(ELSEWHERE)

        items = similar(client, first)

        assert [(i["claim"]["id"], i["relation"]) for i in items] == [(other["id"], "contradicts")]
        assert "40 million euros" in items[0]["explanation"]
        assert 0 < items[0]["score"] <= 1

    def test_another_currency_is_not_compared_and_said_so(self, client, post):
        first, other = post(FIRST), post(DOLLARS)

        items = similar(client, first)

        assert [(i["claim"]["id"], i["relation"]) for i in items] == [(other["id"], None)]
        assert "currency" in items[0]["explanation"]

    def test_a_refused_relation_is_remembered(self, client, post, as_role):
        first, other = post(FIRST), post(OTHER)
        body = {"other_id": other["id"], "relation": "contradicts", "judgement": "refused"}

        client.post(
            f"/api/v1/claims/{first['id']}/relations", json=body, headers=as_role("reviewer")
        )

        assert similar(client, first) == []
        assert similar(client, other) == []

    def test_what_a_person_confirmed_is_shown_although_the_words_differ(
        self, client, post, as_role
    ):
        first, other = post(FIRST), post(ELSEWHERE)
        body = {"other_id": other["id"], "relation": "refines", "judgement": "confirmed"}

        client.post(
            f"/api/v1/claims/{first['id']}/relations", json=body, headers=as_role("reviewer")
        )

        items = similar(client, first)
        assert [(i["relation"], i["judgement"]) for i in items] == [("refines", "confirmed")]


class TestCheck:
    def test_nothing_is_kept_and_a_conflict_is_told(self, client, post):
        post(FIRST)
        before = client.get("/api/v1/articles").json["total"]

        answer = client.post("/api/v1/check", json={"text": OTHER})

        assert answer.status_code == 200
        told = next(s for s in answer.json["statements"] if "bridge" in s["text"])
        assert told["answer"].startswith("Conflicts with")
        assert told["matches"][0]["relation"] == "contradicts"
        assert client.get("/api/v1/articles").json["total"] == before

    def test_a_decision_is_told_with_its_people(self, client, post, as_role):
        claim = post(FIRST)
        _decide(client, claim, as_role, "false")

        answer = client.post("/api/v1/check", json={"text": FIRST})

        told = next(s for s in answer.json["statements"] if "bridge" in s["text"])
        assert told["answer"].startswith("Checked: false (2 people, ")

    def test_what_is_not_held_is_said_to_be_so(self, client):
        answer = client.post("/api/v1/check", json={"text": ELSEWHERE})

        assert [s["answer"][:8] for s in answer.json["statements"]] == ["Not held"]

    @pytest.mark.parametrize("body", [{}, {"text": " "}, {"text": FIRST, "published_on": "x"}])
    def test_a_bad_body_names_the_field(self, client, body):
        answer = client.post("/api/v1/check", json=body)

        assert (answer.status_code, answer.json["code"]) == (422, "validation_failed")

    def test_another_site_may_not_have_texts_checked(self, client):
        answer = client.post(
            "/api/v1/check", json={"text": FIRST}, headers={"Sec-Fetch-Site": "cross-site"}
        )

        assert answer.json["code"] == "csrf_rejected"

    def test_an_address_has_only_so_many(self, client, monkeypatch):
        monkeypatch.setattr("accounts.limits.CHECKS_PER_ADDRESS", 0)

        answer = client.post("/api/v1/check", json={"text": FIRST})

        assert (answer.status_code, answer.json["code"]) == (429, "rate_limited")
        assert int(answer.headers["Retry-After"]) > 0


def _decide(client, claim, as_role, verdict):
    url = f"/api/v1/claims/{claim['id']}/reviews"
    body = {
        "action": "propose",
        "verdict": verdict,
        "rationale": "It is on record.",
        "override": "The record itself is not at hand.",
    }
    tag = {"If-Match": f'"{claim["id"]}-{claim["version"]}"'}
    proposed = client.post(url, json=body, headers=as_role("reviewer") | tag)
    tag = {"If-Match": proposed.headers["ETag"]}
    approved = client.post(url, json={"action": "approve"}, headers=as_role("reviewer") | tag)
    assert approved.json["status"] == verdict
