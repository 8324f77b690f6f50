"""Exports and proofs as the API takes them, and the JSON Schemas that travel with an export."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import marshmallow as ma
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import fields, validate

from archive.records import Level, ScopeKind
from schemas.base import BaseSchema, Identity
from schemas.claims import ClaimSchema, EvidenceSchema
from schemas.paging import PageQuerySchema, PageSchema
from schemas.reading import MAX_INTEGER
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
    #: The `log_size` of an earlier export: only what changed since, to be applied to it.
    since = fields.Integer(strict=True, validate=validate.Range(min=1), load_default=None)

    #: A time or day: the export is that of the last checkpoint by then.
    as_of = fields.String(load_default=None, validate=validate.Length(1, 40))

    @ma.validates_schema
    def _named(self, data: dict[str, Any], **_: Any) -> None:
        if (data["scope"] == ScopeKind.ALL) == ("id" in data):
            raise ma.ValidationError("Give the id of the article or claim, and none for all.", "id")


class ClaimProofQuerySchema(BaseSchema):
    """How much a proof discloses, and whether it comes with its verifier."""

    format = fields.String(load_default="zip", validate=validate.OneOf(("zip", "json")))
    disclosure = fields.String(
        load_default="public", validate=validate.OneOf([level.value for level in Level])
    )


class ImportQuerySchema(BaseSchema):
    """How an import is run."""

    dry_run = fields.Boolean(load_default=False)
    #: Verification keys that are known from elsewhere, one of which must vouch for the log.
    key = fields.List(fields.String(validate=validate.Length(max=300)), load_default=list)


class ExportSchema(BaseSchema):
    """An export, ready or under way."""

    id = fields.String()
    state = fields.String(validate=validate.OneOf(("ready", "writing", "failed")))
    scope = fields.String()
    of = fields.String(allow_none=True)
    disclosure = fields.String()
    since = fields.Integer(allow_none=True)
    log_size = fields.Integer()
    signed_at = fields.String()
    bytes = fields.Integer(allow_none=True)
    href = fields.String()


class ImportedSchema(BaseSchema):
    """What an import did, or would do: adopted, extended, known, or of another desk."""

    outcome = fields.String(
        validate=validate.OneOf(
            (
                "adopted",
                "extended",
                "known",
                "foreign_added",
                "foreign_extended",
                "foreign_known",
            )
        )
    )
    log = fields.String()
    origin = fields.String()
    log_size = fields.Integer()
    new_events = fields.Integer()
    known_events = fields.Integer()
    dry_run = fields.Boolean()


class ForeignLogSchema(BaseSchema):
    """What is kept of another desk's log."""

    log = fields.String()
    origin = fields.String()
    size = fields.Integer()
    root = fields.String()
    checkpoint = fields.String()
    keys = fields.List(fields.String())
    taken_at = fields.String()


class ForeignLogPageSchema(PageSchema):
    """A page of other desks' logs."""

    items = fields.List(fields.Nested(ForeignLogSchema))


class ForeignClaimQuerySchema(PageQuerySchema):
    """Which claims of other desks."""

    q = fields.String(validate=validate.Length(1, 500))
    origin = fields.String(validate=validate.Length(1, 200))
    status = fields.String(validate=validate.Length(1, 24))
    claimant = fields.String(validate=validate.Length(1, 300))


class ForeignClaimSchema(BaseSchema):
    """A claim of another desk, as its own log gives it, with where it comes from."""

    origin = fields.String()
    log = fields.String()
    claim = fields.Dict()


class ForeignClaimPageSchema(PageSchema):
    """A page of claims of other desks."""

    items = fields.List(fields.Nested(ForeignClaimSchema))


class FixityCheckSchema(BaseSchema):
    """That everything was hashed and compared again, and what was found."""

    id = fields.Integer()
    started_at = fields.String()
    ended_at = fields.String()
    log_size = fields.Integer()
    root = fields.String(allow_none=True)
    snapshots = fields.Integer()
    problem_count = fields.Integer()
    problems = fields.List(fields.String())


class FixityPageSchema(PageSchema):
    """A page of fixity checks."""

    items = fields.List(fields.Nested(FixityCheckSchema))


