"""
The story of the seeds, told over HTTP: five outlets, one wire, a loop, a correction.

Six texts say how many passengers were on a ferry. Two outlets copy the wire, two cite each other,
one seems to know by itself, until it turns out that it does not.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


class Desk:
    """People who read, cite, judge and decide over HTTP."""

    def __init__(self, client, as_role):
        self.client = client
        self.ana, self.ben = as_role("reviewer"), as_role("reviewer")
        self.edith = as_role("editor")
        self.sources: dict[str, str] = {}
        self.claim = ""
        self.wire: dict[str, str] = {}
        self.then = ""

    def get(self, path, **query):
        answer = self.client.get(f"/api/v1{path}", query_string=query)
        assert answer.status_code == 200, answer.json
        return answer.json

    def post(self, path, who, body, *, tag=None):
        headers = who | ({"If-Match": tag} if tag else {})
        answer = self.client.post(f"/api/v1{path}", json=body, headers=headers)
        assert answer.status_code in (200, 201), answer.json
        return answer.json

    def read_articles(self):
        """Take in the story's articles, the wire first; the claim is the Herald's."""
        for entry in json.loads((SEEDS / "desk.json").read_text("utf-8"))["articles"]:
            if entry.get("story") != "ferry":
                continue
            text = (SEEDS / "articles" / entry["file"]).read_text("utf-8")
            known = {name: entry[name] for name in ("title", "publisher", "published_on", "url")}
            made = self.post("/articles", self.edith, {"text": text, **known})
            self.sources[entry["publisher"]] = made["source_id"]
            if entry["publisher"] == "Bay Herald":
                self.claim = next(c["id"] for c in made["claims"] if "412" in c["text"])

    def now(self, **query):
        return self.get(f"/claims/{self.claim}", **query)

    def cite(self, source, **given):
        body = {"relation": "supports", "basis": "secondary", **given}
        body |= {"source_id": source} if isinstance(source, str) else {"source": source}
        return self.post(f"/claims/{self.claim}/evidence", self.ana, body)

    def judge(self, child, parent, kind="republishes"):
        body = {"parent_id": self.sources[parent], "kind": kind, "judgement": "confirmed"}
        return self.post(f"/sources/{self.sources[child]}/derivations", self.edith, body)

    def act(self, who, **body):
        found = self.now()
        tag = f'"{found["id"]}-{found["version"]}"'
        return self.post(f"/claims/{self.claim}/reviews", who, body, tag=tag)

    def decide(self, verdict, rationale, **given):
        self.act(self.ana, action="propose", verdict=verdict, rationale=rationale, **given)
        return self.act(self.ben, action="approve")

    def gate(self, verdict):
        answer = self.get(f"/claims/{self.claim}/gate", verdict=verdict)
        missing = [each["code"] for each in answer["conditions"] if not each["met"]]
        return missing, answer["conditions"][0]["explanation"]

    def origins(self):
        found = self.get(f"/claims/{self.claim}/provenance")["origins"]
        return (found["confirmed"], found["suspected"]), found["reason"]


@pytest.fixture
def desk(client, as_role):
    return Desk(client, as_role)


def who_copied_whom(desk):
    """Whoever has the wire's words is found to have them from the wire."""
    desk.read_articles()
    upstream = {
        name: {
            (desk_name, step["basis"])
            for step in desk.get(f"/sources/{desk.sources[name]}/lineage")["upstream"]
            for desk_name, source in desk.sources.items()
            if source == step["parent_id"]
        }
        for name in desk.sources
    }
    assert upstream["Bay Herald"] == upstream["Fjord Post"] == {("Sound Wire", "detected")}
    assert upstream["Quay Journal"] == {("Inland Courier", "detected")}
    assert upstream["Strait Gazette"] == set()


def suspicions_count_as_suspicions(desk):
    """Suspicions count as suspicions until a person judges them."""
    desk.wire = desk.cite(desk.sources["Sound Wire"], basis="primary", credibility=2)
    for name in ("Fjord Post", "Inland Courier", "Quay Journal", "Strait Gazette"):
        desk.cite(desk.sources[name])
    counts, reason = desk.origins()
    assert counts == (5, 3)
    assert reason.endswith("If the suspected copies are confirmed, 3 independent origins remain.")


