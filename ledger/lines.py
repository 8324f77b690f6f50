"""
How the line of an event is written: canonical JSON, put together from its parts. Pure.

It is what `canonical` makes of the whole, whose keys stand in their order here already; only what
differs from one event to the next is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ledger.canonical import CanonicalError, canonical, canonical_within, is_key

VERSION = 1

_LINE = (
    b'{"actor":%b,"at":"%b","data":%b,"log":%b,"prev":%b,"sealed":{%b},'
    b'"seq":%d,"subject":%b,"subject_seq":%d,"type":%b,"v":%d}'
)

#: Names and types that are kept as they are written: a log has a few dozen of them.
_MOST_KNOWN = 1_000


def line_of(
    *,
    log: str,
    seq: int,
    type: str,
    at: str,
    subject: str,
    subject_seq: int,
    prev: str | None,
    actor: str,
    data: Mapping[str, Any],
    sealed: Mapping[str, str],
) -> bytes:
    """
    Return the line of an event, with a commitment for each of its sealed values.

    :raises CanonicalError: naming the path of what the profile does not allow
    """
    commitments = [b'%b:"%b"' % (_name(name), sealed[name].encode()) for name in sorted(sealed)]
    return _LINE % (
        _known(actor),
        at.encode(),
        canonical_within(dict(data), "$.data", 1),
        _known(log),
        b'"%b"' % prev.encode() if prev else b"null",
        b",".join(commitments),
        seq,
        canonical_within(subject, "$.subject", 1),
        subject_seq,
        _known(type),
        VERSION,
    )


@lru_cache(_MOST_KNOWN)
def _known(text: str) -> bytes:
    return canonical(text)


@lru_cache(_MOST_KNOWN)
def _name(name: str) -> bytes:
    if not is_key(name):
        raise CanonicalError(f"$.sealed: the key {name!r} is not printable ASCII without space.")
    return canonical(name)
