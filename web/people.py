"""Who is looking, and what the people on a page are called: names only after a sign-in."""

from __future__ import annotations

from typing import Any

from flask import g

from accounts import services
from accounts.auth import current_actor, settings
from db import reading
from ledger.past import viewed
from permissions import Actor, Permission, may
from web.presenting.claims import pseudonyms_of
from web.presenting.texts import plain_words, pseudonym, pseudonyms_in


def viewer() -> Actor | None:
    """Return whoever looks; on an error's page, whoever was known when it happened."""
    if "work" in g:
        return current_actor()
    found: Actor | None = g.get("actor")
    return found


def viewer_may(permission: str) -> bool:
    """Say whether whoever looks may do this; the past is only read. The service decides again."""
    if viewed() is not None and permission != Permission.READ:
        return False
    return may(viewer(), Permission(permission), public_read=settings().public_read)


def learn_names(*documents: Any) -> None:
    """Look up the names of the people in documents of the contract's shape, in one go."""
    _learn(pseudonyms_of(list(documents)))


def _learn(wanted: set[str]) -> None:
    known: dict[str, str] = g.setdefault("names", {})
    missing = wanted - known.keys()
    if missing and viewer() is not None:
        known.update(services.names_of(reading(), missing))


def name_of(reviewer_id: str | None) -> str:
    """Return what a person is called on this page."""
    if reviewer_id is None:
        return "nobody"
    who = viewer()
    if who is not None and who.id == reviewer_id:
        return "you"
    known: dict[str, str] = g.get("names", {})
    return known.get(reviewer_id) or pseudonym(reviewer_id)


def in_words(message: str) -> str:
    """Return an error's message with people's names and moments as people read them."""
    _learn(pseudonyms_in(message))
    return plain_words(message, g.get("names", {}))
