"""The past over HTTP: `as_of`, `Accept-Datetime`, and the headers and time map of RFC 7089."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

import factories
from claims import services
from ledger import clock
from permissions import SYSTEM
from schemas.memento import http_date


@pytest.fixture
def edited(app, monkeypatch):
    """A claim made on the first of March at noon, whose words were cut the day after."""
    database = app.extensions["dateline.db"]
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "source", lambda: now)
    with database.writing() as session:
        claim = factories.make_claim(session)
    now += timedelta(days=1)
    with database.writing() as session:
        claim = services.get_claim(session, claim.uuid)
        services.correct_claim(
            session, claim, {"start": claim.start, "end": claim.end - 12}, actor=SYSTEM
        )
    now += timedelta(days=30)
    return f"/api/v1/claims/{claim.uuid}"


class TestAsOf:
    @pytest.mark.parametrize(
        ("as_of", "version"),
        [
            ("2026-03-01", 1),
            ("2026-03-02T11:59:59.999999Z", 1),
            ("2026-03-02T12:00:00Z", 2),
            ("2026-03-02T13:59:00%2B02:00", 1),
            ("2026-03-02", 2),
            ("2026-04-01", 2),
        ],
    )
    def test_the_version_of_that_moment_is_answered(self, client, edited, as_of, version):
        assert client.get(f"{edited}?as_of={as_of}").json["version"] == version

    def test_before_it_was_made_there_is_no_claim(self, client, edited):
        assert client.get(f"{edited}?as_of=2026-02-28").status_code == 404
        assert client.get("/api/v1/claims?as_of=2026-02-28").json["total"] == 0

    @pytest.mark.parametrize(
        "as_of",
        ["2026-04-02", "2027-01-01T00:00:00Z", "yesterday", "2026-13-01", "2026-03-01T12:00"],
    )
    def test_what_is_no_moment_of_the_past_is_refused(self, client, edited, as_of):
        answer = client.get(f"{edited}?as_of={as_of}")

        assert answer.json["code"] == "validation_failed"
        assert "as_of" in str(answer.json["errors"])

    def test_words_that_are_gone_are_found_where_they_stood(self, client, edited):
        def found(q, as_of):
            return client.get(f"/api/v1/claims?q={q}&as_of={as_of}").json["total"]

        assert [found("euros", day) for day in ("2026-03-01", "2026-03-02")] == [1, 0]
        assert [found("bridge", day) for day in ("2026-03-01", "2026-03-02")] == [1, 1]

    def test_nothing_is_answered_as_unchanged(self, client, edited):
        tag = client.get(edited).headers["ETag"]

        answer = client.get(f"{edited}?as_of=2026-03-05", headers={"If-None-Match": tag})

        assert answer.status_code == 200

    def test_the_pages_that_follow_are_of_the_same_moment(self, client, edited):
        link = client.get("/api/v1/claims?limit=1&as_of=2026-03-01").headers["Link"]

        assert "as_of=2026-03-01T23%3A59%3A59.999999Z" in link

    def test_a_change_is_never_made_in_the_past(self, client, edited, as_role):
        headers = as_role("editor") | {"If-Match": "x", "Accept-Datetime": "x"}

        assert client.patch(edited, json={"kind": "law"}, headers=headers).status_code == 412


class TestNegotiation:
    def test_the_original_names_its_time_gate_and_time_map(self, client, edited):
        answer = client.get(edited)

        assert "Accept-Datetime" in answer.headers["Vary"]
        assert f'<{edited}>; rel="original timegate"' in answer.headers["Link"]
        assert f'<{edited}/timemap>; rel="timemap"' in answer.headers["Link"]
        assert "Memento-Datetime" not in answer.headers

    def test_a_memento_says_of_when_and_where_it_is(self, client, edited):
        when = {"Accept-Datetime": "Sun, 01 Mar 2026 20:00:00 GMT"}

        answer = client.get(edited, headers=when)

        assert answer.json["version"] == 1
        assert answer.headers["Memento-Datetime"] == "Sun, 01 Mar 2026 20:00:00 GMT"
        assert client.get(answer.headers["Content-Location"]).json == answer.json

    @pytest.mark.parametrize(
        ("when", "version"),
        [("Thu, 01 Jan 2015 00:00:00 GMT", 1), ("Thu, 01 Jan 2099 00:00:00 GMT", 2)],
    )
    def test_outside_the_record_the_nearest_memento_is_answered(
        self, client, edited, when, version
    ):
        answer = client.get(edited, headers={"Accept-Datetime": when})

        assert answer.json["version"] == version

    @pytest.mark.parametrize("when", ["", "2026-03-01", "Sun, 01 Mar 2026 20:00:00 +0100"])
    def test_another_way_to_write_a_time_is_refused(self, client, edited, when):
        answer = client.get(edited, headers={"Accept-Datetime": when})

        assert answer.json["code"] == "validation_failed"


class TestTimeMap:
    def test_each_change_is_a_memento_that_can_be_read(self, client, edited):
        answer = client.get(f"{edited}/timemap")

        links = re.findall(r'<([^>]+)>; rel="([^"]*memento)"; datetime="([^"]+)"', answer.text)
        assert answer.mimetype == "application/link-format"
        assert [relation for _, relation, _ in links] == ["first memento", "last memento"]
        for number, (address, _, when) in enumerate(links, start=1):
            found = client.get(address.removeprefix("http://127.0.0.1:8000"))
            assert found.json["version"] == number
            assert found.headers["Memento-Datetime"] == when

    def test_dates_are_written_as_http_does(self):
        assert http_date("2026-03-01T09:05:06.700000Z") == "Sun, 01 Mar 2026 09:05:06 GMT"
