"""
Amounts of one statement, read in the terms of the other's. Pure.

A bare number counts what the other counts; who voted counts as votes beside votes, and "from 20 to
22 percent" as two points beside points. What nobody asks for is not read so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from claims.conflicts.amount import Amount
from claims.conflicts.lexicon import ANYBODY, PEOPLE, TOLL, noun_of

#: Stems as short as this begin many words.
_SHORT = 3
_POINT = "percentage point"
_VOTES = noun_of("votes")
_ALL = re.compile(r"\ball (?:of the |the )?(?P<number>[0-9]{1,6})\b", re.IGNORECASE)
_VOTE_SCORE = re.compile(r"\b(?P<one>[0-9]{1,4})[-–](?P<other>[0-9]{1,4}) vote\b", re.IGNORECASE)
_VOTING = re.compile(
    r"\b(?P<number>[0-9][0-9,]*|[a-z]+(?:-[a-z]+)?) [^\W\d_]+(?: of [^,.;\d]{1,40}?)? "
    r"vot(?:ed|ing) (?:in favou?r|against|for)\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\bfrom (?P<first>[0-9]+(?:\.[0-9]+)?) ?(?:%|per ?cent)? to (?P<last>[0-9]+(?:\.[0-9]+)?) ?"
    r"(?:%|per ?cent)",
    re.IGNORECASE,
)


def with_change(mine: Sequence[Amount], theirs: Sequence[Amount], text: str) -> list[Amount]:
    """Add by how much a share changed, where the other statement has its change in points."""
    is_asked = any(a.unit == _POINT for a in theirs) and not any(a.unit == _POINT for a in mine)
    change = _FROM_TO.search(text) if is_asked else None
    if change is None:
        return list(mine)
    value = abs(Decimal(change["last"]) - Decimal(change["first"]))
    return [*mine, Amount("percent", _POINT, value, value, change[0], True, _POINT)]


def with_all(mine: Sequence[Amount], theirs: Sequence[Amount], text: str) -> list[Amount]:
    """Read "all 14 of the crew" as 14 of them, where the other statement names a part."""
    whole = _ALL.search(text) if any(a.kind == "part" for a in theirs) else None
    if whole is None or any(a.kind == "part" for a in mine):
        return list(mine)
    number = Decimal(whole["number"])
    return [*mine, Amount("part", "part", number, number, whole[0], True, "part")]


def with_votes(mine: Sequence[Amount], theirs: Sequence[Amount], text: str) -> list[Amount]:
    """Read who voted as votes, where the other statement counts votes: one vote each."""
    is_asked = any(a.unit == _VOTES for a in theirs) and not any(a.unit == _VOTES for a in mine)
    if is_asked and (score := _VOTE_SCORE.search(text)):
        votes = [Decimal(score["one"]), Decimal(score["other"])]
        counts = [Amount("count", _VOTES, number, number, f"{number} votes") for number in votes]
        return [*(a for a in mine if a.kind != "score"), *counts]
    voted = _VOTING.search(text) if is_asked else None
    if voted is None:
        return list(mine)
    return [replace(a, unit=_VOTES) if a.words.startswith(voted["number"]) else a for a in mine]


def adopting(
    mine: Sequence[Amount], theirs: Sequence[Amount], roots: frozenset[str]
) -> list[Amount]:
    """
    Let a bare number, or one of people, count what the other statement's number counts.

    :param roots: what the statement with the bare number speaks of: "the number of marchers"
    """
    others = [a.unit for a in theirs if a.kind == "count"]
    if len(others) != 1:
        return list(mine)
    return [_adopted(a, others[0], roots) for a in mine]


def _adopted(amount: Amount, unit: str, roots: frozenset[str]) -> Amount:
    if amount.kind != "count" or amount.unit == unit:
        return amount
    is_bare = not amount.unit and unit in roots | ANYBODY
    is_anybody = amount.unit in ANYBODY and (unit in roots or unit in ANYBODY)
    # "200,000 people visited": visitors.
    is_named_so = any(len(root) > _SHORT and unit.startswith(root) for root in roots)
    is_anybody = is_anybody or (amount.unit in ANYBODY and unit in PEOPLE and is_named_so)
    # A bare number is of people where the words around it name people.
    is_of_people = not amount.unit and unit in ANYBODY | PEOPLE and bool(roots & (PEOPLE | TOLL))
    return replace(amount, unit=unit) if is_bare or is_anybody or is_of_people else amount
