"""The pages of the desk. Each asks the services that the API asks; no rule lives here."""

from web.views import (
    account,
    articles,
    claims,
    corrections,
    evidence,
    help,
    queue,
    search,
    sources,
    timeline,
)
from web.views.blueprint import desk

__all__ = [
    "account",
    "articles",
    "claims",
    "corrections",
    "desk",
    "evidence",
    "help",
    "queue",
    "search",
    "sources",
    "timeline",
]
