"""Articles and sources as the API gives and takes them."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from schemas.base import BaseSchema, Day, Identity, Pattern, Text, WebAddress, check_order
from schemas.memento import AsOfSchema
from schemas.paging import PageQuerySchema, PageSchema
from sources.models import DerivationBasis, DerivationKind, SourceKind

_KINDS = [kind.value for kind in SourceKind]

#: A language's code, as BCP 47 writes it.
LANGUAGE = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}"

#: Longest text of an article, in code points.
LONGEST_ARTICLE = 1_000_000


class ArticleFactsSchema(BaseSchema):
    """What is known about an article beside its text."""

    title = Text(most=1_000)
    url = WebAddress()
    publisher = Text(most=300)
    published_on = Day()
    language = Pattern(LANGUAGE, like="pt-BR")


class CreateArticleSchema(ArticleFactsSchema):
    """An article to be checked: its text, or its HTML."""

    text = Text(filled=True, most=LONGEST_ARTICLE)
    html = Text(filled=True, most=2 * LONGEST_ARTICLE)

    @ma.validates_schema
    def _one_body(self, data: dict[str, Any], **_: Any) -> None:
        if ("text" in data) == ("html" in data):
            raise ma.ValidationError("Give text or html, and only one.", "text")


class ArticleSchema(BaseSchema):
    """An article as the API gives it."""

    id = fields.String()
    title = fields.String(allow_none=True)
    url = fields.String(allow_none=True)
    publisher = fields.String(allow_none=True)
    byline = fields.String(allow_none=True)
    published_on = fields.String()
    ingested_at = fields.String()
    language = fields.String()
    credits = fields.List(fields.String())
    text_sha256 = fields.String()
    text_length = fields.Integer()
    text_version = fields.Integer()
    source_id = fields.String()
    claim_counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    #: Whether every stretch is decided, not checkable or set aside.
    checked = fields.Boolean()
    facts_left = fields.Integer()
    needs_attention = fields.Integer()
    version = fields.Integer()


class ArticlePageSchema(PageSchema):
    """A page of articles."""

    items = fields.List(fields.Nested(ArticleSchema))


class TextQuerySchema(AsOfSchema):
    """Which version of an article's text is asked for; none is the newest."""

    version = fields.Integer(load_default=None, validate=validate.Range(1, 2**31 - 1))


class ReviseArticleSchema(BaseSchema):
    """A new text of an article, or its HTML."""

    text = Text(filled=True, most=LONGEST_ARTICLE)
    html = Text(filled=True, most=2 * LONGEST_ARTICLE)
    language = Pattern(LANGUAGE, like="pt-BR")

    @ma.validates_schema
    def _one_body(self, data: dict[str, Any], **_: Any) -> None:
        if ("text" in data) == ("html" in data):
            raise ma.ValidationError("Give text or html, and only one.", "text")


class AnchorSchema(BaseSchema):
    """What became of a claim in a new version of its text."""

    claim_id = fields.String()
    anchor = fields.String()


class RevisedSchema(BaseSchema):
    """What a new version of an article did to its claims."""

    items = fields.List(fields.Nested(AnchorSchema))
    new_claims = fields.List(fields.String())
    article = fields.Nested(ArticleSchema)


class TextVersionSchema(BaseSchema):
    """A version of an article's text."""

    number = fields.Integer()
    text_sha256 = fields.String()
    text_length = fields.Integer()
    added_at = fields.String()


class TextVersionPageSchema(PageSchema):
    """The versions of an article's text."""

    items = fields.List(fields.Nested(TextVersionSchema))


class DifferenceQuerySchema(BaseSchema):
    """Which versions are compared: by default the newest with the one before."""

    from_ = fields.Integer(
        data_key="from", load_default=None, validate=validate.Range(1, 2**31 - 1)
    )
    to = fields.Integer(load_default=None, validate=validate.Range(1, 2**31 - 1))


class ChangeSchema(BaseSchema):
    """A stretch of the difference; `start` and `end` count in the version that has it."""

    change = fields.String(validate=validate.OneOf(("kept", "removed", "added")))
    start = fields.Integer()
    end = fields.Integer()
    text = fields.String()


class DifferenceSchema(BaseSchema):
    """Two versions of a text, word by word."""

    from_ = fields.Integer(data_key="from")
    to = fields.Integer()
    segments = fields.List(fields.Nested(ChangeSchema))


class ArticleQuerySchema(PageQuerySchema, AsOfSchema):
    """What `/articles` takes."""

    q = fields.String(validate=validate.Length(1, 500))
    publisher = fields.String(validate=validate.Length(1, 300))
    from_ = Day(data_key="from")
    to = Day()
    sort = fields.String(
        load_default="-published_on",
        validate=validate.OneOf(("-published_on", "published_on", "-ingested_at")),
    )

    @ma.validates_schema
    def _check_order(self, data: dict[str, Any], **_: Any) -> None:
        check_order(data, ("from_", "to"))


