"""The timeline's drawing: where days stand, and that no two statements are written over another."""

from __future__ import annotations

from itertools import combinations

import pytest

from web.presenting.strip import LETTER, MOST_MARKS, WIDTH, draw


def item(earliest, latest, headline="The bridge closed", lane="happened", **given):
    return {
        "claim_id": "1",
        "lane": lane,
        "earliest": earliest,
        "latest": latest,
        "display": "then",
        "headline": headline,
        "status": "unreviewed",
        "conflicts_with": [],
        **given,
    }


def day(text, **given):
    return item(text, text, **given)


class TestDraw:
    def test_later_days_stand_further_to_the_right(self):
        days = ["1998-05-01", "2021-03-01", "2021-03-09", "2022-01-01"]

        places = [mark.x for mark in sorted(draw([day(d) for d in days]).marks, key=lambda m: m.x)]

        assert places == sorted(set(places))

    def test_a_year_that_holds_more_takes_more_room_and_empty_years_are_a_gap(self):
        drawing = draw([day("1998-01-01"), *[day(f"2021-0{m}-01") for m in range(1, 9)]])
        gap = next(tick for tick in drawing.ticks if tick.is_gap)
        first, second = (next(t.x for t in drawing.ticks if t.label == y) for y in ("1998", "2021"))

        assert first < gap.x < second
        assert gap.x - first < WIDTH - second

    def test_a_day_is_a_dot_and_a_side_that_is_not_known_is_open(self):
        marks = draw([day("2021-03-01"), item(None, "2021-12-31"), item("2021-01-01", None)]).marks

        assert sorted((mark.is_day, mark.is_open) for mark in marks) == [
            (False, True),
            (False, True),
            (True, False),
        ]

    def test_no_two_statements_are_written_over_each_other(self):
        days = [day(f"2021-{1 + n % 12:02}-{1 + n % 28:02}", headline="x" * n) for n in range(60)]

        marks = draw(days).marks

        for one, other in combinations(marks, 2):
            assert one.y != other.y or not overlap(extent(one), extent(other))

    def test_nothing_is_written_beyond_the_edge(self):
        drawing = draw([day("2021-01-01"), day("2021-12-31", headline="A long statement " * 9)])

        assert max(extent(mark)[1] for mark in drawing.marks) <= WIDTH

    def test_each_lane_has_its_own_rows(self):
        drawing = draw([day("2021-01-01"), day("2021-01-01", lane="said")])

        assert [name for name, _ in drawing.lanes] == ["happened", "said"]
        assert len({mark.y for mark in drawing.marks}) == 2

    @pytest.mark.parametrize("count", [0, 1, MOST_MARKS + 1])
    def test_one_mark_or_too_many_are_no_picture(self, count):
        assert draw([day("2021-01-01")] * count) is None


def extent(mark):
    length = len(mark.label) * LETTER
    left = mark.label_x - length if mark.is_before else mark.x
    return left, mark.x + mark.width if mark.is_before else mark.label_x + length


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]
