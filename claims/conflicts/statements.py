"""A statement as it is compared: its words without amounts and times, and which way it points."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from claims.conflicts.amount import Amount
from claims.conflicts.amounts import amounts_of
from claims.conflicts.cues import negations_in
from claims.conflicts.lexicon import (
    DENIALS,
    LIGHT,
    POLES,
    group_of,
    phrase_at,
    root_of,
    without_phrases,
)
from claims.conflicts.nations import country_of, of_nation
from claims.conflicts.times import MONTHS
from claims.conflicts.wordings import CENTURY
from claims.matching.words import fold, is_common, tokens

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_WHOLE_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NOT_SO_FAR = re.compile(
    r"\b(?:has|have|had) (?:not|never)\b|\bha(?:s|ve|d)n['’]t\b", re.IGNORECASE
)
_WOULD_NOT = re.compile(r"^(?!.*\b(?:if|unless|have)\b).*\bwould(?: not|n['’]t)\b", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:not (?:yet )?(?:known|clear)|unknown|unclear)\b", re.IGNORECASE)
_NOT_YET = re.compile(r"\bnot? (?:\w+ )?yet\b|\byet to\b|\bstill (?:not|no)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:has|have|had)(?: (?:now|since|finally|already))? (?!not\b|never\b|no\b)(?:been |\w+ed\b|"
    r"\w+n\b|begun|left|met|won|lost|sold|bought|made|paid|held|sent|cut|put|quit|shut|come|gone)|"
    r"\bno longer\b|\bnow\b|\bagain\b",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(r"\b(?:still|remains?|yet|is|are|so far|for now|currently)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:will|shall|is to|are to|to be|plans? to|expected to|rule[sd] out|"
    r"(?:enters|comes) into force|takes effect)\b"
)
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|needs?|makes?|lives?|works?|employs?|produces?|owns?|holds?|owes?|"
    r"costs?|earns?|imports?|exports?|consumes?|accounts? for|stands? at|counts?)\b"
)
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s)")
#: A day that the extraction put for "on Monday".
_RESOLVED = re.compile(r"\b[0-9]{1,2} [A-Z][a-z]+ (?:1[0-9]|20)[0-9]{2}\b")
#: What the extraction put for "last summer", before its year.
_UNIT_OF_YEAR = r"(?:\b(?:the )?(?:spring|summer|autumn|winter|\w+ quarter) of |\b[A-Z][a-z]+ )?"
_AGAIN = re.compile(r"\bre-(?=\w)", re.IGNORECASE)
_PRONOUN = re.compile(
    r"^\W*(?!it (?:is|was) .* (?:that|who)\b)(?:it|he|she|they|we|i|its|his|her|their|our|my)\b",
    re.IGNORECASE,
)
#: Words like "German" and "Polish".
PEOPLES = re.compile(
    r"\b[A-Z]\w+(?:ian|ean|can|ish|ese|ench|utch|ani|aqi|eli)\b|"
    r"\b(?:German|Greek|Swiss|Czech|Thai|Turk|Dane|Swede|Finn|Pole|Norwegian|Welsh|Afghan|Saudi|"
    r"Qatari|Emirati|Kuwaiti|Yemeni|Bangladeshi|Somali|Nepali|Kurd|Arab|Serb|Croat|Slovak|Filipino|"
    r"Scot|Basque|Catalan|Uzbek|Kazakh)\b"
)
_TURNOUT = re.compile(
    r"\b(?:turnout|voters turned out|cast (?:a |an |their )?(?:ballots?|votes?))\b", re.IGNORECASE
)
_IF = re.compile(r"\b(?:if|unless|provided that)\b(?! any\b)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)}) ((?:19|20)[0-9]{{2}})\b")
#: What begins a word's complement.
_OF_ANOTHER = re.compile(
    r"(?<=\w) (?:of|in|at|from|for|near|off|on|with|to|by|through|across|along|"
    r"between|under|over|into|after|during|against|about|that|which|who) |, "
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|did|does|do|can|could|may|might|shall|must)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a statement, as printed, folded, and what stands for its group."""

    printed: str
    folded: str
    group: str
    #: Whether it is of those that say what a statement is about.
    tells: bool

    @property
    def is_name(self) -> bool:
        """Say whether it is printed as names are."""
        return self.printed[:1].isupper()


