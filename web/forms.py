"""
From a form's fields to what a schema takes, and what a refused form shows again.

A form sends texts only and sends empty ones for what was left out; a schema wants values, and
nothing where nothing was given. Line ends come as CR LF, whatever was typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema, ValidationError
from marshmallow.fields import Field
from werkzeug.datastructures import MultiDict

from error_handlers import classify
from errors import DatelineError, InvalidInputError
from schemas.base import refused
from schemas.reading import check_texts

_TRUE = "yes"

#: What a schema says about a field that was left out.
_MISSING = Field.default_error_messages["required"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A form that was not taken: what was wrong, where, and what had been typed."""

    form: str
    message: str
    status: int
    fields: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    #: Whether the record changed since the form was shown.
    is_stale: bool = False


def typed_in(form: MultiDict[str, str]) -> dict[str, str]:
    """Return what was typed, with line ends as everybody else writes them."""
    return {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in form.items()}


def filled(typed: Mapping[str, str], names: Collection[str]) -> dict[str, Any]:
    """Return the named fields that hold something; a dot in a name goes into a record."""
    found: dict[str, Any] = {}
    for name in names:
        value = typed.get(name, "")
        if not value.strip():
            continue
        place = found
        *path, last = name.split(".")
        for step in path:
            place = place.setdefault(step, {})
        place[last] = value
    return found


def is_ticked(typed: Mapping[str, str], name: str) -> bool:
    """Say whether a box was ticked."""
    return typed.get(name) == _TRUE


def whole_number(typed: Mapping[str, str], name: str, why: str) -> int:
    """
    Return a field that holds a whole number.

    :raises InvalidInputError: if it holds anything else
    """
    value = typed.get(name, "")
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise InvalidInputError(why, {name: "This is not a whole number."})
    return int(value)


def load(schema: Schema, given: Mapping[str, Any]) -> dict[str, Any]:
    """
    Read values through a schema, the same that a JSON body goes through.

    :raises InvalidInputError: naming each field that cannot be taken
    """
    check_texts(dict(given))
    try:
        loaded: dict[str, Any] = schema.load(given)
    except ValidationError as error:
        fields = refused(error.normalized_messages()).fields
        raise InvalidInputError("Some fields cannot be taken.", _in_words(fields)) from error
    return loaded


def _in_words(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what a schema says about fields as one would say it to a person."""
    words = {_MISSING: "Fill this in."}
    return {name: words.get(text, text) for name, text in fields.items()}


def refusal(error: DatelineError, form: str, typed: Mapping[str, str], message: str) -> Refusal:
    """Return what a form shows for an error."""
    status, code = classify(error)
    return Refusal(
        form=form,
        message=message,
        status=status,
        fields=getattr(error, "fields", {}),
        typed=typed,
        is_stale=code == "precondition_failed",
    )
