"""Words for a time that reads the same on any day."""

from datetime import date

import pytest

from claims.extraction.dated import adverb_words, bare_words
from claims.extraction.times import find_times

DAY = date(2021, 12, 14)


def only(words):
    """The one time in some words."""
    (found,) = find_times(words, DAY)
    return found


class TestBareWords:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("this year", "2021"),
            ("last month", "November 2021"),
            ("next week", "the week of 20 December 2021"),
            ("Monday", "13 December 2021"),
            ("December 6", "6 December 2021"),
            ("October", "October 2021"),
            ("the end of next year", "the end of 2022"),
            ("the fourth quarter", "the fourth quarter of 2021"),
            ("two years ago", "2019"),
            ("three days ago", "11 December 2021"),
        ],
    )
    def test_what_is_said_from_the_dateline_gets_its_day(self, words, expected):
        assert bare_words(only(words), DAY) == expected

    @pytest.mark.parametrize(
        "words", ["December 6, 2021", "2019", "a decade ago", "the previous year", "two years"]
    )
    def test_what_is_plain_or_a_guess_stays_as_printed(self, words):
        assert bare_words(only(words), DAY) is None


class TestAdverbWords:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("earlier this year", "in 2021, before 14 December"),
            ("later this month", "in December 2021, after 14 December"),
            ("last year", "in 2020"),
            ("late last year", "in late 2020"),
            ("Monday morning", "on the morning of 13 December 2021"),
            ("yesterday", "on 13 December 2021"),
            ("the end of the year", "at the end of 2021"),
        ],
    )
    def test_they_get_their_preposition(self, words, expected):
        assert adverb_words(only(words), DAY) == expected