def a_person_judges_the_copies(desk):
    """A person confirms the copies and sees that two outlets cite only each other."""
    desk.judge("Fjord Post", "Sound Wire")
    desk.judge("Quay Journal", "Inland Courier", "cites")
    desk.judge("Inland Courier", "Quay Journal", "cites")
    counts, reason = desk.origins()
    assert counts == (2, 2)
    assert reason in (
        "5 sources, 2 independent origins (Sound Wire; Strait Gazette). 1 repeats Sound Wire. "
        "Inland Courier and Quay Journal cite only each other.",
        "5 sources, 2 independent origins (Strait Gazette; Sound Wire). 1 repeats Sound Wire. "
        "Inland Courier and Quay Journal cite only each other.",
        "5 sources, 2 independent origins (Sound Wire; Strait Gazette). 1 repeats Sound Wire. "
        "Quay Journal and Inland Courier cite only each other.",
        "5 sources, 2 independent origins (Strait Gazette; Sound Wire). 1 repeats Sound Wire. "
        "Quay Journal and Inland Courier cite only each other.",
    )


def two_origins_pass_the_gate(desk):
    """The gate: two origins with a primary source suffice; nothing shows that it is false."""
    assert desk.gate("verified")[0] == []
    assert desk.gate("false")[0] == ["refutation", "named_source", "contrary_answered"]
    verified = desk.decide("verified", "Two independent reports, one of them first-hand.")
    assert verified["status"] == "verified"
    assert "fact: verified" in verified["summary"]
    desk.then = verified["updated_at"]
    assert desk.get("/claims", needs="stale")["total"] == 0


def an_origin_falls(desk):
    """The Gazette's steward had the number from the wire: one origin is too few."""
    desk.judge("Strait Gazette", "Sound Wire", "cites")
    stale = desk.now()["findings"]["fact"]["stale_because"]
    assert (stale["trigger"], stale["cause"]) == (
        "origins_fell",
        desk.sources["Strait Gazette"],
    )
    assert desk.now()["independent_origins"]["confirmed"] == 1
    assert desk.gate("verified")[0] == ["support"]
    assert desk.get("/claims", status="stale")["total"] == 1
    assert desk.claim in [c["id"] for c in desk.get("/claims", needs="another_look")["items"]]


def the_wire_corrects_itself(desk):
    """The wire corrects itself, and the shipping register has another number."""
    tag = desk.client.get(f"/api/v1/sources/{desk.sources['Sound Wire']}").headers["ETag"]
    notice = {"kind": "corrected", "note": "396 passengers were on board."}
    desk.post(f"/sources/{desk.sources['Sound Wire']}/notices", desk.edith, notice, tag=tag)
    desk.cite(
        {"kind": "dataset", "title": "Passenger list of the Alva", "reliability": "A"},
        relation="refutes",
        basis="primary",
        quote="396 passengers",
        answers=desk.wire["id"],
        decisive=True,
    )
    assert desk.gate("disputed")[0] == []
    corrected = desk.decide(
        "disputed",
        "The passenger list has 396, and the wire corrected itself.",
        verdict_kind="correct",
    )
    assert corrected["status"] == "disputed"


def what_was_held_then(desk):
    """What was held then is still answered, filters and counts included."""
    past = desk.now(as_of=desk.then)
    assert (past["status"], past["independent_origins"]["confirmed"]) == ("verified", 2)
    assert desk.get("/claims", status="verified", as_of=desk.then)["total"] == 1
    assert desk.get("/claims", status="verified")["total"] == 0
    held = desk.get(f"/claims/{desk.claim}/verdicts", about="2022-03-04")["held"]
    assert (held["status"], held["kind"]) == ("disputed", "correct")
    held = desk.get(f"/claims/{desk.claim}/verdicts", about="2022-03-04", as_of=desk.then)["held"]
    assert (held["status"], held["kind"]) == ("verified", "assess")


def readers_are_told(desk):
    """Readers are told of both decisions, the correction first."""
    items = desk.get("/feed.json")["items"]
    assert [item["_dateline"]["verdict_kind"] for item in items] == ["correct", "assess"]
    assert "verified → disputed" in items[0]["title"]
    resting = desk.get(f"/sources/{desk.sources['Sound Wire']}/claims")["items"]
    assert [claim["id"] for claim in resting] == [desk.claim]


class TestStory:
    def test_from_five_outlets_to_a_correction(self, desk):
        who_copied_whom(desk)
        suspicions_count_as_suspicions(desk)
        a_person_judges_the_copies(desk)
        two_origins_pass_the_gate(desk)
        an_origin_falls(desk)
        the_wire_corrects_itself(desk)
        what_was_held_then(desk)
        readers_are_told(desk)

        assert (desk.now()["status"], desk.now()["version"] > 1) == ("disputed", True)
