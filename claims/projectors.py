"""
What each event about claims does to their tables.

Every event whose subject is a claim gives it its next version, so that nobody approves on
ground that they have not seen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from claims.models import (
    Claim,
    ClaimEntity,
    ClaimQuantity,
    ClaimRelation,
    ClaimTopic,
    Evidence,
    Finding,
    SegmentMark,
)
from claims.statuses import FindingState, Layer, Verdict, status_of
from db import insert_rows
from errors import HistoryBrokenError
from ledger.events import WITHHELD, WITHHELD_TEXT, Event, projects, projects_many
from sources.models import Article
from sources.projectors import article_key, source_key

_CLAIM_COLUMNS = tuple(Claim.__table__.c.keys())  # type: ignore[attr-defined]
_FINDING_COLUMNS = tuple(Finding.__table__.c.keys())  # type: ignore[attr-defined]

_FACTS = ("kind", "modality", "topics", "is_checkable", "due_on", "start", "end", "text_version")

#: What a finding holds before anybody touched it, and again after a reset.
_NO_PROPOSAL: dict[str, Any] = {
    "proposal": None,
    "proposed_by": None,
    "proposed_at": None,
    "proposed_version": None,
}
#: Verdicts that a prediction cannot have before its day.
_TRUE = (Verdict.VERIFIED, Verdict.PARTLY_VERIFIED)

_NO_LEASE: dict[str, Any] = {"lease_holder": None, "lease_until": None}


@lru_cache(10_000)
def fold(name: str) -> str:
    """Fold a name for look-ups: case and width do not matter, spaces are single."""
    return " ".join(unicodedata.normalize("NFKC", name[:200]).casefold().split())[:200]


def claim_key(session: Session, uuid: str) -> int:
    """Return the key of a claim's row."""
    return session.execute(select(Claim.id).where(Claim.uuid == uuid)).scalar_one()


def touch(session: Session, event: Event) -> int:
    """Give the event's claim its next version; returns the claim's key."""
    key = claim_key(session, event.subject)
    session.execute(
        update(Claim).where(Claim.id == key).values(version=event.version, updated_at=event.at)
    )
    return key


@projects_many("claim.created")
def _claims_created(session: Session, events: Sequence[Event]) -> None:
    """Make the rows of new claims, a statement for each table however many they are."""
    articles = _article_keys(session, {event.data["article"] for event in events})
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {
        Claim: [_claim_row(event, articles[event.data["article"]]) for event in events],
        Finding: [
            _new_finding(event, event.key, layer)
            for event in events
            for layer in event.data["layers"]
        ],
    }
    for event in events:
        for model, found in _index_rows(event.key, event).items():
            rows.setdefault(model, []).extend(found)
    for model, found in rows.items():
        insert_rows(session, model.__table__, found)  # type: ignore[attr-defined]


def _article_keys(session: Session, uuids: Collection[str]) -> dict[str, int]:
    found = session.execute(select(Article.uuid, Article.id).where(Article.uuid.in_(uuids)))  # type: ignore[attr-defined]
    keys = {row.uuid: row.id for row in found}
    # One that is not there is asked for alone, which says so.
    return keys | {uuid: article_key(session, uuid) for uuid in uuids if uuid not in keys}


def _claim_row(event: Event, article_id: int) -> dict[str, Any]:
    data = event.data
    return {
        **dict.fromkeys(_CLAIM_COLUMNS),
        "quantities": [],
        "entities": [],
        "replacements": [],
        "id": event.key,
        "uuid": event.subject,
        "article_id": article_id,
        "version": event.version,
        "created_at": event.at,
        "updated_at": event.at,
        "text_sha256": data["text_sha256"],
        "anchor": "exact",
        "basis": data["basis"],
        # A decimal string in the log, which holds no floats.
        "score": float(data["score"]),
        "reasons": list(data["reasons"]),
        "status": "unreviewed",
        **_claim_values(event),
        "since": event.seq,
    }


@projects("claim.corrected")
def _claim_corrected(session: Session, event: Event) -> None:
    key = touch(session, event)
    values = _claim_values(event)
    if values:
        session.execute(update(Claim).where(Claim.id == key).values(**values))
    _index_claim(session, key, event)
    _open_missing(session, key, event)


