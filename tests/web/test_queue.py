"""The queue: what repeats elsewhere is one thing to do."""

from __future__ import annotations

import factories

HTML = {"Accept": "text/html"}


def held(app, *articles):
    """Keep articles of one claim each."""
    with app.extensions["dateline.db"].writing() as session:
        for publisher, words, text in articles:
            found = (factories.candidate(text, words),)
            factories.make_article(session, text=text, candidates=found, publisher=publisher)


class TestQueue:
    def test_a_claim_that_several_papers_carry_is_listed_once(self, app, client):
        words = "The ferry carried 412 people"
        held(app, ("Wire", words, f"{words}."), ("Courier", words, f"Sea. {words}, it said."))

        page = client.get("/", headers=HTML).get_data(as_text=True)

        assert page.count('class="claim-row"') == 1
        assert "the same in" in page
        assert "Wire" in page
        assert "Courier" in page

    def test_claims_of_other_words_are_listed_each(self, app, client):
        held(
            app,
            ("Wire", "The ferry carried 412 people", "The ferry carried 412 people."),
            ("Courier", "The ferry carried 421 people", "The ferry carried 421 people."),
        )

        page = client.get("/", headers=HTML).get_data(as_text=True)

        assert page.count('class="claim-row"') == 2
        assert "the same in" not in page
