"""
ClaimReviews of other desks, kept as sources: the raw object whole, its label never our verdict.

A review that is here already, byte for byte, is left alone, so importing twice changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.claimreview_reading import MOST_REVIEWS, ForeignReview, read_review
from errors import InvalidInputError
from permissions import Actor
from sources import services, snapshots
from sources.models import Blob, Snapshot, Source, SourceKind
from sources.snapshots import Captured

MEDIA_TYPE = "application/ld+json"

#: Longest title that a source has.
LONGEST_TITLE = 1_000


def import_reviews(
    session: Session, found: Sequence[Mapping[str, Any]], *, actor: Actor
) -> list[dict[str, Any]]:
    """
    Keep ClaimReviews as sources; returns what became of each, in their order.

    :raises InvalidInputError: if there is none, or more than are taken at once
    """
    if not found:
        raise InvalidInputError(
            "There is no ClaimReview in this.",
            {"body": "Send an object, array or feed with @type ClaimReview, or a page with one."},
        )
    if len(found) > MOST_REVIEWS:
        raise InvalidInputError(
            f"These are {len(found)} reviews.", {"body": f"Send at most {MOST_REVIEWS} at once."}
        )
    return [_keep(session, read_review(raw), actor) for raw in found]


def _keep(session: Session, review: ForeignReview, actor: Actor) -> dict[str, Any]:
    if not review.is_readable:
        return review_document(review, source_id=None) | {"outcome": "refused"}
    content = json.dumps(review.raw, ensure_ascii=False, separators=(",", ":")).encode()
    known = snapshots.find_snapshot(session, hashlib.sha256(content).hexdigest())
    if known is not None:
        source = session.get_one(Source, known.source_id)
        return review_document(review, source_id=source.uuid) | {"outcome": "known"}
    source = services.add_source(session, _facts(review), actor=actor)
    captured = Captured(content, MEDIA_TYPE, text=_readable(review), final_url=review.url)
    snapshots.take_snapshot(session, source, captured, actor=actor)
    return review_document(review, source_id=source.uuid) | {"outcome": "taken"}


def _facts(review: ForeignReview) -> dict[str, Any]:
    facts = {
        "title": (review.claim or "")[:LONGEST_TITLE],
        "publisher": (review.publisher or "")[:300] or None,
        "url": review.url,
        "published_on": review.published_on,
    }
    return {"kind": SourceKind.CLAIM_REVIEW.value, **facts}


def _readable(review: ForeignReview) -> str:
    """Return what the review says, so that it can be quoted."""
    return "\n".join(line for line in (review.claim, review.rating.label) if line)


def reviews_query() -> Select[Any]:
    """Select the reviews taken from elsewhere with their raw bytes; the caller orders them."""
    return (
        select(Source, Blob.content)
        .join(Snapshot, Snapshot.source_id == Source.id)  # type: ignore[arg-type]
        .join(Blob, Blob.sha256 == Snapshot.sha256)  # type: ignore[arg-type]
        .where(Source.kind == SourceKind.CLAIM_REVIEW.value, Snapshot.media_type == MEDIA_TYPE)  # type: ignore[arg-type]
    )


def documents_of(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return kept reviews in the API's shape, read anew from their raw objects."""
    return [
        review_document(read_review(json.loads(row.content)), source_id=row.Source.uuid)
        for row in rows
    ]


def review_document(review: ForeignReview, *, source_id: str | None) -> dict[str, Any]:
    """Return a review of another desk in the API's shape; the label is theirs."""
    return {
        "source_id": source_id,
        "claim_reviewed": review.claim,
        "claimant": review.claimant,
        "publisher": review.publisher,
        "url": review.url,
        "published_on": review.published_on,
        "language": review.language,
        "appearances": list(review.appearances),
        "rating": asdict(review.rating),
        "warnings": list(review.warnings),
    }