def _open_missing(session: Session, key: int, event: Event) -> None:
    """Open the findings on layers that the event asks for and the claim has not."""
    held = set(
        session.execute(select(Finding.layer).where(Finding.claim_id == key)).scalars().all()
    )
    for layer in event.data.get("layers", []):
        if layer not in held:
            _open_finding(session, event, key, layer)


@projects("claim.reanchored")
def _claim_reanchored(session: Session, event: Event) -> None:
    key, data = touch(session, event), event.data
    # Without a place in the new text the claim keeps the selector of the old one.
    placed = {"text_sha256": data["text_sha256"]} if "text_sha256" in data else {}
    values = {"anchor": data["anchor"], **placed, **_claim_values(event)}
    session.execute(update(Claim).where(Claim.id == key).values(**values))
    _index_claim(session, key, event)
    _open_missing(session, key, event)


def _claim_values(event: Event) -> dict[str, Any]:
    """Read the columns that an event gives; what it does not name stays as it is."""
    values = {name: event.data[name] for name in _FACTS if name in event.data}
    if "words" in event.sealed:
        words = event.sealed["words"]
        withheld = {"exact": WITHHELD_TEXT, "prefix": "", "suffix": ""}
        given: Mapping[str, str] = withheld if words is WITHHELD else words
        values |= {"text": given["exact"], "prefix": given["prefix"], "suffix": given["suffix"]}
    if "claimant" in event.sealed:
        claimant = event.value("claimant") or {}
        if event.sealed["claimant"] is WITHHELD:
            claimant = {"name": WITHHELD_TEXT}
        values |= {"claimant_name": claimant.get("name"), "claimant_role": claimant.get("role")}
    if "attribution" in event.sealed:
        attribution = event.value("attribution")
        said = (attribution or {}).get("said_on") or {}
        values |= {
            "attribution": attribution,
            "said_earliest": said.get("earliest"),
            "said_latest": said.get("latest"),
        }
    if "time" in event.sealed:
        time = event.value("time")
        values |= {
            "time": time,
            "time_earliest": (time or {}).get("earliest"),
            "time_latest": (time or {}).get("latest"),
        }
    for name in ("quantities", "entities"):
        if name in event.sealed:
            values[name] = event.value(name) or []
    if "reading" in event.sealed:
        reading = event.value("reading") or {}
        values |= {
            "normalized_text": reading.get("normalized_text"),
            "replacements": reading.get("replacements", []),
        }
    return values


def _index_claim(session: Session, key: int, event: Event) -> None:
    """Keep the small tables that filters and facets read."""
    for model, rows in _index_rows(key, event).items():
        session.execute(delete(model).where(model.claim_id == key))  # type: ignore[attr-defined]
        if rows:
            session.execute(insert(model.__table__), rows)  # type: ignore[attr-defined]


def _index_rows(key: int, event: Event) -> dict[type[SQLModel], list[dict[str, Any]]]:
    """Return the rows that an event gives to the small tables; what it does not name stays."""
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {}
    common = {"claim_id": key, "since": event.seq}
    if "topics" in event.data:
        topics = sorted(set(event.data["topics"]))
        rows[ClaimTopic] = [{**common, "topic": topic} for topic in topics]
    if "entities" in event.sealed:
        names = {fold(entity["name"]): entity["name"] for entity in event.value("entities") or []}
        rows[ClaimEntity] = [
            {**common, "folded": folded, "name": name} for folded, name in sorted(names.items())
        ]
    if "quantities" in event.sealed:
        rows[ClaimQuantity] = [
            {
                **common,
                "position": position,
                "unit": quantity["unit"][:80],
                "lower": _number(quantity, "lower", "value"),
                "upper": _number(quantity, "upper", "value"),
            }
            for position, quantity in enumerate(event.value("quantities") or [])
        ]
    return rows


def _number(quantity: Mapping[str, Any], bound: str, value: str) -> float | None:
    """Return a bound as a number; an amount without bounds is its own."""
    if quantity.get("lower") is None and quantity.get("upper") is None:
        text = quantity.get(value)
    else:
        text = quantity.get(bound)
    return float(text) if text is not None else None


