"""`flask ingest` on real files: taken in, skipped, refused, resumed; by a scheduler too."""

import gc
import json

import pytest
from click._termui_impl import ProgressBar
from sqlalchemy import func, select

from archive.audit import problems
from claims.bulk.running import Crew, Defaults, take_in
from claims.models import Claim, Finding
from db import Database
from schemas.bulk import load_found
from sources.models import Article

TEXT = "Prices rose by 5% in May 2020. Wages fell."


def line(**fields):
    return json.dumps({"text": TEXT, "published_on": "2021-01-02", **fields}) + "\n"


READY = {
    "text": "Prices rose by 5% in May 2020",
    "selector": {"start": 0, "end": 29, "exact": "Prices rose by 5% in May 2020"},
    "kind": "quantity",
    "topics": ["economy"],
    "claimant": {"name": "Anna Borg", "role": "minister"},
    "time": {"earliest": "2020-05-01", "latest": "2020-05-31", "precision": "month"},
    "quantities": [{"kind": "percent", "value": "5", "unit": "%", "text": "5%"}],
    "entities": [{"name": "Norland", "type": "place"}],
    "check_worthiness": {"score": 0.9, "reasons": ["states a number"]},
    "normalized_text": "Prices rose by 5% in May 2020",
    "replacements": [],
    "id": "0b6f6f2e-7a0f-4a44-9ad5-0f2d1f5f8a11",
    "status": "verified",
    "findings": {"fact": {"state": "decided", "verdict": "verified"}},
}


class TestIngest:
    def test_ready_claims_are_kept_as_the_api_gives_them(self, ingest, database, tmp_path):
        (tmp_path / "a.ndjson").write_text(line(title="Prices", claims=[READY]))

        result = ingest(tmp_path)

        assert result.exit_code == 0
        assert "1 articles with 1 claims taken in" in result.output
        with database.read_session() as session:
            claim = session.execute(select(Claim)).scalar_one()
            assert (claim.text, claim.kind, claim.score) == (READY["text"], "quantity", 0.9)
            assert claim.time_earliest == "2020-05-01"
            # What another desk decided is no decision here.
            assert claim.status == "unreviewed"
            layers = session.execute(select(Finding.layer).order_by(Finding.layer)).scalars()
            assert list(layers) == ["fact", "said"]
            found = session.connection().exec_driver_sql
            assert found("SELECT rowid FROM claim_fts WHERE claim_fts MATCH 'prices'").all()

    def test_the_tables_follow_from_the_log(self, ingest, database, tmp_path):
        lines = [line(text=f"{TEXT} {n}", claims=[READY]) for n in range(3)]
        (tmp_path / "a.ndjson").write_text("".join(lines))

        ingest(tmp_path)

        with database.read_session() as session:
            assert list(problems(session)) == []

    def test_a_bad_item_is_told_with_its_line_and_the_rest_goes_on(
        self, ingest, database, tmp_path
    ):
        bad = {**READY, "kind": "rumour"}
        astray = {**READY, "selector": {"start": 5, "end": 34}}
        lines = ["[]\n", "{\n", line(claims=[bad]), line(claims=[astray]), line(claims=[READY])]
        (tmp_path / "a.ndjson").write_text("".join(lines))

        result = ingest(tmp_path)

        assert result.exit_code == 1
        for number, reason in ((1, "object"), (2, "JSON"), (3, "claims.0.kind"), (4, "stand")):
            told = [one for one in result.output.splitlines() if f"a.ndjson:{number}:" in one]
            assert len(told) == 1
            assert reason in told[0]
        assert "a.ndjson:5" not in result.output
        assert count(database, Article) == 1

    def test_a_line_that_is_no_json_is_told_as_a_line(self, ingest, tmp_path):
        (tmp_path / "a.ndjson").write_text('\n{"text": 5,}\n')

        result = ingest(tmp_path)

        assert "a.ndjson:2: The line is not JSON: " in result.output
        assert "at column 12. Mend or drop it." in result.output

    def test_a_second_run_skips_what_is_here(self, ingest, database, tmp_path):
        (tmp_path / "a.ndjson").write_text(line(claims=[READY]) + line(claims=[]))

        first, second = ingest(tmp_path), ingest(tmp_path)

        assert "1 articles with 1 claims taken in, 1 were here already" in first.output
        assert "0 articles with 0 claims taken in, 2 were here already" in second.output
        assert (second.exit_code, count(database, Article)) == (0, 1)

    def test_text_pages_and_lines_are_analysed_with_several_workers(
        self, ingest, database, tmp_path
    ):
        (tmp_path / "a.txt").write_text("The bank closed 40 branches last year.")
        (tmp_path / "b.html").write_text("<p>The dam broke in May 2019.</p>")
        (tmp_path / "c.ndjson").write_text(line(publisher="The Daily"))

        result = ingest(
            tmp_path, "--published-on", "2021-12-14", "--publisher", "Us", "--workers", "2"
        )

        assert "3 articles" in result.output
        with database.read_session() as session:
            found = session.execute(select(Article).order_by(Article.id)).scalars().all()
            assert [(a.published_on, a.publisher) for a in found] == [
                ("2021-12-14", "Us"),
                ("2021-12-14", "Us"),
                ("2021-01-02", "The Daily"),
            ]

    def test_an_article_without_a_day_is_told(self, ingest, tmp_path):
        (tmp_path / "a.txt").write_text("The bank closed 40 branches.")

        result = ingest(tmp_path)

        assert "a.txt: The day of publication is not given" in result.output

    def test_a_scheduler_that_is_not_there_ends_the_run(self, ingest, tmp_path, monkeypatch):
        monkeypatch.setattr("claims.bulk.cluster.PATIENCE", 1)
        (tmp_path / "a.txt").write_text("The bank closed 40 branches.")

        result = ingest(tmp_path, "--scheduler", "tcp://127.0.0.1:1")

        assert result.exit_code == 1
        assert "no scheduler at tcp://127.0.0.1:1" in result.output


