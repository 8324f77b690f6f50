"""The desk's pages: what they show to whom, what their forms do, and what they refuse."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from people import PASSWORD, Person
from sqlalchemy import event

import factories

HTML = {"Accept": "text/html"}

PAGES = (
    "/",
    "/articles",
    "/timeline",
    "/search",
    "/sources",
    "/sign-in",
    "/help",
    "/docs/problems",
)


def words_of(response) -> str:
    """Return a page's words without its markup."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", response.get_data(as_text=True), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def version_in(response) -> str:
    return re.search(r'name="version" value="(\d+)"', response.get_data(as_text=True))[1]


class TestEveryPage:
    @pytest.mark.parametrize("path", PAGES)
    def test_an_empty_desk_shows_it(self, client, path):
        answer = client.get(path, headers=HTML)

        assert answer.status_code == 200
        assert answer.mimetype == "text/html"

    @pytest.mark.parametrize("path", PAGES)
    def test_a_filled_desk_shows_it_to_somebody_signed_in(self, article, ana, path):
        assert ana.get(path).status_code == 200

    @pytest.mark.parametrize("path", [*PAGES, "/docs"])
    def test_nothing_runs_inline_or_comes_from_elsewhere(self, client, article, path):
        page = client.get(path, headers=HTML).get_data(as_text=True)

        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
        scripts = re.findall(r"<script[^>]*>", page)
        assert all("src=" in tag or "application/ld+json" in tag for tag in scripts)
        assert not re.findall(r'(?:src|<link[^>]*href)="(?:https?:)?//', page)

    def test_an_address_that_is_nothing_has_a_page(self, client):
        answer = client.get("/nothing", headers=HTML)

        assert answer.status_code == 404
        assert "Nothing here" in words_of(answer)

    def test_a_page_that_is_not_there_says_who_is_signed_in(self, ana):
        assert "Sign out" in words_of(ana.get("/nothing"))

    def test_a_claim_that_is_not_there_has_a_page(self, client):
        answer = client.get("/claims/00000000-0000-4000-8000-000000000000", headers=HTML)

        assert answer.status_code == 404
        assert "There is no claim" in words_of(answer)


class TestQueue:
    def test_a_new_desk_says_what_it_is_and_where_to_start(self, client, ana):
        assert "Sign in as a reporter" in words_of(client.get("/", headers=HTML))
        assert 'name="text"' in ana.get("/").get_data(as_text=True)

    def test_what_a_colleague_proposed_waits_for_a_second_person(self, ana, ben, claim):
        propose(ana, claim)

        assert "Needs a second person" in words_of(ben.get("/"))
        assert "Needs a second person" not in words_of(ana.get("/"))
        assert "Yours" in words_of(ana.get("/"))

    def test_the_order_is_by_what_is_most_worth_checking(self, ana, article):
        text = words_of(ana.get("/"))

        assert "Unreviewed, most worth checking first" in text
        assert "It opened in 1932" in text

    def test_a_filter_that_cannot_be_taken_is_said(self, client, article):
        answer = client.get("/?kind=rumour", headers=HTML)

        assert answer.status_code == 422
        assert "rumour is none of" in words_of(answer)

    def test_the_number_of_statements_does_not_grow_with_the_claims(self, app, ana, article):
        few = statements(app, lambda: ana.get("/"))
        with app.extensions["dateline.db"].writing() as session:
            for number in range(8):
                factories.make_article(session, text=f"{factories.TEXT} {number}")

        assert statements(app, lambda: ana.get("/")) == few


class TestArticles:
    def test_the_list_names_each_article_and_counts_its_claims(self, client, article):
        text = words_of(client.get("/articles", headers=HTML))

        assert "The bridge" in text
        assert "2 unreviewed" in text

    def test_one_without_a_title_is_called_by_the_words_that_it_opens_with(self, app, client):
        with app.extensions["dateline.db"].writing() as session:
            factories.make_article(session, text="Home\n\n" + factories.TEXT)

        text = words_of(client.get("/articles", headers=HTML))

        assert f"Untitled: “{factories.TEXT[:20]}" in text

    def test_narrowing_to_nothing_says_so(self, client, article):
        assert "No article matches" in words_of(client.get("/articles?q=zzz", headers=HTML))

    def test_a_cursor_from_elsewhere_is_refused(self, client, article):
        assert client.get("/articles?cursor=AAAA", headers=HTML).status_code == 422


