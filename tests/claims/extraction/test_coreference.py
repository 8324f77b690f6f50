"""Tests of claims/extraction/coreference: what pronouns and nouns stand for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.coreference import find_references
from claims.extraction.engine import load_engine
from claims.extraction.entities import find_entities, named_alike
from claims.extraction.records import Entity, Reference

Find = Callable[[str], tuple[Reference, ...]]


def found_in(text: str) -> tuple[Reference, ...]:
    doc = load_engine()(text)
    return find_references(doc, 0, named_alike(find_entities(doc), text))


def meant(text: str) -> dict[str, str]:
    """Return what each referring phrase stands for, by its words."""
    return {r.text: r.referent for r in found_in(text)}


class TestFindReferences:
    @pytest.mark.parametrize(
        ("text", "words", "referent"),
        [
            pytest.param(
                "Storm Ciaran killed 12 people in France. It left a million homes without power.",
                "It",
                "Storm Ciaran",
                id="a storm with a name",
            ),
            pytest.param(
                "The Quay Courier reported that 412 were on the ferry Alva when it struck a rock.",
                "it",
                "Alva",
                id="not who reports it",
            ),
            pytest.param(
                "Norway imposed sanctions on Chile in May over its purchase of the ships.",
                "its",
                "Chile",
                id="who is punished for it",
            ),
            pytest.param(
                "The city fined Alpha Bank 3 million euros on Monday for its role in the case.",
                "its",
                "Alpha Bank",
                id="who is fined for it",
            ),
            pytest.param(
                "France signed a contract with Poland in 2020 for its new frigates.",
                "its",
                "France",
                id="nobody is blamed",
            ),
            pytest.param(
                "Anna Borg met Peter Lund at the dam. She opened it.", "She", "Anna Borg", id="she"
            ),
            pytest.param(
                "Anna Borg met Peter Lund at the dam. He left.", "He", "Peter Lund", id="he"
            ),
            pytest.param(
                "Tomas Vrba and Ines Roth won the race. They trained in Kenya.",
                "They",
                "Tomas Vrba and Ines Roth",
                id="two people",
            ),
            pytest.param(
                "Health Minister Jana Novak closed 40 wards. The minister blamed the budget.",
                "The minister",
                "Jana Novak",
                id="role before the name",
            ),
            pytest.param(
                "Jana Novak, head of the clinic, closed 40 wards. She blamed the budget.",
                "She",
                "Jana Novak",
                id="role after the name",
            ),
            pytest.param(
                "Nordic Steel reported a loss. The company will close a mill.",
                "The company",
                "Nordic Steel",
                id="company",
            ),
            pytest.param(
                "The city signed a $3 billion contract. The deal angered the union.",
                "The deal",
                "a $3 billion contract",
                id="another word for the thing",
            ),
            pytest.param(
                "The Clean Water Act was passed in 1972. The law helped fishermen.",
                "The law",
                "Clean Water Act",
                id="law",
            ),
            pytest.param(
                "Prices rose in July. The Riksbank expects a cut. Telbank said it would close.",
                "it",
                "Telbank",
                id="whoever says it, though taken for a person",
            ),
            pytest.param(
                "A quake hit Chile at noon, the Royal Survey said. It was followed by floods.",
                "It",
                "A quake",
                id="no survey that only says so",
            ),
            pytest.param(
                "The contractor, Daniel Ruiz, sued Raymond Kessler and testified against him.",
                "him",
                "Raymond Kessler",
                id="not the subject himself",
            ),
            pytest.param(
                "Nordic Steel applied to the FDA. The company will close a mill.",
                "The company",
                "Nordic Steel",
                id="no regulator",
            ),
            pytest.param(
                "Harbour Rovers and Marlow Steel said they would pay.",
                "they",
                "Harbour Rovers and Marlow Steel",
                id="both who say it",
            ),
            pytest.param(
                "A senior official criticised the plan. The official left early.",
                "The official",
                "A senior official",
                id="somebody unnamed",
            ),
        ],
    )
    def test_it_stands_for_the_last_that_fits(self, text, words, referent):
        assert meant(text)[words] == referent

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            pytest.param(
                "Anna Borg and Maria Lund opened the dam. She left early.", "She", id="two women"
            ),
            pytest.param("It is likely that the dam will hold.", "It", id="an empty word"),
            pytest.param("He left early. Peter Lund stayed.", "He", id="nobody before"),
            pytest.param(
                "Nordic Steel and Baltic Timber merged. The company will close a mill.",
                "The company",
                id="two companies",
            ),
            pytest.param(
                "The Bundestag met. Anyone who cheats would lose it.", "it", id="an object"
            ),
            pytest.param(
                "Sarah Lodge spoke. I asked the Local Government Secretary to act.",
                "the Local Government Secretary",
                id="a certain office",
            ),
            pytest.param(
                "Copper rose in London. The mine was sold to the state.",
                "the state",
                id="the state",
            ),
            pytest.param(
                "The court heard Peter Lund. The ministry declined to comment.",
                "The ministry",
                id="a body that was not named",
            ),
        ],
    )
    def test_nobody_is_guessed(self, text, words):
        assert words not in meant(text)

    def test_whoever_is_quoted_does_not_mean_himself_by_he(self):
        text = "Peter Lund was angry. “He broke the dam,” Peter Lund said."

        assert "He" not in meant(text)

    def test_offsets_are_into_the_article_and_names_come_from_before_the_piece(self):
        before, piece = "Anna Borg opened the dam. ", "She left early."
        borg = Entity(0, 9, "Anna Borg", "person")

        (found,) = find_references(load_engine()(piece), len(before), (borg,))

        assert (before + piece)[found.start : found.end] == found.text == "She"
        assert found.referent == "Anna Borg"

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                [
                    "he",
                    "it",
                    "the minister",
                    "the deal",
                    "Anna Borg",
                    "“",
                    '"',
                    ". ",
                    "\n\n",
                    "they",
                ]
            ),
            max_size=25,
        ).map(" ".join)
        | st.text(max_size=80)
    )
    def test_any_text_gives_spans_inside_it(self, text):
        found = found_in(text)

        assert all(text[r.start : r.end] == r.text and r.referent for r in found)
        assert found == found_in(text)
