"""The search that clients of the Fact Check Tools API use, by such a client over HTTP."""

import threading
from dataclasses import replace
from datetime import date

import httplib2
import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from sqlalchemy import select
from werkzeug.serving import make_server

import factories
from app import create_app
from claims import review, services
from claims.models import Claim
from claims.statuses import Action, Layer
from permissions import SYSTEM, Actor, Role

ANA = Actor("ana-pseudonym", Role.REVIEWER)
ONE = review.Policy(approvals=1)
OLD, NEW = date(2021, 12, 14), date(2022, 3, 1)


@pytest.fixture
def decided(app):
    """Twelve decided claims about bridges, one undecided, one about a tower in French."""
    with app.extensions["dateline.db"].writing() as session:
        for number in range(12):
            day = NEW if number % 2 else OLD
            _keep(session, f"Bridge number {number} cost 40 million euros.", day)
        _keep(session, "The open bridge cost 50 million euros.", NEW, verdict=None)
        _keep(session, "La tour de Lyon a coûté 3 millions.", OLD, language="fr")


def _keep(session, text, day, *, verdict="false", language="en"):
    words = factories.candidate(text, text, claimant="The minister")
    extraction = replace(factories.extraction_of(text, (words,)), language=language)
    article, _ = services.ingest(session, text, extraction, published_on=day, actor=SYSTEM)
    claim = session.execute(select(Claim).where(Claim.article_id == article.id)).scalar_one()
    if verdict:
        given = {"verdict": verdict, "rationale": "On record.", "override": "Not at hand."}
        review.act(
            session,
            claim,
            layer=Layer.FACT,
            action=Action.PROPOSE,
            actor=ANA,
            policy=ONE,
            **given,
        )


@pytest.fixture
def claims(app, decided):
    """Google's own client, built from its bundled description, asking this server."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    http = httplib2.Http()
    service = build(
        "factchecktools",
        "v1alpha1",
        http=http,
        developerKey="x",
        static_discovery=True,
        client_options={"api_endpoint": f"http://127.0.0.1:{server.server_port}"},
    )
    yield service.claims()
    http.close()
    server.shutdown()
    thread.join()
    server.server_close()


class TestSearch:
    def test_a_claim_comes_with_its_review(self, claims):
        found = claims.search(query="bridge number 7").execute()["claims"][0]

        assert found["text"] == "Bridge number 7 cost 40 million euros."
        assert found["claimant"] == "The minister"
        assert found["claimDate"] == "2022-03-01T00:00:00Z"
        told = found["claimReview"][0]
        assert told["publisher"] == {"name": "Dateline", "site": "127.0.0.1"}
        assert (told["textualRating"], told["languageCode"]) == ("False", "en")

    def test_pages_show_each_decided_claim_once(self, claims):
        request, seen = claims.search(query="bridge", pageSize=5), []
        while request is not None:
            page = request.execute()
            seen += [claim["text"] for claim in page.get("claims", [])]
            token = page.get("nextPageToken")
            request = token and claims.search(query="bridge", pageSize=5, pageToken=token)
            request = request or None

        assert len(seen) == len(set(seen)) == 12

    def test_an_offset_skips(self, claims):
        everything = claims.search(query="bridge", pageSize=20).execute()["claims"]

        rest = claims.search(query="bridge", pageSize=20, offset=10).execute()["claims"]

        assert rest == everything[10:]

    def test_by_language(self, claims):
        found = claims.search(query="tour de Lyon", languageCode="fr-FR").execute()["claims"]

        assert [claim["claimReview"][0]["languageCode"] for claim in found] == ["fr"]
        assert claims.search(query="bridge", languageCode="fr").execute() == {}

    def test_by_age_of_claim_or_review(self, claims):
        # The reviews are of today, so nothing is too old.
        assert (
            len(claims.search(query="bridge", maxAgeDays=2, pageSize=50).execute()["claims"]) == 12
        )

    def test_by_publisher_with_or_without_words(self, claims):
        own = claims.search(reviewPublisherSiteFilter="127.0.0.1", pageSize=50).execute()

        assert len(own["claims"]) == 13
        assert claims.search(query="bridge", reviewPublisherSiteFilter="x.org").execute() == {}

    @pytest.mark.parametrize(
        "given", [{}, {"query": "bridge", "pageToken": "x"}, {"query": "bridge", "maxAgeDays": -1}]
    )
    def test_an_error_has_the_shape_that_the_client_reads(self, claims, given):
        with pytest.raises(HttpError) as error:
            claims.search(**given).execute()

        assert error.value.status_code == 400
        assert error.value.error_details or error.value.reason


class TestOverHttp:
    def test_an_error_names_the_parameter(self, client):
        answer = client.get("/v1alpha1/claims:search?query=x&colour=red")

        assert answer.status_code == 400
        assert answer.json["error"]["status"] == "INVALID_ARGUMENT"
        assert "colour" in answer.json["error"]["message"]

    def test_a_closed_desk_asks_for_a_sign_in(self, settings):
        client = create_app(replace(settings, public_read=False)).test_client()

        answer = client.get("/v1alpha1/claims:search?query=x")

        assert answer.json["error"]["status"] == "UNAUTHENTICATED"
