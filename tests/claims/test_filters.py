"""Filters of a list: looked up, walked or asked of the past, they let the same claims through."""

import pytest

import factories
from claims import filters, review, services
from claims.extraction.records import Entity, EntityType, Kind, Quantity, QuantityKind
from claims.facets import FACETS, facet
from claims.filters import matching
from claims.queries import ORDERS
from claims.statuses import Action, Layer
from ledger import clock
from ledger.past import past_at
from permissions import Actor, Role
from schemas.paging import count

EDITH = Actor("edith-pseudonym", Role.EDITOR)

#: What is asked for, and which of the claims are meant.
CASES = [
    ({}, "abcd"),
    ({"q": "bridge"}, "abc"),
    ({"q": "bridge 40"}, "a"),
    ({"q": "nothing of this"}, ""),
    ({"q": "..."}, ""),
    ({"status": ["unreviewed"]}, "bd"),
    ({"status": ["closed"]}, "a"),
    ({"status": ["closed", "proposed"]}, "ac"),
    ({"status": ["stale"]}, ""),
    ({"state": ["open"]}, "bd"),
    ({"state": ["proposed", "closed"]}, "ac"),
    ({"verdict": ["verified"]}, ""),
    ({"kind": ["quantity"]}, "a"),
    ({"kind": ["quantity", "event"]}, "abcd"),
    ({"topic": ["bridges"]}, "ab"),
    ({"topic": ["bridges", "money"]}, "abc"),
    ({"entity": "river board"}, "b"),
    ({"claimant": "C. Mayor"}, "c"),
    ({"publisher": "The Daily"}, "d"),
    ({"publisher": "The Daily", "kind": ["event"], "q": "road"}, "d"),
    ({"unit": "EUR", "min_amount": 41}, "bcd"),
    ({"max_amount": 41}, "ab"),
    ({"needs": ["another_look"]}, ""),
    ({"q": "bridge", "topic": ["bridges"], "status": ["unreviewed"]}, "b"),
    ({"assigned_to": "nobody"}, ""),
]


def add(session, name, amount, *, thing="bridge", topics=(), kind=Kind.EVENT, board=(), **facts):
    words = f"{amount} euros"
    text = f"{name.upper()}. Mayor said the {thing} cost {words}."
    start = text.index(words)
    found = factories.candidate(
        text,
        f"the {thing} cost {words}",
        claimant=f"{name.upper()}. Mayor",
        kind=kind,
        topics=topics,
        entities=tuple(Entity(0, 8, each, EntityType.ORG) for each in board),
        quantities=(
            Quantity(start, start + len(words), words, QuantityKind.MONEY, str(amount), "EUR"),
        ),
    )
    return factories.make_claim(session, text=text, candidates=[found], **facts)


@pytest.fixture
def names(session):
    """Four claims, by key: one was closed, a verdict on one was proposed, two are open."""
    a = add(session, "a", 40, topics=("bridges", "money"), kind=Kind.QUANTITY)
    b = add(session, "b", 41, topics=("bridges",), board=("River Board",))
    c = add(session, "c", 42, topics=("money",))
    d = add(session, "d", 43, thing="road", publisher="The Daily")
    act(session, a, Action.CLOSE, reason="opinion")
    act(session, c, Action.PROPOSE, verdict="unverifiable", rationale="Nobody can know.")
    return {claim.id: name for claim, name in zip((a, b, c, d), "abcd", strict=True)}


def act(session, claim, action, **given):
    claim = services.get_claim(session, claim.uuid)
    common = {"layer": Layer.FACT, "policy": review.Policy(), "actor": EDITH, **given}
    review.act(session, claim, action=action, **common)


class TestMatching:
    @pytest.mark.parametrize(("wanted", "meant"), CASES, ids=str)
    @pytest.mark.parametrize("most", [filters.MOST_DRIVEN, 0], ids=["looked up", "walked"])
    def test_both_ways_find_the_claims_that_are_meant(
        self, session, names, monkeypatch, wanted, meant, most
    ):
        monkeypatch.setattr(filters, "MOST_DRIVEN", most)

        found = matching(session, **wanted)

        assert sorted(names[row.id] for row in session.execute(found.paged)) == list(meant)
        assert count(session, found.counted) == (len(meant), "eq")

    @pytest.mark.parametrize(("wanted", "meant"), CASES, ids=str)
    def test_so_does_the_past(self, app, session, names, wanted, meant):
        session.commit()
        past = past_at(session, clock.now())

        with past.entered(), past.session(app.extensions["dateline.db"]) as then:
            found = then.execute(matching(then, **wanted).paged)

            assert sorted(names[row.id] for row in found) == list(meant)

    def test_few_are_looked_up_and_many_walked_in_the_index_of_the_order(
        self, session, names, monkeypatch
    ):
        driven = plan(session, matching(session, topic=["bridges"]))
        monkeypatch.setattr(filters, "MOST_DRIVEN", 0)
        walked = plan(session, matching(session, topic=["bridges"]))

        assert "SEARCH claim USING INTEGER PRIMARY KEY (rowid=?)" in driven
        assert walked[0] == "SCAN claim USING COVERING INDEX ix_claim_created"


class TestFacet:
    @pytest.mark.parametrize("name", FACETS)
    @pytest.mark.parametrize("wanted", [{}, {"q": "bridge"}, {"status": ["unreviewed"]}], ids=str)
    def test_counts_are_those_of_the_lists_that_they_lead_to(self, session, names, name, wanted):
        found = facet(session, name, matching(session, **wanted))

        for value, expected in found:
            narrowed = narrow(session, wanted, name, value)
            assert count(session, narrowed.counted) == (expected, "eq")
        assert found or name == "publisher"


def narrow(session, wanted, name, value):
    several = name in ("status", "kind", "modality", "topic")
    if name in wanted:
        assert value in wanted[name]
        return matching(session, **wanted)
    return matching(session, **wanted, **{name: [value] if several else value})


def plan(session, found):
    ordered = found.paged.order_by(*(c.desc() for c, _ in ORDERS["-created_at"])).limit(20)
    options = {"literal_binds": True}
    statement = str(ordered.compile(session.get_bind(), compile_kwargs=options))
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
    return [row.detail for row in rows]
