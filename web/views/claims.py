"""One claim: everything about it, and the forms that review it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from sqlalchemy import select

from accounts.auth import acting, allow, current_actor, is_signed_in, settings
from archive.claimreview import Desk
from archive.interchange import render
from claims import provenance, queries, review, services, similar
from claims.api.claims import policy
from claims.extraction.records import Kind, Modality, Precision
from claims.models import Claim
from claims.statuses import Action, Layer, Verdict
from db import reading, transaction
from errors import DatelineError
from ledger.past import viewed
from schemas.claims import ReviewSchema
from sources import services as documents
from sources.models import Article
from web import forms, people
from web.forms import Refusal
from web.lists import with_articles
from web.offering import offered_sources
from web.presenting import claims as present
from web.presenting import words
from web.presenting.texts import sentence_around
from web.views.blueprint import desk
from web.views.gates import conditions
from web.views.looking_back import looks_back

#: What the forms of a review may hold.
FIELDS = (
    "layer",
    "action",
    "verdict",
    "verdict_kind",
    "rationale",
    "override",
    "reason",
    "review_by",
    "valid_from",
    "valid_to",
)

#: Claims shown that say the same, or something else of the same.
MOST_SIMILAR = 8

RELATIONS = [
    (name, f"{word} – {words.RELATION_HINT[name]}") for name, word in words.RELATION.items()
]


@desk.get("/claims/<uuid:claim_id>")
@looks_back
@allow("read")
def claim(claim_id: Any) -> Any:
    """Show everything about a claim."""
    return show_claim(str(claim_id))


@desk.post("/claims/<uuid:claim_id>/reviews")
@allow("review")
def review_claim(claim_id: Any) -> Any:
    """Do one thing to a finding, by the same service as the API."""
    typed = forms.typed_in(request.form)
    try:
        version = forms.whole_number(typed, "version", "The form names no version of the claim.")
        data = forms.load(ReviewSchema(), forms.filled(typed, FIELDS))
        data |= {"layer": Layer(data["layer"]), "action": Action(data["action"])}
        with transaction() as session:
            found = services.get_claim(session, str(claim_id))
            review.act(session, found, version=version, actor=acting(), policy=policy(), **data)
    except DatelineError as error:
        form = f"{typed.get('action', '')}-{typed.get('layer', '')}"
        message = people.in_words(str(error))
        return show_claim(str(claim_id), forms.refusal(error, form, typed, message))
    if typed.get("back") == "article":
        article_id = _article_id(str(claim_id))
        place = f"card-{claim_id}"
        return redirect(url_for("desk.article", article_id=article_id, _anchor=place), 303)
    return redirect(
        url_for("desk.claim", claim_id=claim_id, _anchor=f"finding-{data['layer']}"), 303
    )


def _article_id(claim_id: str) -> str:
    session = reading()
    found = session.get_one(Article, services.get_claim(session, claim_id).article_id)
    return found.uuid


def show_claim(
    claim_id: str, refusal: Refusal | None = None, typed: dict[str, str] | None = None
) -> Any:
    """Return a claim's page, with what was refused and what had been typed if a form was."""
    session = reading()
    # Nothing is done in the past.
    actor = current_actor() if viewed() is None else None
    found = services.get_claim(session, claim_id)
    article = session.get_one(Article, found.article_id)
    text = documents.text_of(session, article, found.text_version).text
    is_private = is_signed_in()
    known = provenance.provenance_of(session, found, is_private=is_private)
    history = queries.history_of(session, found, is_private=is_private)
    document = known["claim"]
    evidence = [item for side in known["evidence"].values() for item in side]
    people.learn_names(document, history, evidence)
    kept = typed or (dict(refusal.typed) if refusal else {})
    panels = present.panels_of(document, actor)
    page = render_template(
        "claim.html",
        claim=document,
        article=known["said"]["article"],
        panels=panels,
        similar=[] if viewed() else _similar(found),
        gates=_gates(found, panels, kept),
        claim_review=_claim_review(session, found, document),
        claim_chips=present.chips_of(document),
        said=present.said_words(document, text),
        context=sentence_around(text, found.start, found.end),
        evidence={panel.layer: present.evidence_sides(evidence, panel.layer) for panel in panels},
        origins=known["origins"],
        history=history,
        refusal=refusal,
        is_apart=refusal is not None and refusal.form not in _forms(panels, evidence),
        typed=kept,
        news=_news(history, refusal),
        sources=offered_sources(session, evidence, kept),
        neighbours=_neighbours(session, found),
        verdict_options=[(verdict, words.status_words(verdict)) for verdict in words.VERDICTS],
        relation_options=RELATIONS,
        reading=present.reading_of(document),
        kinds=[(each.value, words.plain(each)) for each in Kind],
        modalities=[(each.value, each.value) for each in Modality],
        precisions=[(each.value, each.value) for each in Precision],
    )
    return page, refusal.status if refusal else 200


def _similar(found: Claim) -> list[dict[str, Any]]:
    """Return the claims that say the same, or something else of the same, with their articles."""
    session = reading()
    held = similar.similar_to(session, found, most=MOST_SIMILAR)
    items = similar.documents_of(session, held, is_private=is_signed_in())
    shown = with_articles(session, [item["claim"] for item in items])
    return [item | {"claim": claim} for item, claim in zip(items, shown, strict=True)]


def _gates(found: Claim, panels: Any, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what each layer's verdict takes: the proposed one, the chosen one, else verified."""
    gates = {}
    for panel in panels:
        proposal = panel.finding.get("proposal") or {}
        chosen = typed.get("verdict") if typed.get("layer") == panel.layer else None
        word = proposal.get("verdict") or chosen
        verdict = Verdict(word) if word in set(Verdict) else Verdict.VERIFIED
        answer = conditions(found, Layer(panel.layer), verdict)
        gates[panel.layer] = {"verdict": verdict.value, "answer": answer}
    return gates


def _claim_review(session: Any, found: Any, document: Mapping[str, Any]) -> Markup | None:
    """Return what search engines read of a decided claim, safe inside a page."""
    if not any(each and each["state"] == "decided" for each in document["findings"].values()):
        return None
    own = settings()
    review_of, _ = render(session, found, "claimreview", desk=Desk(own.desk_name, own.base_url))
    return htmlsafe_json_dumps(review_of)


def _forms(panels: Any, evidence: list[dict[str, Any]]) -> set[str]:
    """Return the names of the forms that the page holds."""
    reviews = {f"{action}-{panel.layer}" for panel in panels for action in panel.actions}
    held = {f"withdraw-{item['id']}" for item in evidence if item["withdrawal"] is None}
    return {"evidence", "correct", *reviews, *held}


def _news(history: list[dict[str, Any]], refusal: Refusal | None) -> list[Any]:
    if refusal is None or not refusal.is_stale:
        return []
    seen = refusal.typed.get("version", "")
    return present.news_since(history, int(seen) if seen.isdigit() else None)


def _neighbours(session: Any, found: Any) -> dict[str, str | None]:
    """Return the claims before and after this one in its article."""
    ids = [
        row.uuid
        for row in session.execute(
            select(Claim.uuid)
            .where(Claim.article_id == found.article_id)
            .order_by(Claim.start, Claim.id)
        )
    ]
    place = ids.index(found.uuid)
    return {
        "previous": ids[place - 1] if place > 0 else None,
        "next": ids[place + 1] if place + 1 < len(ids) else None,
    }
