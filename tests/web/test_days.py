"""Days, times and amounts are shown as fine as they were given, and no finer."""

from __future__ import annotations

import pytest

from web.presenting.days import amount_words, day_words, moment_words, number_words, time_words


def time(earliest, latest, precision="day", qualifier=None, text="then"):
    return {
        "earliest": earliest,
        "latest": latest,
        "precision": precision,
        "qualifier": qualifier,
        "text": text,
    }


class TestDayWords:
    @pytest.mark.parametrize(
        ("day", "words"),
        [("2021-12-04", "4 Dec 2021"), (None, ""), ("", ""), ("someday", "someday")],
    )
    def test_a_day_is_written_short_and_without_a_doubt_about_its_month(self, day, words):
        assert day_words(day) == words


class TestMomentWords:
    def test_a_moment_says_its_zone(self):
        assert moment_words("2026-03-01T09:05:59.123456Z") == "1 Mar 2026, 09:05 UTC"

    def test_what_is_no_moment_is_shown_as_it_is(self):
        assert moment_words("soon") == "soon"


class TestTimeWords:
    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (time("2021-12-13", "2021-12-13"), "13 Dec 2021"),
            (time("2021-12-01", "2021-12-31", "month"), "Dec 2021"),
            (time("2021-07-01", "2021-09-30", "quarter"), "Q3 2021"),
            (time("2017-01-01", "2017-12-31", "year"), "2017"),
            (time("1990-01-01", "1999-12-31", "decade"), "1990s"),
            (time("2017-01-01", "2017-12-31", "year", "about"), "about 2017"),
            (time("2018-01-01", "2020-12-31", "year"), "2018 – 2020"),
            (time(None, "2024-12-31", "year", "before"), "until the end of 2024"),
            (time(None, "2024-12-05", "day", "by"), "until 5 Dec 2024"),
            (time("2018-01-01", None, "year", "after"), "from 2018"),
            (time(None, None, "open"), "“then”"),
            (time(None, None, "open", text=""), ""),
            (None, ""),
        ],
    )
    def test_a_time_is_no_finer_than_its_precision(self, given, words):
        assert time_words(given) == words


class TestNumberWords:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            ("5500000000", "5.5 billion"),
            ("5430000000", "5.43 billion"),
            ("41500000", "41.5 million"),
            ("1000000000000", "1 trillion"),
            ("1234567", "1\u202f234\u202f567"),
            ("5000", "5000"),
            ("0.5", "0.5"),
            ("12.50", "12.5"),
            ("-3000000", "-3 million"),
            ("12345.678", "12\u202f345.678"),
            ("many", "many"),
            ("NaN", "NaN"),
        ],
    )
    def test_a_number_is_shortened_only_where_nothing_is_lost(self, value, words):
        assert number_words(value) == words


class TestAmountWords:
    @pytest.mark.parametrize(
        ("amount", "words"),
        [
            ({"kind": "money", "value": "5500000000", "unit": "USD"}, "5.5 billion USD"),
            ({"kind": "percent", "value": "12", "unit": "percent"}, "12 %"),
            ({"kind": "percent", "value": "25", "unit": "basis point"}, "25 basis points"),
            ({"kind": "measure", "value": "30", "unit": "metre"}, "30 metres"),
            ({"kind": "measure", "value": "1", "unit": "metre"}, "1 metre"),
            ({"kind": "measure", "value": "90", "unit": "mile per hour"}, "90 miles per hour"),
            ({"kind": "measure", "value": "5", "unit": "square foot"}, "5 square feet"),
            ({"kind": "measure", "value": "3", "unit": "degree Celsius"}, "3 degrees Celsius"),
            ({"kind": "measure", "value": "9", "unit": "gigahertz"}, "9 gigahertz"),
            ({"kind": "count", "lower": "5000", "unit": "lorries"}, "at least 5000 lorries"),
            ({"kind": "money", "upper": "5000000", "unit": "EUR"}, "at most 5 million EUR"),
            ({"kind": "count", "lower": "3", "upper": "5", "unit": "ships"}, "3 to 5 ships"),
            ({"kind": "count", "value": "5", "lower": "5", "upper": "5", "unit": ""}, "5"),
            ({"kind": "count", "text": "a few ships", "unit": "ships"}, "a few ships"),
        ],
    )
    def test_bounds_are_said_and_never_hidden(self, amount, words):
        assert amount_words(amount) == words
