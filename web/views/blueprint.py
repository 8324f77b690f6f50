"""The blueprint that all pages hang on, and what every template can use."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from accounts.auth import settings
from claims.statuses import CloseReason, Verdict, VerdictKind
from ledger.past import viewed
from web import people, places
from web.assets import asset
from web.presenting import days, graph, texts, words
from web.presenting.claims import event_reason, event_words, finding_word, look_of

desk = Blueprint("desk", __name__, template_folder="../templates")


@desk.app_context_processor
def _shared() -> dict[str, Any]:
    """Return what every page needs, error pages included."""
    return {
        "asset": asset,
        "viewer": people.viewer,
        "may": people.viewer_may,
        "name_of": people.name_of,
        "place_here": places.here,
        "words": words,
        "past": viewed(),
        "approvals": settings().approvals,
        "lease_minutes": settings().lease_minutes,
        "Verdict": Verdict,
        "VerdictKind": VerdictKind,
        "CloseReason": CloseReason,
        "event_words": event_words,
        "event_reason": event_reason,
        "finding_word": finding_word,
    }


@desk.record
def _filters(state: Any) -> None:
    state.app.jinja_env.trim_blocks = True
    state.app.jinja_env.lstrip_blocks = True
    state.app.jinja_env.filters.update(
        visible=texts.visible_text,
        boxed=texts.boxed_text,
        web_address=texts.web_address,
        day=days.day_words,
        moment=days.moment_words,
        time_words=days.time_words,
        amount=days.amount_words,
        status_words=words.status_words,
        status_hint=words.status_hint,
        plain=words.plain,
        look=look_of,
        drawing=graph.draw,
    )
