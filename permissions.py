"""
Roles, what each may do, and the one who acts.

Pure, and below everything: services ask here whether the actor may do what is asked, so that
API, desk, import and command line refuse alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from errors import ForbiddenError, UnauthenticatedError


class Role(StrEnum):
    """What a person is trusted with; each role may do all that the ones before it may."""

    READER = "reader"
    REPORTER = "reporter"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a route or a service needs; `open` needs nothing, not even a role."""

    OPEN = "open"
    READ = "read"
    INGEST = "ingest"
    ADD_EVIDENCE = "add_evidence"
    REVIEW = "review"
    CLOSE = "close"
    CONFIRM = "confirm"
    EXPORT_FULL = "export_full"
    IMPORT = "import"
    ADMINISTER = "administer"


_RANK = {role: rank for rank, role in enumerate(Role)}

#: The least role that each permission takes.
NEEDED: dict[Permission, Role] = {
    Permission.READ: Role.READER,
    Permission.INGEST: Role.REPORTER,
    Permission.ADD_EVIDENCE: Role.REPORTER,
    Permission.REVIEW: Role.REVIEWER,
    Permission.CLOSE: Role.EDITOR,
    Permission.CONFIRM: Role.EDITOR,
    Permission.EXPORT_FULL: Role.EDITOR,
    Permission.IMPORT: Role.ADMIN,
    Permission.ADMINISTER: Role.ADMIN,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a pseudonym and a role; `system` is Dateline itself."""

    id: str
    role: Role

    @property
    def is_system(self) -> bool:
        """Say whether nobody in particular acts."""
        return self.id == "system"


#: Dateline itself: what it does by a rule, and what the command line does.
SYSTEM = Actor("system", Role.ADMIN)


def may(actor: Actor | None, permission: Permission, *, public_read: bool = True) -> bool:
    """Say whether the actor, or somebody without a sign-in, may do this."""
    if permission is Permission.OPEN:
        return True
    if actor is None:
        return permission is Permission.READ and public_read
    return _RANK[actor.role] >= _RANK[NEEDED[permission]]


def require(actor: Actor | None, permission: Permission, *, public_read: bool = True) -> None:
    """
    Refuse what the actor may not do.

    :raises UnauthenticatedError: if nobody is signed in
    :raises ForbiddenError: if the role is too low
    """
    if may(actor, permission, public_read=public_read):
        return
    needed = NEEDED[permission]
    if actor is None:
        raise UnauthenticatedError(f"Sign in as {needed} or above; a program sends a token.")
    raise ForbiddenError(f"This takes the role {needed} or above; yours is {actor.role}.")
