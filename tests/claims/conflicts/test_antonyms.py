"""Words that exclude each other, by WordNet."""

import subprocess
import sys

import pytest

from claims.conflicts.antonyms import antonyms
from claims.conflicts.lexicon import root_of


def between(one, other):
    return antonyms(*[[root_of(word) for word in words.split()] for words in (one, other)])


class TestAntonyms:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("goalkeeper fit", "goalkeeper unfit"),
            ("council aware", "council unaware"),
            ("deal includes farms", "deal excludes farms"),
            ("harmless to bees", "harmful to bees"),
            ("the jury convicted", "the jury acquitted"),
            ("arrived promoted", "arrived demoted"),
        ],
    )
    def test_they_are_found_in_any_form(self, one, other):
        assert between(one, other) is not None

    def test_a_word_that_both_have_excludes_nothing(self):
        assert between("fit and unfit", "unfit") is None

    @pytest.mark.parametrize(
        ("one", "other"), [("brother", "sister"), ("north", "south"), ("day", "night")]
    )
    def test_things_of_two_sorts_do_not_exclude_each_other(self, one, other):
        assert between(one, other) is None

    def test_the_table_is_not_read_before_it_is_needed(self):
        code = "import claims.conflicts.antonyms as a; print(a._excluded.cache_info().misses)"

        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert ran.stdout.strip() == "0"