class TestAddArticle:
    def test_pasting_one_opens_its_checking_copy(self, rita):
        answer = rita.post(
            "/articles",
            text="The port signed a contract for $40 million in March 2021.\r\nIt has two cranes.",
            published_on="2021-12-14",
            form="text",
        )

        assert answer.status_code == 303
        page = rita.get(answer.headers["Location"])
        assert "$40 million" in words_of(page)
        assert "\r" not in page.get_data(as_text=True)

    @pytest.mark.parametrize(
        ("form", "field"),
        [
            ({"text": "A story."}, "published_on"),
            ({"text": "A story.", "published_on": "soon"}, "published_on"),
            ({"text": "  ", "published_on": "2021-12-14"}, "text"),
            ({"text": "S.", "published_on": "2021-12-14", "url": "javascript:1"}, "url"),
        ],
    )
    def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_is_lost(self, rita, form, field):
        answer = rita.post("/articles", **{"title": "Kept <title>", **form})

        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert "Kept &lt;title&gt;" in page
        assert f'id="article-{field.replace("_", "-")}-error"' in page.replace(
            "article-published_on", "article-published-on"
        )

    def test_a_reader_is_refused(self, app):
        answer = Person(app, "rolf", "reader").post("/articles", text="A story.")

        assert answer.status_code == 403


class TestArticle:
    def test_the_words_are_all_there_and_the_claims_marked(self, client, article):
        page = client.get(f"/articles/{article}", headers=HTML).get_data(as_text=True)

        copy = re.search(r'<article class="copy-text".*?</article>', page, re.S)[0]
        shown = unescape(re.sub(r"<[^>]+>", "", copy)).strip()
        assert shown == factories.TEXT
        assert page.count('class="badge') == 2
        assert copy.count("<mark") == 2

    def test_a_card_says_both_layers(self, client, article):
        text = words_of(client.get(f"/articles/{article}", headers=HTML))

        assert "said: unreviewed fact: unreviewed the bridge cost 40 million euros" in text

    def test_hostile_words_are_shown_and_not_obeyed(self, app, client):
        text = "The <script>alert(1)</script> \u202emayor\u202c paid 3 euros."
        with app.extensions["dateline.db"].writing() as session:
            found = factories.candidate(text, text[:-1], claimant="<img src=x onerror=alert(1)>")
            article = factories.make_article(
                session, text=text, candidates=(found,), title="<b>T</b>"
            )
            path = f"/articles/{article.uuid}"

        page = client.get(path, headers=HTML).get_data(as_text=True)

        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>T" not in page
        assert "\u202e" not in page
        assert "U+202E" in page

    def test_only_a_reviewer_is_offered_to_take_a_claim(self, client, ana, rita, article):
        path = f"/articles/{article}"

        assert 'value="take"' in ana.get(path).get_data(as_text=True)
        assert 'value="take"' not in rita.get(path).get_data(as_text=True)
        assert 'value="take"' not in client.get(path, headers=HTML).get_data(as_text=True)

    def test_taking_a_claim_comes_back_to_its_card(self, ana, article, claim):
        answer = ana.post(
            f"/claims/{claim}/reviews", version="1", layer="fact", action="take", back="article"
        )

        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/articles/{article}#card-{claim}"


