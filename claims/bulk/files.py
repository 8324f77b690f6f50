"""Files and folders: which there are, what each holds, and the reader that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from claims.bulk.decoding import decoded_page
from claims.bulk.items import Found, Item, Refused
from claims.bulk.ndjson import read_ndjson
from claims.bulk.warc import read_warc

#: A larger file is no article.
MOST_BYTES = 20_000_000


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read, those of folders in the order of their names."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.is_file() and _reader(p) is not None)
            found.update(dict.fromkeys(sorted(inside)))
        else:
            found[path] = None
    return list(found)


def read_files(files: Iterable[Path]) -> Found:
    """Yield the articles of files; what cannot be read is yielded with its reason."""
    for file in files:
        try:
            # A file that was named is read, whatever it is called.
            yield from (_reader(file) or _read_text)(file)
        except OSError as error:
            yield Refused(str(file), 0, error.strerror or str(error))


def _reader(file: Path) -> Callable[[Path], Found] | None:
    name = file.name.lower()
    return next((read for ends, read in _READERS if name.endswith(ends)), None)


def _read_text(file: Path) -> Found:
    yield _whole(file, "text")


def _read_html(file: Path) -> Found:
    yield _whole(file, "html")


def _whole(file: Path, field: str) -> Item | Refused:
    size = file.stat().st_size
    if size > MOST_BYTES:
        return Refused(str(file), size, f"The file has {size} bytes; at most {MOST_BYTES}.")
    content = file.read_bytes()
    try:
        words = decoded_page(content) if field == "html" else content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"The file is not {error.encoding} at byte {error.start}. Save it in UTF-8."
        return Refused(str(file), size, reason)
    return Item(str(file), size, {field: words})


_READERS: tuple[tuple[tuple[str, ...], Callable[[Path], Found]], ...] = (
    ((".txt", ".text"), _read_text),
    ((".html", ".htm", ".xhtml"), _read_html),
    ((".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz"), read_ndjson),
    ((".warc", ".warc.gz"), read_warc),
)
