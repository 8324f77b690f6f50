"""The same words quoted from two people: one of the reports names the wrong one. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.conflicts.statements import Statement
from claims.matching.words import fold, tokens

#: Fewer words may be said by two: "We have a deal".
_FEWEST = 5

_QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]+)[\"”]")
#: Who spoke the words that a statement is about: "were spoken by union leader Joan Pugh".
_SPEAKER = re.compile(
    r"(?<!\bnot )\b(?:by|those of|came from|belong(?:ed)? to) (?:the )?(?P<role>(?:[a-z][\w-]* )+)?"
    r"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+)"
)


#: What words in quotes are called before them.
_WORDS = re.compile(r"\b(?:words?|remark|comment|promise|slogan|phrase|sentence|statement)\b", re.I)
_TITLES = frozenset(
    {
        "president",
        "prime",
        "minister",
        "general",
        "governor",
        "senator",
        "mayor",
        "chief",
        "mr",
        "mrs",
        "ms",
        "dr",
    }
)
#: What denies that words were said.
_NEVER_SAID = re.compile(
    r"\b(?:never|not|n['’]t|denied|denies) (?:\w+ )?"
    r"(?:say|said|saying|tell|told|utter\w*|us(?:e|ed|ing))\b",
    re.IGNORECASE,
)
#: Who did not say it: "the cook, not the captain, said".
_NOT_BY = re.compile(r",? (?:and |but )?not (?P<who>.+)$")

#: What stands before a name, and is none.
_SMALL = frozenset({"the", "a", "an", "his", "her", "its", "deputy"})


@dataclass(frozen=True, slots=True)
class _Quotation:
    """Words, and the one whose they are said to be."""

    words: str
    speaker: str


def quoted_from_two(one: Statement, other: Statement) -> tuple[str, str] | None:
    """
    Return the two people whose words a quotation is said to be, None if there are none.

    Only who has a role is taken for a person: a ministry and its minister may be one speaker.
    """
    mine, theirs = _quotation(one), _quotation(other)
    if mine is None or theirs is None:
        return None
    shorter, longer = sorted((mine.words, theirs.words), key=len)
    fewest = _FEWEST - (one.published_on == other.published_on)
    if len(shorter.split()) < fewest or f" {shorter} " not in f" {longer} ":
        return None
    names = [set(fold(said.speaker).split()) - _TITLES for said in (mine, theirs)]
    return (mine.speaker, theirs.speaker) if not names[0] & names[1] else None


def denied_speaker(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return both speakers, where one report says that it was not whom the other names."""
    for mine, theirs in ((one, other), (other, one)):
        not_by = _NOT_BY.search(mine.source)
        if not_by is None or not mine.claimant or not theirs.claimant:
            continue
        denied = set(tokens(not_by["who"]))
        called = [set(tokens(words or "")) - _SMALL for words in (theirs.claimant, theirs.role)]
        named = [words for words in called if words and words <= denied]
        if named and not any(words <= set(tokens(mine.claimant)) for words in named):
            return one.claimant or "", other.claimant or ""
    return None


def denied_words(one: Statement, other: Statement) -> bool:
    """Say whether one quotes what the other says that the speaker never said."""
    for quote, denial in ((one, other), (other, one)):
        quoted = _QUOTED.search(denial.text)
        if not (quote.is_quote and quote.claimant and quoted):
            continue
        before = denial.text[: quoted.start()]
        is_same = tokens(quoted["words"]) == tokens(quote.text)
        is_named = bool(set(tokens(quote.claimant)) & set(tokens(before)))
        if is_same and is_named and _NEVER_SAID.search(before):
            return True
    return False


def _quotation(statement: Statement) -> _Quotation | None:
    """Return the words that a statement is, or is about, and who spoke them."""
    who = statement.claimant
    if statement.is_quote and who and statement.role:
        is_name = len(who.split()) > 1 and who[:1].isupper()
        return _Quotation(" ".join(tokens(statement.text)), who) if is_name else None
    quoted = _QUOTED.search(statement.text)
    speaker = _SPEAKER.search(statement.text, quoted.end()) if quoted else None
    is_called = quoted is not None and _WORDS.search(statement.text[: quoted.start()])
    if quoted is None or speaker is None or not (speaker["role"] or is_called):
        return None
    return _Quotation(" ".join(tokens(quoted["words"])), speaker["name"])