class EventsQuerySchema(BaseSchema):
    """Which events of the log."""

    from_ = fields.Integer(data_key="from", load_default=0, validate=validate.Range(0, MAX_INTEGER))
    to = fields.Integer(load_default=None, validate=validate.Range(0, MAX_INTEGER))


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


class ForeignReviewPageSchema(PageSchema):
    """A page of ClaimReviews of other desks."""

    items = fields.List(fields.Nested(ForeignReviewSchema))


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
        exclude = ("claim_counts", "checked", "facts_left", "needs_attention")

    texts = fields.List(fields.Nested(ArchivedTextSchema))


class ArchivedEvidenceSchema(EvidenceSchema):
    """A piece of evidence in an export, with the ids of its claim and source."""

    claim_id = fields.String()
    source = fields.String()


class ArchivedDerivationSchema(BaseSchema):
    """One source got it from another."""

    child_id = fields.String()
    parent_id = fields.String()
    kind = fields.String()
    basis = fields.String()
    reason = fields.String(allow_none=True)
    judged_by = fields.String()
    judged_at = fields.String()


class ArchivedRelationSchema(BaseSchema):
    """What a person judged about two claims."""

    claim_id = fields.String()
    other_id = fields.String()
    relation = fields.String()
    judgement = fields.String()
    judged_by = fields.String()
    judged_at = fields.String()


class ArchivedSnapshotSchema(BaseSchema):
    """A document as captured; its bytes lie in data/snapshots/ under their digest."""

    id = fields.String()
    source_id = fields.String()
    sha256 = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    final_url = fields.String(allow_none=True)
    retrieved_at = fields.String()
    has_text = fields.Boolean()


class ArchivedMarkSchema(BaseSchema):
    """What a person said of a stretch of an article that is no claim."""

    article_id = fields.String()
    text_version = fields.Integer()
    start = fields.Integer()
    end = fields.Integer()
    state = fields.String()
    reason = fields.String(allow_none=True)
    marked_by = fields.String()
    marked_at = fields.String()


class ArchivedEventSchema(BaseSchema):
    """One line of the log."""

    v = fields.Integer()
    log = fields.String()
    seq = fields.Integer()
    type = fields.String()
    at = fields.String()
    subject = fields.String()
    subject_seq = fields.Integer()
    prev = fields.String(allow_none=True)
    actor = fields.String()
    data = fields.Dict()
    sealed = fields.Dict(keys=fields.String(), values=fields.String())


#: The records of an export and what describes each.
RECORDS: dict[str, type[BaseSchema]] = {
    "articles": ArchivedArticleSchema,
    "claims": ArchivedClaimSchema,
    "derivations": ArchivedDerivationSchema,
    "events": ArchivedEventSchema,
    "evidence": ArchivedEvidenceSchema,
    "marks": ArchivedMarkSchema,
    "relations": ArchivedRelationSchema,
    "snapshots": ArchivedSnapshotSchema,
    "sources": SourceSchema,
}

_DRAFT = "https://json-schema.org/draft/2020-12/schema"

#: `[seq, salt, name, value]`, which marshmallow has no schema for.
_DISCLOSURE = {
    "$schema": _DRAFT,
    "title": "disclosures",
    "description": "What opens a sealed value of an event: its number, salt, name and value.",
    "type": "array",
    "prefixItems": [{"type": "integer"}, {"type": "string"}, {"type": "string"}, {}],
    "items": False,
    "minItems": 4,
}


def json_schemas() -> dict[str, Any]:
    """Return the JSON Schemas of an export's records and of the log's lines, by file."""
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
    found = {name: _whole(name, known) for name in RECORDS}
    return {**found, "disclosures": _DISCLOSURE}


def _whole(name: str, known: dict[str, Any]) -> dict[str, Any]:
    """Return one record's schema with the definitions that it needs, and no other."""
    needed: dict[str, Any] = {}
    todo = [known[name]]
    while todo:
        for reference in _references(todo.pop()):
            if reference not in needed:
                needed[reference] = _moved(known[reference])
                todo.append(known[reference])
    return {
        "$schema": _DRAFT,
        "title": name,
        "description": inspect.cleandoc(RECORDS[name].__doc__ or ""),
        **_moved(known[name]),
        "$defs": dict(sorted(needed.items())),
    }


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"].rpartition("/")[2]
        for item in value.values():
            yield from _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)


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
