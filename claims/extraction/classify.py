"""What sort of statement a claim is: kind, modality, and whether it can be checked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.extraction.records import (
    Kind,
    Modality,
    Predicate,
    Quantity,
    QuantityKind,
    TimeExpression,
)

_OPINION = re.compile(
    r"\b(?:thorn in|(?:leaves?|left|no) doubt (?:that|about)|(?:leaves?|left) no doubt|game[- ]changer|turning point|shame|shameful|disgrac\w+|disaster for|nightmare|time bomb|"
    r"beautiful|ugly|wonderful|terrible|horrible|awful|fantastic|brilliant|amazing|outrageous|unfair|"
    r"unacceptable|disappointing|talented|absurd|ridiculous|inspiring|heartbreaking|"
    r"great pleasure|proud|honou?red|delighted|thrilled|grateful|devastated|"
    r"i (?:think|believe|feel|hope|love|hate)|we (?:hope|feel|love|believe|deserve)|in my (?:view|opinion)|"
    r"(?:best|worst|greatest|proudest|happiest|hardest|strongest|finest) [^.]{0,40}\bof (?:my|our) (?:life|lives|career)|"
    r"too (?:high|low|late|little|much|far|soon|weak|harsh|lenient|slow)|out of all proportion|"
    r"better than nothing|unfortunately|sadly|thankfully|giveaway|"
    r"the (?:best|worst|right|wrong) (?:thing|way|idea|decision|choice|time))\b",
    re.I,
)
#: What somebody calls something, in quotation marks: `the find was "a lifeboat"`.
_CALLED = re.compile(
    r"\b(?:is|are|was|were|be|been|being|as|remains?|looks?|seems?) (?:\w+ly )?[\"“‘][^\"”\d]{3,80}[\"”’][.,]?$",
    re.I,
)
#: What somebody calls it in public: `called the affair "a national scandal"`.
_CALLING = frozenset(
    {
        "brand",
        "call",
        "criticise",
        "criticize",
        "denounce",
        "describe",
        "dub",
        "hail",
        "label",
        "slam",
    }
)
_IN_QUOTES = re.compile(r"[\"“‘][^\"”]{3,80}[\"”’][.,]?$")
_TIMES = re.compile(r"\b(?:twice|(?:two|three|four|five|six|ten|\d+) times) (?:the|as|what|that)\b")
_NOT_YET = re.compile(r"\b(?:has|have|had) yet to\b")
_HEARSAY = re.compile(r"\b(?:believed to|thought to|reportedly|allegedly)\b", re.I)
_OUGHT = frozenset({"should", "ought"})
_POSSIBLE = re.compile(
    r"\b(?:possibly|perhaps|(?<!more )(?<!less )(?<!as )(?<!how )likely|probably|at risk of|risks? \w+ing|"
    r"potentially|believed to|thought to|reportedly|allegedly)\b",
    re.I,
)
_PHRASE_POSSIBLE = re.compile(r"\b(?:could|may|might|would-be)\b")
_MAYBE = frozenset({"may", "might", "could"})
_SEEMS = frozenset({"seem", "appear"})
_WILL = frozenset({"will", "shall"})
_PLANS = frozenset(
    {"plan", "intend", "aim", "seek", "expect", "hope", "schedule", "set", "propose", "prepare"}
)
#: Whoever does so speaks of what is to come: `expects the economy to shrink`.
_FORESEES = frozenset({"expect", "forecast", "foresee", "predict", "project", "anticipate"})
_SET_TO = frozenset(
    {"due", "set", "likely", "ready", "scheduled", "expected", "poised", "bound", "about"}
)
_TARGET = re.compile(
    r"\b(?:next|main|ultimate|final)\b[^.]{0,30}\b(?:target|goal|aim|step|stage|phase)\b (?:is|are|will be)\b",
    re.I,
)
_LAW = re.compile(
    r"\b(?:laws?|acts?|bills?|section|articles? \d|statutes?|constitution\w*|courts?|rul(?:es?|ing)|regulations?|"
    r"sanctions|decrees?|treat(?:y|ies)|verdict|judges?|illegal|legal(?:ly)?|legislation|clause)\b",
    re.I,
)
_UNDER = re.compile(
    r"(?:under|by|according to|in accordance with) (?:the |its |their |his |an? |this |that |existing |current |new |old )?"
    r"(?:[\w’'-]+ ){0,8}(?:law|laws|acts?|bill|code|rules?|regulations?|constitution|treaty|convention|section \w+|article \d+|"
    r"statutes?|sanctions|decree|directive|agreement|charter)\b",
    re.I,
)
_OBLIGES = frozenset({"must", "may", "can", "shall", "cannot"})
#: What laws do.
_RULES = frozenset(
    {
        "allow", "apply", "ban", "bar", "criminalise", "criminalize", "exempt", "forbid", "guarantee",
        "limit", "oblige", "permit", "prohibit", "protect", "provide", "require", "restrict", "entitle",
    }
)  # fmt: skip
_LEGAL = frozenset(
    {
        "law",
        "act",
        "bill",
        "constitution",
        "regulation",
        "rule",
        "treaty",
        "code",
        "statute",
        "section",
        "sanction",
        "court",
        "directive",
        "decree",
    }
)
_POSITIONS = frozenset(
    {
        "accept", "accuse", "advocate", "back", "blame", "call", "concede", "condemn", "criticise",
        "criticize", "decline", "demand", "denounce", "deny", "dismiss", "dispute", "endorse", "express",
        "favor", "favour", "object", "oppose", "pledge", "praise", "prefer", "promise", "protest",
        "question", "refuse", "reject", "rule", "support", "threaten", "urge", "vow", "want", "welcome",
        "warn",
    }
)  # fmt: skip
_PARTICLES = {"call": ("for", "on"), "rule": ("out",)}
_CAUSE = re.compile(
    r"\b(?:because(?: of)?|due to(?! (?:be|open|close|start|begin|go|take|return|end|vote|meet|leave|play|face|visit|travel|arrive|publish|report|expire|run|hold|appear|stand|decide|sign|speak|give|come|become|launch)\b)|as a result|to blame|thanks to|owing to|mak(?:es?|ing) [^.]{0,60}\b(?:more|less) (?:likely|common|severe|intense|frequent))\b",
    re.I,
)
#: "Police put the number of dead at 23."
_SETTING = frozenset({"put", "estimate", "value", "peg"})
_AT_NUMBER = re.compile(r"\bat (?:\w+ ){0,3}?[^\w\s]?\d")
_CAUSES = frozenset({"cause", "trigger", "prompt", "provoke", "prevent"})
_CAUSING = {
    "lead": "to",
    "result": "in",
    "stem": "from",
    "contribute": "to",
    "blame": "for",
    "attribute": "to",
}

#: Verbs for a state, in the past too.
_STATES = frozenset(
    {
        "be", "belong", "consist", "contain", "cost", "cover", "employ", "equal", "exceed", "have",
        "include", "know", "last", "lack", "lie", "live", "mean", "measure", "need", "number", "owe", "own", "remain", "stay",
        "resemble", "stand", "total", "weigh", "worth", "account", "afford",
    }
)  # fmt: skip
#: Verbs whose present tells of something to come when a time stands beside them.
_TIMED = frozenset(
    {
        "arrive", "begin", "close", "end", "expire", "face", "go", "host", "kick", "launch", "leave", "meet",
        "open", "play", "resume", "return", "start", "take", "travel", "visit",
    }
)  # fmt: skip
_LEGISLATES = re.compile(r"\b(?:adopted|enacted|passed|repealed|ratified|amended|in force)\b", re.I)
_PAST_HELPERS = frozenset({"did", "was", "were", "had", "has", "have"})

_SHARE = re.compile(
    r"(?:(?:about|around|nearly|almost|roughly|only|some|more than|less than|over|at least|by \d{4},) )*"
    r"(?:\w+(?:-\w+)? (?:in|out of) (?:\w+)|half|most|a (?:third|quarter|fifth|tenth)|two[- ]thirds|three[- ]quarters) (?:of |\w+ )",
    re.I,
)

#: A smaller count does not make a statement one about a quantity.
FEW = 10


def modality_of(text: str, predicate: Predicate, *, is_reported: bool = False) -> Modality:
    """Return how firmly a statement is made; `is_reported` where "would" is a past "will"."""
    if not predicate.lemma:
        is_possible = _POSSIBLE.search(text) or _PHRASE_POSSIBLE.search(text)
        return Modality.POSSIBLE if is_possible else Modality.ASSERTED
    helpers = set(predicate.helpers)
    if predicate.has_condition:
        return Modality.CONDITIONAL
    if predicate.lemma == "have" and _NOT_YET.search(text):
        return Modality.NEGATED
    if "could" in helpers and _is_ability(text, predicate):
        return Modality.NEGATED if predicate.is_negated else Modality.ASSERTED
    if helpers & _MAYBE or _POSSIBLE.search(text) or (predicate.lemma in _SEEMS and predicate.aim):
        return Modality.POSSIBLE
    if "would" in helpers:
        return Modality.PLANNED if is_reported and "have" not in helpers else Modality.CONDITIONAL
    if helpers & _WILL or _is_planned(text, predicate):
        return Modality.PLANNED
    return Modality.NEGATED if predicate.is_negated else Modality.ASSERTED


def _is_ability(text: str, predicate: Predicate) -> bool:
    """Say whether "could" tells what somebody was able to do: `could not pay`, `only ten could`."""
    if "have" in predicate.helpers:
        return False
    return predicate.is_negated or bool(re.match(r"(?:only|just|none|nobody|few)\b", text, re.I))


def _is_planned(text: str, predicate: Predicate) -> bool:
    is_now = predicate.tag in ("VBZ", "VBP") or bool(
        {"is", "are", "’s", "'s"} & set(predicate.helpers)
    )
    if not is_now:
        return False
    if predicate.lemma in _PLANS and (predicate.aim or predicate.is_passive):
        return True
    if predicate.lemma in _FORESEES and not predicate.is_passive:
        return True
    if predicate.lemma == "go" and predicate.tag == "VBG" and predicate.aim:
        return True
    if predicate.lemma == "be" and (
        predicate.of in _SET_TO or re.search(r"\b(?:is|are) to \w+", text)
    ):
        return True
    return bool(_TARGET.search(text)) or bool(re.search(r"\b(?:is|are) (?:due|to be)\b", text))


def kind_of(
    text: str,
    modality: Modality,
    predicate: Predicate,
    quantities: Sequence[Quantity] = (),
    *,
    has_time: bool = False,
) -> Kind:
    """Return what sort of statement it is."""
    helpers = set(predicate.helpers)
    if _OPINION.search(text) or _CALLED.search(text) or helpers & _OUGHT:
        return Kind.OPINION
    if _is_law(text, modality, predicate):
        return Kind.LAW
    if _is_prediction(modality, predicate) and not _is_hearsay(text, predicate):
        return Kind.PREDICTION
    is_set = predicate.lemma in _SETTING and bool(_AT_NUMBER.search(text))
    if not predicate.lemma or is_set:
        return Kind.QUANTITY if quantities or is_set else Kind.DESCRIPTION
    if _is_cause(text, predicate):
        return Kind.CAUSATION
    if _is_position(text, predicate):
        return Kind.POSITION
    if _is_event(text, predicate, has_time=has_time):
        return Kind.EVENT
    return Kind.QUANTITY if _is_about(text, quantities, predicate) else Kind.DESCRIPTION


def _is_law(text: str, modality: Modality, predicate: Predicate) -> bool:
    helpers = set(predicate.helpers)
    is_past = predicate.tag == "VBD" or bool(helpers & {"was", "were", "had"})
    if _UNDER.match(text) and not (is_past and not helpers & _OBLIGES):
        return True
    if predicate.has_condition or modality is Modality.CONDITIONAL:
        return bool(re.search(r"\bby law\b", text, re.I)) or (
            not predicate.has_condition and bool(_LAW.search(text)) and predicate.is_passive
        )
    if predicate.subject in _LEGAL and (predicate.lemma in _RULES) and not is_past:
        return True
    if "would" in helpers or "will" in helpers:
        return False
    return bool(helpers & {"must", "may", "shall"} and predicate.is_negated) or bool(
        helpers & _OBLIGES and "could" not in helpers and _LAW.search(text)
    )


def _is_prediction(modality: Modality, predicate: Predicate) -> bool:
    if modality in (Modality.CONDITIONAL, Modality.PLANNED):
        return True
    if modality is not Modality.POSSIBLE:
        return bool({"will", "would"} & set(predicate.helpers))
    helpers = set(predicate.helpers)
    happened = (
        predicate.tag == "VBD" or helpers & {"had", "has", "was", "were"} or "have" in helpers
    )
    return not happened or bool(helpers & _MAYBE and "have" not in helpers)


def _is_hearsay(text: str, predicate: Predicate) -> bool:
    """Say whether something is uncertain but not to come: `is thought to be 400 years old`."""
    helpers = set(predicate.helpers)
    return bool(_HEARSAY.search(text)) and not helpers & (_MAYBE | _WILL | {"would"})


def _is_cause(text: str, predicate: Predicate) -> bool:
    if _CAUSE.search(text) or predicate.lemma in _CAUSES:
        return True
    return _CAUSING.get(predicate.lemma) == predicate.particle != ""


def _is_position(text: str, predicate: Predicate) -> bool:
    if predicate.lemma in _CALLING and not predicate.is_passive and _IN_QUOTES.search(text):
        return True
    if predicate.lemma not in _POSITIONS or predicate.is_passive:
        return False
    return predicate.particle in _PARTICLES.get(predicate.lemma, (predicate.particle,))


def _is_event(text: str, predicate: Predicate, *, has_time: bool) -> bool:
    helpers = set(predicate.helpers)
    if not helpers and predicate.tag == "VBN":
        return False
    is_perfect = bool(helpers & {"has", "have", "had"})
    if predicate.lemma == "be" or (predicate.lemma in _STATES and not predicate.is_passive):
        return False
    if predicate.is_passive and helpers & {"is", "are"} and not is_perfect and not has_time:
        return False
    if predicate.tag in ("VBD", "VBN") or helpers & _PAST_HELPERS or is_perfect:
        is_state = predicate.is_passive and predicate.lemma in (
            "know",
            "call",
            "base",
            "locate",
            "situate",
        )
        return not is_state
    if predicate.tag == "VBG":
        return True
    return has_time and predicate.lemma in _TIMED


def is_announced(
    kind: Kind, predicate: Predicate, time: TimeExpression | None, dateline: str
) -> bool:
    """Say whether a present tense tells what is to come: `Talks begin on Friday`."""
    if kind not in (Kind.EVENT, Kind.DESCRIPTION, Kind.QUANTITY) or time is None:
        return False
    # The parser takes "City, who lost 3-1, begin on Friday" for a form without a tense.
    has_tense = predicate.tag in ("VBZ", "VBP") or (predicate.tag == "VB" and predicate.subject)
    is_now = bool(has_tense) and not predicate.helpers
    is_now = is_now or (predicate.is_passive and bool({"is", "are"} & set(predicate.helpers)))
    return is_now and predicate.lemma != "be" and (time.earliest or "") > dateline


def _is_about(text: str, quantities: Sequence[Quantity], predicate: Predicate) -> bool:
    """Say whether an amount is what a statement is about, and not just a few things in it."""
    if (
        _SHARE.match(text)
        or _TIMES.search(text)
        or (predicate.lemma == "last" and re.search(r"\d", text))
    ):
        return True
    if predicate.lemma in _STATES:
        return bool(quantities)
    return any(q.kind is not QuantityKind.COUNT or _number(q) >= FEW for q in quantities)


def _number(quantity: Quantity) -> float:
    return float(quantity.value or quantity.lower or quantity.upper or 0)


def can_be_checked(text: str, kind: Kind) -> bool:
    """Say whether somebody could find out if it is true."""
    return kind is not Kind.OPINION and len(text.split()) >= 2
