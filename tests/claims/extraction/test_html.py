"""Articles out of HTML: the body, what the page says of itself, and hostile pages."""

import pytest

from claims.extraction.html import DEEPEST, read_html
from errors import ExtractionError

PAGE = """<!doctype html><html lang="en-GB"><head><title>T | Daily</title>
<link rel="canonical" href="https://daily.example/dam">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The dam",
"datePublished": "2021-12-14T08:00:00+01:00", "author": {"name": "Ann Lee"},
"publisher": {"name": "Daily"}}</script></head>
<body><nav><p>Home and away and all the rest</p></nav><article><h1>The dam</h1>
<p>The dam broke on Monday.</p><aside><p>Buy our paper today</p></aside>
<p>Two people   died &amp; ten were hurt.</p></article>
<footer><p>About us</p></footer></body></html>"""


class TestReadHtml:
    def test_the_body_is_the_articles_paragraphs(self):
        assert read_html(PAGE).text == (
            "The dam\n\nThe dam broke on Monday.\n\nTwo people died & ten were hurt."
        )

    def test_the_page_says_what_it_is(self):
        found = read_html(PAGE)

        assert (found.title, found.publisher, found.byline) == ("The dam", "Daily", "Ann Lee")
        assert (found.url, found.published_on) == ("https://daily.example/dam", "2021-12-14")
        assert found.language == "en-GB"

    def test_scripts_are_never_text(self):
        assert "alert" not in read_html("<p>The dam.</p><script>alert(1)</script>").text

    def test_an_entity_bomb_is_harmless(self):
        bomb = '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><p>&b;</p>'

        assert len(read_html(bomb).text) < 100

    @pytest.mark.parametrize("unit", ["<div>", "<b>", "<table><tr><td>"])
    def test_endless_nesting_is_refused(self, unit):
        with pytest.raises(ExtractionError, match="nests"):
            read_html(unit * 100_000)

    @pytest.mark.parametrize("unit", ["<!--", "<p x=1", "&#x", "<a><b><p></a>"])
    def test_broken_markup_ends(self, unit):
        page = unit * (DEEPEST // 2 if unit.startswith("<a>") else 20_000)

        assert isinstance(read_html(page).text, str)
