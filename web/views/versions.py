"""An article's texts: a new one, what it did to the claims, and how two of them differ."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from accounts.auth import acting, allow, is_signed_in
from claims import queries as claim_queries
from claims import revising
from claims.anchors import KEEPING
from claims.differences import difference
from claims.models import Claim
from db import reading, transaction
from errors import DatelineError, InvalidInputError, StaleVersionError
from schemas.sources import ReviseArticleSchema
from sources import queries as document_queries
from sources import services as documents
from sources.models import ArticleText
from web import forms, people
from web.forms import Refusal
from web.views.blueprint import desk

#: Versions listed, newest first.
MOST = 50


@desk.get("/articles/<uuid:article_id>/versions")
@allow("read")
def versions(article_id: Any) -> Any:
    """List an article's texts and show how two of them differ."""
    return _show(str(article_id))


def _show(article_id: str, refusal: Refusal | None = None) -> Any:
    session = reading()
    article = documents.get_article(session, article_id)
    query = document_queries.texts_query(article).order_by(ArticleText.number.desc()).limit(MOST)
    newer = _number("to", article.text_version)
    older = _number("from", max(1, newer - 1))
    old, new = (documents.text_of(session, article, number).text for number in (older, newer))
    is_adrift = Claim.anchor.not_in(sorted(KEEPING))  # type: ignore[attr-defined]
    adrift = claim_queries.documents_of_article(
        session, article, is_adrift, is_private=is_signed_in()
    )
    shown = render_template(
        "versions.html",
        article=document_queries.article_document(article, {}),
        texts=[document_queries.text_document(row) for row in session.execute(query).scalars()],
        older=older,
        newer=newer,
        segments=difference(old, new) if older != newer else [],
        adrift=adrift,
        refusal=refusal,
        typed=dict(refusal.typed) if refusal else {},
    )
    return shown, refusal.status if refusal else 200


def _number(name: str, default: int) -> int:
    given = request.args.get(name, "")
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 6:
        raise InvalidInputError("There is no such version.", {name: "Give a version's number."})
    return int(given)


@desk.post("/articles/<uuid:article_id>/versions")
@allow("ingest")
def revise(article_id: Any) -> Any:
    """Give an article a new text."""
    typed = forms.typed_in(request.form)
    try:
        version = forms.whole_number(typed, "version", "The form names no version of the article.")
        body = "html" if typed.get("form") == "html" else "text"
        data = forms.load(ReviseArticleSchema(), {body: typed.get("text", "")})
        session = reading()
        article = documents.get_article(session, str(article_id))
        analyst = current_app.extensions["dateline.analyst"]
        revision = revising.prepare(session, analyst, article, **data)
        with transaction() as session:
            article = documents.get_article(session, str(article_id))
            if article.version != version:
                raise StaleVersionError("The article changed meanwhile. Read it again.")
            revising.keep(session, article, revision, actor=acting())
    except DatelineError as error:
        message = people.in_words(str(error))
        return _show(str(article_id), forms.refusal(error, "revise", typed, message))
    return redirect(url_for("desk.versions", article_id=article_id), 303)
