"""Cleaning: what is not the article's own prose is set aside with its reason."""

from datetime import date

import pytest

from claims.extraction.clean import find_dateline, set_aside


def found(text):
    return [(a.reason, text[a.start : a.end]) for a in set_aside(text)]


class TestSetAside:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("date 2021-12-14\n", [("dateline", "date 2021-12-14")]),
            (
                "The dam broke. Read also | Dam breaks in the north. Two people died.",
                [("teaser", "Read also | Dam breaks in the north.")],
            ),
            (
                "Read also | Work on the dam will go on: Minister The dam was built in 1970.",
                [("teaser", "Read also | Work on the dam will go on: Minister")],
            ),
            (
                "Two died. (With inputs from agencies)",
                [("credit", "(With inputs from agencies)")],
            ),
            ("Reporting by Ann Lee", [("credit", "Reporting by Ann Lee")]),
            ("By Ann Lee", [("byline", "By Ann Lee")]),
            ("Share this on Facebook", [("share", "Share this on Facebook")]),
            ("PARIS, March 3, 2020 - The dam broke.", [("dateline", "PARIS, March 3, 2020 -")]),
            ("Dam breaks in the north", [("heading", "Dam breaks in the north")]),
            ("The dam broke on Monday.", []),
        ],
        ids=lambda value: value[:24] if isinstance(value, str) else "",
    )
    def test_it_is_named_with_its_reason(self, text, expected):
        assert found(text) == expected


class TestFindDateline:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("date 2021-12-14\n\nText.", date(2021, 12, 14)),
            ("Dam breaks\nMarch 01, 2008\nText.", date(2008, 3, 1)),
            ("PARIS, March 3, 2020 - The dam broke.", date(2020, 3, 3)),
            ("The dam broke.", None),
            ("date 2021-13-45\n", None),
        ],
    )
    def test_the_head_names_the_day(self, text, day):
        assert find_dateline(text) == day
