"""Whether two amounts are of one unit, agree, and are for the same."""

from decimal import Decimal

import pytest

from claims.conflicts.adopting import with_change
from claims.conflicts.amount import CHANGE
from claims.conflicts.amounts import amounts_of, comparable, fit_of
from claims.conflicts.rates import have_one_rate, rate_after
from claims.conflicts.times import Fit
from claims.extraction.amounts import find_amounts


def read(text):
    quantities = [
        {
            "kind": each.kind.value,
            "text": each.text,
            "value": each.value,
            "unit": each.unit,
            "lower": each.lower,
            "upper": each.upper,
        }
        for each in find_amounts(text)
    ]
    return amounts_of(quantities, text)


def only(text):
    (amount,) = read(text)
    return amount


class TestAmountsOf:
    @pytest.mark.parametrize(
        ("text", "celsius"),
        [
            ("It reached 104 degrees Fahrenheit.", 40),
            ("It reached -40 degrees Fahrenheit.", -40),
            ("It grew 9 degrees Fahrenheit warmer.", 5),
            ("It fell by 18 degrees Fahrenheit.", 10),
        ],
    )
    def test_fahrenheit_is_made_celsius_and_a_difference_has_no_zero(self, text, celsius):
        found = only(text)

        assert (found.unit, found.middle) == ("degree Celsius", celsius)

    @pytest.mark.parametrize(
        "text",
        [
            "Sales fell 25 percent.",
            "Sales fell by about 25 percent.",
            "It saw a 25 percent fall in sales.",
            "They won a pay rise of 25 percent.",
            "Sales doubled.",
            "Sales fell by a quarter.",
        ],
    )
    def test_a_percent_that_something_moved_by_is_a_change(self, text):
        assert only(text).unit == CHANGE

    @pytest.mark.parametrize(
        "text",
        [
            "Sales fell to 25 percent.",
            "It was backed by 25 percent of voters.",
            "25 percent of the sales were made abroad.",
            "The company cut its staff by 25 percent.",
            "The company cut its staff by a quarter.",
        ],
    )
    def test_a_share_of_a_whole_is_none(self, text):
        assert only(text).unit == "percent"


class TestFitOf:
    @pytest.mark.parametrize(
        ("one", "other", "fit"),
        [
            ("It burned 5,000 acres.", "It burned 2,000 hectares.", Fit.EQUAL),
            ("It weighs 2 to 3 kilograms.", "It weighs 2,460 grams.", Fit.AROUND),
            ("It weighs 48 kilograms.", "It weighs 75 pounds.", Fit.APART),
            ("It is 38 degrees Celsius.", "It is 90 degrees Fahrenheit.", Fit.APART),
            ("A quarter of them left.", "25 percent of them left.", Fit.EQUAL),
            ("A fifth to a third of them left.", "27 percent of them left.", Fit.AROUND),
        ],
    )
    def test_units_are_converted_and_a_range_is_no_rounding(self, one, other, fit):
        assert fit_of(only(one), only(other)) is fit


class TestComparable:
    def test_as_many_of_one_unit_are_paired_in_their_order(self):
        found = comparable(
            read("It passed by 63 votes to 41."), read("It passed with 58 votes to 46.")
        )

        assert [(one.middle, other.middle) for one, other in found] == [(63, 58), (41, 46)]

    def test_one_that_agrees_leaves_the_others_to_be_paired(self):
        found = comparable(
            read("It passed by 214 votes to 97."),
            read("It passed with 187 votes in favour and 97 against."),
        )

        assert [(one.middle, other.middle) for one, other in found] == [(97, 97), (214, 187)]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("They ordered 12 fighter jets.", "They ordered 15 fighters."),
            ("She won seven cup races.", "She took five cup race wins."),
        ],
    )
    def test_a_noun_that_narrows_another_counts_the_same(self, one, other):
        assert len(comparable(read(one), read(other))) == 1

    def test_other_nouns_count_other_things(self):
        assert (
            comparable(read("It lost 12 police cars."), read("It lost 15 police officers.")) == []
        )


class TestRates:
    @pytest.mark.parametrize(
        ("words", "text", "each"),
        [
            ("€15", "It paid €15 a dose.", "dose"),
            ("$820,000", "It pays $820,000 for each of its new buses.", "buse"),
            ("150 euros", "Each household gets 150 euros.", "household"),
            ("9 euros", "They got 9 euros each.", "each"),
            ("9 euros", "They got 9 euros in all.", None),
        ],
    )
    def test_an_amount_may_be_for_each(self, words, text, each):
        found = rate_after(words, text)

        assert found == each or (each is not None and found is not None and each.startswith(found))

    def test_any_noun_is_a_rate_where_the_other_has_it(self):
        texts = "It fetched Rs 3,500 a quintal.", "It fetched Rs 2,850 per quintal."
        one, other = (only(text) for text in texts)

        assert have_one_rate(one, other, *texts)


class TestWithChange:
    def test_a_share_before_and_after_gives_its_points(self):
        text = "It raised the rate from 20 percent to 22 percent."
        found = with_change(read(text), read("It raised it by one percentage point."), text)

        assert [(a.unit, a.middle) for a in found[2:]] == [("percentage point", Decimal(2))]

    def test_it_is_not_made_where_nobody_asks(self):
        text = "It raised the rate from 20 percent to 22 percent."

        assert with_change(read(text), read("It raised it to 21 percent."), text) == read(text)
