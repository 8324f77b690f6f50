"""Amounts that stand in words only."""

from decimal import Decimal

import pytest

from claims.conflicts.amount import HUGE
from claims.conflicts.wordings import amounts_in_words


def only(text):
    (found,) = amounts_in_words(text)
    return found


class TestVagueNumbers:
    @pytest.mark.parametrize(
        ("text", "lower", "upper"),
        [
            ("Dozens of houses burned.", 24, 99),
            ("Hundreds of houses burned.", 200, 999),
            ("Tens of thousands of houses burned.", 20_000, 99_999),
        ],
    )
    def test_they_are_ranges_of_what_is_counted(self, text, lower, upper):
        found = only(text)

        assert (found.unit, found.lower, found.upper) == ("home", lower, upper)

    def test_they_are_not_exact(self):
        assert not only("Dozens of houses burned.").is_exact


class TestCenturies:
    @pytest.mark.parametrize(
        ("text", "century"),
        [
            ("It was built in the second century BC.", -2),
            ("It was built in the second century.", 2),
            ("It is a 12th-century church.", 12),
        ],
    )
    def test_they_count_from_before_christ(self, text, century):
        found = only(text)

        assert (found.kind, found.middle) == ("century", century)


class TestExchangeRates:
    def test_a_rate_is_of_the_currency_that_it_buys(self):
        one, other = only("It closed at 74.37 against the U.S. dollar."), only("at 462 to the euro")

        assert (one.kind, one.unit, one.middle) == ("rate", "dollar", Decimal("74.37"))
        assert (other.unit, other.middle) == ("euro", 462)


class TestLengths:
    def test_a_length_may_stand_before_what_it_follows(self):
        found = only("He is out for exactly six weeks after surgery.")

        assert (found.kind, found.unit) == ("span", "second")

    def test_what_follows_an_event_is_a_day(self):
        assert list(amounts_in_words("It began six weeks after the vote.")) == []


class TestShares:
    @pytest.mark.parametrize(
        ("text", "percent"),
        [
            ("One in four owns a boat.", 25),
            ("Nine out of ten own a boat.", 90),
            ("Sales fell by half.", 50),
            ("Sales fell by a quarter.", 25),
            ("Sales fell by three-quarters.", 75),
            ("Turnout fell to a quarter in May.", 25),
        ],
    )
    def test_they_are_percentages(self, text, percent):
        found = only(text)

        assert (found.kind, found.middle) == ("percent", percent)

    @pytest.mark.parametrize(("text", "percent"), [("Rents doubled.", 100), ("Rents halved.", 50)])
    def test_a_multiple_is_the_change_in_percent(self, text, percent):
        assert only(text).middle == percent

    def test_what_doubled_by_an_amount_has_no_share(self):
        assert list(amounts_in_words("Rents doubled by the sea.")) == []


class TestSpans:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [
            ("It lasted three hours.", 10_800),
            ("It lasted an hour and a half.", 5_400),
            ("It lasted 2 hours and 5 minutes.", 7_500),
        ],
    )
    def test_they_are_seconds(self, text, seconds):
        found = only(text)

        assert (found.kind, found.middle) == ("span", seconds)

    def test_a_least_span_has_no_upper_end(self):
        found = only("It lasted at least three days.")

        assert (found.lower, found.upper) == (Decimal(3 * 86_400), HUGE)

    def test_a_most_span_begins_at_nothing(self):
        assert only("It lasted less than three days.").lower == 0

    @pytest.mark.parametrize(
        "text",
        ["It began three days ago.", "It fell for the past three days.", "A three-day-old calf"],
    )
    def test_what_names_a_day_is_no_span(self, text):
        assert list(amounts_in_words(text)) == []


class TestHours:
    @pytest.mark.parametrize(
        ("text", "minutes"),
        [
            ("It struck at noon.", 720),
            ("It struck at midnight.", 0),
            ("It struck at 3 p.m.", 900),
            ("It struck at 12.30 a.m.", 30),
            ("It struck at 14:05.", 845),
        ],
    )
    def test_they_are_minutes_of_the_day(self, text, minutes):
        found = only(text)

        assert (found.kind, found.middle) == ("hour", minutes)


class TestAges:
    @pytest.mark.parametrize("text", ["A 24-year-old man drove.", "The man is 24 years old."])
    def test_they_are_whole_years(self, text):
        assert ("age", 24) in [(a.kind, a.middle) for a in amounts_in_words(text)]

    def test_aged_is_an_age(self):
        assert (only("He died aged 84.").kind, only("He died aged 84.").middle) == ("age", 84)

    def test_a_range_of_ages_is_none(self):
        assert list(amounts_in_words("Children aged 5 to 9 were tested.")) == []

    def test_a_tomb_of_thousands_of_years_has_none(self):
        assert list(amounts_in_words("They found a 3,500-year-old tomb.")) == []


class TestParts:
    @pytest.mark.parametrize("text", ["Two of the nine judges left.", "2 of 9 judges left."])
    def test_how_many_of_all_is_an_amount(self, text):
        found = only(text)

        assert (found.kind, found.middle) == ("part", 2)


class TestTallies:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("The toll has risen to 23 after the flood.", 23),
            ("The toll has risen to seven.", 7),
            ("The final death toll was 46.", 46),
        ],
    )
    def test_a_bare_number_is_the_toll(self, text, number):
        assert only(text).middle == number

    def test_a_toll_without_its_noun_is_a_count(self):
        found = only("The death toll rose to 1,031.")

        assert (found.kind, found.unit, found.middle) == ("count", "", 1_031)


class TestScores:
    def test_who_is_named_first_does_not_matter(self):
        assert only("Chile won 2-1.").middle == only("Chile lost 1-2.").middle

    def test_a_magnitude_may_stand_before_or_behind(self):
        assert only("A 6.4-magnitude quake").middle == only("a quake of magnitude 6.4").middle
