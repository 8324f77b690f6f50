"""Evidence: adding what a source does for a claim, and taking it back."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from accounts.auth import acting, allow
from claims import evidence as service
from claims import services
from claims.models import Claim
from db import reading, transaction
from errors import DatelineError
from schemas.claims import CreateEvidenceSchema, WithdrawalSchema
from sources import services as documents
from web import forms, people
from web.views.blueprint import desk
from web.views.claims import show_claim

#: What the form holds beside the source, which is one that is known or a new one.
FIELDS = ("layer", "relation", "basis", "quote", "note")

NEW_SOURCE = (
    "source.kind",
    "source.title",
    "source.publisher",
    "source.owner",
    "source.author",
    "source.url",
    "source.published_on",
    "source.reliability",
)

_BOXES = ("is_interested", "is_own_reporting", "is_anonymous")


@desk.post("/claims/<uuid:claim_id>/evidence")
@allow("add_evidence")
def add_evidence(claim_id: Any) -> Any:
    """Add evidence, or look for a source and show the form again."""
    typed = forms.typed_in(request.form)
    if typed.get("step") == "find":
        return show_claim(str(claim_id), typed=typed | {"open": "evidence"})
    try:
        data = forms.load(CreateEvidenceSchema(), _given(typed))
        actor = acting()
        with transaction() as session:
            found = services.get_claim(session, str(claim_id))
            source = (
                documents.get_source(session, data["source_id"])
                if "source_id" in data
                else documents.add_source(session, data["source"], actor=actor)
            )
            service.add_evidence(session, found, source, data, actor=actor)
    except DatelineError as error:
        message = people.in_words(str(error))
        return show_claim(str(claim_id), forms.refusal(error, "evidence", typed, message))
    place = f"evidence-{data['layer']}"
    return redirect(url_for("desk.claim", claim_id=claim_id, _anchor=place), 303)


def _given(typed: dict[str, str]) -> dict[str, Any]:
    given = forms.filled(typed, FIELDS)
    given["decisive"] = forms.is_ticked(typed, "decisive")
    if typed.get("credibility"):
        given["credibility"] = forms.whole_number(
            typed, "credibility", "The credibility is a number from 1 to 6."
        )
    if typed.get("source_id") == "new":
        new = forms.filled(typed, NEW_SOURCE).get("source", {})
        boxes = {name: forms.is_ticked(typed, f"source.{name}") for name in _BOXES}
        given["source"] = {**new, **boxes}
    else:
        given |= forms.filled(typed, ("source_id",))
    return given


@desk.post("/evidence/<uuid:evidence_id>/withdrawal")
@allow("add_evidence")
def withdraw_evidence(evidence_id: Any) -> Any:
    """Withdraw evidence with a reason."""
    typed = forms.typed_in(request.form)
    held = service.get_evidence(reading(), str(evidence_id))
    claim_id = reading().get_one(Claim, held.claim_id).uuid
    try:
        data = forms.load(WithdrawalSchema(), forms.filled(typed, ("reason",)))
        with transaction() as session:
            found = service.get_evidence(session, str(evidence_id))
            service.withdraw_evidence(session, found, reason=data["reason"], actor=acting())
    except DatelineError as error:
        message = people.in_words(str(error))
        refusal = forms.refusal(error, f"withdraw-{evidence_id}", typed, message)
        return show_claim(claim_id, refusal)
    place = f"evidence-{held.layer}"
    return redirect(url_for("desk.claim", claim_id=claim_id, _anchor=place), 303)
