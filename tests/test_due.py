"""`flask due`: what a day moved is recorded, once."""

from datetime import timedelta

import factories
from claims import review, services
from claims.statuses import Action, Layer
from ledger import clock
from permissions import SYSTEM


class TestDue:
    def test_it_records_what_a_day_moved_and_then_nothing(self, app, monkeypatch):
        with app.extensions["dateline.db"].writing() as session:
            claim = factories.make_claim(session)
            review.act(
                session,
                claim,
                layer=Layer.FACT,
                action=Action.PROPOSE,
                actor=SYSTEM,
                policy=review.Policy(approvals=1, review_days=3),
                verdict="unverifiable",
                rationale="Nobody can know.",
            )
        later = clock.source() + timedelta(days=4)
        monkeypatch.setattr(clock, "source", lambda: later)

        first, again = (app.test_cli_runner().invoke(args=["due"]) for _ in range(2))

        assert first.output == "1 decisions want another look.\n"
        assert again.output == "0 decisions want another look.\n"
        with app.extensions["dateline.db"].read_session() as session:
            assert services.get_claim(session, claim.uuid).status == "stale"
