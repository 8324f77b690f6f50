"""What people add to the machine's reading: claims that it left out, and corrections of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from sqlalchemy.orm import Session

from accounts.auth import acting, allow
from claims import queries, services
from claims.models import Claim
from db import transaction
from errors import DatelineError, InvalidInputError, StaleVersionError
from schemas.claims import MarkClaimSchema, UpdateClaimSchema
from schemas.sources import MarkSegmentSchema
from sources import services as documents
from sources.models import Article
from web import forms, people
from web.views.articles import show_article
from web.views.blueprint import desk
from web.views.claims import show_claim

_NO_PLACE = "The form names no place in the text."


@desk.post("/articles/<uuid:article_id>/marks")
@allow("review")
def mark(article_id: Any) -> Any:
    """Make a claim of a stretch of the text, or say that it is none."""
    typed = forms.typed_in(request.form)
    try:
        span = {name: forms.whole_number(typed, name, _NO_PLACE) for name in ("start", "end")}
        with transaction() as session:
            article = documents.get_article(session, str(article_id))
            if typed.get("state") == "claim":
                data = forms.load(MarkClaimSchema(), _trimmed(session, article, span))
                made = services.mark_claim(session, article, data, actor=acting()).uuid
                target = url_for("desk.claim", claim_id=made, _anchor="correct")
            else:
                data = forms.load(MarkSegmentSchema(), span | {"state": typed.get("state")})
                services.mark_segment(session, article, reason=None, **data, actor=acting())
                target = url_for("desk.article", article_id=article_id, _anchor="left")
    except DatelineError as error:
        message = people.in_words(str(error))
        return show_article(str(article_id), forms.refusal(error, "mark", typed, message))
    return redirect(target, 303)


def _trimmed(session: Session, article: Article, span: dict[str, int]) -> dict[str, int]:
    """Return a span without the spaces at its ends, which a selection easily takes along."""
    text = documents.text_of(session, article).text
    words = text[span["start"] : span["end"]]
    if not words.strip() or span["end"] > len(text):
        # The service says what is wrong with it.
        return span
    start = span["start"] + len(words) - len(words.lstrip())
    return {"start": start, "end": start + len(words.strip())}


@desk.post("/claims/<uuid:claim_id>/correction")
@allow("review")
def correct_claim(claim_id: Any) -> Any:
    """Correct what was read about a claim; a decision on the old reading goes stale."""
    typed = forms.typed_in(request.form)
    try:
        version = forms.whole_number(typed, "version", "The form names no version of the claim.")
        with transaction() as session:
            found = services.get_claim(session, str(claim_id))
            if found.version != version:
                raise StaleVersionError("The claim changed meanwhile. Read it again.")
            held = queries.document_of(session, found)
            given = _changes(typed, held) | _new_span(session, found, typed)
            changes = forms.load(UpdateClaimSchema(), given)
            services.correct_claim(session, found, changes, actor=acting())
    except DatelineError as error:
        message = people.in_words(str(error))
        return show_claim(str(claim_id), forms.refusal(error, "correct", typed, message))
    return redirect(url_for("desk.claim", claim_id=claim_id), 303)


def _changes(typed: Mapping[str, str], held: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form says differently from the claim: only that is recorded."""
    topics = [word.strip().lower().replace(" ", "_") for word in typed.get("topics", "").split(",")]
    given = {
        "kind": typed.get("kind", ""),
        "modality": typed.get("modality", ""),
        "checkable": forms.is_ticked(typed, "checkable"),
        "topics": [topic for topic in topics if topic],
        "claimant": forms.filled(typed, ("claimant.name", "claimant.role")).get("claimant"),
        "time": _time(typed, held["time"]),
        "due_on": typed.get("due_on") or None,
    }
    now = {**held, "claimant": _without_nothing(held["claimant"])}
    return {name: value for name, value in given.items() if value != now[name]}


def _new_span(session: Session, found: Claim, typed: Mapping[str, str]) -> dict[str, int]:
    """
    Return where the words that the form gives stand, if they are others than the claim's.

    :raises InvalidInputError: if the article does not have them like this
    """
    words = typed.get("words", found.text).strip()
    if not words or words == found.text:
        return {}
    article = session.get_one(Article, found.article_id)
    text = documents.text_of(session, article, found.text_version).text
    places = [match.start() for match in re.finditer(re.escape(words), text)]
    if not places:
        message = "The article does not have these words like this."
        raise InvalidInputError(message, {"words": "Copy them as the article prints them."})
    start = min(places, key=lambda place: abs(place - found.start))
    return {"start": start, "end": start + len(words)}


def _without_nothing(record: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {name: value for name, value in record.items() if value} if record else None


def _time(typed: Mapping[str, str], held: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the time that the form gives, with the printed words of the one that was read."""
    ends = {name: typed.get(f"time.{name}") or None for name in ("earliest", "latest")}
    precision = typed.get("time.precision") or "day"
    if held and ends.items() <= held.items() and precision == held["precision"]:
        return dict(held)
    if not any(ends.values()):
        return None
    return {**ends, "precision": precision, "text": (held or {}).get("text")}
