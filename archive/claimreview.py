"""
Our findings as ClaimReview, by schema.org's and Google's rules. Pure: documents in, JSON-LD out.

Only a finding that is decided now is told, and a rating has a number only where truth is a matter
of degree: `disputed` or `misleading` has no place between true and false. What the claim says and
whether it was said are two reviews, tied by `associatedClaimReview`; a correction of ours is told
as `correction`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from errors import NotFoundError

CONTEXT = "https://schema.org"

#: Where a verdict stands from false (1) to true (5); the others are on no such scale.
SCALE = {"false": 1, "partly_verified": 3, "verified": 5}

#: What a verdict is called.
LABELS = {
    "verified": "Verified",
    "partly_verified": "Partly verified",
    "misleading": "Misleading",
    "false": "False",
    "disputed": "Disputed",
    "insufficient_evidence": "Insufficient evidence",
    "unverifiable": "Unverifiable",
    "pending_outcome": "Pending outcome",
}

#: Verdict kinds that say of an earlier decision that it was wrong.
_CORRECTING = frozenset({"correct", "retract"})


@dataclass(frozen=True, slots=True)
class Desk:
    """Who publishes the review: a name, and the public address of the instance."""

    name: str
    base_url: str

    def page_of(self, claim_id: str) -> str:
        """Return the address of a claim's page."""
        return f"{self.base_url.rstrip('/')}/claims/{claim_id}"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A claim with what surrounds it, each in the shape of the API."""

    claim: Mapping[str, Any]
    article: Mapping[str, Any]
    evidence: Sequence[Mapping[str, Any]] = ()
    #: Decisions on the claim, oldest first, each with who proposed and who decided.
    decisions: Sequence[Mapping[str, Any]] = ()
    #: The source that stands for the article.
    own_source: Mapping[str, Any] = field(default_factory=dict)
    #: The sources of the evidence and all that these derive from, and how.
    sources: Sequence[Mapping[str, Any]] = ()
    derivations: Sequence[Mapping[str, Any]] = ()


def claim_review(reviewed: Reviewed, desk: Desk) -> dict[str, Any]:
    """
    Return the review of a claim: of its fact where that is decided, else of its being said.

    :raises NotFoundError: if nothing about the claim is decided now
    """
    layers = [layer for layer in ("fact", "said") if _is_decided(reviewed, layer)]
    if not layers:
        raise NotFoundError("There is no ClaimReview of this claim: no finding is decided now.")
    first, *others = (_review(reviewed, desk, layer) for layer in layers)
    if others:
        first["associatedClaimReview"] = others[0]
    return {"@context": CONTEXT, **first}


def _is_decided(reviewed: Reviewed, layer: str) -> bool:
    finding = reviewed.claim["findings"].get(layer)
    return finding is not None and finding["state"] == "decided"


def _review(reviewed: Reviewed, desk: Desk, layer: str) -> dict[str, Any]:
    claim = reviewed.claim
    finding = claim["findings"][layer]
    address = desk.page_of(claim["id"])
    found = {
        "@type": "ClaimReview",
        "@id": f"{address}#{layer}",
        "url": address,
        "reviewAspect": "whether it is true" if layer == "fact" else "whether it was said",
        "claimReviewed": _wording(claim, layer),
        "reviewRating": _rating(finding["verdict"]),
        "reviewBody": finding["rationale"],
        "datePublished": finding["decided_at"],
        "author": _organisation(desk),
        "itemReviewed": _item(reviewed, layer),
        "citation": list(_citations(reviewed.evidence, layer)),
        "correction": list(_corrections(reviewed.decisions, layer)),
    }
    return {name: value for name, value in found.items() if value}


def _wording(claim: Mapping[str, Any], layer: str) -> str:
    words: str = claim["normalized_text"] or claim["text"]
    if layer == "fact":
        return words
    return f"{claim['claimant']['name']} said: {words}"


def _rating(verdict: str) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": LABELS[verdict]}
    if verdict in SCALE:
        rating |= {"ratingValue": SCALE[verdict], "bestRating": 5, "worstRating": 1}
    return rating


def _organisation(desk: Desk) -> dict[str, Any]:
    return {"@type": "Organization", "name": desk.name, "url": desk.base_url}


def _item(reviewed: Reviewed, layer: str) -> dict[str, Any]:
    """Return the claim itself: who made it, when, and where it appears."""
    claim, claimant = reviewed.claim, reviewed.claim["claimant"]
    item: dict[str, Any] = {"@type": "Claim", "text": _wording(claim, layer)}
    if claimant:
        item["author"] = _claimant(claim)
    said_on = (claim["attribution"] or {}).get("said_on") or {}
    if said_on.get("earliest") and said_on.get("earliest") == said_on.get("latest"):
        item["datePublished"] = said_on["earliest"]
    item["appearance"] = _appearance(reviewed.article)
    return item


def _claimant(claim: Mapping[str, Any]) -> dict[str, Any]:
    name = claim["claimant"]["name"]
    kinds = {entity["name"]: entity["type"] for entity in claim["entities"]}
    author = {
        "@type": "Organization" if kinds.get(name) == "org" else "Person",
        "name": name,
    }
    if claim["claimant"]["role"] and author["@type"] == "Person":
        author["jobTitle"] = claim["claimant"]["role"]
    return author


def _appearance(article: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        "@type": "NewsArticle",
        "headline": article["title"],
        "url": article["url"],
        "datePublished": article["published_on"],
        "inLanguage": article["language"],
    }
    if article["publisher"]:
        found["publisher"] = {"@type": "Organization", "name": article["publisher"]}
    return {name: value for name, value in found.items() if value}


def _citations(evidence: Sequence[Mapping[str, Any]], layer: str) -> Iterator[dict[str, Any]]:
    """Yield what the finding rests on: evidence that was not withdrawn."""
    for item in evidence:
        if item["layer"] != layer or item["withdrawal"]:
            continue
        source = item["source"]
        found = {
            "@type": "CreativeWork",
            "name": source["title"] or source["publisher"] or source["url"],
            "url": source["url"],
            "datePublished": source["published_on"],
        }
        yield {name: value for name, value in found.items() if value}


def _corrections(decisions: Sequence[Mapping[str, Any]], layer: str) -> Iterator[dict[str, Any]]:
    """Yield where we said something else before and it was wrong."""
    before = None
    for decision in decisions:
        if decision["layer"] != layer:
            continue
        if before and decision["verdict_kind"] in _CORRECTING:
            yield {
                "@type": "CorrectionComment",
                "text": f"{_change(before, decision['verdict'])}: {decision['rationale']}",
                "datePublished": decision["decided_at"],
            }
        before = decision["verdict"]


def _change(before: str, now: str | None) -> str:
    if now is None:
        return f"“{LABELS[before]}” was taken back"
    return f"Corrected from “{LABELS[before]}” to “{LABELS[now]}”"
