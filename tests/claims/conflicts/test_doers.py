"""Who did it, where one deed is told of two people."""

import pytest

from claims.conflicts import Statement
from claims.conflicts.doers import other_doers


def told(text, *people):
    return Statement(text, entities=[{"name": name, "type": "person"} for name in people])


BY_TORRES = told("The keynote speech at the climate forum was given by Mia Torres", "Mia Torres")


class TestOtherDoers:
    @pytest.mark.parametrize(
        "other",
        [
            told("Erik Holm gave the keynote speech at the climate forum", "Erik Holm"),
            told("The keynote speech at the climate forum was given by Erik Holm", "Erik Holm"),
            told("The keynote speech at the climate forum came from Erik Holm", "Erik Holm"),
            told(
                "Erik Holm, not Mia Torres, gave the keynote speech at the climate forum",
                "Erik Holm",
                "Mia Torres",
            ),
        ],
    )
    def test_one_deed_has_one_doer(self, other):
        found = other_doers(BY_TORRES, other)

        assert found is not None
        assert (found.mine, found.theirs) == ("Mia Torres", "Erik Holm")

    def test_who_was_the_first_to_do_it_is_one(self):
        one = told("Mia Torres was the first to announce the fuel subsidy cut", "Mia Torres")
        other = told("The first to announce the fuel subsidy cut was Erik Holm", "Erik Holm")

        found = other_doers(one, other)

        assert found is not None
        assert (found.mine, found.theirs) == ("Mia Torres", "Erik Holm")

    def test_who_is_called_by_office_is_somebody(self):
        one = Statement("The proposal for a winter truce was put forward by Qatar's prime minister")
        other = Statement("Egypt's foreign minister put forward the proposal for a winter truce")

        assert other_doers(one, other) is not None

    @pytest.mark.parametrize(
        "other",
        [
            told("Mia Torres gave the keynote speech at the climate forum", "Mia Torres"),
            told("Erik Holm gave a keynote speech at the climate forum", "Erik Holm"),
            told("Erik Holm gave the opening lecture of a summer school", "Erik Holm"),
            told("Erik Holm attended the keynote speech at the climate forum", "Erik Holm"),
            told("Erik Holm gave the keynote speech at the climate forum"),
        ],
    )
    def test_another_deed_or_the_same_doer_is_no_conflict(self, other):
        assert other_doers(BY_TORRES, other) is None
