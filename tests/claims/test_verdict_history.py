"""What was held, known at one time, about another."""

import json

import pytest

from claims.verdict_history import Decision, held, shown
from shared_files import SHARED, needs_shared

VECTORS = SHARED / "vectors" / "bitemporal.json"
CASES = json.loads(VECTORS.read_text("utf-8")) if VECTORS.exists() else {}


def decisions() -> list[Decision]:
    return [
        Decision(**{name: value for name, value in row.items() if name != "claim_id"})
        for row in CASES["rows"]
    ]


@needs_shared
class TestVectors:
    @pytest.mark.parametrize("query", CASES.get("known_queries", []))
    def test_what_was_known_about_a_day(self, query):
        found = held(decisions(), known_at=query["known_at"], about=query["about"])

        assert (found.seq if found else None) == query["expect_seq"]

    @pytest.mark.parametrize("query", CASES.get("reader_queries", []))
    def test_what_readers_were_shown(self, query):
        found = shown(decisions(), at=query["readers_at"])

        assert (found.seq if found else None) == query["expect_seq"]


class TestHeld:
    FIRST = Decision(1, "assess", "verified", "2026-01-01T10", valid_from="2026-01-01")

    def test_an_error_is_held_about_no_day_even_where_the_correction_says_nothing(self):
        correction = Decision(
            2,
            "correct",
            "false",
            "2026-02-01T10",
            valid_from="2026-01-10",
            valid_to="2026-01-20",
            supersedes=1,
        )
        rows = [self.FIRST, correction]

        assert held(rows, known_at="2026-02-02", about="2026-01-05") is None
        assert held(rows, known_at="2026-02-02", about="2026-01-15") == correction
        assert held(rows, known_at="2026-01-02", about="2026-01-05") == self.FIRST

    def test_a_retraction_leaves_nothing_from_when_it_is_known(self):
        taken_back = Decision(
            2, "retract", None, "2026-02-01T10", valid_from="2026-01-01", supersedes=1
        )
        rows = [self.FIRST, taken_back]

        assert held(rows, known_at="2026-02-02", about="2026-01-15").status is None
        assert held(rows, known_at="2026-01-31", about="2026-01-15").status == "verified"

    def test_an_open_beginning_is_about_every_day_before(self):
        always = Decision(1, "assess", "verified", "2026-01-01T10")

        assert held([always], known_at="2026-01-02", about="1932-05-01") == always
