"""
Ten thousand sequences of reviewing at random, each compared with a replay of its log.

`python -m bench.review_machine [SEQUENCES]`; the machine is the one of the tests.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

ROOT = Path(__file__).resolve().parents[1]


def run(_shared: Path) -> dict[str, int | float]:
    """Return what ten thousand sequences came to."""
    return run_sequences(10_000)


def run_sequences(sequences: int) -> dict[str, int | float]:
    """Run so many sequences and return what they came to; the first that fails is shown."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "claims")]
    from review_machine import TOTALS, ReviewMachine

    start = time.monotonic()
    run_state_machine_as_test(
        ReviewMachine,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=10,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return {**TOTALS, "seconds": round(time.monotonic() - start, 1)}


if __name__ == "__main__":
    print(json.dumps(run_sequences(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000), indent=2))
