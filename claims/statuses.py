"""
States, verdicts and the one public word about a claim. Pure: no database, no Flask, no clock.

A finding goes `open -> in_review -> proposed -> decided`, from decided to `stale` and back into
review; `closed` from any. What each action needs and leads to is the table below and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from errors import IllegalTransitionError


class Layer(StrEnum):
    """Which question a finding answers: is it true, or did they say it."""

    FACT = "fact"
    SAID = "said"


class FindingState(StrEnum):
    """Where a finding is in review."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    PROPOSED = "proposed"
    DECIDED = "decided"
    STALE = "stale"
    CLOSED = "closed"


class Verdict(StrEnum):
    """What a finding holds."""

    VERIFIED = "verified"
    PARTLY_VERIFIED = "partly_verified"
    MISLEADING = "misleading"
    FALSE = "false"
    DISPUTED = "disputed"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    UNVERIFIABLE = "unverifiable"
    PENDING_OUTCOME = "pending_outcome"


class VerdictKind(StrEnum):
    """Why a verdict is given: a first one, our mistake, the world's change, or taking it back."""

    ASSESS = "assess"
    UPDATE = "update"
    CORRECT = "correct"
    RETRACT = "retract"


class Action(StrEnum):
    """What a person does to a finding."""

    TAKE = "take"
    RELEASE = "release"
    PROPOSE = "propose"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    CHALLENGE = "challenge"
    CLOSE = "close"
    REOPEN = "reopen"


class CloseReason(StrEnum):
    """Why a finding needs no verdict."""

    NOT_A_CLAIM = "not_a_claim"
    OPINION = "opinion"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"
    EXTRACTION_ERROR = "extraction_error"


class Status(StrEnum):
    """The one public word about a claim: its verdict when decided, else where it is."""

    UNREVIEWED = "unreviewed"
    IN_REVIEW = "in_review"
    PROPOSED = "proposed"
    STALE = "stale"
    CLOSED = "closed"
    VERIFIED = "verified"
    PARTLY_VERIFIED = "partly_verified"
    MISLEADING = "misleading"
    FALSE = "false"
    DISPUTED = "disputed"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    UNVERIFIABLE = "unverifiable"
    PENDING_OUTCOME = "pending_outcome"


_S = FindingState

#: The states from which each action may be taken.
ALLOWED: dict[Action, frozenset[FindingState]] = {
    Action.TAKE: frozenset({_S.OPEN, _S.STALE}),
    Action.RELEASE: frozenset({_S.IN_REVIEW}),
    Action.PROPOSE: frozenset({_S.OPEN, _S.STALE, _S.IN_REVIEW}),
    Action.APPROVE: frozenset({_S.PROPOSED}),
    Action.SEND_BACK: frozenset({_S.PROPOSED}),
    Action.CHALLENGE: frozenset({_S.DECIDED}),
    Action.CLOSE: frozenset(_S) - {_S.CLOSED},
    Action.REOPEN: frozenset({_S.CLOSED}),
}

_WORDS = {
    _S.OPEN: "open",
    _S.IN_REVIEW: "in review",
    _S.PROPOSED: "proposed and waiting for a second person",
    _S.DECIDED: "decided",
    _S.STALE: "stale",
    _S.CLOSED: "closed",
}


def check_action(action: Action, state: FindingState) -> None:
    """
    Refuse an action that the finding's state does not allow.

    :raises IllegalTransitionError: naming the state, and what can be done from it
    """
    if state in ALLOWED[action]:
        return
    possible = ", ".join(possible_actions(state))
    raise IllegalTransitionError(
        f"The finding is {_WORDS[state]}, so {action} is not possible; possible now: {possible}."
    )


def possible_actions(state: FindingState) -> list[Action]:
    """List the actions that a state allows, whoever takes them."""
    return [action for action, states in ALLOWED.items() if state in states]


def summary_of(fact: Mapping[str, Any], said: Mapping[str, Any] | None) -> str:
    """Return where a claim's findings stand, `said: verified, fact: pending outcome`."""
    layers = [("said", said), ("fact", fact)]
    return ", ".join(f"{layer}: {_word(found)}" for layer, found in layers if found is not None)


def _word(finding: Mapping[str, Any]) -> str:
    verdict = Verdict(finding["verdict"]) if finding["verdict"] else None
    return status_of(FindingState(finding["state"]), verdict).value.replace("_", " ")


def status_of(state: FindingState, verdict: Verdict | None) -> Status:
    """Return the public word for a fact finding."""
    if state is FindingState.DECIDED:
        if verdict is None:
            raise ValueError("A decided finding holds a verdict.")
        return Status(verdict.value)
    if state is FindingState.OPEN:
        return Status.UNREVIEWED
    return Status(state.value)
