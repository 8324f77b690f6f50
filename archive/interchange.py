"""A claim in the formats of the field, by their names."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from archive.claimreview import Desk, claim_review
from archive.gathering import gather
from archive.prov import prov_document
from archive.webannotation import claim_annotation, evidence_page
from claims.models import Claim

JSON_LD = "application/ld+json"

#: The annotations' own type, by the W3C Web Annotation Protocol.
ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def render(session: Session, claim: Claim, name: str, *, desk: Desk) -> tuple[dict[str, Any], str]:
    """
    Return a claim in a format, and the format's media type.

    :raises NotFoundError: for `claimreview`, if nothing about the claim is decided now
    """
    reviewed, base_url = gather(session, claim), desk.base_url.rstrip("/")
    if name == "claimreview":
        return claim_review(reviewed, desk), JSON_LD
    if name == "webannotation":
        return claim_annotation(reviewed, base_url), ANNOTATION
    if name == "evidence":
        return evidence_page(reviewed, base_url), ANNOTATION
    if name == "prov":
        return prov_document(reviewed, base_url), "application/json"
    raise ValueError(f"{name} is no format.")