@dataclass(frozen=True)
class Statement:
    """What is known of a claim when it is compared with another."""

    text: str
    modality: str = "asserted"
    claimant: str | None = None
    role: str | None = None
    verb: str | None = None
    #: Who said it, as printed: "the cook, not the captain".
    source: str = ""
    #: Whether the text is somebody's own words.
    is_quote: bool = False
    time: Mapping[str, Any] | None = None
    quantities: Sequence[Mapping[str, Any]] = ()
    entities: Sequence[Mapping[str, Any]] = ()
    published_on: str | None = None

    @cached_property
    def bare(self) -> str:
        """Return the words without those of amounts and times."""
        text = self.text
        for quantity in self.quantities:
            text = text.replace(quantity.get("text") or "\0", " ", 1)
        when = (self.time or {}).get("text") or "\0"
        # "has burned" is a time, too, by its tense; its verb is not.
        if not _VERB.match(when):
            # The extraction adds the year to "on 1 July".
            text = re.sub(re.escape(when) + r"(?: (?:19|20)[0-9]{2}\b)?", " ", text, count=1)
        if when not in self.text:
            text = _RESOLVED.sub(" ", text, count=1)
            year = ((self.time or {}).get("earliest") or "\0")[:4]
            text = re.sub(_UNIT_OF_YEAR + rf"{year}\b", " ", text, count=1)
        text = CENTURY.sub(" ", text)
        return _AGAIN.sub("re", _POSSESSIVE.sub("", text))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Return the bare words, in order; those with a hyphen stay whole."""
        return tuple(_word(printed) for printed in _WHOLE_WORD.findall(self.bare))

    @cached_property
    def roots(self) -> frozenset[str]:
        """Return the stems of all words, those of amounts and times included."""
        return frozenset(root_of(fold(word)) for word in _WORD.findall(self.text))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Return the stems of the bare words, in order."""
        return tuple(without_phrases([root_of(fold(word)) for word in _WORD.findall(self.bare)]))

    @cached_property
    def _printed(self) -> Mapping[str, str]:
        """Return the first word, or phrase, for each stem and for what stands for its group."""
        found: dict[str, str] = {}
        words = list(_WORD.finditer(self.bare))
        roots = [root_of(fold(word[0])) for word in words]
        for place, word in enumerate(words):
            first, size = phrase_at(roots, place)
            printed = self.bare[word.start() : words[place + size - 1].end()]
            for stemmed in (first, group_of(first), country_of(first)):
                found.setdefault(stemmed, printed)
        return found

    def printed(self, stemmed: str) -> str:
        """Return the word as the text has it for a stem, or for what stands for a group."""
        word = self._printed.get(stemmed, stemmed)
        # The hyphen of "re-elected" was taken out to compare it with "reelected".
        parted = f"{word[:2]}-{word[2:]}"
        return parted if word not in self.text and parted in self.text else word

    def in_order(self, stems: Sequence[str]) -> list[str]:
        """Return stems in the order in which they stand here."""
        places = {stemmed: place for place, stemmed in reversed(list(enumerate(self.stems)))}
        return sorted(stems, key=lambda stemmed: places.get(stemmed, len(places)))

    @cached_property
    def content(self) -> frozenset[str]:
        """Return what the statement is about: stems, those that say the same as one."""
        own = frozenset[str]()
        if "the country" in self.text.casefold():
            # "Slovenia's minister said that prices in the country rose".
            own = of_nation(self.source)
        if self.is_of_turnout:
            own |= {"turnout"}
        return own | frozenset(
            group_of(country_of(s))
            for s in self.stems
            if not is_common(s) and s not in LIGHT and len(s) > 1
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the stems of the names in the words."""
        found: set[str] = set()
        for entity in self.entities:
            if entity["name"].casefold() in self.text.casefold():
                found |= {root_of(fold(word)) for word in _WORD.findall(entity["name"])}
        return frozenset(s for s in found if s in self.stems and s not in LIGHT)

    def names_of(self, kind: str) -> list[frozenset[str]]:
        """Return the names of one sort, each as its stems."""
        return self._names_by_kind.get(kind, [])

    @cached_property
    def _names_by_kind(self) -> Mapping[str, list[frozenset[str]]]:
        found: dict[str, list[frozenset[str]]] = {}
        text = self.text.casefold()
        for entity in self.entities:
            if entity["name"].casefold() in text:
                stems = frozenset(root_of(fold(word)) for word in _WORD.findall(entity["name"]))
                found.setdefault(entity["type"], []).append(stems - LIGHT)
        return found

    @cached_property
    def negations(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return each word that negates, with the stems that it reaches."""
        return negations_in(self.text)

    @cached_property
    def says(self) -> Sequence[Any]:
        """Return what is the same in statements that are word for word the same."""
        time = self.time or {}
        amounts = [
            [each.get(name) for name in ("value", "unit", "lower", "upper")]
            for each in self.quantities
        ]
        days = [time.get(name) for name in ("earliest", "latest")]
        return [tokens(self.text), self.claimant, self.is_denied, self.modality, days, amounts]

    @property
    def is_denied(self) -> bool:
        """Say whether it is what somebody denied."""
        return self.verb is not None and root_of(self.verb.casefold()) in DENIALS

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Return the amounts as they are compared, those in words included."""
        return tuple(amounts_of(self.quantities, self.text))

    @cached_property
    def is_pending(self) -> bool:
        """Say whether it says that something has not happened yet."""
        return bool(_NOT_YET.search(self.text))

    @cached_property
    def has_not_been(self) -> bool:
        """Say whether it says what had not happened by then: "has not been announced"."""
        return self.is_pending or bool(_NOT_SO_FAR.search(self.text))

    @cached_property
    def is_open(self) -> bool:
        """Say whether it says that something is not known."""
        return bool(_OPEN.search(self.text))

    @cached_property
    def tells_of_change(self) -> bool:
        """Say whether it tells how things stand since something happened: "has been found"."""
        return bool(_SINCE.search(self.text))

    @cached_property
    def tells_of_standing(self) -> bool:
        """Say whether it tells how things stand for now: "is still missing"."""
        return bool(_FOR_NOW.search(self.text))

    @cached_property
    def is_planned(self) -> bool:
        """Say whether it speaks of what is to come."""
        will = _TO_COME.search(self.text)
        first = (self.time or {}).get("earliest")
        if first and self.published_on and first > self.published_on:
            return True
        return self.modality == "planned" or bool(will and not self.is_unsure)

    @cached_property
    def is_of_today(self) -> bool:
        """Say whether it tells, in the present tense, how things are."""
        return bool(_PRESENT.search(self.text)) and not _TO_COME.search(self.text)

    @property
    def is_of_turnout(self) -> bool:
        """Say whether it tells how many voted."""
        return _TURNOUT.search(self.text) is not None

    @property
    def names_time(self) -> bool:
        """Say whether it names a time, and not by its tense only."""
        when = (self.time or {}).get("text") or ""
        return self.time is not None and not _VERB.match(when)

    @property
    def is_conditional(self) -> bool:
        """Say whether it holds on a condition; who "would not" do it did not."""
        is_so = self.modality == "conditional" and not _WOULD_NOT.search(self.text)
        return is_so or _IF.search(self.text) is not None

    @cached_property
    def condition(self) -> frozenset[str]:
        """Return the stems of the words for what it depends on."""
        found = _IF.search(self.text)
        after = self.text[found.end() :] if found else ""
        return frozenset(root_of(fold(word)) for word in _WORD.findall(after))

    @cached_property
    def last_year(self) -> int:
        """Return the last year that is printed, 0 if none is."""
        years = [int(year) for year in _YEAR.findall(self.text)]
        return max(years, default=0)

    @cached_property
    def last_month(self) -> str | None:
        """Return the last month that is printed with its year, as 2018-08."""
        found = [
            f"{year}-{MONTHS.index(month) + 1:02}" for month, year in _MONTH.findall(self.text)
        ]
        return max(found, default=None)

    @property
    def is_unsure(self) -> bool:
        """Say whether it holds perhaps, or on a condition."""
        return self.modality in ("possible", "conditional")

    @cached_property
    def has_unnamed_subject(self) -> bool:
        """Say whether it begins with a pronoun, and whom that means stands elsewhere."""
        return bool(_PRONOUN.match(self.text))

    def speaks_of_speaker(self, other: Statement) -> bool:
        """Say whether "it" is whoever says so, whom another statement names: "denied that it"."""
        names = {word for word in (self.claimant or "").split() if word[:1].isupper()}
        return self.has_unnamed_subject and bool(names) and names <= set(other.text.split())

    @cached_property
    def peoples(self) -> frozenset[str]:
        """Return the stems of words like "German" and "Polish"."""
        return frozenset(root_of(fold(word)) for word in PEOPLES.findall(self.text))

    @cached_property
    def head(self) -> str | None:
        """Return the last word of what it speaks of, where its verb can be told."""
        verb = _VERB.search(self.bare)
        place = verb.start() if verb else None
        if place is None:
            place = self._before_change
        if not place:
            return None
        before = self.bare[:place]
        # Of "the workers of the mine" the head is the workers.
        heads = [_telling(part) for part in (_OF_ANOTHER.split(before, maxsplit=1)[0], before)]
        return next((found[-1] for found in heads if found), None)

    @property
    def _before_change(self) -> int | None:
        """Return where a word for change follows right on what it speaks of: "exports rose"."""
        words = list(_WORD.finditer(self.bare))
        for before, word in itertools.pairwise(words):
            known, changed = root_of(fold(before[0])), root_of(fold(word[0]))
            if phrase_at((known, changed), 0)[1] > 1:
                return None
            if changed in POLES:
                return None if is_common(known) or known in LIGHT else word.start()
        return None

    def weight(self, word: str) -> float:
        """Return how much a word tells what a statement is about."""
        if word in self.names:
            return 1.5
        return 0.5 if word in POLES else 1.0


def _telling(words: str) -> list[str]:
    """Return what stands for the words that tell what is spoken of, in order."""
    found = [group_of(root_of(fold(word))) for word in _WORD.findall(words)]
    return [s for s in found if not is_common(s) and s not in LIGHT and s not in POLES]


def _word(printed: str) -> Word:
    folded = fold(printed)
    root = root_of(folded)
    # The stem of "Inês" is "in".
    is_foreign = not printed.isascii() and printed[:1].isupper()
    # "March" is a month, and "march" is none.
    is_foreign = is_foreign or printed == "march"
    tells = is_foreign or not (is_common(root) or root in LIGHT or len(folded) < 2)
    return Word(printed, folded, group_of(country_of(root)), tells)
