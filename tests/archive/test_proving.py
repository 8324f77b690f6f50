"""The proof of one claim: it shows what it says, and refuses what was tampered with, and why."""

import copy
import hashlib
import inspect
import io
import json
import subprocess
import sys
import zipfile

import pytest
from desks import ORIGIN, decide, open_desk

import factories
from archive import verify, verify_proof
from archive.proving import bundle, proof_of
from archive.records import Level
from claims.models import Claim
from ledger import checkpoint, checkpoints
from ledger.keys import load_or_create, load_ring
from ledger.rotation import printed


@pytest.fixture
def desk(tmp_path):
    """A desk with a decided claim among others."""
    database = open_desk(tmp_path / "desk.db")
    with database.writing() as session:
        decide(session, factories.make_claim(session))
        for number in range(5):
            factories.make_source(session, title=f"Source {number}")
    yield database
    database.engine.dispose()


@pytest.fixture
def vkey(tmp_path):
    return printed(load_or_create(tmp_path / "log.key"), ORIGIN)


@pytest.fixture
def proof(desk, tmp_path):
    """The public proof of the decided claim."""
    return prove(desk, tmp_path)


def prove(desk, folder, level=Level.PUBLIC):
    with desk.writing() as session:
        made = checkpoints.make(session, load_ring(folder / "log.key"), ORIGIN)
        claim = session.query(Claim).filter_by(status="verified").one()
        return proof_of(session, claim, made, level)


def refused(proof, vkey, tmp_path, capsys):
    """Return why a proof is refused."""
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(proof))
    assert verify_proof.main([str(path), "--key", vkey]) == 1
    return capsys.readouterr().out


def rewritten(entry, **changes):
    """Return an event's entry with another line, canonical."""
    body = {**json.loads(entry["line"]), **changes}
    return {**entry, "line": verify_proof.canonical(body).decode()}


class TestProof:
    def test_its_verifier_needs_nothing_but_python(self, proof, vkey, tmp_path):
        zipfile.ZipFile(io.BytesIO(bundle(proof))).extractall(tmp_path / "proof")
        folder = next((tmp_path / "proof").iterdir())

        run = subprocess.run(
            [sys.executable, "-I", "-S", "verify_proof.py", "--key", vkey],
            cwd=folder,
            capture_output=True,
            text=True,
        )

        assert run.returncode == 0, run.stdout + run.stderr
        assert run.stdout.startswith("OK: 6 events, all there are")
        assert "1 withheld" in run.stdout

    def test_it_covers_the_article_and_the_sources_cited(self, proof):
        assert [part["kind"] for part in proof["subjects"]] == ["claim", "article", "source"]

    def test_a_full_one_opens_notes(self, desk, tmp_path):
        names = [name for _, _, name, _ in prove(desk, tmp_path, Level.FULL)["disclosures"]]

        assert "note" in names

    def test_the_same_log_gives_the_same_bytes(self, desk, tmp_path):
        assert bundle(prove(desk, tmp_path)) == bundle(prove(desk, tmp_path))

    def test_both_verifiers_check_signatures_by_the_same_words(self):
        for name in ("ed25519_verify", "_add", "_times", "_recover", "_point", "node_hash"):
            one, other = (inspect.getsource(getattr(m, name)) for m in (verify, verify_proof))
            assert one == other


