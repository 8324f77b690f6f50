"""Requests that somebody made to break the server: each is answered, and says what to mend."""

from datetime import date

import pytest

import factories
from ledger import clock

SIGN_IN = "/api/v1/sign-in"


class TestOrigins:
    @pytest.mark.parametrize("origin", ["http://[", "http://[::1", "//", "\\\\"])
    def test_one_that_is_no_address_is_another_site(self, client, origin):
        answer = client.post(
            SIGN_IN, json={"name": "a", "password": "b"}, headers={"Origin": origin}
        )

        assert (answer.status_code, answer.json["code"]) == (403, "csrf_rejected")


class TestTokensBesideACookie:
    def test_a_program_whose_client_keeps_cookies_may_change(self, client, as_role):
        client.set_cookie("dateline_session", "x")

        answer = client.post(
            "/api/v1/sources", json={"kind": "wire", "title": "A"}, headers=as_role("reporter")
        )

        assert answer.status_code == 201

    def test_another_sites_page_may_not_even_so(self, client, as_role):
        client.set_cookie("dateline_session", "x")
        headers = as_role("reporter") | {"Sec-Fetch-Site": "cross-site"}

        answer = client.post(
            "/api/v1/sources", json={"kind": "wire", "title": "A"}, headers=headers
        )

        assert (answer.status_code, answer.json["code"]) == (403, "csrf_rejected")

    def test_a_token_that_is_nobodys_does_not_fall_back_on_the_cookie(self, client):
        client.set_cookie("dateline_session", "x")

        answer = client.post(
            "/api/v1/sources",
            json={"kind": "wire", "title": "A"},
            headers={"Authorization": "Bearer x"},
        )

        assert (answer.status_code, answer.json["code"]) == (401, "unauthenticated")


class TestNumbers:
    @pytest.mark.parametrize("name", ["from", "to"])
    def test_an_event_beyond_64_bits_is_refused_before_anything_is_sent(self, client, name):
        answer = client.get(f"/api/v1/log/events?{name}=9223372036854775808")

        assert answer.status_code == 422
        assert [problem["field"] for problem in answer.json["errors"]] == [name]


class TestTimes:
    def test_a_year_beyond_any_calendar_is_no_time(self, client):
        when = {"Accept-Datetime": "Sat, 01 Aug 99999999999999999999 12:00:00 GMT"}

        answer = client.get("/api/v1/claims", headers=when)

        assert answer.status_code == 422
        assert [problem["field"] for problem in answer.json["errors"]] == ["Accept-Datetime"]

    def test_a_condition_on_one_is_ignored(self, client):
        since = {"If-Modified-Since": "Sat, 01 Aug 99999999999999999999 12:00:00 GMT"}

        with client.get("/static/desk.css", headers=since) as answer:
            assert answer.status_code == 200

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_a_text_may_be_of_the_calendars_first_and_last_day(self, app, client, day):
        with app.extensions["dateline.db"].writing() as session:
            factories.make_claim(session)
        words = "The bridge cost 40 million euros, the mayor said yesterday."

        answer = client.post("/api/v1/check", json={"text": words, "published_on": day})

        assert answer.status_code == 200

    @pytest.mark.parametrize(
        ("day", "days", "found"),
        [
            ("0001-01-01", -1, "0001-01-01"),
            ("9999-12-31", 400, "9999-12-31"),
            ("2024-02-28", 2, "2024-03-01"),
        ],
    )
    def test_days_are_counted_within_the_calendar(self, day, days, found):
        assert clock.shifted(date.fromisoformat(day), days) == date.fromisoformat(found)


class TestHosts:
    def test_one_that_is_none_is_named(self, client):
        answer = client.get("/api/v1/claims", headers={"Host": "x" * 300})

        assert answer.status_code == 400
        assert [problem["field"] for problem in answer.json["errors"]] == ["Host"]


