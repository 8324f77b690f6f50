"""What is only proposed: neither in an export for everybody nor in a history without a sign-in."""

import pytest

import factories
from archive.records import Level, Scope, disclosures
from claims import review
from claims.histories import undecided_proposals
from claims.statuses import Action, Layer
from ledger.log import events_of, log_size
from permissions import Actor, Role

ANA, BEN = (Actor(f"{name}-pseudonym", Role.REVIEWER) for name in ("ana", "ben"))


@pytest.fixture
def claim(session):
    """A claim with a proposal that was sent back, one that was approved, and one that waits."""
    claim = factories.make_claim(session)
    common = {"layer": Layer.FACT, "policy": review.Policy()}

    def act(action, actor, **given):
        nonlocal claim
        claim = review.act(session, claim, action=action, actor=actor, **common, **given)

    def propose(rationale, **given):
        given = {"verdict": "unverifiable", "rationale": rationale, **given}
        act(Action.PROPOSE, ANA, **given)

    propose("Sent back.")
    act(Action.SEND_BACK, BEN, reason="Why?")
    propose("Approved.")
    act(Action.APPROVE, BEN)
    act(Action.CHALLENGE, BEN, reason="Look again.")
    propose("Waiting.", verdict_kind="update")
    return claim


class TestUndecidedProposals:
    def test_those_sent_back_and_those_that_wait_are_named(self, session, claim):
        found = undecided_proposals(session, log_size(session))

        words = {e.seq: e.text("rationale") for e, _ in events_of(session, claim.uuid)}
        assert {words[seq] for seq in found} == {"Sent back.", "Waiting."}

    @pytest.mark.parametrize(
        ("level", "is_told"), [(Level.PUBLIC, False), (Level.FULL, True)], ids=["public", "full"]
    )
    def test_an_export_for_everybody_does_not_tell_them(self, session, claim, level, is_told):
        lines = b"".join(disclosures(session, Scope(), level, log_size(session)))

        assert b"Approved." in lines
        assert (b"Sent back." in lines) == (b"Waiting." in lines) == is_told
