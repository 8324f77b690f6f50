"""What is already held about each statement of a text that is not kept, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from claims import candidates, similar
from claims.extraction.clean import find_dateline
from claims.extraction.records import Candidate, Extraction
from claims.extraction.worker import Analyst
from ledger import clock

#: Claims named for each statement.
MOST_MATCHES = 5

_VERDICTS = {
    "verified": "verified",
    "partly_verified": "partly verified",
    "misleading": "misleading",
    "false": "false",
    "disputed": "disputed",
    "insufficient_evidence": "not enough evidence",
    "unverifiable": "unverifiable",
    "pending_outcome": "waiting for its outcome",
}


def day_of(text: str, published_on: str | None) -> date:
    """Return the day that a text counts from: given, or printed in it, or today."""
    if published_on:
        return date.fromisoformat(published_on)
    return find_dateline(text) or date.fromisoformat(clock.today())


def read_text(analyst: Analyst, text: str, day: date, language: str | None) -> Extraction:
    """
    Read the statements of a text, holding no lock and keeping nothing.

    :raises ExtractionError: if the text cannot be analysed
    """
    return analyst.analyse(text, day, language)


def answers(
    session: Session, text: str, day: date, extraction: Extraction, *, is_private: bool
) -> list[dict[str, Any]]:
    """Say of each statement what is held about it."""
    return [
        _answer(session, text, day.isoformat(), candidate, is_private=is_private)
        for candidate in extraction.candidates
    ]


def _answer(
    session: Session, text: str, day: str, candidate: Candidate, *, is_private: bool
) -> dict[str, Any]:
    statement = similar.statement_of_candidate(candidate, text, day)
    found = similar.compared_with(session, statement, is_wide=True)[:MOST_MATCHES]
    matches = similar.documents_of(session, found, is_private=is_private)
    known = candidates.statement_of(candidate, text)
    return {
        "text": text[candidate.start : candidate.end],
        **{name: known[name] for name in ("start", "end", "kind", "time", "quantities")},
        "claimant": known["claimant"],
        "matches": matches,
        "answer": in_words(matches),
    }


def in_words(matches: Sequence[Mapping[str, Any]]) -> str:
    """Say what is held, the weightiest first: a check, a conflict, a claim nobody has decided."""
    told = [match for match in matches if match["relation"]]
    if not told and not matches:
        return "Not held: nothing here says this, or something else of the same."
    if not told:
        return f"Not held in these words. {_of_the_same_matter(matches[0])}"
    order = ("repeats", "contradicts", "refines", "updates")
    told.sort(key=lambda m: (not _is_decided(m), order.index(m["relation"]), -m["score"]))
    sentences = [_sentence(match) for match in told[:2]]
    return " ".join(sentences)


def _of_the_same_matter(match: Mapping[str, Any]) -> str:
    return f"Of the same matter is held: {_quoted(match)} ({_state(match)})."


def _is_decided(match: Mapping[str, Any]) -> bool:
    return bool(match["claim"]["findings"]["fact"]["state"] == "decided")


def _quoted(match: Mapping[str, Any]) -> str:
    claim = match["claim"]
    return f"“{_short(claim['normalized_text'] or claim['text'])}”"


def _state(match: Mapping[str, Any]) -> str:
    finding = match["claim"]["findings"]["fact"]
    if _is_decided(match):
        return _checked(finding)
    return "stale: to be decided again" if finding["state"] == "stale" else "not decided yet"


def _sentence(match: Mapping[str, Any]) -> str:
    words, state = _quoted(match), _state(match)
    lead = {
        "repeats": f"The same is held: {words}",
        "contradicts": f"Conflicts with {words}",
        "refines": f"Agrees with {words}, more or less exactly",
        "updates": f"Another state of what is held: {words}",
    }[match["relation"]]
    if _is_decided(match) and match["relation"] == "repeats":
        return f"Checked: {state}, as {words}."
    return f"{lead} ({state}). {match['explanation']}"


def _checked(finding: Mapping[str, Any]) -> str:
    people = {finding["proposed_by"], finding["decided_by"]} - {None}
    who = "1 person" if len(people) < 2 else f"{len(people)} people"
    return f"{_VERDICTS[finding['verdict']]} ({who}, {(finding['decided_at'] or '')[:10]})"


def _short(words: str, most: int = 160) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
