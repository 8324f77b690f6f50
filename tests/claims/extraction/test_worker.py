"""The child process: answers, refusals, and a fresh one after a crash."""

import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from claims.extraction.child import Child
from claims.extraction.worker import Analyst
from errors import ExtractionError, RateLimitedError

DAY = date(2021, 12, 14)
ROOT = Path(__file__).resolve().parents[3]
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
        child = analyst._idle[-1]
        os.kill(child.pid, signal.SIGKILL)
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

        assert analyst.analyse(TEXT, DAY).candidates
        assert analyst._idle[-1].pid != child.pid

    @pytest.mark.parametrize(("kills", "is_read"), [(1, True), (2, False)])
    def test_where_others_kill_it_the_text_is_tried_once_more(
        self, analyst, monkeypatch, kills, is_read
    ):
        killed, ask = [], Child.ask

        def ask_the_dead(child, request, patience):
            if len(killed) < kills:
                killed.append(child.pid)
                os.kill(child.pid, signal.SIGKILL)
            return ask(child, request, patience)

        monkeypatch.setattr(Child, "ask", ask_the_dead)

        with nullcontext() if is_read else pytest.raises(ExtractionError, match="killed twice"):
            assert analyst.analyse(TEXT, DAY).candidates

        assert len(killed) == kills

    def test_one_that_hangs_is_ended(self, analyst, monkeypatch):
        analyst.analyse(TEXT, DAY)
        monkeypatch.setattr("claims.extraction.worker.PATIENCE", 0.1)
        monkeypatch.setattr("claims.extraction.worker.PATIENCE_PER_CPU", 0.0)
        child = analyst._idle[-1]
        os.kill(child.pid, signal.SIGSTOP)

        # Longer than what a pipe holds: it is not even read.
        with pytest.raises(ExtractionError, match="limits"):
            analyst.analyse(TEXT * 10_000, DAY)

        assert not is_there(child.pid)

    def test_one_that_computes_too_long_is_ended(self, monkeypatch):
        # A second is not enough to load the language model.
        monkeypatch.setattr("claims.extraction.worker.CPU", 0.0)
        analyst = Analyst()

        with pytest.raises(ExtractionError, match="limits"):
            analyst.analyse(TEXT, DAY)

        assert analyst._idle == []

    def test_a_step_that_breaks_is_a_refusal(self, analyst):
        with pytest.raises(ExtractionError, match="broke"):
            analyst._ask({"task": "extract", "no such": "argument"}, 0)

    def test_two_texts_at_once_have_a_child_each(self):
        analyst = Analyst()
        with analyst._child() as one, analyst._child() as other:
            assert one.pid != other.pid

        analyst.close()

        assert not is_there(one.pid)
        assert not is_there(other.pid)

    def test_where_too_many_wait_one_is_sent_away(self, monkeypatch):
        monkeypatch.setattr("claims.extraction.worker.MOST_WAITING", 0)
        analyst = Analyst(children=1)

        with analyst._child(), pytest.raises(RateLimitedError, match="wait"):
            analyst.analyse(TEXT, DAY)

        analyst.close()


class TestServe:
    def test_it_ends_when_nobody_asks_any_more(self):
        child = Child()
        child._requests.close()

        assert child._process.wait() == 0
        child.end()

    def test_an_orphan_ends_in_the_middle_of_its_work(self):
        done = subprocess.run([sys.executable, "-c", ORPHAN], cwd=ROOT, check=False)

        assert done.returncode == 1


#: A child that takes its parent for gone, and works on.
ORPHAN = """
from claims.extraction import serving
serving.LOOK_AROUND = 0.01
serving._end_with(parent=0)
while True:
    pass
"""


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that ended and that init has not taken yet is not there either.
    return b"\nState:\tZ" not in Path(f"/proc/{pid}/status").read_bytes()
