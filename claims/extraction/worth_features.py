"""
What of a statement speaks for checking it or against: features whose names are plain words.

A name is what a reader is told (`states an amount of money`, `says "million"`), and the key of its
weight in `checkworthy.toml`. What a feature is made of is the parser's: words, lemmas and tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

#: Words of a statement that are looked at; no sentence that can be checked needs more.
LONGEST = 120

_NAMES = {
    "PERSON": "names a person",
    "ORG": "names an organisation",
    "GPE": "names a country or a city",
    "LOC": "names a place",
    "NORP": "names a nation or a party",
    "DATE": "names a time",
    "TIME": "names an hour",
    "MONEY": "states an amount of money",
    "PERCENT": "states a share",
    "CARDINAL": "states a count",
    "QUANTITY": "states a measure",
    "ORDINAL": "states a rank",
    "LAW": "names a law",
    "EVENT": "names an event",
    "FAC": "names a building",
    "PRODUCT": "names a product",
    "WORK_OF_ART": "names a work",
}
_TAGS = {
    "VBD": "past verb",
    "VBN": "participle",
    "VBZ": "present verb",
    "VBP": "present plural verb",
    "VBG": "-ing verb",
    "VB": "plain verb",
    "MD": "helping verb",
    "NN": "noun",
    "NNS": "plural noun",
    "NNP": "name",
    "NNPS": "plural name",
    "CD": "number",
    "JJ": "adjective",
    "JJR": "comparative",
    "JJS": "superlative",
    "RB": "adverb",
    "RBR": "comparing adverb",
    "RBS": "superlative adverb",
    "PRP": "pronoun",
    "PRP$": "possessive",
    "WP": "question word",
    "WRB": "question adverb",
    "WDT": "relative",
    "EX": "there is",
    "UH": "exclamation",
    "IN": "preposition",
    "RP": "particle",
    "POS": "genitive",
    "PDT": "predeterminer",
    "$": "currency",
}
_SHOWN = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ", "ADV"})

_AMOUNT = frozenset({"$", "€", "£", "dollars", "percent", "%", "million", "billion", "trillion"})
_SETS: tuple[tuple[str, frozenset[str]], ...] = (
    ("states an amount", _AMOUNT),
    ("speaks of the speaker", frozenset({"i", "me", "my", "myself"})),
    ("speaks for a group", frozenset({"we", "our", "us"})),
    ("speaks to somebody", frozenset({"you", "your"})),
    (
        "speaks of somebody's acts",
        frozenset({"he", "his", "she", "her", "they", "senator", "governor", "president"}),
    ),
    (
        "says what may or ought to be",
        frozenset({"will", "would", "'ll", "should", "must", "could", "can", "may", "might"}),
    ),
    ("asks", frozenset({"?"})),
    (
        "says what somebody thinks or wants",
        frozenset({"think", "believe", "know", "want", "say", "feel", "hope", "like", "ask", "talk"}),
    ),
    ("denies", frozenset({"not", "n't", "never", "no"})),
)  # fmt: skip
_TAGGED: tuple[tuple[str, frozenset[str]], ...] = (
    ("states a number", frozenset({"CD"})),
    ("tells what happened", frozenset({"VBD"})),
    ("says how things are", frozenset({"VBZ", "VBP"})),
    ("tells what was done", frozenset({"VBN"})),
    ("compares", frozenset({"JJR", "JJS", "RBR", "RBS"})),
)
_LABELLED: tuple[tuple[str, frozenset[str]], ...] = (
    ("names a person", frozenset({"PERSON"})),
    ("names a body", frozenset({"GPE", "ORG", "NORP"})),
    ("names a time", frozenset({"DATE"})),
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_LENGTHS = (3, 5, 7, 9, 12, 15, 20, 25, 32, 40)
_BANDS = ("under 6", "6 to 11", "12 to 17", "18 to 23", "24 to 29", "30 or more")


#: Names that tell of grammar and not of what is stated.
_GRAMMAR = re.compile(
    r'goes "|says "[^"]*\(|says "[^"]*(?<![\w.-])[^\w" $€£%]|turns on a |has an? |says that |'
    r'.*" as a |has \d+ (?:past verb|name)s|.*, and turns on a |has (?:\d+ words|the form)'
)
_SMALL = (
    "a|an|and|as|at|b|be|been|but|by|do|for|from|get|have|he|her|his|i|if|in|is|it|its|let|my|now|of|on|or|our|"
    "she|so|that|the|their|them|then|there|they|this|to|was|we|will|with|would|you|your"
)
_SMALL_WORDS = re.compile(rf'says "(?:(?:{_SMALL})(?: \S+)?|\S+ (?:{_SMALL}))"$')


def is_readable(name: str) -> bool:
    """Say whether a feature's name tells a reader something about the statement."""
    return not _GRAMMAR.match(name) and not _SMALL_WORDS.match(name)


