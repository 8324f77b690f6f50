"""Taking in ClaimReviews over HTTP: kept whole, twice is a no-op, no verdict comes of it."""

import json

import pytest

from factories import claim_review as review

ADDRESS = "/api/v1/imports/claimreview"


@pytest.fixture
def reporter(as_role):
    return as_role("reporter")


class TestImportReviews:
    def test_the_raw_object_is_kept_as_a_source(self, client, reporter):
        raw = {**review(), "extra": {"kept": ["as", "it", "is", 1.5]}}

        answer = client.post(ADDRESS, json=raw, headers=reporter)

        assert answer.status_code == 201
        item = answer.json["items"][0]
        assert item["outcome"] == "taken"
        source = client.get(f"/api/v1/sources/{item['source_id']}").json
        assert (source["kind"], source["publisher"]) == ("claim_review", "The Desk")
        listed = client.get(ADDRESS).json["items"][0]
        assert listed["rating"]["label"] == "Mostly true"

    def test_the_same_review_again_changes_nothing(self, client, reporter):
        client.post(ADDRESS, json=review(), headers=reporter)
        events = client.get("/api/v1/log/events").data

        again = client.post(ADDRESS, json=[review()], headers=reporter)

        assert (again.status_code, again.json["counts"]["known"]) == (200, 1)
        assert client.get("/api/v1/log/events").data == events

    def test_a_foreign_label_gives_no_claim_a_verdict(self, client, reporter):
        client.post(ADDRESS, json=review(), headers=reporter)

        assert client.get("/api/v1/claims?verdict=verified,partly_verified").json["total"] == 0

    def test_a_page_with_a_broken_script_gives_its_other_review(self, client, reporter):
        page = (
            "<html><script type='application/ld+json'>{broken</script>"
            f"<script type='application/ld+json'>{json.dumps(review())}</script></html>"
        )

        answer = client.post(
            ADDRESS, data=page.encode(), content_type="text/html", headers=reporter
        )

        assert answer.json["counts"] == {"taken": 1, "known": 0, "refused": 0}
        assert answer.json["unreadable_scripts"] == 1

    def test_one_without_a_claim_is_refused_and_the_rest_is_taken(self, client, reporter):
        body = [review(claimReviewed=None), review()]

        answer = client.post(ADDRESS, json=body, headers=reporter)

        assert [item["outcome"] for item in answer.json["items"]] == ["refused", "taken"]
        assert "no-claim" in answer.json["items"][0]["warnings"]

    @pytest.mark.parametrize(
        ("body", "content_type", "status", "code"),
        [
            (b"{}", "application/json", 422, "validation_failed"),
            (b"{", "application/json", 400, "malformed_json"),
            (b"\xff", "text/html", 400, "malformed_json"),
            (b"a", "text/plain", 415, "unsupported_media_type"),
        ],
    )
    def test_what_holds_no_review_is_refused(
        self, client, reporter, body, content_type, status, code
    ):
        answer = client.post(ADDRESS, data=body, content_type=content_type, headers=reporter)

        assert (answer.status_code, answer.json["code"]) == (status, code)

    def test_a_reader_may_not(self, client, as_role):
        assert client.post(ADDRESS, json=review(), headers=as_role("reader")).status_code == 403
