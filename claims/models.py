"""
The tables of claims, findings, evidence and relations.

All are projections of the log. A row's key is the sequence number of the event that made it, so
that a replay gives the same rows; a finding's key is its claim and layer. What `/claims` filters
by stands in columns or in small tables of its own.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, Index, String, Text
from sqlmodel import Field, SQLModel

from ledger.history import since

KEY = {"autoincrement": False}


class Relation(StrEnum):
    """What a piece of evidence does for a claim."""

    SUPPORTS = "supports"
    PARTIALLY_SUPPORTS = "partially_supports"
    REFUTES = "refutes"
    DISPUTES = "disputes"
    QUALIFIES = "qualifies"
    REPEATS = "repeats"
    ATTRIBUTES = "attributes"
    CONTEXT = "context"
    NOT_RELEVANT = "not_relevant"


class Basis(StrEnum):
    """Whether a source is first-hand for this claim."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class ClaimRelationKind(StrEnum):
    """How two claims stand to each other."""

    REPEATS = "repeats"
    CONTRADICTS = "contradicts"
    REFINES = "refines"
    UPDATES = "updates"


class Claim(SQLModel, table=True):
    """A statement of an article, anchored to its exact characters."""

    __tablename__ = "claim"
    __table_args__ = (
        Index("ix_claim_article", "article_id", "start"),
        Index("ix_claim_created", "created_at", "id"),
        Index("ix_claim_status", "status", "created_at", "id"),
        Index("ix_claim_time", "time_earliest", "id"),
        Index("ix_claim_score", "score", "id"),
        Index("ix_claim_anchor", "anchor"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs=KEY)
    uuid: str = Field(sa_column=Column(String(36), nullable=False, unique=True))
    article_id: int = Field(foreign_key="article.id")
    version: int
    created_at: str = Field(sa_column=Column(String(27), nullable=False))
    updated_at: str = Field(sa_column=Column(String(27), nullable=False))
    #: The statement exactly as printed. Never normalised: evidence quotes it.
    text: str = Field(sa_column=Column(Text, nullable=False))
    #: The statement readable alone, and what was replaced for that.
    normalized_text: str | None = Field(default=None, sa_column=Column(Text))
    replacements: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: The selector: code points into the article's text with this number.
    text_version: int
    start: int
    end: int
    prefix: str = Field(sa_column=Column(Text, nullable=False))
    suffix: str = Field(sa_column=Column(Text, nullable=False))
    text_sha256: str = Field(sa_column=Column(String(64), nullable=False))
    #: How the claim stands in the newest text: exact, moved, changed, ambiguous, lost.
    anchor: str = Field(sa_column=Column(String(10), nullable=False))
    #: `extracted` by the machine or `marked` by a person.
    basis: str = Field(sa_column=Column(String(10), nullable=False))
    kind: str = Field(sa_column=Column(String(12), nullable=False, index=True))
    modality: str = Field(sa_column=Column(String(12), nullable=False, index=True))
    topics: list[str] = Field(sa_column=Column(JSON, nullable=False))
    is_checkable: bool = Field(sa_column=Column(Boolean, nullable=False))
    score: float = Field(sa_column=Column(Float, nullable=False))
    reasons: list[str] = Field(sa_column=Column(JSON, nullable=False))
    claimant_name: str | None = Field(default=None, sa_column=Column(Text, index=True))
    claimant_role: str | None = Field(default=None, sa_column=Column(Text))
    attribution: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    said_earliest: str | None = Field(default=None, sa_column=Column(String(10), index=True))
    said_latest: str | None = Field(default=None, sa_column=Column(String(10)))
    time: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    time_earliest: str | None = Field(default=None, sa_column=Column(String(10)))
    time_latest: str | None = Field(default=None, sa_column=Column(String(10), index=True))
    quantities: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    entities: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    due_on: str | None = Field(default=None, sa_column=Column(String(10), index=True))
    #: The public word, derived from the fact finding.
    status: str = Field(sa_column=Column(String(24), nullable=False))
    since: int = Field(sa_column=since(is_lasting=True))


class ClaimTopic(SQLModel, table=True):
    """A topic of a claim, for filters and facets."""

    __tablename__ = "claim_topic"

    claim_id: int = Field(primary_key=True, foreign_key="claim.id")
    topic: str = Field(sa_column=Column(String(40), primary_key=True, index=True))
    since: int = Field(sa_column=since())


class ClaimEntity(SQLModel, table=True):
    """A named thing in a claim, by its folded name, for filters and facets."""

    __tablename__ = "claim_entity"

    claim_id: int = Field(primary_key=True, foreign_key="claim.id")
    folded: str = Field(sa_column=Column(String(200), primary_key=True, index=True))
    name: str = Field(sa_column=Column(Text, nullable=False))
    since: int = Field(sa_column=since())


class ClaimQuantity(SQLModel, table=True):
    """An amount of a claim, as a number that can be compared; the exact one stays in the claim."""

    __tablename__ = "claim_quantity"

    claim_id: int = Field(primary_key=True, foreign_key="claim.id")
    position: int = Field(primary_key=True, sa_column_kwargs=KEY)
    unit: str = Field(sa_column=Column(String(80), nullable=False, index=True))
    lower: float | None = Field(default=None, sa_column=Column(Float, index=True))
    upper: float | None = Field(default=None, sa_column=Column(Float))
    since: int = Field(sa_column=since())


class Finding(SQLModel, table=True):
    """The answer to one question about a claim, and where it is in review."""

    __tablename__ = "finding"

    claim_id: int = Field(primary_key=True, foreign_key="claim.id")
    layer: str = Field(sa_column=Column(String(4), primary_key=True))
    state: str = Field(sa_column=Column(String(10), nullable=False, index=True))
    #: What the finding falls back to when a lease ends: open or stale.
    resting_state: str = Field(sa_column=Column(String(10), nullable=False))
    verdict: str | None = Field(default=None, sa_column=Column(String(24), index=True))
    verdict_kind: str | None = Field(default=None, sa_column=Column(String(8)))
    rationale: str | None = Field(default=None, sa_column=Column(Text))
    lease_holder: str | None = Field(default=None, sa_column=Column(String(36), index=True))
    lease_until: str | None = Field(default=None, sa_column=Column(String(27)))
    proposed_by: str | None = Field(default=None, sa_column=Column(String(36)))
    proposed_at: str | None = Field(default=None, sa_column=Column(String(27)))
    #: The claim's version right after the proposal: exactly this may be approved.
    proposed_version: int | None = None
    proposal: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    decided_by: str | None = Field(default=None, sa_column=Column(String(36)))
    decided_at: str | None = Field(default=None, sa_column=Column(String(27), index=True))
    valid_from: str | None = Field(default=None, sa_column=Column(String(10)))
    valid_to: str | None = Field(default=None, sa_column=Column(String(10)))
    review_by: str | None = Field(default=None, sa_column=Column(String(10), index=True))
    stale_because: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    close_reason: str | None = Field(default=None, sa_column=Column(String(20)))
    override: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    #: The gate's answer at the proposal that was decided: conditions and policy version.
    gate: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    since: int = Field(sa_column=since(is_lasting=True))


class Evidence(SQLModel, table=True):
    """What a source does for a claim on one layer."""

    __tablename__ = "evidence"

    id: int = Field(primary_key=True, sa_column_kwargs=KEY)
    uuid: str = Field(sa_column=Column(String(36), nullable=False, unique=True))
    claim_id: int = Field(foreign_key="claim.id", index=True)
    layer: str = Field(sa_column=Column(String(4), nullable=False))
    source_id: int = Field(foreign_key="source.id", index=True)
    relation: str = Field(sa_column=Column(String(20), nullable=False))
    basis: str = Field(sa_column=Column(String(10), nullable=False))
    quote: str | None = Field(default=None, sa_column=Column(Text))
    selector: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    #: 1 (confirmed by others) to 6 (cannot be judged).
    credibility: int | None = None
    is_decisive: bool = Field(sa_column=Column(Boolean, nullable=False))
    note: str | None = Field(default=None, sa_column=Column(Text))
    #: Whether the source is younger than the article that makes the claim.
    is_after_claim: bool = Field(sa_column=Column(Boolean, nullable=False))
    added_by: str = Field(sa_column=Column(String(36), nullable=False))
    added_at: str = Field(sa_column=Column(String(27), nullable=False))
    #: The id of the contrary evidence that this one answers.
    answers: str | None = Field(default=None, sa_column=Column(String(36)))
    withdrawn_at: str | None = Field(default=None, sa_column=Column(String(27)))
    withdrawn_by: str | None = Field(default=None, sa_column=Column(String(36)))
    withdrawn_because: str | None = Field(default=None, sa_column=Column(Text))
    since: int = Field(sa_column=since(is_lasting=True))


class ClaimRelation(SQLModel, table=True):
    """What a person judged about two claims; a refusal is remembered like a confirmation."""

    __tablename__ = "claim_relation"

    claim_id: int = Field(primary_key=True, foreign_key="claim.id")
    other_id: int = Field(primary_key=True, foreign_key="claim.id", index=True)
    relation: str = Field(sa_column=Column(String(12), primary_key=True))
    judgement: str = Field(sa_column=Column(String(10), nullable=False))
    judged_by: str = Field(sa_column=Column(String(36), nullable=False))
    judged_at: str = Field(sa_column=Column(String(27), nullable=False))
    since: int = Field(sa_column=since())


class SegmentMark(SQLModel, table=True):
    """What a person decided about a stretch of an article that is no claim."""

    __tablename__ = "segment_mark"

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    text_version: int = Field(primary_key=True, sa_column_kwargs=KEY)
    start: int = Field(primary_key=True, sa_column_kwargs=KEY)
    end: int = Field(primary_key=True, sa_column_kwargs=KEY)
    state: str = Field(sa_column=Column(String(14), nullable=False))
    reason: str | None = Field(default=None, sa_column=Column(Text))
    marked_by: str = Field(sa_column=Column(String(36), nullable=False))
    marked_at: str = Field(sa_column=Column(String(27), nullable=False))
    since: int = Field(sa_column=since())
