"""
An article out of a page of HTML: its body's text, and what the page says of itself.

The page is read as HTML5, never as XML. How deep it nests is counted before anything walks it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from claims.extraction.page_facts import PageFacts
from claims.extraction.page_noise import strip
from claims.extraction.pages import article_in, blocks_of
from errors import ExtractionError

#: Levels of open elements; real pages have some dozens.
DEEPEST = 256

#: Attributes that one element may have; the parser compares each with all before it.
MOST_ATTRIBUTES = 2_000

_TAG = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9]{0,30})|(!--))")
#: Elements that have no end, or that the next one ends.
_ENDLESS = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param", "keygen", "frame", "p", "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot", "colgroup", "caption", "rp", "rt", "html", "head", "body"]
)  # fmt: skip
#: Elements in which nothing is a tag until they end.
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "noembed", "noframes", "iframe"})
_FOREIGN = frozenset({"svg", "math"})


@dataclass(frozen=True, slots=True)
class HtmlArticle:
    """What a page holds: the article's text, and the facts that the page states."""

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_on: str | None = None
    byline: str | None = None
    language: str | None = None


def read_html(html: str) -> HtmlArticle:
    """
    Read an article out of a page.

    :raises ExtractionError: if the page nests deeper, or an element says more, than any real one
    """
    check_depth(html)
    tree = LexborHTMLParser(html)
    facts = PageFacts(tree)
    is_live = facts.is_live()
    strip(tree, is_live=is_live)
    body = article_in(tree, is_live=is_live)
    text = "\n\n".join(blocks_of(body)) if body is not None else ""
    return HtmlArticle(
        text=_or_data(text, facts.body()),
        title=facts.title(),
        url=facts.url(),
        publisher=facts.publisher(),
        published_on=facts.published_on(),
        byline=facts.byline(),
        language=facts.language(),
    )


def _or_data(text: str, data: str | None) -> str:
    """Return the text that the page's data holds where scripts alone would show it."""
    return data if data and len(text) * 2 < len(data) else text


def check_depth(html: str) -> None:
    """
    Count open elements in one pass, before a tree is made.

    :raises ExtractionError: if more are open at a place than in any real page
    """
    lower = html.lower()
    depth = foreign = place = 0
    while (match := _TAG.search(html, place)) is not None:
        place = match.end()
        if match[3]:
            place = _after(lower, "-->", place)
            continue
        name = match[2].lower()
        end = _tag_end(html, place)
        place = end
        if name in _RAW and not match[1]:
            place = _after(lower, f"</{name}", place)
        elif name not in _ENDLESS and not (foreign and html[end - 1 : end] == "/"):
            step = -1 if match[1] else 1
            depth = max(0, depth + step)
            foreign = max(0, foreign + step) if name in _FOREIGN else foreign
        if depth > DEEPEST:
            raise ExtractionError(f"The page nests deeper than {DEEPEST} elements.")


def _after(text: str, end: str, place: int) -> int:
    found = text.find(end, place)
    return len(text) if found < 0 else found + len(end)


def _tag_end(html: str, place: int) -> int:
    """
    Return where a tag's `>` stands.

    :raises ExtractionError: if the element has more attributes than any real one
    """
    end = html.find(">", place)
    end = len(html) if end < 0 else end
    # Each attribute takes a character and a space at least.
    if end - place > 2 * MOST_ATTRIBUTES:
        words = len(_ATTRIBUTE.findall(html, place, min(end, place + 500_000)))
        if words > MOST_ATTRIBUTES:
            raise ExtractionError(f"An element has more than {MOST_ATTRIBUTES} attributes.")
    return end


_ATTRIBUTE = re.compile(r"[^\s=\"'>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
