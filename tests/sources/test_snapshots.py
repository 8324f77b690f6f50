"""Snapshots over HTTP: captured, never served as a page, and drift noticed."""

import hashlib
from dataclasses import replace

import pytest

import factories
from claims import review
from claims.statuses import Action, Layer
from hostile_server import PAGE, HostileServer, answer


@pytest.fixture
def settings(settings):
    return replace(settings, fetch_allow=("127.0.0.2/32",))


@pytest.fixture
def server():
    server = HostileServer()
    yield server
    server.close()


@pytest.fixture
def source(app):
    with app.extensions["dateline.db"].writing() as session:
        return factories.make_source(session, url="https://audit.example/2").uuid


@pytest.fixture
def reporter(as_role):
    return as_role("reporter")


def address(source):
    return f"/api/v1/sources/{source}/snapshots"


class TestUpload:
    def test_the_bytes_come_back_as_a_download(self, client, source, reporter):
        made = client.post(
            address(source), data=PAGE, content_type="text/html", headers=reporter
        ).json

        answer = client.get(f"{address(source)}/{made['id']}")

        assert answer.data == PAGE
        assert made["sha256"] == hashlib.sha256(PAGE).hexdigest()
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")

    def test_what_a_person_reads_is_kept_beside_them(self, client, source, reporter):
        made = client.post(
            address(source), data=PAGE, content_type="text/html", headers=reporter
        ).json

        text = client.get(f"{address(source)}/{made['id']}?format=text").text

        assert text.strip() == "The bridge opened in 1932."

    @pytest.mark.parametrize(
        ("content", "media_type"),
        [
            (b"%PDF-1.7\n\0\0", "text/html"),
            (b"\xff\xfe", "text/plain"),
            (b"x", "text/plain; charset=nonsense"),
            (b"<div>" * 1_000 + b"x", "text/html"),
            (b"\x89PNG", "image/png"),
        ],
    )
    def test_bytes_that_cannot_be_read_are_kept_without_a_text(
        self, client, source, reporter, content, media_type
    ):
        answer = client.post(
            address(source), data=content, content_type=media_type, headers=reporter
        )

        assert (answer.status_code, answer.json["has_text"]) == (201, False)

    def test_nothing_is_not_kept(self, client, source, reporter):
        answer = client.post(address(source), data=b"", headers=reporter)

        assert (answer.status_code, answer.json["code"]) == (422, "validation_failed")


class TestFetchSnapshot:
    def test_a_page_is_fetched_and_listed(self, client, source, reporter, server):
        made = client.post(address(source), json={"url": server.url("/page")}, headers=reporter)

        assert made.status_code == 201
        (listed,) = client.get(address(source)).json["items"]
        assert listed["final_url"] == server.url("/page")

    @pytest.mark.parametrize(
        ("url", "code"),
        [
            ("http://127.0.0.1:1/", "url_not_allowed"),
            ("http://[::1]:1/", "url_not_allowed"),
            ("gopher://127.0.0.1/", "url_not_allowed"),
            ("http://0177.0.0.1/", "url_not_allowed"),
            ("http://2130706433/", "url_not_allowed"),
        ],
    )
    def test_an_address_inside_is_refused_without_a_trace(
        self, client, source, reporter, url, code
    ):
        answer = client.post(address(source), json={"url": url}, headers=reporter)

        assert (answer.status_code, answer.json["code"]) == (422, code)
        assert client.get(address(source)).json["total"] == 0

    def test_a_page_that_is_not_there_names_the_field(self, client, source, reporter, server):
        server.pages["/gone"] = b"HTTP/1.1 404 N\r\nContent-Length: 0\r\n\r\n"

        answer = client.post(address(source), json={"url": server.url("/gone")}, headers=reporter)

        assert answer.json["errors"][0]["field"] == "url"
        assert "404" in answer.json["detail"]


class TestDrift:
    @pytest.fixture
    def decided(self, app, client, source, reporter, server):
        """A claim verified on a quote from a captured page."""
        client.post(address(source), json={"url": server.url("/page")}, headers=reporter)
        with app.extensions["dateline.db"].writing() as session:
            from claims import evidence
            from sources import services as documents

            claim = factories.make_claim(session)
            people = [factories.make_reviewer(session, name) for name in ("ana", "ben")]
            given = {
                "layer": "fact",
                "relation": "supports",
                "basis": "primary",
                "decisive": True,
                "quote": "opened in 1932",
            }
            held = documents.get_source(session, source)
            evidence.add_evidence(session, claim, held, given, actor=people[0])
            session.refresh(claim)
            common = {"layer": Layer.FACT, "policy": review.Policy()}
            why = {"verdict": "verified", "rationale": "It says so.", "override": "A test."}
            claim = review.act(
                session, claim, action=Action.PROPOSE, actor=people[0], **common, **why
            )
            review.act(session, claim, action=Action.APPROVE, actor=people[1], **common)
            return claim.uuid

    @pytest.mark.parametrize(
        ("text", "drifted", "status"),
        [
            ("The bridge opened in 1932.", False, "verified"),
            ("The bridge opened in 1932. It is red.", True, "verified"),
            ("The bridge opened in 1931.", True, "stale"),
        ],
        ids=["the same", "the quote still stands", "the quote is gone"],
    )
    def test_a_changed_page_takes_the_ground_of_what_it_no_longer_says(
        self, client, source, reporter, server, decided, text, drifted, status
    ):
        server.pages["/page"] = answer(f"<article><p>{text}</p></article>".encode())

        made = client.post(address(source), json={"url": server.url("/page")}, headers=reporter)

        claim = client.get(f"/api/v1/claims/{decided}").json
        assert (made.json["drifted"], claim["status"]) == (drifted, status)
        if status == "stale":
            because = claim["findings"]["fact"]["stale_because"]
            assert (because["trigger"], because["cause"]) == ("snapshot_drifted", made.json["id"])


def test_a_replay_gives_the_same_snapshots(app, client, source, reporter, server):
    from archive.audit import problems

    client.post(address(source), json={"url": server.url("/page")}, headers=reporter)

    with app.extensions["dateline.db"].read_session() as session:
        assert list(problems(session)) == []
