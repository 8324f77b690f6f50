"""Who stated what, through the whole pipeline: the forms in which newspapers tell it."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.attribute import find_attributions
from claims.extraction.coreference import find_references
from claims.extraction.engine import load_engine
from claims.extraction.pipeline import extract
from claims.extraction.records import Candidate

DAY = date(2021, 12, 14)


def claim_in(text: str, words: str) -> Candidate:
    """Return the claim that holds these words."""
    start = text.index(words)
    return next(
        c
        for c in extract(text, dateline=DAY, language="en").candidates
        if c.start <= start and start + len(words) <= c.end
    )


class TestWhoStatedIt:
    @pytest.mark.parametrize(
        ("text", "words", "name"),
        [
            pytest.param(
                "Ola Berg told TV Nord on Monday: Without a doubt, the ferries will run again.",
                "the ferries will run again",
                "Ola Berg",
                id="colon without marks",
            ),
            pytest.param(
                '"The dam broke at noon, said Anna Borg.',
                "The dam broke at noon",
                "Anna Borg",
                id="closing mark lost",
            ),
            pytest.param(
                'The dam broke at noon," said Anna Borg.',
                "The dam broke at noon",
                "Anna Borg",
                id="opening mark lost",
            ),
            pytest.param(
                "“The ferries are safe,” Ola Berg said. “They were built in 1990,” he added.",
                "They were built in 1990",
                "Ola Berg",
                id="he added",
            ),
            pytest.param(
                "“The bridge is closed,” said Mayor Ines Roth. “It will cost $3 million.\n\n"
                "“The work has begun.”",
                "The work has begun",
                "Ines Roth",
                id="goes on in the next paragraph",
            ),
            pytest.param(
                "Mayor Ines Roth spoke on Friday. “The bridge is closed.\n\n"
                "“It will open in June,” she said.",
                "The bridge is closed",
                "Ines Roth",
                id="told whose it is in the next paragraph",
            ),
            pytest.param(
                "According to two people familiar with the matter, the merger was called off.",
                "the merger was called off",
                "two people familiar with the matter",
                id="according to",
            ),
            pytest.param(
                "Anna Borg: The dam is safe and was inspected in May.",
                "The dam is safe",
                "Anna Borg",
                id="a name before a colon",
            ),
            pytest.param(
                "Nordic Steel reported a loss. The company said it would cut 200 jobs.",
                "it would cut 200 jobs",
                "Nordic Steel",
                id="the company",
            ),
            pytest.param(
                "Coach Tom Reed left early. The coach said the stadium was full.",
                "the stadium was full",
                "Tom Reed",
                id="the coach",
            ),
            pytest.param(
                "Mr Lund lost. His lawyer, Eva Stern, said the appeal was filed in March.",
                "the appeal was filed in March",
                "Eva Stern",
                id="a name after a role",
            ),
            pytest.param(
                "Anna Borg and Maria Lund met. She said the deal was done.",
                "the deal was done",
                "She",
                id="two fit, nobody is guessed",
            ),
        ],
    )
    def test_the_claimant_is_whoever_said_it(self, text, words, name):
        claim = claim_in(text, words)

        assert claim.claimant is not None
        assert claim.claimant.name == name

    def test_an_unnamed_speaker_keeps_the_description_when_spoken_of_again(self):
        text = (
            "A senior official who asked not to be named said the talks had failed. "
            "He added that the envoy had left."
        )

        claimant = claim_in(text, "the envoy had left").claimant

        assert claimant.name == "A senior official who asked not to be named"
        assert claimant.is_anonymous

    @pytest.mark.parametrize(
        ("text", "name", "role"),
        [
            (
                "Deputy Prime Minister Yuri Malik said exports fell by 4 percent.",
                "Yuri Malik",
                "Deputy Prime Minister",
            ),
            (
                "Lena Holm, head of the National Bank, left. Holm said exports fell by 4 percent.",
                "Lena Holm",
                "head of the National Bank",
            ),
            ("The minister, Jana Novak, said exports fell by 4 percent.", "Jana Novak", "minister"),
        ],
    )
    def test_the_role_stands_before_or_after_the_name(self, text, name, role):
        claimant = claim_in(text, "exports fell by 4 percent").claimant

        assert (claimant.name, claimant.role) == (name, role)

    def test_what_was_denied_is_not_so_and_the_verb_is_kept(self):
        text = "Jana Novak denied that three hospitals had been closed."

        claim = claim_in(text, "three hospitals had been closed")

        assert (claim.modality, claim.attribution.verb) == ("negated", "deny")

    @pytest.mark.parametrize(
        ("text", "venue"),
        [
            ("Lena Holm told RTV television that rates had risen.", "RTV television"),
            (
                "In an interview with Radio Nord, Lena Holm said rates had risen.",
                "interview with Radio Nord",
            ),
            ("“The rates had risen,” Lena Holm wrote on Twitter.", "Twitter"),
            (
                "In a statement to parliament, Lena Holm said rates had risen.",
                "statement to parliament",
            ),
        ],
    )
    def test_the_venue_is_where_it_was_said(self, text, venue):
        assert claim_in(text, "rates had risen").attribution.venue == venue

    def test_the_day_of_saying_comes_from_the_times_of_the_article(self):
        text = "Lena Holm told reporters on Monday that the mill will close in May."

        said_on = claim_in(text, "the mill will close in May").attribution.said_on

        assert (said_on.text, said_on.earliest) == ("Monday", "2021-12-13")

    def test_a_name_reaches_across_the_pieces_that_are_parsed(self):
        filler = "The river rose slowly and the fields stayed dry all week. " * 400
        text = f"Anna Borg opened the dam. {filler}\n\nAnna Borg left. Borg said it was safe."

        assert claim_in(text, "it was safe").claimant.name == "Anna Borg"


UNITS = ["he says ", "said ", "according to ", "he said: ", '"a" said ', "“no” he said “", "Mr A, "]


class TestWork:
    @pytest.mark.parametrize("unit", UNITS)
    def test_it_grows_with_the_text_and_no_faster(self, unit):
        assert calls_for(unit * 600) <= 1.25 * 4 * calls_for(unit * 150)

    @settings(max_examples=20, deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                [*UNITS, "(", ")", "[", "]", "“", "”", '"', "''", ". ", "\n\n", ": ", "it ", "é😀 "]
            ),
            max_size=40,
        ).map("".join)
    )
    def test_soup_gives_spans_inside_it_and_the_same_again(self, text):
        found = attributions_in(text)

        spans = [s for a in found for s in (*a.source, *a.cue, *a.content)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert found == attributions_in(text)


def words_of(text, attribution):
    """Return the content of an attribution as printed."""
    return " ".join(text[span.start : span.end] for span in attribution.content)


def attributions_in(text):
    return find_attributions(load_engine()(text), dateline=DAY)


def calls_for(text: str) -> int:
    """Return how many functions are called to find attributions and references."""
    doc = load_engine()(text)
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        find_attributions(doc, dateline=DAY)
        find_references(doc)
    finally:
        sys.setprofile(before)
    return count


class TestMisreadSentences:
    def test_a_statement_told_after_a_comma_is_no_statement_of_its_own(self):
        text = (
            "Norland has begun to deliver ships to Falk, Deputy Defence Minister Arvo Rand told "
            "Northern Post on Monday."
        )

        (found,) = extract(text, dateline=DAY).candidates

        assert text[found.start : found.end] == "Norland has begun to deliver ships to Falk"
        assert (found.claimant.name, found.claimant.role) == (
            "Arvo Rand",
            "Deputy Defence Minister",
        )
        assert found.attribution.said_on.earliest == "2021-12-13"
        assert found.attribution.venue == "Northern Post"

    def test_a_claim_keeps_the_subject_that_was_taken_for_a_verb(self):
        text = (
            "The Global Health Organization (GHO) said in a report that measles cases in the "
            "region had doubled between 2018 and 2020."
        )

        (found,) = extract(text, dateline=DAY).candidates

        assert text[found.start : found.end].startswith("measles cases in the region had doubled")
        assert found.claimant.name == "Global Health Organization"

    @pytest.mark.parametrize(
        ("text", "claim", "name"),
        [
            (
                "The state news agency KCNA quoted leader Kim as saying the country would respond.",
                "the country would respond",
                "Kim",
            ),
            (
                "Germany's Christian Lind was quoted by Bild as saying that growth came first.",
                "that growth came first",
                "Christian Lind",
            ),
            (
                "The plant will close in May, the Ledger reported, citing people close to it.",
                "The plant will close in May",
                "Ledger",
            ),
            (
                "The World Health Organization said Wednesday the outbreak was over.",
                "the outbreak was over",
                "World Health Organization",
            ),
            (
                "The weather bureau said winds had reached 215 km/h. It lifted warnings at noon.",
                "winds had reached 215 km/h.",
                "weather bureau",
            ),
        ],
    )
    def test_what_was_said_is_who_said_it_and_no_more(self, text, claim, name):
        found = attributions_in(text)

        assert [(a.claimant.name, words_of(text, a)) for a in found] == [(name, claim)]

    def test_a_described_thing_is_not_what_was_found(self):
        text = "Astronomers have found water on a comet that came from afar."

        (found,) = extract(text, dateline=DAY).candidates

        assert text[found.start : found.end] == text[:-1]

    def test_an_agency_is_not_the_storm_named_before_it(self):
        text = (
            "Typhoon Sendong destroyed more than 8,000 homes on the island of Samar, the disaster "
            "agency said on Sunday."
        )

        assert claim_in(text, "8,000 homes").claimant.name == "disaster agency"

    def test_a_role_keeps_the_words_after_its_owner(self):
        text = (
            "The wealth fund lost 6 billion euros in the first quarter as stock markets fell, its "
            "chief executive, Nils Hauge, told a news conference on Thursday."
        )

        claimant = claim_in(text, "6 billion").claimant
        assert (claimant.name, claimant.role) == ("Nils Hauge", "chief executive")

    def test_a_quote_within_a_claim_is_closed(self):
        text = 'Coach Rita Klein said the striker "is the player we were missing".'

        (found,) = extract(text, dateline=DAY).candidates

        assert text[found.start : found.end].count('"') == 2
