"""
A schema compiled to a function that takes in well-formed data, for where there is much of it.

What it returns is what the schema's `load` returns. It knows nothing of messages: whatever it
cannot take for certain it leaves to the schema, which says what is wrong. So the schema stays the
contract; what is compiled is only the way of data that nothing is wrong with.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate
from marshmallow.decorators import POST_LOAD, PRE_LOAD, VALIDATES, VALIDATES_SCHEMA

from schemas.base import Day, DecimalText, Pattern, Text

#: Takes a value and returns what it is loaded as, or raises `_Unfit`.
Loader = Callable[[Any], Any]

#: Tells a missing key from one that is null.
_MISSING = object()


class _Unfit(Exception):  # noqa: N818
    """The schema has to look at this itself."""


def compile_load(schema: ma.Schema) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return a function that loads like the schema, and sooner where nothing is wrong."""
    quick = _object(schema)

    def load(data: dict[str, Any]) -> dict[str, Any]:
        try:
            loaded: dict[str, Any] = quick(data)
        except (_Unfit, ma.ValidationError):
            loaded = schema.load(data)
        return loaded

    return load


def _object(schema: ma.Schema) -> Loader:
    before, checks = _hooks(schema)
    steps = [
        (field.data_key if field.data_key is not None else name, name, *_value(field))
        for name, field in schema.load_fields.items()
    ]
    known = frozenset(key for key, *_ in steps)
    required = frozenset(key for key, name, *_ in steps if schema.load_fields[name].required)

    def load(data: Any) -> dict[str, Any]:
        if type(data) is not dict:
            raise _Unfit
        for hook in before:
            data = hook(data)
        if not required <= data.keys() <= known:
            raise _Unfit
        found = {}
        for key, name, take, default in steps:
            value = data.get(key, _MISSING)
            if value is not _MISSING:
                found[name] = take(value)
            elif default is not None:
                found[name] = default()
        for check in checks:
            check(found)
        return found

    return load


def _hooks(schema: ma.Schema) -> tuple[list[Loader], list[Loader]]:
    """
    Return what a schema does to data before it is loaded, and what it checks in all of it.

    :raises TypeError: if it has a hook of another kind
    """
    hooks = schema._hooks
    of_kinds = [name for kind in (POST_LOAD, VALIDATES) for name, *_ in hooks.get(kind, ())]
    if of_kinds or schema.unknown != ma.RAISE or schema.partial:
        raise TypeError(f"{type(schema).__name__} loads in a way that is not compiled.")
    before = [_hook(schema, name, *how) for name, *how in hooks.get(PRE_LOAD, ())]
    return before, [_hook(schema, name, *how) for name, *how in hooks.get(VALIDATES_SCHEMA, ())]


def _hook(schema: ma.Schema, name: str, of_many: bool, options: Mapping[str, Any]) -> Loader:
    if of_many or options.get("pass_original"):
        raise TypeError(f"{name} of {type(schema).__name__} takes more than is compiled.")
    call = getattr(schema, name)
    return lambda data: call(data, many=False, partial=schema.partial, unknown=schema.unknown)


def _value(field: fields.Field[Any]) -> tuple[Loader, Callable[[], Any] | None]:
    """Return how a field loads a value, and what makes its default where it has one."""
    default = field.load_default
    make = None if default is ma.missing else default if callable(default) else lambda: default
    if field.attribute is not None:
        raise TypeError(f"{field.name} is kept by another name, which is not compiled.")
    return _loader(field), make


def _loader(field: fields.Field[Any]) -> Loader:
    compiled = _KINDS.get(type(field))
    take = None if compiled is None or field.pre_load or field.post_load else compiled(field)
    if take is None:
        return field.deserialize
    if not field.allow_none:
        return take
    return lambda value: None if value is None else take(value)


def _checked(field: fields.Field[Any], kind: type[Any]) -> Loader:
    checks = [_check(one) for one in field.validators]
    if len(checks) == 1:
        return _checked_once(kind, checks[0])

    def load(value: Any) -> Any:
        if type(value) is not kind:
            raise _Unfit
        for is_fit in checks:
            if not is_fit(value):
                raise _Unfit
        return value

    return load


def _checked_once(kind: type[Any], is_fit: Callable[[Any], bool]) -> Loader:
    def load(value: Any) -> Any:
        if type(value) is kind and is_fit(value):
            return value
        raise _Unfit

    return load


def _text(field: fields.Field[Any]) -> Loader:
    return _checked(field, str)


def _integer(field: fields.Field[Any]) -> Loader:
    return _checked(field, int)


def _float(field: fields.Field[Any]) -> Loader:
    check = _checked(field, float)

    def load(value: Any) -> Any:
        if type(value) is not float or not math.isfinite(value):
            return field.deserialize(value)
        return check(value)

    return load


def _truth(field: fields.Field[Any]) -> Loader | None:
    assert isinstance(field, fields.Boolean)
    if field.validators or True not in field.truthy or False not in field.falsy:
        return None

    def load(value: Any) -> Any:
        if value is True or value is False:
            return value
        raise _Unfit

    return load


def _list(field: fields.Field[Any]) -> Loader:
    assert isinstance(field, fields.List)
    take, check = _loader(field.inner), _checked(field, list)

    def load(value: Any) -> Any:
        if type(value) is not list:
            raise _Unfit
        return check([take(each) for each in value])

    return load


def _nested(field: fields.Field[Any]) -> Loader | None:
    assert isinstance(field, fields.Nested)
    if field.validators or field.schema.many or field.unknown not in (None, ma.RAISE):
        return None
    return _object(field.schema)


def _described(field: fields.Field[Any]) -> Loader | None:
    """Ask the field at once, without the questions of its class that it has no answer to."""
    return None if field.validators else lambda value: field._deserialize(value, None, None)


def _check(validator: Callable[[Any], Any]) -> Callable[[Any], bool]:
    """Return a question in the place of a validator, which raises an error."""
    if type(validator) is validate.Range and validator.min_inclusive and validator.max_inclusive:
        least, most = validator.min, validator.max
        if least is not None and most is not None:
            return lambda value: least <= value <= most
    if type(validator) is validate.Length and validator.equal is None and validator.min is None:
        longest = validator.max
        return lambda value: longest is None or len(value) <= longest
    if type(validator) is validate.OneOf:
        choices = tuple(validator.choices)
        return lambda value: value in choices

    def check(value: Any) -> bool:
        validator(value)
        return True

    return check


#: How fields of exactly these classes take a value that fits; any other one loads by itself.
_KINDS: Mapping[type[Any], Callable[[fields.Field[Any]], Loader | None]] = {
    fields.String: _text,
    Text: _text,
    fields.Integer: _integer,
    fields.Float: _float,
    fields.Boolean: _truth,
    fields.List: _list,
    fields.Nested: _nested,
    Day: _described,
    DecimalText: _described,
    Pattern: _described,
}
