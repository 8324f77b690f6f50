"""
Retries that change nothing: a POST with an Idempotency-Key is answered once and remembered.

The answer is kept in the transaction of the work itself, so that no crash can part the two, and
the key is looked up again once the writer's lock is held, so that of two at once one does the
work. A refusal is not remembered: what was mended may be sent again under the same key.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from datetime import timedelta

import orjson
from flask import Response, request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from accounts.models import RememberedAnswer
from errors import IdempotencyKeyReusedError, InvalidInputError
from ledger import clock

KEPT_FOR = timedelta(days=7)

#: Texts shorter than this say nothing by themselves.
_SHORTEST = 3

_KEPT_HEADERS = ("Content-Type", "ETag", "Location", "Link")


class AnsweredBeforeError(Exception):
    """The work was done already; `response` is what it was answered."""

    def __init__(self, response: Response) -> None:
        super().__init__("answered before")
        self.response = response


def request_key() -> str | None:
    """
    Return the request's Idempotency-Key, if it is a POST with one.

    :raises InvalidInputError: if it is empty, too long, or holds other than visible ASCII
    """
    key = request.headers.get("Idempotency-Key")
    if request.method != "POST" or key is None:
        return None
    if not re.fullmatch(r"[\x21-\x7e]{1,255}", key):
        raise InvalidInputError(
            "The Idempotency-Key cannot be taken.",
            {"Idempotency-Key": "Send 1 to 255 visible ASCII characters."},
        )
    return key


def request_digest() -> str:
    """Return the digest of what is asked: path, query, media type and body."""
    parts = (request.full_path, request.mimetype)
    body = request.get_data(cache=True)
    return hashlib.sha256("\0".join(parts).encode() + b"\0" + body).hexdigest()


def check(session: Session, actor: str, key: str) -> None:
    """
    Stop the work if its answer is known.

    :raises AnsweredBeforeError: with that answer
    :raises IdempotencyKeyReusedError: if the key came with another request
    """
    known = session.get(RememberedAnswer, (actor, key))
    if known is None:
        return
    if known.request_digest != request_digest():
        raise IdempotencyKeyReusedError("This Idempotency-Key was sent with another body before.")
    raise AnsweredBeforeError(
        Response(known.body, known.status, headers=orjson.loads(known.headers))
    )


def remember(session: Session, actor: str, key: str, response: Response) -> None:
    """Keep an answer beside the work that it answers, and drop the oldest ones."""
    cutoff = clock.as_text(clock.source() - KEPT_FOR)
    session.execute(delete(RememberedAnswer).where(RememberedAnswer.created_at < cutoff))
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    row = RememberedAnswer(
        actor=actor,
        key=key,
        request_digest=request_digest(),
        status=response.status_code,
        headers=orjson.dumps(headers).decode(),
        body=response.get_data(),
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()


def forget(session: Session, texts: Collection[str]) -> int:
    """
    Empty the answers that repeat erased texts; returns how many.

    Their keys are kept: a retry still changes nothing, and finds the record by its Location.
    """
    wanted = [text for text in texts if len(text) >= _SHORTEST]
    count = 0
    statement = select(RememberedAnswer).execution_options(yield_per=100)
    for row in session.execute(statement).scalars():
        # Escaped or not: what JSON says is compared, not how it is written.
        told = row.body.decode("utf-8", "replace")
        plain = "\n".join(_strings_in(row.body)) or told
        if any(text in plain or text in told for text in wanted):
            row.body = b"{}"
            count += 1
    session.flush()
    return count


def _strings_in(body: bytes) -> Iterator[str]:
    try:
        todo = [orjson.loads(body)]
    except orjson.JSONDecodeError:
        return
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            todo += value.values()
        elif isinstance(value, list):
            todo += value
