"""Which of the times in a statement is its own."""

from datetime import date

import pytest

from claims.extraction.pipeline import extract

DAY = date(2024, 7, 24)


def time_of(text):
    time = extract(text, dateline=DAY).candidates[0].time
    return (time.earliest, time.latest) if time else None


class TestTimeOf:
    @pytest.mark.parametrize(
        ("text", "interval"),
        [
            (
                "The airline, which lost 400 million dollars in 2021, was sold in 2023.",
                ("2023-01-01", "2023-12-31"),
            ),
            (
                "Parliament passed the government's 2023 budget in March 2022.",
                ("2022-03-01", "2022-03-31"),
            ),
            ("The two ships replace a ferry that entered service in 1978.", None),
            (
                "Sea levels rose by 20 centimetres between 1901 and 2018.",
                ("1901-01-01", "2018-12-31"),
            ),
            ("He worked for the bank from 2014 to 2017.", ("2014-01-01", "2017-12-31")),
            ("The army has destroyed the old mines.", (None, "2024-07-24")),
            ("Astronomers have found water on a comet that came from afar.", (None, "2024-07-24")),
            ("Doctors have confirmed 73 cases since March 2024.", ("2024-03-01", "2024-07-24")),
            ("The army destroyed the old mines.", None),
            ("The court rejected a request to defer payments until April.", None),
            ("Norland paid 3 million dollars to protect the reef by 2030.", None),
            ("Founded in 2015, the clinic has 240 employees.", None),
            ("The north of the reef had less coral than a year earlier.", None),
            ("The mill will open no earlier than July 2025.", ("2025-07-01", None)),
            (
                "The trust that runs it expects to close its unit by autumn.",
                (None, "2024-11-30"),
            ),
        ],
    )
    def test_it_is_the_time_of_the_main_verb(self, text, interval):
        assert time_of(text) == interval

    def test_an_uncertain_perfect_is_no_past(self):
        assert time_of("The bank may have sold the gold.") is None
