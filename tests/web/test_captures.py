"""Capturing a source at the desk, and what search engines read of a decided claim."""

import io
import json
import re
from dataclasses import replace

import pytest

from hostile_server import HostileServer


@pytest.fixture
def settings(settings):
    return replace(settings, fetch_allow=("127.0.0.2/32",))


@pytest.fixture
def server():
    server = HostileServer()
    yield server
    server.close()


class TestCapture:
    def test_a_file_is_kept_and_shown(self, rita, pair):
        file = (io.BytesIO(b"It cost 40 million."), "report.txt", "text/plain")

        page = rita.post(f"/sources/{pair[0]}/snapshots", follow=True, file=file, url="")

        assert page.status_code == 200
        assert "19 bytes" in page.text
        assert "What was read in it" in page.text

    def test_a_page_is_fetched(self, rita, pair, server):
        page = rita.post(f"/sources/{pair[0]}/snapshots", follow=True, url=server.url("/page"))

        assert server.url("/page") in page.text

    def test_an_address_inside_is_refused_beside_the_form(self, rita, pair):
        page = rita.post(f"/sources/{pair[0]}/snapshots", url="http://127.0.0.1:1/")

        assert page.status_code == 422
        assert "which is not public" in page.text
        assert 'value="http://127.0.0.1:1/"' in page.text

    def test_nobody_captures_without_a_sign_in(self, client, pair):
        assert client.post(f"/sources/{pair[0]}/snapshots").status_code == 401


class TestClaimReviewInPage:
    def test_an_open_claim_has_none(self, ana, claim):
        assert "ld+json" not in ana.get(f"/claims/{claim}").text

    def test_a_decided_one_is_told_and_breaks_out_of_no_script(self, ana, ben, claim):
        path = f"/claims/{claim}/reviews"
        form = {
            "layer": "fact",
            "verdict": "false",
            "rationale": "</script><b>No.",
            "override": "x",
        }
        version = re.search(r'name="version" value="(\d+)"', ana.get(f"/claims/{claim}").text)[1]
        ana.post(path, action="propose", version=version, **form)
        ben.post(path, action="approve", version=str(int(version) + 1), layer="fact")

        page = ben.get(f"/claims/{claim}").text

        script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1]
        assert json.loads(script)["reviewBody"] == "</script><b>No."