def _open_finding(session: Session, event: Event, key: int, layer: str) -> None:
    session.execute(insert(Finding.__table__), [_new_finding(event, key, layer)])  # type: ignore[attr-defined]


def _new_finding(event: Event, key: int, layer: str) -> dict[str, Any]:
    return {
        **dict.fromkeys(_FINDING_COLUMNS),
        "claim_id": key,
        "layer": layer,
        "state": "open",
        "resting_state": "open",
        "since": event.seq,
    }


def _change_finding(session: Session, event: Event, **values: Any) -> None:
    """Change a finding, and its claim's version and status with it."""
    key = touch(session, event)
    layer = event.data["layer"]
    where = (Finding.claim_id == key, Finding.layer == layer)
    session.execute(update(Finding).where(*where).values(**values))
    if layer != Layer.FACT or "state" not in values:
        return
    verdict = session.execute(select(Finding.verdict).where(*where)).scalar_one()
    status = status_of(FindingState(values["state"]), Verdict(verdict) if verdict else None)
    session.execute(update(Claim).where(Claim.id == key).values(status=status.value))


@projects("claim.withheld")
def _claim_withheld(session: Session, event: Event) -> None:
    """Give the claim its next version; what was erased is missing from its earlier events."""
    touch(session, event)


@projects("finding.taken")
def _finding_taken(session: Session, event: Event) -> None:
    _change_finding(
        session,
        event,
        state="in_review",
        resting_state=event.data["resting_state"],
        lease_holder=event.actor,
        lease_until=event.data["until"],
    )


@projects("finding.released")
def _finding_released(session: Session, event: Event) -> None:
    _change_finding(session, event, state=event.data["resting_state"], **_NO_LEASE)


@projects("finding.proposed")
def _finding_proposed(session: Session, event: Event) -> None:
    proposal = {**event.data, "rationale": event.text("rationale")}
    answer = event.data.get("gate")
    if answer is not None:
        words = event.value("explanations", {})
        conditions = [
            {**each, "explanation": words.get(each["code"], WITHHELD_TEXT)}
            for each in answer["conditions"]
        ]
        proposal["gate"] = {**answer, "conditions": conditions}
    if "override" in event.sealed:
        proposal["override"] = {
            "reason": event.text("override"),
            "by": event.actor,
            "missing": [e["code"] for e in (answer or {}).get("conditions", []) if not e["met"]],
        }
    _change_finding(
        session,
        event,
        state="proposed",
        resting_state=event.data["resting_state"],
        proposal=proposal,
        proposed_by=event.actor,
        proposed_at=event.at,
        proposed_version=event.version,
        **_NO_LEASE,
    )


@projects("finding.decided")
def _finding_decided(session: Session, event: Event) -> None:
    key = claim_key(session, event.subject)
    finding = session.execute(
        select(Finding.proposal).where(
            Finding.claim_id == key, Finding.layer == event.data["layer"]
        )
    ).one()
    proposal = finding.proposal
    _check_outcome(session, key, event, proposal["verdict"])
    _change_finding(
        session,
        event,
        verdict=proposal["verdict"],
        verdict_kind=proposal["verdict_kind"],
        rationale=proposal["rationale"],
        decided_by=event.actor,
        decided_at=event.at,
        valid_from=proposal.get("valid_from"),
        valid_to=proposal.get("valid_to"),
        review_by=proposal.get("review_by"),
        override=proposal.get("override"),
        gate=proposal.get("gate"),
        proposal=None,
        proposed_version=None,
        stale_because=None,
        resting_state="open",
    )
    # A retraction holds no verdict: nothing stands, as before the first decision.
    _change_finding(session, event, state="decided" if proposal["verdict"] else "open")


def _check_outcome(session: Session, key: int, event: Event, verdict: str | None) -> None:
    """
    Refuse a history in which a prediction came true before its day, wherever it comes from.

    :raises HistoryBrokenError: naming the event
    """
    if event.data["layer"] != Layer.FACT or verdict not in _TRUE:
        return
    due = session.execute(select(Claim.due_on).where(Claim.id == key)).scalar_one()
    if due is not None and due > event.at[:10]:
        raise HistoryBrokenError(
            f"Event {event.seq} holds {verdict} what is due on {due}, before that day."
        )


