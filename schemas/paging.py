"""
Pages by key: a page costs the same at any depth, and nothing is shown twice or left out.
"""

from __future__ import annotations

import base64
import binascii
import csv
import hashlib
import hmac
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Response, current_app, g, request, stream_with_context
from marshmallow import fields, validate
from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, tuple_
from sqlalchemy.orm import Session

from errors import InvalidInputError
from ledger.past import Past, standing_at, viewed
from schemas.base import BaseSchema, json_response

#: Counted up to here; beyond, a list says "at least".
MOST_COUNTED = 1_000

#: Rows fetched at a time where a whole result is streamed.
BATCH = 500

#: What an address may hold beside its filters: none of it makes another list. The order is told
#: by its columns.
_NO_FILTERS = ("limit", "cursor", "format", "facet", "as_of", "sort")

Order = Sequence[tuple[Any, bool]]

#: Turns rows into documents of the contract's shape.
Dump = Callable[[Session, Sequence[Any]], list[dict[str, Any]]]


class PageQuerySchema(BaseSchema):
    """What every list takes."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, 200))
    cursor = fields.String(load_default=None, validate=validate.Length(max=1_000))
    format = fields.String(load_default=None, validate=validate.OneOf(("json", "ndjson", "csv")))


class PageSchema(BaseSchema):
    """What every list answers with; each says what its items are."""

    items = fields.List(fields.Raw())
    next = fields.String(allow_none=True)
    total = fields.Integer()
    total_relation = fields.String()


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page and the cursor of the next, None at the end."""

    rows: Sequence[Any]
    next: str | None


def page(
    session: Session, query: Select[Any], order: Order, *, limit: int, cursor: str | None
) -> Page:
    """
    Return one page of a query in an order whose last column is a key.

    :raises InvalidInputError: if the cursor is not one that this list gave out
    """
    keys = [column.label(f"key_{index}") for index, (column, _) in enumerate(order)]
    ordered = query.add_columns(*keys).order_by(
        *(column.desc() if descends else column.asc() for column, descends in order)
    )
    if cursor is not None:
        ordered = ordered.where(_after(order, _read_cursor(cursor, order)))
    rows = session.execute(ordered.limit(limit + 1)).all()
    if len(rows) <= limit:
        return Page(rows, None)
    last = rows[limit - 1]
    values = [getattr(last, f"key_{index}") for index in range(len(order))]
    return Page(rows[:limit], _write_cursor(values, order))


def _after(order: Order, values: Sequence[Any]) -> ColumnElement[bool]:
    """Return the condition for rows that come after these key values."""
    if len({descends for _, descends in order}) == 1:
        # Compared as one, an index finds the place.
        here, there = tuple_(*(column for column, _ in order)), tuple_(*values)
        return here < there if order[0][1] else here > there
    steps: list[ColumnElement[bool]] = []
    for index, (column, descends) in enumerate(order):
        same = [order[i][0] == values[i] for i in range(index)]
        beyond = column < values[index] if descends else column > values[index]
        steps.append(and_(*same, beyond))
    return or_(false(), *steps)


def _signature(body: bytes, order: Order) -> bytes:
    """Sign a cursor together with the list that it belongs to: address, filters and order."""
    filters = sorted(
        (name, value) for name, value in request.args.items() if value and name not in _NO_FILTERS
    )
    columns = [[str(column), descends] for column, descends in order]
    belongs = orjson.dumps([request.path, filters, columns])
    key = current_app.extensions["dateline.secret"].encode()
    return hmac.digest(key, belongs + b"\0" + body, hashlib.sha256)[:12]


def _write_cursor(values: Sequence[Any], order: Order) -> str:
    body = orjson.dumps(list(values))
    return base64.urlsafe_b64encode(_signature(body, order) + body).decode().rstrip("=")


def _read_cursor(cursor: str, order: Order) -> list[Any]:
    wrong = InvalidInputError(
        "The cursor is not one that this list gave out with these filters and this order.",
        {"cursor": "Send the `next` of the page before with the same filters and sort, or none."},
    )
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        raw = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise wrong from error
    if not hmac.compare_digest(raw[:12], _signature(raw[12:], order)):
        raise wrong
    values: list[Any] = orjson.loads(raw[12:])
    return values


