"""Ready claims: where they stand, and the coverage map that they give."""

import pytest

from claims.bulk.ready import segments_of, statements_of
from errors import InvalidInputError

TEXT = "Prices rose. Wages fell. Prices rose."


def claim(start, end, **more):
    return {"selector": {"start": start, "end": end}, **more}


class TestStatementsOf:
    def test_they_come_in_text_order(self):
        found = statements_of(TEXT, [claim(13, 23), claim(0, 11)])

        assert [s.facts["start"] for s in found] == [0, 13]

    def test_words_that_stand_once_say_where(self):
        (found,) = statements_of(TEXT, [{"text": "Wages fell"}])

        assert (found.facts["start"], found.facts["end"]) == (13, 23)

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            (claim(0, 99), "claims.0.selector.end"),
            (claim(5, 5), "claims.0.selector.end"),
            (claim(0, 11, text="Prices fell"), "claims.0.text"),
            ({"text": "Prices rose"}, "claims.0.text"),
            ({"text": "Rents rose"}, "claims.0.text"),
            ({}, "claims.0.selector"),
        ],
    )
    def test_one_that_does_not_stand_as_it_says_is_refused(self, given, field):
        with pytest.raises(InvalidInputError) as caught:
            statements_of(TEXT, [given])

        assert list(caught.value.fields) == [field]

    def test_score_and_readable_form_come_along(self):
        worth = {"score": 0.25, "reasons": ["states a number"]}
        (found,) = statements_of(
            TEXT, [claim(0, 11, check_worthiness=worth, normalized_text="Prices rose in 2020")]
        )

        assert (found.score, found.reasons) == ("0.2500", ["states a number"])
        assert found.reading == {"normalized_text": "Prices rose in 2020", "replacements": []}


class TestSegmentsOf:
    def test_they_are_gapless_where_claims_overlap_too(self):
        statements = statements_of(TEXT, [claim(2, 11), claim(5, 20), claim(13, 18)])

        assert segments_of(TEXT, statements) == [
            [0, 2, "unchecked", None],
            [2, 11, "claim", None],
            [11, 20, "claim", None],
            [20, len(TEXT), "unchecked", None],
        ]
