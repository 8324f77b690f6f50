"""Bytes of a page to its text. Pure."""

from __future__ import annotations

import codecs
import re

_CHARSET = re.compile(rb"""<meta[^>]{1,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)


def decoded_page(content: bytes, declared: str | None = None) -> str:
    """
    Return a page's text: in the encoding declared outside or in it, else in UTF-8.

    :raises UnicodeDecodeError: if it is not in that encoding
    """
    inside = _CHARSET.search(content[:4_096])
    for name in (declared, inside[1].decode("ascii") if inside else None):
        if name and _is_text_encoding(name):
            return content.decode(name)
    return content.decode("utf-8-sig")


def _is_text_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False
