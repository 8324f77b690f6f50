"""Erasing: nothing of it is left, and everything else still verifies."""

import base64
import json
import zipfile
from pathlib import Path

import pytest
from desks import ANA, decide, export_to, open_desk, take
from sqlalchemy import select

import factories
from accounts.models import RememberedAnswer
from archive import erasing
from archive.audit import problems
from archive.verify import main as verify
from claims import evidence
from claims.models import Claim, Evidence, Finding
from errors import InvalidInputError, NotFoundError
from ledger import log, merkle
from ledger.models import LogEvent
from permissions import SYSTEM
from sources.models import ArticleText, Blob
from sources.projectors import WITHHELD_CHARACTER
from sources.snapshots import Captured, take_snapshot

NAME = "Quillfeather"

TEXT = f"Mr {NAME} said the bridge cost 40 million euros. It opened in 1932. Nobody knows why."


def holds(path, words=NAME):
    """Say whether a file holds a word, in any of the ways in which it could stand there."""
    found = path.read_bytes()
    forms = [words, words.lower(), words.upper(), words.encode().hex()]
    forms.append(base64.b64encode(words.encode()).decode()[:-2])
    return [form for form in forms if form.encode() in found]


@pytest.fixture
def desk(app):
    """A desk on whose articles, quotes, notes and documents one name stands."""
    database = app.extensions["dateline.db"]
    with database.writing() as session:
        candidates = (
            factories.candidate(TEXT, "the bridge cost 40 million euros", claimant=f"Mr {NAME}"),
            factories.candidate(TEXT, "It opened in 1932"),
        )
        article = factories.make_article(session, text=TEXT, candidates=candidates, title="Bridge")
        claim = (
            session.execute(select(Claim).where(Claim.article_id == article.id)).scalars().first()
        )
        decide(session, claim)
        source = factories.make_source(session, title=f"Letter of {NAME}")
        page = Captured(f"<p>{NAME} wrote</p>".encode(), "text/html", text=f"{NAME} wrote")
        take_snapshot(session, source, page, actor=SYSTEM)
        given = {
            "layer": "fact",
            "relation": "context",
            "basis": "secondary",
            "quote": f"{NAME} wrote",
            "note": f"Ask {NAME} again.",
        }
        evidence.add_evidence(session, claim, source, given, actor=ANA)
        decide(session, factories.make_claim(session))
    return database


@pytest.fixture
def erased(app, desk, client, as_role):
    """Erase the name with the command, an answer and an export that hold it lying about."""
    headers = {**as_role("reporter"), "Idempotency-Key": "k"}
    answer = client.post("/api/v1/sources", json={"kind": "report", "title": NAME}, headers=headers)
    assert answer.status_code == 201
    client.post("/api/v1/exports", json={"scope": "all"}, headers=as_role("reporter"))
    run = app.test_cli_runner().invoke(
        args=["erase", "--containing", NAME, "--ground", "court_order", "--note", "By order 7."]
    )
    assert run.exit_code == 0, run.output
    return desk


