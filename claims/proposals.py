"""
What a proposal must hold before it is recorded: its verdict, its kind, its day, and the gate.

A first decision is `assess`. A later one says what it is: `update` (the world changed; what was
held ends where this begins), `correct` (we were wrong; what was held was never right) or
`retract` (taken back, and nothing put in its place).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from claims import gate, grounds, predictions
from claims.models import Claim, Finding
from claims.statuses import Layer, Verdict, VerdictKind
from errors import GateNotMetError, InvalidInputError
from ledger import clock


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, in the parts that an event has: public facts, and sealed texts."""

    data: Mapping[str, Any]
    sealed: Mapping[str, Any]


def draft(session: Session, claim: Claim, finding: Finding, given: Mapping[str, Any]) -> Proposal:
    """
    Return the proposal that a reviewer makes, after checking all that it takes.

    :raises InvalidInputError: naming the field that is missing or does not fit
    :raises GateNotMetError: if the policy asks for more and no override is given
    """
    rationale = needed(given, "rationale", "A proposal says why.")
    kind = _kind(finding, given)
    verdict = _verdict(finding, kind, given)
    data: dict[str, Any] = {
        "verdict": verdict.value if verdict else None,
        "verdict_kind": kind.value,
        **_valid_time(finding, kind, given),
    }
    sealed: dict[str, Any] = {"rationale": rationale}
    if verdict is not None:
        layer = Layer(finding.layer)
        _check_day(predictions.outcome_day(session, claim), layer, verdict)
        answer = grounds.gate_of(session, claim, layer, verdict)
        override = given.get("override")
        _check_gate(answer, verdict, override)
        data["gate"] = _codes(answer)
        sealed["explanations"] = {each.code: each.explanation for each in answer.conditions}
        if not answer.met:
            sealed["override"] = override
    return Proposal(data, sealed)


def needed(given: Mapping[str, Any], name: str, why: str) -> Any:
    """
    Return what was given under a name.

    :raises InvalidInputError: if nothing was
    """
    value = given.get(name)
    if value is None:
        raise InvalidInputError(why, {name: "Missing data for required field."})
    return value


def _kind(finding: Finding, given: Mapping[str, Any]) -> VerdictKind:
    """Return what kind of decision this is; whatever follows a first one must say so."""
    is_first = finding.decided_at is None or finding.verdict is None
    kind = given.get("verdict_kind")
    if kind is None and is_first:
        return VerdictKind.ASSESS
    if (kind == VerdictKind.ASSESS or kind is None) and not is_first:
        raise InvalidInputError(
            "This finding was decided before: say whether the world changed, or we were wrong.",
            {"verdict_kind": "Choose update, correct or retract."},
        )
    if kind != VerdictKind.ASSESS and is_first:
        raise InvalidInputError(
            "Nothing is decided yet that could be changed or taken back.",
            {"verdict_kind": "Choose assess."},
        )
    return VerdictKind(kind)


def _verdict(finding: Finding, kind: VerdictKind, given: Mapping[str, Any]) -> Verdict | None:
    """Return the verdict that is proposed; a retraction holds none."""
    if kind is not VerdictKind.RETRACT:
        return Verdict(needed(given, "verdict", "A proposal names a verdict."))
    if given.get("verdict") not in (None, finding.verdict):
        raise InvalidInputError(
            f"A retraction takes back {finding.verdict} and puts nothing in its place.",
            {"verdict": "Name none, or choose correct."},
        )
    return None


def _valid_time(
    finding: Finding, kind: VerdictKind, given: Mapping[str, Any]
) -> dict[str, str | None]:
    """Return the days that the verdict is about, from the first up to but not including the end."""
    first, last = given.get("valid_from"), given.get("valid_to")
    if kind is VerdictKind.UPDATE:
        first = first or clock.today()
    elif kind in (VerdictKind.CORRECT, VerdictKind.RETRACT) and first is None and last is None:
        first, last = finding.valid_from, finding.valid_to
    if first and last and first >= last:
        raise InvalidInputError(
            "The days that a verdict is about end after they begin.",
            {"valid_to": f"Give a day after {first}, or none."},
        )
    return {"valid_from": first, "valid_to": last}


def _check_day(due: str | None, layer: Layer, verdict: Verdict) -> None:
    """Keep a prediction open until its day, and from then on ask for an answer."""
    if verdict is Verdict.PENDING_OUTCOME and layer is Layer.SAID:
        raise InvalidInputError(
            "Whether they said it waits for no outcome.", {"verdict": "Choose another verdict."}
        )
    if layer is Layer.SAID:
        return
    is_ahead = bool(due and due > clock.today())
    if verdict in (Verdict.VERIFIED, Verdict.PARTLY_VERIFIED) and is_ahead:
        raise InvalidInputError(
            f"The outcome is due on {due}; until then the verdict is pending_outcome.",
            {"verdict": "Choose pending_outcome."},
        )
    if verdict is Verdict.PENDING_OUTCOME and not is_ahead:
        raise InvalidInputError(
            f"The outcome was due on {due}: say what it is."
            if due
            else "Only a claim with a due date can wait for its outcome.",
            {"verdict": "Choose another verdict." if due else "Give the claim a due_on first."},
        )


def _check_gate(answer: gate.Answer, verdict: Verdict, override: str | None) -> None:
    if answer.met or override:
        return
    missing = {each.code: each.explanation for each in answer.conditions if not each.met}
    raise GateNotMetError(
        f"The policy asks more of {verdict}: {' '.join(missing.values())}", missing
    )


def _codes(answer: gate.Answer) -> dict[str, Any]:
    """Return the gate's answer without its words, which name sources."""
    conditions = [{"code": each.code, "met": each.met} for each in answer.conditions]
    return {"met": answer.met, "conditions": conditions, "policy": gate.NAME}
