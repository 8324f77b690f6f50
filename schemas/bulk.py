"""Articles taken in by the command line, with or without their claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from errors import InvalidInputError, MalformedJsonError
from schemas.base import BaseSchema, Text, load_by
from schemas.claims import OFFSET, ReadingSchema
from schemas.loading import compile_load
from schemas.reading import check_texts, read_json
from schemas.sources import CreateArticleSchema

#: What the desk that made a claim says of it; it is not taken from outside.
_THEIRS = (
    "id",
    "article_id",
    "version",
    "created_at",
    "updated_at",
    "anchor",
    "status",
    "findings",
    "independent_origins",
    "evidence_counts",
)

#: Most claims that one article brings.
MOST_CLAIMS = 20_000


class PlaceSchema(BaseSchema):
    """Where a claim stands in its article's text."""

    start = fields.Integer(strict=True, required=True, validate=OFFSET)
    end = fields.Integer(strict=True, required=True, validate=OFFSET)
    exact = Text(most=1_000_000)
    prefix = Text()
    suffix = Text()
    text_sha256 = Text(most=64)


class ScoreSchema(BaseSchema):
    """How much a claim wants checking, and why."""

    score = fields.Float(required=True, validate=validate.Range(0, 1))
    reasons = fields.List(Text(most=300), load_default=list, validate=validate.Length(max=20))


class ReplacedSchema(BaseSchema):
    """What the readable form of a claim has in the place of what is printed."""

    start = fields.Integer(strict=True, required=True, validate=OFFSET)
    end = fields.Integer(strict=True, required=True, validate=OFFSET)
    text = Text(required=True)
    replacement = Text(required=True)


class ReadyClaimSchema(ReadingSchema):
    """A claim as the API gives it; what its desk decided is read over."""

    text = Text(most=1_000_000)
    selector = fields.Nested(PlaceSchema)
    basis = fields.String(validate=validate.OneOf(("extracted", "marked")))
    check_worthiness = fields.Nested(ScoreSchema)
    normalized_text = Text(most=1_000_000, allow_none=True)
    replacements = fields.List(fields.Nested(ReplacedSchema), validate=validate.Length(max=200))

    @ma.pre_load
    def _ours(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        return {name: value for name, value in data.items() if name not in _THEIRS}


class ReadyArticleSchema(CreateArticleSchema):
    """An article to be analysed, or one that brings its claims."""

    claims = fields.List(fields.Nested(ReadyClaimSchema), validate=validate.Length(max=MOST_CLAIMS))


_LOAD = compile_load(ReadyArticleSchema())


def load_found(given: Mapping[str, Any]) -> dict[str, Any]:
    """
    Read an article as a reader found it: fields, or a line of JSON.

    :raises InvalidInputError: naming each field that cannot be taken
    """
    if "line" not in given:
        check_texts(dict(given))
        return load_by(_LOAD, {k: v for k, v in given.items() if v is not None})
    value = _read_line(given["line"])
    if not isinstance(value, dict):
        raise InvalidInputError("The line is not a JSON object.", {"line": "Write an object."})
    return load_by(_LOAD, value)


def _read_line(line: bytes) -> Any:
    try:
        return read_json(line.rstrip(b"\r\n"))
    except MalformedJsonError as error:
        # The reader speaks of a request's body, in which a line is the first one always.
        reason = str(error).replace("The body", "The line").replace("line 1, column", "column")
        raise MalformedJsonError(f"{reason} Mend or drop it.") from error
