"""Sentences that the model parses wrongly in news, read all the same."""

from datetime import date

import pytest

from claims.extraction.pipeline import extract

DAY = date(2023, 5, 17)


def read(text):
    """Return the readable form of each claim of a text."""
    return [c.normalized_text for c in extract(text, dateline=DAY, language="en").candidates]


class TestMended:
    @pytest.mark.parametrize(
        "text",
        [
            "Four of the nine judges dissented.",
            "The gallery beside the canal opened on time in 2020.",
            "Half of the coral on the reef bleached in 2016.",
            "The first train left at 9 a.m.",
            "The rescue of the bank cost taxpayers 12 billion euros.",
            "Repairing the sea wall after the 2018 storm cost at least 8 million euros.",
            "No oil leaked from the tanker into the bay in 2019.",
            "The storm damaged between 200 and 300 houses in the bay.",
            "25 percent of the staff at Ormond Bank work from home.",
            "Between 40 and 50 whales stranded on the spit on 22 February 2021.",
        ],
    )
    def test_a_sentence_whose_verb_was_taken_for_a_participle_or_a_noun_is_a_claim(self, text):
        assert read(text) == [text.removesuffix(".") if not text.endswith("a.m.") else text]

    @pytest.mark.parametrize("text", ["Photo of the harbour.", "A man injured in the blast."])
    def test_a_phrase_alone_is_none(self, text):
        assert read(text) == []

    def test_what_a_ship_did_is_what_was_said(self):
        text = "The ferry Santa Rita sank off Masbate on Tuesday night, the coast guard said."
        (claim,) = extract(text, dateline=DAY, language="en").candidates

        assert claim.claimant is not None
        assert claim.claimant.name == "coast guard"
        assert claim.normalized_text.startswith("The ferry Santa Rita sank off Masbate on ")

    def test_a_participle_after_the_noun_is_not_its_verb(self):
        assert read("The wolf caught near Zamora on 12 May 2023 weighed 48 kilograms.") == [
            "The wolf caught near Zamora on 12 May 2023 weighed 48 kilograms"
        ]


class TestCleft:
    def test_who_it_was_is_the_one_who_did_it(self):
        found = read("It was minister Lidia Montoya, not President Castellar, who made the offer.")

        assert found == ["Minister Lidia Montoya, not President Castellar, made the offer"]

    def test_who_it_was_is_the_one_who_said_it(self):
        text = (
            "It was the cook, not captain Marta Ruiz, who said that the hull had never been seen."
        )
        (claim,) = extract(text, dateline=DAY, language="en").candidates

        assert claim.claimant is not None
        assert claim.claimant.name == "cook"
        assert claim.normalized_text == "the hull had never been seen"

    def test_who_it_was_not_is_left_as_printed(self):
        assert read("It was not the minister who signed the order.") == [
            "It was not the minister who signed the order"
        ]
