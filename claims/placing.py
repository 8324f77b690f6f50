"""
What a claim holds after its text was revised, as the data of an event. Pure.

Offsets count in one text, so those of a claim that only moved are moved with it; a claim whose
words changed is read anew where the machine found it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claims import candidates
from claims.anchors import Anchored, AnchorState, Reanchoring
from claims.extraction.records import Candidate

#: How much of the shorter of two stretches the other must cover to be the same statement.
SAME = 0.5


def overlap(start: int, end: int, other_start: int, other_end: int) -> float:
    """Return how much of the shorter of two stretches both cover."""
    shared = min(end, other_end) - max(start, other_start)
    return max(0, shared) / min(end - start, other_end - other_start)


def find_again(placed: Anchored, found: Sequence[Candidate]) -> Candidate | None:
    """Return the statement that the machine found where an edited claim stands, if it did."""
    if placed.state is not AnchorState.CHANGED or placed.start is None or placed.end is None:
        return None
    start, end = placed.start, placed.end
    best = max(found, key=lambda c: overlap(start, end, c.start, c.end), default=None)
    return best if best and overlap(start, end, best.start, best.end) >= SAME else None


def not_taken(
    found: Iterable[Candidate], taken: Sequence[tuple[int, int]]
) -> tuple[Candidate, ...]:
    """Return the statements that none of these stretches holds already."""
    return tuple(
        candidate
        for candidate in found
        if not any(overlap(candidate.start, candidate.end, *held) >= SAME for held in taken)
    )


def moved_parts(
    parts: Mapping[str, Any], start: int, end: int, place: int, versions: Reanchoring
) -> dict[str, Any]:
    """Return the parts of a claim whose offsets are others in the new text."""

    def move(value: Mapping[str, Any] | None) -> dict[str, Any] | None:
        if value is None or value.get("start") is None:
            return None if value is None else dict(value)
        first, last = value["start"], value["end"]
        inside = start <= first < last <= end
        goes = place + first - start if inside else versions.place_of(first, last)
        now = (None, None) if goes is None else (goes, goes + last - first)
        return {**value, "start": now[0], "end": now[1]}

    found: dict[str, Any] = {
        name: [move(each) for each in parts[name]] for name in ("quantities", "entities")
    }
    if parts["attribution"]:
        cue = move(parts["attribution"].get("cue"))
        is_there = cue is not None and cue["start"] is not None
        found["attribution"] = {**parts["attribution"], "cue": cue if is_there else None}
    found["reading"] = {
        "normalized_text": parts["normalized_text"],
        "replacements": [
            r for r in map(move, parts["replacements"]) if r and r["start"] is not None
        ],
    }
    held = {**parts, "reading": {n: parts[n] for n in ("normalized_text", "replacements")}}
    return {name: value for name, value in found.items() if value != held[name]}


def read_anew(candidate: Candidate, text: str, *, is_corrected: bool) -> dict[str, Any]:
    """
    Return the parts of an edited claim as the machine reads its new words.

    :param is_corrected: whether people said what the claim is about; that stays as they said
    """
    statement = candidates.statement_of(candidate, text)
    parts = {name: statement[name] for name in ("time", "quantities", "entities")}
    if not is_corrected:
        parts |= {name: statement[name] for name in ("claimant", "attribution")}
    return parts | {"reading": candidates.reading_of(candidate)}
