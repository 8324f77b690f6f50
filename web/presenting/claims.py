"""A claim as the desk shows it: its card, its two findings, what may be done, what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.statuses import Action, FindingState, Layer, possible_actions
from permissions import Actor, Permission, may
from web.presenting.days import amount_words, day_words, time_words
from web.presenting.words import (
    ANCHOR,
    CLOSE_REASON,
    LAYER,
    RELATION,
    SIDE,
    TRIGGER,
    plain,
    status_words,
)


@dataclass(frozen=True, slots=True)
class Chip:
    """A small fact beside a claim; `hint` holds the words that it was read from."""

    label: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One finding with what the person who looks may do to it."""

    layer: str
    question: str
    finding: Mapping[str, Any]
    #: The word that it is shown as: its verdict when decided, else its state.
    word: str
    actions: tuple[str, ...]
    #: Whether the person who looks proposed the verdict, or holds the lease.
    is_proposer: bool
    is_holder: bool

    @property
    def look(self) -> str:
        """Return the class that it is drawn in."""
        return look_of(self.word)

    @property
    def label(self) -> str:
        """Return the word as people read it."""
        return status_words(self.word)


@dataclass(frozen=True, slots=True)
class Card:
    """A claim beside its article."""

    number: int
    claim: Mapping[str, Any]
    panels: tuple[Panel, ...]
    chips: tuple[Chip, ...]
    #: Who stated it and how: the words that are printed.
    said: str

    @property
    def look(self) -> str:
        """Return the class that the claim is drawn in."""
        return look_of(self.claim["status"])

    @property
    def length(self) -> int:
        """Return how many characters it spans in the text."""
        selector = self.claim["selector"]
        return int(selector["end"] - selector["start"])

    @property
    def fact(self) -> Panel:
        """Return the finding on whether it is true."""
        return self.panels[-1]


def look_of(word: str) -> str:
    """Return the class that a status, a state or a verdict is drawn in."""
    return "unreviewed" if word == "open" else word.replace("_", "-")


def finding_word(finding: Mapping[str, Any]) -> str:
    """Return the one word for a finding: its verdict when decided, else its state."""
    if finding["state"] == FindingState.DECIDED:
        return str(finding["verdict"])
    return str(finding["state"])


def card_of(number: int, claim: Mapping[str, Any], actor: Actor | None, text: str = "") -> Card:
    """Return a claim's card; `text` is its article's, which the printed words are read from."""
    return Card(
        number=number,
        claim=claim,
        panels=panels_of(claim, actor),
        chips=chips_of(claim),
        said=said_words(claim, text),
    )


def panels_of(claim: Mapping[str, Any], actor: Actor | None) -> tuple[Panel, ...]:
    """Return a claim's findings: what was said first, whether it is true last."""
    layers = [layer for layer in (Layer.SAID, Layer.FACT) if claim["findings"].get(layer.value)]
    return tuple(_panel(layer, claim["findings"][layer.value], actor) for layer in layers)


def _panel(layer: Layer, finding: Mapping[str, Any], actor: Actor | None) -> Panel:
    holder = (finding["lease"] or {}).get("holder")
    who = actor.id if actor else None
    return Panel(
        layer=layer.value,
        question=LAYER[layer],
        finding=finding,
        word=finding_word(finding),
        actions=tuple(offered_actions(finding, actor)),
        is_proposer=who is not None and finding["proposed_by"] == who,
        is_holder=who is not None and holder == who,
    )


def offered_actions(finding: Mapping[str, Any], actor: Actor | None) -> list[str]:
    """List what this person may do to a finding now; the service decides again."""
    if actor is None or not may(actor, Permission.REVIEW):
        return []
    holder = (finding["lease"] or {}).get("holder")
    is_held = finding["state"] == FindingState.IN_REVIEW and holder != actor.id
    found = []
    for action in possible_actions(FindingState(finding["state"])):
        is_allowed = action is not Action.CLOSE or may(actor, Permission.CLOSE)
        is_own = action is Action.APPROVE and finding["proposed_by"] == actor.id
        if is_allowed and not is_own and (not is_held or action is Action.CLOSE):
            found.append(action.value)
    return found


def said_words(claim: Mapping[str, Any], text: str) -> str:
    """Return how the claimant said it: the printed verb and where, without the claimant."""
    attribution = claim.get("attribution") or {}
    # The cue's place counts in the text that the claim was read from.
    cue = (attribution.get("cue") or {}) if claim.get("anchor") == "exact" else {}
    verb = text[cue["start"] : cue["end"]] if cue and text else attribution.get("verb") or ""
    parts = [f"“{verb}”" if 0 < len(verb) <= 60 else "", attribution.get("venue") or ""]
    return " · ".join(part for part in parts if part)


def chips_of(claim: Mapping[str, Any]) -> tuple[Chip, ...]:
    """Return the small facts of a claim: when it was said, what time and amounts it names."""
    found = []
    said_on = (claim.get("attribution") or {}).get("said_on")
    if said_on:
        found.append(Chip("said", time_words(said_on), said_on.get("text") or ""))
    if claim["time"]:
        found.append(Chip("time", time_words(claim["time"]), claim["time"].get("text") or ""))
    for quantity in claim["quantities"]:
        found.append(Chip("amount", amount_words(quantity), quantity.get("text") or ""))
    if claim["due_on"]:
        found.append(Chip("due", day_words(claim["due_on"])))
    if claim.get("condition"):
        found.append(Chip("condition", claim["condition"]))
    return tuple(chip for chip in found if chip.text)


