"""The log: bulk and single events give the same tree, and proofs hold on what is stored."""

import pytest
from sqlalchemy import event as listening
from sqlalchemy import select

from ledger import log, merkle
from ledger.events import NewEvent
from ledger.log import Appender
from ledger.models import Disclosure, LogEvent


def fresh(number):
    return NewEvent(
        "test.event", f"subject-{number % 7}", {"n": number}, {"text": f"word {number}"}
    )


def append(session, first, last):
    appender = Appender(session)
    appender.look_up(fresh(number).subject for number in range(first, last))
    for number in range(first, last):
        appender.seal(fresh(number), "system")
    appender.write()


@pytest.fixture
def leaves(session):
    """Append 130 events in batches of many sizes; their leaf hashes."""
    first = log.log_size(session)
    for start, end in [(0, 1), (1, 2), (2, 9), (9, 64), (64, 65), (65, 130)]:
        append(session, start, end)
    assert log.log_size(session) == first + 130
    return [merkle.leaf_hash(line) for line in log.lines(session)]


class TestAppender:
    def test_batches_of_any_size_give_the_tree_of_the_lines(self, session, leaves):
        for size in range(len(leaves) + 1):
            assert log.root(session, size) == merkle.root_of(leaves[:size])

    def test_every_chain_is_linked(self, session, leaves):
        events = log.events_of(session, "subject-3")

        assert [event.subject_seq for event, _ in events] == list(range(len(events)))
        assert len(events) > 15

    def test_every_value_opens(self, session, leaves):
        texts = [event.sealed["text"] for event in log.events(session) if "text" in event.sealed]

        assert texts == [f"word {number}" for number in range(130)]
        salts = session.execute(select(Disclosure.salt)).scalars().all()
        assert len(set(salts)) == len(salts)

    def test_a_value_that_cannot_be_written_leaves_no_event(self, session):
        with pytest.raises(ValueError):
            log.record(session, NewEvent("test.event", "s", {}, {"text": 1.5}), actor="system")

        assert session.execute(select(LogEvent).where(LogEvent.subject == "s")).first() is None


class TestInclusion:
    def test_it_leads_from_the_leaf_to_the_root(self, session, leaves):
        for size in (1, 2, 63, 64, 100, 130):
            for seq in range(0, size, 9):
                found = log.inclusion(session, seq, size)

                assert found.leaf_hash == leaves[seq]
                assert found.root == merkle.root_of(leaves[:size])
                assert found.proof == log.inclusion_proof(session, seq, size)
                assert merkle.verify_inclusion(*found[:1], seq, size, found.proof, found.root)

    def test_it_takes_one_statement(self, session, leaves):
        seen = []
        engine = session.get_bind()
        listening.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))

        log.inclusion(session, 77, 130)

        assert len(seen) == 1


class TestConsistency:
    @pytest.mark.parametrize("old", [0, 1, 64, 77, 130])
    def test_it_shows_that_nothing_but_new_lines_came(self, session, leaves, old):
        found = log.consistency(session, old, 130)

        assert found.old_root == merkle.root_of(leaves[:old])
        assert merkle.verify_consistency(old, 130, *found)


class TestNodes:
    def test_more_than_one_statement_may_ask_for_are_all_found(self, session, leaves):
        wanted = [(0, seq) for seq in range(130)] + [(1, place) for place in range(65)] * 3
        found = log.nodes(session, wanted)

        assert [found[0, seq] for seq in range(130)] == leaves
        assert found[1, 64] == merkle.node_hash(leaves[128], leaves[129])