class TestClaim:
    def test_everything_about_it_is_there(self, client, claim):
        text = words_of(client.get(f"/claims/{claim}", headers=HTML))

        for part in ("Did they say it?", "Is it true?", "Where does this come from?", "History"):
            assert part in text
        assert "The minister" in text
        assert "added the article that it was read in" in text
        assert "entry 2 of the log" in text

    def test_the_sentence_around_it_is_shown(self, client, claim):
        page = client.get(f"/claims/{claim}", headers=HTML).get_data(as_text=True)

        context = re.search(r'<blockquote class="context".*?</blockquote>', page, re.S)[0]
        assert re.sub(r"<[^>]+>", "", context) == (
            "The minister said the bridge cost 40 million euros."
        )

    def test_people_have_pseudonyms_until_one_signs_in(self, client, ana, ben, claim):
        propose(ana, claim)

        outside = words_of(client.get(f"/claims/{claim}", headers=HTML))
        inside = words_of(ben.get(f"/claims/{claim}"))
        own = words_of(ana.get(f"/claims/{claim}"))

        assert "ana-the-reviewer" not in outside
        assert f"Reviewer {ana.actor.id[:6]} proposed" in outside
        assert "ana-the-reviewer proposed" in inside
        assert "You proposed" in own

    def test_notes_and_leases_are_not_shown_outside(self, client, ana, ben, claim):
        ana.post(f"/claims/{claim}/reviews", version="1", layer="fact", action="take")
        add_evidence(ana, claim, note="Ask the harbour master.")

        outside = words_of(client.get(f"/claims/{claim}", headers=HTML))
        inside = words_of(ben.get(f"/claims/{claim}"))

        assert "A reviewer holds it." in outside
        assert "Ask the harbour master." not in outside
        assert "ana-the-reviewer holds it until" in inside
        assert "Ask the harbour master." in inside

    def test_what_was_not_decided_yet_is_not_told_outside(self, client, ana, claim):
        propose(ana, claim, verdict="false", rationale="The ministry denies it.")

        assert "The ministry denies it." not in words_of(
            client.get(f"/claims/{claim}", headers=HTML)
        )


class TestReview:
    def test_two_people_decide(self, client, ana, ben, claim):
        propose(ana, claim)
        version = version_in(ben.get(f"/claims/{claim}"))

        answer = ben.post(
            f"/claims/{claim}/reviews", version=version, layer="fact", action="approve"
        )

        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/claims/{claim}#finding-fact"
        text = words_of(client.get(f"/claims/{claim}", headers=HTML))
        assert "Decided verified on" in text
        assert client.get(f"/api/v1/claims/{claim}").json["status"] == "verified"

    def test_nobody_approves_what_they_proposed(self, ana, claim):
        propose(ana, claim)

        answer = ana.post(
            f"/claims/{claim}/reviews",
            version=version_in(ana.get(f"/claims/{claim}")),
            layer="fact",
            action="approve",
        )

        assert answer.status_code == 409
        assert "you proposed this verdict yourself" in words_of(answer)

    def test_a_claim_that_changed_meanwhile_says_what_is_new_and_keeps_the_words(
        self, ana, ben, claim
    ):
        add_evidence(ben, claim, relation="refutes")

        answer = ana.post(
            f"/claims/{claim}/reviews",
            version="1",
            layer="fact",
            action="propose",
            verdict="verified",
            rationale="My long & careful words.",
        )

        page = answer.get_data(as_text=True)
        assert answer.status_code == 412
        assert "The claim changed meanwhile" in words_of(answer)
        assert "ben-the-reviewer added evidence that refutes it" in words_of(answer)
        assert "My long &amp; careful words.</textarea>" in page
        assert '<option value="verified" selected>' in page
        assert 'name="version" value="2"' in page

    def test_what_somebody_else_holds_names_the_holder(self, ana, ben, claim):
        ana.post(f"/claims/{claim}/reviews", version="1", layer="fact", action="take")

        answer = ben.post(
            f"/claims/{claim}/reviews",
            version="2",
            layer="fact",
            action="propose",
            verdict="false",
            rationale="No.",
        )

        assert answer.status_code == 409
        assert "ana-the-reviewer holds this finding until" in words_of(answer)

    @pytest.mark.parametrize(
        ("form", "words"),
        [
            ({"action": "propose", "verdict": "verified"}, "says why"),
            ({"action": "propose", "verdict": "maybe", "rationale": "x"}, "verdict"),
            ({"action": "send_back", "reason": "x"}, "not possible"),
            ({"action": "bless"}, "action"),
            ({"action": "take", "version": "x"}, "version"),
            ({"action": "take", "layer": "mood"}, "layer"),
        ],
    )
    def test_what_cannot_be_done_is_said_and_changes_nothing(self, client, ana, claim, form, words):
        answer = ana.post(f"/claims/{claim}/reviews", **{"version": "1", "layer": "fact", **form})

        assert answer.status_code in (409, 422)
        assert words in words_of(answer)
        assert client.get(f"/api/v1/claims/{claim}").json["version"] == 1

    def test_a_change_from_another_sites_page_is_refused(self, client, ana, claim):
        answer = ana.client.post(
            f"/claims/{claim}/reviews",
            data={"version": "1", "layer": "fact", "action": "take"},
            headers={"Sec-Fetch-Site": "cross-site", **HTML},
        )

        assert answer.status_code == 403
        assert client.get(f"/api/v1/claims/{claim}").json["version"] == 1

    def test_somebody_who_is_signed_out_is_asked_to_sign_in(self, client, claim):
        answer = client.post(
            f"/claims/{claim}/reviews",
            data={"version": "1", "layer": "fact", "action": "take"},
            headers={"Sec-Fetch-Site": "same-origin", **HTML},
        )

        assert answer.status_code == 401
        assert "Sign in first" in words_of(answer)
        assert f'href="/sign-in?back=claim/{claim}"' in answer.get_data(as_text=True)

    def test_an_editor_closes_with_a_reason_and_reopens(self, app, claim):
        edith = Person(app, "edith", "editor")
        path = f"/claims/{claim}/reviews"

        closed = edith.post(path, True, version="1", layer="fact", action="close", reason="opinion")
        reopened = edith.post(path, True, version="2", layer="fact", action="reopen")

        assert "Closed: an opinion." in words_of(closed)
        assert "reopened it on whether it is true" in words_of(reopened)


