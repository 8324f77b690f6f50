"""Tests of claims/extraction/pieces.py: what the parser is given at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.pieces import LONGEST_SENTENCE, PIECE, prose, with_unreadable


class TestProse:
    @given(
        st.lists(
            st.sampled_from(["word ", "he says ", ". ", "\n", "\n\n", "“", "a" * 2500, '."  ']),
            max_size=60,
        ).map(lambda words: "".join(words) * 20)
    )
    def test_the_pieces_hold_every_word_in_order(self, text):
        place = 0
        for span in prose(text, ()):
            assert not text[place : span.start].strip()
            assert place <= span.start < span.end <= len(text)
            place = span.end

        assert not text[place:].strip()

    @pytest.mark.parametrize("unit", ["he says ", "he said: no, ", "word\n"])
    def test_a_sentence_that_never_ends_is_cut_between_words(self, unit):
        text = unit * 2000

        pieces = [text[span.start : span.end] for span in prose(text, ())]

        assert max(map(len, pieces)) <= LONGEST_SENTENCE
        assert " ".join(" ".join(pieces).split()) == " ".join(text.split())

    def test_ordinary_prose_is_parsed_in_large_pieces(self):
        text = "The council met on Monday and agreed to close the bridge. " * 400

        pieces = list(prose(text, ()))

        assert len(pieces) == -(-len(text) // PIECE)


class TestWithUnreadable:
    def test_a_few_words_repeated_without_end_are_no_prose(self):
        text = "he says " * 2000

        found = with_unreadable(text, ())

        assert {a.reason for a in found} == {"unreadable"}
        assert sum(a.end - a.start for a in found) >= len(text.strip()) - len(found)

    def test_a_few_words_repeated_a_few_times_are_read(self):
        assert with_unreadable("The show must go on. " * 20, ()) == ()
