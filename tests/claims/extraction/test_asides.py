"""Facts that commas set off inside a sentence are claims, and the sentence reads alone without."""

from datetime import date

import pytest

from claims.extraction.pipeline import extract

DAY = date(2023, 5, 17)


def read(text):
    """Return the claims of a text as printed, each with what it reads like alone."""
    found = extract(text, dateline=DAY, language="en").candidates
    return {text[c.start : c.end]: c for c in found}


class TestAsides:
    @pytest.mark.parametrize(
        ("text", "fact", "alone"),
        [
            (
                "The dam, which was built in 1998, belongs to a mining company.",
                "which was built in 1998",
                "The dam was built in 1998",
            ),
            (
                "Northgate, whose shares fell 11% in Toronto, will close two mines.",
                "whose shares fell 11% in Toronto",
                "Northgate's shares fell 11% in Toronto",
            ),
            (
                "The bridge, built in 1937, carries about 6,200 vehicles a day.",
                "built in 1937",
                "The bridge was built in 1937",
            ),
            (
                "Founded in 1937, Calder Bank is the oldest lender in the county.",
                "Founded in 1937",
                "Calder Bank was founded in 1937",
            ),
            (
                "The corals, some of which are 400 years old, live in a bay fed by cool currents.",
                "some of which are 400 years old",
                "some of the corals are 400 years old",
            ),
            (
                "Commissioner Anita Ruiz, who voted against the plan, claimed it would cost more.",
                "who voted against the plan",
                "Commissioner Anita Ruiz voted against the plan",
            ),
        ],
    )
    def test_a_fact_between_commas_is_a_claim(self, text, fact, alone):
        assert read(text)[fact].normalized_text == alone

    def test_the_sentence_reads_alone_without_it(self):
        text = "The dam, which was built in 1998, belongs to a mining company."

        assert read(text)[text[:-1]].normalized_text == "The dam belongs to a mining company"

    def test_it_begins_alone_with_a_capital_where_it_opened_with_a_fact(self):
        text = "Founded in 1937, the bank is the oldest lender in the county."

        assert read(text)[text[:-1]].normalized_text == (
            "The bank is the oldest lender in the county"
        )

    def test_its_amounts_are_not_those_of_the_sentence(self):
        text = "The group, which employs 11,300 people, will cut 600 jobs in Singapore."

        assert [q.value for q in read(text)[text[:-1]].quantities] == ["600"]

    def test_how_somebody_spoke_is_no_fact(self):
        text = "An official, who asked not to be named, said the army had four helicopters."

        assert list(read(text)) == ["the army had four helicopters"]