class TestErase:
    def test_nothing_of_it_is_left_under_the_instance(self, app, erased, settings):
        files = [p for p in settings.instance.rglob("*") if p.is_file()]

        assert files
        assert {str(p): holds(p) for p in files if holds(p)} == {}

    def test_nothing_of_it_is_in_an_export_or_a_backup(self, app, erased, tmp_path):
        bag = export_to(tmp_path / "after.zip", erased)
        app.test_cli_runner().invoke(args=["backup", str(tmp_path / "backup.db")])

        assert holds(bag) == []
        assert holds(tmp_path / "backup.db") == []

    def test_the_tables_are_those_of_the_log_and_the_rest_is_there(self, erased):
        with erased.read_session() as session:
            assert list(problems(session)) == []
            texts = session.execute(select(ArticleText.text)).scalars().all()
            assert texts == [WITHHELD_CHARACTER * len(TEXT), factories.TEXT]
            words = session.execute(select(Claim.text).order_by(Claim.id)).scalars().all()
            assert words[:2] == ["[withheld]", "[withheld]"]
            assert "bridge" in words[2]
            quotes = session.execute(select(Evidence.quote, Evidence.note)).all()
            assert ("[withheld]", "[withheld]") in quotes
            verdicts = session.execute(select(Finding.verdict)).scalars().all()
            assert verdicts.count("verified") == 2
            assert session.query(Blob).count() == 0

    def test_the_log_says_so_with_ground_and_actor(self, erased):
        with erased.read_session() as session:
            statement = select(LogEvent).where(LogEvent.type.like("%.withheld"))
            events = session.execute(statement.order_by(LogEvent.seq)).scalars().all()

            assert {event.type for event in events} == {
                "article.withheld",
                "claim.withheld",
                "source.withheld",
            }
            assert {json.loads(event.line)["data"]["ground"] for event in events} == {"court_order"}

    def test_a_retry_of_the_request_changes_nothing_and_tells_nothing(self, erased):
        with erased.read_session() as session:
            (answer,) = session.execute(select(RememberedAnswer)).scalars().all()

        assert (answer.status, answer.body) == (201, b"{}")

    def test_it_is_found_no_more(self, erased, client):
        assert client.get(f"/api/v1/claims?q={NAME}").json["items"] == []
        assert client.get(f"/api/v1/sources?q={NAME}").json["items"] == []

    def test_older_exports_and_proofs_still_verify(self, app, desk, tmp_path, capsys):
        before = export_to(tmp_path / "before.zip", desk)
        with desk.read_session() as session:
            size = log.log_size(session)
            root = log.root(session, size)
            proof = merkle.inclusion_proof(lambda *at: log.node(session, *at), 1, size)
        app.test_cli_runner().invoke(
            args=["erase", "--containing", NAME, "--ground", "court_order"], catch_exceptions=False
        )
        after = export_to(tmp_path / "after.zip", desk)
        checkpoint = tmp_path / "kept.txt"
        with zipfile.ZipFile(before) as bag:
            name = next(n for n in bag.namelist() if n.endswith("log/checkpoint.txt"))
            checkpoint.write_bytes(bag.read(name))

        assert verify([str(before)]) == 0
        assert verify([str(after), "--older-checkpoint", str(checkpoint)]) == 0
        assert " 0 withheld" not in capsys.readouterr().out.splitlines()[-1]
        with desk.read_session() as session:
            assert log.root(session, size) == root
            leaf = log.node(session, 0, 1)
            assert merkle.verify_inclusion(leaf, 1, size, proof, root)

    def test_an_older_export_does_not_bring_it_back(self, app, desk, tmp_path):
        before = export_to(tmp_path / "before.zip", desk)
        app.test_cli_runner().invoke(args=["erase", "--containing", NAME, "--ground", "rights"])

        assert take(desk, before).outcome == "known"

        with desk.read_session() as session:
            assert list(problems(session)) == []
            assert NAME not in "".join(session.execute(select(ArticleText.text)).scalars())

    def test_a_copy_that_takes_the_newer_export_loses_it_too(self, app, desk, tmp_path):
        copy = open_desk(tmp_path / "copy.db")
        take(copy, export_to(tmp_path / "before.zip", desk))
        app.test_cli_runner().invoke(args=["erase", "--containing", NAME, "--ground", "rights"])
        after = export_to(tmp_path / "after.zip", desk)

        take(copy, after)

        assert copy.compact()
        assert holds(tmp_path / "copy.db") == []
        assert export_to(tmp_path / "again.zip", copy).read_bytes() == after.read_bytes()
        copy.engine.dispose()

    def test_a_note_that_tells_what_is_erased_is_refused(self, desk):
        with desk.writing() as session:
            plan = erasing.plan_containing(session, NAME)
            with pytest.raises(InvalidInputError, match="note"):
                erasing.erase(session, plan, ground="other", note=f"On {NAME}", actor=SYSTEM)


class TestPlanOfRecord:
    def test_a_note_alone_is_erased_alone(self, desk):
        with desk.writing() as session:
            quoted = select(Evidence.uuid).where(Evidence.quote.is_not(None))
            plan = erasing.plan_of_record(session, session.execute(quoted).scalar_one(), ["note"])

            erasing.erase(session, plan, ground="safety", actor=SYSTEM)

            told = select(Evidence.note, Evidence.quote).where(Evidence.quote.is_not(None))
            assert session.execute(told).one() == ("[withheld]", f"{NAME} wrote")
            assert list(problems(session)) == []

    def test_a_claim_s_words_take_the_article_s_text_with_them(self, desk):
        with desk.writing() as session:
            claim = session.execute(select(Claim).order_by(Claim.id)).scalars().first()

            plan = erasing.plan_of_record(session, claim.uuid, ["words"])

            names = {name for values in plan.values.values() for _, name in values}
            assert {"words", "text", "claimant"} <= names

    def test_what_is_not_there_is_said(self, desk):
        with desk.writing() as session, pytest.raises(NotFoundError):
            erasing.plan_of_record(session, "0" * 36)


class TestPlanContaining:
    def test_case_width_and_spacing_do_not_matter(self, desk):
        with desk.writing() as session:
            plain = erasing.plan_containing(session, f"MR  {NAME.upper()}")

            assert plain.count > 0

    def test_a_dry_run_erases_nothing(self, app, desk):
        run = app.test_cli_runner().invoke(
            args=["erase", "--containing", NAME, "--ground", "rights", "--dry-run"]
        )

        assert "1 documents" in run.output
        with desk.read_session() as session:
            assert session.query(Blob).count() == 1


def test_the_fixture_would_notice(tmp_path):
    path = tmp_path / "x"
    path.write_text(f"x{NAME}y")

    assert holds(Path(path)) == [NAME]
