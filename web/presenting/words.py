"""The words that people read in place of the names that the records use."""

from __future__ import annotations

from claims.models import Basis, ClaimRelationKind, Relation
from claims.statuses import Action, CloseReason, FindingState, Layer, Status, Verdict, VerdictKind
from sources.models import DerivationBasis, DerivationKind, SourceKind

#: What each public word means, for the legend and the tooltips.
STATUS: dict[str, tuple[str, str]] = {
    Status.UNREVIEWED: ("unreviewed", "Nobody has taken it yet."),
    Status.IN_REVIEW: ("in review", "A reviewer holds it now."),
    Status.PROPOSED: ("proposed", "A verdict waits for a second person."),
    Status.STALE: ("stale", "It was decided, and the ground of the decision moved."),
    Status.CLOSED: ("closed", "It needs no verdict."),
    Status.VERIFIED: ("verified", "The evidence shows that it is true."),
    Status.PARTLY_VERIFIED: ("partly verified", "The evidence shows that part of it is true."),
    Status.MISLEADING: ("misleading", "It is put so that readers take away something untrue."),
    Status.FALSE: ("false", "The evidence shows that it is not true."),
    Status.DISPUTED: ("disputed", "Good sources contradict each other."),
    Status.INSUFFICIENT_EVIDENCE: ("insufficient evidence", "Too little is known to decide."),
    Status.UNVERIFIABLE: ("unverifiable", "It cannot be checked by anybody."),
    Status.PENDING_OUTCOME: ("pending outcome", "The day that will tell has not come."),
}

LAYER = {Layer.FACT: "Is it true?", Layer.SAID: "Did they say it?"}

VERDICT_KIND = {
    VerdictKind.ASSESS: "a first verdict",
    VerdictKind.UPDATE: "an update: the world changed",
    VerdictKind.CORRECT: "a correction: we were wrong",
    VerdictKind.RETRACT: "a retraction: we take it back",
}

CLOSE_REASON = {
    CloseReason.NOT_A_CLAIM: "not a claim",
    CloseReason.OPINION: "an opinion",
    CloseReason.DUPLICATE: "a duplicate",
    CloseReason.SUPERSEDED: "superseded by another text",
    CloseReason.EXTRACTION_ERROR: "read wrongly out of the text",
}

RELATION = {
    Relation.SUPPORTS: "supports",
    Relation.PARTIALLY_SUPPORTS: "partially supports",
    Relation.REFUTES: "refutes",
    Relation.DISPUTES: "disputes",
    Relation.QUALIFIES: "qualifies",
    Relation.REPEATS: "repeats",
    Relation.ATTRIBUTES: "attributes",
    Relation.CONTEXT: "gives context",
    Relation.NOT_RELEVANT: "is not relevant",
}

#: What a source is to a claim's count of origins; one that only carries it on has no word.
ORIGIN_ROLE = {
    "origin": "an origin",
    "loop": "in a loop",
    "repeat": "repeats",
    "here": "this source",
}

#: The same relations where they follow a source's name.
EVIDENCE_STANCE = {name: f"cited: {words} it" for name, words in RELATION.items()} | {
    Relation.CONTEXT: "cited: gives context",
    Relation.NOT_RELEVANT: "cited: not relevant",
}

#: On which side each relation stands: what the lists are grouped by.
SIDE = {
    Relation.SUPPORTS: "for",
    Relation.PARTIALLY_SUPPORTS: "for",
    Relation.REFUTES: "against",
    Relation.DISPUTES: "against",
}

RELATION_HINT = {
    Relation.SUPPORTS: "counts for",
    Relation.PARTIALLY_SUPPORTS: "counts for",
    Relation.REFUTES: "counts against",
    Relation.DISPUTES: "counts against",
    Relation.QUALIFIES: "counts for neither side",
    Relation.REPEATS: "counts nothing: the same story again",
    Relation.ATTRIBUTES: "only for “Did they say it?”",
    Relation.CONTEXT: "counts for neither side",
    Relation.NOT_RELEVANT: "looked at and put aside",
}

BASIS = {
    Basis.PRIMARY: "primary: it knows first-hand",
    Basis.SECONDARY: "secondary: it got it from others",
}

CREDIBILITY = {
    1: "1 – confirmed by others",
    2: "2 – probably true",
    3: "3 – possibly true",
    4: "4 – doubtful",
    5: "5 – improbable",
    6: "6 – cannot be judged",
}

