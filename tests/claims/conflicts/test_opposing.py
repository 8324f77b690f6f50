"""Why two statements point opposite ways."""

import pytest

from claims.conflicts.opposing import attributes, opposition_of
from claims.conflicts.statements import Statement


def why(one, other):
    found = opposition_of(
        *[
            Statement(text, entities=[{"name": n, "type": "org"} for n in ("Acme", "Zenith")])
            for text in (one, other)
        ]
    )
    return found and found.why


class TestOppositionOf:
    def test_the_words_are_named(self):
        found = why("The goalkeeper is fit to play.", "The goalkeeper is unfit to play.")

        assert found == "“fit” against “unfit”"

    def test_a_negated_antonym_says_the_same(self):
        assert why("The building was not insured.", "The building was uninsured.") is None

    def test_who_does_it_to_whom(self):
        found = why("Acme sued Zenith over the patent.", "Zenith sued Acme over the patent.")

        assert found == "who does it to whom is turned round"

    def test_a_score_behind_a_name_is_no_name(self):
        assert why("Ajax beat Feyenoord 3-1.", "Feyenoord beat Ajax 3-1.") is not None

    def test_the_passive_says_the_same(self):
        assert why("Acme sued Zenith.", "Zenith was sued by Acme.") is None

    def test_it_need_not_be_named(self):
        found = why("Electric cars outsold diesel cars.", "Diesel cars outsold electric cars.")

        assert found == "who does it to whom is turned round"

    def test_else_the_statements_must_be_the_same(self):
        found = why(
            "The fit goalkeeper trains daily.",
            "Farmers called the polluted water unfit for cattle.",
        )

        assert found is None


class TestAttributes:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("The old stadium was demolished.", "The new stadium was opened."),
            ("The violent protest ended.", "The peaceful protest went on."),
        ],
    )
    def test_they_tell_two_subjects_apart(self, one, other):
        assert attributes(Statement(one), Statement(other)) is not None

    def test_behind_the_verb_they_do_not(self):
        one, other = Statement("The march was violent."), Statement("The march was peaceful.")

        assert attributes(one, other) is None
