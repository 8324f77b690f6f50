"""The desk in a real browser: keys alone review a claim, nothing is fetched from elsewhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from people import PASSWORD
from werkzeug.serving import make_server

import factories
from accounts import services as accounts
from permissions import Role

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js"

#: Chromium alone, in a container, without services of its own that call home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]

PAGES = (
    "/",
    "/articles",
    "/articles/new",
    "/articles/{article}",
    "/claims/{claim}",
    "/claims/{decided}",
    "/claims/{decided}?as_of={moment}",
    "/claims/{decided}/provenance",
    "/claims/{claim}/gate?verdict=verified",
    "/articles/{article}?as_of={moment}",
    "/articles/{article}/versions",
    "/claimants/predictions?name=The%20minister",
    "/archive",
    "/decisions",
    "/search?q=bridge",
    "/timeline",
    "/sources",
    "/sources/{source}",
    "/sign-in",
    "/help",
    "/docs/problems",
    "/search?from=yesterday",
)

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


class Desk:
    """A page of the browser, and all that went wrong on it."""

    def __init__(self, context, address: str) -> None:
        self.page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.address = address
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def _note(self, message) -> None:
        # A page that says what is wrong is answered with 4xx, which browser and htmx log.
        is_refusal = re.search(r"status of 4|Status Error Code 4", message.text)
        if message.type == "error" and not is_refusal:
            self.errors.append(message.text)

    def open(self, path: str) -> None:
        """Open a page of the desk."""
        self.page.goto(self.address + path)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        self.page.keyboard.insert_text(words)

    def sign_in(self, name: str) -> None:
        """Sign in by keyboard: the name's field has the focus."""
        self.open("/sign-in")
        self.type(name)
        self.press("Tab")
        self.type(PASSWORD)
        self.press("Enter")
        self.page.wait_for_selector(".me")

    def tab_to(self, place: str) -> None:
        """Press Tab until something has the focus."""
        for _ in range(12):
            self.press("Tab")
            if self.page.locator(f"{place}:focus").count():
                return
        raise AssertionError(f"Tab does not lead to {place}; {self.focused()!r} has the focus.")

    def is_in_sight(self, place: str) -> bool:
        """Say whether something stands within the window."""
        top: float = self.page.locator(place).bounding_box()["y"]
        return 0 <= top < self.page.viewport_size["height"]

    def focused(self) -> str:
        """Return what has the focus: its id, or its words."""
        found: str = self.page.evaluate(
            "(document.activeElement.id || document.activeElement.textContent).trim()"
        )
        return found


class TestReviewByKeyboard:
    def test_two_people_decide_without_a_mouse(self, desk, rows):
        ana, ben = desk(), desk()
        ana.sign_in("ana")
        ana.press("g", "a")
        ana.page.wait_for_url("**/articles")
        ana.press("j", "Enter")
        ana.page.wait_for_selector(".copy-text")
        ana.press("j", "j")
        assert "It opened in 1932" in ana.focused()
        ana.press("k", "t")
        ana.page.wait_for_selector(".card.status-in-review")
        ana.press("p")
        ana.page.wait_for_selector("#propose-fact[open]")
        ana.page.wait_for_selector("#propose-fact-verdict:focus")
        ana.press("v")
        ana.page.locator("#live", has_text="“verified” takes").wait_for(state="attached")
        assert ana.focused() == "propose-fact-verdict"
        ana.tab_to("#propose-fact-rationale")
        ana.type("The ministry’s accounts give 40 million.")
        ana.press("Control+Enter")
        ana.page.wait_for_selector("#finding-fact.status-proposed")

        ben.sign_in("ben")
        ben.press("j", "Enter")
        ben.page.wait_for_selector("#finding-fact")
        ben.press("a")
        assert "Approve “verified”" in ben.focused()
        ben.press("Enter")
        ben.page.wait_for_selector("#finding-fact.status-verified")

        assert "approved by you" in ben.page.inner_text("#finding-fact")
        assert ben.focused() == "finding-title-fact"
        assert ben.is_in_sight("#finding-title-fact")
        ben.page.locator("#live", has_text="Is it true? Verified.").wait_for(state="attached")
        ben.press("u")
        ben.page.wait_for_selector(".card.status-verified")
        assert ben.page.locator(".copy-text .claim.status-verified").count() == 1

    def test_sending_back_and_evidence_have_keys(self, desk, rows):
        ben = desk()
        ben.sign_in("ben")
        ben.open(f"/claims/{rows['proposed']}")
        ben.press("b")
        ben.page.wait_for_selector("#send_back-fact-reason:focus")
        ben.type("Name the page.")
        ben.press("Control+Enter")
        ben.page.wait_for_selector("#finding-fact.status-unreviewed")
        ben.press("e")

        assert ben.focused() == "evidence-find"
        assert "Name the page." in ben.page.inner_text("#history")

    def test_looking_for_a_source_leads_to_what_was_found(self, desk, rows):
        ben = desk()
        ben.sign_in("ben")
        ben.open(f"/claims/{rows['claim']}")
        ben.press("e")
        ben.type("ministry")
        ben.press("Enter")
        ben.page.wait_for_selector("input[name=source_id]:focus")

        assert ben.is_in_sight("input[name=source_id] >> nth=0")
        ben.page.locator("#live", has_text="for “ministry”").wait_for()

    def test_the_keys_are_listed_and_can_be_turned_off(self, desk, rows):
        ana = desk()
        ana.open("/")
        ana.press("?")
        assert ana.page.is_visible("#keys")
        ana.page.click("#keys [data-keys-switch]")
        ana.press("Escape", "?", "g", "a")

        assert not ana.page.is_visible("#keys")
        assert ana.page.url.endswith(":" + ana.address.rsplit(":", 1)[1] + "/")


