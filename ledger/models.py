"""The tables of the log itself: events, disclosures, tree nodes, heads, checkpoints."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, String, Text
from sqlmodel import Field, SQLModel


class LogState(SQLModel, table=True):
    """The one row that says which log this is."""

    __tablename__ = "log_state"

    id: int = Field(default=1, primary_key=True)
    #: The log's id, fixed at its first event and carried by every line.
    log: str = Field(sa_column=Column(String(36), nullable=False))


class LogEvent(SQLModel, table=True):
    """One line of the log, byte for byte, and what is looked up about it."""

    __tablename__ = "log_event"
    __table_args__ = (Index("ix_log_event_subject", "subject", "subject_seq", unique=True),)

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    line: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    leaf_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    type: str = Field(sa_column=Column(String(40), nullable=False, index=True))
    subject: str = Field(sa_column=Column(String(36), nullable=False))
    subject_seq: int
    at: str = Field(sa_column=Column(String(27), nullable=False, index=True))
    actor: str = Field(sa_column=Column(String(36), nullable=False))


class Disclosure(SQLModel, table=True):
    """A sealed value with its salt, beside the log: deleting it erases the value, not the proof."""

    __tablename__ = "log_disclosure"

    seq: int = Field(primary_key=True, foreign_key="log_event.seq")
    name: str = Field(sa_column=Column(String(60), primary_key=True))
    salt: str = Field(sa_column=Column(String(32), nullable=False))
    #: The value as canonical JSON.
    value: str = Field(sa_column=Column(Text, nullable=False))


class Node(SQLModel, table=True):
    """The hash of a complete subtree: `level` 0 is a leaf, `index` counts from the left."""

    __tablename__ = "log_node"

    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    index: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class HeadPage(SQLModel, table=True):
    """A page of the map of heads (`ledger/head_pages.py`), as of the newest checkpoint."""

    __tablename__ = "log_head_page"

    #: The hexadecimal digits that all places in the page begin with.
    name: str = Field(sa_column=Column(String(64), primary_key=True))
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Checkpoint(SQLModel, table=True):
    """A signed statement that the log's first `size` events have this root."""

    __tablename__ = "log_checkpoint"

    size: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    note: str = Field(sa_column=Column(Text, nullable=False))
    signed_at: str = Field(sa_column=Column(String(27), nullable=False))


class LogKey(SQLModel, table=True):
    """A key that signs this log's checkpoints; the log's own events say since when, until when."""

    __tablename__ = "log_key"

    #: `origin+keyid+base64(0x01 || public key)`, as C2SP writes verifier keys.
    vkey: str = Field(sa_column=Column(String(300), primary_key=True))
    added_seq: int
    added_at: str = Field(sa_column=Column(String(27), nullable=False))
    revoked_seq: int | None = None
    revoked_at: str | None = Field(default=None, sa_column=Column(String(27)))


class Absent(SQLModel, table=True):
    """A sealed value that came without its disclosure, so that its absence is no loss here."""

    __tablename__ = "log_absent"

    seq: int = Field(primary_key=True, foreign_key="log_event.seq")
    name: str = Field(sa_column=Column(String(60), primary_key=True))
