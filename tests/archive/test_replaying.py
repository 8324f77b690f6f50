"""Replaying the log, wherever it is asked for."""

import subprocess
import sys

import app
from config import ROOT
from ledger.events import event_types


class TestApply:
    def test_every_event_of_the_application_can_be_replayed_without_it(self):
        asked = (
            "import archive.replaying; from ledger.events import event_types; print(*event_types())"
        )

        known = subprocess.check_output([sys.executable, "-c", asked], cwd=ROOT, text=True).split()

        assert app.create_app
        assert set(event_types()) <= set(known)