class TestReviewInPlace:
    def test_a_claim_that_changed_meanwhile_keeps_what_was_typed(self, desk, rows):
        ana, ben = desk(), desk()
        ana.sign_in("ana")
        ben.sign_in("ben")
        for person in (ana, ben):
            person.open(f"/claims/{rows['claim']}")
            person.press("p")
        for person in (ben, ana):
            person.page.select_option("#propose-fact-verdict", "unverifiable")
            person.page.fill("#propose-fact-rationale", "My words.")
            person.press("Control+Enter")
            person.page.wait_for_selector("#finding-fact.status-proposed")

        assert "The claim changed meanwhile" in ana.page.inner_text("#problem")
        assert "ben proposed “unverifiable”" in ana.page.inner_text("#problem")
        assert ana.focused() == "problem"

    def test_a_session_that_ended_keeps_the_words_on_the_page(self, desk, rows):
        ana = desk()
        ana.sign_in("ana")
        ana.open(f"/claims/{rows['claim']}")
        ana.press("p")
        ana.page.context.clear_cookies()
        ana.page.select_option("#propose-fact-verdict", "unverifiable")
        ana.page.fill("#propose-fact-rationale", "My words.")
        ana.press("Control+Enter")
        ana.page.wait_for_selector("#problem")

        assert "You are signed out" in ana.page.inner_text("#problem")
        assert ana.page.input_value("#propose-fact-rationale") == "My words."

    def test_a_mark_in_the_text_leads_to_its_card(self, desk, rows):
        reader = desk()
        reader.open(f"/articles/{rows['article']}")
        reader.page.click(".badge >> nth=1")

        assert "It opened in 1932" in reader.focused()
        assert reader.page.locator("mark.is-current").inner_text() == "It opened in 1932"


class TestMark:
    def test_selected_words_become_a_claim_at_their_very_characters(self, desk, rows):
        ana = desk()
        ana.sign_in("ana")
        ana.open(f"/articles/{rows['hostile']}")
        # A triple click takes a whole paragraph, hidden characters and surrogate pairs included.
        ana.page.click(".copy-text p >> nth=1", click_count=3)
        ana.page.wait_for_selector("#mark-bar:not([hidden])")
        ana.page.click("#mark-bar button >> nth=0")
        ana.page.wait_for_selector(".statement")

        assert ana.page.inner_text(".statement") == "Second 👩‍🚀 U+202Eparagraph."


class TestWithoutScripts:
    def test_reading_and_reviewing_need_none(self, desk, rows):
        ana = desk(java_script_enabled=False)
        ana.open("/sign-in")
        ana.page.fill("#sign-in-name", "ana")
        ana.page.fill("#sign-in-password", PASSWORD)
        ana.page.click("main button")
        ana.open(f"/claims/{rows['claim']}")
        ana.page.click("#finding-fact button[value=take], #finding-fact [data-action=take]")
        ana.page.select_option("#propose-fact-verdict", "insufficient_evidence")
        ana.page.fill("#propose-fact-rationale", "Too little is known.")
        ana.page.click("#propose-fact button")

        assert "You proposed" in ana.page.inner_text("#finding-fact")
        ana.open(f"/articles/{rows['article']}")
        assert ana.page.locator("mark").count() == 2
        ana.open("/timeline")
        assert ana.page.locator("#dated [data-lane]").count() >= 1


