"""
The tables of documents: articles and their texts, sources, snapshots, derivations.

All are projections of the log. Keys are the sequence numbers of the events that made the rows,
so that a replay gives the same rows on every engine; the world outside sees UUIDs only.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, LargeBinary, String, Text
from sqlmodel import Field, SQLModel

from ledger.history import since

KEY = {"autoincrement": False}


class SourceKind(StrEnum):
    """What sort of document a source is."""

    ARTICLE = "article"
    OFFICIAL = "official"
    WIRE = "wire"
    INTERVIEW = "interview"
    DATASET = "dataset"
    POST = "post"
    COURT_RECORD = "court_record"
    PRESS_RELEASE = "press_release"
    REPORT = "report"
    CLAIM_REVIEW = "claim_review"
    OTHER = "other"


class DerivationKind(StrEnum):
    """How the child got it from the parent."""

    REPUBLISHES = "republishes"
    TRANSLATES = "translates"
    QUOTES = "quotes"
    CITES = "cites"
    BASED_ON_RELEASE = "based_on_release"
    SAME_SPEAKER = "same_speaker"


class DerivationBasis(StrEnum):
    """How it is known that one source derives from another."""

    DECLARED = "declared"
    DETECTED = "detected"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Article(SQLModel, table=True):
    """The document being checked."""

    __tablename__ = "article"
    __table_args__ = (Index("ix_article_published", "published_on", "id"),)

    id: int = Field(primary_key=True, sa_column_kwargs=KEY)
    uuid: str = Field(sa_column=Column(String(36), nullable=False, unique=True))
    version: int
    title: str | None = Field(default=None, sa_column=Column(Text))
    url: str | None = Field(default=None, sa_column=Column(Text))
    publisher: str | None = Field(default=None, sa_column=Column(Text, index=True))
    byline: str | None = Field(default=None, sa_column=Column(Text))
    #: The dateline: what "on Monday" is counted from.
    published_on: str = Field(sa_column=Column(String(10), nullable=False))
    ingested_at: str = Field(sa_column=Column(String(27), nullable=False))
    updated_at: str = Field(sa_column=Column(String(27), nullable=False))
    language: str = Field(sa_column=Column(String(12), nullable=False))
    credits: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: Number of the text that selectors count in now.
    text_version: int
    text_sha256: str = Field(sa_column=Column(String(64), nullable=False, index=True))
    text_length: int
    #: The source that stands for this article where it is cited.
    source_uuid: str = Field(sa_column=Column(String(36), nullable=False))
    since: int = Field(sa_column=since(is_lasting=True))


class ArticleText(SQLModel, table=True):
    """One text of an article, never edited, and the coverage that extraction gave it."""

    __tablename__ = "article_text"

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    number: int = Field(primary_key=True, sa_column_kwargs=KEY)
    text: str = Field(sa_column=Column(Text, nullable=False))
    text_sha256: str = Field(sa_column=Column(String(64), nullable=False, index=True))
    added_at: str = Field(sa_column=Column(String(27), nullable=False))
    #: `[start, end, state, reason]` for each segment, gapless over the text.
    segments: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: How many of them extraction left for people to look at.
    unchecked: int
    since: int = Field(sa_column=since(is_lasting=True))


class Source(SQLModel, table=True):
    """Anything that can be cited."""

    __tablename__ = "source"

    id: int = Field(primary_key=True, sa_column_kwargs=KEY)
    uuid: str = Field(sa_column=Column(String(36), nullable=False, unique=True))
    version: int
    kind: str = Field(sa_column=Column(String(20), nullable=False, index=True))
    title: str | None = Field(default=None, sa_column=Column(Text))
    publisher: str | None = Field(default=None, sa_column=Column(Text, index=True))
    owner: str | None = Field(default=None, sa_column=Column(Text))
    author: str | None = Field(default=None, sa_column=Column(Text))
    url: str | None = Field(default=None, sa_column=Column(Text))
    published_on: str | None = Field(default=None, sa_column=Column(String(10)))
    #: Whether it is a party to the matter.
    is_interested: bool = Field(sa_column=Column(Boolean, nullable=False))
    #: Whether it is known to be its own reporting, whatever it also copies.
    is_own_reporting: bool = Field(sa_column=Column(Boolean, nullable=False))
    #: Whether whoever speaks in it is not named.
    is_anonymous: bool = Field(sa_column=Column(Boolean, nullable=False))
    #: A (always reliable) to F (cannot be judged).
    reliability: str | None = Field(default=None, sa_column=Column(String(1)))
    #: Digest of the words of its newest text: what another source with the same words shares.
    text_key: str | None = Field(default=None, sa_column=Column(String(64)))
    #: The article that this source is, if it was ingested.
    article_uuid: str | None = Field(default=None, sa_column=Column(String(36), index=True))
    #: `corrected` or `retracted`, once its publisher said so.
    notice: str | None = Field(default=None, sa_column=Column(String(10)))
    notice_note: str | None = Field(default=None, sa_column=Column(Text))
    noticed_at: str | None = Field(default=None, sa_column=Column(String(27)))
    created_at: str = Field(sa_column=Column(String(27), nullable=False))
    updated_at: str = Field(sa_column=Column(String(27), nullable=False))
    since: int = Field(sa_column=since(is_lasting=True))


class Snapshot(SQLModel, table=True):
    """A document as captured: its bytes' digest, the text read from it, when and where from."""

    __tablename__ = "snapshot"

    id: int = Field(primary_key=True, sa_column_kwargs=KEY)
    uuid: str = Field(sa_column=Column(String(36), nullable=False, unique=True))
    source_id: int = Field(foreign_key="source.id", index=True)
    sha256: str = Field(sa_column=Column(String(64), nullable=False, index=True))
    media_type: str = Field(sa_column=Column(String(120), nullable=False))
    size: int
    final_url: str | None = Field(default=None, sa_column=Column(Text))
    retrieved_at: str = Field(sa_column=Column(String(27), nullable=False))
    text: str | None = Field(default=None, sa_column=Column(Text))
    #: How a fetched page was answered: status, headers, and the addresses it came by.
    http: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    since: int = Field(sa_column=since(is_lasting=True))


class Blob(SQLModel, table=True):
    """The bytes of a snapshot, by their digest; kept beside the log, which holds the digest."""

    __tablename__ = "blob"

    sha256: str = Field(sa_column=Column(String(64), primary_key=True))
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Fingerprint(SQLModel, table=True):
    """A sampled shingle of a source's text, looked up to find copies."""

    __tablename__ = "fingerprint"

    hash: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    source_id: int = Field(primary_key=True, foreign_key="source.id", index=True)


class Derivation(SQLModel, table=True):
    """One source got it from another."""

    __tablename__ = "derivation"

    child_id: int = Field(primary_key=True, foreign_key="source.id")
    parent_id: int = Field(primary_key=True, foreign_key="source.id", index=True)
    kind: str = Field(sa_column=Column(String(20), nullable=False))
    basis: str = Field(sa_column=Column(String(10), nullable=False))
    reason: str | None = Field(default=None, sa_column=Column(Text))
    judged_by: str = Field(sa_column=Column(String(36), nullable=False))
    judged_at: str = Field(sa_column=Column(String(27), nullable=False))
    since: int = Field(sa_column=since())
