"""
Loads the examples through the same services and rules as everybody's data.

What is there already is left alone, so loading twice changes nothing.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts import services as accounts
from claims import evidence, ingesting, review
from claims.extraction.worker import Analyst
from claims.models import Claim, Evidence, Finding
from claims.statuses import Action, Layer
from db import transaction
from permissions import SYSTEM, Actor, Role
from schemas.claims import CreateEvidenceSchema
from schemas.sources import CreateSourceSchema
from sources import services as documents
from sources.models import Article, Derivation, DerivationBasis, Source

HERE = Path(__file__).resolve().parent

Say = Callable[[str], Any]


def load(analyst: Analyst, *, sign_ins: Path, echo: Say) -> None:
    """Load people, articles, sources, evidence and decisions, and say what was made."""
    desk = json.loads((HERE / "desk.json").read_text("utf-8"))
    people = _people(desk["reviewers"], sign_ins, echo)
    articles = {entry["file"]: _article(analyst, entry, echo) for entry in desk["articles"]}
    with transaction() as session:
        sources = _sources(session, desk["sources"], articles)
        _derivations(session, desk["derivations"], sources)
        for entry in desk["reviews"]:
            _review(session, entry, articles, sources, people)


def _people(entries: list[dict[str, str]], sign_ins: Path, echo: Say) -> list[Actor]:
    """Add the reviewers under fresh passwords, which are kept for the owner's eyes alone."""
    made, found = [], []
    with transaction() as session:
        for entry in entries:
            reviewer = accounts.find_reviewer(session, entry["name"])
            if reviewer is None:
                password = secrets.token_urlsafe(9)
                role = Role(entry["role"])
                reviewer = accounts.add_reviewer(session, entry["name"], role, password=password)
                made.append(f"{entry['name']}  {password}  ({role})")
            found.append(Actor(reviewer.uuid, Role(reviewer.role)))
    if made:
        sign_ins.touch(mode=0o600)
        sign_ins.write_text("\n".join(made) + "\n", "utf-8")
        echo(f"Made these sign-ins (name, password, role), kept in {sign_ins.name}:")
        for line in made:
            echo(f"  {line}")
    return found


def _article(analyst: Analyst, entry: Mapping[str, str], echo: Say) -> str:
    text = (HERE / "articles" / entry["file"]).read_text("utf-8")
    with transaction() as session:
        known = documents.find_article_by_text(session, text)
        if known is not None:
            return known.uuid
    draft = ingesting.prepare(
        analyst,
        text=text,
        published_on=date.fromisoformat(entry["published_on"]),
        title=entry["title"],
        publisher=entry["publisher"],
        url=entry["url"],
    )
    with transaction() as session:
        article, _ = ingesting.keep(session, draft, actor=SYSTEM)
        echo(f"Read {len(draft.extraction.candidates)} claims out of “{entry['title']}”.")
        return article.uuid


def _sources(
    session: Session, entries: Mapping[str, Any], articles: Mapping[str, str]
) -> dict[str, Source]:
    """Return the sources by the names that the other entries use, made where missing."""
    found = {}
    for name, entry in entries.items():
        given = CreateSourceSchema().load(entry)
        statement = select(Source).where(
            Source.title == given["title"], Source.publisher == given["publisher"]
        )
        known = session.execute(statement).scalars().first()
        found[name] = known or documents.add_source(session, given, actor=SYSTEM)
    for file, article_id in articles.items():
        article = documents.get_article(session, article_id)
        found[f"article:{file}"] = documents.get_source(session, article.source_uuid)
    return found


def _derivations(
    session: Session, entries: list[dict[str, str]], sources: Mapping[str, Source]
) -> None:
    for entry in entries:
        child, parent = sources[entry["child"]], sources[entry["parent"]]
        held = session.get(Derivation, (child.id, parent.id))
        # What was only suspected when the texts came in is declared by their own words.
        if held is None or held.basis == DerivationBasis.DETECTED:
            documents.judge_derivation(
                session,
                child,
                parent,
                kind=entry["kind"],
                basis=DerivationBasis.DECLARED,
                reason=entry["reason"],
                actor=SYSTEM,
            )


def _review(
    session: Session,
    entry: Mapping[str, Any],
    articles: Mapping[str, str],
    sources: Mapping[str, Source],
    people: list[Actor],
) -> None:
    """Add an entry's evidence and take its decision, unless its claim was touched before."""
    claim = _claim_with(session, articles[entry["article"]], entry["phrase"])
    layer = Layer(entry["layer"])
    if session.get(Finding, (claim.id, layer.value)) is None:
        return
    touched = select(Evidence.id).where(Evidence.claim_id == claim.id, Evidence.layer == layer)
    if session.execute(touched).first():
        return
    first, second = people[0], people[1]
    for given in entry["evidence"]:
        source = sources[given["source"]]
        body = {key: value for key, value in given.items() if key != "source"}
        loaded = CreateEvidenceSchema().load({**body, "layer": layer, "source_id": source.uuid})
        evidence.add_evidence(session, claim, source, loaded, actor=first)
    policy = review.Policy()
    common: dict[str, Any] = {"layer": layer, "policy": policy}
    verdict = {"verdict": entry["verdict"], "rationale": entry["rationale"]}
    claim = review.act(
        session, _again(session, claim), action=Action.PROPOSE, actor=first, **common, **verdict
    )
    if entry["approve"]:
        review.act(session, claim, action=Action.APPROVE, actor=second, **common)


def _again(session: Session, claim: Claim) -> Claim:
    session.refresh(claim)
    return claim


def _claim_with(session: Session, article_id: str, phrase: str) -> Claim:
    """
    Return the claim of an article that shares most with a phrase.

    :raises LookupError: if the article has no claim there
    """
    article = documents.get_article(session, article_id)
    text = documents.text_of(session, article).text
    start = text.index(phrase)
    end = start + len(phrase)
    statement = select(Claim).join(Article).where(Article.uuid == article_id)
    found = [
        (min(claim.end, end) - max(claim.start, start), -(claim.end - claim.start), claim)
        for claim in session.execute(statement.order_by(Claim.id)).scalars()
    ]
    shared, _, best = max(found, key=lambda item: item[:2], default=(0, 0, None))
    if best is None or shared <= 0:
        raise LookupError(f"{article_id} has no claim at “{phrase}”.")
    return best
