"""Articles, claims and reviews over HTTP: shape, status, permission, and no trace of refusals."""

import csv
import io
import json
from pathlib import Path

import pytest

import factories
from schemas.claims import ClaimSchema
from schemas.sources import ArticleSchema
from shared_files import SHARED, needs_shared

ARTICLE = (
    "The harbour authority signed a $40 million contract for two cranes in March 2021. "
    "“The cranes will arrive by the end of 2022,” director Paula Reyes told Harbour Radio on "
    "Monday. 🏗️ Café prices fell by 3 percent."
)


@pytest.fixture
def article(app):
    with app.extensions["dateline.db"].writing() as session:
        return factories.make_article(session, title="The bridge", publisher="Daily").uuid


@pytest.fixture
def claim(client, article):
    return client.get(f"/api/v1/articles/{article}/claims").json["items"][0]


def reviews(claim):
    return f"/api/v1/claims/{claim['id']}/reviews"


def cite(client, claim, headers, **given):
    """Add evidence from an official document, unless something else is given."""
    body = {
        "source": {"kind": "official", "title": "A report"},
        "relation": "supports",
        "basis": "primary",
        **given,
    }
    answer = client.post(f"/api/v1/claims/{claim['id']}/evidence", json=body, headers=headers)
    assert answer.status_code == 201
    return answer.json


def tag(record):
    return {"If-Match": f'"{record["id"]}-{record["version"]}"'}


