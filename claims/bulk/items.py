"""What the readers hand on: an article as found, or why something found is none. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """An article as found: what a schema may take, nothing of it checked yet."""

    #: Where it was found, for people: a file, a file and line, a file and address.
    place: str
    #: Bytes of its file that are read once it is.
    size: int
    #: `text` or `html`, and what is known beside it; or `line`, JSON that nobody read yet.
    given: Mapping[str, Any]
    #: The day on which a page was captured: it was published by then.
    captured_on: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that cannot be taken, and the reason."""

    place: str
    size: int
    reason: str


Found = Iterator[Item | Refused]
