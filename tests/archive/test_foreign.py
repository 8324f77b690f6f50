"""Logs of other desks: kept apart, searched with their origin, continued, refused when forked."""

import pytest
from desks import export_to, open_decided, open_desk, take

import factories
from accounts import idempotency
from archive import fixity
from archive.audit import problems
from archive.models import ForeignClaim, ForeignEvent, ForeignLog
from archive.records import Level
from claims.models import Claim
from errors import ImportConflictError, SignatureInvalidError
from ledger import log
from ledger.models import Absent

OTHERS = "other.example/log"


@pytest.fixture
def theirs(tmp_path):
    """Another desk with a decision."""
    database = open_decided(tmp_path / "theirs.db")
    yield database
    database.engine.dispose()


@pytest.fixture
def bag(theirs, tmp_path):
    """The other desk's public export."""
    return exported(theirs, tmp_path, "theirs.zip")


@pytest.fixture
def ours(app):
    """Our own desk, with an article."""
    database = app.extensions["dateline.db"]
    with database.writing() as session:
        factories.make_article(
            session,
            text="The harbour was dredged in 1990. Nobody asked why.",
            candidates=[
                factories.candidate(
                    "The harbour was dredged in 1990. Nobody asked why.",
                    "The harbour was dredged in 1990",
                )
            ],
        )
    return database


def exported(database, folder, name, level=Level.PUBLIC):
    return export_to(folder / name, database, level=level, origin=OTHERS, key=folder / "their.key")


class TestTake:
    def test_their_claims_do_not_mix_with_ours(self, ours, bag):
        found = take(ours, bag)

        with ours.read_session() as session:
            assert found.outcome == "foreign_added"
            assert session.query(Claim).count() == 1
            assert session.query(ForeignClaim).count() == 2
            assert session.query(ForeignEvent).count() == found.size
            assert list(problems(session)) == []

    def test_twice_is_a_no_op(self, ours, bag):
        take(ours, bag)
        with ours.read_session() as session:
            size = log.log_size(session)

        found = take(ours, bag)

        with ours.read_session() as session:
            assert (found.outcome, found.new) == ("foreign_known", 0)
            assert log.log_size(session) == size

    def test_a_later_export_continues_and_an_older_one_changes_nothing(
        self, ours, theirs, bag, tmp_path
    ):
        with theirs.writing() as session:
            factories.make_article(
                session,
                text="A new bridge is planned. It is needed.",
                candidates=[
                    factories.candidate(
                        "A new bridge is planned. It is needed.", "A new bridge is planned"
                    )
                ],
            )
        later = exported(theirs, tmp_path, "later.zip")
        take(ours, bag)

        found = take(ours, later)

        assert found.outcome == "foreign_extended"
        assert take(ours, bag).outcome == "foreign_known"
        with ours.read_session() as session:
            assert session.query(ForeignClaim).count() == 3
            assert list(problems(session)) == []

    def test_a_fork_of_it_is_refused_and_nothing_is_kept(self, ours, theirs, bag, tmp_path):
        twin = open_desk(tmp_path / "twin.db")
        take(twin, bag)
        for database in (theirs, twin):
            with database.writing() as session:
                factories.make_source(session)
        take(ours, exported(theirs, tmp_path, "1.zip"))

        with pytest.raises(ImportConflictError, match="forked"):
            take(ours, exported(twin, tmp_path, "2.zip"))

        twin.engine.dispose()

    def test_a_key_known_from_elsewhere_must_vouch_for_it(self, ours, bag, tmp_path):
        stranger = f"{OTHERS}+00000000+AAAA"

        with pytest.raises(SignatureInvalidError):
            take(ours, bag, trusted=[stranger])

        with ours.read_session() as session:
            assert session.query(ForeignLog).count() == 0

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE foreign_log SET size = size - 1",
            "UPDATE foreign_event SET line = x'7b7d' WHERE seq = 3",
            "UPDATE foreign_claim SET document = replace(document, 'bridge', 'tunnel')",
            "UPDATE foreign_claim SET text = replace(text, 'bridge', 'tunnel')",
            "UPDATE foreign_log SET taken_at = '2020-01-01T00:00:00.000000Z'",
            "UPDATE foreign_log SET vkeys = '[]'",
            "UPDATE foreign_log SET note = replace(note, ' ', '')",
            "UPDATE foreign_log SET log = 'x'",
        ],
    )
    def test_what_is_changed_in_it_is_found(self, ours, bag, statement):
        take(ours, bag)
        with ours.writing() as session:
            session.connection().exec_driver_sql(statement)

        with ours.read_session() as session:
            assert statement.split()[1] in "".join(problems(session))


