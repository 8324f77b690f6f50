"""What was taken from elsewhere is byte for byte what the list says, and carries its licence."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

FOLDERS = (ROOT / "web" / "static" / "vendor", ROOT / "tests" / "vendor")


def packages() -> list[Any]:
    """List every vendored package with the folder that it lies in."""
    found = []
    for folder in FOLDERS:
        listed = json.loads((folder / "VENDORED.json").read_text("utf-8"))["packages"]
        found += [pytest.param(folder / each["folder"], each, id=each["name"]) for each in listed]
    return found


class TestVendored:
    @pytest.mark.parametrize(("folder", "package"), packages())
    def test_every_file_is_the_one_that_was_listed(self, folder, package):
        found = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()
        }

        assert found == package["files"]

    @pytest.mark.parametrize(("folder", "package"), packages())
    def test_a_licence_lies_beside_the_files(self, folder, package):
        assert package["licence"]
        assert any(path.name.startswith("LICENSE") for path in folder.iterdir())

    @pytest.mark.parametrize("folder", FOLDERS, ids=("served", "tests"))
    def test_nothing_lies_there_unlisted(self, folder):
        listed = json.loads((folder / "VENDORED.json").read_text("utf-8"))["packages"]

        found = {path.name for path in folder.iterdir() if path.name != "VENDORED.json"}

        assert found == {each["folder"] for each in listed}

    @pytest.mark.parametrize("sheet", sorted(FOLDERS[0].rglob("*.css")), ids=lambda path: path.name)
    def test_no_style_sheet_fetches_from_elsewhere(self, sheet):
        text = sheet.read_text("utf-8")

        assert "@import" not in text
        assert "url(http" not in text.replace('"', "").replace("'", "")
        assert "url(//" not in text.replace('"', "").replace("'", "")
