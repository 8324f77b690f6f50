"""The documentation keeps its word: settings, commands and links are what the program has."""

import re
from pathlib import Path

import pytest

from config import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]


class TestDocs:
    def test_every_setting_is_documented_and_no_other(self):
        text = (ROOT / "docs/settings.md").read_text()

        named = set(re.findall(r"`(DATELINE_[A-Z_]+)`", text))

        assert named == {PREFIX + name.upper() for name in Settings.__slots__}

    @pytest.mark.parametrize("page", sorted(p.name for p in ROOT.glob("*.md")))
    def test_links_lead_to_files(self, page):
        for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text()):
            if not target.startswith("http"):
                assert (ROOT / target).exists(), target

    def test_every_command_of_the_readme_exists(self, app):
        text = (ROOT / "README.md").read_text()

        named = set(re.findall(r"flask ([a-z]+)", text))

        assert named <= set(app.cli.commands)
