"""Bags that somebody made to harm: refused with a problem that names the place, nothing kept."""

import io
import json
import stat
import zipfile

import pytest
from desks import ORIGIN, decide, export_to, open_desk

import factories
from archive.bag import open_bag, write_bag
from claims.models import Claim
from ledger import checkpoint, merkle
from ledger.canonical import canonical
from ledger.keys import load_or_create

EVENTS, OPENED = "data/log/events.ndjson", "data/log/disclosures.ndjson"
NOTE = "data/log/checkpoint.txt"


@pytest.fixture
def bag(tmp_path):
    """An export of another desk."""
    database = open_desk(tmp_path / "desk.db")
    with database.writing() as session:
        decide(session, factories.make_claim(session))
    path = export_to(tmp_path / "1.zip", database)
    with database.writing() as session:
        factories.make_source(session)
    path = export_to(tmp_path / "2.zip", database)
    database.engine.dispose()
    return path


@pytest.fixture
def send(app, client, as_role):
    """Import some bytes; nothing may be kept of them."""
    headers = {**as_role("admin"), "Content-Type": "application/zip"}

    def post(data):
        answer = client.post("/api/v1/imports", data=data, headers=headers)
        with app.extensions["dateline.db"].read_session() as session:
            assert session.query(Claim).count() == 0
        return answer

    return post


def members_of(path):
    with open_bag(path, max_bytes=10**9) as found:
        return {name: found.read(name) for name in found.names() if name.startswith("data/")}


def bagged(members, path):
    """Return the bytes of a bag with these members, its manifests right."""
    write_bag(path, "b", sorted(members.items()), {})
    return path.read_bytes()


def zipped(*entries, compression=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as target:
        for name, content in entries:
            target.writestr(name, content)
    return file.getvalue()


def link():
    entry = zipfile.ZipInfo("bag/link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped((entry, "/etc/passwd"))


def lines(members, name=EVENTS):
    return members[name].split(b"\n")[:-1]


def joined(found):
    return b"".join(line + b"\n" for line in found)


class TestContainers:
    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"hello", "not_a_zip"),
            (zipped(("../../etc/x", "x")), "unsafe_path"),
            (zipped(("bag\\x", "x")), "unsafe_path"),
            (zipped(("bag/A.json", "1"), ("bag/a.json", "2")), "name_clash"),
            (zipped(("bag/bagit.txt", "x")) + b"TRAILING", "trailing_data"),
            (
                zipped(("bag/bagit.txt", "x")).replace(b"bag/bagit", b"bag/evil_", 1),
                "header_mismatch",
            ),
            (link(), "not_a_file"),
            (zipped(("bag/x", b"\0" * 30_000_000), compression=zipfile.ZIP_DEFLATED), "zip_bomb"),
            (zipped(("bag/x", "x")), "archive_unsafe"),
        ],
        ids=[
            "no zip",
            "up",
            "backslash",
            "case",
            "trailing",
            "two names",
            "link",
            "bomb",
            "no bag",
        ],
    )
    def test_they_are_refused_for_their_reason(self, send, data, reason):
        answer = send(data)

        assert answer.status_code == 422
        assert answer.mimetype == "application/problem+json"
        assert (answer.json["code"], answer.json["reason"]) == ("validation_failed", reason)

    def test_a_bag_that_wants_files_fetched_is_refused(self, send, bag):
        data = zipped(("b/fetch.txt", "http://127.0.0.1/ 1 data/x"))

        assert send(data).json["reason"] == "archive_unsafe"

    def test_a_wrong_digest_names_the_file(self, send, bag, tmp_path):
        data = bagged(members_of(bag), tmp_path / "x.zip")
        entries = [
            (e.filename, zipfile.ZipFile(io.BytesIO(data)).read(e))
            for e in zipfile.ZipFile(io.BytesIO(data)).infolist()
        ]
        changed = [(n, c + b"x" if n.endswith("README.txt") else c) for n, c in entries]

        answer = send(zipped(*changed))

        assert answer.json["reason"] == "manifest_mismatch"
        assert "README.txt" in answer.json["detail"]


