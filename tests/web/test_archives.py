"""The archive at the desk: exports to take away, what is signed, what was verified."""

import io
import zipfile

from test_views import words_of


class TestArchive:
    def test_an_empty_desk_says_what_there_is_not(self, client):
        page = words_of(client.get("/archive", headers={"Accept": "text/html"}))

        assert "Nothing yet." in page
        assert "Export everything" not in page

    def test_everything_is_taken_away_as_a_bag(self, rita, article):
        form = {"scope": "all", "disclosure": "public"}

        with rita.post("/archive/exports", follow=True, **form) as answer:
            names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()

        assert any(name.endswith("/data/verify.py") for name in names)

    def test_one_article_is_taken_away_from_its_page(self, rita, article):
        assert 'name="scope" value="article"' in rita.get(f"/articles/{article}").text

        form = {"scope": "article", "id": article}

        with rita.post("/archive/exports", follow=True, **form) as answer:
            assert answer.mimetype == "application/zip"

    def test_a_wrong_day_is_refused_beside_the_form(self, rita, article):
        answer = rita.post("/archive/exports", scope="all", as_of="2999-01-01")

        assert answer.status_code == 422
        assert "has not come yet" in words_of(answer)

    def test_notes_are_not_for_everybody(self, rita, article):
        assert rita.post("/archive/exports", scope="all", disclosure="full").status_code == 403

    def test_what_was_signed_is_shown(self, client, article):
        client.get("/api/v1/log/checkpoint")

        assert "dateline.local/log" in client.get("/archive").text