class TestContinue:
    def test_our_own_newer_export_onto_an_older_copy_is_taken_as_continuation(
        self, theirs, bag, tmp_path
    ):
        copy = open_desk(tmp_path / "copy.db")
        take(copy, bag)
        with theirs.writing() as session:
            factories.make_source(session, title="Another")

        found = take(copy, exported(theirs, tmp_path, "2.zip"))

        assert found.outcome == "extended"
        copy.engine.dispose()

    def test_a_full_export_fills_what_a_public_one_withheld(self, theirs, bag, tmp_path):
        copy = open_desk(tmp_path / "copy.db")
        take(copy, bag)
        full = exported(theirs, tmp_path, "full.zip", Level.FULL)

        with copy.read_session() as session:
            assert session.query(Absent).count() == 1
            assert list(problems(session)) == []
        take(copy, full)

        with copy.read_session() as session:
            assert session.query(Absent).count() == 0
            assert list(problems(session)) == []
        again = exported(copy, tmp_path, "again.zip", Level.FULL)
        assert again.read_bytes() == full.read_bytes()
        copy.engine.dispose()


class TestForeignClaims:
    def test_they_are_searched_with_their_origin(self, ours, bag, client):
        take(ours, bag)

        found = client.get("/api/v1/foreign/claims?q=bridge").json["items"]

        assert [item["origin"] for item in found] == [OTHERS]
        assert "bridge" in found[0]["claim"]["text"]
        assert client.get("/api/v1/claims?q=bridge").json["items"] == []
        assert client.get("/api/v1/foreign/claims?q=harbour").json["items"] == []
        assert (
            client.get(f"/api/v1/foreign/claims?origin={OTHERS}&status=verified").json["total"] == 1
        )

    def test_one_is_found_by_the_id_that_it_has_there(self, ours, bag, client):
        take(ours, bag)
        found = client.get("/api/v1/foreign/claims").json["items"][0]

        one = client.get(f"/api/v1/foreign/claims/{found['claim']['id']}")

        assert one.json == found
        assert client.get(f"/api/v1/claims/{found['claim']['id']}").status_code == 404

    def test_their_logs_are_listed(self, ours, bag, client):
        take(ours, bag)

        (held,) = client.get("/api/v1/foreign/logs").json["items"]

        assert held["origin"] == OTHERS
        assert held["checkpoint"].startswith(f"{OTHERS}\n{held['size']}\n")


class TestImports:
    def test_a_dry_run_says_what_would_happen_and_keeps_nothing(self, app, bag, client, as_role):
        headers = {**as_role("admin"), "Content-Type": "application/zip"}

        would = client.post("/api/v1/imports?dry_run=1", data=bag.read_bytes(), headers=headers)
        did = client.post("/api/v1/imports", data=bag.read_bytes(), headers=headers)
        again = client.post("/api/v1/imports", data=bag.read_bytes(), headers=headers)

        assert would.status_code == 200
        assert would.json == {**did.json, "dry_run": True}
        assert (did.status_code, did.json["outcome"]) == (201, "adopted")
        assert (again.status_code, again.json["outcome"]) == (200, "known")

    @pytest.mark.parametrize("long", [1_000, 1 << 20], ids=["in a file", "in memory"])
    def test_an_idempotency_key_does_not_swallow_the_bag(
        self, app, bag, client, as_role, monkeypatch, long
    ):
        monkeypatch.setattr(idempotency, "_LONG", long)
        headers = {**as_role("admin"), "Content-Type": "application/zip", "Idempotency-Key": "k"}

        did = client.post("/api/v1/imports", data=bag.read_bytes(), headers=headers)

        again = client.post("/api/v1/imports", data=bag.read_bytes(), headers=headers)
        other = client.post("/api/v1/imports", data=bag.read_bytes() + b"x", headers=headers)
        assert (did.status_code, other.status_code) == (201, 422)
        assert again.json == did.json


class TestFixity:
    def test_a_check_is_kept_with_what_it_found(self, ours, client, as_role):
        with ours.writing() as session:
            session.connection().exec_driver_sql("UPDATE claim SET text = 'x'")

        check = fixity.Check(ours)
        found = list(check.problems())
        check.record()

        (kept,) = client.get("/api/v1/fixity", headers=as_role("reporter")).json["items"]
        assert kept["problems"] == found
        assert "claim " in found[0]