class TestPostArticle:
    def test_claims_come_out_with_offsets_into_the_text(self, client, as_role):
        body = {"text": ARTICLE, "published_on": "2021-12-14", "publisher": "Daily"}

        answer = client.post("/api/v1/articles", json=body, headers=as_role("reporter"))

        assert answer.status_code == 201
        text = client.get(f"/api/v1/articles/{answer.json['id']}/text").data.decode()
        assert text == ARTICLE
        found = answer.json["claims"]
        assert len(found) >= 3
        for claim in found:
            selector = claim["selector"]
            assert text[selector["start"] : selector["end"]] == selector["exact"]
        quoted = next(c for c in found if "cranes will arrive" in c["text"])
        assert quoted["claimant"]["name"] == "Paula Reyes"
        assert quoted["attribution"]["said_on"]["earliest"] == "2021-12-13"
        money = next(c for c in found if "$40 million" in c["text"])
        assert ("40000000", "USD") in {(q["value"], q["unit"]) for q in money["quantities"]}

    def test_the_same_text_again_gives_the_same_article(self, client, as_role):
        headers = as_role("reporter")
        body = {"text": ARTICLE, "published_on": "2021-12-14"}
        first = client.post("/api/v1/articles", json=body, headers=headers)

        again = client.post("/api/v1/articles", json=body, headers=headers)

        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json["id"] == again.json["id"]

    def test_plain_text_takes_its_facts_from_the_query(self, client, as_role):
        answer = client.post(
            "/api/v1/articles?publisher=Daily",
            data=f"date 2021-12-14\n\n{ARTICLE}".encode(),
            content_type="text/plain",
            headers=as_role("reporter"),
        )

        assert answer.status_code == 201
        assert (answer.json["publisher"], answer.json["published_on"]) == ("Daily", "2021-12-14")

    def test_plain_text_takes_its_day_from_the_query(self, client, as_role):
        answer = client.post(
            "/api/v1/articles?published_on=2021-12-14",
            data=ARTICLE.encode(),
            content_type="text/plain",
            headers=as_role("reporter"),
        )

        assert (answer.status_code, answer.json.get("published_on")) == (201, "2021-12-14")

    def test_html_gives_title_day_and_publisher(self, client, as_role):
        html = (
            '<html lang="en"><head><title>Cranes</title>'
            '<meta property="og:site_name" content="Daily">'
            '<meta property="article:published_time" content="2021-12-14T08:00:00Z"></head>'
            f"<body><nav>Home</nav><article><h1>Cranes come</h1><p>{ARTICLE}</p></article></body>"
        )

        answer = client.post("/api/v1/articles", json={"html": html}, headers=as_role("reporter"))

        assert answer.status_code == 201
        assert answer.json["published_on"] == "2021-12-14"
        assert answer.json["publisher"] == "Daily"

    def test_a_whole_page_shows_in_the_coverage_map_with_what_is_no_prose(self, client, as_role):
        page = (Path(__file__).parents[1] / "pages" / "newspaper.html").read_text("utf-8")

        article = client.post(
            "/api/v1/articles", json={"html": page}, headers=as_role("reporter")
        ).json
        coverage = client.get(f"/api/v1/articles/{article['id']}/coverage").json

        assert {"table", "share", "rights"} <= {each["reason"] for each in coverage["segments"]}
        assert article["title"] == "Chipmaker to cut 4,000 jobs as orders fall"

    def test_a_text_without_a_day_is_refused_and_leaves_no_trace(self, client, as_role):
        answer = client.post(
            "/api/v1/articles", json={"text": ARTICLE}, headers=as_role("reporter")
        )

        assert answer.status_code == 422
        assert answer.json["errors"][0]["field"] == "published_on"
        assert client.get("/api/v1/articles").json["total"] == 0

    def test_another_language_is_kept_and_left_unchecked(self, client, as_role):
        text = "Der Minister hat gesagt, dass die Brücke nicht vor dem Sommer fertig ist."

        answer = client.post(
            "/api/v1/articles",
            json={"text": text, "published_on": "2021-12-14"},
            headers=as_role("reporter"),
        )

        assert answer.json["language"] == "de"
        assert answer.json["claims"] == []
        coverage = client.get(f"/api/v1/articles/{answer.json['id']}/coverage").json
        assert {segment["state"] for segment in coverage["segments"]} == {"unchecked"}

    @needs_shared
    def test_the_seed_article_gives_its_claims(self, client, as_role, tmp_path):
        import subprocess
        import sys

        answer = client.post(
            "/api/v1/articles",
            data=(SHARED / "gold/s500-india.txt").read_bytes(),
            content_type="text/plain",
            headers=as_role("reporter"),
        )
        found = tmp_path / "claims.json"
        found.write_text(json.dumps({"items": answer.json["claims"]}))

        scored = subprocess.run(
            [
                sys.executable,
                str(SHARED / "scorers/claims_score.py"),
                "--gold",
                str(SHARED / "gold/s500-india.json"),
                "--claims",
                str(found),
            ],
            capture_output=True,
            text=True,
        )

        score = json.loads(scored.stdout)
        assert score["f1"] >= 0.95
        assert score["taken"] == 0
        for name in ("speaker", "no_false_speaker", "said_on", "time", "money"):
            right, total = score[name].split("/")
            assert right == total, name


class TestArticle:
    def test_the_coverage_map_is_gapless(self, client, article):
        segments = client.get(f"/api/v1/articles/{article}/coverage").json["segments"]

        assert "".join(segment["text"] for segment in segments) == factories.TEXT
        assert {s["state"] for s in segments} >= {"claim", "unchecked"}

    def test_the_document_is_what_the_schema_says(self, client, article):
        document = client.get(f"/api/v1/articles/{article}").json

        assert set(document) == set(ArticleSchema().fields)
        assert document["claim_counts"] == {"unreviewed": 2}

    def test_a_person_marks_a_claim(self, client, as_role, article):
        start = factories.TEXT.index("Nobody knows why")

        answer = client.post(
            f"/api/v1/articles/{article}/claims",
            json={"start": start, "end": start + 16, "kind": "description"},
            headers=as_role("reviewer"),
        )

        assert answer.status_code == 201
        assert (answer.json["text"], answer.json["basis"]) == ("Nobody knows why", "marked")


