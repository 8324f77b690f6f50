"""Rows for tests: a test states only the fields that it is about."""

from __future__ import annotations

from datetime import date

from accounts import services as accounts
from claims import services
from claims.extraction.records import (
    Candidate,
    CheckWorthiness,
    Claimant,
    Extraction,
    Kind,
    Modality,
    Segment,
)
from permissions import SYSTEM, Actor, Role
from sources import services as documents

TEXT = "The minister said the bridge cost 40 million euros. It opened in 1932. 🌉 Nobody knows why."


def candidate(text: str, words: str, *, claimant: str | None = None, **given) -> Candidate:
    """Return a candidate claim at the first place of its words."""
    start = text.index(words)
    return Candidate(
        start=start,
        end=start + len(words),
        kind=given.pop("kind", Kind.EVENT),
        modality=Modality.ASSERTED,
        is_checkable=True,
        check_worthiness=CheckWorthiness(0.7, ("names an amount",)),
        claimant=Claimant(claimant) if claimant else None,
        **given,
    )


def make_article(session, *, text: str = TEXT, candidates=None, actor: Actor = SYSTEM, **facts):
    """Keep an article with two claims, one of them attributed."""
    found = candidates or (
        candidate(text, "the bridge cost 40 million euros", claimant="The minister"),
        candidate(text, "It opened in 1932"),
    )
    given = {"published_on": date(2021, 12, 14), **facts}
    article, _ = services.ingest(session, text, extraction_of(text, found), actor=actor, **given)
    return article


def extraction_of(text: str, found) -> Extraction:
    """Return what the pipeline would say of a text with these candidates and nothing else."""
    spans = sorted((c.start, c.end) for c in found)
    segments, place = [], 0
    for start, end in spans:
        if start > place:
            segments.append(Segment(place, start, "unchecked"))
        segments.append(Segment(start, end, "claim"))
        place = end
    segments.append(Segment(place, len(text), "unchecked"))
    return Extraction("en", tuple(found), tuple(segments))


def make_claim(session, **facts):
    """Keep an article and return its first claim, which is attributed."""
    from sqlalchemy import select

    from claims.models import Claim

    article = make_article(session, **facts)
    query = select(Claim).where(Claim.article_id == article.id).order_by(Claim.start)
    return session.execute(query).scalars().first()


def make_source(session, *, actor: Actor = SYSTEM, **given):
    """Keep a source."""
    return documents.add_source(
        session, {"kind": "official", "title": "A report", **given}, actor=actor
    )


def claim_review(**changed):
    """Return a ClaimReview of another desk without defects, and what a test changes about it."""
    whole = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://desk.example/bridge",
        "claimReviewed": "The bridge cost 40 million euros.",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Mostly true",
            "ratingValue": 4,
            "bestRating": 5,
            "worstRating": 1,
        },
        "author": {"@type": "Organization", "name": "The Desk"},
        "datePublished": "2022-03-04",
        **changed,
    }
    return {name: value for name, value in whole.items() if value is not None}


def make_reviewer(session, name: str = "ana", role: str = "reviewer") -> Actor:
    """Keep a person, and return them as they act."""
    reviewer = accounts.add_reviewer(session, name, Role(role))
    return Actor(reviewer.uuid, Role(role))