class TestCharsets:
    @pytest.mark.parametrize(
        ("charset", "content"),
        [
            ("idna", b"xn--\xff.."),
            ("punycode", b"a" * 1_000 + b"-" + b"b" * 1_000),
            ("undefined", b"words"),
            ("unicode_escape", b"\\ud800"),
            ("raw_unicode_escape", b"\\ud800"),
            ("utf-7", b"+2AA- +AAA-"),
            ("x" * 500, b"words"),
        ],
    )
    def test_a_document_in_one_that_is_none_is_kept_without_a_text(
        self, app, client, as_role, charset, content
    ):
        with app.extensions["dateline.db"].writing() as session:
            source = factories.make_source(session).uuid

        answer = client.post(
            f"/api/v1/sources/{source}/snapshots",
            data=content,
            content_type=f"text/plain; charset={charset}",
            headers=as_role("reporter"),
        )

        assert (answer.status_code, answer.json["has_text"]) == (201, False)


class TestOffsets:
    @pytest.mark.parametrize(
        "reading",
        [
            {"entities": [{"name": "x", "type": "person", "start": -1, "end": 5}]},
            {"entities": [{"name": "x", "type": "person", "start": 0, "end": 2**62}]},
            {"quantities": [{"kind": "money", "unit": "USD", "start": -5, "end": 5}]},
            {"attribution": {"cue": {"start": 5, "end": 2}}},
        ],
    )
    def test_one_that_lies_in_no_text_is_refused(self, app, client, as_role, reading):
        with app.extensions["dateline.db"].writing() as session:
            claim = factories.make_claim(session)
            tag = {"If-Match": f'"{claim.uuid}-{claim.version}"'}

        answer = client.patch(
            f"/api/v1/claims/{claim.uuid}", json=reading, headers=as_role("reviewer") | tag
        )

        assert answer.status_code == 422
        assert answer.json["errors"][0]["field"].endswith(("start", "end"))


class TestAmounts:
    def test_a_range_that_ends_before_it_begins_is_refused(self, app, client, as_role):
        with app.extensions["dateline.db"].writing() as session:
            claim = factories.make_claim(session)
            tag = {"If-Match": f'"{claim.uuid}-{claim.version}"'}
        amount = {"kind": "money", "unit": "USD", "lower": "10", "upper": "9"}

        answer = client.patch(
            f"/api/v1/claims/{claim.uuid}",
            json={"quantities": [amount]},
            headers=as_role("reviewer") | tag,
        )

        assert (answer.status_code, answer.json["errors"][0]["field"]) == (
            422,
            "quantities.0.lower",
        )


class TestCursors:
    @pytest.fixture
    def cursor(self, app, client):
        with app.extensions["dateline.db"].writing() as session:
            factories.make_article(session)
        return client.get("/api/v1/claims?limit=1&checkable=true").json["next"]

    @pytest.mark.parametrize(
        "address",
        [
            "/api/v1/claims?checkable=true",
            "/api/v1/claims?checkable=true&sort=-created_at",
            "/api/v1/claims?checkable=true&limit=5&facet=kind",
        ],
    )
    def test_the_same_list_goes_on(self, client, cursor, address):
        answer = client.get(f"{address}&cursor={cursor}")

        assert (answer.status_code, len(answer.json["items"])) == (200, 1)

    @pytest.mark.parametrize(
        "address",
        [
            "/api/v1/claims?",
            "/api/v1/claims?checkable=false",
            "/api/v1/claims?checkable=true&sort=time",
            "/api/v1/claims?checkable=true&sort=-check_worthiness",
            "/api/v1/articles?",
            "/api/v1/timeline?checkable=true",
        ],
    )
    def test_another_list_refuses_it(self, client, cursor, address):
        answer = client.get(f"{address}&cursor={cursor}")

        assert answer.status_code == 422
        assert [problem["field"] for problem in answer.json["errors"]] == ["cursor"]

    @pytest.mark.parametrize("change", ["={}", "{}A", "{} ", "-{}"])
    def test_one_that_was_changed_is_refused(self, client, cursor, change):
        changed = change.format(cursor)

        answer = client.get("/api/v1/claims", query_string={"checkable": "true", "cursor": changed})

        assert answer.status_code == 422
