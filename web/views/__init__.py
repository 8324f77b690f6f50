"""The pages of the desk. Each asks the services that the API asks; no rule lives here."""

from web.views import (
    account,
    archives,
    articles,
    claims,
    corrections,
    decisions,
    elsewhere,
    evidence,
    gates,
    help,
    provenance,
    queue,
    search,
    sources,
    timeline,
    versions,
)
from web.views.blueprint import desk

__all__ = [
    "account",
    "archives",
    "articles",
    "claims",
    "corrections",
    "decisions",
    "desk",
    "elsewhere",
    "evidence",
    "gates",
    "help",
    "provenance",
    "queue",
    "search",
    "sources",
    "timeline",
    "versions",
]
