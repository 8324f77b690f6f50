"""
The tree of origins as a drawing: boxes in columns, from what is cited to where it started.

A source stands one column to the right of whatever got it from there; loops are cut where they
would run back. The template draws it as SVG, which needs no script and prints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from web.presenting.words import ORIGIN_ROLE

#: More boxes than this are no picture any longer; the list beside it has them all.
MOST_BOXES = 60

#: Letters that fit into a box.
MOST_LETTERS = 26

#: What a derivation must rest on to count; what is only suspected is drawn broken.
COUNTED = ("declared", "confirmed")

WIDTH, HEIGHT = 210, 46
GAP_ACROSS, GAP_DOWN = 96, 16
MARGIN = 2

#: How far under the middle a loop's way back leaves and arrives.
LOOP_DOWN = 13


@dataclass(frozen=True, slots=True)
class Box:
    """A source, where it is drawn."""

    x: int
    y: int
    label: str
    full: str
    role: str
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """That one source got it from another, drawn from one box's side to the other's."""

    path: str
    is_counted: bool
    kind: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and lines, and how much room they take."""

    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[Line]


def draw(tree: Sequence[Mapping[str, Any]]) -> Drawing | None:
    """Return the drawing of a tree of origins, or None where there is nothing to see in one."""
    if not 1 < len(tree) <= MOST_BOXES:
        return None
    nodes = {node["id"]: node for node in tree}
    steps = {
        key: [step for step in node["upstream"] if step["id"] in nodes]
        for key, node in nodes.items()
    }
    if not any(steps.values()):
        return None
    places = _apart(nodes, steps, _columns(nodes, steps))
    boxes = [_box(nodes[key], *place) for key, place in places.items()]
    lines = [_line(places[key], places[step["id"]], step) for key in nodes for step in steps[key]]
    return Drawing(
        max(box.x for box in boxes) + WIDTH + MARGIN,
        max(box.y for box in boxes) + HEIGHT + MARGIN,
        boxes,
        lines,
    )


def lineage_tree(lineage: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a source's lineage, up and down, in the shape of a tree of origins."""
    here = lineage["source"]["id"]
    steps = [*lineage["upstream"], *lineage["downstream"]]
    return [
        {
            "id": source["id"],
            "label": source["publisher"] or source["title"] or source["author"] or "Untitled",
            "role": "here" if source["id"] == here else "",
            "upstream": [
                {"id": step["parent_id"], "kind": step["kind"], "counted": step["basis"] in COUNTED}
                for step in steps
                if step["child_id"] == source["id"] and step["basis"] != "rejected"
            ],
        }
        for source in lineage["sources"]
    ]


def _columns(
    nodes: Mapping[str, Any], steps: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, int]:
    """Return each source's column: the longest way to it from what is cited, loops cut."""
    columns = dict.fromkeys(nodes, 0)
    order = _upstream_order(nodes, steps)
    place = {key: position for position, key in enumerate(order)}
    for key in order:
        for step in steps[key]:
            if place[step["id"]] > place[key]:
                columns[step["id"]] = max(columns[step["id"]], columns[key] + 1)
    return columns


def _upstream_order(
    nodes: Mapping[str, Any], steps: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[str]:
    """Return the sources so that each comes before what it got it from, as far as loops let it."""
    done: list[str] = []
    seen: set[str] = set()
    for first in nodes:
        waiting = [(first, False)]
        while waiting:
            key, is_left = waiting.pop()
            if is_left:
                done.append(key)
            elif key not in seen:
                seen.add(key)
                waiting.append((key, True))
                waiting += [(step["id"], False) for step in reversed(steps[key])]
    return done[::-1]


def _apart(
    nodes: Mapping[str, Any],
    steps: Mapping[str, Sequence[Mapping[str, Any]]],
    columns: Mapping[str, int],
) -> dict[str, tuple[int, int]]:
    """Return where each box's corner is: sources that hang together stand together."""
    places: dict[str, tuple[int, int]] = {}
    top = 0
    for group in _groups(nodes, steps):
        found = _places({key: nodes[key] for key in group}, columns)
        places |= {key: (x, y + top) for key, (x, y) in found.items()}
        top = max(y for _, y in places.values()) + HEIGHT + GAP_DOWN - MARGIN
    return places


def _groups(
    nodes: Mapping[str, Any], steps: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[list[str]]:
    """Return the sources that derivations join, the largest group first."""
    near: dict[str, set[str]] = {key: set() for key in nodes}
    for key in nodes:
        for step in steps[key]:
            near[key].add(step["id"])
            near[step["id"]].add(key)
    groups: list[list[str]] = []
    seen: set[str] = set()
    for first in nodes:
        reached, waiting = set(), [first]
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                reached.add(key)
                waiting += near[key]
        groups.append([key for key in nodes if key in reached])
    return sorted((group for group in groups if group), key=len, reverse=True)


def _places(nodes: Mapping[str, Any], columns: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return where each box's corner is; columns are centred on the tallest."""
    held: dict[int, list[str]] = {}
    for key in nodes:
        held.setdefault(columns[key], []).append(key)
    tallest = max(len(keys) for keys in held.values())
    places = {}
    for column, keys in sorted(held.items()):
        offset = (tallest - len(keys)) * (HEIGHT + GAP_DOWN) // 2
        for row, key in enumerate(keys):
            places[key] = (
                MARGIN + column * (WIDTH + GAP_ACROSS),
                MARGIN + offset + row * (HEIGHT + GAP_DOWN),
            )
    return places


def _box(node: Mapping[str, Any], x: int, y: int) -> Box:
    label = str(node["label"])
    short = label if len(label) <= MOST_LETTERS else label[: MOST_LETTERS - 1].rstrip() + "…"
    return Box(x, y, short, label, node["role"], _note(node))


def _note(node: Mapping[str, Any]) -> str:
    role = ORIGIN_ROLE.get(node["role"], "")
    parts = [part for part in (role, "same as another" if node.get("same_as") else "") if part]
    return ", ".join(parts)


def _line(start: tuple[int, int], end: tuple[int, int], step: Mapping[str, Any]) -> Line:
    """Draw from the child's right side to the parent's left, and a loop's way back beneath that."""
    x1, y1 = start[0] + WIDTH, start[1] + HEIGHT // 2
    x2, y2 = end[0] - 8, end[1] + HEIGHT // 2
    if end[0] < start[0]:
        x1, y1 = start[0], y1 + LOOP_DOWN
        x2, y2 = end[0] + WIDTH + 8, y2 + LOOP_DOWN
        middle = (x1 + x2) // 2
        path = f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
        return Line(path, step["counted"], step["kind"], middle, (y1 + y2) // 2 + 14)
    if end[0] == start[0]:
        x1, y1 = start[0] + WIDTH // 2, start[1] + HEIGHT
        x2, y2 = end[0] + WIDTH // 2, end[1] + HEIGHT + 8
        low = max(y1, y2) + GAP_DOWN
        path = f"M{x1} {y1}C{x1} {low} {x2} {low} {x2} {y2}"
        return Line(path, step["counted"], step["kind"], (x1 + x2) // 2, low - 4)
    middle = (x1 + x2) // 2
    path = f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
    return Line(path, step["counted"], step["kind"], middle, (y1 + y2) // 2 - 5)
