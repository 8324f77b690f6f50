"""The whole pipeline: spans, determinism, and statements of several kinds of news."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.pipeline import MOST_SENTENCES, extract
from errors import ExtractionError

DAY = date(2021, 12, 14)


def texts(text, **given):
    return [text[c.start : c.end] for c in extract(text, dateline=DAY, **given).candidates]


def only(text):
    found = extract(text, dateline=DAY).candidates
    assert len(found) == 1, [text[c.start : c.end] for c in found]
    return found[0]


class TestExtract:
    @settings(max_examples=40, deadline=None)
    @given(st.text(max_size=300))
    def test_any_text_gives_spans_that_lie_in_it_and_do_not_cross(self, text):
        found = extract(text, dateline=DAY, language="en")

        assert "".join(text[s.start : s.end] for s in found.segments) == text
        place = 0
        for candidate in found.candidates:
            assert place <= candidate.start < candidate.end <= len(text)
            place = candidate.end
        assert extract(text, dateline=DAY, language="en") == found

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "The mayor opened the bridge in 1932 and the council sold it in 1990.",
                ["The mayor opened the bridge in 1932", "the council sold it in 1990"],
            ),
            (
                "In Veneto, 40 percent of patients wait more than a month.",
                ["In Veneto, 40 percent of patients wait more than a month"],
            ),
            (
                "The $3 billion contract for ten ferries angered the union.",
                ["The $3 billion contract for ten ferries", "angered the union"],
            ),
            (
                "Health Minister Jana Novak said that 40 hospitals were closed in May.",
                ["40 hospitals were closed in May"],
            ),
            (
                "Her remarks come as deliveries of the vaccine have started.",
                ["deliveries of the vaccine have started"],
            ),
            ("Will the bank survive?", []),
            ("Monday morning.", []),
        ],
        ids=[
            "two verbs",
            "place first",
            "amount in a noun",
            "said",
            "led over",
            "question",
            "fragment",
        ],
    )
    def test_statements_stand_alone(self, text, expected):
        assert texts(text) == expected

    def test_offsets_count_code_points(self):
        text = "👩‍🚀 e\u0301toile. The probe landed on Mars in February 2021. 🚀"

        assert "The probe landed on Mars in February 2021" in texts(text)

    @pytest.mark.parametrize(
        ("text", "modality"),
        [
            ("The company could sell the factory.", "possible"),
            ("The company will sell the factory.", "planned"),
            ("The company will sell the factory if the state agrees.", "conditional"),
            ("The company did not sell the factory.", "negated"),
            ("The company sold the factory.", "asserted"),
        ],
    )
    def test_modality_says_how_firmly(self, text, modality):
        assert only(text).modality == modality

    def test_a_second_aim_is_a_prediction_with_its_own_time(self):
        text = (
            "The bank plans to close ten branches in May and to sell its tower by the end of 2025."
        )
        found = extract(text, dateline=DAY).candidates

        assert [(c.kind, c.due_on) for c in found] == [
            ("prediction", "2022-05-31"),
            ("prediction", "2025-12-31"),
        ]

    def test_a_sentence_ends_after_a_unit(self):
        text = "The dam will cost the city £40m. Northern Rail closed ten stations."

        assert texts(text) == [
            "The dam will cost the city £40m",
            "Northern Rail closed ten stations",
        ]

    def test_an_opinion_cannot_be_checked(self):
        found = only("I believe that the park is beautiful.")

        assert (found.kind, found.is_checkable) == ("opinion", False)

    def test_a_prediction_is_due_by_its_time(self):
        found = only("The tunnel will open by the end of 2025.")

        assert (found.kind, found.due_on) == ("prediction", "2025-12-31")

    def test_the_perfect_happened_by_the_dateline(self):
        found = only("The army has destroyed the old mines.")

        assert (found.time.earliest, found.time.latest) == (None, "2021-12-14")

    def test_an_abbreviation_is_the_law_it_stands_for(self):
        text = "The Clean Water Act (CWA) was passed in 1972. Fishermen backed the CWA in court."

        names = {
            e.name
            for c in extract(text, dateline=DAY).candidates
            for e in c.entities
            if e.type == "law"
        }

        assert names == {"Clean Water Act"}

    def test_too_many_sentences_are_refused(self):
        with pytest.raises(ExtractionError, match="sentences"):
            extract("Go. " * (MOST_SENTENCES + 1), dateline=DAY)

    @pytest.mark.parametrize(
        "unit", ["a", "(", "“a” ", "He said so. ", "U.S. ", "1,", "<div>", "a\u0301", "说", "\n"]
    )
    def test_repeated_fragments_end(self, unit):
        text = (unit * 60_000)[:60_000]

        try:
            found = extract(text, dateline=DAY)
        except ExtractionError:
            return
        assert sum(s.end - s.start for s in found.segments) == len(text)


class TestAttribution:
    @pytest.mark.parametrize(
        ("text", "who", "what"),
        [
            (
                "“The trains will run again on Friday,” operator chief Ola Berg told TV 3.",
                "Ola Berg",
                "The trains will run again on Friday",
            ),
            (
                "According to the central bank, inflation fell to 3 percent in March.",
                "central bank",
                "inflation fell to 3 percent in March",
            ),
            (
                "Asked about it, Governor Lee Park replied: The dam is safe and was inspected.",
                "Lee Park",
                None,
            ),
            (
                "A senior official said the talks had failed.",
                "A senior official",
                "the talks had failed",
            ),
        ],
        ids=["direct", "according to", "colon", "unnamed"],
    )
    def test_whoever_said_it_is_the_claimant(self, text, who, what):
        found = [c for c in extract(text, dateline=DAY).candidates if c.claimant]

        assert found
        assert found[0].claimant.name == who
        if what:
            assert text[found[0].start : found[0].end] == what

    def test_a_surname_and_a_pronoun_mean_the_one_named_before(self):
        text = (
            "Finance Minister Aiko Tanaka said the budget was balanced. Tanaka said taxes would "
            "fall. She added that wages had risen by 2 percent."
        )

        found = [c.claimant.name for c in extract(text, dateline=DAY).candidates if c.claimant]

        assert found == ["Aiko Tanaka"] * 3