def count(session: Session, query: Select[Any]) -> tuple[int, str]:
    """Count a query's rows up to a thousand: the number, and `eq` or `gte`."""
    capped = query.order_by(None).limit(MOST_COUNTED + 1).subquery()
    found = session.execute(select(func.count()).select_from(capped)).scalar_one()
    return (MOST_COUNTED, "gte") if found > MOST_COUNTED else (found, "eq")


def wanted_format(given: str | None) -> str:
    """Return the format that the query, or else the Accept header, asks for."""
    if given:
        return given
    best = request.accept_mimetypes.best_match(
        ["application/json", "application/x-ndjson", "text/csv"], default="application/json"
    )
    return {"application/x-ndjson": "ndjson", "text/csv": "csv"}.get(best or "", "json")


def list_response(
    session: Session,
    query: Select[Any],
    order: Order,
    dump: Dump,
    *,
    limit: int,
    cursor: str | None,
    format: str | None = None,
    counted: Select[Any] | None = None,
    facets: Callable[[], dict[str, Any]] | None = None,
) -> Response:
    """
    Return a list in the format asked for: a page as JSON, or the whole result streamed.

    :param counted: selects the same as the query, in the way that is sooner counted
    """
    kind = wanted_format(format)
    if kind != "json":
        documents = _whole(query, order, dump, g.work.open_reader, viewed())
        lines = _ndjson(documents) if kind == "ndjson" else _csv(documents)
        mimetype = "application/x-ndjson" if kind == "ndjson" else "text/csv"
        return Response(stream_with_context(lines), mimetype=mimetype)
    found = page(session, query, order, limit=limit, cursor=cursor)
    if counted is None:
        counted = query.with_only_columns(order[-1][0])
    total, relation = count(session, counted)
    body: dict[str, Any] = {
        "items": dump(session, found.rows),
        "next": found.next,
        "total": total,
        "total_relation": relation,
    }
    if facets is not None:
        body["facets"] = facets()
    return json_response(body, headers=link_to_next(found))


def link_to_next(found: Page) -> dict[str, str]:
    """Return the header that leads to the page after one; none after the last."""
    if found.next is None:
        return {}
    arguments = {**request.args.to_dict(), "cursor": found.next}
    if (past := viewed()) is not None:
        # Negotiated or not, the pages that follow are of the same moment.
        arguments["as_of"] = past.moment
    return {"Link": f'<{request.path}?{urlencode(arguments)}>; rel="next"'}


def _whole(
    query: Select[Any],
    order: Order,
    dump: Dump,
    open_reader: Callable[[], Session],
    past: Past | None,
) -> Iterator[dict[str, Any]]:
    """Walk a whole result by key, a batch at a time, so that memory stays flat."""
    # The request's own session is gone by the time that a stream is read.
    with open_reader() as session:
        cursor = None
        while True:
            with standing_at(past):
                found = page(session, query, order, limit=BATCH, cursor=cursor)
                documents = dump(session, found.rows)
            yield from documents
            session.expunge_all()
            cursor = found.next
            if cursor is None:
                return


def _ndjson(documents: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for document in documents:
        yield orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)


def _csv(documents: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Write rows with one column for each key of the first; what nests is written as JSON."""
    columns: list[str] = []
    for document in documents:
        if not columns:
            columns = list(document)
            yield csv_line(columns)
        yield csv_line([_cell(document.get(column)) for column in columns])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    # In the order of their names, as a replay of the log gives them back.
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def csv_line(cells: Iterable[str]) -> bytes:
    """Return one line of CSV whose cells no spreadsheet runs."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([guard(cell) for cell in cells])
    return buffer.getvalue().encode()


#: What makes a spreadsheet take a cell for a formula, plain and full-width.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", "|")


def guard(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet might run; removing it gives it back."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_DANGEROUS) else cell


def unguard(cell: str) -> str:
    """Return a cell as it was before it was guarded; a reader of our CSV does the same."""
    return cell.removeprefix("'")
