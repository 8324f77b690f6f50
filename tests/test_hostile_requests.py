"""Requests that somebody made to break the server: each is answered, and says what to mend."""

import pytest

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
