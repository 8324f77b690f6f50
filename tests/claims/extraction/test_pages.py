"""Whole pages as publishers make them: `tests/pages/*.html`, each with what it holds beside it."""

import json
from pathlib import Path

import pytest

from claims.extraction.clean import set_aside
from claims.extraction.html import read_html

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*.html"))


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def page(request):
    """One page as it is read, and what it holds."""
    expected = json.loads(request.param.with_suffix(".json").read_text("utf-8"))
    return read_html(request.param.read_text("utf-8")), expected


class TestPages:
    @pytest.mark.parametrize(
        "fact", ["title", "url", "publisher", "byline", "published_on", "language"]
    )
    def test_a_page_says_what_it_is(self, page, fact):
        found, expected = page

        assert getattr(found, fact) == expected[fact]

    def test_the_prose_is_the_articles(self, page):
        found, expected = page

        assert prose_of(found.text) == expected["prose"]

    def test_what_is_set_aside_has_its_reason(self, page):
        found, expected = page
        notes = [[note.reason, found.text[note.start : note.end]] for note in set_aside(found.text)]

        assert notes == expected["set_aside"]


def prose_of(text):
    """Return the lines of a text without what is set aside."""
    place, kept = 0, []
    for note in set_aside(text):
        kept.append(text[place : note.start])
        place = note.end
    lines = "\n".join([*kept, text[place:]]).split("\n")
    return [line.strip() for line in lines if line.strip()]
