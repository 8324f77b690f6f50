"""Claims, findings and evidence as the API gives and takes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from claims import facets, queries
from claims.attention import Need
from claims.extraction.records import (
    EntityType,
    Kind,
    Modality,
    Precision,
    QuantityKind,
    TimeQualifier,
)
from claims.models import Basis, ClaimRelationKind, Relation
from claims.statuses import (
    Action,
    CloseReason,
    FindingState,
    Layer,
    Status,
    Verdict,
    VerdictKind,
)
from schemas.base import BaseSchema, Day, DecimalText, Identity, Pattern, Text, check_order, words
from schemas.memento import AsOfSchema
from schemas.paging import PageQuerySchema, PageSchema
from schemas.sources import LANGUAGE, CreateSourceSchema, SourceSchema


def one_of(values: Any, **kwargs: Any) -> fields.String:
    """Return a field that takes one of an enumeration's values."""
    return fields.String(validate=validate.OneOf([value.value for value in values]), **kwargs)


#: A place in a text, in code points.
OFFSET = validate.Range(0, 2**31 - 1)


class TimeSchema(BaseSchema):
    """An interval of days; an end that is not known is null."""

    earliest = Day(allow_none=True, load_default=None)
    latest = Day(allow_none=True, load_default=None)
    precision = one_of(Precision, load_default="day")
    qualifier = one_of(TimeQualifier, allow_none=True, load_default=None)
    text = Text(most=500, allow_none=True, load_default=None)

    @ma.validates_schema
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        first, last = data.get("earliest"), data.get("latest")
        if first and last and first > last:
            raise ma.ValidationError("Give an earliest that is not after the latest.", "earliest")


class SpanSchema(BaseSchema):
    """A stretch of the article's text, in code points."""

    start = fields.Integer(strict=True, required=True, validate=OFFSET)
    end = fields.Integer(strict=True, required=True, validate=OFFSET)

    @ma.validates_schema
    def _forwards(self, data: dict[str, Any], **_: Any) -> None:
        if "start" in data and "end" in data and data["start"] >= data["end"]:
            raise ma.ValidationError("Give an end after the start.", "end")


class ClaimantSchema(BaseSchema):
    """Who stated a claim."""

    name = Text(required=True, filled=True, most=300)
    role = Text(allow_none=True, load_default=None, most=300)


class AttributionSchema(BaseSchema):
    """The words that tie a claim to its claimant."""

    verb = Text(allow_none=True, load_default=None, most=100)
    said_on = fields.Nested(TimeSchema, allow_none=True, load_default=None)
    venue = Text(allow_none=True, load_default=None, most=300)
    cue = fields.Nested(SpanSchema, allow_none=True, load_default=None)
    direct_quote = fields.Boolean(truthy={True}, falsy={False}, load_default=False)
    source = fields.List(Text(most=1_000), load_default=list)
    chain = fields.List(fields.Nested(ClaimantSchema), load_default=list)


class QuantitySchema(BaseSchema):
    """An amount: decimals as strings."""

    kind = one_of(QuantityKind, required=True)
    value = DecimalText(allow_none=True, load_default=None)
    unit = Text(required=True, filled=True, most=80)
    lower = DecimalText(allow_none=True, load_default=None)
    upper = DecimalText(allow_none=True, load_default=None)
    text = Text(allow_none=True, load_default=None, most=300)
    start = fields.Integer(strict=True, allow_none=True, load_default=None, validate=OFFSET)
    end = fields.Integer(strict=True, allow_none=True, load_default=None, validate=OFFSET)

    @ma.validates_schema
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        lower, upper = data.get("lower"), data.get("upper")
        if lower is not None and upper is not None and Decimal(lower) > Decimal(upper):
            raise ma.ValidationError("Give the smaller number as `lower`.", "lower")


class EntitySchema(BaseSchema):
    """A named thing in a claim."""

    name = Text(required=True, filled=True, most=300)
    type = one_of(EntityType, required=True)
    start = fields.Integer(strict=True, allow_none=True, load_default=None, validate=OFFSET)
    end = fields.Integer(strict=True, allow_none=True, load_default=None, validate=OFFSET)
    role = Text(allow_none=True, load_default=None, most=300)


class ReadingSchema(BaseSchema):
    """What a person may say or correct about a claim."""

    kind = one_of(Kind)
    topics = fields.List(
        Pattern("[a-z0-9_]{1,40}", like="deal_value"),
        validate=validate.Length(max=20),
    )
    modality = one_of(Modality)
    checkable = fields.Boolean(truthy={True}, falsy={False})
    claimant = fields.Nested(ClaimantSchema, allow_none=True)
    attribution = fields.Nested(AttributionSchema, allow_none=True)
    time = fields.Nested(TimeSchema, allow_none=True)
    quantities = fields.List(fields.Nested(QuantitySchema), validate=validate.Length(max=50))
    entities = fields.List(fields.Nested(EntitySchema), validate=validate.Length(max=100))
    due_on = Day(allow_none=True)


