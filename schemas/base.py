"""
What every schema and route is built on: strict fields, the blueprint, responses, preconditions.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, NoReturn
from urllib.parse import urlsplit

import flask_smorest
import marshmallow as ma
import orjson
from flask import Response, request
from marshmallow import fields, validate
from webargs.flaskparser import FlaskParser

from errors import (
    InvalidInputError,
    MalformedJsonError,
    PreconditionRequiredError,
    StaleVersionError,
    UnsupportedMediaTypeError,
)
from ledger.past import viewed
from schemas.reading import check_texts, read_json

#: Problems listed in one answer; more would only help to fill a log.
MOST_PROBLEMS = 50

#: Entity tags looked at in one header.
MOST_TAGS = 50


class BaseSchema(ma.Schema):
    """A schema that takes nothing it does not know and reads attributes plainly."""

    class Meta:
        unknown = ma.RAISE

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        known = [field.data_key or name for name, field in self.load_fields.items()]
        self.error_messages["unknown"] = f"There is no such field; there are {', '.join(known)}."

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Read a key of a mapping or an attribute of a row, without marshmallow's probing."""
        if isinstance(obj, Mapping):
            return obj.get(attr, default)
        return getattr(obj, attr, default)


class Text(fields.String):
    """A text; where it is required, one with something to read in it."""

    def __init__(self, *, most: int = 10_000, filled: bool = False, **kwargs: Any) -> None:
        checks = [validate.Length(max=most)] + ([_filled] if filled else [])
        super().__init__(validate=checks, **kwargs)


def _filled(value: str) -> None:
    # Most begin with a letter or a digit; the others are looked at closely.
    if not value[:1].isalnum() and not any(
        unicodedata.category(letter)[0] in "LNPS" for letter in value
    ):
        raise ma.ValidationError("Write something that can be read.")


class _Described(fields.Field[str]):
    """A text of a certain form, which the contract names."""

    described: ClassVar[dict[str, Any]] = {"type": "string"}

    def __init__(self, **kwargs: Any) -> None:
        metadata = {**self.described, **kwargs.pop("metadata", {})}
        super().__init__(metadata=metadata, **kwargs)


class Day(_Described):
    """A day as `YYYY-MM-DD`."""

    described: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ma.ValidationError("Write a day as YYYY-MM-DD.")
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise ma.ValidationError("There is no such day.") from error


class DecimalText(_Described):
    """A decimal number as a string, `5500000000` or `2.5`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,12})?", value):
            raise ma.ValidationError("Write a decimal number as a string, like 2.5.")
        try:
            return str(Decimal(value))
        except InvalidOperation as error:
            raise ma.ValidationError("This is not a number.") from error


class Identity(_Described):
    """A UUID, in lower case with hyphens."""

    described: ClassVar[dict[str, Any]] = {"type": "string", "format": "uuid"}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        try:
            return str(uuid.UUID(value)) if isinstance(value, str) else _no_uuid()
        except ValueError:
            _no_uuid()


def _no_uuid() -> NoReturn:
    raise ma.ValidationError("Write a UUID.")


class WebAddress(_Described):
    """An http or https address with a host."""

    described: ClassVar[dict[str, Any]] = {"type": "string", "format": "uri"}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or len(value) > 2_000:
            raise ma.ValidationError("Write an address of at most 2000 characters.")
        try:
            parts = urlsplit(value)
        except ValueError as error:
            raise ma.ValidationError("This is not an address.") from error
        if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", value):
            raise ma.ValidationError("Write an address that starts with http:// or https://.")
        return value


class Pattern(_Described):
    """A text that a pattern matches from end to end; `like` shows one."""

    def __init__(self, pattern: str, *, like: str, **kwargs: Any) -> None:
        super().__init__(metadata={"pattern": f"^{pattern}$", "example": like}, **kwargs)
        self._pattern = re.compile(pattern)
        self._like = like

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not self._pattern.fullmatch(value):
            raise ma.ValidationError(f"Write it like {self._like}: {self._pattern.pattern}.")
        return value


def check_order(data: Mapping[str, Any], *pairs: tuple[str, str]) -> None:
    """
    Refuse a range that ends before it begins; `from_` is the field that is sent as `from`.

    :raises ValidationError: naming the end
    """
    for first, last in pairs:
        low, high = data.get(first), data.get(last)
        if low is not None and high is not None and high < low:
            words = f"Give none before {first.rstrip('_')}, which is {low}."
            raise ma.ValidationError(words, last)


def words(*, most: int = 20) -> fields.Field[Any]:
    """Return a query field that takes one value or several parted by commas."""
    return _Words(most)


class _Words(fields.Field[list[str]]):
    """Values parted by commas, as a list."""

    def __init__(self, most: int) -> None:
        super().__init__(metadata={"type": "string"})
        self._most = most

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[str]:
        found = [word.strip() for word in str(value).split(",") if word.strip()]
        if not found or len(found) > self._most:
            raise ma.ValidationError(f"Give one to {self._most} values, parted by commas.")
        return found


class Parser(FlaskParser):
    """Reads bodies with the strict reader and refuses what a schema does not name."""

    DEFAULT_UNKNOWN_BY_LOCATION = dict.fromkeys(
        ("json", "query", "form", "headers", "files"), ma.RAISE
    ) | {"headers": ma.EXCLUDE}

    def load_json(self, req: Any, schema: Any) -> Any:
        """Read the body as JSON."""
        return json_body()

    def load_querystring(self, req: Any, schema: Any) -> Any:
        """Read the query, each parameter once."""
        for name, values in req.args.lists():
            check_texts(name, name)
            if len(values) > 1:
                raise InvalidInputError(f"{name} is given twice.", {name: "Give it once."})
            check_texts(values[0], name)
        return super().load_querystring(req, schema)

    def handle_error(self, error: Any, req: Any, schema: Any, **kwargs: Any) -> NoReturn:
        """Raise what a schema refuses as an error of ours."""
        messages = error.messages
        if set(messages) <= {"json", "query", "form", "files", "headers", "json_or_form"}:
            messages = {k: v for part in messages.values() for k, v in _as_dict(part).items()}
        raise refused(messages)


def _as_dict(part: Any) -> dict[Any, Any]:
    return part if isinstance(part, dict) else {"body": part}


def refused(messages: Mapping[Any, Any]) -> InvalidInputError:
    """Return marshmallow's messages as an error that names each field."""
    flat: dict[str, str] = {}
    _flatten(messages, "", flat)
    named = ", ".join(list(flat)[:5])
    return InvalidInputError(f"The request cannot be taken: see {named}.", flat)