class TestListClaims:
    def test_the_documents_are_what_the_schema_says(self, claim):
        assert set(claim) == set(ClaimSchema().fields)
        assert ClaimSchema().dump(claim) == claim

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("q=bridge", 1),
            ("q=bridges cost", 1),
            ("q=nothing", 0),
            ("status=unreviewed", 2),
            ("status=verified", 0),
            ("claimant=The minister", 1),
            ("kind=event&checkable=true", 2),
            ("publisher=Daily", 2),
            ("publisher=Nobody", 0),
        ],
    )
    def test_filters_narrow_it(self, client, article, query, count):
        assert client.get(f"/api/v1/claims?{query}").json["total"] == count

    def test_pages_show_every_claim_once(self, client, article):
        seen, url = [], "/api/v1/claims?limit=1"
        while url:
            page = client.get(url).json
            seen += [item["id"] for item in page["items"]]
            url = page["next"] and f"/api/v1/claims?limit=1&cursor={page['next']}"

        assert len(seen) == len(set(seen)) == 2

    def test_facets_count_what_matches(self, client, article):
        facets = client.get("/api/v1/claims?facet=status,kind").json["facets"]

        assert facets["status"] == [{"value": "unreviewed", "count": 2}]

    def test_ndjson_and_csv_hold_the_whole_list(self, client, article):
        ndjson = client.get("/api/v1/claims?format=ndjson").data.split(b"\n")[:-1]
        rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/claims?format=csv").text)))

        ids = {json.loads(line)["id"] for line in ndjson}
        assert ids == {row["id"] for row in rows}
        assert len(ids) == 2

    @pytest.mark.parametrize(
        "query",
        ["sort=password_hash", "cursor=AAAA", "limit=0", "limit=1000000", "status=x", "a=b", "q="],
    )
    def test_what_it_does_not_know_is_refused_by_name(self, client, query):
        answer = client.get(f"/api/v1/claims?{query}")

        assert answer.status_code == 422
        assert answer.json["errors"][0]["field"] == query.split("=")[0]


class TestReviews:
    def test_two_people_verify_a_claim(self, client, as_role, claim):
        ana, ben = as_role("reviewer"), as_role("reviewer")
        body = {"action": "propose", "verdict": "verified", "rationale": "It is on record."}
        cite(client, claim, ana)
        claim = client.get(f"/api/v1/claims/{claim['id']}").json

        proposed = client.post(reviews(claim), json=body, headers=ana | tag(claim))
        own = client.post(
            reviews(claim), json={"action": "approve"}, headers=ana | tag(proposed.json)
        )
        approved = client.post(
            reviews(claim), json={"action": "approve"}, headers=ben | tag(proposed.json)
        )

        assert proposed.status_code == 201
        assert (own.status_code, own.json["code"]) == (409, "two_person_rule")
        assert approved.json["status"] == "verified"
        assert client.get(f"/api/v1/claims/{claim['id']}").json["status"] == "verified"

    def test_without_if_match_it_is_428_and_with_an_old_one_412(self, client, as_role, claim):
        ana = as_role("reviewer")
        body = {"action": "take"}

        none = client.post(reviews(claim), json=body, headers=ana)
        client.post(reviews(claim), json=body, headers=ana | tag(claim))
        stale = client.post(reviews(claim), json={"action": "release"}, headers=ana | tag(claim))
        star = client.post(reviews(claim), json=body, headers=ana | {"If-Match": "*"})

        assert (none.status_code, none.json["code"]) == (428, "precondition_required")
        assert (stale.status_code, stale.json["code"]) == (412, "precondition_failed")
        assert star.status_code == 412

    def test_a_reporter_may_not_and_nothing_changes(self, client, as_role, claim):
        answer = client.post(
            reviews(claim), json={"action": "take"}, headers=as_role("reporter") | tag(claim)
        )

        assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
        assert client.get(f"/api/v1/claims/{claim['id']}").json["version"] == claim["version"]

    def test_leases_are_shown_to_people_who_signed_in_only(self, client, as_role, claim):
        ana = as_role("reviewer")
        client.post(reviews(claim), json={"action": "take"}, headers=ana | tag(claim))

        shown = client.get(f"/api/v1/claims/{claim['id']}", headers=ana).json
        hidden = client.get(f"/api/v1/claims/{claim['id']}").json

        assert shown["findings"]["fact"]["lease"]["holder"]
        assert hidden["findings"]["fact"]["lease"] is None


