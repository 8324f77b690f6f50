"""An amount as it is compared: where its middle lies, and how far its bounds are from it."""

from decimal import Decimal

import pytest

from claims.conflicts.amount import HUGE, Amount


def between(lower, upper):
    return Amount("count", "house", Decimal(lower), Decimal(upper), "some houses")


class TestMiddle:
    @pytest.mark.parametrize(
        ("lower", "upper", "middle"), [("40", "50", "45"), ("7", "7", "7"), ("-2", "3", "0.5")]
    )
    def test_it_lies_half_way_between_the_bounds(self, lower, upper, middle):
        assert between(lower, upper).middle == Decimal(middle)


class TestRoom:
    @pytest.mark.parametrize(("lower", "upper", "room"), [("40", "50", "5"), ("7", "7", "0")])
    def test_it_is_how_far_the_bounds_lie_from_the_middle(self, lower, upper, room):
        assert between(lower, upper).room == Decimal(room)

    def test_an_end_that_is_not_bounded_leaves_more_room_than_any_amount_in_the_news(self):
        assert between("500", HUGE).room > Decimal(10) ** 30
