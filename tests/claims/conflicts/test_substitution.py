"""One noun put for another in the same words."""

import pytest

from claims.conflicts.statements import Statement
from claims.conflicts.substitution import substituted


def between(one, other):
    return substituted(Statement(one), Statement(other))


class TestSubstituted:
    def test_another_noun_in_the_same_place_is_found(self):
        found = between(
            "The court fined the bank on appeal.", "The court fined the airline on appeal."
        )

        assert found == ("bank", "airline")

    def test_it_may_end_the_statement(self):
        assert between("The court fined the bank.", "The court fined the airline.") is not None

    def test_it_may_begin_the_statement(self):
        assert between("Lidkoping hospital will close.", "Lycksele hospital will close.") == (
            "lidkoping",
            "lycksele",
        )

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("He bought the firm.", "He bought the company.", id="the same meaning"),
            pytest.param("The rise was slight.", "The fall was slight.", id="a direction"),
            pytest.param("The workers left early.", "The passengers left early.", id="people"),
            pytest.param("The bank of Ireland rose.", "The airline rose.", id="other words follow"),
            pytest.param("Banks rose.", "Airlines rose.", id="no article"),
            pytest.param("The bank was fined.", "The bank was fined.", id="no difference"),
        ],
    )
    def test_what_does_not_name_another_thing_is_not(self, one, other):
        assert between(one, other) is None

    def test_long_statements_are_not_aligned(self):
        long = "The court fined the {} " + "and said so again " * 20

        assert between(long.format("bank"), long.format("airline")) is None
