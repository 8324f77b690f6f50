"""
Claims and quoted evidence as W3C Web Annotations. Pure: documents in, JSON-LD out.

A claim's target is its article's text, by a position selector in code points and a quote selector,
with the state of the text that they count in; the digest of that text goes along, so that a
reader can tell whether it has the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.claimreview import Reviewed

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"text_sha256": "urn:dateline:text_sha256", "relation": "urn:dateline:relation"},
]


def claim_annotation(reviewed: Reviewed, base_url: str) -> dict[str, Any]:
    """Return a claim as an annotation of its article."""
    claim, article = reviewed.claim, reviewed.article
    text = f"{base_url}/api/v1/articles/{article['id']}/text"
    return {
        "@context": CONTEXT,
        "id": f"{base_url}/api/v1/claims/{claim['id']}",
        "type": "Annotation",
        "motivation": "assessing",
        "created": claim["created_at"],
        "modified": claim["updated_at"],
        "body": [_body(claim["normalized_text"] or claim["text"], "describing")]
        + [_body(topic, "tagging") for topic in claim["topics"]]
        + [_body(claim["status"], "classifying")],
        "target": {
            "source": article["url"] or text,
            "selector": _selectors(claim["selector"]),
            "state": {
                "type": "TimeState",
                "sourceDate": article["text_added_at"],
                "cached": f"{text}?version={article['text_number']}",
                "text_sha256": claim["selector"]["text_sha256"],
            },
        },
    }


def _body(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"}


def _selectors(selector: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if "start" in selector:
        place = {"start": selector["start"], "end": selector["end"]}
        found.append({"type": "TextPositionSelector", **place})
    if selector.get("exact"):
        quote = {"type": "TextQuoteSelector", "exact": selector["exact"]}
        found.append(
            quote | {name: selector[name] for name in ("prefix", "suffix") if selector.get(name)}
        )
    return found


def evidence_page(reviewed: Reviewed, base_url: str) -> dict[str, Any]:
    """Return a claim's evidence as a page of annotations, those that quote with their place."""
    address = f"{base_url}/api/v1/claims/{reviewed.claim['id']}/evidence"
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": [
            _evidence_annotation(item, reviewed.claim["id"], base_url)
            for item in reviewed.evidence
            if item["withdrawal"] is None
        ],
    }


def _evidence_annotation(item: Mapping[str, Any], claim_id: str, base_url: str) -> dict[str, Any]:
    """Return a piece of evidence: the claim is what is said about the source's words."""
    source = item["source"]
    target: dict[str, Any] = {
        "source": source["url"] or f"{base_url}/api/v1/sources/{source['id']}"
    }
    if item["quote"]:
        place = item["selector"] or {}
        target["selector"] = _selectors({**place, "exact": item["quote"]})
        if place:
            target["state"] = {"type": "State", "text_sha256": place["text_sha256"]}
    return {
        "id": f"urn:uuid:{item['id']}",
        "type": "Annotation",
        "motivation": "linking",
        "created": item["added_at"],
        "body": {
            "id": f"{base_url}/api/v1/claims/{claim_id}",
            "relation": item["relation"],
        },
        "target": target,
    }
