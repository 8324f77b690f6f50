"""
What is taken out of a page before its article is looked for: menus, banners, forms, other stories.

An element goes by its tag, its role, or a class that says what it is. What holds the article itself
stays, whatever it is called: some pages stand in a form as a whole, or in a hidden frame. Names that
only hint at something else ("related") count where the element holds a small part of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: What is never text.
_RAW = "script, style, noscript, template, svg, iframe, object, audio, video, canvas, math, select, textarea, button"
#: What holds no prose of the article's, whatever stands in it.
_NOISE = (
    "nav, aside, footer, form, figure, figcaption, dialog, menu, [hidden], [aria-hidden=true], "
    "[role=navigation], [role=complementary], [role=contentinfo], [role=dialog], [role=banner], header nav, "
    ".advertisement, .advert, .ad, .ads, .share, .sharing, .social, .social-share, .related, .related-articles, "
    ".recommended, .newsletter, .newsletter-signup, .promo, .breadcrumb, .breadcrumbs, .tags, .comments, #comments, "
    ".cookie-banner, .cookie-consent, .cookie, #cookie-banner, .caption, .wp-caption-text, .image-caption, .most-read, "
    ".trending, .sidebar, .read-more, .visually-hidden, .sr-only, .screen-reader-text, "
    "amp-ad, amp-embed, amp-auto-ads, amp-sticky-ad, amp-consent, amp-sidebar, amp-social-share, amp-user-notification"
)
_HINTS = (
    "related", "recommend", "also-read", "alsoread", "read-also", "readmore", "read-next", "newsletter", "cookie",
    "consent", "sponsor", "promo-", "taboola", "outbrain", "share-bar", "sharebar", "sharedaddy", "social-",
    "most-popular", "mostread", "trending", "teasers", "teaser-list", "comments-", "disqus", "ad-slot", "adslot",
    "ad-container", "ad-wrapper", "advert", "adsbygoogle", "signup", "subscribe-box", "subscribe-form",
)  # fmt: skip
_HINTED = ", ".join(f'[class*="{hint}"], [id*="{hint}"]' for hint in _HINTS)
_CAPTIONS = 'p[class*="caption"], span[class*="caption"], div[class$="caption"]'
#: What holds the article.
_BODY = (
    "main, [role=main], [itemprop=articleBody], .article-body, .article__body, .story-body, .entry-content, "
    ".post-content, .article-content, .story-content"
)
#: The largest part of a page that an element with a hinting name may hold and still go.
SMALL = 0.2
#: Elements with hinting names that are looked at.
MOST = 2_000
#: Elements within each other that are looked at.
NESTED = 5


def strip(tree: LexborHTMLParser, *, is_live: bool = False) -> None:
    """
    Take out of a page what is not its article.

    :param is_live: whether the page is a row of posts, each of which may be marked as an article
    """
    _take_out(tree.css(_RAW), lambda node: True)
    whole = _size(tree.body)
    _take_out(tree.css(_NOISE), lambda node: not _holds_article(node, whole))
    _take_out(
        tree.css(f"{_HINTED}, {_CAPTIONS}")[:MOST],
        lambda node: not _is_frame(node) and _size(node) <= SMALL * whole,
    )
    if not is_live:
        _take_out(tree.css("article")[:MOST], lambda node: _is_card(node, whole))
    _take_out(tree.css("ul, ol")[:MOST], _is_list_of_links)


def _take_out(nodes: Iterable[LexborNode], is_noise: Callable[[LexborNode], bool]) -> None:
    """
    Take out elements; of one within another the outer one alone is looked at and goes.

    Of those that stand in each other and stay only a few are looked at: work stays linear.
    """
    around: dict[int, int] = {}
    chosen = []
    for node in nodes:
        depth = _depth(node, around)
        if depth >= NESTED:
            continue
        is_out = is_noise(node)
        around[node.mem_id] = NESTED if is_out else depth + 1
        if is_out:
            chosen.append(node)
    for node in chosen:
        node.decompose()


def _depth(node: LexborNode, around: dict[int, int]) -> int:
    """Return in how many elements that were looked at one stands; each is climbed through once."""
    path = []
    above: LexborNode | None = node
    while above is not None and above.mem_id not in around:
        path.append(above.mem_id)
        above = above.parent
    depth = around[above.mem_id] if above is not None else 0
    around.update(dict.fromkeys(path, depth))
    return depth


def _size(node: LexborNode | None) -> int:
    return len(node.text()) if node is not None else 0


def _is_frame(node: LexborNode) -> bool:
    return node.tag in ("html", "body", "main") or node.css_first(_BODY) is not None


def _holds_article(node: LexborNode, whole: int) -> bool:
    if node.tag in ("html", "body", "main"):
        return True
    if node.tag == "form" or "aria-hidden" in node.attributes or "hidden" in node.attributes:
        return _size(node) * 2 > whole
    return node.tag in ("div", "section") and node.css_first(_BODY) is not None


def _is_card(node: LexborNode, whole: int) -> bool:
    """Say whether an article is a short one that only points at another story."""
    return (
        _size(node) <= SMALL * whole
        and node.css_first("h2 a, h3 a, h4 a, a h2, a h3, a h4") is not None
    )


def _is_list_of_links(node: LexborNode) -> bool:
    """Say whether nothing but links stands in a list."""
    linked = sum(_letters(link) for link in node.css("a"))
    return 0 < _letters(node) <= linked


def _letters(node: LexborNode) -> int:
    return len("".join(node.text().split()))
