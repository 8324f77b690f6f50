"""Which files there are and what each holds."""

from gzip import compress

import pytest

from claims.bulk.decoding import decoded_page
from claims.bulk.files import find_files, read_files
from claims.bulk.items import Item, Refused

PAGE = b"<p>The dam broke in 1970.</p>"


class TestFindFiles:
    def test_folders_give_what_can_be_read_in_the_order_of_names(self, tmp_path):
        (tmp_path / "deep").mkdir()
        for name in ("b.txt", "deep/a.HTML", "c.png", "d.warc.gz", "e.ndjson.gz"):
            (tmp_path / name).touch()

        found = [file.relative_to(tmp_path).as_posix() for file in find_files([tmp_path])]

        assert found == ["b.txt", "d.warc.gz", "deep/a.HTML", "e.ndjson.gz"]

    def test_a_file_that_is_named_twice_is_read_once(self, tmp_path):
        (tmp_path / "a.txt").touch()

        assert find_files([tmp_path, tmp_path / "a.txt"]) == [tmp_path / "a.txt"]


class TestReadFiles:
    def test_text_and_pages_are_handed_on_as_they_are(self, tmp_path):
        (tmp_path / "a.txt").write_text("Über 5 %.\r\n", newline="")
        (tmp_path / "b.html").write_bytes(PAGE)

        found = list(read_files(find_files([tmp_path])))

        assert [one.given for one in found] == [
            {"text": "Über 5 %.\r\n"},
            {"html": PAGE.decode()},
        ]

    def test_bytes_that_are_no_text_are_refused_with_their_place(self, tmp_path):
        (tmp_path / "a.txt").write_bytes(b"ab\xff")

        (found,) = read_files([tmp_path / "a.txt"])

        assert found == Refused(
            f"{tmp_path}/a.txt", 3, "The file is not utf-8 at byte 2. Save it in UTF-8."
        )

    def test_lines_of_ndjson_are_split_at_line_feeds_alone(self, tmp_path):
        (tmp_path / "a.ndjson").write_bytes('{"text": "a\u2028b"}\n\n{}'.encode())

        found = list(read_files([tmp_path / "a.ndjson"]))

        assert [(one.place[-2:], one.given["line"]) for one in found] == [
            (":1", '{"text": "a\u2028b"}\n'.encode()),
            (":3", b"{}"),
        ]

    def test_an_endless_line_is_skipped_and_the_next_one_read(self, tmp_path, monkeypatch):
        monkeypatch.setattr("claims.bulk.ndjson.MOST_BYTES", 10)
        (tmp_path / "a.ndjson").write_bytes(b"x" * 35 + b"\n{}\n")

        long, short = read_files([tmp_path / "a.ndjson"])

        assert isinstance(long, Refused)
        assert (long.size, short.given) == (36, {"line": b"{}\n"})

    @pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
    def test_pages_of_an_archive_come_with_address_and_day(self, tmp_path, name):
        (tmp_path / name).write_bytes(archive(gzip=name.endswith("gz")))

        found = list(read_files([tmp_path / name]))

        assert [(one.given, one.captured_on) for one in found] == [
            ({"html": PAGE.decode(), "url": "https://news.example/1"}, "2021-12-14")
        ]
        assert all(isinstance(one, Item) for one in found)

    @pytest.mark.parametrize(("name", "missing"), [("a.warc", 20), ("a.warc.gz", 4)])
    def test_an_archive_that_breaks_off_is_told_after_what_is_whole(self, tmp_path, name, missing):
        whole = archive(gzip=name.endswith("gz"))
        (tmp_path / name).write_bytes(whole[:-missing])

        page, told = read_files([tmp_path / name])

        assert isinstance(page, Item)
        assert "Get the file again" in told.reason

    def test_half_a_page_is_no_article(self, tmp_path):
        whole = record(1, "text/html", "200 OK")
        (tmp_path / "a.warc").write_bytes(whole[:-20])

        (told,) = read_files([tmp_path / "a.warc"])

        assert "16 bytes of a record are missing" in told.reason

    def test_an_archive_that_is_one_gzip_is_read(self, tmp_path):
        (tmp_path / "a.warc.gz").write_bytes(compress(archive(gzip=False)))

        (page,) = read_files([tmp_path / "a.warc.gz"])

        assert page.given["html"] == PAGE.decode()

    def test_lines_may_be_gzipped_and_begin_with_a_byte_order_mark(self, tmp_path):
        (tmp_path / "a.ndjson.gz").write_bytes(compress(b"\xef\xbb\xbf{}\n[]\n"))

        found = list(read_files(find_files([tmp_path])))

        assert [one.given["line"] for one in found] == [b"{}\n", b"[]\n"]

    def test_lines_that_break_off_are_told_after_the_whole_ones(self, tmp_path):
        (tmp_path / "a.ndjson.gz").write_bytes(compress(b"{}\n[]\n")[:-4])

        *whole, told = read_files([tmp_path / "a.ndjson.gz"])

        assert len(whole) == 2
        assert told.place == f"{tmp_path}/a.ndjson.gz, after line 2"

    def test_no_archive_at_all_is_told(self, tmp_path):
        (tmp_path / "a.warc").write_bytes(b"no archive\r\n" * 20)

        (found,) = read_files([tmp_path / "a.warc"])

        assert "breaks here" in found.reason


class TestDecodedPage:
    @pytest.mark.parametrize(
        ("content", "declared"),
        [
            ("ü".encode(), None),
            (b"\xfc", "iso-8859-1"),
            (b'<meta charset="latin1">\xfc', None),
            ("ü".encode(), "no such"),
        ],
    )
    def test_the_declared_encoding_goes_before_utf_8(self, content, declared):
        assert decoded_page(content, declared).endswith("ü")


def archive(*, gzip):
    """An archive with a page, a picture and a page that is not there."""
    kinds = [
        ("text/html; charset=utf-8", "200 OK"),
        ("image/png", "200 OK"),
        ("text/html", "404 No"),
    ]
    records = [record(number, *kind) for number, kind in enumerate(kinds, start=1)]
    return b"".join(compress(one) if gzip else one for one in records)


def record(number, kind, status):
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + PAGE
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\n"
        "WARC-Date: 2021-12-14T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0b6f6f2e-7a0f-4a44-9ad5-0f2d1f5f8a1{number}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"
