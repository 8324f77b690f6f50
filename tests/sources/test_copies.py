"""Suspicions: what is recorded when a text comes in, and what never is again."""

import pytest
from sqlalchemy import event, func, select
from test_detection import STORY

import factories
from archive.audit import problems_of_tables
from claims import services as claims
from claims.models import Claim
from ledger.log import log_size
from permissions import SYSTEM, Actor, Role
from sources import copies, detection, services
from sources.models import Derivation, DerivationBasis, Fingerprint, Source
from sources.snapshots import Captured, take_snapshot

EDITH = Actor("edith-pseudonym", Role.EDITOR)

UNNAMED = (
    "A senior defence ministry official told Post that two of the five systems would arrive "
    "before March."
)


def reasons(session):
    """List why sources are suspected."""
    return list(session.execute(select(Derivation.reason)).scalars())


def article(session, publisher, text, day="2021-12-10"):
    """Take in an article and return the source that stands for it."""
    words = text.split(".")[0]
    made = factories.make_article(
        session,
        text=text,
        candidates=(factories.candidate(text, words),),
        publisher=publisher,
        published_on=factories.date.fromisoformat(day),
    )
    return services.get_source(session, made.source_uuid)


def steps(session):
    """List what derives from what: child, parent, kind, basis."""
    by_id = {row.id: row.publisher for row in session.execute(select(Source)).scalars()}
    rows = session.execute(
        select(Derivation).order_by(Derivation.child_id, Derivation.parent_id)
    ).scalars()
    return [(by_id[r.child_id], by_id[r.parent_id], r.kind, r.basis) for r in rows]


