"""What sort of statement a claim is: kind, modality, whether it can be checked, and its topics."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from claims.extraction.records import Entity, Kind, Modality, Quantity

_OPINION = re.compile(
    r"\b(?:thorn in|game[- ]changer|turning point|shame|shameful|disgrace|disaster for|nightmare|"
    r"beautiful|ugly|wonderful|terrible|horrible|great pleasure|proud|honou?red|delighted|"
    r"i (?:think|believe|feel|hope|love|hate)|we (?:hope|feel|love)|in my (?:view|opinion)|"
    r"should|ought to|must not|better than nothing|unfortunately|sadly|thankfully|"
    r"the (?:best|worst) (?:thing|way|idea))\b",
    re.I,
)
_NEGATED = re.compile(
    r"\b(?:not|never|no longer|nobody|none of|neither|without any|denied|denies)\b|n[’']t\b", re.I
)
_POSSIBLE = re.compile(
    r"\b(?:could|may|might|possibly|perhaps|likely|probably|at risk of|appears? to|seems? to|"
    r"risks? \w+ing|potentially|believed to)\b",
    re.I,
)
_IF = re.compile(r"\b(?:if|unless|provided that|in case|as long as)\b", re.I)
_WOULD = re.compile(r"\bwould\b", re.I)
_WILL = re.compile(r"\b(?:will|shall|going to|won[’']t)\b", re.I)
_PLANS = re.compile(
    r"\b(?:plans|plan|intends?|aims?|scheduled|set|due|seeks|expects?|hopes?|is (?:planning|aiming)|"
    r"are (?:planning|aiming)) to\b|\b(?:next|main|ultimate)\b[^.]{0,30}\b(?:target|goal|aim|step)\b "
    r"(?:is|are)\b|\bis expected\b|\bare expected\b",
    re.I,
)
_LAW = re.compile(
    r"\b(?:law|laws|act|bill|section|article \d|statute|constitution|court|ruling|regulation|"
    r"sanctions|decree|treaty)\b",
    re.I,
)
_POSITION = re.compile(
    r"\b(?:reject(?:s|ed)?|support(?:s|ed)?|oppose[sd]?|back(?:s|ed)|urge[sd]?|call(?:s|ed) (?:for|on)|"
    r"condemn(?:s|ed)?|refuse[sd]?|demand(?:s|ed)?|welcome[sd]?|expressed|favou?rs?|endorse[sd]?|"
    r"criticise[sd]?|criticize[sd]?|vow(?:s|ed)?|accept(?:s|ed))\b",
    re.I,
)
_CAUSE = re.compile(
    r"\b(?:because(?: of)?|caused?(?: by)?|due to|led to|leads to|result(?:ed|s)? (?:in|from)|"
    r"as a result|thanks to|blamed (?:on|for))\b",
    re.I,
)
_COPULA = re.compile(r"\b(?:is|are|was|were|remains?|has been|have been)\b", re.I)

#: A verb's tag from the parser tells an event from a state.
PAST_TAGS = frozenset({"VBD", "VBN"})


@lru_cache(maxsize=1)
def topics_table() -> dict[str, re.Pattern[str]]:
    """Return the topics with the pattern of their words; a newsroom adds to `topics.toml`."""
    with Path(__file__).with_name("topics.toml").open("rb") as file:
        table = tomllib.load(file)
    return {
        topic: re.compile(rf"\b(?:{'|'.join(words)})\b", re.I)
        for group in table.values()
        for topic, words in group.items()
    }


def topics_of(
    text: str, entities: Sequence[Entity] = (), quantities: Sequence[Quantity] = ()
) -> tuple[str, ...]:
    """Return the topics whose words a claim has, in its text or in the names it uses."""
    has_money = any(quantity.kind == "money" for quantity in quantities)
    words = " | ".join([text, *dict.fromkeys(entity.name for entity in entities)])
    found = [topic for topic, pattern in topics_table().items() if pattern.search(words)]
    return tuple(topic for topic in found if topic != "deal_value" or has_money)


def modality_of(text: str, *, is_noun_phrase: bool = False) -> Modality:
    """Return how firmly a statement is made."""
    if is_noun_phrase:
        return Modality.POSSIBLE if _POSSIBLE.search(text) else Modality.ASSERTED
    if _IF.search(text) and (_WILL.search(text) or _WOULD.search(text) or _POSSIBLE.search(text)):
        return Modality.CONDITIONAL
    if _POSSIBLE.search(text):
        return Modality.POSSIBLE
    if _WOULD.search(text):
        return Modality.CONDITIONAL
    if _WILL.search(text) or _PLANS.search(text):
        return Modality.PLANNED
    return Modality.NEGATED if _NEGATED.search(text) else Modality.ASSERTED


def kind_of(text: str, modality: Modality, tag: str, quantities: Sequence[Quantity] = ()) -> Kind:
    """Return what sort of statement it is; `tag` is the part of speech of its main word."""
    if _OPINION.search(text):
        return Kind.OPINION
    if modality is Modality.CONDITIONAL and _LAW.search(text) and not _IF.search(text):
        return Kind.LAW
    if modality in (Modality.POSSIBLE, Modality.CONDITIONAL, Modality.PLANNED):
        return Kind.PREDICTION
    if tag.startswith("NN"):
        return Kind.QUANTITY if quantities else Kind.DESCRIPTION
    if _CAUSE.search(text):
        return Kind.CAUSATION
    if _POSITION.search(text):
        return Kind.POSITION
    if tag in PAST_TAGS and not _is_state(text):
        return Kind.EVENT
    if quantities:
        return Kind.QUANTITY
    if _LAW.search(text) and not _COPULA.search(text):
        return Kind.LAW
    return Kind.DESCRIPTION


def _is_state(text: str) -> bool:
    """Say whether the first verb only links: `was the largest`."""
    verb = re.search(r"\b(?:was|were|been) (?:an?|the|one of|very|not|too)\b", text, re.I)
    return bool(verb)


def can_be_checked(text: str, kind: Kind) -> bool:
    """Say whether somebody could find out if it is true."""
    return kind is not Kind.OPINION and len(text.split()) >= 3
