"""
Answers about the past over HTTP: `?as_of=` and the `Accept-Datetime` of RFC 7089.

A view that `remembers` runs unchanged: its session sees the tables as they were, and the clock
stands at the moment asked of.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, request
from marshmallow import fields, validate
from sqlalchemy import select

from db import database, reading, reading_from
from errors import InvalidInputError, NotFoundError
from ledger import clock
from ledger.models import LogEvent
from ledger.past import Past, past_at
from schemas.base import BaseSchema

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)")

View = Callable[..., Response]


def as_of_field() -> fields.String:
    """Return the query field that asks about the past."""
    description = "A time (RFC 3339) or a day (its end, UTC): answers what was held then."
    return fields.String(
        load_default=None,
        validate=validate.Length(1, 40),
        metadata={"description": description, "example": "2026-08-01"},
    )


class AsOfSchema(BaseSchema):
    """Asks about the past."""

    as_of = as_of_field()


def moment_of(given: str) -> str:
    """
    Return a time or day as the log writes moments; a day is its end, or now where it runs.

    :raises InvalidInputError: if it is neither
    """
    try:
        if _DAY.fullmatch(given):
            day = date.fromisoformat(given)
            end = clock.as_text(datetime.combine(day, time.max, UTC))
            return min(end, clock.now()) if given == clock.today() else end
        if _TIME.fullmatch(given):
            moment = datetime.fromisoformat(given.upper().replace("Z", "+00:00"))
            return clock.as_text(moment)
    except (ValueError, OverflowError):
        pass
    raise InvalidInputError(
        f"{given[:40]!r} is no time or day.",
        {"as_of": "Give a time as 2026-08-01T12:00:00Z, or a day as 2026-08-01."},
    )


def _negotiated(header: str) -> str:
    """Return the moment of an Accept-Datetime; one to come is now, as RFC 7089 has it."""
    try:
        moment = parsedate_to_datetime(header)
        if moment.tzinfo is None or not header.rstrip().endswith("GMT"):
            raise ValueError
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise InvalidInputError(
            "Accept-Datetime is not a time as HTTP writes it.",
            {"Accept-Datetime": "Send for example Sat, 01 Aug 2026 12:00:00 GMT."},
        ) from error
    # A second is meant whole, since the header cannot name its parts.
    return min(clock.as_text(moment.replace(microsecond=999_999)), clock.now())


def remembers(view: View) -> View:
    """Have a view that reads answer about the past too, and say so in its headers."""

    @functools.wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        given, header = request.args.get("as_of"), request.headers.get("Accept-Datetime")
        if given is None and header is None:
            response = view(*args, **kwargs)
            past = None
        elif given is not None:
            past = past_at(reading(), moment_of(given))
            response = _at(past, view, args, kwargs)
        else:
            past = past_at(reading(), _negotiated(header or ""))
            past, response = _nearest(past, view, args, kwargs)
        return _described(response, past, is_negotiated=given is None)

    return answer


def _at(past: Past, view: View, args: Any, kwargs: Any) -> Response:
    with reading_from(lambda: past.session(database())), past.entered():
        return view(*args, **kwargs)


def _nearest(past: Past, view: View, args: Any, kwargs: Any) -> tuple[Past, Response]:
    """Answer as of a moment, or as of a record's first one where it came later."""
    try:
        return past, _at(past, view, args, kwargs)
    except NotFoundError:
        named = [str(value) for value in kwargs.values() if isinstance(value, UUID)]
        first = select(LogEvent.at).where(LogEvent.subject.in_(named), LogEvent.subject_seq == 0)  # type: ignore[attr-defined]
        found = reading().execute(first.limit(1)).scalar_one_or_none()
        if found is None or found <= past.moment:
            raise
        past = past_at(reading(), found)
        return past, _at(past, view, args, kwargs)


def http_date(moment: str) -> str:
    """Write a moment of the log as HTTP does."""
    found = datetime.strptime(moment, clock.FORMAT).replace(tzinfo=UTC)
    return format_datetime(found, usegmt=True)


def _described(response: Response, past: Past | None, *, is_negotiated: bool) -> Response:
    """Add what RFC 7089 has an original or a memento say of itself."""
    arguments = {name: value for name, value in request.args.items() if name != "as_of"}
    query = f"?{urlencode(arguments)}" if arguments else ""
    links = [f'<{request.path}{query}>; rel="original timegate"']
    if "claim_id" in (request.view_args or {}) and request.path.count("/") == 4:
        links.append(f'<{request.path}/timemap>; rel="timemap"; type="application/link-format"')
    response.headers.add("Link", ", ".join(links))
    response.vary.add("Accept-Datetime")
    if past is not None:
        response.headers["Memento-Datetime"] = http_date(past.moment)
        if is_negotiated:
            own = urlencode({**arguments, "as_of": past.moment})
            response.headers["Content-Location"] = f"{request.path}?{own}"
    return response