class TestEvidence:
    def test_a_new_source_comes_with_it(self, ana, claim):
        answer = add_evidence(ana, claim, quote="40 million, says page 3")

        assert answer.status_code == 303
        text = words_of(ana.get(f"/claims/{claim}"))
        assert "supports primary" in text
        assert "The ministry’s accounts" in text
        assert "40 million, says page 3" in text
        assert "1 independent origin" in text

    def test_a_known_source_is_chosen(self, app, ana, claim):
        with app.extensions["dateline.db"].writing() as session:
            source = factories.make_source(session, title="Known report").uuid

        answer = add_evidence(ana, claim, source_id=source)

        assert answer.status_code == 303
        assert "Known report" in words_of(ana.get(f"/claims/{claim}"))

    def test_looking_for_a_source_keeps_what_was_typed(self, app, ana, claim):
        with app.extensions["dateline.db"].writing() as session:
            for number in range(12):
                factories.make_source(session, title=f"Report {number}")
            factories.make_source(session, title="Annual harbour survey")
            for number in range(12):
                factories.make_source(session, title=f"Paper {number}")

        answer = ana.post(
            f"/claims/{claim}/evidence", step="find", find="survey", quote="Half a quote"
        )

        assert answer.status_code == 200
        text = words_of(answer)
        assert "Annual harbour survey" in text
        assert "Paper 3" not in text
        assert "Half a quote" in text

    @pytest.mark.parametrize(
        ("form", "field"),
        [
            ({"relation": ""}, "relation"),
            ({"basis": "hearsay"}, "basis"),
            ({"source.title": ""}, "title"),
            ({"source.url": "ftp://x"}, "url"),
            ({"credibility": "9"}, "credibility"),
            ({"credibility": "x"}, "credibility"),
            ({"relation": "attributes"}, "relation"),
            ({"source_id": ""}, "source id"),
        ],
    )
    def test_what_cannot_be_taken_is_said_and_nothing_is_lost(
        self, client, ana, claim, form, field
    ):
        answer = add_evidence(ana, claim, note="Kept note", **form)

        text = words_of(answer)
        assert answer.status_code == 422
        assert f"{field} :" in text
        assert "Kept note" in text
        assert client.get(f"/api/v1/claims/{claim}/evidence").json["total"] == 0
        assert client.get("/api/v1/sources").json["total"] == 1

    def test_withdrawing_keeps_it_readable_and_makes_the_decision_stale(
        self, client, ana, ben, claim
    ):
        add_evidence(ana, claim, decisive="yes")
        propose(ana, claim)
        version = version_in(ben.get(f"/claims/{claim}"))
        ben.post(f"/claims/{claim}/reviews", version=version, layer="fact", action="approve")
        held = client.get(f"/api/v1/claims/{claim}/evidence").json["items"][0]["id"]

        answer = ana.post(f"/evidence/{held}/withdrawal", True, reason="The page was misread.")

        text = words_of(answer)
        assert "Withdrawn 1" in text
        assert "Then decisive evidence was withdrawn" in text

    def test_a_withdrawal_takes_a_reason(self, client, ana, claim):
        add_evidence(ana, claim)
        held = client.get(f"/api/v1/claims/{claim}/evidence").json["items"][0]["id"]

        assert ana.post(f"/evidence/{held}/withdrawal").status_code == 422