class TestGate:
    def test_it_says_what_is_missing_before_anyone_tries(self, client, claim):
        answer = client.get(f"/api/v1/claims/{claim['id']}/gate?verdict=verified").json

        assert answer["met"] is False
        codes = {each["code"]: each["met"] for each in answer["conditions"]}
        assert codes["support"] is codes["named_source"] is False
        assert answer["policy"]["version"] == 1

    def test_a_proposal_that_falls_short_is_refused_and_names_what_is_missing(
        self, client, as_role, claim
    ):
        body = {"action": "propose", "verdict": "verified", "rationale": "So they say."}

        answer = client.post(reviews(claim), json=body, headers=as_role("reviewer") | tag(claim))

        assert (answer.status_code, answer.json["code"]) == (409, "gate_not_met")
        assert [each["code"] for each in answer.json["conditions"]] == ["support", "named_source"]
        assert client.get(f"/api/v1/claims/{claim['id']}").json["version"] == claim["version"]

    @pytest.mark.parametrize("override", ["It is urgent.", {"reason": "It is urgent."}])
    def test_an_override_is_named_and_shown_to_everybody(self, client, as_role, claim, override):
        ana, ben = as_role("reviewer"), as_role("reviewer")
        body = {
            "action": "propose",
            "verdict": "verified",
            "rationale": "So they say.",
            "override": override,
        }
        proposed = client.post(reviews(claim), json=body, headers=ana | tag(claim)).json
        client.post(reviews(claim), json={"action": "approve"}, headers=ben | tag(proposed))

        finding = client.get(f"/api/v1/claims/{claim['id']}").json["findings"]["fact"]

        assert finding["override"]["reason"] == "It is urgent."
        assert finding["override"]["by"] == finding["proposed_by"]
        assert finding["override"]["missing"] == ["support", "named_source"]
        assert finding["gate"]["met"] is False
        listed = client.get("/api/v1/claims?format=csv&status=verified").text
        assert "It is urgent." in listed

    def test_contrary_evidence_wants_an_answer(self, client, as_role, claim):
        ana = as_role("reviewer")
        cite(client, claim, ana)
        contrary = cite(client, claim, ana, relation="refutes")
        url = f"/api/v1/claims/{claim['id']}/gate?verdict=verified"
        before = client.get(url).json

        cite(client, claim, ana, relation="qualifies", answers=contrary["id"])

        assert [each["code"] for each in before["conditions"] if not each["met"]] == [
            "contrary_answered"
        ]
        assert client.get(url).json["met"] is True

    def test_only_evidence_that_stands_here_can_be_answered(self, client, as_role, claim):
        body = {
            "source": {"kind": "official", "title": "A report"},
            "relation": "qualifies",
            "basis": "primary",
            "answers": claim["id"],
        }

        answer = client.post(
            f"/api/v1/claims/{claim['id']}/evidence", json=body, headers=as_role("reporter")
        )

        assert answer.status_code == 422
        assert answer.json["errors"][0]["field"] == "answers"


