"""The child process: answers, refusals, and a fresh one after a crash."""

import os
import signal
from datetime import date

import pytest

from claims.extraction.worker import Analyst
from errors import ExtractionError

DAY = date(2021, 12, 14)
TEXT = "The dam broke in 1970."


@pytest.fixture(scope="module")
def analyst():
    analyst = Analyst()
    yield analyst
    analyst.close()


class TestAnalyst:
    def test_it_answers_as_the_pipeline_does(self, analyst):
        from claims.extraction.pipeline import extract

        assert analyst.analyse(TEXT, DAY) == extract(TEXT, dateline=DAY)

    def test_a_refusal_comes_back_as_one(self, analyst):
        with pytest.raises(ExtractionError, match="sentences"):
            analyst.analyse("Go. " * 20_000, DAY)

    def test_html_is_read_there_too(self, analyst):
        assert analyst.read_html("<p>The dam.</p>")["text"] == "The dam."

    def test_after_a_crash_the_next_text_gets_a_fresh_one(self, analyst):
        analyst.analyse(TEXT, DAY)
        os.kill(analyst._child.pid, signal.SIGKILL)
        analyst._child.wait()

        assert analyst.analyse(TEXT, DAY).candidates

    def test_one_that_hangs_is_ended(self, analyst, monkeypatch):
        analyst.analyse(TEXT, DAY)
        monkeypatch.setattr("claims.extraction.worker.PATIENCE", 0.1)
        monkeypatch.setattr("claims.extraction.worker.PATIENCE_PER_TEXT", 0.0)
        os.kill(analyst._child.pid, signal.SIGSTOP)

        with pytest.raises(ExtractionError, match="limits"):
            analyst.analyse(TEXT, DAY)
