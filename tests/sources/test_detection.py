"""Signs that a text got it from another: what is one, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import detection

STORY = (
    "The harbour authority signed a contract for two cranes on Monday, its director said. "
    "The cranes will be delivered by a yard in the north before the end of next year, and "
    "the old ones will be taken down once the new ones have been tested for six months. "
    "The price was not disclosed, but a person who knows the contract put it at forty million."
)


class TestOverlap:
    def test_wire_copy_inside_a_longer_story_is_a_copy(self):
        longer = "Our own long introduction to the matter. " * 9 + STORY + " And our own end." * 9

        found = detection.overlap_of(
            detection.shingles_of(STORY), detection.shingles_of(longer.upper())
        )

        assert found.is_copy
        assert found.contained == 1.0

    def test_half_of_a_short_text_is_enough_and_less_is_not(self):
        words = detection.words_of(STORY)
        half = " ".join(words[: len(words) // 2]) + " and then all is told in other words" * 1
        third = " ".join(words[: len(words) // 5]) + " " + " ".join(f"word{n}" for n in range(50))

        whole = detection.shingles_of(STORY)

        assert detection.overlap_of(whole, detection.shingles_of(half)).is_copy
        assert not detection.overlap_of(whole, detection.shingles_of(third)).is_copy

    def test_a_line_or_two_is_too_little_to_tell(self):
        line = "The harbour authority signed a contract for two cranes on Monday."

        assert not detection.overlap_of(
            detection.shingles_of(line), detection.shingles_of(line)
        ).is_copy

    def test_of_a_long_text_a_part_is_kept_and_the_same_part_of_a_copy(self):
        text = " ".join(f"word{n * n % 9973}" for n in range(2_000))

        one, other = detection.print_of(text), detection.print_of("New head. " + text)

        assert len(one.sample) < one.shingles / 3
        assert len(one.sample & other.sample) > 0.99 * len(one.sample)


class TestTextKey:
    def test_marks_case_and_spaces_do_not_matter(self):
        assert detection.text_key(STORY) == detection.text_key(STORY.upper().replace(" ", "\n"))

    def test_a_scrap_and_a_withheld_text_have_none(self):
        assert detection.text_key("Read more.") is None
        assert detection.text_key("█" * 500) is None


class TestCredits:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("It opened. (With contributions from AP)", ["AP"]),
            ("It opened.\n\n(With inputs from Northern Wire)", ["Northern Wire"]),
            (
                "(With reporting by Ann Lee, The Coast and Agence Nord)",
                ["Ann Lee", "The Coast", "Agence Nord"],
            ),
            ("It opened in May.\n— Reuters", ["Reuters"]),
            ("Source: Northern Wire", ["Northern Wire"]),
            ("PARIS, Dec 10 (Nord Presse) - It opened.", ["Nord Presse"]),
            ("It opened — and closed again.", []),
            ("He came with material from the north.", []),
            ("The source: nobody knows.", []),
        ],
    )
    def test_credit_lines_name_whose_story_it_is(self, text, names):
        assert [mention.name for mention in detection.credits_in(text)] == names

    def test_agencies_in_general_are_nobody(self):
        assert not detection.is_agency_name("Agencies")
        assert detection.is_agency_name("Northern Wire")


class TestCitations:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("It will open, according to The Coastal Times.", "The Coastal Times"),
            ("It will open, citing a report by Nord Presse.", "Nord Presse"),
            ("Rao told Northern Wire on Monday.", "Northern Wire"),
            ("Harbour Post reported on Monday that it opened.", "Harbour Post"),
        ],
    )
    def test_phrases_name_where_it_is_from(self, text, name):
        found = [mention.name for mention in detection.citations_in(text)]

        assert any(name in detection.name_forms(each) for each in found)

    def test_officials_in_small_letters_are_nobody(self):
        assert detection.citations_in("It will open, according to two officials.") == []

    @pytest.mark.parametrize("text", ["A." * 200_000, "A " * 200_000, "“" * 200_000, "(" * 200_000])
    def test_hostile_texts_are_read_in_a_moment(self, text):
        assert len(detection.credits_in(text) + detection.citations_in(text)) < 5
        assert detection.quotes_of(text) == []


class TestQuotes:
    def test_a_long_quote_that_both_print_is_found_as_printed(self):
        one = "“India is first on our list and will stay there for years,” Orlov said."
        other = 'Orlov said: "India is first on our list, and will stay there for years."'

        assert detection.shared_quote(one, other) == (
            "India is first on our list and will stay there for years"
        )

    def test_a_few_words_are_nobodys_own(self):
        assert detection.quotes_of("“We will see what happens next,” he said.") == []


class TestWordsOf:
    @given(st.text())
    def test_plain_text_is_read_like_any_other(self, text):
        # Another script at the end has the words folded one by one.
        words = detection.words_of(f"{text} ж")

        assert detection.words_of(text) == words[:-1]


class TestCanBeCopy:
    def test_what_shares_next_to_nothing_of_many_shingles_is_not_compared(self):
        assert not detection.can_be_copy(9, 40)
        assert detection.can_be_copy(10, 40)

    def test_few_shingles_tell_nothing(self):
        assert detection.can_be_copy(1, 39)


class TestSpeakersIn:
    @pytest.mark.parametrize(
        ("text", "described", "head", "marks"),
        [
            ("A police source said so.", "A police source", "person", {"police"}),
            (
                "The deal fails, two people familiar with the merger talks told the paper.",
                "two people familiar with the merger talks",
                "person",
                {"merger", "talks"},
            ),
            (
                "An official at the harbour office, who asked not to be named, saw it.",
                "An official at the harbour office",
                "official",
                {"harbour", "office"},
            ),
        ],
    )
    def test_it_reads_what_they_are_called(self, text, described, head, marks):
        [found] = detection.speakers_in(text)

        assert (found.described, found.head, found.marks) == (described, head, marks)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("Officials said so. An official said so.", id="nothing tells them apart"),
            pytest.param("A senior official resigned.", id="tells nothing"),
            pytest.param("A ferry with 290 people sank, police said.", id="no speaker"),
            pytest.param("A senior official resigned. The mayor said so.", id="others tell"),
        ],
    )
    def test_who_is_not_described_or_says_nothing_is_left_out(self, text):
        assert detection.speakers_in(text) == []

    def test_of_a_long_text_so_many_are_looked_at_and_so_many_listed(self):
        silent, telling = "A senior aide resigned. ", "A senior envoy said so. "
        most = 10 * detection.MOST_SPEAKERS

        found = detection.speakers_in(silent * (most - 1) + telling)

        assert [each.described for each in found] == ["A senior envoy"]
        assert detection.speakers_in(silent * most + telling) == []
        assert len(detection.speakers_in(telling * most)) == detection.MOST_SPEAKERS

    def test_of_a_longer_text_the_beginning_is_read(self):
        telling = "A senior aide said so. "

        assert detection.speakers_in("x" * detection.MOST_LETTERS + f". {telling}") == []