class TestEvidence:
    def test_evidence_makes_a_new_version_and_counts(self, client, as_role, claim):
        body = {
            "source": {"kind": "official", "title": "A report", "is_own_reporting": True},
            "relation": "supports",
            "basis": "primary",
        }

        answer = client.post(
            f"/api/v1/claims/{claim['id']}/evidence", json=body, headers=as_role("reporter")
        )

        assert answer.status_code == 201
        after = client.get(f"/api/v1/claims/{claim['id']}").json
        assert after["version"] == claim["version"] + 1
        assert after["evidence_counts"] == {"supports": 1}
        assert after["independent_origins"]["confirmed"] == 1

    def test_the_same_key_answers_the_same_and_adds_nothing(self, client, as_role, claim):
        url, headers = f"/api/v1/claims/{claim['id']}/evidence", as_role("reporter")
        body = {
            "source": {"kind": "official", "title": "A report"},
            "relation": "supports",
            "basis": "primary",
        }
        keyed = headers | {"Idempotency-Key": "one"}

        first = client.post(url, json=body, headers=keyed)
        again = client.post(url, json=body, headers=keyed)
        other = client.post(url, json=body | {"basis": "secondary"}, headers=keyed)

        assert first.json == again.json
        assert client.get(url).json["total"] == 1
        assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")

    def test_withdrawing_keeps_it_with_its_reason(self, client, as_role, claim):
        headers = as_role("reporter")
        added = client.post(
            f"/api/v1/claims/{claim['id']}/evidence",
            json={
                "source": {"kind": "post", "url": "https://x.example/1"},
                "relation": "context",
                "basis": "secondary",
            },
            headers=headers,
        ).json

        url = f"/api/v1/evidence/{added['id']}/withdrawal"
        answer = client.post(url, json={"reason": "Not about this."}, headers=headers)

        assert answer.json["withdrawal"]["reason"] == "Not about this."
        assert client.post(url, json={"reason": "Again."}, headers=headers).status_code == 409


class TestHistory:
    def test_what_is_only_proposed_is_shown_to_people_who_signed_in(self, client, as_role, claim):
        ana = as_role("reviewer")
        body = {"action": "propose", "verdict": "unverifiable", "rationale": "Nobody can know."}
        client.post(reviews(claim), json=body, headers=ana | tag(claim))
        url = f"/api/v1/claims/{claim['id']}/history"

        outside, inside = client.get(url).json["items"][-1], client.get(url, headers=ana).json

        assert (outside["type"], outside["values"]) == ("finding.proposed", {})
        assert "verdict" not in outside["data"]
        assert inside["items"][-1]["values"]["rationale"] == "Nobody can know."

    def test_events_stand_in_the_log_with_their_hashes(self, client, claim):
        events = client.get(f"/api/v1/claims/{claim['id']}/history").json["items"]

        proof = client.get(f"/api/v1/log/proof?seq={events[0]['seq']}").json
        assert events[0]["type"] == "claim.created"
        assert proof["leaf_hash"] == events[0]["leaf_hash"]


class TestTimeline:
    def test_what_has_no_date_is_listed_as_undated(self, client, article):
        answer = client.get("/api/v1/timeline").json

        lanes = {item["lane"] for item in answer["items"]}
        assert "published" in lanes
        assert "undated" in answer

    def test_pages_give_every_claim_once(self, client, article):
        first = client.get("/api/v1/timeline?limit=1").json
        second = client.get(f"/api/v1/timeline?limit=1&cursor={first['next']}").json

        found = [{item["claim_id"] for item in part["items"]} for part in (first, second)]
        assert [len(ids) for ids in found] == [1, 1]
        assert found[0] != found[1]
        assert (first["total"], second["next"]) == (2, None)

    def test_a_page_leads_to_the_next_as_other_lists_do(self, client, article):
        first = client.get("/api/v1/timeline?limit=1")
        path = first.headers["Link"].partition(">")[0].removeprefix("<")

        assert client.get(path).json["next"] is None
        assert 'rel="next"' not in client.get(path).headers["Link"]

    def test_a_confirmed_contradiction_is_named_on_both(self, client, article, as_role):
        one, other = (c["id"] for c in client.get("/api/v1/claims").json["items"])
        body = {"other_id": other, "relation": "contradicts", "judgement": "confirmed"}
        client.post(f"/api/v1/claims/{one}/relations", json=body, headers=as_role("reviewer"))

        items = client.get("/api/v1/timeline").json["items"]

        assert {(i["claim_id"], *i["conflicts_with"]) for i in items} == {
            (one, other),
            (other, one),
        }

    def test_timelinejs_names_events(self, client, article):
        assert "events" in client.get("/api/v1/timeline?format=timelinejs").json
