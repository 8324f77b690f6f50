"""
What is held already about a claim, or about a text that somebody brings: found, compared, judged.

The index finds, `conflicts` compares, and what people judged goes before both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import candidates, queries, relations
from claims.conflicts import Comparison, Outcome, Statement, compare
from claims.extraction.records import Candidate
from claims.matching.index import find_matches
from claims.models import Claim
from claims.relations import Judgement
from sources.models import Article

#: Claims that are compared with one.
MOST_COMPARED = 30

#: How likely the words must be of one matter; texts of nothing in common stay below a tenth.
LEAST_LIKELY = 0.2

#: From here on they are, whatever the comparison makes of them.
LIKELY = 0.9

#: Characters between two claims of one sentence.
_JOINT = 10


@dataclass(frozen=True, slots=True)
class Similar:
    """A claim that says the same or something else of the same, and why."""

    claim_id: int
    #: Null where the two cannot be compared; the explanation says why not.
    relation: str | None
    score: float
    explanation: str
    judgement: str | None = None


def statement_of_candidate(candidate: Candidate, text: str, published_on: str) -> Statement:
    """Return a candidate claim as it is compared."""
    return _statement(
        candidates.statement_of(candidate, text),
        candidate.normalized_text or text[candidate.start : candidate.end],
        published_on,
    )


def statement_of_claim(claim: Claim, published_on: str) -> Statement:
    """Return a claim as it is compared."""
    known = {
        "modality": claim.modality,
        "claimant": {"name": claim.claimant_name, "role": claim.claimant_role}
        if claim.claimant_name
        else None,
        "attribution": claim.attribution,
        "time": claim.time,
        "quantities": claim.quantities,
        "entities": claim.entities,
    }
    return _statement(known, claim.normalized_text or claim.text, published_on)


def _statement(known: Mapping[str, Any], text: str, published_on: str) -> Statement:
    return Statement(
        text=text,
        modality=known["modality"],
        claimant=(known["claimant"] or {}).get("name"),
        role=(known["claimant"] or {}).get("role"),
        verb=(known["attribution"] or {}).get("verb"),
        source=" ".join((known["attribution"] or {}).get("source") or ()),
        is_quote=bool((known["attribution"] or {}).get("direct_quote")),
        time=known["time"],
        quantities=known["quantities"],
        entities=known["entities"],
        published_on=published_on,
    )


def similar_to(session: Session, claim: Claim, *, most: int = 20) -> list[Similar]:
    """
    Return the claims that repeat, contradict, refine or update one, what people judged included.

    A relation that a person refused is left out; one that a person confirmed comes first.
    """
    day = session.get_one(Article, claim.article_id).published_on
    judged: dict[int, list[Judgement]] = {}
    for judgement in relations.judgements_of(session, claim):
        judged.setdefault(judgement.other_id, []).append(judgement)
    found = compared_with(
        session,
        statement_of_claim(claim, day),
        beside=[claim],
        always=[key for key, each in judged.items() if any(j.is_confirmed for j in each)],
    )
    kept = [judge for each in found for judge in [_judged(each, judged.get(each.claim_id, []))]]
    return sorted((each for each in kept if each is not None), key=_order)[:most]


def _judged(found: Similar, judgements: Sequence[Judgement]) -> Similar | None:
    """Let what people judged go before what the machine suggests."""
    for judgement in judgements:
        if judgement.is_confirmed:
            relation = judgement.relation.value
            why = found.explanation if found.relation == relation else "A person judged it so."
            return Similar(found.claim_id, relation, found.score, why, "confirmed")
    refused = {judgement.relation.value for judgement in judgements}
    if found.relation in refused or found.relation == Outcome.UNRELATED:
        return None
    return found


def _order(found: Similar) -> tuple[bool, bool, float, int]:
    return (
        found.judgement is None,
        found.relation is None,
        -found.score,
        found.claim_id,
    )


def compared_with(
    session: Session,
    statement: Statement,
    *,
    beside: Sequence[Claim] = (),
    always: Sequence[int] = (),
    most: int = MOST_COMPARED,
    is_wide: bool = False,
) -> list[Similar]:
    """
    Find what may say the same as a statement, and say how each stands to it.

    :param beside: claims that are the statement itself
    :param always: keys of claims that are returned whatever they say
    :param is_wide: whether to return what is of the same matter too, without a relation
    """
    matches = find_matches(
        session,
        statement.text,
        published_on=statement.published_on,
        without=[claim.id for claim in beside],
        most=most,
    )
    scores = {match.claim_id: match.score for match in matches if match.score >= LEAST_LIKELY}
    rows = session.execute(
        select(Claim, Article.published_on)
        .join(Article, Article.id == Claim.article_id)
        .where(Claim.id.in_([*scores, *always]))  # type: ignore[attr-defined]
        .order_by(Claim.id)
    ).all()
    compared = [(claim, compare(statement, statement_of_claim(claim, day))) for claim, day in rows]
    same = [*beside, *(claim for claim, each in compared if each.outcome is Outcome.REPEATS)]
    found = [
        _similar(claim.id, comparison, scores.get(claim.id, 0.0), is_wide=is_wide)
        for claim, comparison in compared
        if claim.id in always
        or comparison.outcome is Outcome.REPEATS
        or not _tells_more_of(claim, same)
    ]
    kept = [e for e in found if e.claim_id in always or e.relation != Outcome.UNRELATED]
    return sorted(kept, key=_order)


def _tells_more_of(claim: Claim, same: Sequence[Claim]) -> bool:
    """Say whether a claim stands in one sentence with another of these."""
    return any(_are_of_one_sentence(claim, each) for each in same if each is not claim)


def _are_of_one_sentence(one: Claim, other: Claim) -> bool:
    """Say whether two claims stand beside each other: the one tells more of the other's matter."""
    if (one.article_id, one.text_version) != (other.article_id, other.text_version):
        return False
    first, last = sorted((one, other), key=lambda claim: claim.start)
    between = first.suffix[: max(last.start - first.end, 0)]
    return last.start - first.end < _JOINT and not any(mark in between for mark in ".!?\n")


def _similar(key: int, comparison: Comparison, score: float, *, is_wide: bool) -> Similar:
    """Weigh how likely the words are the same with how much of the subject is."""
    weight = max(score, comparison.overlap)
    if comparison.outcome is Outcome.NOT_COMPARABLE:
        return Similar(key, None, round(weight / 2, 4), comparison.explanation)
    if comparison.outcome is Outcome.UNRELATED and is_wide and score >= LIKELY:
        return Similar(key, None, round(score / 2, 4), comparison.explanation)
    return Similar(key, comparison.outcome.value, round(weight, 4), comparison.explanation)


def documents_of(
    session: Session, found: Sequence[Similar], *, is_private: bool
) -> list[dict[str, Any]]:
    """Return what was found in the contract's shape."""
    keys = [each.claim_id for each in found]
    rows = queries.rows_of(session, keys)
    shown = queries.documents_of(session, rows, is_private=is_private)
    claims = dict(zip(keys, shown, strict=True))
    return [
        {
            "claim": claims[each.claim_id],
            "relation": each.relation,
            "score": each.score,
            "explanation": each.explanation,
            "judgement": each.judgement,
        }
        for each in found
    ]
