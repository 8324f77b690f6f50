"""WARC, plain or gzipped: the HTML pages among the responses, with address and day of capture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed

from claims.bulk.decoding import decoded_page
from claims.bulk.gzipped import BROKEN, REMEDY, opened
from claims.bulk.items import Found, Item, Refused

#: A longer page is no article.
MOST_BYTES = 20_000_000

_AT_ONCE = 65_536

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(file: Path) -> Found:
    """Yield the pages of an archive; a record that breaks ends its file."""
    place, read = str(file), 0
    with opened(file) as (plain, raw):
        try:
            for record in WARCIterator(plain):
                found = _page(record, file) if _is_page(record) else None
                _check_whole(record)
                if found is not None:
                    place, given, day = found
                    position = raw.tell()
                    yield _item(place, position - read, given, day)
                    read = position
            # The iterator takes a compressed file that ends too early for one that ends.
            plain.read(1)
        except (ArchiveLoadFailed, OSError, ValueError, *BROKEN) as error:
            reason = " ".join(str(error).split())
            yield Refused(
                f"{file}, after {place}", 0, f"The archive breaks here: {reason} {REMEDY}"
            )


def _check_whole(record: Any) -> None:
    """Refuse a record that ends before it is as long as it says: half a page is no article."""
    rest = record.raw_stream
    if record.rec_headers.get_header("Content-Length") is None:
        raise EOFError("A record does not say how long it is.")
    while rest.limit > 0:
        if not rest.read(_AT_ONCE):
            raise EOFError(f"{rest.limit} bytes of a record are missing.")


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return False
    return (headers.get_header("Content-Type") or "").split(";")[0].strip().lower() in _PAGES


def _page(record: Any, file: Path) -> tuple[str, dict[str, Any], str | None]:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    declared = record.http_headers.get_header("Content-Type") or ""
    charset = re.search(r"charset=[\"']?([\w:.-]{2,40})", declared, re.I)
    day = re.match(r"\d{4}-\d{2}-\d{2}", record.rec_headers.get_header("WARC-Date") or "")
    given = {
        "content": record.content_stream().read(MOST_BYTES + 1),
        "charset": charset[1] if charset else None,
        "url": address.strip("<>"),
    }
    return f"{file}, {address}", given, day[0] if day else None


def _item(place: str, size: int, given: dict[str, Any], day: str | None) -> Item | Refused:
    if len(given["content"]) > MOST_BYTES:
        return Refused(place, size, f"The page has more than {MOST_BYTES} bytes.")
    try:
        page = decoded_page(given["content"], given["charset"])
    except UnicodeDecodeError as error:
        reason = f"The page is not {error.encoding} at byte {error.start}, as it says it is."
        return Refused(place, size, reason)
    return Item(place, size, {"html": page, "url": given["url"]}, captured_on=day)
