"""
What pronouns and nouns stand for: "he", "the minister", "the company", "the deal".

`find_references` is the public function; the cast of an article is followed in `cast.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from claims.extraction.records import Entity, Reference

from .cast import cast_of

__all__ = ["find_references"]


def find_references(
    doc: Doc, base: int = 0, entities: Sequence[Entity] = ()
) -> tuple[Reference, ...]:
    """
    Return what refers to something named or described before, in the order of the text.

    :param doc: a parsed piece of the article
    :param base: where the piece begins in the article; offsets are into the whole article
    :param entities: the named things of the whole article, in its order: those before the
        piece can be meant in it
    """
    if not len(doc):
        return ()
    references = cast_of(doc, base, entities).references
    return tuple(sorted(references, key=lambda r: (r.start, r.end)))
