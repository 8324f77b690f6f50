"""
What the domain can refuse. A message is a sentence that names the thing and what to do about it.

This module imports nothing: which status and problem code an error gets over HTTP is decided
once, in `error_handlers.py`.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Something that was asked for is refused; the message says what and why."""


class InvalidInputError(DatelineError):
    """Input is well-formed but cannot be taken; `errors` names each field and what is wrong."""

    def __init__(self, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class TextNotAllowedError(InvalidInputError):
    """A text holds characters that cannot be kept: NUL or a lone surrogate."""


class MalformedJsonError(DatelineError):
    """A body is not JSON in UTF-8."""


class JsonTooDeepError(DatelineError):
    """A body nests deeper than any real one would."""


class DuplicateKeyError(DatelineError):
    """A JSON object names the same key twice, so two readers could see two things."""


class UnsupportedMediaTypeError(DatelineError):
    """A body is of a media type that the route does not take."""


class PayloadTooLargeError(DatelineError):
    """A body or a text is larger than the limit."""


class AccessError(DatelineError):
    """The caller may not do this."""


class UnauthenticatedError(AccessError):
    """Nobody is signed in, and the route needs somebody; or the token sent is nobody's."""


class BadCredentialsError(AccessError):
    """A name and a password do not match."""


class ForbiddenError(AccessError):
    """The caller's role does not allow this."""


class CsrfRejectedError(AccessError):
    """A change comes from another site or cannot show that it does not."""


class RateLimitedError(AccessError):
    """Too many attempts; `Retry-After` says in how many seconds to try again."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotFoundError(DatelineError):
    """No such record."""


class PreconditionRequiredError(DatelineError):
    """A change to an existing record was sent without If-Match."""


class IdempotencyKeyReusedError(DatelineError):
    """An Idempotency-Key was sent again with another body."""


class ConflictError(DatelineError):
    """The record's present state does not allow the change."""


class StaleVersionError(ConflictError):
    """The record changed since the caller saw it."""


class IllegalTransitionError(ConflictError):
    """The finding's state does not allow the action."""


class LeaseHeldError(ConflictError):
    """Another reviewer holds the finding; the message names the holder and the expiry."""


class TwoPersonRuleError(ConflictError):
    """One person tried to take both parts of a decision."""


class GateNotMetError(ConflictError):
    """The verdict's conditions are not met and no override was given; `conditions` lists them."""

    def __init__(self, message: str, missing: dict[str, str] | None = None) -> None:
        super().__init__(message)
        #: What each condition that is not met asks for, by its code.
        self.missing = missing or {}


class ExtractionError(DatelineError):
    """An article could not be analysed; `errors` says what to do about it."""

    def __init__(self, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class TextTooLongError(ExtractionError, PayloadTooLargeError):
    """A text is longer than what is analysed."""


class FetchError(DatelineError):
    """A page could not be fetched."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.fields = {"url": "Check the address, or upload the page instead."}


class UrlNotAllowedError(FetchError):
    """An address is not one that this server may fetch or link to."""


class ArchiveError(DatelineError):
    """An export or an import could not be read or taken; `reason` is stable."""

    reason = "archive_invalid"

    def __init__(self, message: str, reason: str | None = None) -> None:
        super().__init__(message)
        if reason is not None:
            self.reason = reason


class ImportConflictError(ArchiveError):
    """What is imported contradicts what is already here."""

    reason = "import_conflict"


class HistoryBrokenError(ArchiveError):
    """A log's lines do not follow from each other or do not give the signed root."""

    reason = "history_broken"


class SignatureInvalidError(ArchiveError):
    """A checkpoint's signature does not verify."""

    reason = "signature_invalid"


class IntegrityError(DatelineError):
    """What is stored is not what was recorded."""


class StorageFullError(DatelineError):
    """There is no space left to write to."""
