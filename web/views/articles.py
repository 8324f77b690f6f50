"""Articles: the list, the form that adds one, and the checking copy."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from accounts.auth import acting, allow, current_actor, is_signed_in
from claims import coverage, ingesting, queries
from db import reading, transaction
from errors import DatelineError, InvalidInputError
from ledger.past import viewed
from schemas import paging
from schemas.sources import ArticleQuerySchema, CreateArticleSchema
from sources import queries as document_queries
from sources import services as documents
from sources.models import Article, ArticleText
from web import forms, people
from web.forms import Refusal
from web.lists import given_filters, only_filters, wrong_filters
from web.presenting import articles as copy
from web.presenting.claims import card_of
from web.presenting.texts import hidden_characters
from web.views.blueprint import desk
from web.views.looking_back import looks_back

ORDER = [(Article.published_on, True), (Article.id, True)]

#: What the form that adds an article asks beside the text.
FACTS = ("title", "publisher", "url", "published_on")


@desk.get("/articles")
@allow("read")
def articles() -> Any:
    """List articles, newest first."""
    session = reading()
    given, refusal = given_filters(ArticleQuerySchema())
    items: list[dict[str, Any]] = []
    cursor = None
    if given is not None:
        query = document_queries.articles_query(**only_filters(given))
        try:
            rows = paging.page(session, query, ORDER, limit=50, cursor=given["cursor"])
        except InvalidInputError as error:
            refusal = wrong_filters(error)
        else:
            cursor = rows.next
            items = _with_counts(session, [row.Article for row in rows.rows])
    shown = render_template(
        "articles.html", items=items, next=cursor, filters=request.args, refusal=refusal
    )
    return shown, refusal.status if refusal else 200


def _with_counts(session: Session, found: list[Article]) -> list[dict[str, Any]]:
    counts = queries.status_counts(session, [article.id for article in found])
    heads = _heads(session, [article.id for article in found if not article.title])
    return [
        document_queries.article_document(article, counts.get(article.id, {}))
        | {"name": copy.name_of(article.title, heads.get(article.id, ""))}
        for article in found
    ]


def _heads(session: Session, ids: list[int | None]) -> dict[int, str]:
    """Return the first lines of articles' newest texts."""
    head = func.substr(ArticleText.text, 1, copy.LONGEST_OPENING)
    query = select(Article.id, head).join(
        ArticleText,
        and_(ArticleText.article_id == Article.id, ArticleText.number == Article.text_version),
    )
    rows = session.execute(query.where(Article.id.in_(ids))).all()  # type: ignore[union-attr]
    return {row[0]: row[1] for row in rows}


@desk.get("/articles/new")
@allow("ingest")
def article_form() -> str:
    """Show the form that adds an article."""
    return render_template("article_form.html", refusal=None, typed={})


@desk.post("/articles")
@allow("ingest")
def add_article() -> Any:
    """Add an article and open its checking copy."""
    typed = forms.typed_in(request.form)
    try:
        body = "html" if typed.get("form") == "html" else "text"
        given = forms.filled(typed, FACTS)
        if typed.get("text", "").strip():
            given[body] = typed["text"]
        data = forms.load(CreateArticleSchema(), given)
        if "published_on" in data:
            data["published_on"] = date.fromisoformat(data["published_on"])
        draft = ingesting.prepare(current_app.extensions["dateline.analyst"], **data)
        with transaction() as session:
            kept, _ = ingesting.keep(session, draft, actor=acting())
    except DatelineError as error:
        refusal = forms.refusal(error, "article", typed, people.in_words(str(error)))
        return render_template("article_form.html", refusal=refusal, typed=typed), refusal.status
    return redirect(url_for("desk.article", article_id=kept.uuid), 303)


@desk.get("/articles/<uuid:article_id>")
@looks_back
@allow("read")
def article(article_id: Any) -> Any:
    """Show the checking copy: the text with its claims marked, and a card for each."""
    return show_article(str(article_id))


def show_article(article_id: str, refusal: Refusal | None = None) -> Any:
    """Return an article's checking copy, with what was refused if a form was."""
    session = reading()
    actor = current_actor() if viewed() is None else None
    found = documents.get_article(session, article_id)
    text = documents.text_of(session, found).text
    claims = queries.documents_of_article(session, found, is_private=is_signed_in())
    people.learn_names(claims)
    cards = [card_of(number, claim, actor, text) for number, claim in enumerate(claims, start=1)]
    by_id = {card.claim["id"]: card for card in cards}
    covered = coverage.coverage_of(session, found)
    counts = queries.status_counts(session, [found.id]).get(found.id, {})
    page = render_template(
        "article.html",
        article=document_queries.article_document(found, counts),
        name=copy.name_of(found.title, text),
        cards=cards,
        paragraphs=copy.paragraphs(covered["segments"], by_id),
        coverage=copy.coverage(covered, by_id),
        left=copy.left_over(covered["segments"]),
        hidden=hidden_characters(text),
        refusal=refusal,
    )
    return page, refusal.status if refusal else 200
