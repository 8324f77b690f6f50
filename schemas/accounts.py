"""Reviewers and sign-in as the API gives and takes them."""

from __future__ import annotations

from marshmallow import fields, validate

from permissions import Role
from schemas.base import BaseSchema, Text

_ROLES = [role.value for role in Role]


class SignInSchema(BaseSchema):
    """A name and a password."""

    name = Text(required=True, most=120)
    password = Text(required=True, most=1_000)


class ReviewerSchema(BaseSchema):
    """A person, for those who may see names."""

    id = fields.String()
    name = fields.String()
    role = fields.String()


class CreateReviewerSchema(BaseSchema):
    """A person to be added."""

    name = Text(required=True, filled=True, most=120)
    role = fields.String(required=True, validate=validate.OneOf(_ROLES))
    password = Text(most=1_000)