class TestEveryPage:
    @pytest.mark.parametrize(
        ("viewport", "scheme"),
        [pytest.param(DESKTOP, "light", id="desktop"), pytest.param(PHONE, "dark", id="phone")],
    )
    def test_it_is_accessible_fits_and_asks_nobody_else(self, desk, rows, viewport, scheme):
        # The policy is bypassed for the checker alone, which sets styles of its own.
        ana = desk(viewport=viewport, color_scheme=scheme, bypass_csp=True)
        ana.sign_in("ana")
        found = {}
        for path in PAGES:
            ana.open(path.format(**rows))
            ana.page.evaluate(AXE.read_text("utf-8"))
            found |= {f"{path}: {each}": where for each, where in _violations(ana.page).items()}
            if ana.page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
                found[path] = "is wider than the screen"

        assert found == {}
        assert ana.hosts == {urlsplit(ana.address).netloc}

    def test_a_claims_provenance_prints_on_one_page(self, desk, rows):
        reader = desk()
        reader.open(f"/claims/{rows['decided']}/provenance")

        printed = reader.page.pdf(format="A4", prefer_css_page_size=True)

        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1

    def test_the_documentation_is_drawn_from_this_server_alone(self, desk, rows):
        reader = desk()
        reader.open("/docs")
        reader.page.wait_for_selector(".opblock")

        assert reader.hosts == {urlsplit(reader.address).netloc}

    def test_a_mark_of_the_timeline_leads_to_its_claim(self, desk, rows):
        reader = desk()
        reader.open("/timeline?lane=published")
        mark = reader.page.locator(".strip .mark").first
        meant = mark.get_attribute("href")
        mark.click()
        reader.page.wait_for_selector(".claim-head")

        assert urlsplit(reader.page.url).path == meant


def _violations(page) -> dict[str, str]:
    """Return what axe finds serious: the rule, and where."""
    answer = page.evaluate(
        "axe.run(document, {resultTypes: ['violations'], runOnly: "
        "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return {
        each["id"]: json.dumps([node["html"][:160] for node in each["nodes"][:3]])
        for each in answer["violations"]
        if each["impact"] in ("serious", "critical", "moderate")
    }


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        words = "There is no chromium here: install it to test the desk in a browser."
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def address(app):
    """The desk, served on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def desk(browser, address):
    """Open browsers that share nothing; afterwards, none may have seen an error."""
    opened = []

    def open_one(**options):
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "en-GB", **options})
        found = Desk(context, address)
        opened.append((context, found))
        return found

    yield open_one
    for context, _ in opened:
        context.close()
    assert [error for _, found in opened for error in found.errors] == []


@pytest.fixture
def rows(app):
    """An article with two claims, one with a decision and a proposal on other articles."""
    from claims import evidence, review
    from claims.models import Claim
    from claims.statuses import Action, Layer
    from ledger import clock
    from permissions import Actor

    with app.extensions["dateline.db"].writing() as session:
        people = [
            accounts.add_reviewer(session, name, Role.REVIEWER, password=PASSWORD)
            for name in ("ana", "ben")
        ]
        ana, ben = (Actor(person.uuid, Role.REVIEWER) for person in people)
        article = factories.make_article(session, title="The bridge", publisher="Daily")
        claim = session.query(Claim).filter_by(article_id=article.id).order_by(Claim.start).first()
        given = {"layer": "fact", "relation": "supports", "basis": "primary"}
        evidence.add_evidence(session, claim, factories.make_source(session), given, actor=ana)
        decided, proposed = (
            factories.make_claim(session, text=f"{factories.TEXT} {word}", published_on=day)
            for word, day in (
                ("One.", factories.date(2020, 5, 1)),
                ("Two.", factories.date(2020, 6, 1)),
            )
        )
        text = "First \u202e🌉\u200b\u200b one.\n\nSecond 👩‍🚀 \u202eparagraph.\n\nThird."
        hostile = factories.make_article(
            session,
            text=text,
            candidates=(factories.candidate(text, "Third"),),
            published_on=factories.date(2020, 4, 1),
        )
        verdict = {
            "verdict": "verified",
            "rationale": "The accounts show it.",
            "override": "The test decides without evidence.",
        }
        common = {"layer": Layer.FACT, "policy": review.Policy()}
        for each in (decided, proposed):
            review.act(session, each, action=Action.PROPOSE, actor=ana, **common, **verdict)
        review.act(session, decided, action=Action.APPROVE, actor=ben, **common)
        return {
            "article": article.uuid,
            "claim": claim.uuid,
            "decided": decided.uuid,
            "proposed": proposed.uuid,
            "source": article.source_uuid,
            "hostile": hostile.uuid,
            "moment": clock.now(),
        }
