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
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from claims.extraction.datelines import day_in

_NEWS = re.compile(
    r"(?:.*[/:#])?(?:\w*Article|BlogPosting|Report|Review(?:NewsArticle)?|LiveBlogPosting)$"
)
_LONGEST = 1_000
_LONGEST_DATA = 200_000
_MARKUP = re.compile(r"</(?:p|div|li|b|i|a|em|strong|span|h[1-6])>|<br ?/?>", re.I)
_MARKUP_END = re.compile(r"</(?:p|div|li|h[1-6])>|<br ?/?>", re.I)
#: What breaks data that are otherwise fine: comments around them, a comma before a bracket.
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)\s*$")
_LAST_COMMA = re.compile(r",(?=\s{0,20}[}\]])")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

#: Where writers are printed, the surest first.
_BYLINES = (
    '[itemprop="author"] [itemprop="name"]',
    '[itemprop="author"]',
    '[rel="author"]',
    ".byline",
    '[class*="byline" i], [data-component*="byline"], [data-testid*="byline" i]',
    ".author-name, .article-author, .story-author, .post-author",
)

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
        self._named_items: dict[str, dict[str, Any]] = {}
        self._data = self._news_article()

    def _news_article(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for node in self._tree.css('script[type*="ld+json"]')[:20]:
            for item in _items(_loaded(node.text()[:_LONGEST_DATA])):
                if isinstance(item.get("@id"), str) and "name" in item:
                    self._named_items.setdefault(item["@id"], item)
                if not found and any(_NEWS.fullmatch(kind) for kind in _kinds(item)):
                    found = item
        return found

    def is_live(self) -> bool:
        """Say whether the page is a row of posts about what goes on."""
        return "LiveBlogPosting" in _kinds(self._data)

    def body(self) -> str | None:
        """Return the article's text as the data hold it."""
        text = self._data.get("articleBody")
        if not isinstance(text, str):
            return None
        if _MARKUP.search(text):
            text = LexborHTMLParser(_MARKUP_END.sub("\n", text[:_LONGEST_DATA])).text()
        lines = (" ".join(line.split()) for line in text.splitlines())
        return "\n\n".join(line for line in lines if line) or None

    def _named(self, *names: str) -> Iterator[str]:
        for name in names:
            yield from self._meta.get(name, ())

    def _texts(self, *queries: str) -> Iterator[str]:
        for query in queries:
            for node in self._tree.css(query)[:5]:
                yield node.text()[:_LONGEST]

    def title(self) -> str | None:
        """Return the headline, without the name of the site after it."""
        site = self.publisher()
        candidates = (
            self._data.get("headline"),
            *self._named("og:title", "twitter:title", "headline"),
            *self._texts("h1"),
            *self._texts("title"),
        )
        # The name of the site stands in an <h1> on some pages.
        found = _first(*(title for title in candidates if _first(title) != site))
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
        base = self._base(candidates)
        return next((url for url in (_address(url, base) for url in candidates) if url), None)

    def _base(self, candidates: tuple[Any, ...]) -> str:
        """Return what addresses without a host are counted from: `<base>`, or a whole address."""
        node = self._tree.css_first("base[href]")
        base = _address(node.attributes.get("href")) if node else None
        return base or next((url for url in map(_address, candidates) if url), "https:")

    def publisher(self) -> str | None:
        """Return the publisher's name."""
        return _first(
            *_names(self._whole(self._data.get("publisher"))),
            *self._named("og:site_name", "publisher", "dc.publisher", "application-name"),
        )

    def byline(self) -> str | None:
        """Return the writers' names."""
        written = _people(_names(self._whole(self._data.get("author"))))
        named = self._named(
            "author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author"
        )
        if written and written != self.publisher():
            return written
        return _people(list(named)) or self._printed_byline() or written

    def _printed_byline(self) -> str | None:
        for query in _BYLINES:
            nodes = self._tree.css(query)[:5]
            if names := _people([_first_line(node) for node in nodes]):
                return names
        return None

    def _whole(self, value: Any) -> Any:
        """Return what an item that is only named by its id says of itself elsewhere."""
        if isinstance(value, list):
            return [self._whole(item) for item in value[:20]]
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return self._named_items.get(value["@id"], value)
        return value

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


def _first_line(node: LexborNode) -> str:
    """Return the first words of an element that stand alone, up to a bar or a line's end."""
    blocks = (line for line in node.text(separator="\n").splitlines() if line.strip())
    line = next(blocks, "")
    # "By" may stand in an element of its own, before the names.
    line = f"{line} {next(blocks, '')}" if line.strip().lower() in ("by", "written by") else line
    return re.split(r"\s[|·•]\s", line)[0]


def _visible(node: LexborNode) -> str:
    return node.text()[:80]


def _loaded(data: str) -> Any:
    """Return JSON's value, mended where it is broken in a common way; None where it stays broken."""
    for text in (data, _LAST_COMMA.sub("", _WRAPPING.sub("", data))):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _kinds(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    ]


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


def _address(value: Any, base: str = "") -> str | None:
    """Return an address of the web, None for any other scheme or a broken one."""
    if not isinstance(value, str) or not value.strip() or len(value) > 2_000:
        return None
    try:
        url = value.strip()
        url = url if urlsplit(url).scheme else urljoin(base, url)
        parts = urlsplit(url)
    except ValueError:
        return None
    is_plain = url.isprintable() and " " not in url and "\\" not in url and not parts.username
    is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    return url if is_plain and is_web else None