def features_of(words: Words | Doc) -> frozenset[str]:
    """Return the names of what speaks for or against checking a statement."""
    tokens = [t for t in words[:LONGEST] if not t.is_space]
    if not tokens:
        return frozenset()
    facts = sorted(_facts(tokens))
    pairs = (f"{a}, and {b}" for i, a in enumerate(facts) for b in facts[i + 1 :])
    return frozenset([*facts, *pairs, *_grammar(tokens), *_words(tokens), *_forms(tokens)])


def _facts(tokens: Sequence[Token]) -> set[str]:
    """Return the broad facts, which are also looked at two by two."""
    low = {t.lower_ for t in tokens}
    tags = {t.tag_ for t in tokens}
    labels = {t.ent_type_ for t in tokens}
    found = {name for name, members in _SETS if low & members}
    found |= {name for name, members in _TAGGED if tags & members}
    found |= {name for name, members in _LABELLED if labels & members}
    length = sum(1 for t in tokens if t.pos_ != "PUNCT")
    found.add(f"has {_BANDS[min(5, length // 6)]} words")
    found |= {f"turns on a {_tag(t)}" for t in _tops(tokens)}
    return found


def _tops(tokens: Sequence[Token]) -> list[Token]:
    first, last = tokens[0].i, tokens[-1].i
    return [t for t in tokens if t.head.i == t.i or not first <= t.head.i <= last]


def _tag(token: Token) -> str:
    return _TAGS.get(token.tag_, "small word")


def _grammar(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield what kinds of names, words and verbs there are, and who does what."""
    tags = [t.tag_ for t in tokens]
    for token in tokens:
        if token.ent_type_ in _NAMES:
            yield _NAMES[token.ent_type_]
        if token.tag_ in _TAGS:
            yield f"has a {_TAGS[token.tag_]}"
        if token.pos_ == "VERB":
            yield f'has the verb "{token.lemma_.lower()}"'
            yield f'has the verb "{token.lemma_.lower()}" as a {_tag(token)}'
        if token.dep_ in ("nsubj", "nsubjpass"):
            who = token.lower_ if token.pos_ == "PRON" else f"a {_tag(token)}"
            yield f'has the subject "{token.lemma_.lower()}"'
            yield f"says that {who} does: {_tag(token.head)}"
    for top in _tops(tokens):
        yield f'turns on "{top.lemma_.lower()}"'
    length = sum(1 for t in tokens if t.pos_ != "PUNCT")
    yield from (f"has {n} words or more" for n in _LENGTHS if length >= n)
    for name, members in (("number", {"CD"}), ("name", {"NNP", "NNPS"}), ("past verb", {"VBD"})):
        count = sum(tag in members for tag in tags)
        yield from (f"has {n} {name}s or more" for n in range(2, min(count, 4) + 1))


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the words, and each two that stand together, in their plain forms."""
    plain = [_plain(t) for t in tokens]
    for token, lemma in zip(tokens, plain, strict=True):
        yield f'says "{lemma}"'
        if token.lower_ != lemma:
            yield f'has the form "{token.lower_}"'
    for one, other in zip(["(start)", *plain], [*plain, "(end)"], strict=True):
        yield f'says "{one} {other}"'


def _plain(token: Token) -> str:
    if token.tag_ == "CD" and token.text[:1].isdigit():
        return "(year)" if _YEAR.fullmatch(token.text) else "(number)"
    return token.lower_ if token.pos_ == "PRON" else token.lemma_.lower()


def _forms(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield how two and three words follow each other, open words by their kind."""
    kinds = [f"({_tag(t)})" if t.pos_ in _SHOWN else t.lower_ for t in tokens]
    ends = ["(start)", *kinds, "(end)"]
    for one, other in pairwise(ends):
        yield f'goes "{one} {other}"'
    for three in zip(ends, ends[1:], ends[2:], strict=False):
        yield f'goes "{" ".join(three)}"'
