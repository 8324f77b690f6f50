"""How two statements stand to each other: labelled pairs through the real extraction, and rules."""

import json
from pathlib import Path

import pytest

from bench.conflicts import score
from claims.conflicts import Outcome, Statement, compare

PAIRS = json.loads((Path(__file__).parent / "conflict_pairs.json").read_text("utf-8"))


def money(text, value, unit="USD"):
    return {"kind": "money", "text": text, "value": value, "unit": unit}


def contract(amount, **given):
    return Statement(f"The contract is worth {amount['text']}.", quantities=[amount], **given)


class TestLabelledPairs:
    def test_conflicts_are_told_from_look_alikes(self):
        found = score(PAIRS)

        assert found["contradicts_precision"] >= 0.95
        assert found["contradicts_recall"] >= 0.95
        assert found["relations_right"] >= 0.9


class TestCompare:
    def test_an_amount_that_does_not_round_to_the_other_contradicts(self):
        found = compare(
            contract(money("$5.5 billion", "5500000000")),
            contract(money("$5.43 billion", "5430000000")),
        )

        assert found.outcome is Outcome.CONTRADICTS
        assert found.explanation == (
            "The amounts exclude each other: $5.5 billion against $5.43 billion."
        )

    def test_an_amount_that_rounds_to_the_other_refines(self):
        found = compare(
            contract(money("$5.4 billion", "5400000000")),
            contract(money("$5.43 billion", "5430000000")),
        )

        assert found.outcome is Outcome.REFINES

    def test_an_amount_for_each_year_is_not_set_against_one_in_all(self):
        one = Statement(
            "The bridge costs 9 euros a year.", quantities=[money("9 euros", "9", "EUR")]
        )
        other = Statement("The bridge costs 80 euros.", quantities=[money("80 euros", "80", "EUR")])

        assert compare(one, other).outcome is Outcome.NOT_COMPARABLE

    def test_a_later_report_of_a_change_updates(self):
        found = compare(
            Statement("The road to Harbourtown is closed.", published_on="2023-05-10"),
            Statement("The road to Harbourtown has reopened.", published_on="2023-05-13"),
        )

        assert found.outcome is Outcome.UPDATES

    def test_what_was_not_known_before_updates(self):
        found = compare(
            Statement("The cause of the fire is not known.", published_on="2023-05-10"),
            Statement("The cause of the fire was a candle.", published_on="2023-05-13"),
        )

        assert found.outcome is Outcome.UPDATES

    def test_what_is_denied_on_the_same_day_is_no_update(self):
        denied = Statement("taxes would rise", verb="deny", published_on="2023-05-10")
        said = Statement("taxes will rise", modality="planned", published_on="2023-05-10")

        assert compare(denied, said).outcome is Outcome.CONTRADICTS

    def test_a_plan_is_not_updated_by_what_was_reported_on_the_same_day(self):
        planned = contract(
            money("$45 million", "45000000"), modality="planned", published_on="2023-05-10"
        )
        told = contract(money("$35 million", "35000000"), published_on="2023-05-10")

        assert compare(planned, told).outcome is Outcome.CONTRADICTS

    def test_what_was_put_off_updates(self):
        one, other = [
            Statement(
                text,
                modality="planned",
                time={"text": words, "earliest": day, "latest": day, "precision": "day"},
                published_on=published_on,
            )
            for text, words, day, published_on in (
                ("The results will be declared on May 5.", "May 5", "2023-05-05", "2023-04-24"),
                ("The results will now be declared on May 8.", "May 8", "2023-05-08", "2023-05-03"),
            )
        ]

        assert compare(one, other).outcome is Outcome.UPDATES

    def test_a_count_that_shrank_is_no_count_that_grew(self):
        one, other = [
            Statement(
                f"{words} were killed.",
                quantities=[{"kind": "count", "text": words, "value": value, "unit": "people"}],
                published_on=day,
            )
            for words, value, day in (
                ("40 people", "40", "2023-05-10"),
                ("31 people", "31", "2023-05-11"),
            )
        ]

        assert compare(one, other).outcome is Outcome.CONTRADICTS

    def test_each_speaker_s_own_country_is_meant(self):
        one, other = [
            Statement(
                f"the deficit would be {words}",
                claimant=who,
                role=role,
                quantities=[{"kind": "percent", "text": words, "value": value, "unit": "percent"}],
            )
            for who, role, words, value in (
                ("Janis Ozolins", "Latvian finance minister", "3.5 percent", "3.5"),
                ("Rasa Petra", "Lithuanian finance minister", "4.9 percent", "4.9"),
            )
        ]

        assert compare(one, other).outcome is Outcome.UNRELATED

    def test_who_it_was_not_that_said_it_contradicts_who_says_it_was(self):
        one = Statement("the roof was never inspected", claimant="Marta Ruiz", source="Marta Ruiz")
        other = Statement(
            "the roof was never inspected",
            claimant="caretaker",
            source="the caretaker, not headteacher Marta Ruiz",
        )

        found = compare(one, other)

        assert found.outcome is Outcome.CONTRADICTS
        assert found.explanation == "They name different speakers: Marta Ruiz and caretaker."

    @pytest.mark.parametrize(
        ("other", "outcome"),
        [
            ("The works will not close if the subsidy is granted.", Outcome.NOT_COMPARABLE),
            ("The works will not close if the subsidy is refused.", Outcome.CONTRADICTS),
        ],
    )
    def test_what_holds_on_another_condition_is_not_comparable(self, other, outcome):
        one = Statement("The works will close if the subsidy is refused.")

        assert compare(one, Statement(other)).outcome is outcome

    def test_another_deadline_contradicts(self):
        one, other = [
            Statement(
                f"Ballots must be returned by {words}.",
                time={"text": words, "latest": day, "precision": "day", "qualifier": "by"},
            )
            for words, day in (("8 October", "2022-10-08"), ("1 October", "2022-10-01"))
        ]

        assert compare(one, other).outcome is Outcome.CONTRADICTS

    def test_each_report_of_its_own_week_is_not_compared(self):
        one, other = [
            Statement(
                "The central bank raised its key rate on Thursday.",
                time={"text": "Thursday", "earliest": day, "latest": day, "precision": "day"},
                published_on=published_on,
            )
            for day, published_on in (("2022-05-12", "2022-05-13"), ("2022-06-23", "2022-06-24"))
        ]

        assert compare(one, other).outcome is Outcome.NOT_COMPARABLE

    def test_who_sells_to_whoever_buys_is_no_conflict(self):
        one = Statement("The shipping line Thalassa was sold to Maritima.")
        other = Statement("Maritima bought the shipping line Thalassa.")

        assert compare(one, other).outcome is not Outcome.CONTRADICTS

    @pytest.mark.parametrize(
        ("bought", "number", "outcome"),
        [
            ("five systems", "5", Outcome.CONTRADICTS),
            ("nine frigates", "9", Outcome.NOT_COMPARABLE),
        ],
    )
    def test_what_another_number_cost_is_another_thing(self, bought, number, outcome):
        one, other = [
            Statement(
                f"India signed the {words} contract for {count} in 2018",
                quantities=[
                    money(words, value),
                    {
                        "kind": "count",
                        "text": count,
                        "value": many,
                        "unit": count.partition(" ")[2],
                    },
                ],
            )
            for words, value, count, many in (
                ("$5.43 billion", "5430000000", "five regiments", "5"),
                ("$5.5 billion", "5500000000", bought, number),
            )
        ]

        assert compare(one, other).outcome is outcome

    def test_one_day_s_thursday_is_one_thursday(self):
        one, other = [
            Statement(
                f"Hungary {verb} the package on Thursday.",
                time={"text": "Thursday", "earliest": day, "latest": day, "precision": "day"},
                published_on="2023-05-10",
            )
            for verb, day in (("accepted", "2023-05-11"), ("vetoed", "2023-05-04"))
        ]

        assert compare(one, other).outcome is Outcome.CONTRADICTS

    def test_a_part_of_a_statement_is_refined_by_it(self):
        found = compare(
            Statement("Police put the toll at 23"),
            Statement("Police put the toll at 23, up from 14 a day earlier."),
        )

        assert found.outcome is Outcome.REFINES

    def test_a_part_that_is_denied_is_not(self):
        found = compare(
            Statement("the reactor leaked", verb="deny"), Statement("the reactor leaked on Monday")
        )

        assert found.outcome is Outcome.CONTRADICTS

    def test_another_noun_in_the_same_words_does_not_repeat(self):
        one, other = Statement("Rovers lost in the league."), Statement("Rovers lost in the cup.")

        assert compare(one, other).outcome is Outcome.UNRELATED

    def test_another_currency_is_said(self):
        found = compare(
            contract(money("$5.4 billion", "5400000000")),
            contract(money("5 billion euros", "5000000000", "EUR")),
        )

        assert found.outcome is Outcome.NOT_COMPARABLE
        assert found.explanation == "In another currency: USD and EUR."

    def test_two_speakers_of_one_statement_repeat_it(self):
        amount = money("$5.4 billion", "5400000000")

        found = compare(contract(amount, claimant="Ana"), contract(amount, claimant="Ben"))

        assert found.outcome is Outcome.REPEATS
        assert "stated by Ana and by Ben" in found.explanation

    def test_who_denies_it_contradicts_who_says_it(self):
        said = Statement("the reactor had leaked", claimant="Ana", verb="say")
        denied = Statement("the reactor had leaked", claimant="Ben", verb="deny")

        assert compare(said, denied).outcome is Outcome.CONTRADICTS

    @pytest.mark.parametrize("text", ["x 2", "It is.", "The reactor leaked."])
    def test_what_is_word_for_word_the_same_repeats(self, text):
        found = compare(Statement(text), Statement(text.upper()))

        assert found.outcome is Outcome.REPEATS

    @pytest.mark.parametrize(
        "other",
        [
            {"modality": "planned"},
            {"claimant": "Ana"},
            {"time": {"earliest": "2021-07-01", "latest": "2021-07-31"}},
        ],
    )
    def test_the_same_few_words_of_something_else_do_not(self, other):
        found = compare(Statement("It is so."), Statement("It is so.", **other))

        assert found.outcome is Outcome.UNRELATED

    @pytest.mark.parametrize("text", ["", "…", "40", "It is."])
    def test_what_says_nothing_is_unrelated(self, text):
        assert compare(Statement(text), Statement("The reactor leaked.")).outcome is (
            Outcome.UNRELATED
        )

    def test_it_reads_the_same_from_both_sides(self):
        one = contract(money("$5.5 billion", "5500000000"))
        other = contract(money("$5.43 billion", "5430000000"))

        assert compare(one, other).outcome is compare(other, one).outcome

    def test_shared_words_are_named_as_each_text_prints_them(self):
        found = compare(
            Statement("Ministers purchased the re-elected mayor's ferries in Harbourtown."),
            Statement("The minister buys the ferry of the reelected mayor in Harbourtown."),
        )

        assert found.explanation == (
            "They have the same words (Harbourtown, mayor), words for the same "
            "(purchased and buys, ferries and ferry, re-elected and reelected)."
        )

    def test_a_phrase_is_named_whole(self):
        found = compare(
            Statement("The mayor of Harbourtown stepped down."),
            Statement("The mayor of Harbourtown resigned."),
        )

        assert "(stepped down and resigned)" in found.explanation

    def test_words_that_exclude_each_other_are_named_as_printed(self):
        found = compare(
            Statement("Harbourtown's exports increased sharply."),
            Statement("Harbourtown's exports were declining sharply."),
        )

        assert found.explanation == "They exclude each other: “increased” against “declining”."
