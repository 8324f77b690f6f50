"""What the desk's lists share: the filters of an address, and the articles that claims stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request
from marshmallow import Schema
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.auth import is_signed_in
from claims import queries
from claims.facets import facet
from claims.filters import Matching
from errors import DatelineError, InvalidInputError
from sources.models import Article
from web import forms, people
from web.forms import Refusal

#: Parameters of a list that are no filters.
PAGING = ("limit", "cursor", "format", "sort", "facet", "as_of")


def given_filters(schema: Schema) -> tuple[dict[str, Any] | None, Refusal | None]:
    """Read a list's filters from the address: the filters, or what is wrong with them."""
    typed = forms.typed_in(request.args)
    known = {field.data_key or name for name, field in schema.fields.items()}
    try:
        return forms.load(schema, forms.filled(typed, sorted(known & typed.keys()))), None
    except InvalidInputError as error:
        return None, wrong_filters(error)


def wrong_filters(error: DatelineError) -> Refusal:
    """Return what a list shows for filters that it cannot take."""
    typed = forms.typed_in(request.args)
    return forms.refusal(error, "filters", typed, people.in_words(str(error)))


def only_filters(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters without what pages and orders the list."""
    return {name: value for name, value in given.items() if name not in PAGING}


def with_articles(session: Session, claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each claim the title, publisher and day of its article; learn the people's names."""
    people.learn_names(claims)
    wanted = {claim["article_id"] for claim in claims}
    statement = select(Article.uuid, Article.title, Article.publisher, Article.published_on).where(
        Article.uuid.in_(sorted(wanted))
    )
    articles = {row.uuid: dict(row._mapping) for row in session.execute(statement)}
    return [claim | {"article": articles[claim["article_id"]]} for claim in claims]


def claims_of(session: Session, found: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the claims of these keys, each with its article."""
    claims = queries.documents_by_key(session, found, is_private=is_signed_in())
    return with_articles(session, claims)


def options(session: Session, names: Iterable[str], matching: Matching) -> dict[str, list[Any]]:
    """Count the matching claims by each facet, for the choices of a filter."""
    return {name: facet(session, name, matching) for name in names}
