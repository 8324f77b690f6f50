"""
Topics, told by their words: a table of ours, and one that a newsroom lays over it.

A table is TOML: a group, in it a topic with the words that tell it, as regular expressions without
word ends. A newsroom's words are added to those of a topic of the same name; an empty list takes
the topic away.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.extraction.records import Entity, Quantity
from errors import ExtractionError

OURS = Path(__file__).with_name("topics.toml")

_NAME = re.compile(r"[a-z0-9_]{1,40}")

#: Most topics that a claim is filed under.
MOST = 20


@lru_cache(maxsize=8)
def topics_table(path: str | None = None) -> dict[str, re.Pattern[str]]:
    """
    Return the topics with the pattern of their words, ours and those of the file at `path`.

    :raises ExtractionError: if the file cannot be read, naming what is wrong in it
    """
    words = _read(OURS)
    for topic, added in _read(Path(path)).items() if path else ():
        words[topic] = [*words.get(topic, []), *added] if added else []
    return {topic: _pattern(found) for topic, found in words.items() if found}


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Return one pattern for words; those in small letters are looked for in small letters."""
    pattern = rf"\b(?:{'|'.join(words)})\b"
    return re.compile(pattern, 0 if pattern == pattern.lower() else re.I)


def _read(path: Path) -> dict[str, list[str]]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ExtractionError(f"The table of topics {path} cannot be read: {error}") from error
    found: dict[str, list[str]] = {}
    for group, topics in table.items():
        if not isinstance(topics, dict):
            raise ExtractionError(
                f"{path}: {group!r} is no group; put topics under a heading such as [{_slug(group)}]."
            )
        for topic, words in topics.items():
            found.setdefault(topic, []).extend(_checked(path, topic, words))
    return found


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9_]", "_", name.lower()) or "group"


def _checked(path: Path, topic: str, words: Any) -> list[str]:
    """Return a topic's words, each of which compiles."""
    if not _NAME.fullmatch(topic):
        raise ExtractionError(
            f"{path}: {topic!r} is no topic's name; use small letters, digits and underscores."
        )
    if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
        raise ExtractionError(f"{path}: the words of {topic!r} are a list of texts.")
    for word in words:
        try:
            re.compile(word)
        except re.error as error:
            raise ExtractionError(
                f"{path}: {word!r} under {topic!r} is no regular expression: {error}."
            ) from error
    return words


def topics_of(
    text: str,
    entities: Sequence[Entity] = (),
    quantities: Sequence[Quantity] = (),
    *,
    path: str | None = None,
) -> tuple[str, ...]:
    """Return the topics whose words a claim has, in its text or in the names it uses."""
    has_money = any(quantity.kind == "money" for quantity in quantities)
    words = " | ".join([text, *dict.fromkeys(entity.name for entity in entities)]).lower()
    found = [topic for topic, pattern in topics_table(path).items() if pattern.search(words)]
    return tuple(topic for topic in found if topic != "deal_value" or has_money)[:MOST]
