"""Fetching from a server that breaks the rules: bounded, guarded on every hop, in its process."""

import gzip

import pytest

from errors import FetchError, UrlNotAllowedError
from hostile_server import BOMB, PAGE, HostileServer, answer, redirect
from sources.fetching import Limits, fetch

ALLOW = ("127.0.0.2/32",)


@pytest.fixture(scope="module")
def server():
    server = HostileServer()
    yield server
    server.close()


@pytest.fixture
def inner():
    """A server that must never be reached."""
    server = HostileServer("127.0.0.1")
    yield server
    server.close()


class TestFetch:
    def test_a_page_is_given_back_whole(self, server):
        page = fetch(server.url("/page"), allow=ALLOW)

        assert (page.content, page.status, page.media_type) == (PAGE, 200, "text/html")

    def test_redirects_are_followed_and_told(self, server):
        server.pages["/from"] = redirect("/to?a=b")

        page = fetch(server.url("/from"), allow=ALLOW)

        assert page.url == server.url("/to?a=b")
        assert page.hops == (server.url("/from"), server.url("/to?a=b"))

    def test_a_server_inside_is_not_reached(self, inner):
        with pytest.raises(UrlNotAllowedError):
            fetch(inner.url("/"), allow=ALLOW)

        assert inner.requests == []

    def test_a_redirect_does_not_lead_inside(self, server, inner):
        server.pages["/inside"] = redirect(inner.url("/"))

        with pytest.raises(UrlNotAllowedError):
            fetch(server.url("/inside"), allow=ALLOW)

        assert inner.requests == []

    def test_nothing_of_ours_is_sent(self, server, monkeypatch):
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        server.requests.clear()

        fetch(server.url("/seen"), allow=ALLOW)

        assert b"cookie" not in server.requests[0].lower()
        assert b"authorization" not in server.requests[0].lower()

    def test_compressed_unasked_it_is_read_all_the_same(self, server):
        server.pages["/gz"] = answer(gzip.compress(PAGE), "Content-Encoding: gzip\r\n")

        page = fetch(server.url("/gz"), allow=ALLOW)

        assert page.content == PAGE
        assert "content-encoding" not in {name.lower() for name, _ in page.headers}

    @pytest.mark.parametrize(
        ("sent", "why"),
        [
            pytest.param(redirect("/loop"), "redirects more than", id="a loop"),
            pytest.param(redirect("ftp://a.example/"), "only http", id="another scheme"),
            pytest.param(answer(BOMB, "Content-Encoding: gzip\r\n"), "larger", id="gzip bomb"),
            pytest.param(
                answer(b"x", "X-Big: " + "a" * 65_536 + "\r\n"), "headers", id="big header"
            ),
            pytest.param(
                answer(b"x", "".join(f"X-{i}: 1\r\n" for i in range(5_000))),
                "headers|could not",
                id="many headers",
            ),
            pytest.param(
                b"HTTP/1.1 401 U\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n", "401", id="a no"
            ),
            pytest.param(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nabc",
                "could not",
                id="wrong chunks",
            ),
            pytest.param(b"just text, no status line\n", "could not", id="no HTTP at all"),
            pytest.param(
                answer(b"not gzip", "Content-Encoding: gzip\r\n"), "broken", id="broken gzip"
            ),
            pytest.param(answer(b"x", "Content-Encoding: br\r\n"), "'br'", id="another encoding"),
            pytest.param(b"", "could not", id="nothing"),
        ],
    )
    def test_what_is_no_page_is_refused_with_the_reason(self, server, sent, why):
        server.pages["/loop"] = sent

        with pytest.raises(FetchError, match=why):
            fetch(server.url("/loop"), allow=ALLOW)

    def test_a_page_without_end_is_cut_off(self, server):
        with pytest.raises(FetchError, match="larger"):
            fetch(server.url("/endless"), allow=ALLOW, limits=Limits(most_bytes=1_000_000))

    def test_a_server_that_never_ends_is_left(self, server):
        with pytest.raises(FetchError):
            fetch(server.url("/never"), allow=ALLOW, limits=Limits(patience=0.2, whole=10))
