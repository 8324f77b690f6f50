"""What is held elsewhere: beside a claim, for a text that somebody brings, of a claimant."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from accounts import limits
from accounts.auth import acting, allow, is_signed_in
from claims import checking, predictions, relations, services
from claims.models import ClaimRelationKind
from db import database, reading, transaction
from errors import DatelineError
from schemas.claims import CheckSchema, JudgeRelationSchema
from schemas.desk import PredictionsQuerySchema
from web import forms, people
from web.views.blueprint import desk
from web.views.claims import show_claim
from web.views.looking_back import looks_back


@desk.post("/claims/<uuid:claim_id>/relations")
@allow("review")
def judge_relation(claim_id: Any) -> Any:
    """Confirm or refuse how another claim stands to this one."""
    typed = forms.typed_in(request.form)
    try:
        names = ("other_id", "relation", "judgement")
        data = forms.load(JudgeRelationSchema(), forms.filled(typed, names))
        with transaction() as session:
            relations.judge(
                session,
                services.get_claim(session, str(claim_id)),
                services.get_claim(session, data["other_id"]),
                relation=ClaimRelationKind(data["relation"]),
                judgement=data["judgement"],
                actor=acting(),
            )
    except DatelineError as error:
        message = people.in_words(str(error))
        return show_claim(str(claim_id), forms.refusal(error, "relation", typed, message))
    return redirect(url_for("desk.claim", claim_id=claim_id, _anchor="elsewhere"), 303)


@desk.get("/check")
@allow("read")
def check_form() -> str:
    """Show the form that takes a text."""
    return render_template("check.html", found=None, refusal=None, typed={})


@desk.post("/check")
@allow("read")
def check() -> Any:
    """Read a text's statements without keeping them, and say what is held about each."""
    typed = forms.typed_in(request.form)
    try:
        data = forms.load(CheckSchema(), forms.filled(typed, ("text", "published_on")))
        if not is_signed_in():
            limits.count_check(database(), request.remote_addr or "unknown")
        text, day = data["text"], checking.day_of(data["text"], data.get("published_on"))
        analyst = current_app.extensions["dateline.analyst"]
        extraction = checking.read_text(analyst, text, day, None)
        found = checking.answers(reading(), text, day, extraction, is_private=is_signed_in())
    except DatelineError as error:
        refusal = forms.refusal(error, "check", typed, people.in_words(str(error)))
        page = render_template("check.html", found=None, refusal=refusal, typed=typed)
        return page, refusal.status
    people.learn_names(*(match["claim"] for each in found for match in each["matches"]))
    return render_template("check.html", found=found, refusal=None, typed=typed)


@desk.get("/claimants/predictions")
@looks_back
@allow("read")
def predictions_page() -> Any:
    """Show how a claimant's predictions came out."""
    given = forms.load(
        PredictionsQuerySchema(), forms.filled(forms.typed_in(request.args), ("name",))
    )
    record = predictions.record_of(reading(), given["name"], most=given["limit"])
    return render_template("predictions.html", record=record)
