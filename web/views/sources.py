"""Sources: what can be cited, what derives from what, and which claims rest on it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from accounts.auth import acting, allow
from claims import filters, staleness
from claims.models import Claim
from db import reading, transaction
from errors import DatelineError, InvalidInputError, StaleVersionError
from schemas.paging import page
from schemas.sources import (
    CreateSourceSchema,
    JudgeDerivationSchema,
    NoticeSchema,
    SourceQuerySchema,
)
from sources import queries as document_queries
from sources import services, snapshot_api, snapshots
from sources.models import DerivationBasis, Snapshot, Source
from web import forms, people
from web.forms import Refusal
from web.lists import claims_of, given_filters, only_filters, wrong_filters
from web.presenting import graph
from web.views.blueprint import desk
from web.views.evidence import NEW_SOURCE

#: Claims shown that rest on a source.
MOST_CLAIMS = 50

#: Snapshots shown of a source, newest first.
MOST_SNAPSHOTS = 20

_BOXES = ("is_interested", "is_own_reporting", "is_anonymous")


@desk.get("/sources")
@allow("read")
def sources() -> Any:
    """List sources, newest first."""
    given, refusal = given_filters(SourceQuerySchema())
    items: list[dict[str, Any]] = []
    cursor = None
    if given is not None:
        query = document_queries.sources_query(**only_filters(given))
        try:
            rows = page(reading(), query, [(Source.id, True)], limit=50, cursor=given["cursor"])
        except InvalidInputError as error:
            refusal = wrong_filters(error)
        else:
            items = [document_queries.source_document(row.Source) for row in rows.rows]
            cursor = rows.next
    return _show_list(items, cursor, refusal)


def _show_list(items: list[dict[str, Any]], cursor: str | None, refusal: Refusal | None) -> Any:
    shown = render_template(
        "sources.html",
        items=items,
        next=cursor,
        filters=request.args,
        refusal=refusal,
        typed=dict(refusal.typed) if refusal else {},
    )
    return shown, refusal.status if refusal else 200


@desk.post("/sources")
@allow("add_evidence")
def add_source() -> Any:
    """Add a source."""
    typed = forms.typed_in(request.form)
    try:
        given = forms.filled(typed, NEW_SOURCE).get("source", {})
        boxes = {name: forms.is_ticked(typed, f"source.{name}") for name in _BOXES}
        data = forms.load(CreateSourceSchema(), {**given, **boxes})
        with transaction() as session:
            added = services.add_source(session, data, actor=acting())
    except DatelineError as error:
        return _show_list(
            [], None, forms.refusal(error, "source", typed, people.in_words(str(error)))
        )
    return redirect(url_for("desk.source", source_id=added.uuid), 303)


@desk.get("/sources/<uuid:source_id>")
@allow("read")
def source(source_id: Any) -> Any:
    """Show a source, its lineage, and the claims that rest on it."""
    return _show(str(source_id))


def _show(source_id: str, refusal: Refusal | None = None) -> Any:
    session = reading()
    found = services.get_source(session, source_id)
    lineage = document_queries.lineage(session, found)
    people.learn_names(lineage)
    query = filters.matching(session, source=found.uuid).paged
    newest = query.order_by(Claim.id.desc()).limit(MOST_CLAIMS + 1)
    claims = claims_of(session, session.execute(newest).all())
    typed = dict(refusal.typed) if refusal else {}
    shown = render_template(
        "source.html",
        source=lineage["source"],
        lineage=lineage,
        by_id={each["id"]: each for each in lineage["sources"]},
        tree=graph.lineage_tree(lineage),
        snapshots=[
            snapshots.snapshot_document(each, found.uuid)
            for each in session.execute(
                snapshots.snapshots_query(found).order_by(Snapshot.id.desc()).limit(MOST_SNAPSHOTS)
            ).scalars()
        ],
        claims=claims[:MOST_CLAIMS],
        has_more=len(claims) > MOST_CLAIMS,
        parents=_offered(found.uuid, typed.get("find", "")),
        refusal=refusal,
        typed=typed,
    )
    return shown, refusal.status if refusal else 200


def _offered(source_id: str, wanted: str) -> list[dict[str, Any]]:
    query = document_queries.sources_query(q=wanted.strip()[:200] or None)
    query = query.where(Source.uuid != source_id).order_by(Source.id.desc()).limit(20)
    return [document_queries.source_document(row) for row in reading().execute(query).scalars()]


@desk.post("/sources/<uuid:source_id>/derivations")
@allow("add_evidence")
def judge_derivation(source_id: Any) -> Any:
    """Say that a source got it from another, confirm it or reject it."""
    typed = forms.typed_in(request.form)
    try:
        names = ("parent_id", "kind", "judgement", "reason")
        data = forms.load(JudgeDerivationSchema(), forms.filled(typed, names))
        with transaction() as session:
            staleness.judge_derivation(
                session,
                services.get_source(session, str(source_id)),
                services.get_source(session, data["parent_id"]),
                kind=data["kind"],
                basis=DerivationBasis(data["judgement"]),
                reason=data.get("reason"),
                actor=acting(),
            )
    except DatelineError as error:
        message = people.in_words(str(error))
        return _show(str(source_id), forms.refusal(error, "derivation", typed, message))
    return redirect(url_for("desk.source", source_id=source_id, _anchor="lineage"), 303)


@desk.post("/sources/<uuid:source_id>/notices")
@allow("confirm")
def add_notice(source_id: Any) -> Any:
    """Record a correction or a retraction; decisions that rest on the source go stale."""
    typed = forms.typed_in(request.form)
    try:
        version = forms.whole_number(typed, "version", "The form names no version of the source.")
        data = forms.load(NoticeSchema(), forms.filled(typed, ("kind", "note")))
        with transaction() as session:
            found = services.get_source(session, str(source_id))
            if found.version != version:
                raise StaleVersionError("The source changed meanwhile. Read it again.")
            staleness.add_notice(
                session, found, kind=data["kind"], note=data.get("note"), actor=acting()
            )
    except DatelineError as error:
        message = people.in_words(str(error))
        return _show(str(source_id), forms.refusal(error, "notice", typed, message))
    return redirect(url_for("desk.source", source_id=source_id), 303)


@desk.post("/sources/<uuid:source_id>/snapshots")
@allow("add_evidence")
def capture(source_id: Any) -> Any:
    """Capture a source: keep a file, or fetch its page."""
    typed = forms.typed_in(request.form)
    upload = request.files.get("file")
    try:
        found = services.get_source(reading(), str(source_id))
        if upload is not None and upload.filename:
            captured = snapshot_api.uploaded(upload.read(), upload.content_type)
        else:
            captured = snapshot_api.fetched(typed.get("url", "").strip() or found.url)
        with transaction() as session:
            snapshot_api.keep(session, services.get_source(session, found.uuid), captured)
    except DatelineError as error:
        message = people.in_words(str(error))
        return _show(str(source_id), forms.refusal(error, "capture", typed, message))
    return redirect(url_for("desk.source", source_id=source_id, _anchor="snapshots"), 303)
