"""Text from outside is escaped, and what nobody would see in it is shown by name."""

from __future__ import annotations

import pytest

from web.presenting.texts import (
    boxed_text,
    hidden_characters,
    plain_words,
    pseudonym,
    sentence_around,
    visible_text,
    web_address,
)

ANA = "3f2a9c11-0d4e-4a57-9a8e-0b8a52a1c001"


class TestVisibleText:
    def test_markup_is_shown_and_not_obeyed(self):
        assert visible_text("<script>a & b</script>") == "&lt;script&gt;a &amp; b&lt;/script&gt;"

    @pytest.mark.parametrize(
        ("letter", "code"),
        [
            pytest.param("\u202e", "U+202E", id="override"),
            pytest.param("\u2066", "U+2066", id="isolate"),
            pytest.param("\u200b", "U+200B", id="zero width space"),
            pytest.param("\ufeff", "U+FEFF", id="byte order mark"),
            pytest.param("\u00ad", "U+00AD", id="soft hyphen"),
            pytest.param("\x07", "U+0007", id="bell"),
            pytest.param("\U000e0041", "U+E0041", id="tag"),
            pytest.param("\u200d", "U+200D", id="joiner between plain letters"),
        ],
    )
    def test_a_hidden_character_is_replaced_by_its_name(self, letter, code):
        shown = visible_text(f"pay{letter}pal")

        assert letter not in shown
        assert f">{code}</span>" in shown

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("👩‍🚀", id="joined emoji"),
            pytest.param("👁️‍🗨️", id="joined after a variation"),
            pytest.param("می‌خواهم", id="Persian"),
            pytest.param("☎︎", id="variation"),
            pytest.param("line\nend\ttab", id="line ends"),
            pytest.param("café, 北京, العربية", id="scripts"),
        ],
    )
    def test_what_a_script_needs_stays(self, text):
        assert visible_text(text) == text

    def test_a_long_run_is_named_once_with_its_length(self):
        shown = visible_text("a" + "\u200b" * 100_000 + "b")

        assert "U+200B ×100000" in shown
        assert len(shown) < 200

    def test_a_long_run_of_different_ones_stays_short(self):
        assert len(visible_text("\u200b\u200e" * 50_000)) < 2_000

    def test_beyond_what_anybody_reads_each_is_a_box(self):
        shown = visible_text("\u202ex" * 100_000)

        assert shown.count("<span") == 2_000
        assert shown.count("□") == 98_000
        assert "\u202e" not in shown

    def test_nothing_given_shows_nothing(self):
        assert visible_text(None) == ""


class TestBoxedText:
    def test_a_hidden_character_is_a_box_where_no_markup_can_stand(self):
        assert boxed_text("a\u202eb") == "a□b"
        assert boxed_text(None) == ""


class TestWebAddress:
    @pytest.mark.parametrize(
        "address", ["https://a.example/b?c", "http://a.example", "HTTPS://A.B"]
    )
    def test_the_web_is_linked(self, address):
        assert web_address(address) == address

    @pytest.mark.parametrize(
        "address",
        ["javascript:alert(1)", "data:text/html,x", " https://a.b", "https:// x", "", None],
    )
    def test_nothing_else_is(self, address):
        assert web_address(address) == ""


class TestHiddenCharacters:
    def test_only_what_would_not_be_seen_counts(self):
        assert hidden_characters("a\u202eb\u200bc 👩‍🚀") == 2


class TestSentenceAround:
    def test_the_sentence_is_found_on_both_sides(self):
        text = "It rained. The mayor said the bridge cost 5 million. Nobody cared."
        start = text.index("the bridge")
        end = text.index(". Nobody")

        assert sentence_around(text, start, end) == ("The mayor said ", ".")

    def test_a_whole_sentence_has_nothing_around_it(self):
        text = "It rained. The bridge opened. Nobody cared."
        start = text.index("The bridge")

        assert sentence_around(text, start, text.index(" Nobody")) == ("", "")

    def test_a_long_sentence_is_cut_at_a_word(self):
        text = "word " * 200 + "claim" + " word" * 200

        before, after = sentence_around(text, 1000, 1005)

        assert before.startswith("… word")
        assert after.endswith("word …")
        assert len(before) < 340


class TestPlainWords:
    def test_names_and_moments_replace_what_only_machines_read(self):
        message = f"{ANA} holds this finding until 2026-03-01T10:00:00.000000Z; wait."

        assert plain_words(message, {ANA: "Ana"}) == (
            "Ana holds this finding until 1 Mar 2026, 10:00 UTC; wait."
        )

    def test_without_a_name_the_pseudonym_stays(self):
        assert plain_words(ANA, {}) == pseudonym(ANA) == "Reviewer 3f2a9c"


class TestPseudonym:
    def test_the_desk_itself_has_its_name(self):
        assert pseudonym("system") == "Dateline"