RELIABILITY = {
    "A": "A – always reliable",
    "B": "B – usually reliable",
    "C": "C – fairly reliable",
    "D": "D – not usually reliable",
    "E": "E – unreliable",
    "F": "F – cannot be judged",
}

SOURCE_KIND = {
    SourceKind.ARTICLE: "article",
    SourceKind.OFFICIAL: "official document",
    SourceKind.WIRE: "wire story",
    SourceKind.INTERVIEW: "interview",
    SourceKind.DATASET: "dataset",
    SourceKind.POST: "post",
    SourceKind.COURT_RECORD: "court record",
    SourceKind.PRESS_RELEASE: "press release",
    SourceKind.REPORT: "report",
    SourceKind.CLAIM_REVIEW: "fact check by others",
    SourceKind.OTHER: "other",
}

#: Read from the child to the parent: "A republishes B".
DERIVATION_KIND = {
    DerivationKind.REPUBLISHES: "republishes",
    DerivationKind.TRANSLATES: "translates",
    DerivationKind.QUOTES: "quotes",
    DerivationKind.CITES: "cites",
    DerivationKind.BASED_ON_RELEASE: "is based on a release by",
    DerivationKind.SAME_SPEAKER: "has the same speaker as",
}

DERIVATION_BASIS = {
    DerivationBasis.DECLARED: "it says so itself",
    DerivationBasis.DETECTED: "suspected from the words",
    DerivationBasis.CONFIRMED: "confirmed",
    DerivationBasis.REJECTED: "rejected",
}

#: What became of a claim's words in a new text of its article.
ANCHOR = {
    "exact": "found it unchanged in the article's new text",
    "moved": "found it elsewhere in the article's new text, unchanged",
    "changed": "found it in the article's new text in other words",
    "ambiguous": "found it more than once in the article's new text",
    "lost": "did not find it in the article's new text",
}

CLAIM_RELATION = {
    ClaimRelationKind.REPEATS: "repeats",
    ClaimRelationKind.CONTRADICTS: "contradicts",
    ClaimRelationKind.REFINES: "refines",
    ClaimRelationKind.UPDATES: "updates",
}

#: What a button says for each action on a finding.
ACTION = {
    Action.TAKE: "Take",
    Action.RELEASE: "Release",
    Action.PROPOSE: "Propose",
    Action.APPROVE: "Approve",
    Action.SEND_BACK: "Send back",
    Action.CHALLENGE: "Challenge",
    Action.CLOSE: "Close",
    Action.REOPEN: "Reopen",
}

#: What moved the ground of a decision.
TRIGGER = {
    "challenge": "somebody challenged it",
    "claim_edited": "what was read about the claim was corrected",
    "text_changed": "the article's text changed",
    "evidence_withdrawn": "decisive evidence was withdrawn",
    "source_corrected": "a source that it rests on was corrected",
    "source_retracted": "a source that it rests on was retracted",
    "snapshot_drifted": "a page that it rests on changed",
    "origins_fell": "too few independent origins are left",
    "due": "the day that was awaited has come",
    "review_by": "it was to be looked at again by now",
    "contradicting_claim_decided": "a claim that contradicts it was decided",
    "reopened": "it was closed and opened again",
}

LANE = {
    "happened": "happened",
    "said": "said",
    "published": "published",
    "decided": "decided here",
}

#: What the parts of an article are that are no claims.
COVERAGE = {
    "claim": "claim",
    "not_checkable": "not checkable",
    "not_a_claim": "set aside",
    "unchecked": "not looked at",
}

VERDICTS = tuple(verdict.value for verdict in Verdict)


def plain(name: str | None) -> str:
    """Return a name that the records use as words: `set_aside` as `set aside`."""
    return (name or "").replace("_", " ")


def status_words(word: str) -> str:
    """Return a status, a state or a verdict as people read it; `open` is called as its status."""
    known = STATUS.get(Status.UNREVIEWED if word == FindingState.OPEN else word)
    return known[0] if known else plain(word)


def status_hint(word: str) -> str:
    """Return what a status means, or nothing for a word that is none."""
    known = STATUS.get(Status.UNREVIEWED if word == FindingState.OPEN else word)
    return known[1] if known else ""
