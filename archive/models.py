"""The archive's own tables: logs of other desks, and what looking after our own found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, String, Text
from sqlmodel import Field, SQLModel

KEY = {"autoincrement": False}


class ForeignLog(SQLModel, table=True):
    """The log of another desk, as far as we took it."""

    __tablename__ = "foreign_log"

    id: int | None = Field(default=None, primary_key=True)
    log: str = Field(sa_column=Column(String(36), nullable=False, unique=True))
    #: The name that the desk signs with.
    origin: str = Field(sa_column=Column(String(200), nullable=False))
    size: int
    #: The root over that many events, in hex.
    root: str = Field(sa_column=Column(String(64), nullable=False))
    #: The signed checkpoint, byte for byte.
    note: str = Field(sa_column=Column(Text, nullable=False))
    vkeys: list[str] = Field(sa_column=Column(JSON, nullable=False))
    taken_at: str = Field(default="", sa_column=Column(String(27), nullable=False))


class ForeignEvent(SQLModel, table=True):
    """One line of another desk's log, byte for byte."""

    __tablename__ = "foreign_event"

    foreign_id: int = Field(primary_key=True, foreign_key="foreign_log.id")
    seq: int = Field(primary_key=True, sa_column_kwargs=KEY)
    line: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ForeignClaim(SQLModel, table=True):
    """A claim of another desk, as its own log gives it; never one of ours."""

    __tablename__ = "foreign_claim"
    __table_args__ = (Index("ix_foreign_claim", "foreign_id", "uuid", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    foreign_id: int = Field(foreign_key="foreign_log.id")
    uuid: str = Field(sa_column=Column(String(36), nullable=False, index=True))
    text: str = Field(sa_column=Column(Text, nullable=False))
    normalized_text: str | None = Field(default=None, sa_column=Column(Text))
    claimant_name: str | None = Field(default=None, sa_column=Column(Text))
    status: str = Field(sa_column=Column(String(24), nullable=False))
    created_at: str = Field(sa_column=Column(String(27), nullable=False))
    #: The claim in the shape of an export, canonical JSON.
    document: str = Field(sa_column=Column(Text, nullable=False))


class FixityCheck(SQLModel, table=True):
    """That everything was hashed and compared again, and what was found."""

    __tablename__ = "fixity_check"

    id: int | None = Field(default=None, primary_key=True)
    started_at: str = Field(sa_column=Column(String(27), nullable=False))
    ended_at: str = Field(sa_column=Column(String(27), nullable=False))
    log_size: int
    #: The log's root in hex, as computed from its lines.
    root: str = Field(sa_column=Column(String(64), nullable=False))
    blobs: int
    problem_count: int
    #: The first of them, each naming record and place.
    problems: list[Any] = Field(sa_column=Column(JSON, nullable=False))
