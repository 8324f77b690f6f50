"""Check-worthiness: the score adds up the table's weights, and says which ones."""

import math

import pytest

from claims.extraction.checkworthy import score, table
from claims.extraction.engine import load_engine
from claims.extraction.worth_features import features_of, is_readable


@pytest.fixture(scope="module")
def parsed():
    return load_engine()


class TestScore:
    @pytest.mark.parametrize(
        ("more", "less"),
        [
            ("Unemployment rose to 8 percent in 2009.", "I think we should talk about that."),
            ("He voted against the bill 12 times.", "Thank you very much."),
            ("The deficit doubled to $5 billion.", "What would you do about the deficit?"),
        ],
    )
    def test_what_can_be_counted_wants_checking_more(self, parsed, more, less):
        assert score(parsed(more)).score > 0.5 > score(parsed(less)).score

    def test_it_is_the_sum_of_the_weights_of_what_is_there(self, parsed):
        doc = parsed("The bank closed 40 branches in 2020.")
        bias, weights = table()
        total = bias + sum(weights.get(name, 0.0) for name in features_of(doc))

        assert score(doc).score == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-4)

    def test_reasons_are_named_strongest_first(self, parsed):
        doc = parsed("I think 5 million people lost 20 percent.")
        _, weights = table()
        names = [reason.removeprefix("against it: ") for reason in score(doc).reasons]

        sizes = [abs(weights[name]) for name in names]
        assert sizes == sorted(sizes, reverse=True)
        told = [n for n in features_of(doc) if n in weights and is_readable(n)]
        assert sizes[0] == max(abs(weights[n]) for n in told)

    @pytest.mark.parametrize("grammar", ["goes ", "turns on a ", "has a ", "(number)", "past verb"])
    def test_no_reason_tells_of_grammar(self, parsed, grammar):
        reasons = score(parsed("The company lost 400 million dollars in 2023.")).reasons

        assert not any(grammar in reason for reason in reasons)

    def test_a_reason_that_speaks_against_it_says_so(self, parsed):
        reasons = score(parsed("I think we should hope.")).reasons

        assert any(reason.startswith("against it: ") for reason in reasons)


class TestFeaturesOf:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("It cost $5 million.", "states an amount"),
            ("He left in 1990.", 'says "(year)"'),
            ("She cut taxes.", "tells what happened"),
            ("We should leave.", "says what may or ought to be"),
            ("Is it so?", "asks"),
            ("It did not rain.", "denies"),
            ("He is the oldest member.", "compares"),
            ("I left.", "speaks of the speaker"),
        ],
    )
    def test_their_names_are_plain_words(self, parsed, text, name):
        assert name in features_of(parsed(text))

    def test_nothing_has_none(self, parsed):
        assert features_of(parsed(" ")) == frozenset()
