"""Zips: the same bytes from the same members; what two readers could see differently is refused."""

import io
import stat
import struct
import zipfile

import pytest

from archive.bag import open_bag, write_bag
from archive.zip_reading import Limits, check_names, read_directory, stream
from archive.zip_writing import HELD, ZipWriter
from errors import ArchiveError

LIMITS = Limits(max_bytes=10**8)

MEMBERS = {"a/one.txt": b"one", "a/two.bin": bytes(range(256)) * 5, "a/ü.txt": b""}


def written(members):
    file = io.BytesIO()
    writer = ZipWriter(file)
    for name, content in members.items():
        writer.add(name, content)
    writer.close()
    return file.getvalue()


def listed(data):
    file = io.BytesIO(data)
    return {e.name: b"".join(stream(file, e)) for e in read_directory(file, LIMITS)}


def by_zipfile(*members, compression=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as target:
        for name, content in members:
            target.writestr(name, content)
    return file.getvalue()


class TestZipWriter:
    def test_other_readers_read_it(self):
        found = zipfile.ZipFile(io.BytesIO(written(MEMBERS)))

        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == MEMBERS

    def test_a_large_member_comes_in_pieces(self):
        pieces = [b"x" * HELD, b"y" * 10, b"z" * HELD]

        data = written({"a/large": iter(pieces), "b": b"after"})

        found = zipfile.ZipFile(io.BytesIO(data))
        assert found.read("a/large") == b"".join(pieces)
        assert listed(data)["b"] == b"after"

    def test_its_bytes_are_the_same_each_time(self):
        assert written(MEMBERS) == written(MEMBERS)


class TestReadDirectory:
    @pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    def test_it_reads_what_others_wrote(self, compression):
        data = by_zipfile(*MEMBERS.items(), compression=compression)

        assert listed(data) == MEMBERS

    def test_it_reads_what_the_writer_wrote(self):
        assert listed(written(MEMBERS)) == MEMBERS

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "not_a_zip"),
            (b"PK", "not_a_zip"),
            (b"x" * 100_000, "not_a_zip"),
            (written(MEMBERS)[:-1], "not_a_zip"),
            (written(MEMBERS) + b"x", "trailing_data"),
            (b"x" + written(MEMBERS), "trailing_data"),
            (by_zipfile(("a", b"0" * 3_000_000), compression=zipfile.ZIP_DEFLATED), "zip_bomb"),
            (written({"a/../../b": b""}), "unsafe_path"),
            (written({"/etc/x": b""}), "unsafe_path"),
            (written({"a\\b": b""}), "unsafe_path"),
            (written({"C:x": b""}), "unsafe_path"),
            (written({"a\0b": b""}), "unsafe_path"),
            (written({"A": b"", "a": b""}), "name_clash"),
            (written({"a": b"", "a/b": b""}), "name_clash"),
            (written({"e\u0301": b"", "\u00e9": b""}), "name_clash"),
        ],
    )
    def test_what_is_not_safe_is_refused_for_its_reason(self, data, reason):
        with pytest.raises(ArchiveError) as caught:
            listed(data)

        assert caught.value.reason == reason

    def test_a_link_is_refused(self):
        entry = zipfile.ZipInfo("a/link")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16

        with pytest.raises(ArchiveError) as caught:
            listed(by_zipfile((entry, "/etc/passwd")))

        assert caught.value.reason == "not_a_file"

    def test_two_names_for_one_member_are_refused(self):
        data = bytearray(written({"aa": b"x"}))
        data[data.index(b"aa")] = ord("b")

        with pytest.raises(ArchiveError) as caught:
            listed(bytes(data))

        assert caught.value.reason == "header_mismatch"

    def test_overlapping_members_are_refused(self):
        data = written({"a": b"x" * 50, "b": b"y"})
        place = data.rindex(b"PK\x01\x02")
        changed = bytearray(data)
        struct.pack_into("<I", changed, place + 42, 0)

        with pytest.raises(ArchiveError) as caught:
            listed(bytes(changed))

        assert caught.value.reason == "header_mismatch"

    def test_every_changed_bit_of_content_is_found(self):
        data = written({"a": b"content"})
        place = data.index(b"content")

        with pytest.raises(ArchiveError) as caught:
            listed(data[:place] + b"C" + data[place + 1 :])

        assert caught.value.reason == "checksum_mismatch"

    def test_more_than_the_limit_is_refused(self):
        file = io.BytesIO(written({"a": b"x" * 100}))

        with pytest.raises(ArchiveError) as caught:
            read_directory(file, Limits(max_bytes=99))

        assert caught.value.reason == "too_large"


class TestCheckNames:
    def test_the_same_name_twice_is_refused(self):
        with pytest.raises(ArchiveError) as caught:
            check_names(["a", "a"])

        assert caught.value.reason == "duplicate_name"


class TestOpenBag:
    def test_lines_are_split_on_line_feeds_alone(self, tmp_path):
        lines = ["a\u2028b", "", "c\rd", "x" * 200_000]
        path = tmp_path / "bag.zip"
        write_bag(path, "b", [("data/x", "".join(f"{x}\n" for x in lines).encode())], {})

        with open_bag(path, max_bytes=10**7) as bag:
            found = [line.decode() for line in bag.lines("data/x")]

        assert found == lines

    def test_a_file_that_no_manifest_lists_is_refused(self, tmp_path):
        path = tmp_path / "bag.zip"
        write_bag(path, "b", [("data/x", b"x")], {})
        members = listed(path.read_bytes()) | {"b/data/y": b"y"}
        path.write_bytes(written(members))

        with pytest.raises(ArchiveError, match="in no manifest"):
            open_bag(path, max_bytes=10**7)
