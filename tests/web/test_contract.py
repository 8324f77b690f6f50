"""The description of the API says how to sign in, what an operation takes, what parameters mean."""

from __future__ import annotations

import pytest

from web.contract import MATCHED, PARAMETERS


@pytest.fixture
def spec(client):
    return client.get("/openapi.json").json


def operations(spec):
    return [
        (method, path, operation)
        for path, found in spec["paths"].items()
        for method, operation in found.items()
        if method != "parameters"
    ]


class TestDescribed:
    def test_an_operation_says_which_role_it_takes(self, spec):
        reviews = spec["paths"]["/api/v1/claims/{claim_id}/reviews"]["post"]

        assert "reviewer or above" in reviews["description"]
        assert reviews["security"] == [{"token": []}]

    def test_a_change_to_a_record_asks_for_the_version_that_was_read(self, spec):
        asking = {
            (method, path)
            for method, path, operation in operations(spec)
            if any(each["name"] == "If-Match" for each in operation.get("parameters", ()))
        }

        assert asking == MATCHED

    def test_every_patch_is_a_change_to_a_record(self, spec):
        patches = {(method, path) for method, path, _ in operations(spec) if method == "patch"}

        assert patches <= MATCHED

    def test_every_post_takes_a_key_that_makes_it_safe_to_repeat(self, spec):
        without = [
            path
            for method, path, operation in operations(spec)
            if method == "post"
            and "Idempotency-Key" not in {each["name"] for each in operation["parameters"]}
        ]

        assert without == []

    def test_every_filter_of_claims_is_explained(self, spec):
        filters = spec["paths"]["/api/v1/claims"]["get"]["parameters"]

        assert [each["name"] for each in filters if not each.get("description")] == []

    def test_no_parameter_is_explained_that_there_is_not(self, spec):
        names = {
            each["name"]
            for *_, operation in operations(spec)
            for each in operation.get("parameters", ())
        }

        assert PARAMETERS.keys() - names == set()

    def test_operations_stand_in_groups_with_names_for_people(self, spec):
        groups = {tag["name"] for tag in spec["tags"]}

        assert {tag for *_, operation in operations(spec) for tag in operation["tags"]} == groups


class TestRefusals:
    def test_a_field_that_there_is_not_is_answered_with_those_that_there_are(self, client):
        errors = client.get("/api/v1/articles?publsher=x").json["errors"]

        assert errors[0]["field"] == "publsher"
        assert "There is no such field" in errors[0]["message"]
        assert "publisher" in errors[0]["message"]

    @pytest.mark.parametrize(
        "path", ["/api/v1/claims", "/api/v1/articles", "/api/v1/timeline"], ids=str
    )
    def test_a_time_that_ends_before_it_begins_is_refused(self, client, path):
        answer = client.get(f"{path}?from=2022-01-01&to=2021-01-01")

        assert answer.status_code == 422
        assert answer.json["errors"] == [
            {"field": "to", "message": "Give none before from, which is 2022-01-01."}
        ]
