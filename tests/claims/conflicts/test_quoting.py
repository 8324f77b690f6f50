"""The same words quoted from two people."""

import pytest

from claims.conflicts import Outcome, Statement, compare
from claims.conflicts.quoting import quoted_from_two

WORDS = "We will not sell a single field"


def said(by, *, role="leader", words=WORDS, published_on="2024-02-28"):
    return Statement(words, claimant=by, role=role, is_quote=True, published_on=published_on)


class TestQuotedFromTwo:
    def test_one_of_two_reports_names_the_wrong_speaker(self):
        assert quoted_from_two(said("Rhys Bowen"), said("Joan Pugh")) == ("Rhys Bowen", "Joan Pugh")

    @pytest.mark.parametrize(
        "told",
        [
            f"The words “{WORDS}” were spoken at the rally by union leader Joan Pugh.",
            f"The words “{WORDS}” were those of union leader Joan Pugh.",
            f"The promise “{WORDS}” came from union leader Joan Pugh, not by minister Rhys Bowen.",
        ],
    )
    def test_a_statement_may_be_about_the_words(self, told):
        assert quoted_from_two(said("Rhys Bowen"), Statement(told)) == ("Rhys Bowen", "Joan Pugh")

    @pytest.mark.parametrize(
        "other",
        [
            said("Bowen"),
            said("Rhys Bowen"),
            said("the ministry", role=None),
            said("Joan Pugh", words="We will sell every field"),
            Statement(WORDS, claimant="Joan Pugh", role="leader"),
        ],
    )
    def test_one_speaker_under_two_names_and_other_words_are_no_conflict(self, other):
        assert quoted_from_two(said("Rhys Bowen"), other) is None

    def test_few_words_may_be_said_by_two_on_other_days(self):
        one = said("Rhys Bowen", words="We have a deal")
        other = said("Joan Pugh", words="We have a deal", published_on="2024-03-20")

        assert quoted_from_two(one, other) is None

    def test_it_contradicts_and_says_why(self):
        found = compare(said("Rhys Bowen"), said("Joan Pugh"))

        assert found.outcome is Outcome.CONTRADICTS
        assert found.explanation == "The same words are quoted from Rhys Bowen and from Joan Pugh."
