"""
The gate: what a verdict takes before it may be proposed, by a policy with a version.

Pure: it is given what the claim rests on and answers which conditions are met, and why. What
counts for and against is this:

- On the layer `fact`, `supports` and `partially_supports` stand for a claim, `refutes` and
  `disputes` against it; on `said`, `attributes` stands for it. Nothing else counts.
- Evidence counts unless it was withdrawn, its source was retracted, its credibility is that of the
  improbable, or, on `fact`, its source is the article that makes the claim.
- Contrary evidence is answered by another piece that names it in `answers`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from claims.statuses import Layer, Verdict
from ledger.canonical import canonical
from sources.independence import Derivation, Origins, Source, count_origins

#: The default policy. Its digest is stored with every proposal, so that what was asked of it then
#: can be told later; a change of anything here takes the next version.
POLICY: dict[str, Any] = {
    "id": "default",
    "version": 1,
    "fact": {
        "for": ["partially_supports", "supports"],
        "against": ["disputes", "refutes"],
        "verdicts": {
            "verified": ["support", "named_source", "contrary_answered", "outcome_due"],
            "partly_verified": ["partial_support", "named_source", "outcome_due"],
            "misleading": ["shown_misleading"],
            "false": ["refutation", "named_source", "contrary_answered"],
            "disputed": ["evidence_for", "evidence_against"],
            "insufficient_evidence": ["rationale"],
            "unverifiable": ["rationale"],
            "pending_outcome": ["outcome_awaited"],
        },
    },
    "said": {
        "for": ["attributes"],
        "against": ["disputes", "refutes"],
        "verdicts": {
            "verified": ["attribution", "named_source", "contrary_answered"],
            "partly_verified": ["evidence_for"],
            "misleading": ["shown_misleading"],
            "false": ["denial", "named_source", "contrary_answered"],
            "disputed": ["evidence_for", "evidence_against"],
            "insufficient_evidence": ["rationale"],
            "unverifiable": ["rationale"],
        },
    },
    # A source is authoritative by its reliability, or by its kind where nobody judged it.
    "authoritative": {
        "reliability": ["A", "B"],
        "kinds": ["court_record", "dataset", "official"],
        "worst_credibility": 3,
    },
    "uncounted_credibility": [5],
    "origins_with_primary": 2,
    "secondary_origins": 3,
    "said_origins": 2,
    "misleading": ["disputes", "partially_supports", "qualifies", "refutes"],
}

DIGEST = hashlib.sha256(canonical(POLICY)).hexdigest()

#: The policy as answers and records name it.
NAME: dict[str, Any] = {"id": POLICY["id"], "version": POLICY["version"], "digest": DIGEST}

#: Conditions that ask for independent origins: a decision goes stale when they fail later.
ORIGIN_CONDITIONS = frozenset(
    {"support", "partial_support", "refutation", "attribution", "denial", "named_source"}
)


#: Conditions that withdrawn evidence can take away.
GROUND_CONDITIONS = ORIGIN_CONDITIONS | {
    "contrary_answered",
    "evidence_for",
    "evidence_against",
    "shown_misleading",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence with what the policy asks of its source."""

    id: str
    source: str
    label: str
    relation: str
    is_primary: bool
    kind: str = "other"
    credibility: int | None = None
    reliability: str | None = None
    is_interested: bool = False
    is_anonymous: bool = False
    is_retracted: bool = False
    #: Whether its source is the article that makes the claim.
    is_own_article: bool = False
    #: The piece of evidence that this one answers.
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What a finding rests on: its evidence, where its sources got it from, and its day."""

    layer: Layer
    pieces: tuple[Piece, ...] = ()
    sources: tuple[Source, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    due_on: str | None = None
    today: str = ""

    def counted(self, relations: Iterable[str]) -> list[Piece]:
        """List the pieces that count and stand in one of these relations."""
        wanted = frozenset(relations)
        return [piece for piece in self.pieces if piece.relation in wanted and self._counts(piece)]

    def _counts(self, piece: Piece) -> bool:
        if piece.is_retracted or piece.credibility in POLICY["uncounted_credibility"]:
            return False
        return not (piece.is_own_article and self.layer is Layer.FACT)

    def origins(self, pieces: Sequence[Piece]) -> Origins:
        """Count the independent origins behind these pieces."""
        standing = {piece.source for piece in pieces}
        nodes = [
            replace(source, stance="supports" if source.id in standing else None)
            for source in self.sources
        ]
        return count_origins(nodes, self.derivations)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a verdict takes, whether it is there, and the reason in plain words."""

    code: str
    met: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate says of a verdict."""

    conditions: tuple[Condition, ...]

    @property
    def met(self) -> bool:
        """Say whether every condition is met."""
        return all(condition.met for condition in self.conditions)

    @property
    def missing(self) -> list[str]:
        """List the codes of the conditions that are not met."""
        return [condition.code for condition in self.conditions if not condition.met]

    def document(self) -> dict[str, Any]:
        """Return the answer in the contract's shape."""
        conditions = [
            {"code": each.code, "met": each.met, "explanation": each.explanation}
            for each in self.conditions
        ]
        return {"met": self.met, "conditions": conditions, "policy": NAME}


