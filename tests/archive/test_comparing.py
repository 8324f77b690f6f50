"""A table against its replay: what differs, row by row, whatever somebody put there."""

import json

import pytest
from sqlalchemy import select, text

import factories
from archive.comparing import differences
from archive.replaying import replayed
from claims.extraction.records import Quantity, QuantityKind
from claims.models import Claim, Finding


@pytest.fixture
def key(session):
    """The key of a claim with findings on both layers."""
    return factories.make_claim(session).id


@pytest.fixture
def amount(session):
    """A claim with an amount, which is kept as JSON."""
    words = "40 million euros"
    place = factories.TEXT.index(words)
    read = Quantity(place, place + 16, words, QuantityKind.MONEY, "40000000", "EUR")
    found = factories.candidate(factories.TEXT, f"cost {words}", quantities=(read,))
    factories.make_article(session, candidates=(found,))


def differing(session, model, *statements):
    """Run statements, then list the rows that differ: key, in the replay, and here."""
    for statement in statements:
        session.execute(text(statement))
    table = model.__table__
    named = [column.name for column in table.primary_key]
    with replayed(session) as copy:
        return list(differences(session, copy, table, named))


class TestDifferences:
    def test_a_table_and_its_replay_do_not_differ(self, session, key):
        assert differing(session, Finding) == differing(session, Claim) == []

    def test_a_row_that_is_gone_stands_in_the_replay_alone(self, session, key):
        gone = f"DELETE FROM finding WHERE claim_id = {key} AND layer = 'said'"

        ((found, expected, held),) = differing(session, Finding, gone)

        assert (found, expected["state"], held) == ((key, "said"), "open", None)

    def test_a_row_that_no_event_made_stands_here_alone(self, session, key):
        made = f"UPDATE finding SET layer = 'other' WHERE claim_id = {key} AND layer = 'said'"

        sides = [(f, e is None, h is None) for f, e, h in differing(session, Finding, made)]

        assert sides == [((key, "other"), True, False), ((key, "said"), False, True)]

    @pytest.mark.parametrize("value", ["x'00ff'", "1.5", "-1", "''", "'10'"])
    def test_a_key_of_any_kind_is_found(self, session, key, value):
        moved = f"UPDATE finding SET layer = {value} WHERE claim_id = {key} AND layer = 'said'"

        assert len(differing(session, Finding, moved)) == 2

    def test_a_changed_value_shows_both_rows(self, session, key):
        ((_, expected, held),) = differing(
            session, Claim, f"UPDATE claim SET score = 1 WHERE id = {key}"
        )

        assert (expected["score"], held["score"]) == (0.7, 1.0)

    def test_json_with_its_keys_in_another_order_is_the_same(self, session, amount):
        (held,) = session.execute(select(Claim.quantities)).scalar_one()
        turned = json.dumps([dict(reversed(held.items()))])
        session.execute(text("UPDATE claim SET quantities = :turned"), {"turned": turned})

        assert len(held) > 3
        assert differing(session, Claim) == []

    def test_what_is_no_json_is_found(self, session, key):
        broken = f"UPDATE claim SET reasons = '[' WHERE id = {key}"

        assert len(differing(session, Claim, broken)) == 1

    def test_json_is_written_live_as_a_replay_writes_it(self, session, amount):
        written = text("SELECT quantities FROM claim")

        with replayed(session) as copy:
            assert copy.execute(written).all() == session.execute(written).all()
