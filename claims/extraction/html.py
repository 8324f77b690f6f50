"""
An article out of a page of HTML: its body's text, and what the page says of itself.

The page is read as HTML5, never as XML. How deep it nests is counted before anything walks it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from errors import ExtractionError

#: Levels of open elements; real pages have some dozens.
DEEPEST = 256

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,30})")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "option",
    ]
)
_DROPPED = (
    "script, style, noscript, template, nav, aside, footer, form, button, iframe, svg, figure, "
    "header nav, [aria-hidden=true], .advertisement, .ad, .share, .social, .related, .newsletter"
)
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "div"})


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

    :raises ExtractionError: if the page nests deeper than any real one
    """
    _check_depth(html)
    tree = LexborHTMLParser(html)
    facts = _Facts(tree)
    tree.css_first("html")
    for node in tree.css(_DROPPED):
        node.decompose()
    body = _body(tree)
    text = "\n\n".join(_paragraphs(body)) if body is not None else ""
    return HtmlArticle(
        text=text,
        title=facts.title(),
        url=facts.url(),
        publisher=facts.publisher(),
        published_on=facts.published_on(),
        byline=facts.byline(),
        language=facts.language(),
    )


def _check_depth(html: str) -> None:
    """Count open elements in one pass; elements that close themselves do not count."""
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() in _VOID:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > DEEPEST:
            raise ExtractionError(f"The page nests deeper than {DEEPEST} elements.")


def _body(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the article: the one with most text in its paragraphs."""
    for query in ("[itemprop=articleBody]", "article", "main", "[role=main]"):
        found = tree.css(query)
        best = max(found[:50], key=_weight, default=None)
        if best is not None and _weight(best) > 80:
            return best
    return tree.body


def _weight(node: LexborNode) -> int:
    return sum(len(p.text()) for p in node.css("p")[:500])


def _paragraphs(body: LexborNode) -> Iterator[str]:
    """Yield the text of each block that holds no other block."""
    blocks = [n for n in body.css(", ".join(sorted(_BLOCKS))) if not _holds_blocks(n)]
    if not blocks:
        whole = _flat(body.text(separator=" "))
        if whole:
            yield whole
        return
    for node in blocks:
        text = _flat(node.text())
        if text:
            yield text


def _holds_blocks(node: LexborNode) -> bool:
    child = node.child
    while child is not None:
        if child.tag in _BLOCKS or child.tag in ("ul", "ol", "section", "table", "article"):
            return True
        child = child.next
    return False


def _flat(text: str) -> str:
    return " ".join(text.split())


class _Facts:
    """What a page says of itself, in meta elements, JSON-LD and time elements."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree
        self._meta: dict[str, str] = {}
        for node in tree.css("meta")[:300]:
            name = node.attributes.get("property") or node.attributes.get("name")
            content = node.attributes.get("content")
            if name and content:
                self._meta.setdefault(name.lower(), content.strip()[:1_000])
        self._data = self._news_article()

    def _news_article(self) -> dict[str, Any]:
        for node in self._tree.css('script[type="application/ld+json"]')[:20]:
            try:
                value = json.loads(node.text()[:200_000])
            except (ValueError, RecursionError):
                # A page's own data is often broken; the rest of the page still counts.
                continue
            for item in _items(value):
                kinds = item.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(str(kind).endswith(("Article", "BlogPosting")) for kind in kinds):
                    return item
        return {}

    def _first(self, *values: Any) -> str | None:
        for value in values:
            if isinstance(value, str) and value.strip():
                return _flat(value)[:1_000]
        return None

    def title(self) -> str | None:
        """Return the headline."""
        heading, title = self._tree.css_first("h1"), self._tree.css_first("title")
        return self._first(
            self._data.get("headline"),
            self._meta.get("og:title"),
            heading.text() if heading else None,
            title.text() if title else None,
        )

    def url(self) -> str | None:
        """Return the canonical address."""
        link = self._tree.css_first('link[rel="canonical"]')
        found = self._first(
            link.attributes.get("href") if link else None,
            self._meta.get("og:url"),
            self._data.get("url"),
        )
        return found if found and found.startswith(("http://", "https://")) else None

    def publisher(self) -> str | None:
        """Return the publisher's name."""
        return self._first(
            _name(self._data.get("publisher")),
            self._meta.get("og:site_name"),
            self._meta.get("publisher"),
        )

    def byline(self) -> str | None:
        """Return the writer's name."""
        return self._first(
            _name(self._data.get("author")), self._meta.get("author"), self._meta.get("byl")
        )

    def language(self) -> str | None:
        """Return the declared language."""
        root = self._tree.css_first("html")
        found = self._first(root.attributes.get("lang") if root else None)
        return (
            found if found and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", found) else None
        )

    def published_on(self) -> str | None:
        """Return the day of publication."""
        times = self._tree.css("time[datetime]")[:5]
        for value in (
            self._data.get("datePublished"),
            self._meta.get("article:published_time"),
            self._meta.get("date"),
            self._meta.get("pubdate"),
            self._meta.get("dc.date"),
            *(node.attributes.get("datetime") for node in times),
        ):
            match = re.match(r"\s*(\d{4}-\d{2}-\d{2})", value) if isinstance(value, str) else None
            if match and _is_day(match[1]):
                return match[1]
        return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _items(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value[:50]:
            yield from _items(item)
    elif isinstance(value, dict):
        yield value
        graph = value.get("@graph")
        if isinstance(graph, list):
            yield from (item for item in graph[:50] if isinstance(item, dict))


def _name(value: Any) -> Any:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("name") if isinstance(value, dict) else value
