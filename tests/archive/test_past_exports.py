"""Exports as of a moment: byte for byte those that were made then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from desks import decide

import factories
from claims import services
from ledger import clock, log
from permissions import SYSTEM


@pytest.fixture
def days(monkeypatch):
    """Stand at the first of March 2026, and go on by days."""
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "source", lambda: now)

    def go_on(number):
        nonlocal now
        now += timedelta(days=number)

    return go_on


@pytest.fixture
def claim(app):
    with app.extensions["dateline.db"].writing() as session:
        return factories.make_claim(session)


class TestExportsOfThePast:
    def test_an_export_as_of_then_has_the_bytes_of_the_one_made_then(
        self, app, client, as_role, days, claim
    ):
        database, headers = app.extensions["dateline.db"], as_role("admin")
        whole = {"scope": "all", "disclosure": "full"}
        with database.writing() as session:
            decide(session, services.get_claim(session, claim.uuid))
        made = client.post("/api/v1/exports", json=whole, headers=headers).json
        exports = app.extensions["dateline.settings"].instance / "exports"
        then = (exports / f"{made['id']}.zip").read_bytes()
        days(3)
        with database.writing() as session:
            services.correct_claim(session, claim, {"kind": "law"}, actor=SYSTEM)
            factories.make_article(session, text=factories.TEXT + " More.")
        client.post("/api/v1/exports", json=whole, headers=headers)
        for path in exports.glob("*.zip"):
            path.unlink()
        days(1)

        asked = {**whole, "as_of": "2026-03-02"}
        again = client.post("/api/v1/exports", json=asked, headers=headers).json

        assert again == made
        assert (exports / f"{made['id']}.zip").read_bytes() == then
        with database.read_session() as session:
            assert log.log_size(session) > made["log_size"]

    @pytest.mark.parametrize("as_of", ["2026-02-28", "2026-04-01", "then"])
    def test_before_the_first_checkpoint_and_after_now_there_is_none(
        self, client, as_role, days, claim, as_of
    ):
        asked = {"as_of": as_of}

        answer = client.post("/api/v1/exports", json=asked, headers=as_role("admin"))

        assert answer.json["code"] == "validation_failed"

    def test_a_claim_that_was_not_there_then_is_refused(self, app, client, as_role, days, claim):
        headers = as_role("admin")
        client.post("/api/v1/exports", json={}, headers=headers)
        days(1)
        with app.extensions["dateline.db"].writing() as session:
            later = factories.make_claim(session, text=factories.TEXT + " More.")

        asked = {"scope": "claim", "id": later.uuid, "as_of": "2026-03-01"}
        answer = client.post("/api/v1/exports", json=asked, headers=headers)

        assert answer.json["code"] == "validation_failed"