class TestRefusal:
    def test_an_altered_event(self, proof, vkey, tmp_path, capsys):
        events = proof["subjects"][0]["events"]
        events[1] = rewritten(events[1], actor="somebody else")

        assert "is not in the log, or was altered" in refused(proof, vkey, tmp_path, capsys)

    @pytest.mark.parametrize("place", [0, 1, -1])
    def test_a_missing_event(self, proof, vkey, tmp_path, capsys, place):
        del proof["subjects"][0]["events"][place]

        why = refused(proof, vkey, tmp_path, capsys)

        assert ("later events were left out" if place == -1 else "one is missing") in why

    def test_no_events_at_all(self, proof, vkey, tmp_path, capsys):
        proof["subjects"][0]["events"] = []

        assert "there are no events" in refused(proof, vkey, tmp_path, capsys)

    def test_events_in_another_order(self, proof, vkey, tmp_path, capsys):
        events = proof["subjects"][0]["events"]
        events[1], events[2] = events[2], events[1]

        assert "out of order" in refused(proof, vkey, tmp_path, capsys)

    def test_events_of_another_subject_in_its_place(self, proof, vkey, tmp_path, capsys):
        proof["subjects"][0]["events"] = proof["subjects"][1]["events"]

        assert "does not follow" in refused(proof, vkey, tmp_path, capsys)

    def test_a_claim_that_it_does_not_hold(self, proof, vkey, tmp_path, capsys):
        proof["claim"] = "0" * 36

        assert "not among the subjects" in refused(proof, vkey, tmp_path, capsys)

    def test_a_forged_value(self, proof, vkey, tmp_path, capsys):
        entry = next(d for d in proof["disclosures"] if d[2] == "rationale")
        entry[3] = "It is in another report."

        assert "not what was committed to" in refused(proof, vkey, tmp_path, capsys)

    def test_a_checkpoint_signed_by_a_stranger(self, proof, vkey, tmp_path, capsys):
        stranger = load_or_create(tmp_path / "stranger.key")
        origin, size, root = proof["checkpoint"].split("\n")[:3]
        body = verify_proof.base64.b64decode(root)
        proof["checkpoint"] = checkpoint.sign(origin, int(size), body, [stranger])
        proof["keys"] = [printed(stranger, ORIGIN)]

        assert "no known key signed" in refused(proof, vkey, tmp_path, capsys)

    def test_a_signature_over_something_else(self, proof, vkey, tmp_path, capsys):
        lines = proof["checkpoint"].split("\n")
        lines[1] = str(int(lines[1]) + 1)
        proof["checkpoint"] = "\n".join(lines)

        assert "signature by" in refused(proof, vkey, tmp_path, capsys)

    def test_an_older_commitment_beside_a_newer_checkpoint(
        self, desk, proof, vkey, tmp_path, capsys
    ):
        with desk.writing() as session:
            factories.make_source(session)
        newer = prove(desk, tmp_path)
        newer["heads"] = proof["heads"]

        assert "REFUSED: heads" in refused(newer, vkey, tmp_path, capsys)

    def test_another_event_in_place_of_the_commitment(self, proof, vkey, tmp_path, capsys):
        proof["heads"] = proof["subjects"][0]["events"][-1]

        assert "not the last event before the checkpoint" in refused(proof, vkey, tmp_path, capsys)

    def test_what_is_no_proof(self, vkey, tmp_path, capsys):
        for other in ({}, [], "x", {"format": "dateline-proof/1"}):
            assert "REFUSED" in refused(other, vkey, tmp_path, capsys)

    def test_every_byte_of_every_line_counts(self, proof, vkey, tmp_path, capsys):
        path = tmp_path / "proof.json"
        for number, entry in enumerate(proof["subjects"][0]["events"]):
            place = int(hashlib.sha256(entry["line"].encode()).hexdigest(), 16) % len(entry["line"])
            forged = copy.deepcopy(proof)
            line = entry["line"]
            forged["subjects"][0]["events"][number]["line"] = (
                line[:place] + chr(ord(line[place]) ^ 1) + line[place + 1 :]
            )
            path.write_text(json.dumps(forged))
            assert verify_proof.main([str(path), "--key", vkey]) == 1
        assert capsys.readouterr().out.count("REFUSED") == len(proof["subjects"][0]["events"])


class TestBundle:
    def test_it_is_verified_as_it_is(self, proof, vkey, tmp_path):
        path = tmp_path / "proof.zip"
        path.write_bytes(bundle(proof))

        assert verify_proof.main([str(path), "--key", vkey]) == 0

    def test_a_zip_without_a_proof_is_refused(self, tmp_path, capsys):
        path = tmp_path / "proof.zip"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("proof/other.json", "{}")

        assert verify_proof.main([str(path)]) == 1
        assert "cannot be read" in capsys.readouterr().out


class TestRoute:
    def test_everybody_can_fetch_a_proof(self, app, client, tmp_path, capsys):
        with app.extensions["dateline.db"].writing() as session:
            claim = factories.make_claim(session).uuid

        answer = client.get(f"/api/v1/claims/{claim}/proof")
        as_json = client.get(f"/api/v1/claims/{claim}/proof?format=json")

        assert answer.mimetype == "application/zip"
        zipfile.ZipFile(io.BytesIO(answer.data)).extractall(tmp_path)
        assert verify_proof.main([str(next(tmp_path.rglob("proof.json")))]) == 0
        assert as_json.json["claim"] == claim

    def test_notes_are_not_everybodys(self, app, client, as_role):
        with app.extensions["dateline.db"].writing() as session:
            claim = factories.make_claim(session).uuid
        path = f"/api/v1/claims/{claim}/proof?disclosure=full"

        assert client.get(path).status_code == 401
        assert client.get(path, headers=as_role("editor")).status_code == 200

    def test_an_unknown_claim_has_none(self, client):
        assert (
            client.get(f"/api/v1/claims/{'0' * 8}-0000-0000-0000-{'0' * 12}/proof").status_code
            == 404
        )
