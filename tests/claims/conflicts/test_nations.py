"""Countries under their several names."""

import pytest

from claims.conflicts.lexicon import root_of
from claims.conflicts.nations import are_one_country, country_of, of_nation


def stems(words):
    return frozenset(root_of(word) for word in words.split())


class TestCountryOf:
    @pytest.mark.parametrize(
        ("word", "country"),
        [("zambian", "zambia"), ("dutch", "netherlands"), ("lankan", "lanka"), ("bread", "bread")],
    )
    def test_an_adjective_is_of_its_country_and_other_words_are_their_own(self, word, country):
        assert country_of(root_of(word)) == root_of(country)


class TestAreOneCountry:
    def test_a_capital_stands_for_its_country(self):
        assert are_one_country(stems("colombo"), stems("sri lanka"))

    def test_two_capitals_do_not(self):
        assert not are_one_country(stems("colombo"), stems("lusaka"))


class TestOfNation:
    def test_it_reads_a_role(self):
        assert of_nation("Latvian finance minister") == stems("latvia")
        assert of_nation(None) == frozenset()
