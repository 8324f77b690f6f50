"""
Provenance of a claim as PROV-JSON (W3C member submission, 2013). Pure: documents in, JSON out.

Entities are the claim, its article, the sources and the findings; agents are the claimant, the
publishers and the reviewers by their pseudonyms; activities are the reading of the article and
each decision. What a source derives from is `wasDerivedFrom`; a derivation that is only suspected
says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from archive.claimreview import Reviewed

Document = dict[str, dict[str, Any]]

#: What of PROV each kind of derivation is.
_DERIVED = {
    "quotes": "prov:Quotation",
    "republishes": "prov:Revision",
    "translates": "prov:Revision",
}


def prov_document(reviewed: Reviewed, base_url: str) -> Document:
    """Return where a claim comes from and how it was decided."""
    writer = _Writer(base_url)
    writer.article(reviewed.article, reviewed.own_source)
    writer.claim(reviewed.claim, reviewed.article)
    for source in reviewed.sources:
        writer.source(source)
    for step in reviewed.derivations:
        writer.derivation(step)
    for item in reviewed.evidence:
        if item["withdrawal"] is None:
            writer.evidence(item, reviewed.claim)
    for decision in reviewed.decisions:
        writer.decision(decision, reviewed)
    return writer.document


class _Writer:
    """Collects records; the same thing named twice is one record."""

    def __init__(self, base_url: str) -> None:
        self._related: set[str] = set()
        self.document: Document = {
            "prefix": {
                "dl": f"{base_url}/api/v1/",
                "term": "urn:dateline:",
                "dcterms": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
            }
        }

    def article(self, article: Mapping[str, Any], own: Mapping[str, Any]) -> None:
        """Record the article, published by its publisher; its source is the same document."""
        name = _name("articles", article["id"])
        self._add("entity", name, _facts("term:Article", article))
        self._published(name, article["publisher"])
        self.source(own)
        pair = {"prov:specificEntity": name, "prov:generalEntity": _name("sources", own["id"])}
        self._relate("specializationOf", pair)

    def source(self, source: Mapping[str, Any]) -> None:
        """Record a source and its publisher."""
        name = _name("sources", source["id"])
        self._add("entity", name, _facts("term:Source", source) | {"term:kind": source["kind"]})
        self._published(name, source["publisher"])

    def claim(self, claim: Mapping[str, Any], article: Mapping[str, Any]) -> None:
        """Record the claim: read out of its article, and made by its claimant."""
        name, activity = _name("claims", claim["id"]), f"term:reading-{claim['id']}"
        facts = {"prov:type": _type("term:Claim"), "prov:value": claim["text"]}
        self._add("entity", name, facts)
        self._add("activity", activity, {"prov:type": _type("term:Extraction")})
        used = _name("articles", article["id"])
        self._relate("used", {"prov:activity": activity, "prov:entity": used})
        made = {"prov:entity": name, "prov:activity": activity, "prov:time": claim["created_at"]}
        self._relate("wasGeneratedBy", made)
        self._relate(
            "wasDerivedFrom",
            {
                "prov:generatedEntity": name,
                "prov:usedEntity": used,
                "prov:type": _type("prov:Quotation"),
            },
        )
        if claim["claimant"]:
            agent = self._agent(claim["claimant"]["name"], "prov:Agent")
            self._relate("wasAttributedTo", {"prov:entity": name, "prov:agent": agent})

    def derivation(self, step: Mapping[str, Any]) -> None:
        """Record that a source got it from another, unless a person said that it did not."""
        if step["basis"] == "rejected":
            return
        found = {
            "prov:generatedEntity": _name("sources", step["child_id"]),
            "prov:usedEntity": _name("sources", step["parent_id"]),
            "term:kind": step["kind"],
            "term:basis": step["basis"],
        }
        if step["kind"] in _DERIVED:
            found["prov:type"] = _type(_DERIVED[step["kind"]])
        self._relate("wasDerivedFrom", found)

    def evidence(self, item: Mapping[str, Any], claim: Mapping[str, Any]) -> None:
        """Record what a source does for the claim."""
        found = {
            "prov:influencee": f"term:finding-{claim['id']}-{item['layer']}",
            "prov:influencer": _name("sources", item["source"]["id"]),
            "term:relation": item["relation"],
            "term:basis": item["basis"],
        }
        self._finding(claim, item["layer"])
        self._relate("wasInfluencedBy", found)

    def decision(self, decision: Mapping[str, Any], reviewed: Reviewed) -> None:
        """Record a decision with the two people who took it."""
        claim, layer = reviewed.claim, decision["layer"]
        activity = f"term:decision-{decision['seq']}"
        times = {"prov:startTime": decision["proposed_at"], "prov:endTime": decision["decided_at"]}
        self._add("activity", activity, {"prov:type": _type("term:Decision"), **times})
        made = {"prov:entity": self._finding(claim, layer), "prov:activity": activity}
        self._relate(
            "wasGeneratedBy",
            {
                **made,
                "prov:time": decision["decided_at"],
                "term:verdict": decision["verdict"] or "retracted",
            },
        )
        used = {"prov:activity": activity, "prov:entity": _name("claims", claim["id"])}
        self._relate("used", used)
        for role in ("proposed_by", "decided_by"):
            agent = self._agent(decision[role], "prov:Person")
            found = {"prov:activity": activity, "prov:agent": agent, "prov:role": role}
            self._relate("wasAssociatedWith", found)

    def _finding(self, claim: Mapping[str, Any], layer: str) -> str:
        name = f"term:finding-{claim['id']}-{layer}"
        self._add("entity", name, {"prov:type": _type("term:Finding"), "term:layer": layer})
        return name

    def _published(self, entity: str, publisher: str | None) -> None:
        if publisher:
            agent = self._agent(publisher, "prov:Organization")
            self._relate("wasAttributedTo", {"prov:entity": entity, "prov:agent": agent})

    def _agent(self, label: str, kind: str) -> str:
        name = f"term:agent-{quote(label, safe='')}"
        self._add("agent", name, {"prov:type": _type(kind), "prov:label": label})
        return name

    def _add(self, section: str, name: str, facts: Mapping[str, Any]) -> None:
        self.document.setdefault(section, {}).setdefault(name, dict(facts))

    def _relate(self, section: str, facts: Mapping[str, Any]) -> None:
        line = f"{section} {sorted(facts.items(), key=str)}"
        if line not in self._related:
            self._related.add(line)
            kept = self.document.setdefault(section, {})
            kept[f"_:{section}{len(kept) + 1}"] = dict(facts)


def _name(room: str, record_id: str) -> str:
    return f"dl:{room}/{record_id}"


def _type(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _facts(kind: str, document: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        "prov:label": document.get("title") or document.get("publisher"),
        "prov:location": document.get("url"),
        "dcterms:issued": document.get("published_on"),
    }
    return {"prov:type": _type(kind), **{name: value for name, value in found.items() if value}}
