"""Fetched pages as WARC in WACZ, judged by the tools of web archives."""

import gzip
import io
import json
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

import factories
from archive import pages
from archive.records import Scope
from archive.wacz import Page, stored_gzip, surt, warc_record, write_wacz
from permissions import SYSTEM
from sources.snapshots import Captured, take_snapshot

HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Server", "x"))


def page(number: int = 0, **changed) -> Page:
    given = {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "url": f"https://www.daily.example/stories/{number}?a=B",
        "title": f"Story {number}",
        "retrieved_at": "2022-03-04T05:06:07.890123Z",
        "status": 200,
        "headers": HEADERS,
        "content": f"<p>Story {number} ünd more</p>".encode(),
    }
    return Page(**{**given, **changed})


def written(pages) -> bytes:
    buffer = io.BytesIO()
    write_wacz(buffer, pages, created="2022-03-05T00:00:00Z", title="A desk")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    path = tmp_path_factory.mktemp("wacz") / "pages.wacz"
    path.write_bytes(written([page(2), page(1), page(3, headers=())]))
    return path


class TestWriteWacz:
    def test_the_field_s_own_validator_accepts_it(self, bundle):
        done = subprocess.run(
            [sys.executable, "-m", "wacz.main", "validate", "-f", str(bundle)],
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stdout + done.stderr
        assert "the passed WACZ is valid" in done.stdout

    def test_an_indexer_finds_the_records_where_our_index_says(self, bundle, tmp_path):
        with zipfile.ZipFile(bundle) as archive:
            warc = tmp_path / "data.warc"
            warc.write_bytes(archive.read("archive/data.warc"))
            ours = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode().splitlines()

        # In a process of its own: compiling one of its parts warns, and here warnings are errors.
        command = [sys.executable, "-m", "cdxj_indexer.main", "--sort", str(warc)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)

        def places(lines):
            found = [(line.split(" ", 2)[:2], json.loads(line.split(" ", 2)[2])) for line in lines]
            return [(key, entry["url"], entry["offset"], entry["length"]) for key, entry in found]

        assert places(ours) == places(done.stdout.splitlines())

    def test_the_block_index_leads_to_the_lines(self, bundle):
        with zipfile.ZipFile(bundle) as archive:
            cdx, idx = archive.read("indexes/index.cdx.gz"), archive.read("indexes/index.idx")

        where = json.loads(idx.decode().splitlines()[1].split(" ", 2)[2])

        block = cdx[where["offset"] : where["offset"] + where["length"]]
        assert len(gzip.decompress(block).splitlines()) == 3

    def test_the_same_pages_are_the_same_bytes(self):
        assert written([page(1), page(2)]) == written([page(1), page(2)])

    def test_no_page_at_all_is_still_a_bundle(self):
        with zipfile.ZipFile(io.BytesIO(written([]))) as archive:
            assert archive.testzip() is None


class TestWarcRecord:
    def test_it_is_read_back_as_it_was_answered(self):
        records = ArchiveIterator(io.BytesIO(warc_record(page())), check_digests="raise")

        record = next(records)

        assert record.rec_headers.get_header("WARC-Target-URI") == page().url
        assert record.rec_headers.get_header("WARC-Date") == page().retrieved_at
        assert record.http_headers.get_header("Server") == "x"
        assert record.content_stream().read() == page().content


class TestSurt:
    @pytest.mark.parametrize(
        ("url", "key"),
        [
            ("https://www.daily.example/A?b=C", "example,daily)/a?b=c"),
            ("http://daily.example", "example,daily)/"),
            ("http://127.0.0.1:8070/x", "127.0.0.1:8070)/x"),
        ],
    )
    def test_the_host_is_turned_round(self, url, key):
        assert surt(url) == key


class TestStoredGzip:
    @given(st.binary(max_size=200_000))
    def test_gzip_gives_it_back(self, content):
        assert gzip.decompress(stored_gzip(content)) == content


class TestExport:
    def test_a_fetched_page_travels_in_the_bag(self, app, tmp_path):
        with app.extensions["dateline.db"].writing() as session:
            source = factories.make_source(session, title="A page")
            http = {"status": 200, "headers": [["Content-Type", "text/html"]], "hops": ["x"]}
            captured = Captured(b"<p>x", "text/html", final_url="https://a.example/", http=http)
            take_snapshot(session, source, captured, actor=SYSTEM)
            take_snapshot(session, source, Captured(b"uploaded", "text/plain"), actor=SYSTEM)

        with app.extensions["dateline.db"].read_session() as session:
            ((name, content),) = pages.members(
                session, Scope(), created="2022-03-05T00:00:00Z", title="A desk"
            )
            bundle = io.BytesIO(b"".join(content))

        with zipfile.ZipFile(bundle) as archive:
            records = list(ArchiveIterator(io.BytesIO(archive.read("archive/data.warc"))))
        assert name == "data/pages/pages.wacz"
        assert [r.rec_headers.get_header("WARC-Target-URI") for r in records] == [
            "https://a.example/"
        ]
