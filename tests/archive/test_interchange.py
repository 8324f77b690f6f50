"""The formats of the field over HTTP, judged by their own rules and readers."""

import json
from importlib.resources import files

import prov.model
import pytest

import factories
from claims import evidence, review
from claims.statuses import Action, Layer
from permissions import SYSTEM
from schemas.claims import CreateEvidenceSchema


@pytest.fixture(scope="module")
def vocabulary():
    """schema.org's own definitions, as the RO-Crate library ships them."""
    graph = json.loads((files("rocrate") / "data" / "schema.jsonld").read_text())["@graph"]
    return {entry["@id"].removeprefix("schema:"): entry for entry in graph}


def named(entry, name):
    """The local names under a key of a definition."""
    found = entry.get(name, [])
    return {
        item["@id"].removeprefix("schema:")
        for item in (found if isinstance(found, list) else [found])
    }


def ancestors(vocabulary, kind):
    """A type with every type above it."""
    found, todo = set(), [kind]
    while todo:
        kind = todo.pop()
        found.add(kind)
        todo += named(vocabulary[kind], "rdfs:subClassOf") & vocabulary.keys() - found
    return found


def out_of_place(vocabulary, node):
    """Yield each property that schema.org does not have on its node's type, or as its value."""
    above = ancestors(vocabulary, node["@type"])
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in vocabulary or not named(vocabulary[name], "schema:domainIncludes") & above:
            yield f"{node['@type']}.{name}"
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                ranges = named(vocabulary[name], "schema:rangeIncludes")
                if not ranges & ancestors(vocabulary, item["@type"]):
                    yield f"{node['@type']}.{name}: {item['@type']}"
                yield from out_of_place(vocabulary, item)


@pytest.fixture
def desk(app, client, as_role):
    """A claim that one person said, and the means to decide it."""
    return Desk(app, client)


class Desk:
    def __init__(self, app, client):
        self.app, self.client = app, client
        with self.writing() as session:
            self.claim = factories.make_claim(
                session, title="The bridge", publisher="Daily", url="https://daily.example/1"
            ).uuid
            self.people = [factories.make_reviewer(session, name) for name in ("ana", "ben")]

    def writing(self):
        return self.app.extensions["dateline.db"].writing()

    def decide(self, layer, verdict, kind=None, rationale="We read the record."):
        from claims import services

        with self.writing() as session:
            claim = services.get_claim(session, self.claim)
            common = {"layer": Layer(layer), "policy": review.Policy()}
            given = {"verdict": verdict, "rationale": rationale, "verdict_kind": kind}
            given["override"] = "The test decides without evidence."
            if services.get_finding(session, claim, Layer(layer)).state == "decided":
                again = {**common, "actor": self.people[1], "reason": "Look again."}
                claim = review.act(session, claim, action=Action.CHALLENGE, **again)
            claim = review.act(
                session, claim, action=Action.PROPOSE, actor=self.people[0], **common, **given
            )
            review.act(session, claim, action=Action.APPROVE, actor=self.people[1], **common)

    def cite(self, **given):
        from claims import services

        with self.writing() as session:
            parent = factories.make_source(session, title="The wire", publisher="Wire")
            source = factories.make_source(
                session, title="Accounts", publisher="Audit", url="https://audit.example/2"
            )
            from sources import services as documents
            from sources.models import DerivationBasis

            documents.judge_derivation(
                session,
                source,
                parent,
                kind="quotes",
                basis=DerivationBasis.CONFIRMED,
                actor=SYSTEM,
            )
            body = {"relation": "supports", "basis": "primary", "quote": "cost 40 million", **given}
            loaded = CreateEvidenceSchema().load({**body, "source_id": source.uuid})
            claim = services.get_claim(session, self.claim)
            evidence.add_evidence(session, claim, source, loaded, actor=SYSTEM)

    def get(self, path):
        return self.client.get(f"/api/v1/claims/{self.claim}{path}")


