"""
What a page says of itself: meta elements, JSON-LD, time elements.

JSON-LD of a news article goes before meta elements, these before what is printed. A page's own data
is often broken; whatever cannot be read is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from claims.extraction.datelines import day_in

_NEWS = re.compile(
    r"(?:.*[/:#])?(?:\w*Article|BlogPosting|Report|Review(?:NewsArticle)?|LiveBlogPosting)$"
)
_LONGEST = 1_000
_LONGEST_DATA = 200_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

#: How deep items lie in items: `@graph` in a list in `mainEntity`.
DEEPEST = 6


class PageFacts:
    """The facts that a page states; each answer is None where it states none."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree
        self._meta: dict[str, list[str]] = {}
        for node in tree.css("meta")[:300]:
            found = node.attributes
            name = found.get("property") or found.get("name") or found.get("itemprop")
            content = found.get("content")
            if name and content and content.strip():
                self._meta.setdefault(name.strip().lower(), []).append(content.strip()[:_LONGEST])
        self._data = self._news_article()

    def _news_article(self) -> dict[str, Any]:
        for node in self._tree.css('script[type*="ld+json"]')[:20]:
            try:
                value = json.loads(node.text()[:_LONGEST_DATA], strict=False)
            except (ValueError, RecursionError):
                continue
            for item in _items(value):
                kinds = item.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _NEWS.fullmatch(kind) for kind in kinds):
                    return item
        return {}

    def _named(self, *names: str) -> Iterator[str]:
        for name in names:
            yield from self._meta.get(name, ())

    def _texts(self, *queries: str) -> Iterator[str]:
        for query in queries:
            for node in self._tree.css(query)[:5]:
                yield node.text()[:_LONGEST]

    def title(self) -> str | None:
        """Return the headline, without the name of the site after it."""
        found = _first(
            self._data.get("headline"),
            *self._named("og:title", "twitter:title", "headline"),
            *self._texts("h1"),
            *self._texts("title"),
        )
        site = self.publisher()
        if found and site:
            found = re.sub(rf"\s+[|–—-]\s+{re.escape(site)}$", "", found)
        return found

    def url(self) -> str | None:
        """Return the canonical address, if it is one of the web."""
        link = self._tree.css_first('link[rel~="canonical"]')
        page = self._data.get("mainEntityOfPage")
        candidates = (
            link.attributes.get("href") if link else None,
            *self._named("og:url", "twitter:url"),
            self._data.get("url"),
            page.get("@id") if isinstance(page, dict) else page,
        )
        return next((url for url in map(_address, candidates) if url), None)

    def publisher(self) -> str | None:
        """Return the publisher's name."""
        return _first(
            *_names(self._data.get("publisher")),
            *self._named("og:site_name", "publisher", "dc.publisher", "application-name"),
        )

    def byline(self) -> str | None:
        """Return the writers' names."""
        written = _people(_names(self._data.get("author")))
        if written:
            return written
        named = self._named(
            "author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author"
        )
        printed = self._texts(
            '[itemprop="author"] [itemprop="name"]',
            '[itemprop="author"]',
            '[rel="author"]',
            ".byline",
        )
        return _people(list(named)) or _people([next(printed, "")])

    def language(self) -> str | None:
        """Return the declared language."""
        root = self._tree.css_first("html")
        declared = (root.attributes.get("lang") if root else None, self._data.get("inLanguage"))
        found = _first(*declared, *self._named("og:locale"))
        found = found.replace("_", "-") if found else None
        return found if found and _LANGUAGE.fullmatch(found) else None

    def published_on(self) -> str | None:
        """Return the day of publication."""
        times = self._tree.css("time[itemprop=datePublished], time[pubdate], article time, time")[
            :8
        ]
        candidates = (
            self._data.get("datePublished"),
            *self._named(
                "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
                "publish-date", "dc.date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date",
                "cxenseparse:recs:publishtime",
            ),
            *(node.attributes.get("datetime") or _visible(node) for node in times),
            self._data.get("dateCreated"),
        )  # fmt: skip
        for value in candidates:
            found = day_in(value[:80]) if isinstance(value, str) else None
            if found:
                return found.isoformat()
        return None


def _visible(node: LexborNode) -> str:
    return node.text()[:80]


def _items(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the items in JSON-LD: alone, in a list, in a graph, or as what a page is about."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:50]:
            yield from _items(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from _items(value.get(key), depth + 1)


def _names(value: Any, depth: int = 0) -> list[str]:
    """Return the names in a JSON-LD person or organisation, or in a list of them."""
    if depth > DEEPEST:
        return []
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item, depth + 1)]
    if isinstance(value, dict):
        return _names(value.get("name") or value.get("legalName"), depth + 1)
    return [value] if isinstance(value, str) and value.strip() else []


def _people(names: list[str]) -> str | None:
    """Return names as a byline; an address is no name."""
    found = [re.sub(r"^by\s+", "", " ".join(name.split()), flags=re.I) for name in names]
    kept = [name for name in dict.fromkeys(found) if name and "://" not in name and len(name) < 200]
    return ", ".join(kept)[:_LONGEST] or None


def _first(*values: Any) -> str | None:
    for value in values:
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())[:_LONGEST]
    return None


def _address(value: Any) -> str | None:
    """Return an address of the web, None for any other scheme or a broken one."""
    if not isinstance(value, str) or len(value) > 2_000:
        return None
    url = value.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_plain = url.isprintable() and " " not in url and "\\" not in url and not parts.username
    is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    return url if is_plain and is_web else None
