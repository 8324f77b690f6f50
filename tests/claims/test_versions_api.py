"""Versions of an article over HTTP."""

from __future__ import annotations

import pytest

import factories


@pytest.fixture
def article(app):
    with app.extensions["dateline.db"].writing() as session:
        return factories.make_article(session)


@pytest.fixture
def url(article):
    return f"/api/v1/articles/{article.uuid}"


NEW = factories.TEXT.replace("40 million", "44 million")


class TestVersions:
    def test_a_new_text_answers_where_each_claim_went(self, client, as_role, article, url):
        headers = as_role("reporter") | {"If-Match": f'"{article.uuid}-1"'}

        answer = client.post(f"{url}/versions", json={"text": NEW}, headers=headers)

        claims = client.get(f"{url}/claims").json["items"]
        anchors = {item["claim_id"]: item["anchor"] for item in answer.json["items"]}
        assert answer.status_code == 201
        assert sorted(anchors.values()) == ["changed", "exact"]
        assert anchors == {c["id"]: c["anchor"] for c in claims if c["id"] in anchors}
        assert answer.headers["ETag"] == client.get(url).headers["ETag"] != headers["If-Match"]
        assert client.get(f"{url}/text").text == NEW
        assert client.get(f"{url}/text?version=1").text == factories.TEXT
        assert client.get(f"{url}/text?version=3").status_code == 404

    def test_the_same_text_again_is_answered_as_it_is(self, client, as_role, article, url):
        headers = as_role("reporter") | {"If-Match": f'"{article.uuid}-1"'}

        answer = client.post(
            f"{url}/versions", data=factories.TEXT, headers=headers, content_type="text/plain"
        )

        assert (answer.status_code, len(answer.json["items"])) == (200, 2)
        assert client.get(f"{url}/versions").json["total"] == 1

    @pytest.mark.parametrize(
        ("body", "tag", "role", "status"),
        [
            ({"text": NEW}, None, "reporter", 428),
            ({"text": NEW}, "other", "reporter", 412),
            ({"text": NEW}, "-1", "reader", 403),
            ({"text": " "}, "-1", "reporter", 422),
            ({"text": NEW, "html": NEW}, "-1", "reporter", 422),
            ({"text": NEW, "title": "x"}, "-1", "reporter", 422),
        ],
    )
    def test_what_is_refused_leaves_no_trace(
        self, client, as_role, article, url, body, tag, role, status
    ):
        headers = as_role(role) | ({"If-Match": f'"{article.uuid}{tag}"'} if tag else {})

        answer = client.post(f"{url}/versions", json=body, headers=headers)

        assert answer.status_code == status
        assert client.get(f"{url}/versions").json["total"] == 1

    def test_versions_are_listed_and_compared(self, client, as_role, article, url):
        headers = as_role("reporter") | {"If-Match": f'"{article.uuid}-1"'}
        client.post(f"{url}/versions", json={"text": NEW}, headers=headers)

        listed = client.get(f"{url}/versions").json["items"]
        compared = client.get(f"{url}/diff").json

        assert [item["number"] for item in listed] == [2, 1]
        assert (compared["from"], compared["to"]) == (1, 2)
        assert [s["text"] for s in compared["segments"] if s["change"] != "kept"] == ["40", "44"]
        assert client.get(f"{url}/diff?from=2&to=2").json["segments"][0]["change"] == "kept"
        assert client.get(f"{url}/diff?from=5").status_code == 404
