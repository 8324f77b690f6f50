"""The article cut into pieces: nothing is lost, and claims may overlap, nest and touch."""

from __future__ import annotations

from itertools import pairwise

import pytest

from web.presenting.articles import MOST_STRETCHES, WIDTH, coverage, left_over, paragraphs
from web.presenting.claims import card_of

FINDING = {"state": "open", "verdict": None, "lease": None, "proposed_by": None}


def claim(claim_id, start, end, status="unreviewed"):
    return {
        "id": claim_id,
        "status": status,
        "selector": {"start": start, "end": end},
        "findings": {"fact": FINDING, "said": None},
        "attribution": None,
        "time": None,
        "quantities": [],
        "due_on": None,
    }


def covered(text, *spans, reasons=()):
    """Cut a text as the coverage map does, at every edge of every span."""
    edges = sorted({0, len(text), *(edge for _, *span in spans for edge in span)})
    segments = []
    for start, end in pairwise(edges):
        ids = [claim_id for claim_id, low, high in spans if low <= start and end <= high]
        state = "claim" if ids else "unchecked"
        segments.append(
            {
                "start": start,
                "end": end,
                "text": text[start:end],
                "state": state,
                "reason": None,
                "claim_ids": ids,
            }
        )
    for index, state, reason in reasons:
        segments[index] |= {"state": state, "reason": reason}
    cards = {
        claim_id: card_of(number, claim(claim_id, low, high), None)
        for number, (claim_id, low, high) in enumerate(spans, start=1)
    }
    return {"segments": segments, "facts_left": 0}, cards


class TestParagraphs:
    @pytest.mark.parametrize(
        "spans",
        [
            pytest.param([("a", 4, 9)], id="one"),
            pytest.param([("a", 0, 20), ("b", 5, 10)], id="nested"),
            pytest.param([("a", 0, 10), ("b", 5, 15)], id="overlapping"),
            pytest.param([("a", 0, 10), ("b", 0, 10)], id="same"),
            pytest.param([("a", 0, 26)], id="all of it"),
            pytest.param([], id="none"),
        ],
    )
    def test_every_character_is_shown_once_and_in_order(self, spans):
        text = "abcdefghij 🌉 klmnopqrstuvw"
        found, cards = covered(text, *spans)

        [pieces] = paragraphs(found["segments"], cards)

        assert "".join(piece.text for piece in pieces) == text

    def test_an_empty_line_parts_paragraphs_and_a_line_end_does_not(self):
        found, cards = covered("One.\nStill one.\n \n\nTwo.")

        blocks = paragraphs(found["segments"], cards)

        assert ["".join(p.text for p in block) for block in blocks] == ["One.\nStill one.", "Two."]

    def test_a_claim_that_runs_over_a_paragraph_is_marked_in_both(self):
        found, cards = covered("Start one\n\nend of it. More", ("a", 6, 21))

        first, second = paragraphs(found["segments"], cards)

        assert [p.text for p in first if p.cards] == ["one"]
        assert [p.text for p in second if p.cards] == ["end of it."]

    def test_a_badge_stands_only_where_its_claim_begins(self):
        found, cards = covered("abcdefghij", ("a", 0, 10), ("b", 3, 5))

        [pieces] = paragraphs(found["segments"], cards)

        assert [[card.number for card in piece.begins] for piece in pieces] == [[1], [2], []]

    def test_the_shorter_claim_is_drawn_innermost(self):
        found, cards = covered("abcdefghij", ("a", 3, 5), ("b", 0, 10))

        [pieces] = paragraphs(found["segments"], cards)

        assert [card.number for card in pieces[1].layers] == [2, 1]

    def test_a_text_without_anything_has_no_paragraph(self):
        assert paragraphs([], {}) == []

    def test_a_comma_between_claims_is_no_work_left(self):
        found, cards = covered("ab, cd and", ("a", 0, 2), ("b", 4, 6))

        [pieces] = paragraphs(found["segments"], cards)

        assert [piece.is_work_left for piece in pieces] == [False, False, False, True]


class TestLeftOver:
    def test_a_stretch_begins_with_a_word_or_an_opening_quote(self):
        found, _ = covered("ab,” said “who” . cd ?!", ("a", 0, 2), ("b", 18, 20))

        assert left_over(found["segments"]) == [{"start": 5, "end": 17, "text": "said “who” ."}]


class TestCoverage:
    def test_the_bar_is_as_wide_as_the_text(self):
        found, cards = covered("abcdefghij", ("a", 2, 5))

        bar = coverage(found, cards)

        assert sum(stretch.width for stretch in bar.stretches) == WIDTH
        assert [stretch.look for stretch in bar.stretches] == [
            "unchecked",
            "claim status-unreviewed",
            "unchecked",
        ]

    def test_the_shares_are_said_in_words(self):
        found, cards = covered("abcdefghij", ("a", 0, 5), reasons=[(1, "not_a_claim", "read_also")])

        bar = coverage(found, cards)

        assert bar.sentence == "Of the article’s characters: 50 % claim, 50 % set aside."
        assert bar.reasons == (("read also", 5),)

    def test_a_long_article_is_drawn_in_few_stretches(self):
        spans = [(str(n), 4 * n, 4 * n + 2) for n in range(3000)]
        found, cards = covered("abc " * 3000, *spans)

        assert len(coverage(found, cards).stretches) <= 2 * MOST_STRETCHES

    def test_no_text_has_no_share(self):
        assert coverage({"segments": [], "facts_left": 0}, {}).sentence == (
            "The article has no text."
        )
