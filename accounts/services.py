"""What people do with accounts: add reviewers, give tokens, sign in and out."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from accounts.models import Reviewer, SignIn, Token
from errors import BadCredentialsError, InvalidInputError, NotFoundError
from ledger import clock
from permissions import Role

#: Argon2id with the library's present defaults; hashes made with older ones are renewed.
_HASHER = PasswordHasher()

#: What an unknown name is checked against, so that it takes as long as a known one.
_NOBODY = _HASHER.hash(secrets.token_hex(16))

TOKEN_PREFIX = "dl_"  # noqa: S105

SHORTEST_PASSWORD = 10


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def find_reviewer(session: Session, name: str) -> Reviewer | None:
    """Return the reviewer of that name, if there is one."""
    return session.execute(select(Reviewer).where(Reviewer.name == name)).scalar_one_or_none()


def get_reviewer(session: Session, reviewer_id: str) -> Reviewer:
    """
    Return a reviewer by pseudonym.

    :raises NotFoundError: if there is none
    """
    statement = select(Reviewer).where(Reviewer.uuid == reviewer_id)
    found = session.execute(statement).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"There is no reviewer {reviewer_id}.")
    return found


def add_reviewer(
    session: Session, name: str, role: Role, *, password: str | None = None
) -> Reviewer:
    """
    Add a person under a new pseudonym.

    :raises InvalidInputError: if the name is taken or the password too short
    """
    if find_reviewer(session, name):
        raise InvalidInputError(f"The name {name} is taken.", {"name": "Choose another."})
    reviewer = Reviewer(uuid=str(uuid.uuid4()), name=name, role=role.value, created_at=clock.now())
    session.add(reviewer)
    if password is not None:
        set_password(reviewer, password)
    session.flush()
    return reviewer


def set_password(reviewer: Reviewer, password: str) -> None:
    """
    Give a reviewer a password.

    :raises InvalidInputError: if it is too short
    """
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInputError(
            "The password is too short.",
            {"password": f"Take at least {SHORTEST_PASSWORD} characters."},
        )
    reviewer.password_hash = _HASHER.hash(password)


def issue_token(session: Session, reviewer: Reviewer) -> str:
    """Return a new API token of a reviewer; it is shown this once and kept as a digest."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    row = Token(
        digest=_digest(token),
        reviewer_id=reviewer.id or 0,
        hint=token[:8],
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return token


def reviewer_of_token(session: Session, token: str) -> Reviewer | None:
    """Return whoever a token belongs to, or None."""
    statement = (
        select(Reviewer)
        .join(Token, Token.reviewer_id == Reviewer.id)
        .where(
            Token.digest == _digest(token),
            Token.revoked_at.is_(None),  # type: ignore[union-attr]
            Reviewer.is_disabled.is_(False),  # type: ignore[attr-defined]
        )
    )
    return session.execute(statement).scalar_one_or_none()


def check_password(session: Session, name: str, password: str) -> Reviewer:
    """
    Return the reviewer whose name and password these are.

    :raises BadCredentialsError: if they are nobody's; it takes the same time either way
    """
    reviewer = find_reviewer(session, name)
    known = reviewer.password_hash if reviewer and reviewer.password_hash else _NOBODY
    try:
        _HASHER.verify(known, password)
    except VerificationError as error:
        raise BadCredentialsError("The name or the password is wrong.") from error
    if reviewer is None or reviewer.password_hash is None or reviewer.is_disabled:
        raise BadCredentialsError("The name or the password is wrong.")
    return reviewer


def renew_hash(reviewer: Reviewer, password: str) -> None:
    """Hash a password anew where its hash was made with weaker settings than today's."""
    if reviewer.password_hash and _HASHER.check_needs_rehash(reviewer.password_hash):
        reviewer.password_hash = _HASHER.hash(password)


def start_session(session: Session, reviewer: Reviewer, *, hours: int) -> str:
    """Return the cookie of a new browser session; older ones that ran out are removed."""
    session.execute(delete(SignIn).where(SignIn.expires_at < clock.now()))
    cookie = secrets.token_urlsafe(32)
    row = SignIn(
        digest=_digest(cookie),
        reviewer_id=reviewer.id or 0,
        created_at=clock.now(),
        expires_at=clock.as_text(clock.source() + timedelta(hours=hours)),
    )
    session.add(row)
    session.flush()
    return cookie


def reviewer_of_cookie(session: Session, cookie: str) -> Reviewer | None:
    """Return whoever a browser session belongs to, or None."""
    statement = (
        select(Reviewer)
        .join(SignIn, SignIn.reviewer_id == Reviewer.id)
        .where(
            SignIn.digest == _digest(cookie),
            SignIn.expires_at >= clock.now(),
            Reviewer.is_disabled.is_(False),  # type: ignore[attr-defined]
        )
    )
    return session.execute(statement).scalar_one_or_none()


def end_session(session: Session, cookie: str) -> None:
    """End a browser session."""
    session.execute(delete(SignIn).where(SignIn.digest == _digest(cookie)))


def revoke_tokens(session: Session, reviewer: Reviewer) -> None:
    """Revoke all of a reviewer's tokens and browser sessions."""
    session.execute(
        update(Token).where(Token.reviewer_id == reviewer.id).values(revoked_at=clock.now())
    )
    session.execute(delete(SignIn).where(SignIn.reviewer_id == reviewer.id))


def names_of(session: Session, pseudonyms: set[str]) -> dict[str, str]:
    """Return the names behind pseudonyms, for people who signed in."""
    statement = select(Reviewer.uuid, Reviewer.name).where(Reviewer.uuid.in_(pseudonyms))  # type: ignore[attr-defined]
    return {row.uuid: row.name for row in session.execute(statement)} | {"system": "Dateline"}
