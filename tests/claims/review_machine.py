"""
A machine that reviews at random: several people, whose roles change, on a real database.

Each sequence runs in one transaction that is rolled back, over a database that is set up once. What
must hold is read off the log, not off the code that wrote it: no decision without two people on
exactly that version, no event lost, nothing from one layer to the other. At the end of a sequence
its events are replayed and every table is compared.
"""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import orjson
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

import factories
from archive.replaying import apply, compared, tables
from claims import evidence, relations, review, services, staleness
from claims.models import Claim, ClaimRelationKind, Evidence, Finding, Relation
from claims.statuses import (
    Action,
    CloseReason,
    FindingState,
    Layer,
    Verdict,
    VerdictKind,
    status_of,
)
from db import Database
from errors import DatelineError
from ledger import clock, history, log
from ledger.models import LogEvent
from migrations.running import upgrade
from permissions import Actor, Role, may
from permissions import Permission as P
from sources import services as documents
from sources.models import DerivationBasis, DerivationKind

PEOPLE = ("ana", "ben", "cleo", "edith", "rick")
ROLES = dict(zip(PEOPLE, ("reviewer", "reviewer", "reviewer", "editor", "reporter"), strict=True))
CLAIMS, SOURCES = (0, 1), (0, 1, 2, 3)

person, source_no = st.sampled_from(PEOPLE), st.sampled_from(SOURCES)
# The first claim is attributed, so that it has both layers.
claim_no = st.sampled_from((0, 0, 0, 1))
layers = st.sampled_from((Layer.FACT, Layer.FACT, Layer.SAID))
reviewer = st.sampled_from(("ana", "ben", "cleo", "edith"))
verdicts = st.sampled_from(list(Verdict))
kinds = st.sampled_from([None, *VerdictKind])


class World:
    """A database with an article of two claims and four sources, and its copy by replay."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.database = Database("sqlite://")
        upgrade(self.database)
        with self.database.writing() as session:
            article = factories.make_article(session, title="The bridge", publisher="Daily")
            query = select(Claim.uuid).where(Claim.article_id == article.id).order_by(Claim.start)
            self.claims = list(session.execute(query).scalars())
            self.sources = [
                factories.make_source(session, **given).uuid
                for given in (
                    {"title": "Accounts", "reliability": "A", "is_own_reporting": True},
                    {"title": "Post", "publisher": "Post", "kind": "article"},
                    {"title": "Times", "publisher": "Times", "kind": "article", "owner": "Group"},
                    {"title": "Wire", "publisher": "Wire", "kind": "wire", "is_anonymous": True},
                )
            ]
            self.size = log.log_size(session)
        self.session = self.stack.enter_context(self.database.write_session())
        self.copy = self.stack.enter_context(self._copied())
        self.session.rollback()
        self.queries = {table.name: _query(table, keys) for table, keys in compared()}
        self.start = clock.source()
        atexit.register(self.stack.close)

    def _copied(self) -> Session:
        """Open a database with what the log gives so far."""
        fresh = Database("sqlite://")
        SQLModel.metadata.create_all(fresh.engine, tables=tables())
        copy = fresh.write_session()
        history.follow(copy.connection(), tables())
        apply(copy, log.events(self.session))
        copy.commit()
        return copy

    def problems(self) -> list[str]:
        """Replay the sequence's events over the copy and name every table that differs."""
        try:
            apply(self.copy, log.events(self.session, self.size))
            return [
                name
                for name, query in self.queries.items()
                if _differ(_rows(self.session, query), _rows(self.copy, query))
            ]
        finally:
            self.copy.rollback()
            self.copy.expunge_all()


def _query(table: Table, keys: list[str]) -> str:
    # How rows of the past are counted is the database's own business.
    columns = ", ".join(f'"{column.name}"' for column in table.c if column.name != "entry")
    order = ", ".join(f'"{key}"' for key in keys)
    return f"SELECT {columns} FROM {table.name} ORDER BY {order}"


def _rows(session: Session, query: str) -> list[tuple[Any, ...]]:
    """Return a table's rows as they lie there: what is the same was written the same."""
    raw = session.connection().connection.driver_connection
    assert raw is not None
    return list(raw.execute(query).fetchall())


