"""
The public feed: every decision and correction, newest first, and nothing that is only proposed.

An item is a decision of the log, so a correction never takes the place of what it corrects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import Claim
from claims.statuses import VerdictKind
from claims.verdicts import Decided, decided
from ledger.models import LogEvent

VERSION = "https://jsonfeed.org/version/1.1"

_KINDS = {
    VerdictKind.ASSESS: "Decided",
    VerdictKind.UPDATE: "Update",
    VerdictKind.CORRECT: "Correction",
    VerdictKind.RETRACT: "Retraction",
}

_LAYERS = {"fact": "whether it is true", "said": "whether it was said"}

#: Decisions looked through for one page, where only some kinds are wanted.
MOST_LOOKED_AT = 2_000


def page(
    session: Session, *, before: int | None, limit: int, kinds: Sequence[str] | None = None
) -> tuple[list[Decided], int | None]:
    """
    Return decisions before an event of the log, newest first, and where the next page begins.

    :param before: number of an event; the newest decisions where none is given
    """
    found: list[Decided] = []
    known: dict[str, dict[int, Decided]] = {}
    statement = select(LogEvent.seq, LogEvent.subject).where(LogEvent.type == "finding.decided")
    if before is not None:
        statement = statement.where(LogEvent.seq < before)
    rows = session.execute(statement.order_by(LogEvent.seq.desc()).limit(MOST_LOOKED_AT)).all()  # type: ignore[attr-defined]
    for row in rows:
        if row.subject not in known:
            known[row.subject] = {d.event.seq: d for d in decided(session, row.subject)}
        each = known[row.subject].get(row.seq)
        if each is None or (kinds and each.kind not in kinds):
            continue
        if len(found) == limit:
            return found, found[-1].event.seq
        found.append(each)
    return found, rows[-1].seq if len(rows) == MOST_LOOKED_AT else None


def feed(
    session: Session, found: Sequence[Decided], *, name: str, base_url: str, next_url: str | None
) -> dict[str, Any]:
    """Return a page of decisions as JSON Feed 1.1."""
    wanted = [each.event.subject for each in found]
    statement = select(Claim).where(Claim.uuid.in_(wanted))  # type: ignore[attr-defined]
    claims = {claim.uuid: claim for claim in session.execute(statement).scalars()}
    body: dict[str, Any] = {
        "version": VERSION,
        "title": f"{name}: decisions and corrections",
        "home_page_url": f"{base_url}/",
        "feed_url": f"{base_url}/api/v1/feed.json",
        "description": "What was decided about claims, and what was corrected, newest first.",
        "language": "en",
        "items": [_item(each, claims[each.event.subject], base_url) for each in found],
    }
    return body | ({"next_url": next_url} if next_url else {})


def _item(each: Decided, claim: Claim, base_url: str) -> dict[str, Any]:
    url = f"{base_url}/claims/{claim.uuid}#finding-{each.layer}"
    return {
        "id": f"{base_url}/claims/{claim.uuid}#event-{each.event.seq}",
        "url": url,
        "title": _title(each, claim),
        "content_text": _content(each),
        "date_published": each.event.at,
        "tags": [tag for tag in (each.kind, each.layer, each.decision.status) if tag],
        "_dateline": _facts(each, claim, base_url),
    }


def _title(each: Decided, claim: Claim) -> str:
    words = claim.text if len(claim.text) <= 200 else f"{claim.text[:199]}…"
    return f"{_KINDS[VerdictKind(each.kind)]}, {_LAYERS[each.layer]}: {_change(each)} – “{words}”"


def _change(each: Decided) -> str:
    after = _plain(each.decision.status) if each.decision.status else "taken back"
    if each.before_verdict and each.kind != VerdictKind.ASSESS:
        return f"{_plain(each.before_verdict)} → {after}"
    return after


def _plain(verdict: str | None) -> str:
    return (verdict or "").replace("_", " ")


def _content(each: Decided) -> str:
    why = each.proposal.text("rationale") or ""
    override = each.proposal.text("override")
    if override is None:
        return why
    return f"{why}\n\nDecided in spite of the desk's policy: {override}"


def _facts(each: Decided, claim: Claim, base_url: str) -> dict[str, Any]:
    data, decision = each.proposal.data, each.decision
    override = None
    if "override" in each.proposal.sealed:
        conditions = (data.get("gate") or {}).get("conditions", [])
        override = {
            "reason": each.proposal.text("override"),
            "by": each.proposal.actor,
            "missing": [condition["code"] for condition in conditions if not condition["met"]],
        }
    return {
        "about": f"{base_url}/docs",
        "claim_id": claim.uuid,
        "layer": each.layer,
        "verdict": decision.status,
        "verdict_kind": each.kind,
        "before": each.before_verdict,
        "valid_from": decision.valid_from,
        "valid_to": decision.valid_to,
        "supersedes": decision.supersedes,
        "proposed_by": each.proposal.actor,
        "decided_by": each.event.actor,
        "override": override,
        "gate": data.get("gate"),
        "seq": each.event.seq,
        "leaf_hash": each.leaf.hex(),
    }