class TestMark:
    def test_what_the_machine_left_out_becomes_a_claim_to_be_described(self, client, ana, article):
        start = factories.TEXT.index("Nobody")

        answer = ana.post(
            f"/articles/{article}/marks", start=start - 1, end=start + 17, state="claim"
        )

        assert answer.status_code == 303
        assert answer.headers["Location"].endswith("#correct")
        claims = client.get(f"/api/v1/articles/{article}/claims").json["items"]
        assert (claims[-1]["text"], claims[-1]["basis"]) == ("Nobody knows why.", "marked")

    def test_what_was_looked_at_is_no_longer_left(self, ana, article):
        path, start = f"/articles/{article}", factories.TEXT.index("🌉")
        before = words_of(ana.get(path))

        after = ana.post(
            f"{path}/marks", True, start=start, end=len(factories.TEXT), state="not_checkable"
        )

        assert "2 stretches not looked at" in before
        assert "1 stretch not looked at" in words_of(after)

    @pytest.mark.parametrize(
        "form",
        [
            {"start": "0", "end": "100000", "state": "claim"},
            {"start": "5", "end": "5", "state": "claim"},
            {"start": "x", "end": "9", "state": "claim"},
            {"start": "0", "end": "9", "state": "rumour"},
            {"state": "claim"},
        ],
    )
    def test_a_place_that_is_none_is_refused(self, ana, article, form):
        answer = ana.post(f"/articles/{article}/marks", **form)

        assert answer.status_code == 422
        assert "Not done." in words_of(answer)


class TestCorrectClaim:
    def test_only_what_differs_is_recorded(self, client, ana, claim):
        form = reading_in(ana.get(f"/claims/{claim}")) | {
            "kind": "quantity",
            "time.earliest": "1932-01-01",
            "time.latest": "1932-12-31",
            "time.precision": "year",
        }

        answer = ana.post(f"/claims/{claim}/correction", **form)

        assert answer.status_code == 303
        held = client.get(f"/api/v1/claims/{claim}").json
        assert (held["kind"], held["time"]["precision"]) == ("quantity", "year")
        assert held["claimant"]["name"] == "The minister"
        last = client.get(f"/api/v1/claims/{claim}/history").json["items"][-1]
        assert (set(last["data"]), set(last["values"])) == ({"kind"}, {"time"})

    def test_its_words_are_shortened_where_they_stand(self, client, ana, claim):
        shown = ana.get(f"/claims/{claim}")
        form = reading_in(shown) | {"words": "the bridge cost 40 million"}

        ana.post(f"/claims/{claim}/correction", **form)

        found = client.get(f"/api/v1/claims/{claim}").json
        assert found["text"] == "the bridge cost 40 million"
        assert found["selector"]["exact"] == "the bridge cost 40 million"

    def test_words_that_the_article_does_not_have_are_refused(self, client, ana, claim):
        shown = ana.get(f"/claims/{claim}")
        form = reading_in(shown) | {"words": "the bridge cost nothing"}

        answer = ana.post(f"/claims/{claim}/correction", **form)

        assert answer.status_code == 422
        assert "Copy them as the article prints them." in words_of(answer)
        assert client.get(f"/api/v1/claims/{claim}").json["version"] == 1

    def test_no_change_is_no_correction(self, client, ana, claim):
        form = reading_in(ana.get(f"/claims/{claim}"))

        answer = ana.post(f"/claims/{claim}/correction", **form)

        assert answer.status_code == 422
        assert "Name at least one field to correct." in words_of(answer)

    def test_what_cannot_be_taken_is_said_and_nothing_is_lost(self, ana, claim):
        form = reading_in(ana.get(f"/claims/{claim}")) | {
            "claimant.role": "of transport",
            "time.earliest": "1932-12-31",
            "time.latest": "1932-01-01",
        }

        answer = ana.post(f"/claims/{claim}/correction", **form)

        assert answer.status_code == 422
        assert "Give an earliest that is not after the latest." in words_of(answer)
        assert 'value="of transport"' in answer.get_data(as_text=True)

    def test_an_older_version_is_refused(self, ana, ben, claim):
        form = reading_in(ana.get(f"/claims/{claim}")) | {"kind": "law"}
        add_evidence(ben, claim)

        answer = ana.post(f"/claims/{claim}/correction", **form)

        assert answer.status_code == 412
        assert "The claim changed meanwhile" in words_of(answer)