class TestSuggest:
    def test_the_later_copy_is_suspected_to_be_from_the_earlier(self, session):
        article(session, "Times", f"Ours first. {STORY}", "2021-12-11")
        article(session, "Wire", STORY, "2021-12-10")

        assert steps(session) == [("Times", "Wire", "republishes", "detected")]

    def test_who_credits_the_other_has_it_from_there_whatever_the_days(self, session):
        article(session, "Times", f"{STORY}\n\nSource: Wire", "2021-12-09")
        article(session, "Wire", STORY, "2021-12-10")

        assert steps(session)[-1] == ("Times", "Wire", "republishes", "detected")

    def test_whoever_says_whose_story_it_is_has_it_from_nobody_else(self, session):
        article(session, "Wire", STORY)
        article(session, "Times", f"Ours first. {STORY}")
        article(session, "Post", f"{STORY} And more.\n\nSource: Wire", "2021-12-12")

        assert ("Post", "Times", "republishes", "detected") not in steps(session)
        assert ("Post", "Wire", "republishes", "detected") in steps(session)

    def test_the_reason_says_how_much_is_the_same(self, session):
        article(session, "Wire", STORY)
        article(session, "Times", f"Ours first. {STORY}")

        found = session.execute(select(Derivation)).scalar_one()

        assert found.reason.startswith("100% of the shorter text stands in the other")
        assert found.judged_by == SYSTEM.id

    def test_papers_that_credit_one_agency_share_it_though_nobody_knew_it(self, session):
        article(session, "Times", "It opened in May. (With contributions from AP)")
        article(session, "Post", "There was an opening. (With contributions from AP)")

        assert steps(session) == [
            ("Times", "AP", "republishes", "detected"),
            ("Post", "AP", "republishes", "detected"),
        ]
        agency = session.execute(select(Source).where(Source.publisher == "AP")).scalar_one()
        assert agency.kind == "wire"

    def test_whom_it_names_is_suspected_where_that_publisher_is_known(self, session):
        article(session, "The Coastal Times", "It opened in May. All came.", "2021-12-09")
        article(session, "Post", "It opened, according to The Coastal Times. Nobody Else came.")

        assert steps(session) == [("Post", "The Coastal Times", "cites", "detected")]

    def test_a_rare_quote_in_both_is_one_speaker(self, session):
        quote = "“India is first on our list and will stay there for years,” Orlov said."
        article(session, "Post", f"Talks begin. {quote}")
        article(session, "Times", f"A buyer is found. {quote}", "2021-12-12")

        assert steps(session) == [("Times", "Post", "same_speaker", "detected")]

    def test_whom_two_papers_do_not_name_may_be_one_speaker(self, session):
        article(session, "Post", f"Delay. {UNNAMED}")
        article(
            session,
            "Times",
            "Only two of the five systems arrive before March, said a senior official in the "
            "defence ministry who spoke on condition of anonymity.",
            "2021-12-12",
        )

        assert steps(session) == [("Times", "Post", "same_speaker", "detected")]
        assert "“a senior official in the defence ministry”" in reasons(session)[0]

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            pytest.param(UNNAMED, "2022-01-20", id="weeks later"),
            pytest.param(UNNAMED.replace("defence", "finance"), "2021-12-12", id="another"),
            pytest.param(
                "A senior defence ministry official said pilots train in Pune.",
                "2021-12-12",
                id="said something else",
            ),
        ],
    )
    def test_others_whom_nobody_names_are_not_one_speaker(self, session, text, day):
        article(session, "Post", f"Delay. {UNNAMED}")
        article(session, "Times", f"News. {text}", day)

        assert "same_speaker" not in {step[2] for step in steps(session)}

    def test_a_capture_is_compared_like_an_article(self, session):
        article(session, "Wire", STORY)
        page = factories.make_source(session, publisher="Blog", published_on="2022-01-01")
        before = log_size(session)

        take_snapshot(session, page, Captured(b"x", "text/plain", STORY), actor=SYSTEM)

        assert steps(session) == [("Blog", "Wire", "republishes", "detected")]
        assert log_size(session) == before + 2

    @pytest.mark.parametrize("basis", [DerivationBasis.REJECTED, DerivationBasis.CONFIRMED])
    @pytest.mark.parametrize("is_reverse", [False, True])
    def test_what_a_person_judged_is_never_judged_again(self, session, basis, is_reverse):
        wire = article(session, "Wire", STORY)
        times = article(session, "Times", f"Ours first. {STORY}")
        pair = (wire, times) if is_reverse else (times, wire)
        services.judge_derivation(session, *pair, kind="cites", basis=basis, actor=EDITH)
        before = log_size(session)

        assert copies.suggest(session, times) == copies.suggest(session, wire) == []
        assert log_size(session) == before

    def test_other_stories_are_not_suspected(self, session):
        article(session, "Wire", STORY)
        article(session, "Post", factories.TEXT)

        assert steps(session) == []

    def test_a_replay_gives_the_same_fingerprints(self, session):
        article(session, "Wire", STORY)
        article(session, "Times", f"Ours first. {STORY} (With contributions from AP)")

        assert session.execute(select(func.count()).select_from(Fingerprint)).scalar_one() > 100
        assert list(problems_of_tables(session)) == []

    def test_same_words_under_two_names_are_one_source(self, session):
        wire = article(session, "Wire", STORY)
        page = factories.make_source(session, publisher="Mirror")
        take_snapshot(session, page, Captured(b"x", "text/plain", STORY.upper()), actor=SYSTEM)

        assert services.get_source(session, page.uuid).text_key == wire.text_key

    def test_the_cost_follows_from_what_is_shared_not_from_how_many_there_are(self, session, app):
        for number in range(30):
            article(session, f"Paper {number}", " ".join(f"w{number}x{n}" for n in range(80)) + ".")
        counted = []
        engine = app.extensions["dateline.db"].engine

        def count(_connection, _cursor, statement, *_):
            counted.append(statement)

        source = article(session, "Wire", STORY)
        event.listen(engine, "before_cursor_execute", count)
        copies.suggest(session, source)
        event.remove(engine, "before_cursor_execute", count)

        assert len(counted) < 10

    @pytest.mark.parametrize(
        ("older", "is_found"), [(copies.MOST_HOLDERS - 1, True), (copies.MOST_HOLDERS, False)]
    )
    def test_of_those_that_print_the_same_only_the_oldest_are_looked_at(
        self, session, older, is_found
    ):
        hashes = detection.print_of(STORY).hashes
        half = len(hashes) // 2
        for part in (hashes[:half], hashes[half:]):
            for _ in range(older):
                key = factories.make_source(session).id
                session.add_all(Fingerprint(hash=one, source_id=key) for one in part)
        session.flush()
        article(session, "Wire", STORY)
        article(session, "Times", f"Ours first. {STORY}")

        assert (("Times", "Wire", "republishes", "detected") in steps(session)) is is_found


class TestLineage:
    def test_it_counts_the_origins_of_one_source_with_the_reason(self, app, client, session):
        with app.extensions["dateline.db"].writing() as writing:
            times = article(writing, "Times", f"{STORY} (With contributions from AP)")
            claim = writing.execute(select(Claim)).scalars().first()
            assert claims.get_claim(writing, claim.uuid)
            uuid = times.uuid

        found = client.get(f"/api/v1/sources/{uuid}/lineage").json

        assert found["upstream"][0]["basis"] == "detected"
        assert found["origins"]["confirmed"] == 1
        assert found["origins"]["reason"].startswith("1 source, 1 independent origin (Times).")


@pytest.fixture(autouse=True)
def _no_other_session(request):
    """The test over HTTP writes by itself: the shared session must not hold the lock."""
    if "client" in request.fixturenames:
        request.getfixturevalue("session").rollback()