class MarkClaimSchema(ReadingSchema, SpanSchema):
    """A span that a person marks as a claim."""


class UpdateClaimSchema(ReadingSchema):
    """What a person corrects about a claim."""

    start = fields.Integer(strict=True, validate=validate.Range(0, 2**31 - 1))
    end = fields.Integer(strict=True, validate=validate.Range(1, 2**31 - 1))

    @ma.validates_schema
    def _something(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ma.ValidationError("Name at least one field to correct.")


class SelectorSchema(SpanSchema):
    """Where a claim stands in its article's text."""

    exact = fields.String()
    prefix = fields.String()
    suffix = fields.String()
    text_sha256 = fields.String()


class WorthSchema(BaseSchema):
    """How much a claim wants checking, and why."""

    score = fields.Float()
    reasons = fields.List(fields.String())


class FindingSchema(BaseSchema):
    """The answer to one question about a claim."""

    state = one_of(FindingState)
    verdict = one_of(Verdict, allow_none=True)
    verdict_kind = one_of(VerdictKind, allow_none=True)
    rationale = fields.String(allow_none=True)
    lease = fields.Dict(allow_none=True)
    proposed_by = fields.String(allow_none=True)
    proposed_at = fields.String(allow_none=True)
    proposal = fields.Dict(allow_none=True)
    decided_by = fields.String(allow_none=True)
    decided_at = fields.String(allow_none=True)
    valid_from = fields.String(allow_none=True)
    valid_to = fields.String(allow_none=True)
    review_by = fields.String(allow_none=True)
    stale_because = fields.Dict(allow_none=True)
    close_reason = fields.String(allow_none=True)
    #: Who overrode the policy, why, and which conditions were not met.
    override = fields.Dict(allow_none=True)
    #: What the gate said of the verdict when it was proposed, and under which policy.
    gate = fields.Dict(allow_none=True)


class FindingsSchema(BaseSchema):
    """Both questions: is it true, and did they say it."""

    fact = fields.Nested(FindingSchema)
    said = fields.Nested(FindingSchema, allow_none=True)


class OriginsSchema(BaseSchema):
    """How many independent origins support a claim."""

    confirmed = fields.Integer()
    suspected = fields.Integer()
    strict = fields.Integer()


class ClaimSchema(ReadingSchema):
    """A claim as the API gives it."""

    id = fields.String()
    article_id = fields.String()
    version = fields.Integer()
    created_at = fields.String()
    updated_at = fields.String()
    text = fields.String()
    normalized_text = fields.String(allow_none=True)
    replacements = fields.List(fields.Dict())
    selector = fields.Nested(SelectorSchema)
    anchor = fields.String()
    basis = fields.String()
    check_worthiness = fields.Nested(WorthSchema)
    status = one_of(Status)
    #: Where both findings stand, in words: `said: verified, fact: pending outcome`.
    summary = fields.String()
    findings = fields.Nested(FindingsSchema)
    independent_origins = fields.Nested(OriginsSchema)
    evidence_counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    #: The words of what it hangs on: "if parliament approves".
    condition = fields.String(allow_none=True)


class ClaimPageSchema(PageSchema):
    """A page of claims."""

    items = fields.List(fields.Nested(ClaimSchema))
    facets = fields.Dict()


class ClaimFilterSchema(PageQuerySchema, AsOfSchema):
    """What claims are narrowed by."""

    q = fields.String(validate=validate.Length(1, 500))
    status = words()
    verdict = words()
    state = words()
    kind = words()
    topic = words()
    modality = words()
    claimant = fields.String(validate=validate.Length(1, 300))
    entity = fields.String(validate=validate.Length(1, 200))
    article = Identity()
    source = Identity()
    publisher = fields.String(validate=validate.Length(1, 300))
    checkable = fields.Boolean()
    from_ = Day(data_key="from")
    to = Day()
    said_from = Day()
    said_to = Day()
    min_amount = DecimalText()
    max_amount = DecimalText()
    unit = fields.String(validate=validate.Length(1, 80))
    assigned_to = Identity()
    needs = words()

    @ma.validates_schema
    def _check_order(self, data: dict[str, Any], **_: Any) -> None:
        check_order(data, ("from_", "to"), ("said_from", "said_to"))

    @ma.validates("needs")
    def _known_need(self, value: list[str], **_: Any) -> None:
        _known(value, Need)

    @ma.validates("status")
    def _known_status(self, value: list[str], **_: Any) -> None:
        _known(value, Status)

    @ma.validates("verdict")
    def _known_verdict(self, value: list[str], **_: Any) -> None:
        _known(value, Verdict)

    @ma.validates("state")
    def _known_state(self, value: list[str], **_: Any) -> None:
        _known(value, FindingState)

    @ma.validates("kind")
    def _known_kind(self, value: list[str], **_: Any) -> None:
        _known(value, Kind)

    @ma.validates("modality")
    def _known_modality(self, value: list[str], **_: Any) -> None:
        _known(value, Modality)


def _known(values: list[str], enumeration: Any) -> None:
    unknown = [value for value in values if value not in set(enumeration)]
    if unknown:
        choices = ", ".join(enumeration)
        raise ma.ValidationError(f"{unknown[0][:40]} is none of {choices}.")


class ClaimQuerySchema(ClaimFilterSchema):
    """What `/claims` takes."""

    sort = fields.String(load_default="-created_at", validate=validate.OneOf(list(queries.ORDERS)))
    facet = words()

    @ma.validates("facet")
    def _known_facet(self, value: list[str], **_: Any) -> None:
        unknown = [name for name in value if name not in facets.FACETS]
        if unknown:
            choices = ", ".join(facets.FACETS)
            raise ma.ValidationError(f"{unknown[0][:40]} is none of {choices}.")


class ClaimFormatSchema(AsOfSchema):
    """In which format of the field a claim is asked for; none is ours."""

    format = fields.String(
        load_default=None, validate=validate.OneOf(("claimreview", "webannotation"))
    )


class EvidenceFormatSchema(AsOfSchema):
    """In which format of the field a claim's evidence is asked for; none is ours."""

    format = fields.String(load_default=None, validate=validate.OneOf(("webannotation",)))


class ProvenanceFormatSchema(AsOfSchema):
    """In which format of the field a claim's provenance is asked for; none is ours."""

    format = fields.String(load_default=None, validate=validate.OneOf(("prov",)))


class Override(Text):
    """Why a verdict is proposed though the policy asks for more: the reason, or `{reason}`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, dict):
            if set(value) != {"reason"}:
                raise ma.ValidationError("Give a reason, and nothing else.")
            value = value["reason"]
        return super()._deserialize(value, attr, data, **kwargs)


class FeedQuerySchema(BaseSchema):
    """What of the feed is asked for: what comes before an event, and only some kinds."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, 200))
    before = fields.Integer(load_default=None, validate=validate.Range(0, 2**31 - 1))
    kind = words()

    @ma.validates("kind")
    def _known_kind(self, value: list[str], **_: Any) -> None:
        _known(value, VerdictKind)


class VerdictsQuerySchema(AsOfSchema):
    """Which finding's decisions, known as of when, about which day."""

    layer = one_of(Layer, load_default="fact")
    about = Day(load_default=None)


class DecisionSchema(BaseSchema):
    """A decision with both its times: when it was recorded, and the days that it is about."""

    seq = fields.Integer()
    kind = one_of(VerdictKind)
    status = one_of(Verdict, allow_none=True)
    recorded_at = fields.String()
    valid_from = fields.String(allow_none=True)
    valid_to = fields.String(allow_none=True)
    published_at = fields.String(allow_none=True)
    supersedes = fields.Integer(allow_none=True)


class VerdictsSchema(BaseSchema):
    """A finding's decisions, and the one that was held about a day."""

    items = fields.List(fields.Nested(DecisionSchema))
    held = fields.Nested(DecisionSchema, allow_none=True)
    known_at = fields.String()
    about = fields.String()


class GateQuerySchema(BaseSchema):
    """Which verdict on which layer the gate is asked about."""

    verdict = one_of(Verdict, required=True)
    layer = one_of(Layer, load_default="fact")


class ConditionSchema(BaseSchema):
    """One thing that a verdict takes."""

    code = fields.String()
    met = fields.Boolean()
    explanation = fields.String()


class GateSchema(BaseSchema):
    """What a verdict takes by the policy, and whether it is there."""

    met = fields.Boolean()
    conditions = fields.List(fields.Nested(ConditionSchema))
    policy = fields.Dict()


class ReviewSchema(BaseSchema):
    """One action on one finding."""

    layer = one_of(Layer, load_default="fact")
    action = one_of(Action, required=True)
    verdict = one_of(Verdict, allow_none=True)
    verdict_kind = one_of(VerdictKind, allow_none=True)
    rationale = Text(filled=True, allow_none=True)
    reason = Text(filled=True, allow_none=True, most=2_000)
    #: Why the verdict is proposed although something speaks against it; shown with it for good.
    override = Override(filled=True, allow_none=True, most=2_000)
    review_by = Day(allow_none=True)
    valid_from = Day(allow_none=True)
    valid_to = Day(allow_none=True)

    @ma.validates_schema
    def _closing(self, data: dict[str, Any], **_: Any) -> None:
        if data["action"] == Action.CLOSE and data.get("reason") not in set(CloseReason):
            raise ma.ValidationError(f"Choose one of {', '.join(CloseReason)}.", "reason")


class CreateEvidenceSchema(BaseSchema):
    """What a source does for a claim."""

    source_id = Identity()
    source = fields.Nested(CreateSourceSchema)
    layer = one_of(Layer, load_default="fact")
    relation = one_of(Relation, required=True)
    basis = one_of(Basis, required=True)
    quote = Text(filled=True, allow_none=True, most=5_000)
    selector = fields.Nested(SpanSchema, allow_none=True)
    credibility = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, 6))
    decisive = fields.Boolean(truthy={True}, falsy={False}, load_default=False)
    #: The contrary evidence that this one answers, on the same layer of the same claim.
    answers = Identity()
    note = Text(filled=True, allow_none=True, most=5_000)

    @ma.validates_schema
    def _one_source(self, data: dict[str, Any], **_: Any) -> None:
        if ("source_id" in data) == ("source" in data):
            raise ma.ValidationError("Give source_id or source, and only one.", "source_id")


