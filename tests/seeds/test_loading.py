"""The examples: every page has something, and loading twice changes nothing."""

from archive.audit import problems
from claims.models import Claim
from claims.similar import similar_to
from ledger.log import log_size
from seeds.loading import load


class TestLoad:
    def test_twice_changes_nothing_and_every_status_is_there(self, app, settings):
        analyst = app.extensions["dateline.analyst"]
        sign_ins = settings.instance / "sign-ins.txt"
        database = app.extensions["dateline.db"]
        with app.app_context():
            load(analyst, sign_ins=sign_ins, echo=lambda _: None)
            with database.read_session() as session:
                size = log_size(session)
            load(analyst, sign_ins=sign_ins, echo=lambda _: None)

        with database.read_session() as session:
            assert log_size(session) == size
            statuses = {status for (status,) in session.query(Claim.status).distinct()}
            assert statuses >= {"verified", "proposed", "disputed", "unreviewed"}
            assert list(problems(session)) == []
        assert sign_ins.stat().st_mode & 0o077 == 0

    def test_the_two_values_of_one_contract_are_shown_as_a_conflict(self, app, settings):
        database = app.extensions["dateline.db"]
        with app.app_context():
            load(
                app.extensions["dateline.analyst"],
                sign_ins=settings.instance / "sign-ins.txt",
                echo=lambda _: None,
            )

        with database.read_session() as session:
            rows = session.query(Claim).filter(Claim.text.contains("$5.5 billion contract")).all()
            found = [each for claim in rows for each in similar_to(session, claim)]
            reasons = {each.explanation for each in found if each.relation == "contradicts"}
        assert reasons == {"The amounts exclude each other: $5.5 billion against $5.43 billion."}
