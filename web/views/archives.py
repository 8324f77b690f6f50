"""The archive at the desk: what is signed, what was verified, exports to take away."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request
from sqlalchemy.orm import Session

from accounts.auth import allow
from archive import fixity, foreign_queries
from archive.api import start_export
from archive.models import FixityCheck
from db import reading
from errors import DatelineError
from ledger import checkpoints, log
from schemas.archive import CreateExportSchema
from web import forms, people
from web.forms import Refusal
from web.views.blueprint import desk

#: Logs of other desks that are listed.
MOST_LOGS = 50


@desk.get("/archive")
@allow("read")
def archive_page() -> Any:
    """Show the log's size and signature, the last check, and what can be taken away."""
    return _show()


def _show(refusal: Refusal | None = None, made: dict[str, Any] | None = None) -> Any:
    session = reading()
    newest = checkpoints.latest(session)
    shown = render_template(
        "archive.html",
        size=log.log_size(session),
        checkpoint=newest.note if newest else None,
        signed_at=newest.signed_at if newest else None,
        check=_last_check(session),
        logs=[
            foreign_queries.log_document(row)
            for row in session.execute(foreign_queries.logs_query().limit(MOST_LOGS)).scalars()
        ],
        made=made,
        refusal=refusal,
        typed=dict(refusal.typed) if refusal else {},
    )
    return shown, refusal.status if refusal else 200


def _last_check(session: Session) -> dict[str, Any] | None:
    query = fixity.checks_query().order_by(FixityCheck.id.desc()).limit(1)
    row = session.execute(query).scalar_one_or_none()
    return fixity.check_document(row) if row else None


@desk.post("/archive/exports")
@allow("ingest")
def export_page() -> Any:
    """Make an export and offer it."""
    typed = forms.typed_in(request.form)
    try:
        given = forms.filled(typed, ("scope", "id", "disclosure", "as_of"))
        export, _, path = start_export(forms.load(CreateExportSchema(), given))
    except DatelineError as error:
        return _show(forms.refusal(error, "export", typed, people.in_words(str(error))))
    if path.exists():
        return redirect(f"/api/v1/exports/{export.id}", 303)
    return _show(made={"id": export.id, "href": f"/api/v1/exports/{export.id}"})