class EvidenceSchema(BaseSchema):
    """A piece of evidence as the API gives it."""

    id = fields.String()
    layer = one_of(Layer)
    source = fields.Nested(SourceSchema)
    relation = one_of(Relation)
    basis = one_of(Basis)
    quote = fields.String(allow_none=True)
    selector = fields.Dict(allow_none=True)
    credibility = fields.Integer(allow_none=True)
    decisive = fields.Boolean()
    note = fields.String(allow_none=True)
    answers = fields.String(allow_none=True)
    after_claim = fields.Boolean()
    added_by = fields.String()
    added_at = fields.String()
    withdrawal = fields.Dict(allow_none=True)


class WithdrawalSchema(BaseSchema):
    """Why a piece of evidence is withdrawn."""

    reason = Text(required=True, filled=True, most=2_000)


class JudgeRelationSchema(BaseSchema):
    """What a person says about two claims."""

    other_id = Identity(required=True)
    relation = one_of(ClaimRelationKind, required=True)
    judgement = fields.String(required=True, validate=validate.OneOf(("confirmed", "refused")))


class JudgedRelationSchema(BaseSchema):
    """A person's judgement of two claims."""

    claim_id = fields.String()
    other_id = fields.String()
    relation = one_of(ClaimRelationKind)
    judgement = fields.String()
    judged_by = fields.String()
    judged_at = fields.String()


