"""What happened to a claim, in words, and the decisions among it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_PLAIN = {
    "article.revised": "the article got a new text",
    "claim.corrected": "what was read about the claim was corrected",
    "claim.created": "the claim was made",
    "derivation.judged": "where a source got it from was judged",
    "evidence.withdrawn": "evidence was withdrawn",
    "finding.closed": "the finding was closed",
    "finding.released": "the review was given up",
    "finding.reopened": "the finding was opened again",
    "finding.sent_back": "the proposal was sent back",
    "finding.taken": "somebody took it into review",
    "snapshot.taken": "a source was captured",
    "source.changed": "what is known about a source changed",
}

_ANCHORS = {
    "exact": "stands unchanged in the article's new text",
    "moved": "stands elsewhere in the article's new text, word for word",
    "changed": "is worded otherwise in the article's new text",
    "ambiguous": "cannot be told from others in the article's new text",
    "lost": "is gone from the article's new text",
}

_TRIGGERS = {
    "challenge": "somebody challenged it",
    "claim_edited": "what was read about the claim was corrected",
    "text_changed": "the article's text changed",
    "evidence_withdrawn": "decisive evidence was withdrawn",
    "source_corrected": "a source was corrected",
    "source_retracted": "a source was retracted",
    "snapshot_drifted": "a page that it rests on changed",
    "origins_fell": "too few independent origins are left",
    "due": "the day that was awaited has come",
    "review_by": "it was to be looked at again",
    "contradicting_claim_decided": "a claim that contradicts it was decided",
}

#: How the parts of a decision are named in the event that proposed it.
_PROPOSED = ("verdict_kind", "valid_from", "valid_to", "review_by", "gate")


def in_words(event_type: str, data: Mapping[str, Any]) -> str:
    """Say in plain words what an event did."""
    if event_type in _PLAIN:
        return _PLAIN[event_type]
    if event_type == "evidence.added":
        return f"evidence was added that {_spaced(data['relation'])} it"
    if event_type == "claim.reanchored":
        return f"the claim {_ANCHORS[data['anchor']]}"
    if event_type == "finding.staled":
        trigger = data["trigger"]
        return f"the decision went stale: {_TRIGGERS.get(trigger, _spaced(trigger))}"
    if event_type == "finding.proposed":
        verdict = data.get("verdict")
        return f"the verdict {_spaced(verdict)} was proposed" if verdict else "a proposal was made"
    if event_type == "finding.decided":
        verdict = data.get("verdict")
        return f"decided: {_spaced(verdict)}" if verdict else "the verdict was taken back"
    if event_type == "source.noticed":
        return f"a source was {data['kind']} by its publisher"
    if event_type == "relation.judged":
        return f"that it {data['relation']} another claim was {data['judgement']}"
    return _spaced(event_type.replace(".", " "))


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def decisions_in(history: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """List the decisions of a claim's history, oldest first, each with what was proposed."""
    proposed: dict[str, tuple[int, Mapping[str, Any]]] = {}
    found = []
    for version, event in enumerate(history, start=1):
        layer = event["data"].get("layer", "")
        if event["type"] == "finding.proposed":
            proposed[layer] = (version, event)
        elif event["type"] == "finding.decided" and layer in proposed:
            found.append(_decision(layer, *proposed[layer], event))
    newest = {decision["layer"]: decision["seq"] for decision in found}
    return [{**each, "is_newest": newest[each["layer"]] == each["seq"]} for each in found]


def _decision(
    layer: str, version: int, proposal: Mapping[str, Any], decided: Mapping[str, Any]
) -> dict[str, Any]:
    values = proposal["values"]
    return {
        "layer": layer,
        "seq": decided["seq"],
        "verdict": decided["data"].get("verdict"),
        "approvals": decided["data"].get("approvals"),
        "decided_by": decided["actor"],
        "decided_at": decided["at"],
        "proposed_by": proposal["actor"],
        "proposed_at": proposal["at"],
        #: The version of the claim that was proposed on, and decided.
        "claim_version": version,
        "rationale": values.get("rationale"),
        "override": values.get("override"),
        **{name: proposal["data"].get(name) for name in _PROPOSED},
    }
