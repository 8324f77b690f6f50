"""
Retries that change nothing: a POST with an Idempotency-Key is answered once and remembered.

The answer is kept in the transaction of the work itself, so that no crash can part the two, and
the key is looked up again once the writer's lock is held, so that of two at once one does the
work. A refusal is not remembered: what was mended may be sent again under the same key.
"""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import IO

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

#: Bytes of a body that is not held in memory as a whole.
_LONG = 1 << 20

#: What a request carries along once its body was read for its digest.
_DIGEST, _FILE = "dateline.request_digest", "dateline.long_body"

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
    """
    Return the digest of what is asked: path, query, media type and body.

    It has to be asked for before the view reads the body.
    """
    if _DIGEST not in request.environ:
        parts = (request.full_path, request.mimetype)
        digest = hashlib.sha256("\0".join(parts).encode() + b"\0")
        for chunk in _body():
            digest.update(chunk)
        request.environ[_DIGEST] = digest.hexdigest()
    found: str = request.environ[_DIGEST]
    return found


def _body() -> Iterator[bytes]:
    """Read the body, which the view can read again; a long one goes through a file."""
    file: IO[bytes]
    if request.content_length is not None and request.content_length <= _LONG:
        yield request.get_data(cache=True)
        file = io.BytesIO(request.get_data())
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115
        request.environ[_FILE] = file
        while chunk := request.stream.read(_LONG):
            file.write(chunk)
            yield chunk
        file.seek(0)
    request.environ["wsgi.input"] = file
    # It was made of the input that is read to its end now.
    request.__dict__.pop("stream", None)


def end_request() -> None:
    """Let go of the file of a long body."""
    file = request.environ.pop(_FILE, None)
    if file is not None:
        file.close()


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
