"""
A desk on which everything happened that leaves a row: to tamper with each of them.

`make` fills a database with articles of invented claims and then, article by article, with what
people do about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.importing import import_bag
from bench.archive import ORIGIN, PER_ARTICLE, export, make, open_database
from claims import evidence, relations, review, revising, services
from claims.extraction import records as r
from claims.models import Claim, ClaimRelationKind
from claims.statuses import Action, Layer
from ledger import checkpoints
from ledger.keys import load_ring
from permissions import SYSTEM, Actor, Role
from sources import services as documents
from sources.models import Article, DerivationBasis, Source
from sources.snapshots import Captured, take_snapshot

ANA, BEN = Actor("a" * 8, Role.EDITOR), Actor("b" * 8, Role.EDITOR)


def fill(folder: Path, claims: int) -> None:
    """Make `desk.db` with so many claims, what people did about them, and a log of another desk."""
    abroad = folder / "abroad"
    abroad.mkdir()
    make(abroad, PER_ARTICLE)
    export(abroad, "desk.db", abroad / "1.zip")
    make(folder, claims)
    database = open_database(folder / "desk.db")
    with database.read_session() as session:
        keys = session.execute(select(Article.id).order_by(Article.id)).scalars().all()
    for key in keys:
        with database.writing() as session:
            _work_on(session, session.get_one(Article, key))
            checkpoints.make(session, load_ring(folder / "log.key"), ORIGIN)
    with database.writing() as session:
        import_bag(session, abroad / "1.zip", actor=SYSTEM, most=10**9)
    database.engine.dispose()


def _work_on(session: Session, article: Article) -> None:
    """Do on one article what people do about claims, once each."""
    text = documents.text_of(session, article).text
    claims = _claims(session, article)
    source, wire = (_source(session, article, name) for name in ("report", "wire_story"))
    page = Captured(b"<p>" + text.encode() + b"</p>", "text/html", text=text)
    take_snapshot(session, source, page, actor=ANA)
    basis, told = DerivationBasis.DECLARED, "It says so."
    documents.judge_derivation(
        session, source, wire, kind="quotes", basis=basis, reason=told, actor=ANA
    )
    basis = DerivationBasis.REJECTED
    documents.judge_derivation(session, source, wire, kind="quotes", basis=basis, actor=ANA)
    for claim in claims[:4]:
        _decide(session, claim, source)
    changes: dict[str, Any] = {"topics": ["roads", "towns"], "kind": "event"}
    services.correct_claim(session, claims[0], changes, actor=ANA)
    entities = [{"name": "Lahti", "type": "place", "start": 0, "end": 5}]
    services.correct_claim(session, claims[1], {"entities": entities}, actor=ANA)
    for judgement in ("confirmed", "refused"):
        kind = ClaimRelationKind.CONTRADICTS
        relations.judge(
            session, claims[5], claims[6], relation=kind, judgement=judgement, actor=ANA
        )
    for state in ("not_checkable", "no_claim"):
        services.mark_segment(
            session, article, start=0, end=5, state=state, reason="A heading.", actor=ANA
        )
    revision = revising.prepare(session, _Rereading(), article, text="So it was.\n" + text)  # type: ignore[arg-type]
    revising.keep(session, article, revision, actor=ANA)


def _claims(session: Session, article: Article) -> Sequence[Claim]:
    own = select(Claim).where(Claim.article_id == article.id).order_by(Claim.start)
    return session.execute(own).scalars().all()


def _source(session: Session, article: Article, kind: str) -> Source:
    title = f"About the bridges of {article.id}"
    given = {"kind": kind, "title": title, "publisher": f"The {kind}", "reliability": "A"}
    return documents.add_source(session, given, actor=ANA)


def _decide(session: Session, claim: Claim, source: Source) -> None:
    """Give a claim evidence, of which some is withdrawn, and a decision of two people."""
    given = {"layer": "fact", "relation": "supports", "basis": "primary", "note": "See page 3."}
    evidence.add_evidence(session, claim, source, given, actor=ANA)
    wrong = evidence.add_evidence(
        session, claim, source, {**given, "basis": "secondary"}, actor=ANA
    )
    evidence.withdraw_evidence(session, wrong, reason="The wrong report.", actor=ANA)
    common = {"layer": Layer.FACT, "policy": review.Policy()}
    verdict = {"verdict": "verified", "rationale": "It is in the report."}
    session.refresh(claim)
    claim = review.act(session, claim, action=Action.PROPOSE, actor=ANA, **common, **verdict)
    review.act(session, claim, action=Action.APPROVE, actor=BEN, **common)


class _Rereading:
    """Reads nothing anew: the claims of the older text are looked for, and no others."""

    def analyse(self, text: str, _dateline: Any, language: str | None = None) -> r.Extraction:
        return r.Extraction(language or "en", (), (r.Segment(0, len(text), "unchecked"),))