def _flatten(messages: Any, path: str, flat: dict[str, str]) -> None:
    if len(flat) >= MOST_PROBLEMS:
        return
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            name = "" if key == "_schema" else str(key)[:80]
            _flatten(inner, f"{path}.{name}".strip("."), flat)
    elif isinstance(messages, list):
        flat[path or "body"] = " ".join(str(message) for message in messages)[:300]
    else:
        flat[path or "body"] = str(messages)[:300]


def json_body() -> Any:
    """
    Read the request's body as a JSON object.

    :raises UnsupportedMediaTypeError: if it is sent as anything else
    """
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaTypeError("Send the body without a Content-Encoding.")
    if request.mimetype != "application/json":
        raise UnsupportedMediaTypeError("Send the body as application/json.")
    body = request.get_data(cache=True)
    if not body:
        raise MalformedJsonError("The body is empty; send a JSON object.")
    value = read_json(body)
    if not isinstance(value, dict):
        raise InvalidInputError("The body is not a JSON object.", {"body": "Send an object."})
    return value


def load(schema: ma.Schema, data: Mapping[str, Any]) -> dict[str, Any]:
    """
    Load what a route read by itself through a schema.

    :raises InvalidInputError: naming each field that cannot be taken
    """
    return load_by(schema.load, data)


def load_by(
    take: Callable[[dict[str, Any]], dict[str, Any]], data: Mapping[str, Any]
) -> dict[str, Any]:
    """
    Load what was read by a schema's `load`, or one that was compiled from it.

    :raises InvalidInputError: naming each field that cannot be taken
    """
    try:
        loaded = take(dict(data))
    except ma.ValidationError as error:
        raise refused(error.normalized_messages()) from error
    return loaded


def text_body() -> str:
    """
    Read the request's body as a text.

    :raises MalformedJsonError: if it is not UTF-8
    """
    try:
        text = request.get_data(cache=True).decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedJsonError(f"The text is not UTF-8 at byte {error.start}.") from error
    check_texts(text, "text")
    return text


class Blueprint(flask_smorest.Blueprint):
    """A blueprint whose arguments are read strictly."""

    ARGUMENTS_PARSER = Parser()


def json_response(
    value: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a value as a JSON response, not dumped again."""
    response = Response(orjson.dumps(value), status, mimetype="application/json")
    response.headers.update(headers or {})
    return response


def etag(record_id: str, version: int) -> str:
    """Return the entity tag of a record: its id and version, so that none ever comes back."""
    return f'"{record_id}-{version}"'


def require_match(record_id: str, version: int) -> None:
    """
    Refuse a change by somebody who has not seen the newest version.

    :raises PreconditionRequiredError: without If-Match
    :raises StaleVersionError: if none of its tags is the newest
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionRequiredError("Send If-Match with the ETag that you read.")
    tags = [tag.strip() for tag in given.split(",")]
    if len(tags) > MOST_TAGS or etag(record_id, version) not in tags:
        raise StaleVersionError(
            f"The record is at version {version} now; read it again and send its ETag in If-Match."
        )


def is_unchanged(record_id: str, version: int) -> bool:
    """Say whether the caller has this version already, by If-None-Match."""
    given = request.headers.get("If-None-Match", "")
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")[:MOST_TAGS]}
    return etag(record_id, version) in tags or "*" in tags


def record_response(
    document: Mapping[str, Any], status: int = 200, *, is_as_recorded: bool = True
) -> Response:
    """
    Return a single record with its ETag, or 304 where the caller has it.

    :param is_as_recorded: whether the version alone tells what the record says; not so where a
        day has come since
    """
    tag = etag(document["id"], document["version"])
    # What was held then can differ from what is held now, though the version is the same.
    is_fixed = is_as_recorded and viewed() is None
    is_same = is_fixed and is_unchanged(document["id"], document["version"])
    if request.method in ("GET", "HEAD") and is_same:
        return Response(status=304, headers={"ETag": tag})
    return json_response(document, status, {"ETag": tag})
