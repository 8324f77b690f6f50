"""What is answered as of a moment is what was answered then: the property that as-of is."""

from __future__ import annotations

import json
import random
import shutil
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import factories
from accounts import services as accounts
from app import create_app
from archive.audit import problems
from archive.rebuilding import rebuild
from claims import evidence, review, revising, services, staleness
from claims.models import Claim, Evidence
from claims.statuses import Action, Layer
from config import Settings
from errors import DatelineError
from ledger import clock
from permissions import Actor, Role
from sources import services as documents
from sources.models import Article, DerivationBasis, Source

START = datetime(2026, 3, 1, 9, tzinfo=UTC)

#: What is asked after every step, and again as of it.
QUESTIONS = (
    "/api/v1/claims?limit=3&facet=status,kind,topic,entity,claimant,publisher,checkable",
    "/api/v1/claims?sort=time&limit=50",
    "/api/v1/claims?q=bridge&facet=status&sort=-check_worthiness",
    "/api/v1/claims?q=million",
    "/api/v1/claims?status=verified,stale,in_review",
    "/api/v1/claims?topic=money&sort=article",
    "/api/v1/claims?entity=Lahti&unit=EUR&min_amount=10",
    "/api/v1/claims?state=in_review,open&format=ndjson",
    "/api/v1/claims?from=2026-01-01&to=2026-12-31&format=csv",
    "/api/v1/timeline",
    "/api/v1/articles",
    "/api/v1/desk",
    "/api/v1/claims?needs=another_look",
    "/api/v1/claimants/predictions?name=Minister",
)
OF_CLAIM = ("", "/provenance", "/history", "/evidence")
OF_ARTICLE = ("", "/claims", "/coverage")


class Desk:
    """A desk on a clock of its own, whose answers are written down."""

    def __init__(self, app) -> None:
        self.app, self.database = app, app.extensions["dateline.db"]
        self.client = app.test_client()
        self.now = START
        self.asked: list[tuple[str, str, Any, int]] = []
        with self.database.writing() as session:
            self.people = [
                Actor(accounts.add_reviewer(session, f"p{n}", Role.EDITOR).uuid, Role.EDITOR)
                for n in range(3)
            ]
            self.token = accounts.issue_token(
                session, accounts.add_reviewer(session, "reader", Role.READER)
            )

    def ask(self, path: str, as_of: str | None = None) -> tuple[Any, int]:
        """Return the answer to a question, now or as of a moment, as somebody signed in."""
        mark = "&" if "?" in path else "?"
        asked = path if as_of is None else f"{path}{mark}as_of={as_of}"
        answer = self.client.get(asked, headers={"Authorization": f"Bearer {self.token}"})
        lines = answer.data.splitlines() if "format=" in path else [answer.data]
        is_json = "json" in answer.mimetype
        return [json.loads(line) if is_json else line for line in lines], answer.status_code

    def note_answers(self, rng: random.Random, most: int) -> None:
        """Ask some of everything now and write down what is answered."""
        self.now += timedelta(seconds=1)
        moment, questions = clock.now(), self.questions()
        for path in rng.sample(questions, min(most, len(questions))):
            self.asked.append((moment, path, *self.ask(path)))

    def questions(self) -> list[str]:
        """List what is asked: the lists, and each claim and article that is here."""
        with self.database.read_session() as session:
            claims = session.execute(select(Claim.uuid).order_by(Claim.id)).scalars().all()
            articles = session.execute(select(Article.uuid).order_by(Article.id)).scalars().all()
        found = list(QUESTIONS)
        found += [f"/api/v1/claims/{uuid}{part}" for uuid in claims[:3] for part in OF_CLAIM]
        found += [f"/api/v1/articles/{uuid}{part}" for uuid in articles[:1] for part in OF_ARTICLE]
        return found

    def do(self, rng: random.Random) -> None:
        """Change something, whatever chance picks; what is refused changes nothing."""
        self.now += timedelta(minutes=rng.choice((1, 30, 61, 3000)))
        for _ in range(30):
            action = rng.choice(ACTIONS)
            try:
                with self.database.writing() as session:
                    action(session, rng, rng.choice(self.people))
            except (DatelineError, IndexError):
                continue
            return


def pick(session, rng, model):
    return rng.choice(session.execute(select(model).order_by(model.id)).scalars().all())


def add_article(session, rng, actor):
    number = rng.randrange(1_000)
    text = f"The minister said the bridge cost {number} million euros. It opened in 1932. The end."
    found = (
        factories.candidate(text, f"the bridge cost {number} million euros", claimant="Minister"),
        factories.candidate(text, "It opened in 1932", topics=("money",) if number % 2 else ()),
    )
    factories.make_article(
        session, text=text, candidates=found, actor=actor, publisher=f"Paper {number % 2}"
    )


def correct(session, rng, actor):
    claim = pick(session, rng, Claim)
    changes = rng.choice(
        (
            {"topics": rng.choice((["money"], ["bridges", "money"], []))},
            {"kind": rng.choice(("quantity", "event", "opinion"))},
            {"start": claim.start + 1},
            {"entities": [{"name": "Lahti", "type": "place", "start": None, "end": None}]},
            {"entities": []},
            {"quantities": [amount(rng.choice(("5", "40")))]},
            {"time": {"earliest": "2026-02-01", "latest": None, "precision": "month"}},
            {"claimant": {"name": rng.choice(("The mayor", "Nobody")), "role": None}},
        )
    )
    services.correct_claim(session, claim, changes, actor=actor)