def _differ(held: list[tuple[Any, ...]], replayed: list[tuple[Any, ...]]) -> bool:
    """Say whether rows differ in more than the order of the keys in their JSON."""
    return held != replayed and _read(held) != _read(replayed)


def _read(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    return [
        [orjson.loads(v) if isinstance(v, str) and v[:1] in ("{", "[") else v for v in row]
        for row in rows
    ]


_worlds: list[World] = []


def world() -> World:
    """Return the one world of this process, made when it is first wanted."""
    if not _worlds:
        _worlds.append(World())
    return _worlds[0]


#: What all sequences of this process came to.
TOTALS = {"sequences": 0, "steps": 0, "refused": 0, "events": 0, "decisions": 0, "staled": 0}


class ReviewMachine(RuleBasedStateMachine):
    """People propose, approve, edit, cite, withdraw, judge and close, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.world = world()
        self.session = self.world.session
        self.session.rollback()
        self.session.begin()
        self.roles = dict(ROLES)
        self.days = 0
        self.role_at: dict[int, dict[str, str]] = {}
        self._source = clock.source
        clock.source = lambda: self.world.start + timedelta(days=self.days)

    def actor(self, name: str) -> Actor:
        """Return a person as they act now."""
        return Actor(f"{name}-pseudonym", Role(self.roles[name]))

    def claim(self, number: int) -> Claim:
        """Return a claim as it stands."""
        return services.get_claim(self.session, self.world.claims[number])

    def source(self, number: int) -> Any:
        """Return a source as it stands."""
        return documents.get_source(self.session, self.world.sources[number])

    def attempt(self, act: Any) -> bool:
        """Do something, or nothing at all if it is refused; says which."""
        before = log.log_size(self.session)
        TOTALS["steps"] += 1
        try:
            with self.session.begin_nested():
                act()
        except DatelineError:
            TOTALS["refused"] += 1
            assert log.log_size(self.session) == before
            return False
        self.role_at[before] = dict(self.roles)
        return True

    def act(self, name: str, number: int, layer: Layer, action: Action, **given: Any) -> bool:
        """Act on one layer, and see that the other's finding stays as it was."""
        claim = self.claim(number)
        version = claim.version - given.pop("behind", 0)
        other = Layer.SAID if layer is Layer.FACT else Layer.FACT
        before = self.finding(claim, other)

        def once() -> None:
            review.act(
                self.session,
                claim,
                layer=layer,
                action=action,
                actor=self.actor(name),
                policy=review.Policy(review_days=30),
                version=version,
                **given,
            )

        is_done = self.attempt(once)
        assert self.finding(claim, other) == before
        return is_done

    def finding(self, claim: Claim, layer: Layer) -> dict[str, Any] | None:
        """Return a finding's row."""
        table = Finding.__table__  # type: ignore[attr-defined]
        query = select(table).where(table.c.claim_id == claim.id, table.c.layer == layer.value)
        row = self.session.execute(query).mappings().one_or_none()
        return dict(row) if row else None

    @rule(
        name=person,
        number=claim_no,
        layer=layers,
        action=st.sampled_from([Action.TAKE, Action.RELEASE, Action.APPROVE, Action.REOPEN]),
        behind=st.sampled_from([0, 0, 0, 1]),
    )
    def simple_action(self, **given: Any) -> None:
        """Take, release, approve or reopen, at times on a version that is not the newest."""
        self.act(given.pop("name"), given.pop("number"), **given)

    @rule(
        name=person,
        number=claim_no,
        layer=layers,
        action=st.sampled_from([Action.SEND_BACK, Action.CHALLENGE, Action.CLOSE]),
    )
    def action_with_reason(self, name: str, number: int, layer: Layer, action: Action) -> None:
        """Send back, challenge or close."""
        reason = CloseReason.OPINION.value if action is Action.CLOSE else "Look again."
        self.act(name, number, layer, action, reason=reason)

    @rule(
        name=person, number=claim_no, layer=layers, verdict=verdicts, kind=kinds, wins=st.booleans()
    )
    def propose(
        self,
        name: str,
        number: int,
        layer: Layer,
        verdict: Verdict,
        kind: VerdictKind | None,
        wins: bool,
    ) -> None:
        """Propose any verdict, with and without an override."""
        given = {"rationale": "We read it.", "verdict_kind": kind}
        given["verdict"] = None if kind is VerdictKind.RETRACT else verdict
        self.act(
            name, number, layer, Action.PROPOSE, override="No time." if wins else None, **given
        )

    @rule(first=reviewer, second=reviewer, number=claim_no, layer=layers, verdict=verdicts)
    def decide(self, first: str, second: str, number: int, layer: Layer, verdict: Verdict) -> None:
        """Go all the way to a decision, where the two people may be one."""
        self._decide(first, second, number, layer, verdict, override="No time.")

    def _decide(
        self,
        first: str,
        second: str,
        number: int,
        layer: Layer,
        verdict: Verdict,
        override: str | None,
    ) -> None:
        finding = self.finding(self.claim(number), layer)
        kind = VerdictKind.UPDATE if finding and finding["verdict"] else None
        given = {"verdict": verdict, "verdict_kind": kind, "rationale": "We read it."}
        if finding and finding["state"] == FindingState.DECIDED:
            self.act(first, number, layer, Action.CHALLENGE, reason="Look again.")
        if self.act(first, number, layer, Action.PROPOSE, override=override, **given):
            is_decided = self.act(second, number, layer, Action.APPROVE)
            assert not (is_decided and first == second)

    @rule(first=reviewer, second=reviewer, layer=layers, source=source_no, is_false=st.booleans())
    def cite_and_decide(
        self, first: str, second: str, layer: Layer, source: int, is_false: bool
    ) -> None:
        """Cite what the verdict takes, and decide on that."""
        relation = "refutes" if is_false else "attributes" if layer is Layer.SAID else "supports"
        self._cite(first, 0, source, layer=layer, relation=relation, basis="primary", decisive=True)
        verdict = Verdict.FALSE if is_false else Verdict.VERIFIED
        self._decide(first, second, 0, layer, verdict, override=None)

    @rule(
        name=person,
        number=claim_no,
        change=st.sampled_from(["kind", "due_on", "claimant", "span"]),
    )
    def edit(self, name: str, number: int, change: str) -> None:
        """Correct what was read about a claim."""
        claim = self.claim(number)
        changes: dict[str, Any] = {
            "kind": {"kind": "law"},
            "due_on": {"due_on": clock.in_days(3)},
            "claimant": {"claimant": {"name": "The mayor", "role": None}},
            "span": {"end": claim.end - 1},
        }[change]
        self.attempt(
            lambda: services.correct_claim(self.session, claim, changes, actor=self.actor(name))
        )

    @rule(
        name=person,
        number=claim_no,
        layer=layers,
        source=source_no,
        relation=st.sampled_from(["supports", "refutes", "attributes", *Relation]),
        basis=st.sampled_from(["primary", "secondary"]),
        decisive=st.booleans(),
    )
    def cite(self, name: str, number: int, source: int, **given: Any) -> None:
        """Add evidence."""
        self._cite(name, number, source, **given)

    def _cite(self, name: str, number: int, source: int, **given: Any) -> None:
        given |= {"layer": given["layer"].value, "relation": str(given["relation"])}
        self.attempt(
            lambda: evidence.add_evidence(
                self.session,
                self.claim(number),
                self.source(source),
                given,
                actor=self.actor(name),
            )
        )

    def pieces(self) -> list[Evidence]:
        """List all evidence, withdrawn or not."""
        query = select(Evidence).order_by(Evidence.id)
        return list(self.session.execute(query.execution_options(populate_existing=True)).scalars())

    @precondition(lambda self: self.pieces())
    @rule(name=person, number=st.integers(0, 9), answers=st.booleans())
    def withdraw_or_answer(self, name: str, number: int, answers: bool) -> None:
        """Withdraw a piece of evidence, or answer it."""
        pieces = self.pieces()
        piece, actor = pieces[number % len(pieces)], self.actor(name)
        if not answers:
            self.attempt(
                lambda: evidence.withdraw_evidence(
                    self.session, piece, reason="Mistaken.", actor=actor
                )
            )
            return
        claim = self.session.get_one(Claim, piece.claim_id)
        given = {"layer": piece.layer, "relation": "qualifies", "basis": "primary"}
        given["answers"] = piece.uuid
        source = self.source(0)
        self.attempt(lambda: evidence.add_evidence(self.session, claim, source, given, actor=actor))

    @rule(
        name=person,
        child=source_no,
        parent=source_no,
        kind=st.sampled_from(list(DerivationKind)),
        basis=st.sampled_from(list(DerivationBasis)),
    )
    def judge(self, name: str, child: int, parent: int, kind: str, basis: DerivationBasis) -> None:
        """Say what a source derives from."""
        self.attempt(
            lambda: staleness.judge_derivation(
                self.session,
                self.source(child),
                self.source(parent),
                kind=str(kind),
                basis=basis,
                actor=self.actor(name),
            )
        )

    @rule(
        name=person,
        number=source_no,
        kind=st.sampled_from(["corrected", "retracted", "interested"]),
    )
    def source_moves(self, name: str, number: int, kind: str) -> None:
        """Record a notice on a source, or that it is a party."""
        actor, source = self.actor(name), self.source(number)
        if kind == "interested":
            changes = {"is_interested": True}
            self.attempt(
                lambda: staleness.change_source(self.session, source, changes, actor=actor)
            )
        else:
            self.attempt(
                lambda: staleness.add_notice(
                    self.session, source, kind=kind, note=None, actor=actor
                )
            )

    @rule(name=person, judgement=st.sampled_from(["confirmed", "refused"]))
    def relate(self, name: str, judgement: str) -> None:
        """Say whether the two claims contradict each other."""
        self.attempt(
            lambda: relations.judge(
                self.session,
                self.claim(0),
                self.claim(1),
                relation=ClaimRelationKind.CONTRADICTS,
                judgement=judgement,
                actor=self.actor(name),
            )
        )

    @rule(name=person, role=st.sampled_from(list(Role)))
    def change_role(self, name: str, role: Role) -> None:
        """Give somebody another role."""
        self.roles[name] = role.value

    @rule(days=st.sampled_from([1, 4, 31]), is_recorded=st.booleans())
    def pass_time(self, days: int, is_recorded: bool) -> None:
        """Let days pass, and at times record what went stale by them."""
        self.days += days
        if is_recorded:
            self.attempt(lambda: staleness.settle_all(self.session))

    def every_decision_takes_two_people_on_that_version(self) -> None:
        """Look at each decision, with the event that came just before it on the claim."""
        before: dict[str, Any] = {}
        for event in log.events(self.session, self.world.size):
            TOTALS["events"] += 1
            last, before[event.subject] = before.get(event.subject), event
            if event.type == "finding.staled":
                TOTALS["staled"] += 1
                assert event.data["trigger"]
            if event.type == "finding.decided":
                TOTALS["decisions"] += 1
                assert last.type == "finding.proposed"
                assert last.subject_seq == event.subject_seq - 1
                assert last.data["layer"] == event.data["layer"]
                assert last.data["verdict"] == event.data["verdict"]
                assert last.actor != event.actor
                self._may_review(last)
                self._may_review(event)

    def _may_review(self, event: Any) -> None:
        roles = self.role_at[max(seq for seq in self.role_at if seq <= event.seq)]
        name = event.actor.removesuffix("-pseudonym")
        assert may(Actor(event.actor, Role(roles[name])), P.REVIEW)

    def no_event_is_lost(self) -> None:
        """Count the log's events, and those of each claim, which are its version."""
        count, last = self.session.execute(select(func.count(), func.max(LogEvent.seq))).one()
        assert count == last + 1
        for uuid in self.world.claims:
            query = select(func.count()).where(LogEvent.subject == uuid)
            claim = services.get_claim(self.session, uuid)
            assert claim.version == self.session.execute(query).scalar_one()

    def the_public_word_follows_from_the_fact_alone(self) -> None:
        """Derive each claim's status from its fact finding."""
        for number in CLAIMS:
            claim = self.claim(number)
            fact = self.finding(claim, Layer.FACT)
            assert fact is not None
            verdict = Verdict(fact["verdict"]) if fact["verdict"] else None
            assert claim.status == status_of(FindingState(fact["state"]), verdict)

    def teardown(self) -> None:
        """Compare every table with a replay, and forget the sequence."""
        try:
            TOTALS["sequences"] += 1
            self.every_decision_takes_two_people_on_that_version()
            self.no_event_is_lost()
            self.the_public_word_follows_from_the_fact_alone()
            found = self.world.problems()
            assert found == [], found
        finally:
            self.session.rollback()
            self.session.expunge_all()
            clock.source = self._source
