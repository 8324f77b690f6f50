"""Tests of `claims/anchors.py`: where claims stand in a new version of their text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import candidates
from claims.anchors import KEEPING, Anchored, AnchorState, Reanchoring
from shared_files import SHARED, needs_shared

VECTORS = SHARED / "vectors" / "anchoring.json"

STORY = (
    "The council met on Monday. It agreed to close 12 of the town's 40 swimming pools by May. "
    "The opposition voted against the plan. Repairs would have cost $5.5 million, the mayor said. "
    "Two pools in the north stay open."
)
CLAIM = "close 12 of the town's 40 swimming pools by May"


def vectors() -> dict:
    return json.loads(VECTORS.read_text(encoding="utf-8")) if VECTORS.exists() else {"cases": []}


def reanchored(quote: str, new: str, old: str = STORY) -> Anchored:
    start = old.index(quote)
    return Reanchoring(old, new).of(start, start + len(quote))


@needs_shared
class TestVectors:
    def test_a_selector_is_made_as_given(self):
        given = vectors()
        position, quote = given["selectors"]

        words = candidates.words_of(given["v1"], position["start"], position["end"])

        assert words == {name: quote[name] for name in ("exact", "prefix", "suffix")}

    @pytest.mark.parametrize("case", vectors()["cases"], ids=lambda case: case["case"])
    def test_states_are_as_given(self, case):
        given = vectors()
        position = given["selectors"][0]

        found = Reanchoring(given["v1"], case["text"]).of(position["start"], position["end"])

        assert found.state == case["expect_state"]


class TestReanchoring:
    def test_the_same_text_is_exact(self):
        start = STORY.index(CLAIM)

        assert reanchored(CLAIM, STORY) == Anchored(AnchorState.EXACT, start, start + len(CLAIM))

    def test_words_after_an_inserted_paragraph_moved(self):
        new = "Correction: an earlier version misnamed the town.\n" + STORY

        found = reanchored(CLAIM, new)

        assert found.state == AnchorState.MOVED
        assert new[found.start : found.end] == CLAIM

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("close 12 of", "close 14 of", "close 14 of the town's 40 swimming pools by May"),
            ("by May", "by June", "close 12 of the town's 40 swimming pools by June"),
            ("swimming pools", "pools", "close 12 of the town's 40 pools by May"),
            (
                "swimming pools",
                "swimming  pools",
                "close 12 of the town's 40 swimming  pools by May",
            ),
            ("town's", "town’s", "close 12 of the town’s 40 swimming pools by May"),
        ],
    )
    def test_edited_words_are_changed_and_found(self, old, new, words):
        text = STORY.replace(old, new)

        found = reanchored(CLAIM, text)

        assert found.state == AnchorState.CHANGED
        assert text[found.start : found.end] == words

    def test_an_edited_claim_that_moved_too_is_changed(self):
        text = "Update.\n" * 40 + STORY.replace("$5.5 million", "$5.43 million")

        found = reanchored("Repairs would have cost $5.5 million", text)

        assert found.state == AnchorState.CHANGED
        assert text[found.start : found.end] == "Repairs would have cost $5.43 million"

    def test_words_that_are_gone_are_lost(self):
        text = STORY.replace(f"It agreed to {CLAIM}. ", "")

        assert reanchored(CLAIM, text).state == AnchorState.LOST

    def test_an_empty_text_keeps_nothing(self):
        assert reanchored(CLAIM, "").state == AnchorState.LOST

    @pytest.mark.parametrize(
        ("quote", "old", "new"),
        [
            ("2 pools stay open", "Now 2 pools stay open.", "Now 12 pools stay open."),
            ("5 million was spent", "So 5 million was spent.", "So 1.5 million was spent."),
            ("It cost 40", "It cost 40.", "It cost 40,000."),
            ("It cost 40", "It cost 40.", "It cost 40 million."),
            ("It grew by 4", "It grew by 4 points.", "It grew by 4%, points."),
            ("40 was lost", "So 40 was lost.", "So $40 was lost."),
            ("one may enter", "Any one may enter.", "No one may enter."),
            ("approved the plan", "They approved the plan.", "They never approved the plan."),
        ],
    )
    def test_the_same_letters_with_another_number_or_sense_keep_nothing(self, quote, old, new):
        found = reanchored(quote, new, old)

        assert found.state in (AnchorState.CHANGED, AnchorState.LOST)

    @pytest.mark.parametrize(
        "new",
        ["In 2020 it changed. The mayor left.", "Nobody knew. The mayor left.", "The mayor left."],
    )
    def test_numbers_in_the_sentence_before_turn_nothing(self, new):
        found = reanchored("The mayor left", new, "In 2019 it changed. The mayor left.")

        assert found.state in (AnchorState.EXACT, AnchorState.MOVED)

    def test_a_look_alike_elsewhere_is_no_match_for_a_removed_claim(self):
        look_alike = "Elsewhere they close 14 of the town's 40 swimming pools by May."
        old = f"{STORY} {look_alike}"
        new = old.replace(f"It agreed to {CLAIM}. ", "")

        assert reanchored(CLAIM, new, old).state == AnchorState.LOST

    def test_of_two_places_the_one_with_the_same_surroundings_is_it(self):
        old = "Ann said it rained. Bob said it rained."
        new = "Weather. " + old

        found = Reanchoring(old, new).of(old.rindex("it rained"), len(old) - 1)

        assert found.start == new.rindex("it rained")

    def test_a_paragraph_that_went_past_another_moved(self):
        first, second = "The bridge cost 40 million euros. ", "It opened in the spring of 1932. "

        found = reanchored(first.strip(), second * 2 + first, first + second * 2)

        assert found.state == AnchorState.MOVED

    def test_places_that_nothing_tells_apart_are_ambiguous(self):
        found = reanchored(
            "it rained",
            "So it rained, and then it rained, and more.",
            "Yesterday it rained in the north.",
        )

        assert found == Anchored(AnchorState.AMBIGUOUS)

    def test_the_remaining_twin_of_a_removed_claim_is_not_it(self):
        old = "In the north it rained. Nothing else fell. Down south it rained again."

        assert reanchored("it rained", "Down south it rained again.", old).state == AnchorState.LOST

    def test_a_thousand_places_of_one_letter_are_ambiguous(self):
        assert reanchored("b", "b " * 50_000, "Aha b aha.").state == AnchorState.AMBIGUOUS

    def test_a_long_edited_paragraph_is_changed(self):
        words = [f"word{number}" for number in range(400)]
        old = f"Start here. {' '.join(words)}. The end."
        words[200] = "other"
        new = f"Start here. {' '.join(words)}. The end."

        assert reanchored(old[12:-10], new, old).state == AnchorState.CHANGED

    def test_an_edited_first_word_belongs_to_the_claim(self):
        new = STORY.replace("Two pools", "Three pools")

        found = reanchored("Two pools in the north stay open", new)

        assert found.state == AnchorState.CHANGED
        assert new[found.start : found.end] == "Three pools in the north stay open"

    def test_a_thousand_claims_of_a_long_text_keep_their_places(self):
        sentences = [f"In town {n} the mayor opened {n + 2} pools." for n in range(2000)]
        old = " ".join(sentences)
        versions = Reanchoring(old, "Correction. " + old.replace("opened 52 pools", "opened 25"))
        starts = [old.index(sentence) for sentence in sentences[:1000]]

        states = [
            versions.of(start, start + len(sentence) - 1).state
            for start, sentence in zip(starts, sentences, strict=False)
        ]

        assert states.count(AnchorState.MOVED) == 999
        assert states[50] == AnchorState.CHANGED

    @given(st.text("ab 1.,", max_size=40), st.text("ab 1.,", max_size=60), st.data())
    def test_kept_words_are_the_same_words(self, old, new, data):
        text = old + "x"
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))

        found = Reanchoring(text, new).of(start, end)

        if found.state in KEEPING:
            assert new[found.start : found.end] == text[start:end]
        elif found.state == AnchorState.CHANGED:
            assert 0 <= found.start < found.end <= len(new)

    @given(st.text(max_size=60).map(lambda text: text + "."), st.data())
    def test_a_text_keeps_all_its_own_claims(self, text, data):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))

        assert Reanchoring(text, text).of(start, end) == Anchored(AnchorState.EXACT, start, end)
