"""What is spoken of in an article: who or what it is, and each place where it is mentioned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a pronoun must agree with."""

    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    THING = "thing"


@dataclass(slots=True, eq=False)
class Named:
    """Somebody or something, with all that the article tells of it."""

    name: str
    sort: Sort
    role: str | None = None
    #: "he" or "she", where a title, a role or a given name tells.
    pronoun: str | None = None
    is_plural: bool = False
    #: Known by a description only: "a senior official".
    is_described: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Where something is mentioned, and how much in the foreground."""

    token: int
    named: Named
    sentence: int
    weight: float
    is_quoted: bool
    #: The verb whose subject it is.
    subject_of: int | None = None
    #: Whether it only says what stands before it: "..., the survey said".
    is_source: bool = False