class ClaimsOfArticleQuerySchema(PageQuerySchema, AsOfSchema):
    """What the claims of an article take."""


class HistoryQuerySchema(AsOfSchema):
    """What a claim's history takes."""

    #: The number of an event; those after it are listed.
    since = fields.Integer(load_default=-1, validate=validate.Range(-1, 2**53))


class TimelineQuerySchema(ClaimFilterSchema):
    """What `/timeline` takes: the filters of claims, and its own formats, which know no pages."""

    limit = fields.Integer(load_default=200, validate=validate.Range(1, 200))
    cursor = fields.String(load_default=None, validate=validate.Length(max=1_000))
    format = fields.String(
        load_default=None, validate=validate.OneOf(("json", "csv", "timelinejs", "ics"))
    )


class CheckSchema(BaseSchema):
    """A text to look up without keeping it."""

    text = Text(required=True, filled=True, most=200_000)
    published_on = Day()
    language = Pattern(LANGUAGE, like="pt-BR")


class SimilarQuerySchema(BaseSchema):
    """How many similar claims are listed."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, 50))


class SimilarSchema(BaseSchema):
    """A claim beside another one, how they stand to each other, and why."""

    claim = fields.Nested(ClaimSchema)
    #: Null where the two cannot be compared; the explanation says why.
    relation = one_of(ClaimRelationKind, allow_none=True)
    score = fields.Float()
    explanation = fields.String()
    #: What a person said of it, null for what the machine suggests.
    judgement = fields.String(allow_none=True)


class SimilarPageSchema(PageSchema):
    """The claims beside one."""

    items = fields.List(fields.Nested(SimilarSchema))


class StatementSchema(BaseSchema):
    """A statement of a text that was looked up, and what is held about it."""

    text = fields.String()
    start = fields.Integer()
    end = fields.Integer()
    kind = one_of(Kind)
    time = fields.Nested(TimeSchema, allow_none=True)
    quantities = fields.List(fields.Nested(QuantitySchema))
    claimant = fields.Nested(ClaimantSchema, allow_none=True)
    matches = fields.List(fields.Nested(SimilarSchema))
    answer = fields.String()


class CheckedSchema(BaseSchema):
    """What is held about a text's statements."""

    published_on = Day()
    language = fields.String()
    statements = fields.List(fields.Nested(StatementSchema))