def ask(verdict: Verdict, ground: Ground) -> Answer:
    """Say whether a verdict may be proposed on this ground, condition by condition."""
    codes = POLICY[ground.layer.value]["verdicts"].get(verdict.value, ["not_on_this_layer"])
    return Answer(tuple(_condition(code, verdict, ground) for code in codes))


def _condition(code: str, verdict: Verdict, ground: Ground) -> Condition:
    met, explanation = _CONDITIONS[code](verdict, ground)
    return Condition(code, met, explanation)


def _sides(verdict: Verdict, ground: Ground) -> tuple[list[str], list[str]]:
    """Return the relations that stand for a verdict and those that stand against it."""
    layer = POLICY[ground.layer.value]
    if verdict is Verdict.FALSE:
        return layer["against"], layer["for"]
    return layer["for"], layer["against"]


Said = tuple[bool, str]


def _support(_: Verdict, ground: Ground) -> Said:
    return _enough(ground, ground.counted(["supports"]))


def _partial_support(_: Verdict, ground: Ground) -> Said:
    return _enough(ground, ground.counted(POLICY["fact"]["for"]))


def _refutation(_: Verdict, ground: Ground) -> Said:
    return _enough(ground, ground.counted(["refutes"]))


def _enough(ground: Ground, pieces: Sequence[Piece]) -> Said:
    """Ask for one authoritative primary source, or for enough independent origins."""
    best = next((piece for piece in pieces if _is_authoritative(piece)), None)
    if best is not None:
        return True, f"{best.label} is an authoritative primary source and no party to the matter."
    if not pieces:
        return False, f"Nothing that counts stands for it. {_ENOUGH}"
    found = ground.origins(pieces)
    has_primary = any(piece.is_primary for piece in pieces)
    if found.confirmed >= POLICY["origins_with_primary"] and has_primary:
        return True, f"{found.reason} At least one source is primary."
    if found.confirmed >= POLICY["secondary_origins"]:
        return True, found.reason
    return False, f"{found.reason} {_ENOUGH}"


_ENOUGH = (
    "It takes one authoritative primary source that is no party to the matter, or two independent "
    "origins with a primary source among them, or three independent origins."
)


def _is_authoritative(piece: Piece) -> bool:
    rules = POLICY["authoritative"]
    if not piece.is_primary or piece.is_interested or piece.is_anonymous:
        return False
    if piece.credibility is not None and piece.credibility > rules["worst_credibility"]:
        return False
    if piece.reliability is not None:
        return piece.reliability in rules["reliability"]
    return piece.kind in rules["kinds"]


def _attribution(_: Verdict, ground: Ground) -> Said:
    return _recorded(ground, ground.counted(["attributes"]))


def _denial(_: Verdict, ground: Ground) -> Said:
    return _recorded(ground, ground.counted(["refutes"]))


