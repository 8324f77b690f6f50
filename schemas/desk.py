"""How far the desk is, and how predictions came out, as the API gives it."""

from __future__ import annotations

from marshmallow import fields, validate

from schemas.base import BaseSchema
from schemas.memento import AsOfSchema


class StandingSchema(BaseSchema):
    """How far the desk is."""

    articles = fields.Integer()
    articles_checked = fields.Integer()
    claims = fields.Integer()
    facts_left = fields.Integer()
    needs_attention = fields.Integer()
    overdue = fields.Integer()


class PredictionsQuerySchema(AsOfSchema):
    """Whose predictions are asked for."""

    name = fields.String(required=True, validate=validate.Length(1, 300))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 200))


class PredictionSchema(BaseSchema):
    """A claim that says what will be."""

    id = fields.String()
    article_id = fields.String()
    text = fields.String()
    due_on = fields.String(allow_none=True)
    conditional = fields.Boolean()
    condition = fields.String(allow_none=True)
    status = fields.String()
    decided_at = fields.String(allow_none=True)
    #: Ids of the claims by which other articles pass on the same.
    also = fields.List(fields.String())


class PredictionsSchema(BaseSchema):
    """How a claimant's predictions came out: the outcomes add up to all of them."""

    claimant = fields.String()
    predictions = fields.Integer()
    #: Those whose day has come, with an outcome or without.
    due = fields.Integer()
    came_true = fields.Integer()
    partly = fields.Integer()
    did_not = fields.Integer()
    undetermined = fields.Integer()
    open = fields.Integer()
    #: The first of them by their day; all are at `/claims?claimant=`.
    claims = fields.List(fields.Nested(PredictionSchema))