class SegmentSchema(BaseSchema):
    """A piece of the coverage map."""

    start = fields.Integer()
    end = fields.Integer()
    text = fields.String()
    state = fields.String()
    reason = fields.String(allow_none=True)
    claim_ids = fields.List(fields.String())


class CoverageSchema(BaseSchema):
    """The coverage map of an article."""

    segments = fields.List(fields.Nested(SegmentSchema))
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    checked = fields.Boolean()
    facts_left = fields.Integer()
    needs_attention = fields.Integer()


class SourceFactsSchema(BaseSchema):
    """What is known about a source."""

    title = Text(most=1_000, allow_none=True)
    publisher = Text(most=300, allow_none=True)
    owner = Text(most=300, allow_none=True)
    author = Text(most=300, allow_none=True)
    url = WebAddress(allow_none=True)
    published_on = Day(allow_none=True)
    is_interested = fields.Boolean(truthy={True}, falsy={False})
    is_own_reporting = fields.Boolean(truthy={True}, falsy={False})
    is_anonymous = fields.Boolean(truthy={True}, falsy={False})
    reliability = fields.String(validate=validate.OneOf("ABCDEF"), allow_none=True)


class CreateSourceSchema(SourceFactsSchema):
    """Anything that can be cited."""

    kind = fields.String(required=True, validate=validate.OneOf(_KINDS))

    @ma.validates_schema
    def _named(self, data: dict[str, Any], **_: Any) -> None:
        if not any(data.get(name) for name in ("title", "publisher", "author", "url")):
            raise ma.ValidationError("Give a title, publisher, author or url.", "title")


class UpdateSourceSchema(SourceFactsSchema):
    """What is changed about a source."""

    kind = fields.String(validate=validate.OneOf(_KINDS))

    @ma.validates_schema
    def _something(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ma.ValidationError("Name at least one field to change.")


class SourceSchema(SourceFactsSchema):
    """A source as the API gives it."""

    id = fields.String()
    version = fields.Integer()
    kind = fields.String()
    article_id = fields.String(allow_none=True)
    notice = fields.Dict(allow_none=True)
    created_at = fields.String()
    updated_at = fields.String()


class SourcePageSchema(PageSchema):
    """A page of sources."""

    items = fields.List(fields.Nested(SourceSchema))


class SourceQuerySchema(PageQuerySchema):
    """What `/sources` takes."""

    q = fields.String(validate=validate.Length(1, 500))
    kind = fields.String(validate=validate.OneOf(_KINDS))
    publisher = fields.String(validate=validate.Length(1, 300))
    sort = fields.String(load_default="-created_at", validate=validate.OneOf(("-created_at",)))


class JudgeDerivationSchema(BaseSchema):
    """That a source got it from another, or did not."""

    parent_id = Identity()
    parent = fields.Nested(CreateSourceSchema)
    kind = fields.String(
        required=True, validate=validate.OneOf([kind.value for kind in DerivationKind])
    )
    judgement = fields.String(
        load_default="declared",
        validate=validate.OneOf(
            [basis.value for basis in DerivationBasis if basis != DerivationBasis.DETECTED]
        ),
    )
    reason = Text(most=2_000, filled=True)

    @ma.validates_schema
    def _one_parent(self, data: dict[str, Any], **_: Any) -> None:
        if ("parent_id" in data) == ("parent" in data):
            raise ma.ValidationError("Give parent_id or parent, and only one.", "parent_id")


class NoticeSchema(BaseSchema):
    """That a source's publisher corrected or retracted it."""

    kind = fields.String(required=True, validate=validate.OneOf(("corrected", "retracted")))
    note = Text(most=2_000, filled=True)


class MarkSegmentSchema(BaseSchema):
    """That a stretch of an article is not checkable, or no claim; `unchecked` takes it back."""

    start = fields.Integer(strict=True, required=True, validate=validate.Range(min=0))
    end = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))
    state = fields.String(
        required=True,
        validate=validate.OneOf(("not_checkable", "not_a_claim", "unchecked")),
    )
    reason = Text(most=500, filled=True)


class FetchSchema(BaseSchema):
    """Which page to capture; the source's own where none is given."""

    url = Text(most=2_000, filled=True)


class SnapshotQuerySchema(BaseSchema):
    """What of a snapshot is asked for: its bytes, what was read in them, or what is known of it."""

    format = fields.String(load_default="bytes", validate=validate.OneOf(("bytes", "text", "json")))


class SnapshotSchema(BaseSchema):
    """A source as captured."""

    id = fields.String()
    source_id = fields.String()
    sha256 = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    final_url = fields.String(allow_none=True)
    retrieved_at = fields.String()
    has_text = fields.Boolean()
    #: Whether the text differs from the capture before; said when it is taken.
    drifted = fields.Boolean()


class SnapshotPageSchema(PageSchema):
    """A page of snapshots."""

    items = fields.List(fields.Nested(SnapshotSchema))
