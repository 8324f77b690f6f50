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

    @pytest.mark.parametrize(
        "unit", ["<!--", "&#x", "<a><b><p></a>", "<p>", "</br>", "<svg><path/></svg>"]
    )
    def test_broken_markup_ends(self, unit):
        page = unit * (DEEPEST // 2 if unit.startswith("<a>") else 20_000)

        assert isinstance(read_html(page).text, str)

    @pytest.mark.parametrize("unit", [" a='x'", "<p x=1", " b"])
    def test_endless_attributes_are_refused(self, unit):
        with pytest.raises(ExtractionError, match="attributes"):
            read_html("<div" + unit * 100_000 + ">The dam.</div>")

    def test_tags_in_scripts_and_pictures_do_not_nest(self):
        page = (
            "<script>"
            + "'<div>'" * 500
            + "</script><svg>"
            + "<path/>" * 500
            + "</svg><p>The dam.</p>"
        )

        assert read_html(page).text == "The dam."


class TestText:
    @pytest.mark.parametrize(
        ("page", "text"),
        [
            ("<h2>The dam</h2><p>It broke.</p>", "The dam\n\nIt broke."),
            (
                "<div>It broke.<p>Two died.</p>Ten were hurt.</div>",
                "It broke.\n\nTwo died.\n\nTen were hurt.",
            ),
            ("<div>It broke.<br><br>Two died.</div>", "It broke.\n\nTwo died."),
            ("<p>By Ann Lee<br>Reuters</p><p>It broke.</p>", "By Ann Lee\nReuters\n\nIt broke."),
            ("<p>It <b>broke</b> on <a href='/x'>Monday</a>.</p>", "It broke on Monday."),
            ("<ul><li>It broke.<li>Two died.</ul>", "It broke.\n\nTwo died."),
            (
                "<table><tr><th>Team<th>Won</tr><tr><td>North<td>3</tr></table><p>It broke.</p>",
                "Team\tWon\n\nNorth\t3\n\nIt broke.",
            ),
            ("<p>It broke.</p><figure><img><figcaption>The dam</figcaption></figure>", "It broke."),
            ("<p>It broke.</p><div class='related'><p>More of it.</p></div>", "It broke."),
            ("<p>It\n\t\tbroke.</p>", "It broke."),
            ("<p>&quot;It&nbsp;broke&quot; &lt;b&gt;</p>", '"It broke" <b>'),
            ("", ""),
        ],
    )
    def test_blocks_become_paragraphs(self, page, text):
        assert read_html(page).text == text

    def test_without_a_marked_article_the_densest_element_is_taken(self):
        page = (
            "<div><p>Home and all the other pages of ours.</p></div>"
            "<div id=x><div><p>" + "The dam broke on Monday in the north. " * 3 + "</p>"
            "<p>Two people died and ten were hurt in the flood.</p></div></div>"
            "<div><p>About us and the people behind our paper.</p></div>"
        )

        text = read_html(page).text

        assert text.startswith("The dam broke")
        assert text.endswith("in the flood.")

    def test_of_several_articles_the_longest_is_taken(self):
        page = (
            "<article><p>Read how it began.</p></article>"
            "<article><p>" + "The dam broke on Monday in the north. " * 3 + "</p></article>"
        )

        assert read_html(page).text.startswith("The dam broke")


def with_data(data):
    return f'<script type="application/ld+json">{data}</script><p>The dam broke.</p>'


class TestFacts:
    @pytest.mark.parametrize(
        "data",
        [
            '{"@type": "NewsArticle", "datePublished": "2021-12-14",'
            ' "author": [{"name": "Ann Lee"}, {"name": "Bo Ek"}]}',
            '[{"@type": "WebSite"}, {"@type": ["ReportageNewsArticle"],'
            ' "datePublished": "2021-12-14T08:00Z", "author": ["Ann Lee", "Bo Ek"]}]',
            '{"@graph": [{"@type": "Organization", "name": "Daily"}, {"@type": "NewsArticle",'
            ' "datePublished": "2021-12-14", "author": "Ann Lee, Bo Ek"}]}',
            '{"@type": "WebPage", "mainEntity": {"@type": "https://schema.org/NewsArticle",'
            ' "datePublished": "14 December 2021", "author": {"name": ["Ann Lee", "Bo Ek"]}}}',
        ],
        ids=["alone", "list", "graph", "main entity"],
    )
    def test_json_ld_is_found_wherever_it_stands(self, data):
        found = read_html(with_data(data))

        assert (found.published_on, found.byline) == ("2021-12-14", "Ann Lee, Bo Ek")

    @pytest.mark.parametrize(
        "data",
        ["{", '{"@type": 5}', "[[[[[[[[[]]]]]]]]]", '{"@graph": 1}', "[" * 100_000, '"x"'],
    )
    def test_broken_data_is_left_out(self, data):
        assert read_html(with_data(data)).text == "The dam broke."

    @pytest.mark.parametrize(
        "head",
        [
            '<meta property="article:published_time" content="2021-12-14T08:00:00+01:00">',
            '<meta name="pubdate" content="Tue, 14 Dec 2021 08:00:00 GMT">',
            '<meta itemprop="datePublished" content="2021-12-14">',
            '<time datetime="2021-12-14T08:00">today</time>',
            "<time>December 14, 2021</time>",
        ],
    )
    def test_the_day_is_read_from_meta_and_time(self, head):
        assert read_html(f"{head}<p>The dam broke.</p>").published_on == "2021-12-14"

    def test_what_is_no_day_is_none(self):
        page = '<meta name="date" content="2021-13-45"><time datetime="P3D"></time>'

        assert read_html(page).published_on is None

    @pytest.mark.parametrize(
        ("url", "kept"),
        [
            ("https://daily.example/dam", True),
            ("HTTP://daily.example/dam", True),
            ("javascript:alert(1)", False),
            ("data:text/html,x", False),
            ("/dam", False),
            ("dam.html", False),
            ("https://", False),
            ("https://user@daily.example/", False),
            ("https://daily.example/a b", False),
            ("https://[", False),
        ],
    )
    def test_only_an_address_of_the_web_is_canonical(self, url, kept):
        page = f'<link rel="canonical" href="{url}"><p>The dam broke.</p>'

        assert read_html(page).url == (url if kept else None)

    @pytest.mark.parametrize(
        ("head", "url"),
        [
            ("", "https://other.example/dam"),
            ('<base href="https://daily.example/news/">', "https://other.example/dam"),
        ],
    )
    def test_an_address_without_scheme_is_of_the_secure_web(self, head, url):
        page = f'{head}<link rel="canonical" href="//other.example/dam"><p>The dam broke.</p>'

        assert read_html(page).url == url

    @pytest.mark.parametrize(
        "head",
        [
            '<base href="https://daily.example/news/">',
            '<meta property="og:url" content="https://daily.example/news/x?ref=1">',
        ],
    )
    def test_an_address_without_host_counts_from_where_the_page_is(self, head):
        page = f'{head}<link rel="canonical" href="/dam"><p>The dam broke.</p>'

        assert read_html(page).url == "https://daily.example/dam"

    def test_the_site_is_no_part_of_the_title(self):
        page = (
            '<meta property="og:site_name" content="Daily"><title>The dam | Daily</title><p>x</p>'
        )

        assert (read_html(page).title, read_html(page).publisher) == ("The dam", "Daily")

    def test_a_profile_is_no_name(self):
        page = (
            '<meta property="article:author" content="https://social.example/ann"><p>It broke.</p>'
        )

        assert read_html(page).byline is None
