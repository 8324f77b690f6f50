"""Tests of `claims/differences.py`: two versions word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.differences import Change, Shared, difference, shared_blocks

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "town", "12", " ", "  ", ". ", "é"])).map("".join)


def changes(old: str, new: str) -> list[tuple[str, str]]:
    return [(segment.change.value, segment.text) for segment in difference(old, new)]


class TestDifference:
    def test_an_edited_number_is_removed_and_added_whole(self):
        assert changes("It cost $5.5 million.", "It cost $5.43 million.") == [
            ("kept", "It cost $"),
            ("removed", "5.5"),
            ("added", "5.43"),
            ("kept", " million."),
        ]

    def test_a_sentence_put_between_two_is_added(self):
        found = changes("One left. Two stay.", "One left. Four came. Two stay.")

        assert [text for change, text in found if change == "added"] == ["Four came. "]

    def test_nothing_against_nothing_is_no_difference(self):
        assert difference("", "") == []

    @given(TEXTS, TEXTS)
    def test_each_version_can_be_read_off(self, old, new):
        found = difference(old, new)

        for text, missing in ((old, Change.ADDED), (new, Change.REMOVED)):
            assert "".join(s.text for s in found if s.change is not missing) == text
        assert all(new[s.start : s.end] == s.text for s in found if s.change is not Change.REMOVED)


class TestShared:
    def test_a_place_of_the_newer_version_is_found_in_the_older(self):
        shared = Shared("One left. Two stay.", "Well. One left. Two stay.")

        assert shared.old_place(6, 14) == 0
        assert shared.old_place(0, 4) is None

    @given(TEXTS, TEXTS)
    def test_blocks_are_the_same_words_in_order(self, old, new):
        last = (0, 0)

        for block in shared_blocks(old, new):
            assert old[block.old :][: block.length] == new[block.new :][: block.length]
            assert block.old >= last[0]
            assert block.new >= last[1]
            last = (block.old + block.length, block.new + block.length)
