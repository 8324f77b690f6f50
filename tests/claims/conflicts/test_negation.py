"""Whether one of two statements says that something is not so, which the other says is."""

import pytest

from claims.conflicts.negation import is_negated, is_turned
from claims.conflicts.statements import Statement


class TestIsNegated:
    @pytest.mark.parametrize(
        "text",
        [
            "The navy did not find the submarine.",
            "The navy failed to find the submarine.",
            "The navy never found the submarine.",
            "The navy found no submarine.",
            "Nobody found the submarine.",
            "The navy hasn’t found the submarine.",
        ],
    )
    def test_what_the_other_has_may_be_negated_in_many_ways(self, text):
        assert is_negated(Statement(text), Statement("The navy found the submarine."))

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("The rain flooded villages, leaving homes without power.", id="a result"),
            pytest.param("The rain flooded no fewer than 40 villages.", id="an amount"),
            pytest.param("The mayor of the flooded villages declined to comment.", id="no answer"),
        ],
    )
    def test_what_the_other_does_not_speak_of_is_not(self, text):
        assert not is_negated(Statement(text), Statement("The rain flooded villages."))

    def test_who_did_nothing_denies_no_deed(self):
        nothing, fined = Statement("The company did nothing."), Statement("The company was fined.")

        assert not is_negated(nothing, fined)

    def test_what_is_denied_is(self):
        denied = Statement("the reactor had leaked", verb="deny")

        assert is_negated(denied, Statement("The reactor leaked."))

    def test_a_denied_negation_is_not(self):
        denied = Statement("the reactor had not leaked", verb="deny")

        assert not is_negated(denied, Statement("The reactor leaked."))


class TestIsTurned:
    def test_two_negations_say_the_same(self):
        one, other = Statement("It did not leak."), Statement("It never leaked.")

        assert not is_turned(one, other)

    def test_one_negation_turns_it_round(self):
        assert is_turned(Statement("It did not leak."), Statement("It leaked."))
