"""What the search for clients of the Fact Check Tools API takes and gives."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from schemas.base import BaseSchema

#: Parameters that every Google API takes; they change nothing here.
_OF_EVERY_API = (
    "$.xgafv",
    "access_token",
    "fields",
    "key",
    "oauth_token",
    "prettyPrint",
    "quotaUser",
    "uploadType",
    "upload_protocol",
    "userIp",
)

_ANY = {name: fields.String(data_key=name) for name in _OF_EVERY_API}


class _EveryApiSchema(BaseSchema.from_dict({f"any_{i}": f for i, f in enumerate(_ANY.values())})):  # type: ignore[misc]
    """What is taken for the sake of clients."""


class SearchQuerySchema(_EveryApiSchema):
    """What is looked for: words, or a publisher, or both."""

    query = fields.String(validate=validate.Length(max=2_000))
    language = fields.String(data_key="languageCode", validate=validate.Length(max=35))
    publisher = fields.String(
        data_key="reviewPublisherSiteFilter", validate=validate.Length(max=300)
    )
    most_days = fields.Integer(data_key="maxAgeDays", validate=validate.Range(0, 100_000))
    page_size = fields.Integer(
        data_key="pageSize", load_default=10, validate=validate.Range(0, 2**31 - 1)
    )
    page_token = fields.String(data_key="pageToken", validate=validate.Length(max=200))
    offset = fields.Integer(load_default=0, validate=validate.Range(0, 100_000))
    alt = fields.String(load_default="json", validate=validate.OneOf(("json",)))

    @ma.post_load
    def _usual_sizes(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Take 0 for the usual size, and what is too large for the largest."""
        data["page_size"] = min(data["page_size"] or 10, 100)
        return data

    @ma.validates_schema
    def _something(self, data: dict[str, Any], **_: Any) -> None:
        if not (data.get("query") or "").strip() and not data.get("publisher"):
            raise ma.ValidationError("Give query or reviewPublisherSiteFilter.", "query")


class PublisherSchema(BaseSchema):
    """Who published a review."""

    name = fields.String()
    site = fields.String()


class FoundReviewSchema(BaseSchema):
    """A review of a claim."""

    publisher = fields.Nested(PublisherSchema)
    url = fields.String()
    title = fields.String()
    review_date = fields.String(data_key="reviewDate")
    textual_rating = fields.String(data_key="textualRating")
    language_code = fields.String(data_key="languageCode")


class FoundClaimSchema(BaseSchema):
    """A claim that was reviewed."""

    text = fields.String()
    claimant = fields.String()
    claim_date = fields.String(data_key="claimDate")
    claim_review = fields.List(fields.Nested(FoundReviewSchema), data_key="claimReview")


class FoundPageSchema(BaseSchema):
    """A page of claims."""

    claims = fields.List(fields.Nested(FoundClaimSchema))
    next_page_token = fields.String(data_key="nextPageToken")
