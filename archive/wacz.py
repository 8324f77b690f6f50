"""
Fetched pages as WARC in a WACZ (Web Archive Collection Zipped, 1.1.1), so that any replay tool
shows them.

The bytes follow from the snapshots alone: record ids are the snapshots', gzip is written stored,
and the zip without dates. Only what a server answered is told; an upload has no such answer.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from archive.zip_writing import ZipWriter

VERSION = "1.1.1"

#: Lines of the index in one block that a reader fetches at once.
BLOCK = 3_000

#: Most bytes in a stored block of DEFLATE, RFC 1951.
_STORED = 0xFFFF

#: What stands between two WARC records.
_BETWEEN = b"\r\n\r\n"

WARC, CDX, IDX, PAGES = (
    "archive/data.warc",
    "indexes/index.cdx.gz",
    "indexes/index.idx",
    "pages/pages.jsonl",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a server answered it; `retrieved_at` is RFC 3339 in UTC."""

    id: str
    url: str
    title: str
    retrieved_at: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class _Indexed:
    page_url: str
    timestamp: str
    record: Mapping[str, Any]


def write_wacz(file: BinaryIO, pages: Iterable[Page], *, created: str, title: str) -> None:
    """Write pages as a WACZ, one page in memory at a time."""
    index: list[_Indexed] = []
    listed: list[dict[str, Any]] = []
    bundle = ZipWriter(file)
    written = [bundle.add(WARC, _records(pages, index, listed))]
    cdx, idx = _index(index)
    written += [bundle.add(CDX, cdx), bundle.add(IDX, idx), bundle.add(PAGES, _page_list(listed))]
    package = _json(
        {
            "profile": "data-package",
            "wacz_version": VERSION,
            "software": "Dateline",
            "created": created,
            "title": title,
            "resources": [
                {
                    "name": member.name.rpartition("/")[2].lower(),
                    "path": member.name,
                    "hash": f"sha256:{member.sha256}",
                    "bytes": member.size,
                }
                for member in written
            ],
        }
    )
    bundle.add("datapackage.json", package)
    digest = {
        "path": "datapackage.json",
        "hash": f"sha256:{hashlib.sha256(package).hexdigest()}",
    }
    bundle.add("datapackage-digest.json", _json(digest))
    bundle.close()


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=2, sort_keys=True).encode() + b"\n"


def _records(
    pages: Iterable[Page], index: list[_Indexed], listed: list[dict[str, Any]]
) -> Iterator[bytes]:
    """Yield WARC records, and note where each of them stands."""
    place = 0
    for page in pages:
        record = warc_record(page)
        index.append(
            _Indexed(
                page.url,
                "".join(filter(str.isdigit, page.retrieved_at[:19])),
                {
                    "url": page.url,
                    "mime": _media_type(page),
                    "status": str(page.status),
                    "digest": f"sha256:{hashlib.sha256(page.content).hexdigest()}",
                    # Without the line ends between records, as the field's indexers count.
                    "length": str(len(record) - len(_BETWEEN)),
                    "offset": str(place),
                    "filename": WARC.rpartition("/")[2],
                },
            )
        )
        listed.append(
            {"id": page.id, "url": page.url, "ts": page.retrieved_at, "title": page.title}
        )
        place += len(record)
        yield record


def warc_record(page: Page) -> bytes:
    """Return a page as a WARC 1.1 response record, ISO 28500:2017."""
    headers = [*page.headers, ("Content-Length", str(len(page.content)))]
    block = _head(f"HTTP/1.1 {page.status} OK", headers) + page.content
    digest = base64.b32encode(hashlib.sha256(page.content).digest()).decode()
    facts = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", f"<urn:uuid:{page.id}>"),
        ("WARC-Date", page.retrieved_at),
        ("WARC-Target-URI", page.url),
        ("WARC-Payload-Digest", f"sha256:{digest}"),
        ("Content-Type", "application/http; msgtype=response"),
        ("Content-Length", str(len(block))),
    ]
    return _head("WARC/1.1", facts) + block + _BETWEEN


def _head(first: str, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def _media_type(page: Page) -> str:
    named = {name.lower(): value for name, value in page.headers}
    return named.get("content-type", "application/octet-stream").partition(";")[0].strip()


def surt(url: str) -> str:
    """Return the key that an index is sorted by: the host turned round, then the path."""
    parts = urlsplit(url)
    labels = (parts.hostname or "").removeprefix("www.").split(".")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    host = ",".join(reversed(labels)) if not labels[-1].isdigit() else ".".join(labels)
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower()


def _index(index: Iterable[_Indexed]) -> tuple[bytes, bytes]:
    """Return the sorted index in gzip blocks, and the index of these blocks."""
    lines = sorted(
        f"{surt(entry.page_url)} {entry.timestamp} {json.dumps(dict(entry.record))}\n"
        for entry in index
    )
    meta = json.dumps({"format": "cdxj-gzip-1.0", "filename": CDX.rpartition("/")[2]})
    cdx, idx = b"", [f"!meta 0 {meta}\n"]
    for first in range(0, len(lines), BLOCK):
        block = stored_gzip("".join(lines[first : first + BLOCK]).encode())
        key = " ".join(lines[first].split(" ", 2)[:2])
        where = {
            "offset": len(cdx),
            "length": len(block),
            "digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        }
        idx.append(f"{key} {json.dumps(where)}\n")
        cdx += block
    return cdx or stored_gzip(b""), "".join(idx).encode()


def _page_list(listed: Iterable[dict[str, Any]]) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}
    return "".join(f"{json.dumps(entry)}\n" for entry in itertools.chain([head], listed)).encode()


def stored_gzip(content: bytes) -> bytes:
    """Return bytes as a gzip member without compression: the same on every machine, RFC 1952."""
    blocks = [content[i : i + _STORED] for i in range(0, len(content), _STORED)] or [b""]
    body = b"".join(
        struct.pack("<BHH", number == len(blocks) - 1, len(block), len(block) ^ _STORED) + block
        for number, block in enumerate(blocks)
    )
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    return head + body + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