@projects("finding.sent_back")
def _finding_sent_back(session: Session, event: Event) -> None:
    _change_finding(session, event, state=event.data["resting_state"], **_NO_PROPOSAL)


@projects("finding.staled")
def _finding_staled(session: Session, event: Event) -> None:
    because = {
        "trigger": event.data["trigger"],
        "cause": event.data.get("cause"),
        "explanation": event.text("explanation"),
        "at": event.at,
        "by": event.actor,
    }
    _change_finding(
        session,
        event,
        state="stale",
        resting_state="stale",
        stale_because=because,
        # Who proposed and who decided stays readable with the old verdict.
        proposal=None,
        proposed_version=None,
        **_NO_LEASE,
    )


@projects("finding.closed")
def _finding_closed(session: Session, event: Event) -> None:
    _change_finding(
        session,
        event,
        state="closed",
        resting_state=event.data["resting_state"],
        close_reason=event.data["reason"],
        **_NO_LEASE,
        **_NO_PROPOSAL,
    )


@projects("finding.reopened")
def _finding_reopened(session: Session, event: Event) -> None:
    _change_finding(session, event, state=event.data["resting_state"], close_reason=None)


@projects("evidence.added")
def _evidence_added(session: Session, event: Event) -> None:
    data = event.data
    session.add(
        Evidence(
            id=event.key,
            uuid=data["evidence"],
            claim_id=touch(session, event),
            layer=data["layer"],
            source_id=source_key(session, data["source"]),
            relation=data["relation"],
            basis=data["basis"],
            quote=event.text("quote"),
            selector=data.get("selector"),
            credibility=data.get("credibility"),
            is_decisive=data["is_decisive"],
            note=event.text("note"),
            answers=data.get("answers"),
            is_after_claim=data["is_after_claim"],
            added_by=event.actor,
            added_at=event.at,
        )
    )
    session.flush()


@projects("evidence.withdrawn")
def _evidence_withdrawn(session: Session, event: Event) -> None:
    touch(session, event)
    session.execute(
        update(Evidence)
        .where(Evidence.uuid == event.data["evidence"])
        .values(
            withdrawn_at=event.at,
            withdrawn_by=event.actor,
            withdrawn_because=event.text("reason"),
        )
    )


@projects("relation.judged")
def _relation_judged(session: Session, event: Event) -> None:
    data = event.data
    one, other = touch(session, event), claim_key(session, data["other"])
    pairs = [(one, other)]
    if data["relation"] in ("repeats", "contradicts"):
        # These read the same from both sides: the newer judgement replaces one from the other.
        pairs.append((other, one))
    for first, second in pairs:
        session.execute(
            delete(ClaimRelation).where(
                ClaimRelation.claim_id == first,
                ClaimRelation.other_id == second,
                ClaimRelation.relation == data["relation"],
            )
        )
    session.add(
        ClaimRelation(
            claim_id=one,
            other_id=other,
            relation=data["relation"],
            judgement=data["judgement"],
            judged_by=event.actor,
            judged_at=event.at,
        )
    )
    session.flush()


def _touch_article(session: Session, event: Event) -> int:
    """Give the event's article its next version; returns the article's key."""
    key = article_key(session, event.subject)
    session.execute(
        update(Article).where(Article.id == key).values(version=event.version, updated_at=event.at)
    )
    return key


@projects("segment.unmarked")
def _segment_unmarked(session: Session, event: Event) -> None:
    key, data = _touch_article(session, event), event.data
    place = {name: data[name] for name in ("text_version", "start", "end")}
    session.execute(delete(SegmentMark).filter_by(article_id=key, **place))


@projects("segment.marked")
def _segment_marked(session: Session, event: Event) -> None:
    key, data = _touch_article(session, event), event.data
    place = {name: data[name] for name in ("text_version", "start", "end")}
    session.execute(delete(SegmentMark).filter_by(article_id=key, **place))
    session.add(
        SegmentMark(
            article_id=key,
            state=data["state"],
            reason=event.text("reason"),
            # Carried on to a new text, a mark stays that of whoever made it.
            marked_by=data.get("marked_by", event.actor),
            marked_at=event.at,
            **place,
        )
    )
    session.flush()
