"""What of a claim's history everybody may read, and what only people who signed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def public_history(history: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a history without the verdicts and reasons that were proposed and never decided."""
    decided: set[str] = set()
    found = []
    for event in reversed(history):
        layer = event["data"].get("layer", "")
        shown = dict(event)
        if event["type"] == "finding.decided":
            decided.add(layer)
        elif event["type"] == "finding.proposed":
            if layer not in decided:
                shown |= {"data": {"layer": layer}, "values": {}}
            decided.discard(layer)
        found.append(shown)
    return found[::-1]