def _recorded(ground: Ground, pieces: Sequence[Piece]) -> Said:
    """Ask for a primary record of the words, or for two independent origins."""
    record = next((p for p in pieces if p.is_primary and not p.is_anonymous), None)
    if record is not None:
        return True, f"{record.label} is a primary record of the words."
    wanted = "It takes a primary record of the words, or two independent origins."
    if not pieces:
        return False, f"Nothing that counts stands for it. {wanted}"
    found = ground.origins(pieces)
    if found.confirmed >= POLICY["said_origins"]:
        return True, found.reason
    return False, f"{found.reason} {wanted}"


def _named_source(verdict: Verdict, ground: Ground) -> Said:
    pieces = ground.counted(_sides(verdict, ground)[0])
    named = [piece.label for piece in pieces if not piece.is_anonymous]
    if named:
        return True, f"{named[0]} is named."
    return False, "Unnamed sources never suffice alone: it takes one that is named."


def _contrary_answered(verdict: Verdict, ground: Ground) -> Said:
    contrary = unanswered(verdict, ground)
    if not contrary:
        return True, "No contrary evidence is left unanswered."
    named = "; ".join(piece.label for piece in contrary[:8])
    return False, (
        f"Contrary evidence is left unanswered ({named}). "
        "Add evidence that names it in `answers`, or withdraw it with a reason."
    )


def unanswered(verdict: Verdict, ground: Ground) -> list[Piece]:
    """List the counted pieces that stand against a verdict and that no other piece answers."""
    answered = {piece.answers for piece in ground.pieces if not piece.is_retracted}
    against = _sides(verdict, ground)[1]
    return [piece for piece in ground.counted(against) if piece.id not in answered]


def _evidence_for(_: Verdict, ground: Ground) -> Said:
    return _any_of(ground, POLICY[ground.layer.value]["for"], "for")


def _evidence_against(_: Verdict, ground: Ground) -> Said:
    return _any_of(ground, POLICY[ground.layer.value]["against"], "against")


def _any_of(ground: Ground, relations: Sequence[str], side: str) -> Said:
    pieces = ground.counted(relations)
    if pieces:
        return True, f"{pieces[0].label} stands {side} it."
    return False, f"No counted evidence stands {side} it ({', '.join(relations)})."


def _shown_misleading(_: Verdict, ground: Ground) -> Said:
    relations = POLICY["misleading"]
    pieces = [piece for piece in ground.counted(relations) if not piece.is_anonymous]
    if pieces:
        return True, f"{pieces[0].label} shows what readers are not told."
    return False, f"It takes evidence of a named source that shows it ({', '.join(relations)})."


def _rationale(_: Verdict, __: Ground) -> Said:
    return True, "It takes a rationale only."


def _outcome_due(_: Verdict, ground: Ground) -> Said:
    if ground.due_on is None:
        return True, "It waits for no outcome."
    if ground.due_on <= ground.today:
        return True, f"The outcome was due on {ground.due_on}."
    return (
        False,
        f"The outcome is due on {ground.due_on}; until then the verdict is “pending outcome”.",
    )


def _outcome_awaited(_: Verdict, ground: Ground) -> Said:
    if ground.due_on is None:
        return False, "Only a claim with a due_on can wait for its outcome."
    if ground.due_on > ground.today:
        return True, f"The outcome is due on {ground.due_on}."
    return False, f"The outcome was due on {ground.due_on}: say what it is."


def _not_on_this_layer(verdict: Verdict, ground: Ground) -> Said:
    return False, f"{verdict} is no verdict of the layer {ground.layer}."


_CONDITIONS: dict[str, Callable[[Verdict, Ground], Said]] = {
    "support": _support,
    "partial_support": _partial_support,
    "refutation": _refutation,
    "attribution": _attribution,
    "denial": _denial,
    "named_source": _named_source,
    "contrary_answered": _contrary_answered,
    "evidence_for": _evidence_for,
    "evidence_against": _evidence_against,
    "shown_misleading": _shown_misleading,
    "rationale": _rationale,
    "outcome_due": _outcome_due,
    "outcome_awaited": _outcome_awaited,
    "not_on_this_layer": _not_on_this_layer,
}
