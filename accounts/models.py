"""
The tables of people: reviewers, their tokens and sign-ins, attempts, remembered answers.

None of this is in the ledger, which knows a reviewer by a random pseudonym only.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, LargeBinary, String, Text
from sqlmodel import Field, SQLModel


class Reviewer(SQLModel, table=True):
    """A person with a role; `uuid` is the pseudonym that the ledger knows."""

    __tablename__ = "reviewer"

    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(sa_column=Column(String(36), nullable=False, unique=True))
    name: str = Field(sa_column=Column(String(120), nullable=False, unique=True))
    role: str = Field(sa_column=Column(String(10), nullable=False))
    #: Argon2id; empty for accounts that only use tokens.
    password_hash: str | None = Field(default=None, sa_column=Column(Text))
    is_disabled: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    created_at: str = Field(sa_column=Column(String(27), nullable=False))


class Token(SQLModel, table=True):
    """An API token, kept as its digest only."""

    __tablename__ = "token"

    digest: str = Field(sa_column=Column(String(64), primary_key=True))
    reviewer_id: int = Field(foreign_key="reviewer.id", index=True)
    #: The first characters, to tell tokens apart in a list.
    hint: str = Field(sa_column=Column(String(12), nullable=False))
    created_at: str = Field(sa_column=Column(String(27), nullable=False))
    revoked_at: str | None = Field(default=None, sa_column=Column(String(27)))


class SignIn(SQLModel, table=True):
    """A browser's session, kept as the digest of its cookie."""

    __tablename__ = "sign_in"

    digest: str = Field(sa_column=Column(String(64), primary_key=True))
    reviewer_id: int = Field(foreign_key="reviewer.id", index=True)
    created_at: str = Field(sa_column=Column(String(27), nullable=False))
    expires_at: str = Field(sa_column=Column(String(27), nullable=False))


class Attempt(SQLModel, table=True):
    """A counter of sign-in attempts in a window of time, per account or per address."""

    __tablename__ = "attempt"

    key: str = Field(sa_column=Column(String(80), primary_key=True))
    count: int
    window_ends_at: str = Field(sa_column=Column(String(27), nullable=False))


class RememberedAnswer(SQLModel, table=True):
    """What a POST with an Idempotency-Key was answered, so that a retry is answered the same."""

    __tablename__ = "remembered_answer"

    #: Who asked: a pseudonym, or `anonymous`.
    actor: str = Field(sa_column=Column(String(36), primary_key=True))
    key: str = Field(sa_column=Column(String(255), primary_key=True))
    #: Digest of method, path, media type and body.
    request_digest: str = Field(sa_column=Column(String(64), nullable=False))
    status: int
    headers: str = Field(sa_column=Column(Text, nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: str = Field(sa_column=Column(String(27), nullable=False, index=True))
