"""Exports and proofs as the API takes them, and the JSON Schemas that travel with an export."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import fields, validate

from archive.records import Level, ScopeKind
from schemas.base import BaseSchema, Identity
from schemas.claims import ClaimSchema, EvidenceSchema
from schemas.sources import ArticleSchema, SourceSchema

#: Events answered to one request.
MOST_EVENTS = 10_000


class CreateExportSchema(BaseSchema):
    """What an export is of, and how much it discloses."""

    scope = fields.String(
        load_default="all", validate=validate.OneOf([kind.value for kind in ScopeKind])
    )
    id = Identity()
    disclosure = fields.String(
        load_default="public", validate=validate.OneOf([level.value for level in Level])
    )

    @ma.validates_schema
    def _named(self, data: dict[str, Any], **_: Any) -> None:
        if (data["scope"] == ScopeKind.ALL) == ("id" in data):
            raise ma.ValidationError("Give the id of the article or claim, and none for all.", "id")


class ImportQuerySchema(BaseSchema):
    """How an import is run."""

    dry_run = fields.Boolean(load_default=False)


class EventsQuerySchema(BaseSchema):
    """Which events of the log."""

    from_ = fields.Integer(data_key="from", load_default=0, validate=validate.Range(min=0))
    to = fields.Integer(load_default=None, validate=validate.Range(min=0))


class ProofQuerySchema(BaseSchema):
    """Which event, in the tree of which size."""

    seq = fields.Integer(required=True, validate=validate.Range(min=0))
    size = fields.Integer(load_default=None, validate=validate.Range(min=1))


class ConsistencyQuerySchema(BaseSchema):
    """Which two sizes of the log."""

    from_ = fields.Integer(data_key="from", required=True, validate=validate.Range(min=1))
    to = fields.Integer(load_default=None, validate=validate.Range(min=1))


class RatingSchema(BaseSchema):
    """A publisher's rating: its label in its own words, its number on its own scale."""

    label = fields.String(allow_none=True)
    value = fields.String(allow_none=True)
    best = fields.String(allow_none=True)
    worst = fields.String(allow_none=True)


class ForeignReviewSchema(BaseSchema):
    """A ClaimReview of another desk, kept as a source; `warnings` has a code for each defect."""

    source_id = fields.String(allow_none=True)
    claim_reviewed = fields.String(allow_none=True)
    claimant = fields.String(allow_none=True)
    publisher = fields.String(allow_none=True)
    url = fields.String(allow_none=True)
    published_on = fields.String(allow_none=True)
    language = fields.String(allow_none=True)
    appearances = fields.List(fields.String())
    rating = fields.Nested(RatingSchema)
    warnings = fields.List(fields.String())


class ForeignReviewPageSchema(BaseSchema):
    """A page of ClaimReviews of other desks."""

    items = fields.List(fields.Nested(ForeignReviewSchema))
    next = fields.String(allow_none=True)
    total = fields.Integer()
    total_relation = fields.String()


class ImportedReviewSchema(ForeignReviewSchema):
    """What became of one ClaimReview: taken, known already, or refused for want of a claim."""

    outcome = fields.String(validate=validate.OneOf(("taken", "known", "refused")))


class ImportedReviewsSchema(BaseSchema):
    """What became of the ClaimReviews that were sent, in their order."""

    items = fields.List(fields.Nested(ImportedReviewSchema))
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    #: JSON-LD scripts of a page that are not JSON, and were passed over.
    unreadable_scripts = fields.Integer()


class ArchivedWorthSchema(BaseSchema):
    """How much a claim wants checking; bytes are fixed, so the number is a string."""

    score = fields.String()
    reasons = fields.List(fields.String())


class ArchivedClaimSchema(ClaimSchema):
    """A claim in an export."""

    check_worthiness = fields.Nested(ArchivedWorthSchema)


class ArchivedTextSchema(BaseSchema):
    """One text of an article in an export."""

    number = fields.Integer()
    text = fields.String()
    text_sha256 = fields.String()
    segments = fields.List(fields.List(fields.Raw(allow_none=True)))


class ArchivedArticleSchema(ArticleSchema):
    """An article in an export, with its texts."""

    class Meta:
        exclude = ("claim_counts",)

    texts = fields.List(fields.Nested(ArchivedTextSchema))


class ArchivedEvidenceSchema(EvidenceSchema):
    """A piece of evidence in an export, with the ids of its claim and source."""

    claim_id = fields.String()
    source = fields.String()


#: The records of an export and what describes each.
RECORDS: dict[str, type[BaseSchema]] = {
    "articles": ArchivedArticleSchema,
    "claims": ArchivedClaimSchema,
    "evidence": ArchivedEvidenceSchema,
    "sources": SourceSchema,
}


def json_schemas() -> dict[str, Any]:
    """Return the JSON Schemas of an export's records, by record."""
    named = {schema: name for name, schema in RECORDS.items()}

    def name_of(schema: Any) -> str:
        kind = schema if isinstance(schema, type) else type(schema)
        return named.get(kind) or kind.__name__.removesuffix("Schema")

    plugin = MarshmallowPlugin(schema_name_resolver=name_of)
    spec = APISpec("Dateline", "v1", "3.1.0", plugins=[plugin])
    for name, schema in RECORDS.items():
        if name not in spec.components.schemas:
            spec.components.schema(name, schema=schema)
    known = spec.to_dict()["components"]["schemas"]
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": name,
            **_moved(known[name]),
            "$defs": {key: _moved(value) for key, value in known.items() if key not in RECORDS},
        }
        for name in RECORDS
    }


def _moved(value: Any) -> Any:
    """Point references into the schema's own definitions."""
    if isinstance(value, dict):
        return {
            key: item.replace("#/components/schemas/", "#/$defs/")
            if key == "$ref"
            else _moved(item)
            for key, item in value.items()
        }
    return [_moved(item) for item in value] if isinstance(value, list) else value