class TestHistories:
    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda found: [*found[:3], found[4], found[3], *found[5:]], "Line 3"),
            (lambda found: found[:-1], "checkpoint was signed over"),
            (lambda found: [*found[:2], *found[3:]], "Line 2"),
            (lambda found: [found[0].replace(b'"v":1', b'"v":2'), *found[1:]], "Line 0"),
            (lambda found: [b"[" * 100_000, *found[1:]], "deeper than"),
            (lambda found: [b'{"a":1}', *found[1:]], "Line 0"),
            (lambda found: [b" " + found[0], *found[1:]], "canonical"),
            (lambda found: [b"\xff", *found[1:]], "UTF-8"),
        ],
        ids=["swapped", "cut", "gap", "version", "deep", "no event", "spaced", "no text"],
    )
    def test_lines_that_do_not_follow(self, send, bag, tmp_path, change, told):
        members = members_of(bag)
        members[EVENTS] = joined(change(lines(members)))

        answer = send(bagged(members, tmp_path / "x.zip"))

        assert (answer.status_code, answer.json["code"]) == (422, "history_broken")
        assert told in answer.json["detail"]

    def test_a_line_that_was_altered_and_put_back_in_canonical_form(self, send, bag, tmp_path):
        members = members_of(bag)
        found = [json.loads(line) for line in lines(members)]
        found[3]["actor"] = "somebody else"
        members[EVENTS] = joined(canonical(body) for body in found)

        assert send(bagged(members, tmp_path / "x.zip")).json["code"] == "history_broken"

    def test_a_forged_value(self, send, bag, tmp_path):
        members = members_of(bag)
        found = [json.loads(line) for line in lines(members, OPENED)]
        found[2][3] = "forged"
        members[OPENED] = joined(canonical(line) for line in found)

        answer = send(bagged(members, tmp_path / "x.zip"))

        assert answer.json["code"] == "history_broken"
        assert "committed to" in answer.json["detail"]

    def test_an_earlier_checkpoint_left_out(self, send, bag, tmp_path):
        members = members_of(bag)
        (earlier,) = (name for name in members if name.startswith("data/log/checkpoints/"))
        del members[earlier]

        assert "is missing" in send(bagged(members, tmp_path / "x.zip")).json["detail"]

    def test_a_checkpoint_signed_by_a_stranger(self, send, bag, tmp_path):
        members = members_of(bag)
        members[NOTE] = signed(members, load_or_create(tmp_path / "stranger.key"))

        assert send(bagged(members, tmp_path / "x.zip")).json["code"] == "signature_invalid"

    def test_well_signed_heads_that_are_not_those_of_the_chains(self, send, bag, tmp_path):
        members = members_of(bag)
        *rest, last = lines(members)
        forged = json.loads(last)
        forged["data"]["heads"] = "0" * 64
        members[EVENTS] = joined([*rest, canonical(forged)])
        members[NOTE] = signed(members, load_or_create(bag.parent / "log.key"))

        answer = send(bagged(members, tmp_path / "x.zip"))

        assert answer.json["code"] == "history_broken"
        assert "other heads" in answer.json["detail"]

    def test_a_signature_that_does_not_hold(self, send, bag, tmp_path):
        members = members_of(bag)
        members[NOTE] = members[NOTE].replace(b"\n\n", b"\nmore\n\n")

        assert send(bagged(members, tmp_path / "x.zip")).json["code"] == "signature_invalid"

    @pytest.mark.parametrize(
        "changes",
        [
            {"type": "claim.invented"},
            {"type": "claim.created", "data": {}},
            {"type": "source.withheld", "data": {"values": "x"}},
            {"type": "log.key_revoked", "data": {}},
            {"type": "derivation.judged", "data": {"parent": 7, "kind": [], "basis": {}}},
        ],
        ids=["unknown", "empty", "no list", "no key", "no names"],
    )
    def test_well_signed_events_that_mean_nothing(self, send, bag, tmp_path, changes):
        members = members_of(bag)
        found = [json.loads(line) for line in lines(members)]
        place = next(n for n, body in enumerate(found) if body["type"] == "source.added")
        found[place].update(changes, sealed={})
        members = {n: c for n, c in members.items() if not n.startswith("data/log/checkpoints/")}
        key = load_or_create(bag.parent / "log.key")
        # Its own key says so: what a desk signs itself is still not taken on trust.
        vkey = checkpoint.verifier_key(ORIGIN, key.public_bytes)
        first = {
            **found[0],
            "type": "log.key_added",
            "subject": found[0]["log"],
            "data": {"vkey": vkey},
            "sealed": {},
        }
        rest = {**found[place], "seq": 1, "subject_seq": 0, "prev": None}
        members[EVENTS] = joined([canonical(first), canonical(rest)])
        members[OPENED] = b""
        members[NOTE] = signed(members, key)

        answer = send(bagged(members, tmp_path / "x.zip"))

        assert (answer.status_code, answer.json["code"]) == (422, "history_broken")


def signed(members, key):
    """Return a checkpoint over the lines as they are now."""
    found = lines(members)
    return checkpoint.sign(
        ORIGIN, len(found), merkle.root_of(merkle.leaf_hash(line) for line in found), [key]
    ).encode()
