"""
The plain records that the steps of extraction hand to each other.

Offsets are Unicode code points into the article's text exactly as given, `end` exclusive.
Days are ISO strings (`2021-12-14`), decimals are strings: what a step returns can be sealed
in the ledger and dumped as JSON without another conversion. Nothing here knows spaCy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What sort of statement a claim is, after Full Fact's annotation schema."""

    QUANTITY = "quantity"
    EVENT = "event"
    LAW = "law"
    PREDICTION = "prediction"
    POSITION = "position"
    CAUSATION = "causation"
    DESCRIPTION = "description"
    OPINION = "opinion"


class Modality(StrEnum):
    """How firmly the statement is made."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    PLANNED = "planned"
    NEGATED = "negated"


class Precision(StrEnum):
    """How fine a time is: the smallest calendar unit that its words name."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    OPEN = "open"


class TimeQualifier(StrEnum):
    """What the words around a time do to it."""

    ABOUT = "about"
    BEFORE = "before"
    AFTER = "after"
    BY = "by"


class QuantityKind(StrEnum):
    """What a quantity measures."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    MEASURE = "measure"


class EntityType(StrEnum):
    """What sort of thing a name stands for."""

    PERSON = "person"
    ORG = "org"
    PLACE = "place"
    PRODUCT = "product"
    LAW = "law"
    EVENT = "event"


class ReferenceKind(StrEnum):
    """What sort of words refer: a possessive is replaced by a name with its "'s"."""

    #: "he", "they", "it".
    PRONOUN = "pronoun"
    #: "his", "their", "its".
    POSSESSIVE = "possessive"
    #: "the minister", "the company", "Borg" for "Anna Borg".
    ROLE = "role"
    BODY = "body"
    SHORT_NAME = "short_name"
    #: "the deal", for the deal that was described before.
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """
    A time as printed: a TIMEX3-like type and value, and the interval of days it names.

    `type` is DATE, TIME, DURATION or SET; `value` is the TIMEX3 value (`2021-12`, `P3D`,
    `PAST_REF`, ...; `2021-03/2021-05` for a range). A bare duration or a set names no interval:
    both ends are None; one that ends or begins with the dateline (`the past year`) has both.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    earliest: str | None = None
    latest: str | None = None
    precision: Precision = Precision.DAY
    qualifier: TimeQualifier | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as printed: decimal strings, and for money a unit of ISO 4217."""

    start: int
    end: int
    text: str
    kind: QuantityKind
    value: str | None
    unit: str
    lower: str | None = None
    upper: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention of a named thing; mentions of one thing in one article share `name`."""

    start: int
    end: int
    name: str
    type: EntityType
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who stated a claim, as named or as described ("a senior official")."""

    name: str
    role: str | None = None
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True)
class AttributionSpan:
    """
    One attribution found in the text: who (source), the words for it (cue), what (content).

    Each is a tuple of spans, since a source or a content may be interrupted by the cue.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    verb: str | None = None
    claimant: Claimant | None = None
    said_on: TimeExpression | None = None
    venue: str | None = None
    is_direct_quote: bool = False
    #: Claimants further out, innermost first: "the paper reported that the minister said".
    chain: tuple[Claimant, ...] = ()

    @property
    def is_all_claimed(self) -> bool:
        """Say whether the cue is part of what is claimed: `Police put the dead at 23`."""
        if not self.cue or not self.content:
            return False
        cue, content = self.cue[0], self.content[0]
        return content.start <= cue.start and cue.end <= content.end


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that stand for something named or described before, and what they stand for."""

    start: int
    end: int
    text: str
    #: The name, at its longest, or the description: "Anna Borg", "the $3 billion contract".
    referent: str
    kind: ReferenceKind


@dataclass(frozen=True, slots=True)
class SetAside:
    """A stretch that is not the article's own prose, and why (`teaser`, `credit`, ...)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch that can be true or false alone, before anything is known about it."""

    start: int
    end: int
    #: The sentence that it stands in.
    sentence: Span
    #: Where the subject stands, when it is shared with an earlier clause or the one around it.
    subject: Span | None = None
    #: `clause`, `noun_phrase`, `appositive`, `relative`, `quote`.
    form: str = "clause"
    #: Facts set off by commas inside it, which are clauses of their own.
    asides: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a clause says of its subject: the main verb, its helpers, what it aims at."""

    lemma: str = ""
    #: The verb's part of speech, as the parser names it.
    tag: str = ""
    #: `will`, `have`, `been`: in small letters, in the text's order.
    helpers: tuple[str, ...] = ()
    is_passive: bool = False
    is_negated: bool = False
    #: Whether it holds only if something else does.
    has_condition: bool = False
    #: The verb in `plans to buy`.
    aim: str = ""
    #: What something is: the adjective or noun after a linking verb.
    of: str = ""
    subject: str = ""
    #: The word after the verb that may change its meaning: `call for`.
    particle: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A stretch of a claim that its readable form replaces, and what it stands for."""

    start: int
    end: int
    text: str
    replacement: str


@dataclass(frozen=True, slots=True)
class CheckWorthiness:
    """A score from 0 to 1, and the features that made it, strongest first, in plain words."""

    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate claim: a contiguous piece of the article and all that was read about it."""

    start: int
    end: int
    kind: Kind
    modality: Modality
    is_checkable: bool
    check_worthiness: CheckWorthiness
    topics: tuple[str, ...] = ()
    claimant: Claimant | None = None
    attribution: AttributionSpan | None = None
    time: TimeExpression | None = None
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[Entity, ...] = ()
    due_on: str | None = None
    normalized_text: str | None = None
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """
    A piece of the article in its coverage map; segments are gapless over the text.

    `state` is `claim`, `not_checkable`, `not_a_claim` (set aside, with `reason`) or `unchecked`.
    """

    start: int
    end: int
    state: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that the pipeline read out of one article's text."""

    language: str
    candidates: tuple[Candidate, ...]
    segments: tuple[Segment, ...]
    credits: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = field(default=())
