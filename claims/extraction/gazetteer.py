"""Names known beforehand: countries, bodies with their abbreviations, words that bodies are named by."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.extraction.records import EntityType


@dataclass(frozen=True)
class Gazetteer:
    """What the table says, ready to be looked up."""

    #: Every known form, with the name it shares and its type.
    forms: dict[str, tuple[str, EntityType]]
    pattern: re.Pattern[str]
    bodies: frozenset[str]
    makers: frozenset[str]
    none: frozenset[str]
    #: "Ugandan", and "Ugandans".
    demonyms: frozenset[str]


@cache
def gazetteer() -> Gazetteer:
    """Return the known names, read once."""
    path = Path(__file__).with_name("gazetteer.toml")
    table = tomllib.loads(path.read_text("utf-8"))
    forms: dict[str, tuple[str, EntityType]] = {}
    for section, kind in (("places", EntityType.PLACE), ("bodies", EntityType.ORG)):
        for name, others in table[section].items():
            forms |= dict.fromkeys((name, *others), (name, kind))
    for name in " ".join(table["countries"]["names"].split()).split(";"):
        forms.setdefault(name.strip(), (name.strip(), EntityType.PLACE))
    words = table["words"]
    return Gazetteer(
        forms=forms,
        pattern=_pattern(forms),
        bodies=frozenset(words["bodies"].split()),
        makers=frozenset(words["makers"].split()),
        none=frozenset(words["none"].split()),
        demonyms=frozenset(f for w in words["demonyms"].split() for f in (w, f"{w}s")),
    )


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of names, the longest first, that looks only at those with a word's letter."""
    by_letter: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        by_letter.setdefault(form[0], []).append(re.escape(form[1:]))
    names = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_letter.items())
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")
