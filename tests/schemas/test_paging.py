"""CSV that no spreadsheet runs, and that gives back what was put into it."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.paging import csv_line, guard, unguard
from shared_files import SHARED, needs_shared

VECTORS = SHARED / "vectors" / "csv_guard.json"


class TestGuard:
    @needs_shared
    @pytest.mark.parametrize(
        "case",
        json.loads(VECTORS.read_text()) if VECTORS.exists() else [],
        ids=lambda c: repr(c["in"]),
    )
    def test_each_case_is_guarded_and_given_back(self, case):
        assert guard(case["in"]) == case["cell"]
        assert unguard(case["cell"]) == case["in"]

    @given(st.text())
    def test_any_cell_comes_back_out_of_the_file(self, cell):
        line = csv_line([cell, "b"]).decode()

        (found,) = csv.reader(io.StringIO(line, newline=""))

        assert unguard(found[0]) == cell