def reading_of(claim: Mapping[str, Any]) -> dict[str, str]:
    """Return a claim's reading as the form's fields hold it."""
    time, claimant = claim["time"] or {}, claim["claimant"] or {}
    return {
        "words": claim["text"],
        "kind": claim["kind"],
        "modality": claim["modality"],
        "checkable": "yes" if claim["checkable"] else "",
        "topics": ", ".join(claim["topics"]),
        "claimant.name": claimant.get("name") or "",
        "claimant.role": claimant.get("role") or "",
        "time.earliest": time.get("earliest") or "",
        "time.latest": time.get("latest") or "",
        "time.precision": time.get("precision") or "day",
        "due_on": claim["due_on"] or "",
    }


def evidence_sides(
    evidence: Iterable[Mapping[str, Any]], layer: str
) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Group a layer's evidence: for, against, beside the point, withdrawn; empty ones left out."""
    sides: dict[str, list[Mapping[str, Any]]] = {
        "for": [],
        "against": [],
        "other": [],
        "withdrawn": [],
    }
    for item in evidence:
        if item["layer"] == layer:
            side = "withdrawn" if item["withdrawal"] else SIDE.get(item["relation"], "other")
            if side == "other" and item["relation"] == "attributes":
                side = "for"
            sides[side].append(item)
    return [(side, items) for side, items in sides.items() if items]


def event_words(event: Mapping[str, Any]) -> str:
    """Return what an event of a claim's history did, without who did it."""
    words = _EVENTS.get(event["type"])
    if words is None:
        return plain(event["type"])
    layer = event["data"].get("layer")
    on = {"fact": " on whether it is true", "said": " on whether they said it"}.get(layer, "")
    return words(event["data"], event["values"]).replace("{on}", on)


def _decided(data: Mapping[str, Any], _: Any) -> str:
    how = "decided alone on" if data.get("approvals") == 1 else "approved"
    verdict = data["verdict"]
    return f"{how} " + (f"“{status_words(verdict)}”" if verdict else "a retraction") + "{on}"


def _corrected(data: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    names = {"is_checkable": "checkable", "words": "its span", "start": "", "end": ""}
    changed = [names.get(name, plain(name)) for name in (*data, *values) if name != "layers"]
    listed = sorted({name for name in changed if name and name != "reading"})
    return "corrected " + (", ".join(listed) or "it")


def _created(data: Mapping[str, Any], _: Any) -> str:
    is_marked = data.get("basis") == "marked"
    return "marked it in the article" if is_marked else "added the article that it was read in"


def _staled(data: Mapping[str, Any], _: Any) -> str:
    return "made it stale{on}: " + TRIGGER.get(data["trigger"], plain(data["trigger"]))


def _proposed(data: Mapping[str, Any], _: Any) -> str:
    verdict = data.get("verdict")
    return (f"proposed “{status_words(verdict)}”" if verdict else "proposed a verdict") + "{on}"


def _closed(data: Mapping[str, Any], _: Any) -> str:
    return "closed it{on}: " + CLOSE_REASON.get(data["reason"], plain(data["reason"]))


def _added(data: Mapping[str, Any], _: Any) -> str:
    return f"added evidence that {RELATION.get(data['relation'], plain(data['relation']))} it"


#: What each type of event did; `{on}` is the question that it is about.
_EVENTS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], str]] = {
    "claim.created": _created,
    "claim.corrected": _corrected,
    "claim.reanchored": lambda data, _: ANCHOR.get(data["anchor"], plain(data["anchor"])),
    "claim.withheld": lambda *_: "withheld words of it",
    "finding.taken": lambda *_: "took it for review{on}",
    "finding.released": lambda *_: "released it{on}",
    "finding.proposed": _proposed,
    "finding.decided": _decided,
    "finding.sent_back": lambda *_: "sent the proposal back{on}",
    "finding.staled": _staled,
    "finding.closed": _closed,
    "finding.reopened": lambda *_: "reopened it{on}",
    "evidence.added": _added,
    "evidence.withdrawn": lambda *_: "withdrew evidence",
    "relation.judged": lambda data, _: f"judged that it {plain(data['relation'])} another claim",
}


def event_reason(event: Mapping[str, Any]) -> str:
    """Return the words that somebody gave for what they did, if any."""
    for name in ("rationale", "reason", "explanation", "override"):
        value = event["values"].get(name)
        if isinstance(value, str):
            return value
    return ""


def news_since(
    history: Sequence[Mapping[str, Any]], version: int | None
) -> list[Mapping[str, Any]]:
    """List what happened to a claim after its version that somebody saw."""
    # Each event gives its claim the next version, from 1.
    return list(history[version:]) if version is not None and version > 0 else []


def pseudonyms_of(documents: Any) -> set[str]:
    """Return the pseudonyms that documents of the contract's shape name."""
    names = {"holder", "proposed_by", "decided_by", "added_by", "actor", "by", "judged_by"}
    found: set[str] = set()
    todo = [documents]
    while todo:
        each = todo.pop()
        if isinstance(each, Mapping):
            found |= {v for k, v in each.items() if k in names and isinstance(v, str)}
            todo += [v for v in each.values() if isinstance(v, (Mapping, list, tuple))]
        elif isinstance(each, (list, tuple)):
            todo += each
    return found
