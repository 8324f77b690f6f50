"""Where somebody is sent back to after signing in: a page by its name, never an address."""

from __future__ import annotations

import re

from flask import request, url_for

_RECORD = re.compile(r"(article|claim|source)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")

#: Pages that are about no record.
_PAGES = (
    "archive_page",
    "article_form",
    "articles",
    "check_form",
    "queue",
    "search",
    "sources",
    "timeline_page",
)


def here() -> str:
    """Return the name of the page that is looked at, or nothing where it has none."""
    for kind in ("claim", "article", "source"):
        record = (request.view_args or {}).get(f"{kind}_id")
        if record is not None:
            return f"{kind}/{record}"
    page = (request.endpoint or "").removeprefix("desk.")
    return page if page in _PAGES else ""


def address(name: str) -> str:
    """Return the address of a page by its name; of the queue where there is no such page."""
    record = _RECORD.fullmatch(name)
    if record is not None:
        return url_for(f"desk.{record[1]}", **{f"{record[1]}_id": record[2]})
    return url_for(f"desk.{name if name in _PAGES else 'queue'}")
