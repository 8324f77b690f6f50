"""Compiled schemas: they load what the schema loads, and refuse what it refuses, in its words."""

import copy

import marshmallow as ma
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import fields

from schemas.bulk import ReadyArticleSchema
from schemas.loading import compile_load
from schemas.sources import CreateArticleSchema

ARTICLE = {
    "text": "Prices rose by 5% in May 2020. Wages fell.",
    "title": "Prices",
    "published_on": "2021-01-02",
    "language": "en",
    "claims": [
        {
            "id": "0b6f6f2e-7a0f-4a44-9ad5-0f2d1f5f8a11",
            "status": "verified",
            "text": "Prices rose by 5% in May 2020",
            "selector": {"start": 0, "end": 29, "exact": "Prices rose by 5% in May 2020"},
            "kind": "quantity",
            "topics": ["economy", "prices"],
            "modality": "asserted",
            "checkable": True,
            "claimant": {"name": "Anna Borg", "role": "minister"},
            "attribution": {
                "verb": "say",
                "said_on": {"earliest": "2021-01-01", "latest": None},
                "cue": {"start": 3, "end": 7},
                "direct_quote": False,
                "source": ["the minister"],
                "chain": [{"name": "Eva Lind"}],
            },
            "time": {"earliest": "2020-05-01", "latest": "2020-05-31", "precision": "month"},
            "quantities": [{"kind": "percent", "value": "5", "unit": "%", "text": "5%"}],
            "entities": [{"name": "Norland", "type": "place", "start": 0, "end": 6}],
            "check_worthiness": {"score": 0.9, "reasons": ["states a number"]},
            "normalized_text": "Prices rose by 5% in May 2020",
            "replacements": [{"start": 0, "end": 6, "text": "They", "replacement": "Prices"}],
            "due_on": None,
        }
    ],
}

#: What may stand where something else should.
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([2**31, 10**400, 1.0, 0.5, -0.1, float("inf"), float("nan")]),
    st.sampled_from(
        ["", " ", "x" * 400, "2020-05-32", "2022-01-01", "1", "5.50", "quantity", "en"]
    ),
    st.sampled_from([[], {}, [None], [[]], ["x"] * 30, {"name": "x"}, {"start": 9, "end": 3}]),
)


def places(value, path=()):
    """Yield where in a document something stands."""
    yield path
    inside = value.items() if isinstance(value, dict) else ()
    inside = enumerate(value) if isinstance(value, list) else inside
    for key, item in inside:
        yield from places(item, (*path, key))


@st.composite
def documents(draw):
    """Draw an article in which up to three things are another way, missing or unknown."""
    document = copy.deepcopy(ARTICLE)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from([place for place in places(document) if place]))
        holder = document
        for key in path[:-1]:
            holder = holder[key]
        change = draw(st.sampled_from(["other", "missing", "unknown"]))
        if change == "other":
            holder[path[-1]] = copy.deepcopy(draw(ODD))
        elif change == "missing":
            del holder[path[-1]]
        elif isinstance(holder, dict):
            holder[draw(st.sampled_from(["colour", "id", "html", "qualifier"]))] = copy.deepcopy(
                draw(ODD)
            )
    return document


def outcome(load, document):
    """Return what a document is loaded as, or what is said against it."""
    try:
        return repr(load(copy.deepcopy(document)))
    except ma.ValidationError as error:
        return error.normalized_messages()


class TestCompileLoad:
    @given(documents())
    def test_what_comes_out_is_what_the_schema_gives(self, document):
        assert outcome(LOAD, document) == outcome(SCHEMA.load, document)

    def test_well_formed_data_never_reaches_the_schema(self):
        class Unasked(ReadyArticleSchema):
            def load(self, data, **_):
                raise AssertionError("The schema was asked.")

        loaded = compile_load(Unasked())(ARTICLE)

        assert loaded == SCHEMA.load(ARTICLE)

    def test_the_data_stays_as_it_was(self):
        given = copy.deepcopy(ARTICLE)

        LOAD(given)

        assert given == ARTICLE

    @pytest.mark.parametrize("hook", [ma.post_load, ma.validates("text")])
    def test_a_schema_with_hooks_that_are_not_compiled_is_refused(self, hook):
        class Hooked(CreateArticleSchema):
            @hook
            def _change(self, data, **_):
                return data

        with pytest.raises(TypeError, match="is not compiled"):
            compile_load(Hooked())

    def test_a_field_kept_by_another_name_is_refused(self):
        schema = ma.Schema.from_dict({"one": fields.String(attribute="other")})

        with pytest.raises(TypeError, match="another name"):
            compile_load(schema())

    def test_fields_of_other_classes_load_by_themselves(self):
        class Loud(fields.String):
            def _deserialize(self, value, attr, data, **kwargs):
                return super()._deserialize(value, attr, data, **kwargs).upper()

        schema = ma.Schema.from_dict({"one": Loud(), "two": fields.Raw(allow_none=True)})()

        assert compile_load(schema)({"one": "a", "two": None}) == {"one": "A", "two": None}


SCHEMA = ReadyArticleSchema()
LOAD = compile_load(SCHEMA)