def amount(value):
    bounds = {"lower": None, "upper": None, "text": value, "start": None, "end": None}
    return {"kind": "money", "value": value, "unit": "EUR", **bounds}


def act(session, rng, actor):
    claim = pick(session, rng, Claim)
    given = {
        "verdict": rng.choice(("false", "unverifiable")),
        "verdict_kind": rng.choice((None, "update")),
        "rationale": "It is on record.",
        "reason": "opinion",
        "override": "Everybody saw it.",
    }
    layer = rng.choice((Layer.FACT, Layer.SAID))
    policy = review.Policy(approvals=rng.choice((1, 2)))
    action = rng.choice(list(Action))
    review.act(session, claim, layer=layer, action=action, actor=actor, policy=policy, **given)


class Rereading:
    """Finds the same statements in a new text as in the old."""

    def analyse(self, text, dateline, language=None):
        found = [factories.candidate(text, w) for w in ("the bridge", "opened") if w in text]
        return factories.extraction_of(text, found)


def revise(session, rng, actor):
    article = pick(session, rng, Article)
    text = documents.text_of(session, article).text
    text = text.replace(
        *rng.choice((("million", "billion"), ("bridge", "tunnel"), ("", "So. "))), 1
    )
    revision = revising.prepare(session, Rereading(), article, text=text)
    revising.keep(session, article, revision, actor=actor)


def add_source(session, rng, actor):
    documents.add_source(
        session, {"kind": "wire", "title": f"Wire {rng.randrange(9)}"}, actor=actor
    )


def change_source(session, rng, actor):
    source = pick(session, rng, Source)
    documents.change_source(session, source, {"owner": f"Owner {rng.randrange(3)}"}, actor=actor)


def notice_source(session, rng, actor):
    source = pick(session, rng, Source)
    kind = rng.choice(("corrected", "retracted"))
    source = documents.add_notice(session, source, kind=kind, note=None, actor=actor)
    staleness.source_noticed(session, source)


def derive(session, rng, actor):
    child, parent = pick(session, rng, Source), pick(session, rng, Source)
    basis = rng.choice((DerivationBasis.CONFIRMED, DerivationBasis.REJECTED))
    documents.judge_derivation(session, child, parent, kind="cites", basis=basis, actor=actor)


def add_evidence(session, rng, actor):
    given = {
        "layer": "fact",
        "relation": rng.choice(("supports", "refutes", "repeats")),
        "basis": "primary",
        "decisive": rng.choice((True, False)),
    }
    claim, source = pick(session, rng, Claim), pick(session, rng, Source)
    evidence.add_evidence(session, claim, source, given, actor=actor)


def withdraw_evidence(session, rng, actor):
    found = pick(session, rng, Evidence)
    evidence.withdraw_evidence(session, found, reason="It was wrong.", actor=actor)


def mark_segment(session, rng, actor):
    article = pick(session, rng, Article)
    state = rng.choice(("not_checkable", "not_a_claim"))
    services.mark_segment(
        session, article, start=0, end=4, state=state, reason="A name.", actor=actor
    )


ACTIONS = (
    add_article,
    add_article,
    correct,
    correct,
    correct,
    act,
    act,
    act,
    act,
    add_source,
    change_source,
    notice_source,
    derive,
    add_evidence,
    add_evidence,
    withdraw_evidence,
    mark_segment,
    revise,
    revise,
)


@pytest.fixture
def desk_at(tmp_path, migrated, monkeypatch):
    """Make desks on databases of their own; each moves the clock."""
    made = []

    def make() -> Desk:
        instance = tmp_path / f"instance{len(made)}"
        instance.mkdir()
        shutil.copy(migrated, instance / "dateline.db")
        app = create_app(Settings(instance=instance, testing=True))
        desk = Desk(app)
        monkeypatch.setattr(clock, "source", lambda: desk.now)
        made.append(app)
        return desk

    yield make
    for app in made:
        app.extensions["dateline.db"].engine.dispose()


def differences(desk: Desk) -> list[str]:
    """List the questions that are answered otherwise as of a moment than they were then."""
    return [
        f"{path} as of {moment}: {body!r} became {again!r}"
        for moment, path, *body in desk.asked
        if (again := desk.ask(path, moment)) != tuple(body)
    ]


class TestAsOf:
    @settings(
        max_examples=5,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(seed=st.integers(0, 2**32), steps=st.integers(4, 16))
    def test_every_past_answer_is_given_again(self, desk_at, seed, steps):
        rng, desk = random.Random(seed), desk_at()
        for _ in range(steps):
            desk.do(rng)
            desk.note_answers(rng, 5)

        assert differences(desk) == []

    def test_the_past_can_be_made_anew_from_the_log(self, desk_at):
        rng, desk = random.Random(11), desk_at()
        for _ in range(25):
            desk.do(rng)
            desk.note_answers(rng, 2)

        with desk.database.writing() as session:
            rebuild(session)

        with desk.database.read_session() as session:
            assert list(problems(session)) == []
        assert differences(desk) == []

    def test_a_past_that_was_changed_behind_the_log_is_named(self, desk_at):
        rng, desk = random.Random(11), desk_at()
        for _ in range(12):
            desk.do(rng)
        with desk.database.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE claim_history SET kind = 'law' WHERE entry = 1")

        with desk.database.read_session() as session:
            found = list(problems(session))

        assert [problem for problem in found if "kind is not what the log says" in problem]
