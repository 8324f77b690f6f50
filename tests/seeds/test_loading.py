"""The examples: every page has something, and loading twice changes nothing."""

from archive.audit import problems
from claims.models import Claim
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