class TestSearch:
    def test_words_find_claims_and_counts_narrow_them(self, client, article):
        text = words_of(client.get("/search?q=bridge", headers=HTML))

        assert "1 claim with “ bridge ”" in text
        assert "the bridge cost 40 million euros" in text
        assert "It opened in 1932" not in text

    def test_a_facet_is_put_in_and_taken_out(self, client, article):
        page = client.get("/search?status=unreviewed,stale&q=x", headers=HTML)

        text = page.get_data(as_text=True)
        assert 'href="/search?status=stale&amp;q=x"' not in text
        assert "Narrowed by status: unreviewed,stale" in words_of(page)

    def test_pages_follow_each_other(self, app, client, article):
        with app.extensions["dateline.db"].writing() as session:
            for number in range(12):
                factories.make_article(session, text=f"{factories.TEXT} {number}")

        first = client.get("/search", headers=HTML)
        address = unescape(re.search(r'href="([^"]+)" rel="next"', first.text)[1])
        second = client.get(address, headers=HTML)

        ids = [set(re.findall(r'/claims/([0-9a-f-]{36})"', page.text)) for page in (first, second)]
        assert len(ids[0]) == 20
        assert len(ids[1]) == 6
        assert not ids[0] & ids[1]

    @pytest.mark.parametrize(
        "query", ["from=yesterday", "status=nice", "min_amount=lots", "cursor=x", "article=1"]
    )
    def test_a_filter_that_cannot_be_taken_is_said(self, client, article, query):
        answer = client.get(f"/search?{query}", headers=HTML)

        assert answer.status_code == 422
        assert "Not done." in words_of(answer)

    def test_nothing_found_says_so(self, client, article):
        assert "No claim matches." in words_of(client.get("/search?q=zzz", headers=HTML))

    def test_markup_in_the_words_is_shown_and_not_obeyed(self, client, article):
        page = client.get('/search?q="><script>alert(1)</script>', headers=HTML)

        assert "<script>alert" not in page.get_data(as_text=True)


class TestTimeline:
    def test_it_is_a_list_that_needs_no_script(self, app, client):
        text = "On 3 May 2021 the bridge closed."
        time = factories_time("2021-05-03")
        with app.extensions["dateline.db"].writing() as session:
            found = factories.candidate(text, "the bridge closed", time=time)
            factories.make_article(session, text=text, candidates=(found,))

        page = client.get("/timeline", headers=HTML)

        assert "3 May 2021" in words_of(page)
        assert 'data-earliest="2021-05-03"' in page.get_data(as_text=True)

    def test_what_several_articles_say_in_the_same_words_stands_there_once(self, app, client):
        time = factories_time("2021-05-03")
        with app.extensions["dateline.db"].writing() as session:
            for end in ("", " Indeed."):
                text = f"On 3 May 2021 the bridge closed.{end}"
                found = factories.candidate(text, "the bridge closed", time=time)
                factories.make_article(session, text=text, candidates=(found,))

        page = client.get("/timeline?lane=happened", headers=HTML)

        assert page.get_data(as_text=True).count('data-lane="happened"') == 1
        assert "also in another article" in words_of(page)

    def test_what_has_no_date_is_listed_apart(self, client, article):
        assert "Without a date" in words_of(client.get("/timeline", headers=HTML))

    def test_lanes_are_chosen(self, client, article):
        page = client.get("/timeline?lane=published", headers=HTML).get_data(as_text=True)

        assert 'data-lane="published"' in page
        assert 'data-lane="happened"' not in page