class TestTakeIn:
    def test_afterwards_cycles_are_looked_for_as_before(self, ingest, tmp_path):
        before = gc.get_threshold()

        ingest(tmp_path)

        assert gc.get_threshold() == before

    def test_who_interrupts_it_keeps_what_was_read_and_goes_on_later(
        self, ingest, database, tmp_path, monkeypatch
    ):
        lines = [line(text=f"{TEXT} {n}", claims=[READY]) for n in range(5)]
        (tmp_path / "a.ndjson").write_text("".join(lines))
        update = ProgressBar.update

        def interrupt(bar, size):
            update(bar, size)
            if bar.pos > 2 * size:
                raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(ProgressBar, "update", interrupt)
            ended = ingest(tmp_path)
        again = ingest(tmp_path)

        assert (ended.exit_code, again.exit_code) == (130, 0)
        assert "3 articles with 3 claims taken in" in ended.output
        assert "Run it again" in ended.output
        assert "2 articles with 2 claims taken in, 3 were here already" in again.output

    @pytest.mark.parametrize(
        ("name", "limit", "written"),
        [("MOST_ARTICLES", 2, [0, 2, 2, 4, 4]), ("LONGEST", 0, [1, 2, 3, 4, 5])],
    )
    def test_batches_are_written_as_they_fill_or_grow_old(
        self, database, tmp_path, monkeypatch, name, limit, written
    ):
        monkeypatch.setattr(f"claims.bulk.keeping.{name}", limit)
        lines = [line(text=f"{TEXT} {n}", claims=[READY]) for n in range(5)]
        (tmp_path / "a.ndjson").write_text("".join(lines))
        done, held = [], []

        take_in(
            [tmp_path / "a.ndjson"],
            database,
            load_found,
            Defaults(),
            Crew(analyst=None),
            on_done=lambda size: (done.append(size), held.append(count(database, Article))),
            on_refused=pytest.fail,
        )

        assert sum(done) == (tmp_path / "a.ndjson").stat().st_size
        assert held == written
        assert count(database, Article) == 5


@pytest.fixture
def database(app):
    found: Database = app.extensions["dateline.db"]
    return found


@pytest.fixture
def ingest(app):
    """Run the command; its answer holds both streams."""

    def run(*arguments):
        return app.test_cli_runner().invoke(args=["ingest", *map(str, arguments)])

    return run


def count(database, model):
    with database.read_session() as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()