class TestClaimReview:
    def test_there_is_none_before_a_decision(self, desk):
        answer = desk.get("?format=claimreview")

        assert (answer.status_code, answer.json["code"]) == (404, "not_found")

    def test_every_property_stands_where_schema_org_has_it(self, desk, vocabulary):
        desk.cite()
        desk.decide("fact", "false")
        desk.decide("said", "verified")
        desk.decide("fact", "verified", "correct", "The accounts say so.")

        found = desk.get("?format=claimreview").json

        assert list(out_of_place(vocabulary, found)) == []
        assert found["@context"] == "https://schema.org"

    def test_both_layers_are_named(self, desk):
        desk.decide("fact", "false")
        desk.decide("said", "verified")

        found = desk.get("?format=claimreview").json

        assert found["reviewAspect"] == "whether it is true"
        assert found["reviewRating"]["alternateName"] == "False"
        said = found["associatedClaimReview"]
        assert said["claimReviewed"].startswith("The minister said: ")
        assert said["reviewRating"]["alternateName"] == "Verified"

    @pytest.mark.parametrize(
        ("verdict", "value"),
        [
            ("verified", 5),
            ("partly_verified", 3),
            ("false", 1),
            ("misleading", None),
            ("disputed", None),
            ("unverifiable", None),
            ("insufficient_evidence", None),
        ],
    )
    def test_only_truth_on_a_scale_has_a_number(self, desk, verdict, value):
        desk.decide("fact", verdict)

        rating = desk.get("?format=claimreview").json["reviewRating"]

        assert rating.get("ratingValue") == value
        assert rating["alternateName"]

    def test_a_correction_says_what_was_wrong(self, desk):
        desk.decide("fact", "false")
        desk.decide("fact", "verified", "correct", "The accounts say so.")

        correction = desk.get("?format=claimreview").json["correction"][0]

        assert correction["text"] == "Corrected from “False” to “Verified”: The accounts say so."

    def test_a_retraction_before_it_says_what_was_taken_back(self, desk):
        desk.decide("fact", "false")
        desk.decide("fact", None, "retract", "Nobody had read it.")
        desk.decide("fact", "verified")

        correction = desk.get("?format=claimreview").json["correction"][0]

        assert correction["text"] == "“False” was taken back: Nobody had read it."
        assert desk.get("/provenance?format=prov").status_code == 200

    def test_what_is_read_back_has_no_defect(self, desk):
        from archive.claimreview_reading import find_reviews, read_review

        desk.decide("fact", "false")

        (raw,) = find_reviews(desk.get("?format=claimreview").json)

        assert read_review(raw).warnings == ()


class TestWebAnnotation:
    def test_the_selectors_find_the_claim_in_the_text(self, desk):
        answer = desk.get("?format=webannotation")

        target = answer.json["target"]
        position, quote = target["selector"]
        text = desk.client.get(target["state"]["cached"].removeprefix("http://127.0.0.1:8000")).text
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert answer.json["type"] == "Annotation"
        assert answer.content_type.startswith("application/ld+json; profile=")

    def test_evidence_is_told_with_its_quote(self, desk):
        desk.cite()

        page = desk.get("/evidence?format=webannotation").json

        (item,) = page["items"]
        assert item["body"]["relation"] == "supports"
        assert item["target"]["selector"][0]["exact"] == "cost 40 million"


class TestProv:
    def test_the_prov_library_reads_it_whole(self, desk):
        desk.cite()
        desk.decide("fact", "verified")

        document = prov.model.ProvDocument.deserialize(
            content=desk.get("/provenance?format=prov").text, format="json"
        )

        kinds = {type(record).__name__ for record in document.get_records()}
        assert {"ProvDerivation", "ProvAttribution", "ProvAssociation", "ProvInfluence"} <= kinds
        again = json.loads(document.serialize(format="json"))
        assert set(again["entity"]) == set(desk.get("/provenance?format=prov").json["entity"])

    def test_two_people_stand_behind_a_decision(self, desk):
        desk.decide("fact", "verified")

        found = desk.get("/provenance?format=prov").json["wasAssociatedWith"].values()

        assert {step["prov:role"] for step in found} == {"proposed_by", "decided_by"}
        assert len({step["prov:agent"] for step in found}) == 2