class TestSources:
    def test_one_is_added_and_opened(self, ana):
        answer = ana.post("/sources", True, **{"source.kind": "wire", "source.title": "A wire"})

        assert "A wire" in words_of(answer)
        assert answer.request.path.startswith("/sources/")

    def test_one_without_a_name_is_refused(self, ana):
        assert ana.post("/sources", **{"source.kind": "wire"}).status_code == 422

    def test_the_list_is_narrowed(self, app, client):
        with app.extensions["dateline.db"].writing() as session:
            factories.make_source(session, title="Harbour accounts", kind="official")
            factories.make_source(session, title="Wire story", kind="wire")

        text = words_of(client.get("/sources?kind=wire", headers=HTML))

        assert "Wire story" in text
        assert "Harbour accounts" not in text


class TestSource:
    def test_its_lineage_and_its_claims_are_shown(self, ana, client, pair, claim):
        child, parent = pair
        answer = ana.post(
            f"/sources/{child}/derivations",
            True,
            parent_id=parent,
            kind="republishes",
            reason="It is credited.",
        )
        add_evidence(ana, claim, source_id=child)

        assert "it republishes Parent" in words_of(answer)
        assert "Child republishes it" in words_of(client.get(f"/sources/{parent}", headers=HTML))
        assert "the bridge cost" in words_of(client.get(f"/sources/{child}", headers=HTML))

    def test_only_an_editor_confirms(self, app, ana, pair):
        child, parent = pair
        form = {"parent_id": parent, "kind": "cites", "judgement": "confirmed"}

        refused = ana.post(f"/sources/{child}/derivations", **form)
        taken = Person(app, "edith", "editor").post(f"/sources/{child}/derivations", **form)

        assert refused.status_code == 403
        assert taken.status_code == 303

    def test_a_source_does_not_derive_from_itself(self, ana, pair):
        answer = ana.post(f"/sources/{pair[0]}/derivations", parent_id=pair[0], kind="cites")

        assert answer.status_code == 422
        assert "cannot derive from itself" in words_of(answer)

    def test_a_retraction_makes_what_rests_on_it_stale(self, app, client, ana, ben, pair, claim):
        add_evidence(ana, claim, source_id=pair[0])
        propose(ana, claim)
        version = version_in(ben.get(f"/claims/{claim}"))
        ben.post(f"/claims/{claim}/reviews", version=version, layer="fact", action="approve")
        edith = Person(app, "edith", "editor")

        answer = edith.post(
            f"/sources/{pair[0]}/notices", True, version="1", kind="retracted", note="Wrong."
        )

        assert "Retracted by its publisher" in words_of(answer)
        assert client.get(f"/api/v1/claims/{claim}").json["status"] == "stale"

    def test_a_notice_on_an_older_version_is_refused(self, app, pair):
        edith = Person(app, "edith", "editor")

        answer = edith.post(f"/sources/{pair[0]}/notices", version="7", kind="retracted")

        assert answer.status_code == 412


