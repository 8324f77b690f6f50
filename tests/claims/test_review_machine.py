"""Reviewing at random: what must hold after every sequence of what people do."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from review_machine import TOTALS, ReviewMachine


class TestReviewMachine:
    def test_what_must_hold_holds_after_every_sequence(self):
        # The ten thousand run in bench/review_machine.py.
        run_state_machine_as_test(
            ReviewMachine,
            settings=settings(
                max_examples=100,
                stateful_step_count=10,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )

        assert TOTALS["decisions"] > 0
