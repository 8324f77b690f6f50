"""Claims readable alone, on whole texts: each replacement, and what is left as printed."""

from datetime import date

import pytest

from claims.extraction.pipeline import extract

DAY = date(2021, 12, 14)


def alone(text):
    """The readable form of each claim, by its printed words."""
    found = extract(text, dateline=DAY).candidates
    return {text[c.start : c.end]: c.normalized_text for c in found}


class TestInContext:
    def test_a_pronoun_gives_way_to_its_name(self):
        found = alone("Anna Borg founded the clinic in 1999. She sold it to the city in 2004.")

        assert found["She sold it to the city in 2004"].startswith("Anna Borg sold ")

    def test_a_definite_noun_gives_way_to_what_was_described(self):
        found = alone("Norland signed a $3 billion contract with Falk. The deal covers 12 ships.")

        assert found["The deal covers 12 ships"] == (
            "The $3 billion contract with Falk covers 12 ships"
        )

    def test_nothing_leaves_itself(self):
        found = alone(
            "The weather bureau said Sendong had weakened and would leave the country by Tuesday."
        )

        (words,) = found.values()
        assert words.startswith("Sendong had weakened and would leave the country by ")

    def test_no_pronoun_is_put_in_a_nouns_place(self):
        found = alone(
            "The opposition leader, Jon Okoth, denied that his party had received 30 million euros."
            " A spokesman for the party closed the office in May."
        )

        assert found["A spokesman for the party closed the office in May"].startswith(
            "A spokesman for the party "
        )

    def test_what_goes_on_after_who_said_it_keeps_its_own_subject(self):
        found = alone(
            "The contract is worth $5.5 billion, the person said, and was signed in 2018."
        )

        assert found["and was signed in 2018"] == "The contract was signed in 2018"

    def test_what_was_counted_before_is_named(self):
        found = alone(
            "Last year the railway carried 2.4 million people, up from 2.1 million in 2019."
        )

        assert found["up from 2.1 million in 2019"] == (
            "The railway carried 2.1 million people in 2019"
        )

    def test_a_change_from_what_was_reached_keeps_its_clause(self):
        found = alone("Unemployment rose to 6% in June, up from 5.5% in May.")

        assert found["up from 5.5% in May"].startswith(
            "Unemployment rose to 6% in June 2021, up from"
        )

    def test_a_second_aim_gets_the_words_that_govern_it(self):
        found = alone(
            "Work on the line is expected to begin in July and be completed by the end of 2027."
        )

        assert found == {
            "Work on the line is expected to begin in July": (
                "Work on the line is expected to begin in July 2022"
            ),
            "be completed by the end of 2027": (
                "Work on the line is expected to be completed by the end of 2027"
            ),
        }

    def test_the_word_before_a_time_is_dropped(self):
        found = alone("The law was used first in 2018, when Norland bought ten ships.")

        assert found["when Norland bought ten ships"] == "Norland bought ten ships"

    def test_a_possessive_keeps_its_form(self):
        found = alone("Anna Borg leads the clinic. Her brother sold 12 houses in 2004.")

        assert found["Her brother sold 12 houses in 2004"] == (
            "Anna Borg's brother sold 12 houses in 2004"
        )

    @pytest.mark.parametrize(
        ("printed", "readable"),
        [
            ("The bank closed 40 branches last year", "The bank closed 40 branches in 2020"),
            ("It rained on Friday morning", "It rained on the morning of 10 December 2021"),
            ("The bank closed late last year", "The bank closed in late 2020"),
            ("The bank closed in 2019", "The bank closed in 2019"),
            ("The bank lost half of last year's profit", "The bank lost half of 2020's profit"),
            (
                "Forty houses were lost in Saturday's fire",
                "Forty houses were lost in the 11 December 2021 fire",
            ),
        ],
    )  # fmt: skip
    def test_a_relative_time_gets_its_day_or_year(self, printed, readable):
        assert alone(f"{printed}.") == {printed: readable}

    def test_a_shared_subject_stands_in_front(self):
        found = alone("The bridge cost $40 million and entered service earlier this year.")

        assert found["entered service earlier this year"] == (
            "The bridge entered service in 2021, before 14 December"
        )

    def test_what_is_said_of_a_subject_after_a_comma_is_left_out(self):
        found = alone("Falk, which employs 4,000 people, opened in 1950 and entered Asia in 1970.")

        assert found["entered Asia in 1970"] == "Falk entered Asia in 1970"

    def test_a_shared_helping_verb_comes_along(self):
        found = alone("The harbour was built in 1990 and repaired in 2010.")

        assert found["repaired in 2010"] == "The harbour was repaired in 2010"

    def test_a_relative_clause_gets_its_noun(self):
        found = alone("The city closed the tunnel, which opened in May 1998.")

        assert found["which opened in May 1998"] == "The tunnel opened in May 1998"

    def test_a_conjunction_does_not_dangle(self):
        found = alone("Anna Borg said on Monday that prices had doubled in 2020.")

        assert list(found.values()) == ["prices had doubled in 2020"]

    def test_nothing_to_replace_leaves_the_words_as_printed(self):
        text = "The dam broke in 1970"

        assert alone(f"{text}.") == {text: text}

    def test_each_replacement_is_listed_with_its_place_in_the_article(self):
        text = "Anna Borg founded the clinic in 1999. She sold 40 beds last year."
        claim = extract(text, dateline=DAY).candidates[-1]

        assert [(text[r.start : r.end], r.text, r.replacement) for r in claim.replacements] == [
            ("She", "She", "Anna Borg"),
            ("last year", "last year", "in 2020"),
        ]
