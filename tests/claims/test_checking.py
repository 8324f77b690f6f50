"""What `POST /check` finds of articles that are held, and does not claim of others."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import factories
from claims import checking, services, similar
from claims.conflicts import Statement
from claims.extraction.pipeline import extract
from claims.models import Claim
from permissions import SYSTEM

ARTICLES = Path(__file__).resolve().parents[1] / "articles"
HELD = ("archaeology-tomb", "cricket-test", "de-coalition", "ke-drought", "ph-typhoon", "pl-tanks")
OTHERS = ("asean-summit", "bank-results", "club-fine", "election-count", "vaccine-trial")

#: What is held in other words, and words of the claim that says so.
PARAPHRASES = [
    ("India won the fourth Test against England by 157 runs.", "by 157 runs"),
    ("About 1.5 million animals have died in Kenya's drought since October.", "1.5 million"),
    ("Turnout in the German election was 76.6 percent.", "Turnout"),
    ("Poland signed a contract worth $3.4 billion for 672 howitzers in June.", "howitzers"),
    ("In Quezon province 312,000 people had to leave their homes.", "312,000 people"),
]


def read(name):
    """Return an article's text and the day of it."""
    text = (ARTICLES / f"{name}.txt").read_text("utf-8")
    day = json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))["dateline"]
    return text, date.fromisoformat(day)


@pytest.fixture(scope="module")
def readings():
    """What is read in every article, once for all tests."""
    return {
        name: extract(text, dateline=day) for name in HELD + OTHERS for text, day in [read(name)]
    }


@pytest.fixture
def check(session, readings):
    """Hold some articles, and return what answers about a text."""
    for name in HELD:
        text, day = read(name)
        services.ingest(session, text, readings[name], published_on=day, actor=SYSTEM)

    def answer(text, day, reading=None):
        found = reading or extract(text, dateline=day)
        return checking.answers(session, text, day, found, is_private=False)

    return answer


def told(answer):
    return [match for match in answer["matches"] if match["relation"]]


class TestAnswers:
    @pytest.mark.parametrize("name", HELD)
    def test_a_text_that_is_held_is_found_statement_by_statement(self, check, readings, name):
        answers = check(*read(name), readings[name])

        for answer in answers:
            assert (answer["text"], "repeats") in [
                (match["claim"]["text"], match["relation"]) for match in told(answer)
            ]

    @pytest.mark.parametrize("name", OTHERS)
    def test_nothing_is_said_to_be_held_of_other_matters(self, check, readings, name):
        answers = check(*read(name), readings[name])

        assert [a["text"] for a in answers if a["matches"]] == []

    @pytest.mark.parametrize(("text", "words"), PARAPHRASES)
    def test_what_is_held_in_other_words_is_named(self, check, text, words):
        day = next(read(name)[1] for name in HELD if words in read(name)[0])

        found = [match["claim"]["text"] for each in check(text, day) for match in each["matches"]]

        assert any(words in claim for claim in found)

    def test_without_a_relation_only_the_matter_is_said_to_be_the_same(self, check, readings):
        [match, *_] = check(*read("pl-tanks"), readings["pl-tanks"])[0]["matches"]

        words = checking.in_words([{**match, "relation": None}])

        assert words.startswith("Not held in these words. Of the same matter is held: “Poland")
        assert words.endswith("(not decided yet).")

    def test_parts_of_one_sentence_do_not_contradict_each_other(self, check, readings):
        answers = check(*read("ke-drought"), readings["ke-drought"])

        assert "contradicts" not in {m["relation"] for a in answers for m in told(a)}


class TestComparedWith:
    def test_a_claim_that_repeats_itself_is_the_same_whatever_it_names(self, session):
        words = "India signed the contract for five S-400 regiments in October 2018."
        claim = factories.make_claim(
            session, text=words, candidates=(factories.candidate(words, words),)
        )
        statement = similar.statement_of_claim(session.get_one(Claim, claim.id), "2021-12-14")

        [found] = similar.compared_with(session, statement)

        assert found.relation == "repeats"

    def test_words_shared_by_chance_are_no_relation(self, session):
        words = "At least 17 people were killed."
        factories.make_claim(session, text=words, candidates=(factories.candidate(words, words),))
        statement = Statement("At least 1.6 million people have fled the fighting.")

        assert similar.compared_with(session, statement, is_wide=True) == []
