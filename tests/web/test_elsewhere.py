"""What is held elsewhere, at the desk: beside a claim, for a text, of a claimant."""

import re

import pytest
from test_views import words_of

import factories
from claims.extraction.records import Kind

FIRST = "The Kolm bridge cost 40 million euros in 2019."
OTHER = "Officials spoke. The Kolm bridge cost 45 million euros in 2019."


@pytest.fixture
def pair_of_claims(client, as_role):
    """Two claims that contradict each other, read out of their articles."""
    found = []
    for text in (FIRST, OTHER):
        body = {"text": text, "published_on": "2021-12-14", "publisher": "Daily"}
        answer = client.post("/api/v1/articles", json=body, headers=as_role("reporter")).json
        found.append(next(c["id"] for c in answer["claims"] if "million" in c["text"]))
    return found


class TestSimilar:
    def test_a_conflict_is_shown_with_its_reason_and_confirmed(self, ana, pair_of_claims):
        first, other = pair_of_claims
        page = ana.get(f"/claims/{first}")
        assert "contradicts" in words_of(page)
        form = {"other_id": other, "relation": "contradicts", "judgement": "confirmed"}

        after = ana.post(f"/claims/{first}/relations", follow=True, **form)

        assert "contradicts confirmed :" in words_of(after)

    def test_what_was_refused_is_no_longer_shown(self, ana, pair_of_claims):
        first, other = pair_of_claims
        form = {"other_id": other, "relation": "contradicts", "judgement": "refused"}

        after = ana.post(f"/claims/{first}/relations", follow=True, **form)

        assert f"/claims/{other}" not in re.sub(r'rel="(next|prev)"[^>]*>', "", after.text)

    def test_a_relation_to_itself_is_refused_on_the_page(self, ana, claim):
        form = {"other_id": claim, "relation": "repeats", "judgement": "confirmed"}

        assert ana.post(f"/claims/{claim}/relations", **form).status_code == 422


class TestCheck:
    def test_a_text_is_answered_and_not_kept(self, client, pair_of_claims):
        before = client.get("/api/v1/log/events").data
        form = {"text": "The Kolm bridge cost 40 million euros in 2019.", "published_on": ""}
        headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}

        page = client.post("/check", data=form, headers=headers)

        assert "1 statement" in words_of(page)
        assert "The same is held" in words_of(page)
        assert client.get("/api/v1/log/events").data == before

    def test_an_empty_text_is_refused_beside_the_form(self, ana):
        page = ana.post("/check", text=" ", published_on="")

        assert page.status_code == 422


class TestPredictions:
    def test_the_counts_are_shown_and_no_score(self, client, app):
        with app.extensions["dateline.db"].writing() as session:
            text = "The minister said the bridge will open in 2030."
            words = "the bridge will open in 2030"
            found = factories.candidate(
                text, words, claimant="The minister", kind=Kind.PREDICTION, due_on="2030-12-31"
            )
            factories.make_article(session, text=text, candidates=[found])

        page = words_of(client.get("/claimants/predictions?name=The minister"))

        assert "1 prediction; the day of 0 has come." in page

    def test_without_a_name_there_is_a_page_that_says_so(self, client):
        answer = client.get("/claimants/predictions", headers={"Accept": "text/html"})

        assert answer.status_code == 422
