"""The decisions of a finding, read from the log, with both their times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from claims.models import Claim
from claims.statuses import Layer, VerdictKind
from claims.verdict_history import Decision, held
from ledger import clock
from ledger.events import Event
from ledger.log import events_of

#: Kinds that say of the decision before that it was an error.
_ERRORS = (VerdictKind.CORRECT, VerdictKind.RETRACT)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the proposal that it approved, and what was held before it."""

    event: Event
    leaf: bytes
    proposal: Event
    #: The one before on the same layer, None for a first one.
    before: Event | None
    before_verdict: str | None

    @property
    def layer(self) -> str:
        """Return the layer that it answers."""
        return str(self.event.data["layer"])

    @property
    def kind(self) -> str:
        """Return what kind of decision it is."""
        return str(self.proposal.data["verdict_kind"])

    @property
    def decision(self) -> Decision:
        """Return its two times, as pure rules read them."""
        data: Mapping[str, Any] = self.proposal.data
        return Decision(
            seq=self.event.seq,
            kind=self.kind,
            status=data["verdict"],
            recorded_at=self.event.at,
            valid_from=data.get("valid_from"),
            valid_to=data.get("valid_to"),
            published_at=self.event.at,
            supersedes=self.before.seq if self.before and self.kind in _ERRORS else None,
        )


def decided(session: Session, claim_id: str) -> Iterator[Decided]:
    """Yield a claim's decisions, oldest first, each with its proposal."""
    proposals: dict[str, Event] = {}
    before: dict[str, Event] = {}
    verdicts: dict[str, str | None] = {}
    for event, leaf in events_of(session, claim_id):
        layer = event.data.get("layer", "")
        if event.type == "finding.proposed":
            proposals[layer] = event
        elif event.type == "finding.decided" and layer in proposals:
            proposal = proposals[layer]
            yield Decided(event, leaf, proposal, before.get(layer), verdicts.get(layer))
            before[layer], verdicts[layer] = event, proposal.data["verdict"]


def decisions_of(session: Session, claim: Claim, layer: Layer) -> list[Decision]:
    """List a finding's decisions, oldest first."""
    return [each.decision for each in decided(session, claim.uuid) if each.layer == layer]


def answer(
    session: Session, claim: Claim, layer: Layer, *, about: str | None = None
) -> dict[str, Any]:
    """Return a finding's decisions, and the one that is held about a day, today by default."""
    known_at, about = clock.now(), about or clock.today()
    decisions = decisions_of(session, claim, layer)
    found = held(decisions, known_at=known_at, about=about)
    return {
        "items": [asdict(each) for each in decisions],
        "held": asdict(found) if found is not None and found.status is not None else None,
        "known_at": known_at,
        "about": about,
    }
