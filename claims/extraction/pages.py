"""
The blocks of text in a page, and which of them are the article.

The tree is walked once, without recursion. A block is what stands between two block elements or
two line breaks in a row; the article is the marked element with most text in paragraphs, else the
one in which paragraphs stand densest.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Where a page that goes on reporting keeps its posts.
_LIVE = '[itemtype*="LiveBlogPosting"], [class*="liveblog"], [id*="liveblog"], [class*="live-blog"], [id*="live-blog"]'
_MARKED = (
    "[itemprop=articleBody]",
    ".article-body, .article__body, .story-body, .entry-content, .post-content, .article-content, .story-content",
    "article",
    "main, [role=main]",
)
#: Marks that several parts of one body may carry.
_PARTED = _MARKED[:2]
_BLOCKS = frozenset(
    ["address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
#: Marks for where a cell or a line begins; a page cannot bring its own.
_CELL, _BREAK = "\x1f", "\x1e"
_BETWEEN = "\t"
#: A page's own marks, and what only says where a word may be broken.
_UNSEEN = {ord(_CELL): " ", ord(_BREAK): " ", 0xAD: None, 0x200B: None, 0x2060: None, 0xFEFF: None}

#: Characters that a marked element must hold in paragraphs to be taken for the article.
ENOUGH = 80
#: Marked elements that are weighed; a page of teasers may have hundreds.
MOST = 50
#: Shortest paragraph that speaks for the element around it.
SPEAKING = 25


def article_in(tree: LexborHTMLParser, *, is_live: bool = False) -> LexborNode | None:
    """
    Return the element that holds the article's text.

    :param is_live: whether the page is a row of posts, each of which may be marked as an article
    """
    for query in (_LIVE, *_MARKED[-1:]) if is_live else _MARKED:
        found = tree.css(query)[:MOST]
        best = max(found, key=_weight, default=None)
        if best is not None and _weight(best) >= ENOUGH:
            return _around(found, best) if query in _PARTED and len(tree.css("h1")) < 2 else best
    return _densest(tree) or tree.body


def _around(found: list[LexborNode], best: LexborNode) -> LexborNode:
    """Return the element around all parts of a body that is cut up, as by advertisements."""
    parts = [node for node in found if _weight(node) >= SPEAKING]
    paths = [_path(node) for node in parts]
    if any(best.mem_id in path for path in paths) or len(parts) < 2:
        return best
    shared = set.intersection(*({node.mem_id for node in path} for path in paths))
    common = next((node for node in paths[0] if node.mem_id in shared), best)
    return best if common.tag in ("html", "body", "-undef") else common


def _path(node: LexborNode) -> list[LexborNode]:
    """Return the elements around one, the nearest first."""
    path = []
    above = node.parent
    while above is not None:
        path.append(above)
        above = above.parent
    return path


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
            words = (node.text_content or "").translate(_UNSEEN)
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
