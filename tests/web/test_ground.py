"""The ground of a decision at the desk: the gate, the sheet of provenance, versions, the past."""

import re

import pytest
from test_views import words_of

import factories

NEW_TEXT = (
    "The minister said the bridge cost 45 million euros. It opened in 1932. 🌉 Nobody knows why."
)


def version_in(page):
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def decide(ana, ben, claim, **form):
    path = f"/claims/{claim}/reviews"
    given = {"layer": "fact", "verdict": "false", "rationale": "No.", "override": "A test.", **form}
    version = version_in(ana.get(f"/claims/{claim}"))
    ana.post(path, action="propose", version=version, **given)
    return ben.post(path, action="approve", version=str(int(version) + 1), layer="fact")


class TestGate:
    def test_the_form_says_what_a_verdict_takes(self, ana, claim):
        page = ana.get(f"/claims/{claim}").text

        assert "Not all that “verified” takes is there." in page
        assert f'hx-get="/claims/{claim}/gate?layer=fact"' in page

    def test_another_verdict_has_its_own_conditions(self, client, claim):
        page = client.get(f"/claims/{claim}/gate?layer=fact&verdict=unverifiable")

        assert "All that “unverifiable” takes is there." in words_of(page)

    def test_a_piece_of_the_page_is_given_to_a_script(self, client, claim):
        page = client.get(f"/claims/{claim}/gate?verdict=false", headers={"HX-Request": "true"})

        assert page.text.lstrip().startswith('<div class="gate"')

    def test_a_verdict_that_is_none_is_refused(self, client, claim):
        answer = client.get(f"/claims/{claim}/gate?verdict=x", headers={"Accept": "text/html"})

        assert answer.status_code == 422

    def test_whoever_approves_sees_an_override(self, ana, ben, claim):
        version = version_in(ana.get(f"/claims/{claim}"))
        form = {"verdict": "false", "rationale": "No.", "override": "We saw it."}
        ana.post(
            f"/claims/{claim}/reviews", action="propose", layer="fact", version=version, **form
        )

        page = words_of(ben.get(f"/claims/{claim}"))

        assert "It asks to override the desk’s policy: We saw it." in page


class TestProvenance:
    def test_one_sheet_answers_who_where_and_who_decided(self, app, ana, ben, claim):
        decide(ana, ben, claim)

        page = words_of(ana.get(f"/claims/{claim}/provenance"))

        assert "Who said it The minister" in page
        assert "first known" in page
        assert "proposed by you" in page
        assert "approved by ben-the-reviewer" in page
        assert "What changed since" in page

    def test_without_a_sign_in_people_have_pseudonyms(self, client, ana, ben, claim):
        decide(ana, ben, claim)

        page = words_of(client.get(f"/claims/{claim}/provenance"))

        assert "ana-the-reviewer" not in page
        assert "approved by Reviewer" in page


class TestVersions:
    def test_a_new_text_is_kept_and_the_difference_shown(self, rita, article):
        page = rita.get(f"/articles/{article}/versions")

        after = rita.post(
            f"/articles/{article}/versions",
            follow=True,
            version=version_in(page),
            text=NEW_TEXT,
            form="text",
        )

        assert "<del>40</del>" in after.text
        assert "<ins>45</ins>" in after.text

    def test_the_same_form_twice_is_refused_as_changed(self, rita, article):
        version = version_in(rita.get(f"/articles/{article}/versions"))
        form = {"version": version, "text": NEW_TEXT, "form": "text"}
        rita.post(f"/articles/{article}/versions", **form)

        again = rita.post(f"/articles/{article}/versions", **{**form, "text": "Another text."})

        assert again.status_code == 412
        assert "Another text." in again.text

    @pytest.mark.parametrize("query", ["?to=x", "?from=99"])
    def test_a_version_that_is_none_is_refused(self, client, article, query):
        answer = client.get(f"/articles/{article}/versions{query}", headers={"Accept": "text/html"})

        assert answer.status_code in (404, 422)


class TestPast:
    def test_a_page_shows_what_was_held_then_and_offers_nothing(self, client, ana, ben, claim):
        before = client.get(f"/api/v1/claims/{claim}").json["updated_at"]
        decide(ana, ben, claim)

        page = ana.get(f"/claims/{claim}?as_of={before}")

        words = words_of(page)
        assert "As the desk held it on" in words
        assert "Nobody has taken it." in words
        assert 'method="post" action="/claims' not in page.text

    @pytest.mark.parametrize("path", ["/articles/{article}", "/search", "/timeline"])
    def test_every_list_looks_back_too(self, client, article, claim, path):
        moment = client.get(f"/api/v1/claims/{claim}").json["created_at"]

        page = client.get(f"{path.format(article=article)}?as_of={moment}")

        assert page.status_code == 200
        assert "As the desk held it on" in page.text

    def test_a_day_to_come_is_refused(self, client, claim):
        answer = client.get(f"/claims/{claim}?as_of=2999-01-01", headers={"Accept": "text/html"})

        assert answer.status_code == 422


class TestQueue:
    def test_evidence_against_a_verdict_is_listed(self, app, ana, ben, claim):
        decide(ana, ben, claim)
        with app.extensions["dateline.db"].writing() as session:
            from claims import evidence, services

            source = factories.make_source(session)
            given = {"layer": "fact", "relation": "supports", "basis": "primary"}
            found = services.get_claim(session, claim)
            evidence.add_evidence(session, found, source, given, actor=ana.actor)

        assert "Evidence against the verdict" in ana.get("/").text
