"""
The blocks of text in a page, and which of them are the article.

The tree is walked once, without recursion. A block is what stands between two block elements or
two line breaks in a row; the article is the marked element with most text in paragraphs, else the
one in which paragraphs stand densest.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: What holds no prose of the article's, whatever stands in it.
DROPPED = (
    "script, style, noscript, template, nav, aside, footer, form, button, iframe, svg, figure, figcaption, select, "
    "textarea, dialog, object, audio, video, canvas, math, menu, [hidden], [aria-hidden=true], [role=navigation], "
    "[role=complementary], [role=contentinfo], [role=dialog], [role=banner], header nav, "
    ".advertisement, .advert, .ad, .ads, .share, .sharing, .social, .social-share, .related, .related-articles, "
    ".recommended, .newsletter, .newsletter-signup, .promo, .breadcrumb, .breadcrumbs, .tags, .comments, #comments, "
    ".cookie-banner, .cookie-consent, .cookie, #cookie-banner, .caption, .wp-caption-text, .image-caption, .most-read, "
    ".trending, .sidebar, .read-more, .visually-hidden, .sr-only"
)
_MARKED = (
    "[itemprop=articleBody]",
    ".article-body, .article__body, .story-body, .entry-content, .post-content, .article-content, .story-content",
    "article",
    "main, [role=main]",
)
_BLOCKS = frozenset(
    ["address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
#: Marks for where a cell or a line begins; a page cannot bring its own.
_CELL, _BREAK = "\x1f", "\x1e"
_BETWEEN = "\t"

#: Characters that a marked element must hold in paragraphs to be taken for the article.
ENOUGH = 80
#: Marked elements that are weighed; a page of teasers may have hundreds.
MOST = 50
#: Shortest paragraph that speaks for the element around it.
SPEAKING = 25


def article_in(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the article's text."""
    for query in _MARKED:
        best = max(tree.css(query)[:MOST], key=_weight, default=None)
        if best is not None and _weight(best) >= ENOUGH:
            return best
    return _densest(tree) or tree.body


def _weight(node: LexborNode) -> int:
    return sum(len(p.text()) for p in node.css("p")[:500])


def _densest(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element whose paragraphs hold most text, half of it counted one level up."""
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for paragraph in tree.css("p")[:5_000]:
        length = len(paragraph.text())
        above = paragraph.parent
        for share in (1.0, 0.5):
            if above is None or above.tag in ("html", "-undef") or length < SPEAKING:
                break
            scores[above.mem_id] = scores.get(above.mem_id, 0.0) + share * length
            nodes.setdefault(above.mem_id, above)
            above = above.parent
    if not scores:
        return None
    best = max(scores, key=lambda key: scores[key])
    return nodes[best] if scores[best] >= ENOUGH else None


def blocks_of(node: LexborNode) -> Iterator[str]:
    """Yield the texts of the blocks in an element, in order; a table's row is one block."""
    parts: list[str] = []
    for part in _walk(node):
        if part is not None:
            parts.append(part)
            continue
        text = _flat("".join(parts))
        parts.clear()
        if text:
            yield text
    text = _flat("".join(parts))
    if text:
        yield text


def _walk(top: LexborNode) -> Iterator[str | None]:
    """Yield pieces of text, and None where a block begins or ends."""
    node: LexborNode | None = top.child
    breaks = 0
    while node is not None:
        tag = node.tag
        if tag == "-text":
            words = (node.text_content or "").replace(_CELL, " ").replace(_BREAK, " ")
            breaks = 0 if words.strip() else breaks
            yield words
        elif tag == "br":
            breaks += 1
            yield None if breaks > 1 else _BREAK
        elif tag in _BLOCKS:
            yield _CELL if tag in _CELLS else None
        if node.child is not None:
            node = node.child
            continue
        while node is not None and node.next is None:
            node = _closed(node.parent, top)
            if node is None:
                return
            if node.tag in _BLOCKS and node.tag not in _CELLS:
                yield None
        node = node.next if node is not None else None


def _closed(node: LexborNode | None, top: LexborNode) -> LexborNode | None:
    return None if node is None or node.mem_id == top.mem_id else node


def _flat(text: str) -> str:
    """Return a block's text with single spaces, its lines and cells kept apart."""
    lines = (_BETWEEN.join(_squeezed(line.split(_CELL))) for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line)


def _squeezed(cells: list[str]) -> list[str]:
    return [flat for cell in cells if (flat := " ".join(cell.split()))]