class TestSignIn:
    def test_a_right_password_opens_the_desk(self, client, account):
        answer = client.post("/sign-in", data={"name": "ana", "password": PASSWORD})

        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        assert "ana reviewer" in words_of(client.get("/", headers=HTML))

    def test_a_wrong_password_keeps_the_name_and_not_the_password(self, client, account):
        answer = client.post(
            "/sign-in", data={"name": "ana", "password": "wrong-secret"}, headers=HTML
        )

        page = answer.get_data(as_text=True)
        assert answer.status_code == 401
        assert 'value="ana"' in page
        assert "wrong-secret" not in page
        assert "The name or the password is wrong." in words_of(answer)

    @pytest.mark.parametrize(
        ("back", "target"),
        [
            (
                "claim/3f2a9c11-0d4e-4a57-9a8e-0b8a52a1c001",
                "/claims/3f2a9c11-0d4e-4a57-9a8e-0b8a52a1c001",
            ),
            ("article_form", "/articles/new"),
            ("sign_out", "/"),
            ("//evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("https://evil.example", "/"),
            ("claim/../../evil", "/"),
            ("sign_out/3f2a9c11-0d4e-4a57-9a8e-0b8a52a1c001", "/"),
        ],
    )
    def test_it_goes_back_only_to_a_page_of_the_desk(self, client, account, back, target):
        form = {"name": "ana", "password": PASSWORD, "back": back}

        assert client.post("/sign-in", data=form).headers["Location"] == target

    def test_too_many_attempts_are_refused(self, client, account):
        form = {"name": "ana", "password": "wrong"}

        answers = [client.post("/sign-in", data=form, headers=HTML) for _ in range(11)]

        assert [answer.status_code for answer in answers[-2:]] == [401, 429]

    def test_signing_out_ends_the_session(self, ana, article):
        answer = ana.post("/sign-out")

        assert answer.status_code == 303
        assert "Sign in" in words_of(ana.get("/"))


class TestPrivateDesk:
    @pytest.fixture
    def settings(self, settings):
        return replace(settings, public_read=False)

    def test_reading_takes_a_sign_in_where_the_desk_says_so(self, client):
        shut = [client.get(path, headers=HTML).status_code for path in ("/", "/search")]
        opened = [client.get(path, headers=HTML).status_code for path in ("/sign-in", "/help")]

        assert (shut, opened) == ([401, 401], [200, 200])


class TestDeskOfOne:
    @pytest.fixture
    def settings(self, settings):
        return replace(settings, approvals=1)

    def test_a_proposal_decides_and_says_that_one_person_did(self, client, ana, claim):
        propose(ana, claim, verdict="disputed")

        text = words_of(client.get(f"/claims/{claim}", headers=HTML))

        assert re.search(r"Decided disputed on .* by Reviewer \w+ alone", text)
        assert "decided alone on “disputed”" in text


class TestDocs:
    def test_every_code_of_a_problem_is_explained(self, client):
        from error_handlers import CODES

        page = client.get("/docs/problems", headers=HTML).get_data(as_text=True)

        assert [code for *_, code in CODES if f'id="{code}"' not in page] == []

    def test_the_names_in_an_explanation_are_those_that_are_sent(self, client):
        page = client.get("/docs/problems", headers=HTML).get_data(as_text=True)

        assert "<code>conditions</code> lists them." in page
        assert "`" not in page


def factories_time(day):
    from claims.extraction.records import TimeExpression

    return TimeExpression(0, 2, "then", "DATE", day, day, day)


def reading_in(response) -> dict[str, str]:
    """Return what the form that corrects a claim holds when it is shown."""
    page = response.get_data(as_text=True)
    form = re.search(r'<details class="act" id="correct".*?</details>', page, re.S)[0]
    fields = {}
    for tag in re.findall(r"<input[^>]+>", form):
        name, value = (re.search(rf'{key}="([^"]*)"', tag)[1] for key in ("name", "value"))
        if "checkbox" not in tag or " checked" in tag:
            fields[name] = unescape(value)
    for name, options in re.findall(r'<select[^>]+name="([^"]+)".*?>(.*?)</select>', form, re.S):
        fields[name] = re.search(r'value="([^"]*)" selected', options)[1]
    return fields


def propose(person, claim, **given):
    """Propose a verdict on whether it is true, on the version that the page shows."""
    form = {
        "verdict": "verified",
        "rationale": "The accounts show it.",
        "override": "The test decides without evidence.",
        **given,
    }
    answer = person.post(
        f"/claims/{claim}/reviews",
        version=version_in(person.get(f"/claims/{claim}")),
        layer="fact",
        action="propose",
        **form,
    )
    assert answer.status_code == 303
    return answer


def add_evidence(person, claim, **given):
    """Add evidence for the fact from a new source, unless something else is given."""
    form = {
        "source_id": "new",
        "source.kind": "official",
        "source.title": "The ministry’s accounts",
        "layer": "fact",
        "relation": "supports",
        "basis": "primary",
        **given,
    }
    return person.post(f"/claims/{claim}/evidence", **form)


def statements(app, act):
    """Count the statements that something runs."""
    found = []
    engine = app.extensions["dateline.db"].engine

    def count(_connection, _cursor, statement, *_):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(found)
