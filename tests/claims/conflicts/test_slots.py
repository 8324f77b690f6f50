"""Another value for what has one only, and small words that turn what follows round."""

import pytest

from claims.conflicts.slots import exclusive, other_names, other_words, turned
from claims.conflicts.statements import Statement


def values(one, other):
    return exclusive(Statement(one), Statement(other))


class TestExclusive:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param(
                "The fire at the mill was caused by a gas leak.",
                "The fire at the mill was caused by a cigarette.",
                id="cause",
            ),
            pytest.param(
                "The mill owner died of pneumonia.", "The mill owner died of cancer.", id="died of"
            ),
            pytest.param(
                "The harbour tower was built by Romans.",
                "The harbour tower was built by Moors.",
                id="who did it",
            ),
            pytest.param(
                "The suspect in the robbery is a Belgian national.",
                "The suspect in the robbery is a French national.",
                id="nationality",
            ),
            pytest.param(
                "The robber's car was a red van.", "The robber's car was a black van.", id="colour"
            ),
            pytest.param(
                "The peace treaty was signed in Geneva.",
                "The peace treaty was signed in Vienna.",
                id="place",
            ),
            pytest.param(
                "Ana Ruiz won the mayoral election in Bilbao.",
                "Jon Otegi won the mayoral election in Bilbao.",
                id="winner",
            ),
            pytest.param(
                "Ana Ruiz is the chairman of the shipping line.",
                "Jon Otegi is the chairman of the shipping line.",
                id="holder",
            ),
            pytest.param(
                "Sabotage caused the failure of the pump.",
                "Lightning caused the failure of the pump.",
                id="what caused it",
            ),
            pytest.param(
                "The panel's chairman is a physicist from Porto.",
                "The panel's chairman is an economist from Porto.",
                id="trade",
            ),
            pytest.param(
                "The navy bought the ships from South Korea.",
                "The navy bought the ships from Norway.",
                id="whence",
            ),
            pytest.param(
                "The prize for peace went to Ana Ruiz.",
                "The prize for peace went to Jon Otegi.",
                id="recipient",
            ),
            pytest.param(
                "The government will raise the pension age to 64.",
                "The government will raise the pension age to 65.",
                id="number",
            ),
            pytest.param(
                "The explosion happened in the engine room.",
                "The explosion happened on the car deck.",
                id="where it happened",
            ),
            pytest.param(
                "The novelist left her estate to her brother.",
                "The novelist left her estate to a charity.",
                id="to whom",
            ),
            pytest.param(
                "The bus was travelling north when it overturned.",
                "The bus was travelling south when it overturned.",
                id="which way",
            ),
            pytest.param(
                "The cyclist crossed the finish line first.",
                "The cyclist crossed the finish line third.",
                id="in which place",
            ),
        ],
    )
    def test_two_values_are_found(self, one, other):
        assert values(one, other) is not None

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param(
                "The peace plan was criticised by Egypt.",
                "The peace plan was criticised by Jordan.",
                id="many may criticise",
            ),
            pytest.param(
                "The swine virus was detected in Kenya.",
                "The swine virus was detected in Uganda.",
                id="in many places",
            ),
            pytest.param(
                "Germany backs the peace plan.", "Hungary backs the peace plan.", id="many may back"
            ),
            pytest.param(
                "A tanker was seized in Malta.", "A tanker was seized in Spain.", id="not one thing"
            ),
            pytest.param(
                "A striker of Rovers scored in the league.",
                "A striker of Rovers scored in the cup.",
                id="more than once",
            ),
            pytest.param("The mill burned.", "The mill burned.", id="no difference"),
        ],
    )
    def test_what_may_have_many_has_none(self, one, other):
        assert values(one, other) is None

    def test_they_are_named_as_printed(self):
        found = values(
            "The peace treaty was signed in New York.", "The peace treaty was signed in Vienna."
        )

        assert (found.mine, found.theirs) == ("New York", "Vienna")


class TestOtherWords:
    def test_one_noun_for_another_is_named(self):
        found = other_words(
            Statement("The striker scored in the league."),
            Statement("The striker scored in the cup."),
        )

        assert found == ("league", "cup")

    def test_a_direction_is_no_noun(self):
        one, other = Statement("Sales had a rise in May."), Statement("Sales had a climb in May.")

        assert other_words(one, other) is None


class TestOtherNames:
    def test_two_names_in_one_place_are_found(self):
        one, other = [
            Statement(f"Analysts at {bank} expect a rate cut.")
            for bank in ("Northgate", "Southbank")
        ]

        assert other_names(one, other) == ("Northgate", "Southbank")

    def test_the_first_word_is_no_name_for_its_capital(self):
        one, other = Statement("Farmers expect rain."), Statement("Growers expect rain.")

        assert other_names(one, other) is None


class TestTurned:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("They left before the talks.", "They left after the talks."),
            ("The lake is above its level.", "The lake is below its level."),
            ("Fewer tourists came.", "More tourists came."),
        ],
    )
    def test_small_words_turn_the_same_words_round(self, one, other):
        assert turned(Statement(one), Statement(other)) is not None

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("They left before the talks.", "They left after the meal.", id="others"),
            pytest.param("More than 500 came.", "Fewer than 500 came.", id="amounts"),
        ],
    )
    def test_they_turn_nothing_before_other_words(self, one, other):
        assert turned(Statement(one), Statement(other)) is None
